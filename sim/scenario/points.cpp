#include "sim/scenario/points.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/error.hpp"
#include "sim/scenario/describe.hpp"
#include "sim/scenario/nearest.hpp"
#include "sim/scenario/number.hpp"

namespace parley {

namespace {

const Described* find(const std::vector<Described>& numbers, const std::string& address) {
  const auto found =
      std::find_if(numbers.begin(), numbers.end(), [&](const Described& d) { return d.address() == address; });
  return found == numbers.end() ? nullptr : &*found;
}

}  // namespace

Place place_at(const Place& place, const Points& points, std::size_t row) {
  Place out = place;
  const std::vector<Described> numbers = described_parameters(out);
  for (std::size_t k = 0; k < points.keys.size(); ++k) {
    const Described* number = find(numbers, points.keys[k]);
    if (number == nullptr) {
      std::vector<std::string> known;
      for (const Described& one : numbers) known.push_back(one.address());
      throw ScenarioError({Fault{"", 0, 0, points.keys[k],
                                 "unknown parameter " + quote(points.keys[k]) + did_you_mean(points.keys[k], known)}});
    }
    set(*number, is_whole(*number) ? std::round(points.rows[row][k]) : points.rows[row][k]);
  }
  return out;
}

std::string setting_of(Study& study, const std::string& key, double value) {
  constexpr std::string_view customary = "status_quo.";
  const bool of_levers = key.compare(0, customary.size(), customary) == 0;
  const std::vector<Described> levers = described_levers(study.place.status_quo),
                               parameters = of_levers ? std::vector<Described>{} : described_parameters(study.place);
  const Described* number = find(levers, of_levers ? key.substr(customary.size()) : key);
  if (number == nullptr) number = find(parameters, key);
  std::string text = number_text(value);
  if (number != nullptr && is_switch(*number) && (value == 0 || value == 1)) text = value == 0 ? "false" : "true";
  if (number != nullptr && is_choice(*number) && value == std::floor(value) && value >= number->field.low &&
      value <= number->field.high)
    text = choices(*number)[static_cast<std::size_t>(value - number->field.low)];
  return key + "=" + text;
}

}  // namespace parley
