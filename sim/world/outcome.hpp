// The closed list of what a mechanism may ask for: move its dispute and let it wait, set the numbers of its own
// subject, move money, shift the belief of a party named in the view. Commit applies it; nothing else writes to the
// world.
#pragma once
#include <array>
#include <cstdint>

#include "sim/base/money.hpp"
#include "sim/world/disputes.hpp"
#include "sim/world/ledger.hpp"

namespace parley {

template <class T, std::size_t Capacity>
class Bounded {
 public:
  void add(const T& item) { items_[count_++] = item; }
  const T* begin() const { return items_.data(); }
  const T* end() const { return items_.data() + count_; }
  std::size_t size() const { return count_; }

 private:
  std::array<T, Capacity> items_;
  std::size_t count_ = 0;
};

// Parties that a dispute knows by their part in it; commit finds whose account that is.
enum class Role : std::uint8_t {
  patient,
  hospital,
  staff,
  insurer,
  fund,
  government,
  committee,
  court,
  lawyers,
  experts,
  society,
};

struct Transfer {
  Role from, to;
  Money amount;
  Reason reason;
};

enum class TrustObject : std::uint8_t { hospital, committee };

struct BeliefShift {
  TrustObject object;
  double amount;  // change of trust, −1 to 1
};

struct Outcome {
  CaseState state;        // numbers of the subject as they should be, stage included
  std::int32_t wait = 0;  // days until the next visit; 0: again today if the stage moved on
  Bounded<Transfer, 12> transfers;
  Bounded<BeliefShift, 3> beliefs;  // of the patient
  std::int32_t disturbances = 0;    // public events for the district's media field and copycats
  bool calmed = false;
  std::int32_t lessons = 0;    // lessons put into practice at this hospital
  double estimate_error = -1;  // absolute error of an estimate of responsibility, for the record; −1: none made
  bool expert_asked = false;

  explicit Outcome(const CaseState& now) : state(now) {}

  Outcome& move(Stage next, std::int32_t days, std::int32_t today) {
    state.stage = next;
    state.stage_since = today;
    wait = days;
    return *this;
  }
  Outcome& close(CaseOutcome how, std::int32_t today) {
    state.outcome = how;
    state.closed = today;
    return move(Stage::closed, 0, today);
  }
  Outcome& pay(Role from, Role to, Money amount, Reason reason) {
    if (amount.cents > 0) transfers.add({from, to, amount, reason});
    return *this;
  }
};

}  // namespace parley
