// Scenario files to places, modes and studies: the door of yaml-cpp. Everything wrong with what was asked comes back as
// one ScenarioError, each fault with file, line, column, key, what is allowed and the nearest name.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/scenario/find.hpp"
#include "sim/scenario/render.hpp"
#include "sim/scenario/study.hpp"

namespace parley {

/// What a command line or a program asks for beyond the files.
struct Overrides {
  /// "key=value", in order. A key is a parameter ("claim.formal_claim_prob", "harm.severity_shares.death", or a bare
  /// name that only one parameter has), a number of the place ("place.committees"), a lever ("authority": in every
  /// mode, while the status quo stays) or a lever of the status quo ("status_quo.authority").
  std::vector<std::string> set;
  std::vector<std::string> modes;  ///< names or files; where there are none, those of the study
  std::string baseline;            ///< one of the modes
  std::optional<int> years, burn_in_years, replicates;
  std::optional<std::uint64_t> seed;
};

/// A name that contains '/' or ends in .yaml, .yml or .json is a file; any other is looked up.
Place read_place(const std::string& name, const SearchPath& path);
Mode read_mode(const std::string& name, const SearchPath& path, const Place& place);
/// A study of that name, or else a place of that name with the modes given and the usual three contrasts.
Study read_study(const std::string& name, const SearchPath& path, const Overrides& overrides = {});
/// A place of that name, or else the place of a study of that name, under one mode; "status_quo" or "" is no policy.
Study read_run(const std::string& name, const std::string& mode, const SearchPath& path,
               const Overrides& overrides = {});

/// The same from a text; `name` stands for the file in messages.
Place read_place_text(const std::string& text, const std::string& name);
Mode read_mode_text(const std::string& text, const std::string& name, const Place& place);
Study read_study_text(const std::string& text, const std::string& name, const SearchPath& path = {},
                      const Overrides& overrides = {});

/// Applies "key=value" settings to a study and checks the result.
void override_study(Study& study, const std::vector<std::string>& settings);

/// Reads any of the three kinds of file for its faults alone. Says what it was: "place", "mode" or "study".
std::string check_file(const std::string& file, const SearchPath& path);

/// The three ways in which a difference between modes is asked for unless a study says otherwise.
std::vector<Contrast> default_contrasts();

/// One scenario that a name leads to.
struct Listed {
  std::string kind;  ///< "place", "mode" or "study"
  std::string slug, title, file;
};
/// All scenarios on the path, places first, then modes, then studies, each in the order of their names.
std::vector<Listed> list_scenarios(const SearchPath& path);

}  // namespace parley
