// Settings of a command line, "key=value", put into a study.
#pragma once
#include <string>
#include <vector>

#include "sim/scenario/build.hpp"

namespace parley {

void apply_settings(const std::vector<std::string>& settings, Study& study, Findings& findings);

}  // namespace parley
