// One description of each parameter and lever: symbol, unit, range, meaning, source, confidence. Scenario reading,
// range checks, Python attributes and docstrings, HDF5 attributes, `parley params` and the parameter page all walk it.
//
// A struct of parameters names each of its fields once:
//
//   static void describe(auto& field, auto& p) {
//     field("adverse_event_rate", p.adverse_event_rate,
//           Field{"a", "1/admission", 0.03, 0.12, "adverse events per admission", "row 18: de Vries 2008", "A"});
//   }
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace parley {

// For whom a lever may be set: always for the place or a district; some for one hospital or committee as well.
enum class Reach : std::uint8_t { anybody, district, hospital, committee };

struct Field {
  const char* symbol;                   // as on the mechanism's page
  const char* unit;                     // "1" for a pure number
  double low, high;                     // closed range that a scenario may use
  const char* meaning;                  // one clause, no full stop
  const char* source;                   // row of evidence/parameters.md and the study, or "assumed"
  const char* confidence;               // A published and read, A* from memory, B derived, C assumed
  const char* const* labels = nullptr;  // names of the elements of an array, or of the values of a whole number
  Reach reach = Reach::anybody;         // of a lever
};

// One number that can be set, flattened: arrays give one entry per element.
struct Described {
  std::string group;  // mechanism or instrument, for instance "harm"; empty for levers
  std::string name;   // for instance "severity_shares"
  std::string label;  // for instance "death"; empty for scalars
  int element = -1;   // position in the array; -1 for scalars
  Field field;
  std::variant<double*, std::int64_t*, bool*> value;

  std::string base() const { return group.empty() ? name : group + "." + name; }         // harm.severity_shares
  std::string address() const { return label.empty() ? base() : base() + "." + label; }  // harm.severity_shares.death
  double number() const {
    if (auto* d = std::get_if<double*>(&value)) return **d;
    if (auto* i = std::get_if<std::int64_t*>(&value)) return static_cast<double>(**i);
    return *std::get<bool*>(value) ? 1.0 : 0.0;
  }
};

class Collector {
 public:
  Collector(std::string group, std::vector<Described>& out) : group_(std::move(group)), out_(out) {}

  void operator()(const char* name, double& value, Field field) {
    out_.push_back({group_, name, "", -1, field, &value});
  }
  void operator()(const char* name, std::int64_t& value, Field field) {
    out_.push_back({group_, name, "", -1, field, &value});
  }
  void operator()(const char* name, bool& value, Field field) { out_.push_back({group_, name, "", -1, field, &value}); }
  template <std::size_t N>
  void operator()(const char* name, std::array<double, N>& values, Field field) {
    for (std::size_t i = 0; i < N; ++i)
      out_.push_back({group_, name, field.labels[i], static_cast<int>(i), field, &values[i]});
  }

 private:
  std::string group_;
  std::vector<Described>& out_;
};

}  // namespace parley
