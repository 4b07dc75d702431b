// One row of Points put where its keys say.
#pragma once
#include <cstddef>
#include <string>

#include "sim/scenario/study.hpp"

namespace parley {

// A place with the parameters and numbers of one row. The keys are addresses of parameters or of numbers of the place,
// and a whole number's value is rounded; what is not one is a ScenarioError. Ranges are check's business.
Place place_at(const Place& place, const Points& points, std::size_t row);

// The setting "key=value" of a number that may stand for a choice: "customs.protocol=1" says
// "customs.protocol=screening".
std::string setting_of(Study& study, const std::string& key, double value);

}  // namespace parley
