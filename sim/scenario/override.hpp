// Settings of a command line, "key=value", put into a study.
#pragma once
#include <string>
#include <vector>

#include "sim/scenario/build.hpp"

namespace parley {

void apply_settings(const std::vector<std::string>& settings, Study& study, Findings& findings);

// Whether a key is a lever, which is set on top of every mode: the place and its burn-in are the same whatever its
// value.
bool is_lever(const std::string& key, const Study& study);

}  // namespace parley
