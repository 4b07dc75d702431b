// One row per open dispute. Identity and injury never change; everything in CaseState is what mechanisms may set.
#pragma once
#include <array>
#include <cstdint>
#include <limits>

#include "sim/base/ids.hpp"
#include "sim/base/money.hpp"
#include "sim/world/stage.hpp"

namespace parley {

inline constexpr std::int32_t never = std::numeric_limits<std::int32_t>::max();

// What happened to the patient: fixed when it happened.
struct Injury {
  Severity severity = Severity::minor;
  bool by_care = true;  // false: a bad outcome that no care caused
  bool negligent = false;
  double damages = 0;         // full damages D in yuan, before responsibility
  double responsibility = 0;  // true share of the hospital, 0 to 1
  Specialty specialty = Specialty::internal;
  std::uint32_t doctor = 0;  // rank in the hospital's order of risk
  bool disclosed = false;    // the hospital told the patient and apologised
  double owed() const { return responsibility * damages; }
  bool severe() const { return severity >= Severity::permanent; }
};

// Who claims: fixed too.
struct Claimant {
  DistrictId home;
  bool elderly = false, low_income = false;
  double monthly_income = 0;  // yuan
  double threshold = 0;       // personal threshold of disturbance
  double risk_aversion = 0;   // weight of being arrested
  bool aware = false;         // knows of people's mediation
  double law_knowledge = 0;   // 0 to 1
  Motive motive = Motive::money;
  bool health_insured = true;
};

// Everything that changes while the dispute lives.
struct CaseState {
  Stage stage = Stage::claim;
  std::int32_t stage_since = 0;
  std::int32_t opened = 0;
  Channel first_channel = Channel::none, channel = Channel::none;
  std::uint8_t tried = 0;     // bit per channel
  std::int32_t attempts = 0;  // forums entered so far
  std::uint16_t path = 0;     // which ones, in order: see enter
  bool referred = false;      // somebody pointed at the committee
  Route route = Route::direct;
  Counsel counsel = Counsel::none;
  double cost_cover = 0;  // share of the costs of a suit that somebody else bears (legal aid)
  bool consulted = false, warned = false, petitioned = false, appealed = false;
  bool refused = false;   // a side refused to come to mediation
  bool mediated = false;  // a mediator has had the case
  // Beliefs: each side's expected share of responsibility and how firmly it is held (1/variance).
  double patient_belief = 0, patient_precision = 1;
  double hospital_belief = 0, hospital_precision = 1;
  double demand = 0;  // yuan
  double anger = 0;   // 0 to 1 on anger_day
  std::int32_t anger_day = 0;
  // The forum at work.
  std::int32_t deadline = never;  // last day of these talks
  double information_loss = 0;    // of the hand-off that brought the case here
  double justice = 0;             // procedural justice of the forum as the patient feels it, 0 to 1
  double work_days = 0;           // mediator's effort in this case
  double document_days = 0;       // part of it spent on the file
  double evidence = 0;            // part of a court's appraisal that a handed-over file makes needless, 0 to 1
  bool expert_used = false;
  bool paired = false;                       // a second mediator sits in
  bool inflated = false;                     // reported as a success that it was not
  bool confirmed = false;                    // the agreement is enforceable by a court's confirmation
  bool disturbed = false;                    // has disturbed the hospital
  bool attended = false;                     // a mediator came, in time or not
  bool calmed = false;                       // a mediator was there in time
  double asked = 0, offered = 0;             // yuan, in the last talks
  double trust_before = 0, trust_after = 0;  // in the hospital, when the claim arrived and when the case ended
  double satisfaction = -1;                  // of the patient at the end, 0 to 1; −1 before
  // The end.
  CaseOutcome outcome = CaseOutcome::open;
  CaseOutcome lost = CaseOutcome::open;  // how it had ended before somebody petitioned
  double agreed = 0;                     // yuan to be paid
  std::int32_t closed = never;
};

// Three bits per forum entered, the first in the lowest: 0 for none, else the channel's code plus 1. Knocking again at
// the same door is no further forum, and from the sixth on the latest takes the fifth place.
struct ForumPath {
  static constexpr unsigned bits = 3, most = 5, mask = (1u << bits) - 1;

  static std::uint16_t after(std::uint16_t path, Channel next) {
    const unsigned code = static_cast<unsigned>(next) + 1;
    unsigned length = 0;
    while (length < most && ((path >> (bits * length)) & mask) != 0) ++length;
    if (length > 0 && ((path >> (bits * (length - 1))) & mask) == code) return path;
    const unsigned place = bits * (length < most ? length : most - 1);
    return static_cast<std::uint16_t>((path & ~(mask << place)) | code << place);
  }
};

inline bool tried(const CaseState& state, Channel channel) { return (state.tried >> static_cast<int>(channel)) & 1; }

// The one way into a forum.
inline void enter(CaseState& state, Channel channel) {
  state.channel = channel;
  if (state.first_channel == Channel::none) state.first_channel = channel;
  state.tried = static_cast<std::uint8_t>(state.tried | 1 << static_cast<int>(channel));
  state.path = ForumPath::after(state.path, channel);
  state.justice = 0;  // until this forum has shown how it deals with people
  ++state.attempts;
}

// Who pays compensation.
enum class Payer : std::uint8_t { hospital, insurer, fund, government };
inline constexpr std::size_t payer_count = 4;

struct Dispute {
  DisputeId id;
  DistrictId district;  // of the hospital: whose committee, court and agencies see it
  Injury injury;
  Claimant claimant;
  CaseState state;
  // Kept by commit alone.
  std::int32_t due = never;  // day of the next visit
  Money paid;
  Money demanded;                      // in the suit
  std::int32_t disturbed_day = never;  // of the first disturbance
  std::array<Money, payer_count> paid_by{};
  std::array<std::int32_t, dated_stages.size()> entered = never_entered();  // first day in each dated stage
  std::uint32_t mediator = no_one, partner = no_one;                        // in session with
  std::uint32_t last_post = no_one;                                         // of the mediator who had it last
  bool left_mediation = false;                                              // failed there, next forum not yet chosen

  static constexpr std::array<std::int32_t, dated_stages.size()> never_entered() {
    std::array<std::int32_t, dated_stages.size()> days{};
    for (std::int32_t& day : days) day = never;
    return days;
  }
  static constexpr std::uint32_t no_one = std::numeric_limits<std::uint32_t>::max();
  bool open() const { return state.stage != Stage::closed; }
};

}  // namespace parley
