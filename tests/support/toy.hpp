// A small world built in code, so that tests need no files: two districts that nothing connects.
#pragma once
#include "sim/scenario/study.hpp"

namespace parley::testing {

inline Place toy_place() {
  Place place;
  place.slug = "toy_in_code";
  place.title = "Two districts that nothing connects";
  place.districts = {{"east", "East", 150000, true}, {"west", "West", 100000, false}};
  PlaceNumbers& n = place.numbers;
  n.hospitals_tertiary = 2;
  n.hospitals_secondary = 2;
  n.hospitals_primary = 3;
  n.committees = 2;
  n.centres = 1;
  n.insurers = 2;
  // No patients, experts or acquaintances cross the border.
  n.outsider_share = 0;
  n.experts_shared = 0;
  place.parameters.trust.far_tie_share = 0;
  place.parameters.attention.report_share = 0;  // nor does trouble in one district reach those who look at both
  place.parameters.claim.formal_claim_probability = 0.15;
  place.parameters.encounter.adverse_event_rate = 0.12;
  return place;
}

inline Study toy_study(int years = 1, int burn_in_years = 1, int replicates = 2) {
  Study study;
  study.slug = "toy_in_code";
  study.title = "A study built in code";
  study.question = "Does it run?";
  study.place = toy_place();
  Mode calm{"calm", "Status quo", {}, {}};
  Mode eager{"eager", "Everything moved", {}, {}};
  eager.settings = {{"authority", 0.9, -1},        {"proximity", 0.2, -1},         {"base_fee_case", 1200, -1},
                    {"pay_per_success", 1500, -1}, {"fixed_grant_share", 0.5, -1}, {"linkage_strength", 0.8, -1},
                    {"feedback_rate", 0.6, -1}};
  study.modes = {calm, eager};
  study.baseline = "calm";
  study.contrasts = {{"bundle", "As the modes are", {}, "", 0.01}};
  study.years = years;
  study.burn_in_years = burn_in_years;
  study.replicates = replicates;
  study.seed = 7;
  return study;
}

}  // namespace parley::testing
