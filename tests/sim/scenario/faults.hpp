// What a reader says of a wrong text, as lines that a test can compare.
#pragma once
#include <string>
#include <vector>

#include "sim/base/error.hpp"

namespace parley {

// The texts of the faults that `read` throws; none where it returns.
template <class Read>
std::vector<std::string> faults_of(Read read) {
  try {
    read();
  } catch (const ScenarioError& error) {
    std::vector<std::string> out;
    for (const Fault& fault : error.faults()) out.push_back(fault.text());
    return out;
  }
  return {};
}

inline std::string lines(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += text + "\n";
  return out;
}

}  // namespace parley
