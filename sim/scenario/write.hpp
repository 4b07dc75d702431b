// A study with every default spelt out, as canonical YAML: the text that goes into the record, and that reads back to
// the same study anywhere. Place and modes stand inline, so no other file is needed.
#pragma once
#include <string>

#include "sim/scenario/study.hpp"

namespace parley {

std::string write_study(const Study& study);
std::string write_place(const Place& place);
std::string write_mode(const Mode& mode, const Place& place);
// "{lever: authority, value: 0.9, from: 2016-01-01}"
std::string write_setting(const LeverSetting& setting, const Place& place);

}  // namespace parley
