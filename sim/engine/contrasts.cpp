#include "sim/engine/contrasts.hpp"

#include <algorithm>

#include "sim/base/error.hpp"

namespace parley {

Plan plan_of(const Study& study) {
  Plan plan;
  for (const Mode& mode : study.modes)
    plan.arms.push_back({mode.slug, levers_by_district(study.place, mode), dated_settings(mode)});
  if (study.modes.size() < 2) return plan;
  const auto base =
      std::find_if(study.modes.begin(), study.modes.end(), [&](const Mode& m) { return m.slug == study.baseline; });
  if (base == study.modes.end())
    throw ScenarioError(
        {Fault{study.slug, 0, 0, "baseline", "'" + study.baseline + "' is none of the modes of the study"}});
  const auto baseline = static_cast<std::size_t>(base - study.modes.begin());

  for (std::size_t c = 0; c < study.contrasts.size(); ++c) {
    const Contrast& contrast = study.contrasts[c];
    // With levers held, the baseline is another policy too.
    std::size_t against = baseline;
    if (!contrast.hold.empty()) {
      against = plan.arms.size();
      plan.arms.push_back({study.baseline + ":" + contrast.slug, levers_by_district(study.place, *base, contrast.hold),
                           dated_settings(*base, contrast.hold)});
    }
    for (std::size_t m = 0; m < study.modes.size(); ++m) {
      if (m == baseline) continue;
      std::size_t arm = m;
      if (!contrast.hold.empty() || !contrast.solve_lever.empty()) {
        arm = plan.arms.size();
        plan.arms.push_back({study.modes[m].slug + ":" + contrast.slug,
                             levers_by_district(study.place, study.modes[m], contrast.hold),
                             dated_settings(study.modes[m], contrast.hold)});
      }
      if (!contrast.solve_lever.empty()) plan.solves.push_back({arm, against, c, plan.differences.size()});
      plan.differences.push_back(
          {contrast.slug, plan.arms[arm].name, plan.arms[against].name, contrast.solve_lever, 0});
    }
  }
  return plan;
}

}  // namespace parley
