// The toy place, grown and quarrelsome: within the ranges of all parameters, as many disputes per simulated day as can
// be had, so that a test of a direction sees hundreds of them in a second.
#pragma once
#include "tests/support/toy.hpp"

namespace parley::testing {

inline Place litigious_place() {
  Place place = toy_place();
  for (District& district : place.districts) district.population *= 10;
  PlaceNumbers& n = place.numbers;
  n.elderly_share = 0;
  n.lowincome_share = 0;
  n.awareness_mediation = 0.95;
  n.committees = 4;
  n.arbitration_panels = 2;
  place.status_quo.early_warning.warning_coverage = 0.5;
  Parameters& p = place.parameters;
  p.harm.severity_shares = {0, 0.6, 0.3, 0.1};
  p.blaming.blaming_negligent = {0.95, 0.95, 0.95, 0.95};
  p.blaming.blaming_other = {0.6, 0.6, 0.6, 0.6};
  p.claim.delay_mean = 20;
  return place;
}

// A study of that place with modes called by the settings they carry; one contrast, as the modes are.
inline Study litigious_study(const std::vector<std::vector<LeverSetting>>& modes, int years = 1, int burn_in_years = 0,
                             int replicates = 2) {
  Study study = toy_study(years, burn_in_years, replicates);
  study.place = litigious_place();
  study.modes.clear();
  for (std::size_t m = 0; m < modes.size(); ++m)
    study.modes.push_back({"mode_" + std::to_string(m), "Mode " + std::to_string(m), {}, modes[m]});
  study.baseline = "mode_0";
  return study;
}

}  // namespace parley::testing
