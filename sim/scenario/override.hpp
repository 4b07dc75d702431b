// Settings of a command line, "key=value", put into a study.
#pragma once
#include <string>
#include <vector>

#include "sim/scenario/build.hpp"

namespace parley {

void apply_settings(const std::vector<std::string>& settings, Study& study, Findings& findings);

// What keys mean, looked up once for many copies of one study.
class KeyTable {
 public:
  KeyTable(const std::vector<std::string>& keys, const Study& study);

  // Whether a key is a lever, which is set on top of every mode: the place and its burn-in are the same whatever its
  // value.
  bool is_lever(std::size_t key) const { return entries_[key].kind == Kind::lever; }
  // Puts a value for each key into a copy of that study. False where a key is not known or a value is no number of its
  // kind: then the copy is spoilt, and apply_settings says what is wrong.
  bool put(const std::vector<double>& values, Study& copy) const;

 private:
  enum class Kind { parameter, lever, customary_lever, unclear };
  struct Entry {
    Kind kind;
    std::size_t position;  // among the described parameters or levers
  };
  std::vector<Entry> entries_;
};

}  // namespace parley
