#include "sim/scenario/check.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "sim/scenario/describe.hpp"
#include "sim/scenario/nearest.hpp"
#include "sim/scenario/number.hpp"
#include "sim/scenario/points.hpp"

namespace parley {

namespace {

constexpr std::int64_t least_people = 200, most_people = 2'000'000'000;
constexpr std::size_t longest_slug = 48;
constexpr int most_years = 100, most_burn_in_years = 40, most_replicates = 100'000;
constexpr int first_year = 1900, last_year = 2200;
constexpr double sum_tolerance = 1e-9;
constexpr double loosest_tolerance = 0.5;
const std::vector<std::string> funding_levers = {"public_funding_share", "insurer_funding_share",
                                                 "hospital_funding_share"};

// Without the last digits, which are noise of the addition.
std::string sum_text(double sum) {
  constexpr double digits = 1e9;
  return number_text(std::floor(sum * digits + 0.5) / digits);
}

class Checker {
 public:
  explicit Checker(std::vector<Fault>& faults) : faults_(faults) {}

  void fault(const std::string& key, const std::string& message) { faults_.push_back({"", 0, 0, key, message}); }

  void slug(const std::string& key, const std::string& slug) {
    if (!is_slug(slug))
      fault(key, quote(slug) + " is not a name: up to " + std::to_string(longest_slug) +
                     " small letters, digits and '_', a letter first");
    else if (slug == "null" || slug == "true" || slug == "false")
      fault(key, quote(slug) + " is a word of YAML and cannot be a name");
  }

  void between(const std::string& key, std::int64_t value, std::int64_t low, std::int64_t high, const char* unit) {
    if (value < low || value > high)
      fault(key, std::to_string(value) + " is outside the range " + std::to_string(low) + " to " +
                     std::to_string(high) + " " + unit);
  }

  void range(const std::string& key, const Described& number) {
    const double value = number.number();
    if (value >= number.field.low && value <= number.field.high) return;  // false for a NaN
    fault(key, value_text(number) + (is_choice(number) ? " is none of " : " is outside the range ") +
                   range_text(number) + " (" + number.field.meaning + ")");
  }

  // A party by its number in the place; −1 where none is meant.
  void party(const std::string& key, const std::string& what, int number, std::int64_t count) {
    if (number >= 0 && number >= count)
      fault(key, "there is no " + what + " number " + std::to_string(number) +
                     (count > 0 ? "; they go from 0 to " + std::to_string(count - 1) : "; the place has none"));
  }

  // Whether the lever says anything to the party that it is set for.
  void reach(const std::string& key, const Described& lever, const LeverSetting& setting) {
    const Reach reach = lever.field.reach;
    const bool hospital = reach == Reach::hospital || reach == Reach::anybody,
               committee = reach == Reach::committee || reach == Reach::anybody;
    if ((setting.hospital < 0 || hospital) && (setting.committee < 0 || committee)) return;
    fault(key, lever.name + " cannot be set for one " + (setting.hospital >= 0 ? "hospital" : "committee") +
                   "; it holds for the place" +
                   (hospital    ? ", a district or a hospital"
                    : committee ? ", a district or a committee"
                                : " or a district"));
  }

  // Shares of one whole: arrays called ..._shares.
  void simplexes(const std::string& prefix, const std::vector<Described>& numbers) {
    constexpr std::string_view ending = "_shares";
    std::map<std::string, double> sums;
    for (const Described& number : numbers) {
      const std::string& name = number.name;
      if (number.element >= 0 && name.size() > ending.size() &&
          name.compare(name.size() - ending.size(), ending.size(), ending) == 0)
        sums[number.base()] += number.number();
    }
    for (const auto& [base, sum] : sums)
      if (!(std::fabs(sum - 1) <= sum_tolerance))
        fault(prefix + base, "the shares of " + base + " add up to " + sum_text(sum) + "; they must add up to 1");
  }

  // Nobody funds more than the whole cost. The fault is that of the first funding lever that was set.
  void funding(const std::string& prefix, Levers levers, const std::vector<std::string>& named,
               const std::string& where) {
    double sum = 0;
    std::string text;
    for (const Described& lever : described_levers(levers))
      if (std::find(funding_levers.begin(), funding_levers.end(), lever.name) != funding_levers.end()) {
        sum += lever.number();
        text += (text.empty() ? "" : " + ") + lever.name + " " + value_text(lever);
      }
    if (sum <= 1 + sum_tolerance) return;
    const auto key = std::find_first_of(funding_levers.begin(), funding_levers.end(), named.begin(), named.end());
    if (key == funding_levers.end()) return;  // nobody set any here, so the fault is elsewhere and reported there
    fault(prefix + *key,
          text + " add up to " + sum_text(sum) + where + "; the shares that fund mediation may add up to 1 at most");
  }

 private:
  std::vector<Fault>& faults_;
};

int days_in(int year, int month) {
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[month - 1];
}

void check_districts(Checker& check, const Place& place) {
  if (place.districts.empty()) {
    check.fault("place.districts", "there is no district; a place needs at least one");
    return;
  }
  std::set<std::string> seen;
  std::int64_t total = 0;
  for (std::size_t i = 0; i < place.districts.size(); ++i) {
    const District& district = place.districts[i];
    const std::string key =
        is_slug(district.slug) ? "place.districts." + district.slug : "place.districts[" + std::to_string(i) + "]";
    check.slug(key + ".slug", district.slug);
    if (!seen.insert(district.slug).second)
      check.fault(key + ".slug", "two districts are called " + quote(district.slug));
    if (district.population < 1 || district.population > most_people)
      check.between(key + ".population", district.population, 1, most_people, "people");
    else
      total += district.population;
  }
  if (total < least_people || total > most_people)
    check.fault("place.districts", "the districts have " + std::to_string(total) + " people together; allowed are " +
                                       std::to_string(least_people) + " to " + std::to_string(most_people));
  if (place.social_ties == nullptr) return;
  if (const std::int64_t persons = place.social_ties->graph.persons(); persons != total)
    check.fault("place.social_ties", "the ties are of " + std::to_string(persons) + " people, but the districts have " +
                                         std::to_string(total) + " together");
}

}  // namespace

bool is_slug(const std::string& text) {
  return !text.empty() && text.size() <= longest_slug && text[0] >= 'a' && text[0] <= 'z' &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

std::vector<Fault> check_place(const Place& place) {
  std::vector<Fault> faults;
  Checker check(faults);
  check.slug("place.place", place.slug);
  if (place.start_year < first_year || place.start_year > last_year || place.start_month < 1 ||
      place.start_month > 12 || place.start_day < 1 || place.start_day > days_in(place.start_year, place.start_month))
    check.fault("place.start", "there is no such day; a date is written 2015-01-01, in the years " +
                                   std::to_string(first_year) + " to " + std::to_string(last_year));
  check_districts(check, place);

  Place copy = place;  // descriptions point into what they describe, so they want something that may be written
  const std::vector<Described> all = described_parameters(copy);
  for (const Described& number : all)
    check.range(number.group == "place" ? "place.numbers." + number.name : "place.parameters." + number.address(),
                number);
  check.simplexes("place.parameters.", all);
  const PlaceNumbers& numbers = place.numbers;
  if (numbers.hospitals_tertiary >= 0 && numbers.hospitals_secondary >= 0 && numbers.hospitals_primary >= 0 &&
      numbers.hospitals() == 0)
    check.fault("place.numbers.hospitals_primary", "the place has no hospital of any level; it needs at least one");
  const auto& admitted = place.parameters.encounter.admissions_by_level_shares;
  const std::array<std::int64_t, level_count> present = {numbers.hospitals_primary, numbers.hospitals_secondary,
                                                         numbers.hospitals_tertiary};
  double somewhere = 0;
  bool any = false;
  for (std::size_t level = 0; level < level_count; ++level)
    if (present[level] > 0) any = true, somewhere += admitted[level];
  if (any && !(somewhere > 0))
    check.fault("place.parameters.encounter.admissions_by_level_shares",
                "no patient goes to a level that has a hospital in this place");

  std::vector<std::string> names;  // of the levers that are not at their defaults: somebody set them
  Levers untouched;
  const std::vector<Described> levers = described_levers(copy.status_quo), defaults = described_levers(untouched);
  for (std::size_t i = 0; i < levers.size(); ++i) {
    check.range("place.status_quo." + levers[i].name, levers[i]);
    if (levers[i].number() != defaults[i].number()) names.push_back(levers[i].name);
  }
  check.funding("place.status_quo.", place.status_quo, names, " in the status quo");
  return faults;
}

std::vector<Fault> check_mode(const Mode& mode, const Place& place) {
  std::vector<Fault> faults;
  Checker check(faults);
  const std::string prefix = "modes." + mode.slug + ".";
  check.slug(prefix + "mode", mode.slug);

  Levers scratch;
  const std::vector<Described> levers = described_levers(scratch);
  std::size_t dated_so_far = 0;
  const auto key_of = [&](const LeverSetting& setting) {
    if (!setting.always()) return prefix + "dated_levers." + std::to_string(dated_so_far) + "." + setting.lever;
    if (setting.district < 0) return prefix + "levers." + setting.lever;
    return prefix + "district_levers." + place.districts[static_cast<std::size_t>(setting.district)].slug + "." +
           setting.lever;
  };
  std::vector<LeverSetting> known, dated;
  std::set<std::pair<int, std::string>> seen;
  std::map<int, std::vector<std::string>> named;  // by district
  for (const LeverSetting& setting : mode.settings) {
    if (setting.district < -1 || setting.district >= static_cast<int>(place.districts.size())) {
      check.fault(prefix + "district_levers", "there is no district number " + std::to_string(setting.district));
      continue;
    }
    const std::string key = key_of(setting);
    if (!setting.always()) ++dated_so_far;
    const PlaceNumbers& numbers = place.numbers;
    check.party(key, "hospital", setting.hospital, numbers.hospitals());
    check.party(key, "committee", setting.committee, numbers.committees);
    const auto found =
        std::find_if(levers.begin(), levers.end(), [&](const Described& l) { return l.name == setting.lever; });
    if (found == levers.end()) {
      check.fault(key, "unknown lever " + quote(setting.lever) + did_you_mean(setting.lever, lever_names()));
      continue;
    }
    check.reach(key, *found, setting);
    if (setting.always() && !seen.insert({setting.district, setting.lever}).second)
      check.fault(key, "the lever is set twice");
    for (const auto& date : {setting.from, setting.until})
      if (date && !date->is_valid()) check.fault(key, date->text() + ": there is no such day");
    if (setting.from && setting.until && !(*setting.from < *setting.until))
      check.fault(key, "ends on " + setting.until->text() + ", before it begins on " + setting.from->text());
    const bool whole = std::floor(setting.value) == setting.value;
    if ((is_whole(*found) || is_switch(*found)) && !whole) {
      check.fault(key, number_text(setting.value) + " is not a whole number");
      continue;
    }
    if (!(setting.value >= found->field.low && setting.value <= found->field.high)) {
      check.fault(key, number_text(setting.value) + " is outside the range " + range_text(*found) + " (" +
                           found->field.meaning + ")");
      continue;
    }
    if (!setting.always()) {
      dated.push_back(setting);
      continue;
    }
    known.push_back(setting);
    named[setting.district].push_back(setting.lever);
  }

  // Each dated setting alone, on top of what is always in force.
  for (LeverSetting setting : dated) {
    std::vector<LeverSetting> settings = known;
    settings.erase(std::remove_if(settings.begin(), settings.end(),
                                  [&](const LeverSetting& s) {
                                    return s.lever == setting.lever ||
                                           (s.district >= 0 && s.district != setting.district);
                                  }),
                   settings.end());
    for (LeverSetting& s : settings) s.district = -1;
    settings.push_back({setting.lever, setting.value, -1});
    std::vector<Levers> together = {place.status_quo};
    put_in_force(settings, together);
    check.funding(prefix + "dated_levers.", together.front(), {setting.lever}, "");
  }

  // What is in force everywhere, and in each district that has settings of its own.
  for (const auto& [district, names] : named) {
    std::vector<LeverSetting> settings;
    for (const LeverSetting& setting : known)
      if (setting.district < 0) settings.push_back(setting);
    for (LeverSetting setting : known)
      if (district >= 0 && setting.district == district) settings.push_back({setting.lever, setting.value, -1});
    std::vector<Levers> in_force = {place.status_quo};
    put_in_force(settings, in_force);
    const std::string slug = district < 0 ? "" : place.districts[static_cast<std::size_t>(district)].slug;
    check.funding(prefix + (district < 0 ? "levers." : "district_levers." + slug + "."), in_force.front(), names,
                  district < 0 ? "" : " in " + slug);
  }
  return faults;
}

std::vector<Fault> check_draws(const Study& study) {
  std::vector<Fault> faults;
  Checker check(faults);
  const Points& draws = study.draws;
  Place copy = study.place;
  std::vector<std::string> known;
  for (const Described& number : described_parameters(copy))
    if (!(number.group == "place" && is_whole(number))) known.push_back(number.address());
  for (std::size_t k = 0; k < draws.keys.size(); ++k) {
    const std::string key = "draws.keys[" + std::to_string(k) + "]";
    if (std::find(known.begin(), known.end(), draws.keys[k]) == known.end())
      check.fault(key, quote(draws.keys[k]) +
                           " is not a parameter that may be drawn (levers and counts of parties are not)" +
                           did_you_mean(draws.keys[k], known));
    else if (std::find(draws.keys.begin(), draws.keys.begin() + static_cast<std::ptrdiff_t>(k), draws.keys[k]) !=
             draws.keys.begin() + static_cast<std::ptrdiff_t>(k))
      check.fault(key, quote(draws.keys[k]) + " is listed twice");
  }
  if (draws.empty() || draws.rows.empty())
    check.fault("draws", draws.rows.empty() ? "there is no row; draws need at least one" : "there are no keys");
  if (!faults.empty()) return faults;
  for (std::size_t r = 0; r < draws.rows.size(); ++r) {
    const std::string key = "draws.rows[" + std::to_string(r) + "]";
    if (draws.rows[r].size() != draws.keys.size()) {
      check.fault(key, "has " + std::to_string(draws.rows[r].size()) + " numbers for " +
                           std::to_string(draws.keys.size()) + " keys");
      continue;
    }
    for (const Fault& fault : check_place(place_at(study.place, draws, r)))
      check.fault(key, fault.key + ": " + fault.message);
  }
  return faults;
}

std::vector<Fault> check_study(const Study& study) {
  std::vector<Fault> faults = check_place(study.place);
  Checker check(faults);
  check.slug("study", study.slug);
  check.between("years", study.years, 1, most_years, "years");
  check.between("burn_in_years", study.burn_in_years, 0, most_burn_in_years, "years");
  check.between("replicates", study.replicates, 1, most_replicates, "replicates");

  constexpr auto largest_seed = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (study.seed > largest_seed)
    check.fault("seed", std::to_string(study.seed) + " is outside the range 0 to " + std::to_string(largest_seed));

  if (faults.empty() && (!study.draws.empty() || !study.draws.rows.empty())) {
    const std::vector<Fault> more = check_draws(study);
    faults.insert(faults.end(), more.begin(), more.end());
  }

  std::vector<std::string> modes;
  if (study.modes.empty()) check.fault("modes", "there is no mode; a study needs at least one");
  for (const Mode& mode : study.modes) {
    if (std::find(modes.begin(), modes.end(), mode.slug) != modes.end())
      check.fault("modes." + mode.slug, "the mode " + quote(mode.slug) + " is listed twice");
    modes.push_back(mode.slug);
    const std::vector<Fault> more = check_mode(mode, study.place);
    faults.insert(faults.end(), more.begin(), more.end());
  }
  if (!modes.empty() && std::find(modes.begin(), modes.end(), study.baseline) == modes.end())
    check.fault("baseline",
                quote(study.baseline) + " is not one of the modes compared" + did_you_mean(study.baseline, modes));

  Levers scratch;
  const std::vector<Described> levers = described_levers(scratch);
  const std::vector<std::string> names = lever_names();
  std::set<std::string> contrasts;
  for (const Contrast& contrast : study.contrasts) {
    const std::string key = "contrasts." + contrast.slug;
    check.slug(key, contrast.slug);
    if (!contrasts.insert(contrast.slug).second) check.fault(key, "two contrasts are called " + quote(contrast.slug));
    for (std::size_t i = 0; i < contrast.hold.size(); ++i)
      if (std::find(names.begin(), names.end(), contrast.hold[i]) == names.end())
        check.fault(key + ".hold[" + std::to_string(i) + "]",
                    "unknown lever " + quote(contrast.hold[i]) + did_you_mean(contrast.hold[i], names));
    if (contrast.solve_lever.empty()) continue;
    const auto found =
        std::find_if(levers.begin(), levers.end(), [&](const Described& l) { return l.name == contrast.solve_lever; });
    if (found == levers.end())
      check.fault(key + ".solve.lever",
                  "unknown lever " + quote(contrast.solve_lever) + did_you_mean(contrast.solve_lever, names));
    else if (is_switch(*found))
      check.fault(key + ".solve.lever",
                  quote(contrast.solve_lever) + " is a switch; only a lever with a range can be solved for");
    if (std::find(contrast.hold.begin(), contrast.hold.end(), contrast.solve_lever) != contrast.hold.end())
      check.fault(key + ".solve.lever", quote(contrast.solve_lever) + " is held and solved for at once");
    if (!(contrast.tolerance > 0 && contrast.tolerance <= loosest_tolerance))
      check.fault(key + ".solve.tolerance", number_text(contrast.tolerance) +
                                                " is outside the range above 0 and up to " +
                                                number_text(loosest_tolerance));
  }
  return faults;
}

void require_sound(const Study& study) {
  if (std::vector<Fault> faults = check_study(study); !faults.empty()) throw ScenarioError(std::move(faults));
}

}  // namespace parley
