// The registry of purposes for which luck is drawn. A number, once given, is never changed or used again: it is part of
// every draw's address, so that a new decision cannot move the luck of an old one.
#pragma once
#include <array>
#include <cstdint>

namespace parley {

enum class Decision : std::uint32_t {
  hospital_traits = 1,   // what a hospital is like at the start
  encounter_count = 2,   // how many candidate events a hospital has on a day
  encounter = 3,         // who was treated, and whether the candidate event survives thinning
  harm = 4,              // severity, negligence, loss
  naming = 5,            // the patient notices the harm
  blaming = 6,           // the patient holds the hospital responsible
  claim = 7,             // the patient asks for redress
  patient_traits = 8,    // what a patient is like at the start
  disturbance = 9,       // a family disturbs the hospital, and what becomes of it
  channel = 10,          // which forum is tried
  handoff = 11,          // whether a case survives the way from one party to the next, and how long it takes
  intake = 12,           // a committee accepts a case
  appraisal = 13,        // noise of an estimate of what is owed
  bargaining = 14,       // offers, answers, breakdown
  waiting = 15,          // how long the next step takes
  filing = 16,           // a court accepts a suit
  trial = 17,            // judgment and its delay
  payment = 18,          // whether and when what is owed is paid
  feedback = 19,         // a hospital learns from a case
  mediator_traits = 20,  // what a mediator is like at the start
  turnover = 21,         // a mediator leaves
  renege = 22,           // a side goes back on an agreement
  neighbour = 23,        // whose experience a patient hears of
  complaint = 24,        // a complaint that is not yet a dispute
  expert = 25,           // which expert advises, with what noise and delay
  case_pay = 26,         // a file passes, and its case is paid
  doctor = 27,           // who treated, and what that doctor is like
  warning = 28,          // early warning sees a grievance, and a visitor comes
  disclosure = 29,       // a hospital tells, apologises and offers
  consultation = 30,     // somebody asks for advice
  counsel = 31,          // a lawyer or legal aid takes the case
  arbitration = 32,      // a panel's estimate and its time
  appeal = 33,           // a judgment is challenged, and what becomes of it
  confirmation = 34,     // an agreement is taken to court to be confirmed
  petition = 35,         // the government is asked, and answers
  copycat = 36,          // somebody follows an example
  skill = 37,            // what training and cases leave with a mediator
  premium = 38,          // an insurer reviews a hospital
  workload = 39,         // how full a hospital is
  deadline = 40,         // how long talks may last
  agreement = 41,        // what the law makes of a deal
  provider_traits = 42,  // what a provider of mediation is like at the start
  tender = 43,           // who bids for a contract, and whom a new provider takes over
  inspection = 44,       // bureaus visit a district
  leadership = 45,       // leaders change, and a policy with them
  invitation = 46,       // a court asks people who are about to sue to try a committee
  joint = 47,            // an officer is to sit beside a committee's mediator
  lesson = 48,           // a closed mediation is reported, arrives and is taken up
  takeover = 49,         // whom a new provider keeps
};

// All of them, for tests and for lists.
inline constexpr std::array all_decisions = {
    Decision::hospital_traits, Decision::encounter_count, Decision::encounter, Decision::harm,
    Decision::naming,          Decision::blaming,         Decision::claim,     Decision::patient_traits,
    Decision::disturbance,     Decision::channel,         Decision::handoff,   Decision::intake,
    Decision::appraisal,       Decision::bargaining,      Decision::waiting,   Decision::filing,
    Decision::trial,           Decision::payment,         Decision::feedback,  Decision::mediator_traits,
    Decision::turnover,        Decision::renege,          Decision::neighbour, Decision::complaint,
    Decision::expert,          Decision::case_pay,        Decision::doctor,    Decision::warning,
    Decision::disclosure,      Decision::consultation,    Decision::counsel,   Decision::arbitration,
    Decision::appeal,          Decision::confirmation,    Decision::petition,  Decision::copycat,
    Decision::skill,           Decision::premium,         Decision::workload,  Decision::deadline,
    Decision::agreement,       Decision::provider_traits, Decision::tender,    Decision::inspection,
    Decision::leadership,      Decision::invitation,      Decision::joint,     Decision::lesson,
    Decision::takeover,
};

}  // namespace parley
