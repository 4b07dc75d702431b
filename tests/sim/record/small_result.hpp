// A result made by hand: two policies, two replicates, three months, two places and a few disputes, everything
// recorded.
#pragma once
#include "sim/engine/results.hpp"

namespace parley {

inline StudyResult small_result() {
  StudyResult result;
  Study& study = result.study;
  study.slug = "small";
  study.title = "A small study, 小研究";
  study.question = "Does the record keep what it is given?";
  study.years = 1;
  study.burn_in_years = 0;
  study.replicates = 2;
  study.seed = 18446744073709551615u;
  study.baseline = "backing";
  study.place.slug = "twin_towns";
  study.place.title = "Twin towns";
  study.place.sources = {"made up"};
  study.place.districts = {{"east", "East town, 东", 1000, true}, {"west", "West town, 西", 2000, false}};
  study.modes = {{"backing", "Backing", {"made up", "seed 1"}, {}}, {"purchased", "Purchased", {"seed 2"}, {}}};
  study.contrasts = {{"bundle", "as the modes are written", {}, "", 0.01},
                     {"equal_spending", "at equal public spending", {}, "authority", 0.01}};
  result.arms = {{"backing", {study.place.status_quo, study.place.status_quo}, {}},
                 {"purchased", {study.place.status_quo, study.place.status_quo}, {}}};
  result.differences = {{"bundle", "purchased", "backing", "", 0},
                        {"equal_spending", "purchased", "backing", "authority", 0.25, -0.004, 0.01}};
  result.replicates = {0, 1};
  result.month_starts = {0, 31, 59, 90};
  result.record.level = RecordLevel::full;
  result.burn_in_states = {{}, {}};
  result.accounts = {{AccountOwner::Kind::society, 0, 0}, {AccountOwner::Kind::hospital, 0, 1}};
  result.panel = {500, 1500};
  for (int arm = 0; arm < 2; ++arm) {
    result.results.emplace_back();
    for (int replicate = 0; replicate < 2; ++replicate) {
      ReplicateResult one;
      one.metrics = MetricTable(3, 2);
      for (std::size_t i = 0; i < one.metrics.values.size(); ++i)
        one.metrics.values[i] = static_cast<std::int64_t>(1000000 * arm + 100000 * replicate + static_cast<int>(i));
      for (int i = 0; i < 3 + arm; ++i) {
        CaseRow row;
        row.id = (std::uint64_t{7} << 46) + static_cast<std::uint64_t>(10 * i + replicate);
        row.patient = 100u + static_cast<std::uint32_t>(i);
        row.hospital = 7;
        row.place = static_cast<std::uint16_t>(i % 2);
        row.severity = static_cast<Severity>(i % 4);
        row.negligent = i % 2 == 0;
        row.first_channel = Channel::negotiation;
        row.last_channel = i == 1 ? Channel::court : Channel::people_mediation;
        row.path = i == 1 ? 1 + 8 * 5 : 1 + 8 * 2;
        row.outcome = i == 2 ? CaseOutcome::open : CaseOutcome::agreement;
        row.opened = i - 1;
        row.closed = i == 2 ? CaseRow::not_closed : 40 + i;
        row.demand = Money{12345678901 + i};
        row.owed = Money{5000000};
        row.paid = Money{i == 2 ? 0 : 4900000};
        row.paid_by = {Money{i == 2 ? 0 : 4000000}, Money{i == 2 ? 0 : 900000}, Money{}, Money{}};
        row.entered[0] = i;
        row.mediator = i == 0 ? Dispute::no_one : 64u;
        row.disturbed = i == 1;
        row.satisfaction = 0.25f * static_cast<float>(i);
        row.trust_before = 0.75f, row.trust_after = 0.5f;
        one.cases.push_back(row);
      }
      for (int month = 0; month < 3; ++month) {
        one.states.push_back(static_cast<std::uint64_t>(1000 * arm + 100 * replicate + month));
        for (int party = 0; party < 2; ++party) {
          HospitalSnapshot hospital;
          hospital.safety = static_cast<float>(10 * month + party);
          one.snapshots.hospitals.push_back(hospital);
          DistrictSnapshot district;
          district.spent[1] = Money{100 * month + party};
          one.snapshots.districts.push_back(district);
          PatientSnapshot patient;
          patient.trust[4] = 0.5f * static_cast<float>(party);
          one.snapshots.patients.push_back(patient);
        }
        one.snapshots.insurers.push_back({Money{5}, 1.5f, 0});
        one.snapshots.providers.push_back({Money{6}, 0.25f});
        MediatorSnapshot mediator;
        mediator.month = month;
        mediator.post = 64;
        for (int k = 0; k <= arm; ++k) one.snapshots.mediators.push_back(mediator);
      }
      one.stages = {{one.cases[0].id, 3, Stage::claim, Stage::channel, Turn::arrived},
                    {one.cases[0].id, 5, Stage::channel, Stage::negotiation, Turn::chosen}};
      one.ledger = {{4, 0, 1, Reason::hospital_income, Money{12345}, 0}};
      result.results.back().push_back(one);
    }
  }
  // A bureau in each town, two hospitals in the west and one insurer: it insures both, the western bureau watches one.
  result.graph.party_kind = {4, 4, 1, 1, 9};
  result.graph.party_index = {0, 1, 0, 1, 0};
  result.graph.party_district = {0, 1, 1, 1, 0};
  result.graph.offset = {0, 0, 1, 1, 1, 3};
  result.graph.target = {3, 2, 3};
  result.graph.link_kind = {7, 4, 4};
  result.graph.weight = {1, 0.25f, 0.75f};
  result.graph.base = {{0.5f, 3, 0.25f}, {0.75f, 4, 0.125f}, {1, 0, 0}};
  result.graph.reverse_offset = {0, 0, 0, 1, 3, 3};
  result.graph.reverse_edge = {1, 0, 2};
  result.edge_states = {{{0.5f, 3, 0.25f}, {0.75f, 4, 0.125f}, {1, 0, 0}},
                        {{0.25f, 6, 0.5f}, {0.5f, 8, 0.25f}, {1, 0, 0}}};
  result.threads = 2;
  result.seconds = 1.5;
  result.person_days = 3000 * 90;
  result.adverse_events = 42;
  return result;
}

}  // namespace parley
