// The tables of a place together: what is the case today. Only engine/commit.cpp and scenario/populate.cpp write to it.
#pragma once
#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <memory>
#include <vector>

#include "sim/base/draw.hpp"
#include "sim/world/agency.hpp"
#include "sim/world/disputes.hpp"
#include "sim/world/graph.hpp"
#include "sim/world/ledger.hpp"
#include "sim/world/outcome.hpp"
#include "sim/world/rules.hpp"
#include "sim/world/social_graph.hpp"
#include "sim/world/views.hpp"

namespace parley {

// What a patient trusts at the start, by object: a pure function of (seed, replicate, id), never stored.
using Baselines = std::array<double, trust_object_count>;

// What events have left with a patient; stored only for those to whom something happened, as it stood on `day`, and
// read with its decay. Numbers are short: a city remembers millions of them.
struct PatientMemory {
  std::array<float, trust_object_count> trust{};  // shifts against the baseline, by object
  float anger = 0;                                // residual anger
  float harm = 0;                                 // own harms by severity, joined, 0 to 1
  std::int32_t day = 0;
};
// What own disputes taught about each forum, by channel.
using Attractions = std::array<float, channel_count>;

// A figure that fades, with the day on which it held.
struct Fading {
  double value = 0;
  std::int32_t day = 0;
};

// A doctor to whom something has happened.
struct DoctorRow {
  double morale_lost = 0;  // on `day`
  std::int32_t day = 0;
  std::uint32_t disputes = 0;
};

inline constexpr std::int32_t none_own = -1;  // the terms of the district count

struct HospitalRow {
  HospitalView view;
  std::uint32_t district = 0;
  double revenue = 0;  // yuan a year
  // Fixed by the place, so that thinning stays valid under every policy.
  double event_ceiling = 0, bad_outcome_ceiling = 0;  // per day
  double event_rate = 0;                              // per day, this month
  std::uint32_t counting_draws = 1;                   // the ceiling is split into so many Poisson counts
  double count_zero = 1, count_mean = 0;              // exp(−mean) and mean of each of them
  double lessons = 0;                                 // taken up and not yet in practice
  std::int64_t disputes_month = 0;
  double disputes_share = 0;                        // over admissions, about a year's mean: what scores are made of
  double most_workload = 1;                         // the largest factor of workload that the place allows
  double disclosure = 0;                            // chance that an event is disclosed, this month
  std::array<double, specialty_count> event_mix{};  // cumulative shares of events by field
  std::uint32_t doctor_count = 1;
  boost::unordered_flat_map<std::uint32_t, DoctorRow> doctors;  // by rank; sparse
  Fading morale_lost;                                           // added over its doctors
  std::uint32_t insurer = 0;
  std::int32_t own_rules = none_own;           // position in World::own_rules
  bool member = false;                         // has paid in its share of the insurer's capital
  bool insured_by_place = false;               // whatever policy says
  double insured_years = 0, insured_paid = 0;  // history with the insurer, yuan
  double paid_this_year = 0;                   // compensation, all payers, yuan
  Account account = 0;
  Edge home;                    // treats: the public of its own district
  std::vector<Edge> elsewhere;  // treats: other districts, weights adding up to the outsiders' share
  std::vector<Edge> refers;     // to each committee that serves its district
  Edge office;                  // refers: to the health bureau
  Edge panel;                   // refers: to the arbitration panel, where there is one
  Edge response;                // police and centre answer its calls
};

// A post is named for good: the number of its committee times this, and its slot there.
inline constexpr std::uint32_t posts_per_committee = 64;

struct MediatorRow {
  std::uint32_t committee = 0;
  double law = 0, medicine = 0, mission = 0;
  std::array<double, 3> days{};                            // effort per case on each task
  double free_on = 0;                                      // day
  bool active = true;                                      // the post is funded and filled
  bool vacant = false;                                     // whoever held it has left
  double reputation_patient = 0, reputation_hospital = 0;  // earned neutrality
  std::int32_t since = 0;                                  // day on which the mediator came
  std::uint32_t post = 0, generation = 0;                  // permanent name of the post, and the how manieth to hold it
};

// Cases in order of arrival: (day, id). Slots of disputes.
using Docket = std::vector<std::uint32_t>;

struct CommitteeRow {
  std::uint32_t district = 0, place_index = 0;
  std::vector<std::uint32_t> mediators;  // by slot; those beyond the funded posts are inactive
  Docket waiting;
  Edge report, advice;
  Edge relay, transfer;  // health bureau → committee, committee → court
  std::uint32_t provider = 0;
  // Case database: closed and documented files by field and severity, as they stood on the day.
  std::array<double, specialty_count * severity_count> precedents{};
  std::int32_t precedents_day = 0;
  // What the principal counts, by month of the year, over the last twelve months: see Evaluation::Year.
  std::array<std::int64_t, 12> closed{}, successes{}, days{}, broken{}, escalated{}, lessons{};
  std::array<double, 12> satisfaction{};
  double target = 0;                  // success rate that is paid in full
  std::int32_t own_rules = none_own;  // position in World::own_rules
};

// An organisation that runs committees of its district: who it finds, and what it has.
struct ProviderRow {
  std::uint32_t district = 0;
  double quality = 0;  // added to the skill of its people
  std::vector<std::uint32_t> committees;
  Account account = 0;
  // Its contract: cost and price over the standard cost, the day on which it ends, and how many there have been.
  double cost = 1, price = 1;
  std::int32_t contract_ends = never;
  std::uint32_t contracts = 0;
};

// Officers, arbitrators or judges: each is free from a day on.
struct ServiceRow {
  std::vector<double> free_on;
  Docket waiting;
};

// Lawyers of a district: how many follow the aggressive strategy, and what each strategy has been seen to bring.
struct LawyersRow {
  double aggressive_share = 0, aggressive_payoff = 0, cooperative_payoff = 0;
  bool aggressive_seen = false, cooperative_seen = false;  // before, nobody knows what it brings
};

struct InsurerRow {
  Account account = 0;
  double premium_level = 1;                   // of the insurer, over the premiums of the place
  double premiums_year = 0, claims_year = 0;  // yuan, this year
  std::int32_t ruins = 0;
};

struct DistrictRow {
  std::int64_t population = 0;
  std::uint32_t first_patient = 0;
  bool insured = false, centre = false;
  std::vector<std::uint32_t> hospitals, committees;
  ServiceRow office, court, panel;
  LawyersRow bar;
  double legal_aid_left = 0, visits_left = 0;  // this month
  double disturbance_premium = 0;              // learned: what noise brings
  Fading excitation, attention;                // copycats; leaders of the district
  double complaints_month = 0;
  double heard = 0;               // share of those who would not know of mediation whom campaigns have reached
  Fading care;                    // what inspections have left
  std::int32_t lapsed_until = 0;  // policies are dropped until then
  Money customary_spending;       // public, in the last year of the status quo
  std::uint32_t pool = 0;
  Rules rules;
  PublicView seen, counting;  // published for the last month; still being counted
  // Decaying figures, each with the day on which it held.
  double media = 0, visible = 0, shift_sum = 0;
  std::int32_t media_day = 0, visible_day = 0, shift_day = 0;
  std::int64_t open_disputes = 0;
  double admissions_carry = 0;
  boost::unordered_flat_map<std::uint32_t, PatientMemory> memory;
  boost::unordered_flat_map<std::uint32_t, Attractions> learned;
  std::uint64_t memory_sum = 0;  // over all memories, see state.hpp
  std::array<AgencyRow, agency_count> agencies;
  Account patients = 0, staff = 0, fund = 0, court_account = 0, lawyers = 0, experts = 0, arbitration = 0;
};

struct ExpertPoolRow {
  double share = 1;  // of the experts of the place
  // By field: days on which busy experts are free again, ascending.
  std::array<std::vector<std::int32_t>, specialty_count> release;
};

struct World {
  std::int32_t today = 0;
  DrawKey key;
  std::int64_t population = 0;
  std::vector<DistrictRow> districts;
  std::vector<HospitalRow> hospitals;
  std::vector<CommitteeRow> committees;
  std::vector<ProviderRow> providers;
  std::vector<MediatorRow> mediators;
  std::vector<ExpertPoolRow> pools;
  std::vector<Rules> own_rules;  // of hospitals and committees with terms of their own, this month
  InstitutionGraph graph;
  SocialGraph social;  // who talks with whom
  Ledger ledger;
  std::vector<InsurerRow> insurers;
  Account society = 0;
  std::shared_ptr<const RiskCurve> risk_curve;  // of the place, the same in every copy of a world
  Fading city_attention, province_attention;
  std::uint32_t committee_month = 0;  // the month of the year in which committees count
  std::vector<Dispute> disputes;      // slots; closed ones are free
  std::vector<std::uint32_t> free_slots;
  // Who is due on which day: (slot, id) from the first day on; an entry counts only if the dispute still says so.
  struct Due {
    std::uint32_t slot;
    std::uint64_t id;
  };
  std::int32_t first_day = 0;
  std::vector<std::vector<Due>> calendar;
};

// The terms in force for a hospital and its disputes, and for a committee: those of the district, or their own.
inline const Rules& rules_of(const World& world, const HospitalRow& hospital) {
  return hospital.own_rules == none_own ? world.districts[hospital.district].rules
                                        : world.own_rules[static_cast<std::size_t>(hospital.own_rules)];
}
inline const Rules& rules_of(const World& world, const CommitteeRow& committee) {
  return committee.own_rules == none_own ? world.districts[committee.district].rules
                                         : world.own_rules[static_cast<std::size_t>(committee.own_rules)];
}

}  // namespace parley
