// Scenarios: reading, listing, checking, and the description of every parameter and lever.
#include <pybind11/stl.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "bindings/python/bind.hpp"
#include "sim/scenario/check.hpp"
#include "sim/scenario/describe.hpp"
#include "sim/scenario/read.hpp"
#include "sim/scenario/write.hpp"

namespace parley {
namespace {

// A choice is its name.
py::object value_of(const Described& number) {
  if (is_choice(number)) return py::cast(value_text(number));
  return std::visit([](auto* value) -> py::object { return py::cast(*value); }, number.value);
}

// The same study with other modes, the first the baseline, and no contrasts.
std::shared_ptr<Study> with_modes(const Study& study, std::vector<Mode> modes) {
  auto out = std::make_shared<Study>(study);
  out->modes = std::move(modes);
  out->contrasts.clear();
  out->baseline = out->modes.empty() ? "" : out->modes.front().slug;
  require_sound(*out);
  return out;
}

py::list rows_of(const std::vector<Described>& numbers, const std::vector<Described>& defaults, const char* kind) {
  py::list rows;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const Described& number = numbers[i];
    py::dict row;
    row["kind"] = kind;
    row["group"] = number.group;
    row["name"] = number.name;
    row["label"] = number.label;
    row["address"] = number.address();
    row["symbol"] = number.field.symbol;
    row["unit"] = number.field.unit;
    row["low"] = number.field.low;
    row["high"] = number.field.high;
    row["meaning"] = number.field.meaning;
    row["source"] = number.field.source;
    row["confidence"] = number.field.confidence;
    row["type"] = is_switch(number) ? "bool" : is_choice(number) ? "choice" : is_whole(number) ? "int" : "float";
    row["choices"] = choices(number);
    row["default"] = value_of(defaults[i]);
    row["value"] = value_of(number);
    rows.append(std::move(row));
  }
  return rows;
}

// Parameters and numbers of the place, then the levers of its status quo.
py::list describe_place(Place place) {
  Place untouched;
  py::list rows = rows_of(described_parameters(place), described_parameters(untouched), "parameter");
  for (const py::handle row :
       rows_of(described_levers(place.status_quo), described_levers(untouched.status_quo), "lever"))
    rows.append(row);
  return rows;
}

SearchPath search_path(const std::vector<std::string>& folders) { return SearchPath{folders}; }

Overrides overrides(std::vector<std::string> set, std::vector<std::string> modes, std::string baseline,
                    std::optional<int> years, std::optional<int> burn_in, std::optional<int> replicates,
                    std::optional<std::uint64_t> seed) {
  Overrides asked;
  asked.set = std::move(set);
  asked.modes = std::move(modes);
  asked.baseline = std::move(baseline);
  asked.years = years;
  asked.burn_in_years = burn_in;
  asked.replicates = replicates;
  asked.seed = seed;
  return asked;
}

std::string date_text(const Place& place) {
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return std::to_string(place.start_year) + "-" + two(place.start_month) + "-" + two(place.start_day);
}

}  // namespace

void bind_scenario(py::module_& module) {
  using Texts = std::vector<std::string>;

  py::class_<Study, std::shared_ptr<Study>>(module, "Study",
                                            "What is asked, resolved: every default filled in. Read only.")
      .def_readonly("slug", &Study::slug, "Name in files and folders.")
      .def_readonly("title", &Study::title, "Name for people.")
      .def_readonly("question", &Study::question, "What the study asks, in a sentence.")
      .def_readonly("baseline", &Study::baseline, "The mode that is subtracted.")
      .def_readonly("years", &Study::years, "Years recorded.")
      .def_readonly("burn_in_years", &Study::burn_in_years, "Years run before them under the status quo.")
      .def_readonly("replicates", &Study::replicates, "Replicates with their own luck.")
      .def_readonly("seed", &Study::seed, "Where all luck comes from.")
      .def_property_readonly(
          "place", [](const Study& study) { return study.place.slug; }, "Slug of the place.")
      .def_property_readonly(
          "place_title", [](const Study& study) { return study.place.title; }, "Name of the place.")
      .def_property_readonly(
          "start_date", [](const Study& study) { return date_text(study.place); }, "Day 0.")
      .def_property_readonly(
          "districts",
          [](const Study& study) {
            py::dict found;
            for (const District& district : study.place.districts) found[py::str(district.slug)] = district.population;
            return found;
          },
          "Population by slug of the district.")
      .def_property_readonly(
          "population",
          [](const Study& study) {
            std::int64_t sum = 0;
            for (const District& district : study.place.districts) sum += district.population;
            return sum;
          },
          "Residents of the place.")
      .def_property_readonly(
          "modes",
          [](const Study& study) {
            Texts slugs;
            for (const Mode& mode : study.modes) slugs.push_back(mode.slug);
            return slugs;
          },
          "Slugs of the modes compared.")
      .def_property_readonly(
          "contrasts",
          [](const Study& study) {
            Texts slugs;
            for (const Contrast& contrast : study.contrasts) slugs.push_back(contrast.slug);
            return slugs;
          },
          "Slugs of the contrasts asked for.")
      .def_property_readonly(
          "drawn", [](const Study& study) { return study.draws.keys; },
          "Parameters of which each replicate has a draw of its own.")
      .def(
          "with_draws",
          [](const Study& study, std::vector<std::string> keys, std::vector<std::vector<double>> rows) {
            auto out = std::make_shared<Study>(study);
            out->draws = {std::move(keys), std::move(rows)};
            require_sound(*out);
            return out;
          },
          py::arg("keys"), py::arg("rows"),
          "The same study with joint draws of parameters: replicate r has row r modulo the number of rows.")
      .def(
          "with_replicates",
          [](const Study& study, int replicates) {
            auto out = std::make_shared<Study>(study);
            out->replicates = replicates;
            require_sound(*out);
            return out;
          },
          py::arg("replicates"), "The same study with another number of replicates.")
      .def(
          "with_policies",
          [](const Study& study, const std::vector<std::pair<std::string, std::map<std::string, double>>>& policies,
             const std::map<std::string, std::string>& dated) {
            std::vector<Mode> modes;
            for (const auto& [slug, levers] : policies) {
              Mode mode{slug, slug, {}, {}};
              for (const auto& [lever, value] : levers) mode.settings.emplace_back(lever, value);
              if (const auto from = dated.find(slug); from != dated.end())
                for (LeverSetting& setting : dated_settings(study, from->second))
                  mode.settings.push_back(std::move(setting));
              modes.push_back(std::move(mode));
            }
            return with_modes(study, std::move(modes));
          },
          py::arg("policies"), py::arg("dated") = std::map<std::string, std::string>{},
          "The same study with other modes, each a name and values of levers, the first the baseline; no contrasts. "
          "What a "
          "policy of this study sets with dates, under a condition or for one party stays on top where `dated` names "
          "that "
          "policy for a new one.")
      .def(
          "dated_levers",
          [](const Study& study, const std::string& policy) {
            std::vector<std::pair<std::string, std::string>> out;
            for (const LeverSetting& setting : dated_settings(study, policy))
              out.emplace_back(setting.lever, write_setting(setting, study.place));
            return out;
          },
          py::arg("policy"),
          "Levers that a policy sets with dates, under a condition or for one party, each with the setting as a mode "
          "file "
          "has it; without those that its contrast holds.")
      .def(
          "with_variants",
          [](const Study& study, const std::vector<std::pair<std::string, std::map<std::string, double>>>& variants) {
            std::vector<Mode> modes;
            for (const auto& [slug, levers] : variants) {
              Mode mode = *std::find_if(study.modes.begin(), study.modes.end(),
                                        [&](const Mode& one) { return one.slug == study.baseline; });
              mode.slug = mode.title = slug;
              for (const auto& [lever, value] : levers) replace_setting(mode, lever, value);
              modes.push_back(std::move(mode));
            }
            return with_modes(study, std::move(modes));
          },
          py::arg("variants"),
          "The same study with other modes, each a name and values of levers that its baseline is given on top, "
          "everywhere and always, as a point of a sweep gives them; no contrasts.")
      .def(
          "with_combinations",
          [](const Study& study, const std::vector<std::pair<std::string, std::vector<std::string>>>& combinations) {
            return with_modes(study, combined_modes(study.modes, combinations));
          },
          py::arg("combinations"),
          "The same study with other modes, each a name and those modes of it whose levers it puts in force together, "
          "the first the "
          "baseline; no contrasts. Two modes of a combination may not set one lever to two values.")
      .def(
          "with_years",
          [](const Study& study, int years) {
            auto out = std::make_shared<Study>(study);
            out->years = years;
            require_sound(*out);
            return out;
          },
          py::arg("years"), "The same study over another number of years.")
      .def(
          "with_seed",
          [](const Study& study, std::uint64_t seed) {
            auto out = std::make_shared<Study>(study);
            out->seed = seed;
            require_sound(*out);
            return out;
          },
          py::arg("seed"), "The same study with other luck.")
      .def(py::pickle(
          [](const Study& study) { return write_study(study); },
          [](const std::string& text) { return std::make_shared<Study>(read_study_text(text, "a pickled study")); }))
      .def("_describe", [](const Study& study) { return describe_place(study.place); })
      .def_property_readonly(
          "parameters",
          [](const py::object& study) {
            return py::module_::import("parley.describe").attr("groups_of")(study.attr("_describe")());
          },
          "Parameters, place numbers and levers of the status quo, by group: "
          "study.parameters.encounter.adverse_event_rate.")
      .def(
          "text", [](const Study& study) { return write_study(study); },
          "The study as a scenario text with every default written out.")
      .def("_repr_html_",
           [](const py::object& study) { return py::module_::import("parley.looks").attr("study")(study); })
      .def("__repr__", [](const Study& study) {
        std::string modes;
        for (const Mode& mode : study.modes) modes += (modes.empty() ? "" : ", ") + mode.slug;
        return "<parley.Study " + study.slug + ": " + study.place.slug + ", " + (modes.empty() ? "status quo" : modes) +
               "; " + std::to_string(study.years) + " years, " + std::to_string(study.replicates) + " replicates>";
      });

  module.def(
      "read_study",
      [](const std::string& name, const Texts& path, Texts set, Texts modes, std::string baseline,
         std::optional<int> years, std::optional<int> burn_in, std::optional<int> replicates,
         std::optional<std::uint64_t> seed) {
        return std::make_shared<Study>(read_study(
            name, search_path(path),
            overrides(std::move(set), std::move(modes), std::move(baseline), years, burn_in, replicates, seed)));
      },
      py::arg("name"), py::arg("path"), py::kw_only(), py::arg("set") = Texts{}, py::arg("modes") = Texts{},
      py::arg("baseline") = "", py::arg("years") = py::none(), py::arg("burn_in") = py::none(),
      py::arg("replicates") = py::none(), py::arg("seed") = py::none(),
      "A study of that name or file, or a place with the modes given and the usual three contrasts.");
  module.def(
      "read_run",
      [](const std::string& name, const std::string& mode, const Texts& path, Texts set, std::optional<int> years,
         std::optional<int> burn_in, std::optional<int> replicates, std::optional<std::uint64_t> seed) {
        return std::make_shared<Study>(read_run(name, mode, search_path(path),
                                                overrides(std::move(set), {}, "", years, burn_in, replicates, seed)));
      },
      py::arg("name"), py::arg("mode"), py::arg("path"), py::kw_only(), py::arg("set") = Texts{},
      py::arg("years") = py::none(), py::arg("burn_in") = py::none(), py::arg("replicates") = py::none(),
      py::arg("seed") = py::none(), "A place, or the place of a study, under one mode; \"\" is the status quo.");
  module.def(
      "describe_place",
      [](const std::string& name, const Texts& path) { return describe_place(read_place(name, search_path(path))); },
      py::arg("name"), py::arg("path"),
      "Every parameter, place number and lever with the value that a place gives it.");
  module.def(
      "describe_defaults", [] { return describe_place(Place{}); },
      "Every parameter, place number and lever with its default.");
  module.def(
      "check_file", [](const std::string& file, const Texts& path) { return check_file(file, search_path(path)); },
      py::arg("file"), py::arg("path"), "Reads a scenario file for its faults; says what kind it is.");
  module.def(
      "list_scenarios",
      [](const Texts& path) {
        py::list found;
        for (const Listed& one : list_scenarios(search_path(path))) {
          py::dict row;
          row["kind"] = one.kind;
          row["slug"] = one.slug;
          row["title"] = one.title;
          row["file"] = one.file;
          found.append(std::move(row));
        }
        return found;
      },
      py::arg("path"), "All scenarios on the path.");
}

}  // namespace parley
