// What parley-sim prints. The full table with intervals is the Python front door's; this is what a cluster's log needs.
#pragma once
#include <cstdio>
#include <string>
#include <vector>

#include "sim/engine/results.hpp"

namespace parley {

// Text of a JSON string, in quotes.
std::string json_text(const std::string& text);

// Means of the main figures under each policy.
void print_figures(std::FILE* out, const StudyResult& result);
void print_figures_json(std::FILE* out, const StudyResult& result, const std::string& file, const std::string& digest);

// Every parameter, number of the place and lever with its default.
void print_parameters(std::FILE* out, bool json);

// People-days per second and nanoseconds of one core per adverse event.
void print_speed(std::FILE* out, const StudyResult& result, bool json);

}  // namespace parley
