// Stages of a dispute in story order, and the closed lists of channels, severities and outcomes.
#pragma once
#include <array>
#include <cstdint>

namespace parley {

enum class Severity : std::uint8_t { minor, moderate, permanent, death };
inline constexpr std::size_t severity_count = 4;
inline constexpr std::array<const char*, severity_count> severity_names = {"minor", "moderate", "permanent", "death"};

// Where in the hospital it happened: fields of medicine differ in risk and in the experts who can judge them.
enum class Specialty : std::uint8_t { surgery, obstetrics, internal, paediatrics, other };
inline constexpr std::size_t specialty_count = 5;
inline constexpr std::array<const char*, specialty_count> specialty_names = {"surgery", "obstetrics", "internal",
                                                                             "paediatrics", "other"};

// What an injured patient wants above all (Vincent 1994, Bismark 2006).
enum class Motive : std::uint8_t { money, explanation, prevention, sanction };
inline constexpr std::size_t motive_count = 4;
inline constexpr std::array<const char*, motive_count> motive_names = {"money", "explanation", "prevention",
                                                                       "sanction"};

// Who speaks for the patient. Lawyers follow one of two strategies, which they imitate from each other.
enum class Counsel : std::uint8_t { none, legal_aid, cooperative, aggressive };
inline constexpr std::size_t counsel_count = 4;
inline constexpr std::array<const char*, counsel_count> counsel_names = {"none", "legal_aid", "cooperative",
                                                                         "aggressive"};

// By which way a case reaches a third party: the patient walks in, or somebody hands it on over edges of the graph.
enum class Route : std::uint8_t { direct, hospital, bureau, centre, court };
inline constexpr std::size_t route_count = 5;
inline constexpr std::array<const char*, route_count> route_names = {"direct", "hospital", "bureau", "centre", "court"};

enum class Channel : std::uint8_t { negotiation, people_mediation, administrative_mediation, arbitration, court, none };
inline constexpr std::size_t channel_count = 6;
inline constexpr std::array<const char*, channel_count> channel_names = {
    "negotiation", "people_mediation", "administrative_mediation", "arbitration", "court", "none"};

enum class CaseOutcome : std::uint8_t {
  open,        // not closed at the end of the run
  agreement,   // both sides signed in the last channel
  reconciled,  // settled between the two while a third party had the case
  award,       // an arbitral panel decided
  judgment,    // the court decided and awarded something
  dismissed,   // the court decided and awarded nothing
  withdrawn,   // the patient gave up
  dropped,     // advice or an answer settled the matter without money
};
inline constexpr std::size_t outcome_count = 8;
inline constexpr std::array<const char*, outcome_count> outcome_names = {
    "open", "agreement", "reconciled", "award", "judgment", "dismissed", "withdrawn", "dropped"};

// Where a dispute is; the order is the order in which a day visits them.
enum class Stage : std::uint8_t {
  claim,           // blamed, the claim is on its way
  channel,         // looking for a forum
  negotiation,     // direct talks with the hospital
  handoff,         // on the way to a committee or an office
  intake,          // in the committee's queue
  mediation,       // people's mediation in session
  administration,  // the health bureau mediates
  arbitration,     // a panel has the case
  filing,          // in the court's queue
  trial,           // before a judge
  appeal,          // before the higher court
  payment,         // something is owed and not yet paid
  petition,        // the government has been asked to answer
  closed,
};
inline constexpr std::size_t stage_count = 14;
inline constexpr std::array<const char*, stage_count> stage_names = {
    "claim",       "channel", "negotiation", "handoff", "intake",  "mediation", "administration",
    "arbitration", "filing",  "trial",       "appeal",  "payment", "petition",  "closed"};

// Stages whose first day a case remembers.
inline constexpr std::array<Stage, 8> dated_stages = {Stage::negotiation, Stage::mediation, Stage::administration,
                                                      Stage::arbitration, Stage::filing,    Stage::trial,
                                                      Stage::appeal,      Stage::payment};

// Why a dispute went from one stage to the next.
enum class Turn : std::uint8_t {
  arrived,      // the claim reached the hospital
  early_offer,  // the hospital offered before it was asked, and the patient took it
  chosen,       // the patient chose a forum
  handed_on,    // somebody passed the case on
  lost,         // it got lost on the way
  not_taken,    // a queue was left: refused, or waited for too long
  session,      // a mediator, a panel or a judge began with it
  time_over,    // talks came to no end in time
  agreed,       // two walk-away values met
  decided,      // a judge or a panel decided
  challenged,   // a judgment went to the higher court
  broken,       // what was agreed was not kept
  petitioned,   // the government was asked
  answered,     // and took it up
  paid,         // the money arrived
  gave_up,      // the patient withdrew, or was satisfied without money
};
inline constexpr std::size_t turn_count = 16;
inline constexpr std::array<const char*, turn_count> turn_names = {
    "arrived", "early_offer", "chosen",     "handed_on", "lost",       "not_taken", "session", "time_over",
    "agreed",  "decided",     "challenged", "broken",    "petitioned", "answered",  "paid",    "gave_up"};

// Read from where it came from, where it went and how it stands.
Turn turn(Stage from, Stage to, CaseOutcome outcome);

}  // namespace parley
