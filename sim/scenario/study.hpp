// What is asked: modes are files of lever values, a study names a place, the modes to compare and how precisely.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/calendar_date.hpp"
#include "sim/scenario/place.hpp"

namespace parley {

// What a government can act upon: figures of a district that are published for the month before.
enum class PublicFigure : std::uint8_t {
  none,
  open_disputes,
  disputes_last_month,
  disturbances_last_month,
  petitions_last_month
};
inline constexpr std::array<const char*, 5> figure_names = {"none", "open_disputes", "disputes_last_month",
                                                            "disturbances_last_month", "petitions_last_month"};

// "open_disputes > 50"
struct Condition {
  PublicFigure figure = PublicFigure::none;
  bool above = true;  // else below
  double threshold = 0;
};

struct LeverSetting {
  std::string lever;
  double value = 0;
  int district = -1;                  // -1: every district of the place
  int hospital = -1, committee = -1;  // one of them alone, by its number in the place, from 0 on
  // When it is in force; it is looked at when a month begins. Without dates and condition: always.
  std::optional<CalendarDate> from, until;  // until: the first day on which it is not
  Condition when;

  LeverSetting() = default;
  LeverSetting(std::string lever_, double value_, int district_ = -1)
      : lever(std::move(lever_)), value(value_), district(district_) {}
  bool narrow() const { return hospital >= 0 || committee >= 0; }
  bool always() const { return !from && !until && when.figure == PublicFigure::none && !narrow(); }
};

struct Mode {
  std::string slug, title;
  std::vector<std::string> sources;
  // Levers not named keep the place's status quo; those with dates or a condition, or for one hospital or committee,
  // come last, and the later one wins.
  std::vector<LeverSetting> settings;
};

// One way of asking for a difference between two modes (design: bundle, contract only, equal public spending).
struct Contrast {
  std::string slug;  // "bundle", "contract_only", "equal_spending"
  std::string title;
  std::vector<std::string> hold;  // levers kept at the status quo in both modes
  std::string solve_lever;        // lever of every mode but the baseline that is solved for; empty: none
  double tolerance = 0.01;        // relative agreement of public outlay that the solution must reach
};

// Values that some numbers take together, row by row: joint draws of what is uncertain, or the points of a sweep.
struct Points {
  std::vector<std::string> keys;          // as settings name them: "encounter.adverse_event_rate", "authority"
  std::vector<std::vector<double>> rows;  // each as long as `keys`; a choice is the number of its name

  bool empty() const { return keys.empty(); }
};

struct Study {
  std::string slug, title, question;
  Place place;
  std::vector<Mode> modes;
  std::string baseline;  // slug of one of the modes; differences are mode minus baseline
  std::vector<Contrast> contrasts;
  int years = 5;
  int burn_in_years = 3;
  int replicates = 20;
  std::uint64_t seed = 1;
  // Joint draws of uncertain parameters, for instance of a posterior: replicate r is run with row r modulo the number
  // of rows, under every policy. None: all replicates have the place's own parameters.
  Points draws;
};

// One policy as the engine runs it: the levers in force in each district.
struct Arm {
  std::string name;                 // "backing", "purchased", "purchased:equal_spending"
  std::vector<Levers> levers;       // one per district: what is always in force
  std::vector<LeverSetting> dated;  // in force at times or for one party, on top of it
};

// A difference that the answer reports: policy minus baseline.
struct Difference {
  std::string contrast;          // slug of the contrast
  std::string policy, baseline;  // names of arms
  std::string solved_lever;      // empty where nothing was solved
  double solved_value = 0;
  // What the policy spends over what the baseline spends, less one; beyond the tolerance equal spending was not
  // reached.
  double spending_gap = 0;
  double tolerance = 0;
};

// Levers of one mode in each district: status quo, then the mode's settings; `hold` names levers left alone.
std::vector<Levers> levers_by_district(const Place& place, const Mode& mode, const std::vector<std::string>& hold = {});
// Sets a lever of a mode to one value everywhere and always, whatever it set before.
void replace_setting(Mode& mode, const std::string& lever, double value);
// New modes, each the settings of some of `modes` together. Two that set one lever to different values for the same
// place and time do not go together.
std::vector<Mode> combined_modes(const std::vector<Mode>& modes,
                                 const std::vector<std::pair<std::string, std::vector<std::string>>>& combinations);
// Settings of a mode that have dates or a condition, without those of levers that are held.
std::vector<LeverSetting> dated_settings(const Mode& mode, const std::vector<std::string>& hold = {});
// The same of a policy as arms are named: a mode, or a mode and a contrast of the study.
std::vector<LeverSetting> dated_settings(const Study& study, const std::string& policy);

}  // namespace parley
