// The file of a sweep: what each run came to, over (policy, point, replicate), and the points.
#pragma once
#include <string>
#include <vector>

#include "sim/engine/sweep.hpp"
#include "sim/record/catalogue.hpp"
#include "sim/record/image.hpp"

namespace parley {

struct SweepResult {
  Study study;
  Points points;
  std::string design;          // how the points were made, in JSON; for whoever analyses them
  std::vector<double> values;  // [point][replicate][mode][number of the summary]
};

// Every dataset of such a file, as catalogue() lists those of a study.
const std::vector<CatalogueEntry>& sweep_catalogue();

// Nothing in it depends on who ran what and when, so that files can be compared byte by byte.
Image image_of(const SweepResult& result, const std::string& program);

void write_file(const SweepResult& result, const std::string& path, const std::string& program, bool force);

}  // namespace parley
