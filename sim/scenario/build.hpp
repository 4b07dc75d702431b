// Trees to places, modes and studies: known keys, kinds of values, numbers as text. Ranges and relations are check's
// business; what is found here and there ends in one list, each fault with the place where it stands.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/scenario/study.hpp"
#include "sim/scenario/tree.hpp"

namespace parley {

// Faults so far, and where each setting stands. A key has two forms: from the study down ("place.numbers.committees"),
// by which check and positions speak, and as it stands in its own file ("numbers.committees"), which a reader sees.
class Findings {
 public:
  void fault(const std::string& key, Fault fault);
  void position(const std::string& key, Fault where) { positions_[key] = std::move(where); }
  // Something about this key has been reported already, without a key.
  void reported(const std::string& key) { faulty_.push_back(key); }
  // Faults of check: those that only follow from one already reported are left out, the others get their position.
  void take(const std::vector<Fault>& checked);
  bool empty() const { return faults_.empty(); }
  // Whether something within this key, or around it, has been reported.
  bool faulty(const std::string& key) const;
  // Throws all faults in the order of files and lines, or returns.
  void finish();

 private:
  std::vector<Fault> faults_;
  std::vector<std::string> faulty_;
  std::map<std::string, Fault> positions_;
};

// What a study file says of other files; the reader looks them up.
struct StudyReferences {
  const Tree* place = nullptr;
  const Tree* modes = nullptr;
  const Tree* numbers = nullptr;
  const Tree* parameters = nullptr;
  const Tree* status_quo = nullptr;
  bool names_baseline = false, names_contrasts = false;
};

// Builds from one tree of one file. `key` is the tree's own key from the study down, `local` the same within its file.
class Builder {
 public:
  Builder(Findings& findings, std::string file, std::string key, std::string local = "")
      : findings_(findings), file_(std::move(file)), key_(std::move(key)), local_(std::move(local)) {}

  void place(const Tree& tree, Place& place);
  void mode(const Tree& tree, const Place* place, Mode& mode);  // without a place, names of districts go unchecked
  StudyReferences study(const Tree& tree, Study& study);

  // The parts of a place that a study or a command line may override.
  void numbers(const Tree& tree, Place& place);
  void parameters(const Tree& tree, Place& place);
  void levers(const Tree& tree, const std::string& key, Levers& levers,
              std::function<void(const Described&)> done = {});
  // One number, or the elements of one array.
  bool assign(const Described& number, const Tree& tree, const std::string& key);
  void assign_elements(const std::vector<Described>& elements, const Tree& tree, const std::string& key);

  void fault(const Tree& at, const std::string& key, const std::string& message);

 private:
  using Visit = std::function<void(const std::string& name, const std::string& key, const Tree& value)>;
  using Hint = std::function<std::string(const std::string& name)>;
  void each(const Tree& tree, const std::string& key, const char* what, const std::vector<std::string>& known,
            const Visit& visit, const Hint& hint = {});
  void position(const Tree& at, const std::string& key);
  bool text(const Tree& tree, const std::string& key, std::string& value);
  bool whole(const Tree& tree, const std::string& key, std::int64_t& value);
  bool real(const Tree& tree, const std::string& key, double& value);
  bool boolean(const Tree& tree, const std::string& key, bool& value);
  bool choice(const Tree& tree, const std::string& key, const Described& number);
  bool scalar(const Tree& tree, const std::string& key, const char* wanted);
  void small(const Tree& tree, const std::string& key, int& value);
  void texts(const Tree& tree, const std::string& key, std::vector<std::string>& values);
  void date(const Tree& tree, const std::string& key, Place& place);
  void districts(const Tree& tree, Place& place);
  void social_ties(const Tree& tree, Place& place);
  void district(const Tree& tree, const std::string& key, District& district, bool named);
  void contrasts(const Tree& tree, std::vector<Contrast>& contrasts);
  void draws(const Tree& tree, Points& draws);
  void dated_levers(const Tree& tree, const std::string& key, const std::vector<std::string>& slugs, const Place* place,
                    std::vector<LeverSetting>& settings);
  std::optional<CalendarDate> day(const Tree& tree, const std::string& key);
  void condition(const Tree& tree, const std::string& key, Condition& when);
  void required(const Tree& tree, const std::vector<const char*>& names, const std::string& key = "");

  Findings& findings_;
  std::string file_, key_, local_;
};

// "a" and "b" to "a.b"; either may be empty.
std::string joined_key(const std::string& above, const std::string& below);

}  // namespace parley
