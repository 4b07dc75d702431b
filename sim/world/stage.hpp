// Stages of a dispute in story order, and the closed lists of channels, severities and outcomes.
#pragma once
#include <array>
#include <cstdint>

namespace parley {

enum class Severity : std::uint8_t { minor, moderate, permanent, death };
inline constexpr std::size_t severity_count = 4;
inline constexpr std::array<const char*, severity_count> severity_names = {"minor", "moderate", "permanent", "death"};

enum class Channel : std::uint8_t { negotiation, people_mediation, administrative_mediation, arbitration, court, none };
inline constexpr std::size_t channel_count = 6;
inline constexpr std::array<const char*, channel_count> channel_names = {
    "negotiation", "people_mediation", "administrative_mediation", "arbitration", "court", "none"};

enum class CaseOutcome : std::uint8_t {
  open,        // not closed at the end of the run
  agreement,   // both sides signed in the last channel
  reconciled,  // settled between the two while a third party had the case
  judgment,    // the court decided and awarded something
  dismissed,   // the court decided and awarded nothing
  withdrawn,   // the patient gave up
};
inline constexpr std::size_t outcome_count = 6;
inline constexpr std::array<const char*, outcome_count> outcome_names = {"open",     "agreement", "reconciled",
                                                                         "judgment", "dismissed", "withdrawn"};

// Where a dispute is; the order is the order in which a day visits them.
enum class Stage : std::uint8_t {
  claim,           // blamed, the claim is on its way
  channel,         // looking for a forum
  negotiation,     // direct talks with the hospital
  handoff,         // on the way to a committee or an office
  intake,          // in the committee's queue
  mediation,       // people's mediation in session
  administration,  // the health bureau mediates
  filing,          // in the court's queue
  trial,           // before a judge
  payment,         // something is owed and not yet paid
  closed,
};
inline constexpr std::size_t stage_count = 11;
inline constexpr std::array<const char*, stage_count> stage_names = {"claim",  "channel",   "negotiation",    "handoff",
                                                                     "intake", "mediation", "administration", "filing",
                                                                     "trial",  "payment",   "closed"};

}  // namespace parley
