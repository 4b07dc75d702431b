// The tables of a place together: what is the case today. Only engine/commit.cpp and scenario/populate.cpp write to it.
#pragma once
#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <vector>

#include "sim/base/draw.hpp"
#include "sim/world/disputes.hpp"
#include "sim/world/graph.hpp"
#include "sim/world/ledger.hpp"
#include "sim/world/rules.hpp"
#include "sim/world/social_graph.hpp"
#include "sim/world/views.hpp"

namespace parley {

// What a patient is at the start: a pure function of (seed, replicate, id), never stored.
struct PatientTraits {
  double hospital_trust = 0, committee_trust = 0;  // baselines
  Claimant claimant;
};

// What happened to a patient's trust; stored only for those to whom something happened, and read with its decay.
struct PatientShift {
  double hospital = 0, committee = 0;
  std::int32_t hospital_day = 0, committee_day = 0;
};

struct HospitalRow {
  HospitalView view;
  std::uint32_t district = 0;
  double revenue = 0;  // yuan a year
  // Fixed by the place, so that thinning stays valid under every policy.
  double event_ceiling = 0, bad_outcome_ceiling = 0;  // per day
  double event_rate = 0;                              // per day, this month
  std::uint32_t counting_draws = 1;                   // the ceiling is split into so many Poisson counts
  double count_zero = 1, count_mean = 0;              // exp(−mean) and mean of each of them
  double lessons = 0;                                 // this month
  Account account = 0;
  Edge home;                    // treats: the public of its own district
  std::vector<Edge> elsewhere;  // treats: other districts, weights adding up to the outsiders' share
  std::vector<Edge> refers;     // to each committee that serves its district
  Edge office;                  // refers: to the health bureau
  Edge response;                // police and centre answer its calls
};

struct MediatorRow {
  std::uint32_t committee = 0;
  double law = 0, medicine = 0, mission = 0;
  std::array<double, 3> days{};  // effort per case on each task
  double free_on = 0;            // day
  bool active = true;            // the post is funded
};

// Cases in order of arrival: (day, id). Slots of disputes.
using Docket = std::vector<std::uint32_t>;

struct CommitteeRow {
  std::uint32_t district = 0, place_index = 0;
  std::vector<std::uint32_t> mediators;  // by slot; those beyond the funded posts are inactive
  Docket waiting;
  Edge report, advice;
  Account account = 0;
  std::array<std::int64_t, 12> closed{}, successes{};  // by month of the year, the last twelve months
};

// Officers or judges: each is free from a day on.
struct ServiceRow {
  std::vector<double> free_on;
  Docket waiting;
};

struct DistrictRow {
  std::int64_t population = 0;
  std::uint32_t first_patient = 0;
  bool insured = false, centre = false;
  std::vector<std::uint32_t> hospitals, committees;
  ServiceRow office, court;
  std::uint32_t pool = 0;
  Rules rules;
  PublicView seen, counting;  // published for the last month; still being counted
  // Decaying figures, each with the day on which it held.
  double media = 0, visible = 0, shift_sum = 0;
  std::int32_t media_day = 0, visible_day = 0, shift_day = 0;
  std::int64_t open_disputes = 0;
  double admissions_carry = 0;
  boost::unordered_flat_map<std::uint32_t, PatientShift> shifts;
  Account patients = 0, staff = 0, fund = 0, government = 0, court_account = 0, lawyers = 0, experts = 0;
};

struct ExpertPoolRow {
  double share = 1;                   // of the experts of the place
  std::vector<std::int32_t> release;  // days on which busy experts are free again, ascending
};

struct World {
  std::int32_t today = 0;
  DrawKey key;
  std::int64_t population = 0;
  std::vector<DistrictRow> districts;
  std::vector<HospitalRow> hospitals;
  std::vector<CommitteeRow> committees;
  std::vector<MediatorRow> mediators;
  std::vector<ExpertPoolRow> pools;
  InstitutionGraph graph;
  SocialGraph social;  // who talks with whom
  Ledger ledger;
  Account insurer = 0, society = 0;
  std::vector<Dispute> disputes;  // slots; closed ones are free
  std::vector<std::uint32_t> free_slots;
  // Who is due on which day: (slot, id) from the first day on; an entry counts only if the dispute still says so.
  struct Due {
    std::uint32_t slot;
    std::uint64_t id;
  };
  std::int32_t first_day = 0;
  std::vector<std::vector<Due>> calendar;
};

}  // namespace parley
