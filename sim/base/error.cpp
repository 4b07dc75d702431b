#include "sim/base/error.hpp"

#include <utility>

namespace parley {

std::string Fault::text() const {
  std::string out = file;
  if (line > 0) out += ":" + std::to_string(line);
  if (column > 0) out += ":" + std::to_string(column);
  if (!out.empty()) out += ": ";
  if (!key.empty()) out += key + ": ";
  return out + message;
}

namespace {
std::string joined(const std::vector<Fault>& faults) {
  std::string out;
  for (const Fault& fault : faults) {
    if (!out.empty()) out += "\n";
    out += fault.text();
  }
  return out;
}
}  // namespace

ScenarioError::ScenarioError(std::vector<Fault> faults)
    : std::runtime_error(joined(faults)), faults_(std::move(faults)) {}

}  // namespace parley
