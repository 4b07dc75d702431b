// The closed list of what a mechanism may ask for: move its dispute and let it wait, set the numbers of its own
// subject, move money, shift the belief of a party named in the view. Commit applies it; nothing else writes to the
// world.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <type_traits>

#include "sim/base/money.hpp"
#include "sim/world/disputes.hpp"
#include "sim/world/ledger.hpp"

namespace parley {

// A short list whose unused places are neither set nor copied: outcomes are made and passed on by the million.
template <class T, std::size_t Capacity>
class Bounded {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  Bounded() {}
  Bounded(const Bounded& other) : count_(other.count_) { std::copy(other.begin(), other.end(), items_); }
  Bounded& operator=(const Bounded& other) {
    count_ = other.count_;
    std::copy(other.begin(), other.end(), items_);
    return *this;
  }
  void add(const T& item) { items_[count_++] = item; }
  const T* begin() const { return items_; }
  const T* end() const { return items_ + count_; }
  std::size_t size() const { return count_; }

 private:
  union {
    T items_[Capacity];
  };
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
  arbitration,
  society,
};

struct Transfer {
  Role from, to;
  Money amount;
  Reason reason;
};

// What somebody may trust or distrust.
enum class TrustObject : std::uint8_t { hospital, committee, doctor, court, government };
inline constexpr std::size_t trust_object_count = 5;
inline constexpr std::array<const char*, trust_object_count> trust_object_names = {"hospital", "committee", "doctor",
                                                                                   "court", "government"};

constexpr std::size_t at(TrustObject object) { return static_cast<std::size_t>(object); }

struct BeliefShift {
  TrustObject object;
  double amount;  // change of trust, −1 to 1
};

struct Outcome {
  CaseState state;        // numbers of the subject as they should be, stage included
  std::int32_t wait = 0;  // days until the next visit; 0: again today if the stage moved on
  Bounded<Transfer, 24> transfers;
  Bounded<BeliefShift, 2 * trust_object_count> beliefs;  // of the patient
  std::int32_t disturbances = 0;                         // public events for the district's media field and copycats
  bool calmed = false;
  std::int32_t lessons = 0;    // lessons put into practice at this hospital
  double estimate_error = -1;  // absolute error of an estimate of responsibility, for the record; −1: none made
  bool expert_asked = false;
  std::int32_t assaults = 0;      // disturbances in which somebody was hurt
  double residual_anger = -1;     // what stays with the patient after the end, 0 to 1; −1: as it was
  double channel_payoff = none;   // what the last forum brought over what was believed; teaches its attraction
  double result_seen = none;      // what a case with noise brought over what the hospital believed; teaches
  double patient_verdict = none;  // how fair each side found the mediator, 0 to 1; moves earned neutrality
  double hospital_verdict = none;
  double morale_loss = 0;        // of the doctor
  bool precedent = false;        // the closed file joins the case database
  double counsel_payoff = none;  // result of the lawyer's strategy over what was believed; others imitate it

  static constexpr double none = -1e300;  // nothing was learned

  explicit Outcome(const CaseState& now) : state(now) {}

  // What follows from this at once, so that commit sees both as one.
  Outcome& then(const Outcome& next) {
    if (next.state.stage != state.stage || next.wait > 0) wait = next.wait;
    state = next.state;
    for (const Transfer& t : next.transfers) transfers.add(t);
    for (const BeliefShift& b : next.beliefs) beliefs.add(b);
    disturbances += next.disturbances;
    assaults += next.assaults;
    calmed = calmed || next.calmed;
    lessons += next.lessons;
    expert_asked = expert_asked || next.expert_asked;
    precedent = precedent || next.precedent;
    morale_loss = 1 - (1 - morale_loss) * (1 - next.morale_loss);
    const auto later = [](double& mine, double theirs, double nothing) {
      if (theirs != nothing) mine = theirs;
    };
    later(estimate_error, next.estimate_error, -1);
    later(residual_anger, next.residual_anger, -1);
    later(channel_payoff, next.channel_payoff, none);
    later(result_seen, next.result_seen, none);
    later(patient_verdict, next.patient_verdict, none);
    later(hospital_verdict, next.hospital_verdict, none);
    later(counsel_payoff, next.counsel_payoff, none);
    return *this;
  }

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
