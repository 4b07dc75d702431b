#include "sim/scenario/override.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "sim/scenario/describe.hpp"
#include "sim/scenario/nearest.hpp"

namespace parley {

namespace {

const std::string source = "--set";

Tree scalar(std::string text) {
  while (!text.empty() && text.front() == ' ') text.erase(0, 1);
  while (!text.empty() && text.back() == ' ') text.pop_back();
  Tree out;
  out.kind = Tree::Kind::scalar;
  out.text = std::move(text);
  return out;
}

// "0.6,0.25,0.07,0.08", brackets allowed.
Tree list(std::string text) {
  if (!text.empty() && text.front() == '[') text.erase(0, 1);
  if (!text.empty() && text.back() == ']') text.pop_back();
  Tree out;
  out.kind = Tree::Kind::list;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t comma = std::min(text.find(',', from), text.size());
    out.items.push_back(scalar(text.substr(from, comma - from)));
    from = comma + 1;
  }
  return out;
}

// Whether a value may stand where the number does; ranges are check's business.
bool is_of_kind(const Described& number, double value) {
  constexpr double largest_whole = 1e15;
  const bool whole = value == std::floor(value) && std::abs(value) < largest_whole;
  if (is_switch(number)) return value == 0 || value == 1;
  if (is_choice(number)) return whole && value >= number.field.low && value <= number.field.high;
  return std::isfinite(value) && (whole || !is_whole(number));
}

// One key and what it may mean.
struct Meaning {
  enum class Kind { parameter, number, lever, customary_lever } kind;
  std::string address;              // "harm.severity_shares", "place.committees", "authority", "status_quo.authority"
  std::vector<Described> elements;  // one for a scalar or a single element
};

class Settings {
 public:
  Settings(Study& study, Findings& findings)
      : study_(study),
        findings_(findings),
        parameters_(described_parameters(study.place)),
        customary_(described_levers(study.place.status_quo)) {}

  void apply(const std::string& setting) {
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos || equals == 0) {
      fault(setting, quote(setting) + " is not a setting; write key=value, for instance authority=0.8");
      return;
    }
    const std::string key = scalar(setting.substr(0, equals)).text;
    const std::string value = setting.substr(equals + 1);
    const std::vector<Meaning> meanings = meanings_of(key);
    if (meanings.empty()) {
      fault(key, "unknown key " + quote(key) + did_you_mean(key, addresses(key)));
    } else if (meanings.size() > 1) {
      std::string all;
      for (const Meaning& meaning : meanings) all += (all.empty() ? "" : ", ") + meaning.address;
      fault(key, quote(key) + " can mean several things; write one of " + all);
    } else {
      assign(meanings.front(), key, value);
    }
  }

  // The one number that a key means; none where it means several, an array or nothing.
  std::optional<Meaning> number_of(const std::string& key) const {
    std::vector<Meaning> meanings = meanings_of(key);
    if (meanings.size() != 1 || meanings.front().elements.size() != 1) return std::nullopt;
    return std::move(meanings.front());
  }

 private:
  void fault(const std::string& key, const std::string& message) {
    findings_.fault(source + " " + key, {source, 0, 0, key, message});
  }

  std::vector<Meaning> meanings_of(const std::string& key) const {
    std::vector<Meaning> out;
    const auto add = [&](Meaning::Kind kind, const std::string& address, const Described& number) {
      for (Meaning& meaning : out)
        if (meaning.address == address) {
          meaning.elements.push_back(number);
          return;
        }
      out.push_back({kind, address, {number}});
    };
    for (const Described& number : parameters_) {
      const bool of_place = number.group == "place";
      const auto kind = of_place ? Meaning::Kind::number : Meaning::Kind::parameter;
      // A full address wins over a bare name; the forms in which faults show keys are understood too.
      const std::string shown = of_place ? "numbers." + number.name : "parameters." + number.address();
      const std::string shown_base = of_place ? shown : "parameters." + number.base();
      if (key == number.base() || key == shown_base)
        add(kind, number.base(), number);
      else if (key == number.address() || key == shown)
        add(kind, number.address(), number);
    }
    for (const Described& lever : customary_)
      if (key == "status_quo." + lever.name) add(Meaning::Kind::customary_lever, key, lever);
    if (!out.empty() || key.find('.') != std::string::npos) return out;
    for (const Described& number : parameters_)
      if (key == number.name)
        add(number.group == "place" ? Meaning::Kind::number : Meaning::Kind::parameter, number.base(), number);
    for (const Described& lever : customary_)
      if (key == lever.name) add(Meaning::Kind::lever, lever.name, lever);
    return out;
  }

  // What a misspelt key is compared with: full addresses, or bare names where the key has no point.
  std::vector<std::string> addresses(const std::string& key) const {
    const bool full = key.find('.') != std::string::npos;
    std::vector<std::string> out;
    for (const Described& lever : customary_) out.push_back((full ? "status_quo." : "") + lever.name);
    for (const Described& number : parameters_) {
      if (full && !number.label.empty()) out.push_back(number.address());
      const std::string name = full ? number.base() : number.name;
      if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
    }
    return out;
  }

  void assign(const Meaning& meaning, const std::string& key, const std::string& value) {
    const Described& first = meaning.elements.front();
    const bool array = first.element >= 0 && meaning.address == first.base();
    const Tree tree = array ? list(value) : scalar(value);
    switch (meaning.kind) {
      case Meaning::Kind::parameter: {
        Builder at(findings_, source, "place.parameters." + meaning.address, key);
        if (array)
          at.assign_elements(meaning.elements, tree, "");
        else
          at.assign(first, tree, "");
        break;
      }
      case Meaning::Kind::number:
        Builder(findings_, source, "place.numbers." + first.name, key).assign(first, tree, "");
        break;
      case Meaning::Kind::customary_lever:
        Builder(findings_, source, "place.status_quo." + first.name, key).assign(first, tree, "");
        break;
      case Meaning::Kind::lever:
        assign_lever(first.name, tree, key);
        break;
    }
  }

  void assign_lever(const std::string& name, const Tree& tree, const std::string& key) {
    Levers scratch;
    for (const Described& lever : described_levers(scratch)) {
      if (lever.name != name) continue;
      if (!Builder(findings_, source, source + " " + key, key).assign(lever, tree, "")) return;
      for (Mode& mode : study_.modes) {
        replace_setting(mode, lever.name, lever.number());
        findings_.position("modes." + mode.slug + ".levers." + name, Fault{source, 0, 0, key, ""});
      }
    }
  }

  Study& study_;
  Findings& findings_;
  std::vector<Described> parameters_, customary_;
};

}  // namespace

void apply_settings(const std::vector<std::string>& settings, Study& study, Findings& findings) {
  Settings all(study, findings);
  for (const std::string& setting : settings) all.apply(setting);
}

KeyTable::KeyTable(const std::vector<std::string>& keys, const Study& study) {
  Study scratch = study;
  Findings none;
  const Settings all(scratch, none);
  const std::vector<Described> parameters = described_parameters(scratch.place),
                               levers = described_levers(scratch.place.status_quo);
  // A full address means that number and nothing else; only other words are compared with every number.
  std::map<std::string, std::size_t> parameter_at, lever_at;
  for (std::size_t i = 0; i < parameters.size(); ++i) parameter_at.emplace(parameters[i].address(), i);
  for (std::size_t i = 0; i < levers.size(); ++i) lever_at.emplace(levers[i].address(), i);
  for (const std::string& key : keys) {
    if (const auto found = parameter_at.find(key); found != parameter_at.end()) {
      entries_.push_back({Kind::parameter, found->second});
      continue;
    }
    const std::optional<Meaning> meaning = all.number_of(key);
    if (!meaning) {
      entries_.push_back({Kind::unclear, 0});
      continue;
    }
    const bool customary = meaning->kind == Meaning::Kind::customary_lever;
    const bool lever = customary || meaning->kind == Meaning::Kind::lever;
    entries_.push_back({customary ? Kind::customary_lever
                        : lever   ? Kind::lever
                                  : Kind::parameter,
                        (lever ? lever_at : parameter_at).at(meaning->elements.front().address())});
  }
}

bool KeyTable::put(const std::vector<double>& values, Study& copy) const {
  Levers scratch;
  const std::vector<Described> parameters = described_parameters(copy.place), levers = described_levers(scratch),
                               customary = described_levers(copy.place.status_quo);
  for (std::size_t k = 0; k < entries_.size(); ++k) {
    const auto [kind, position] = entries_[k];
    if (kind == Kind::unclear) return false;
    const Described& number = (kind == Kind::parameter ? parameters
                               : kind == Kind::lever   ? levers
                                                       : customary)[position];
    if (!is_of_kind(number, values[k])) return false;
    set(number, values[k]);
    if (kind == Kind::lever)
      for (Mode& mode : copy.modes) replace_setting(mode, number.name, number.number());
  }
  return true;
}

}  // namespace parley
