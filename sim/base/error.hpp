// Three families of failure: your file, your disk, our bug. The texts are whole sentences and stand alone.
#pragma once
#include <stdexcept>
#include <string>
#include <vector>

namespace parley {

/// One fault in something that a user wrote, with the place where it stands.
struct Fault {
  std::string file;     ///< path as the user gave it, or "--set" for the command line
  int line = 0;         ///< from 1; 0 where there is no line
  int column = 0;       ///< from 1; 0 where there is no column
  std::string key;      ///< dotted key, for instance "parameters.harm.severity_shares"
  std::string message;  ///< what is wrong, the value, what is allowed, the nearest name

  std::string text() const;  ///< "file:line:column: key: message"
};

/// A scenario that cannot be run. Holds every fault found, not only the first.
class ScenarioError : public std::runtime_error {
 public:
  explicit ScenarioError(std::vector<Fault> faults);
  const std::vector<Fault>& faults() const { return faults_; }

 private:
  std::vector<Fault> faults_;
};

/// A file that cannot be read or written (disk full, no permission, not ours, damaged).
class FileError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A law of the simulator does not hold: money, stages, ceilings. Always our bug.
class BrokenLaw : public std::logic_error {
  using std::logic_error::logic_error;
};

}  // namespace parley
