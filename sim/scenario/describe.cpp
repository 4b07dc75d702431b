#include "sim/scenario/describe.hpp"

#include <algorithm>

#include "sim/base/error.hpp"
#include "sim/scenario/nearest.hpp"
#include "sim/scenario/number.hpp"

namespace parley {

std::vector<Described> described_parameters(Place& place) {
  std::vector<Described> out;
  for_each_parameter_group(
      [&](std::string_view group, const auto& describe, auto& part) {
        Collector field(std::string(group), out);
        describe(field, part);
      },
      place.parameters);
  Collector field("place", out);
  PlaceNumbers::describe(field, place.numbers);
  return out;
}

std::vector<Described> described_levers(Levers& levers) {
  std::vector<Described> out;
  for_each_instrument(
      [&]<class I>(typename I::Levers& part) {
        Collector field("", out);
        I::Levers::describe(field, part);
      },
      levers);
  return out;
}

bool is_whole(const Described& number) { return std::holds_alternative<std::int64_t*>(number.value); }
bool is_switch(const Described& number) { return std::holds_alternative<bool*>(number.value); }
bool is_choice(const Described& number) { return is_whole(number) && number.field.labels != nullptr; }

std::vector<std::string> choices(const Described& number) {
  if (!is_choice(number)) return {};
  const auto count = static_cast<std::ptrdiff_t>(number.field.high - number.field.low) + 1;
  return {number.field.labels, number.field.labels + count};
}

void set(const Described& number, double value) {
  if (auto* real = std::get_if<double*>(&number.value))
    **real = value;
  else if (auto* whole = std::get_if<std::int64_t*>(&number.value))
    **whole = static_cast<std::int64_t>(value);
  else
    *std::get<bool*>(number.value) = value != 0;
}

std::string range_text(const Described& number) {
  if (is_switch(number)) return "true or false";
  if (is_choice(number)) {
    std::string all;
    for (const std::string& name : choices(number)) all += (all.empty() ? "" : ", ") + name;
    return all;
  }
  const std::string unit = number.field.unit;
  return number_text(number.field.low) + " to " + number_text(number.field.high) + (unit == "1" ? "" : " " + unit);
}

std::string value_text(const Described& number) {
  if (is_switch(number)) return number.number() != 0 ? "true" : "false";
  if (is_choice(number) && number.number() >= number.field.low && number.number() <= number.field.high)
    return choices(number)[static_cast<std::size_t>(number.number() - number.field.low)];
  if (auto* whole = std::get_if<std::int64_t*>(&number.value)) return std::to_string(**whole);
  return number_text(number.number());
}

std::vector<std::string> lever_names() {
  Levers levers;
  std::vector<std::string> out;
  for (const Described& lever : described_levers(levers)) out.push_back(lever.name);
  return out;
}

void put_in_force(const std::vector<LeverSetting>& settings, std::vector<Levers>& by_district) {
  std::vector<std::vector<Described>> levers;
  for (Levers& one : by_district) levers.push_back(described_levers(one));
  for (const bool narrow : {false, true})
    for (const LeverSetting& setting : settings) {
      if ((setting.district >= 0) != narrow) continue;
      if (setting.district >= static_cast<int>(levers.size()))
        throw ScenarioError(
            {Fault{"", 0, 0, setting.lever, "there is no district number " + std::to_string(setting.district)}});
      for (std::size_t district = 0; district < levers.size(); ++district) {
        if (narrow && static_cast<int>(district) != setting.district) continue;
        const auto found = std::find_if(levers[district].begin(), levers[district].end(),
                                        [&](const Described& lever) { return lever.name == setting.lever; });
        if (found == levers[district].end())
          throw ScenarioError(
              {Fault{"", 0, 0, setting.lever,
                     "unknown lever " + quote(setting.lever) + did_you_mean(setting.lever, lever_names())}});
        set(*found, setting.value);
      }
    }
}

std::vector<Levers> levers_by_district(const Place& place, const Mode& mode, const std::vector<std::string>& hold) {
  std::vector<Levers> out(place.districts.size(), place.status_quo);
  std::vector<LeverSetting> settings;
  for (const LeverSetting& setting : mode.settings)
    if (setting.always() && std::find(hold.begin(), hold.end(), setting.lever) == hold.end())
      settings.push_back(setting);
  put_in_force(settings, out);
  return out;
}

std::vector<LeverSetting> dated_settings(const Mode& mode, const std::vector<std::string>& hold) {
  std::vector<LeverSetting> out;
  for (const LeverSetting& setting : mode.settings)
    if (!setting.always() && std::find(hold.begin(), hold.end(), setting.lever) == hold.end()) out.push_back(setting);
  return out;
}

std::vector<LeverSetting> dated_settings(const Study& study, const std::string& policy) {
  const std::size_t colon = policy.find(':');
  const std::string slug = policy.substr(0, colon),
                    contrast = colon == std::string::npos ? "" : policy.substr(colon + 1);
  std::vector<std::string> slugs, hold;
  for (const Mode& mode : study.modes) slugs.push_back(mode.slug);
  const auto mode = std::find(slugs.begin(), slugs.end(), slug);
  if (mode == slugs.end())
    throw ScenarioError({Fault{"", 0, 0, policy, "unknown mode " + quote(slug) + did_you_mean(slug, slugs)}});
  for (const Contrast& one : study.contrasts)
    if (one.slug == contrast) hold = one.hold;
  return dated_settings(study.modes[static_cast<std::size_t>(mode - slugs.begin())], hold);
}

void replace_setting(Mode& mode, const std::string& lever, double value) {
  std::erase_if(mode.settings, [&](const LeverSetting& setting) { return setting.lever == lever; });
  mode.settings.push_back({lever, value, -1});
}

std::vector<Mode> combined_modes(const std::vector<Mode>& modes,
                                 const std::vector<std::pair<std::string, std::vector<std::string>>>& combinations) {
  std::vector<std::string> slugs;
  for (const Mode& mode : modes) slugs.push_back(mode.slug);
  std::vector<Mode> out;
  for (const auto& [slug, parts] : combinations) {
    Mode made{slug, "", {}, {}};
    for (const std::string& part : parts) {
      const auto mode = std::find(slugs.begin(), slugs.end(), part);
      if (mode == slugs.end())
        throw ScenarioError({Fault{"", 0, 0, slug, "unknown mode " + quote(part) + did_you_mean(part, slugs)}});
      const Mode& from = modes[static_cast<std::size_t>(mode - slugs.begin())];
      made.title += (made.title.empty() ? "" : " + ") + from.title;
      for (const LeverSetting& setting : from.settings) {
        const auto same = std::find_if(made.settings.begin(), made.settings.end(), [&](const LeverSetting& other) {
          return other.lever == setting.lever && other.district == setting.district && other.always() &&
                 setting.always();
        });
        if (same == made.settings.end())
          made.settings.push_back(setting);
        else if (same->value != setting.value)
          throw ScenarioError(
              {Fault{"", 0, 0, slug,
                     "two of its modes set " + setting.lever + ", to " + number_text(same->value) + " and to " +
                         number_text(setting.value) + ": they cannot be in force together"}});
      }
    }
    // As a mode file orders them: for every district, for one, and with dates.
    std::stable_sort(made.settings.begin(), made.settings.end(), [](const LeverSetting& a, const LeverSetting& b) {
      const auto rank = [](const LeverSetting& s) { return !s.always() ? 2 : s.district >= 0 ? 1 : 0; };
      return rank(a) < rank(b);
    });
    if (made.title.empty()) made.title = slug;
    out.push_back(std::move(made));
  }
  return out;
}

namespace {

bool holds(const Condition& when, const PublicView& seen) {
  const std::array<std::int64_t, figure_names.size()> figures = {
      0, seen.open_disputes, seen.disputes_last_month, seen.disturbances_last_month, seen.petitions_last_month};
  const auto figure = static_cast<double>(figures[static_cast<std::size_t>(when.figure)]);
  return when.figure == PublicFigure::none || (when.above ? figure > when.threshold : figure < when.threshold);
}

}  // namespace

bool is_in_force(const LeverSetting& setting, int district, const CalendarDate& start, std::int32_t today,
                 const PublicView& seen) {
  return (setting.district < 0 || setting.district == district) &&
         (!setting.from || today >= days_between(start, *setting.from)) &&
         (!setting.until || today < days_between(start, *setting.until)) && holds(setting.when, seen);
}

Levers in_force(const Levers& always, const std::vector<LeverSetting>& dated, int district, const CalendarDate& start,
                std::int32_t today, const PublicView& seen, int hospital, int committee) {
  Levers now = always;
  std::vector<Described> levers;
  for (const LeverSetting& setting : dated) {
    if (!is_in_force(setting, district, start, today, seen)) continue;
    if (setting.hospital >= 0 && setting.hospital != hospital) continue;
    if (setting.committee >= 0 && setting.committee != committee) continue;
    if (levers.empty()) levers = described_levers(now);
    for (const Described& lever : levers)
      if (lever.name == setting.lever) set(lever, setting.value);
  }
  return now;
}

}  // namespace parley
