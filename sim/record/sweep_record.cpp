#include "sim/record/sweep_record.hpp"

#include "sim/base/error.hpp"
#include "sim/record/builder.hpp"
#include "sim/record/digest.hpp"
#include "sim/scenario/describe.hpp"
#include "sim/scenario/write.hpp"

namespace parley {

namespace {

std::vector<CatalogueEntry> make_sweep_catalogue() {
  using enum ElementType;
  std::vector<CatalogueEntry> entries = {
      {"/policy", text, "", "policy", "name of the policy"},
      {"/point", int32, "1", "point", "number of the point of the design"},
      {"/replicate", int32, "1", "replicate",
       "number of the replicate; the same number has the same luck at every point and in every policy"},
      {"/days_median", float64, "day", "policy point replicate",
       "days from opening to closing, median over the disputes closed; NaN where none was"},
  };
  for (const MetricInfo& metric : metric_table) {
    const bool stock = std::string_view(metric.cell_method) == "point";
    entries.push_back({std::string("/") + metric.name, stock ? float64 : int64,
                       recorded_as_real(metric) ? "1" : metric.unit, "policy point replicate", metric.meaning});
  }
  const std::vector<CatalogueEntry> rest = {
      {"/design/key", text, "", "key", "parameter or lever that the points set, as --set knows it"},
      {"/design/value", float64, "", "point key", "its value at each point; a choice is the number of its name"},
      {"/design/unit", text, "", "key", "unit of the values, 1 for a pure number"},
      {"/design/symbol", text, "", "key", "symbol on the page of the mechanism"},
      {"/design/low", float64, "", "key", "smallest value that a scenario may use"},
      {"/design/high", float64, "", "key", "largest value that a scenario may use"},
      {"/design/meaning", text, "", "key", "what the number means"},
      {"/design/confidence", text, "", "key", "A published and read, A* from memory, B derived, C assumed"},
      {"/design/method", text, "", "", "how the points were made, in JSON"},
      {"/provenance/scenario", text, "", "", "the study before any point was set, every default written out, in YAML"},
      {"/provenance/scenario_schema", int32, "1", "", "version of the format of that text"},
      {"/provenance/study", text, "", "", "slug of the study"},
      {"/provenance/place_slug", text, "", "", "slug of the place"},
      {"/provenance/seed", text, "", "", "seed of the study, as text because it may exceed what a double holds"},
      {"/provenance/years", int32, "year", "", "years recorded"},
      {"/provenance/burn_in_years", int32, "year", "", "years run before them under the status quo"},
      {"/provenance/replicates", int32, "1", "", "replicates of each point"},
      {"/provenance/run/program", text, "", "", "version and commit of Parley"},
      {"/provenance/run/digest", text, "", "",
       "SHA-256 of everything outside /provenance/run, by which damage is noticed"},
  };
  entries.insert(entries.end(), rest.begin(), rest.end());
  return entries;
}

// What is known of the number that a key sets.
Field field_of(Study study, const std::string& key) {
  constexpr std::string_view customary = "status_quo.";
  const bool of_levers = key.compare(0, customary.size(), customary) == 0;
  for (const Described& d : described_levers(study.place.status_quo))
    if (d.address() == (of_levers ? key.substr(customary.size()) : key)) return d.field;
  for (const Described& d : described_parameters(study.place))
    if (d.address() == key || d.name == key) return d.field;
  throw BrokenLaw("The record of a sweep has a key '" + key + "' that nothing describes.");
}

void add_runs(ImageBuilder& file, const SweepResult& result) {
  const std::size_t modes = result.study.modes.size(), points = result.points.rows.size(),
                    replicates = static_cast<std::size_t>(result.study.replicates);
  file.dimension("/policy", modes);
  file.dimension("/point", points);
  file.dimension("/replicate", replicates);
  std::vector<std::string> names;
  for (const Mode& mode : result.study.modes) names.push_back(mode.slug);
  file.texts("/policy", names);
  for (const auto& [path, count] : {std::pair{"/point", points}, {"/replicate", replicates}})
    file.numbers<std::int32_t>(path, [&, n = count](auto put) {
      for (std::size_t i = 0; i < n; ++i) put(static_cast<std::int32_t>(i));
    });
  const auto each = [&](std::size_t number, auto put) {
    for (std::size_t mode = 0; mode < modes; ++mode)
      for (std::size_t run = 0; run < points * replicates; ++run)
        put(result.values[(run * modes + mode) * numbers_of_a_summary + number]);
  };
  for (std::size_t m = 0; m < metric_count; ++m) {
    const std::string path = std::string("/") + metric_table[m].name;
    const bool stock = std::string_view(metric_table[m].cell_method) == "point";
    Dataset& metric = stock ? file.numbers<double>(path, [&](auto put) { each(m, put); })
                            : file.numbers<std::int64_t>(path, [&](auto put) {
                                each(m, [&](double sum) { put(static_cast<std::int64_t>(sum)); });
                              });
    note(metric, "comment",
         !stock                              ? "added up over time and places"
         : recorded_as_real(metric_table[m]) ? "mean over the last twelve months and over residents"
                                             : "mean over the last twelve months, added up over places");
  }
  file.numbers<double>("/days_median", [&](auto put) { each(metric_count, put); });
}

void add_design(ImageBuilder& file, const SweepResult& result) {
  const Points& points = result.points;
  std::vector<Field> fields;
  for (const std::string& key : points.keys) fields.push_back(field_of(result.study, key));
  const auto texts = [&](const char* path, auto of) {
    std::vector<std::string> words;
    for (const Field& field : fields) words.emplace_back(of(field));
    file.texts(path, words);
  };
  const auto reals = [&](const char* path, auto of) {
    file.numbers<double>(path, [&](auto put) {
      for (const Field& field : fields) put(of(field));
    });
  };
  file.group("/design");
  file.dimension("/design/key", points.keys.size());
  file.texts("/design/key", points.keys);
  file.numbers<double>("/design/value", [&](auto put) {
    for (const std::vector<double>& row : points.rows)
      for (const double value : row) put(value);
  });
  texts("/design/unit", [](const Field& f) { return f.unit; });
  texts("/design/symbol", [](const Field& f) { return f.symbol; });
  reals("/design/low", [](const Field& f) { return f.low; });
  reals("/design/high", [](const Field& f) { return f.high; });
  texts("/design/meaning", [](const Field& f) { return f.meaning; });
  texts("/design/confidence", [](const Field& f) { return f.confidence; });
  file.texts("/design/method", {result.design});
}

}  // namespace

const std::vector<CatalogueEntry>& sweep_catalogue() {
  static const std::vector<CatalogueEntry> entries = make_sweep_catalogue();
  return entries;
}

Image image_of(const SweepResult& result, const std::string& program) {
  const Study& study = result.study;
  if (result.values.size() != result.points.rows.size() * static_cast<std::size_t>(study.replicates) *
                                  study.modes.size() * numbers_of_a_summary)
    throw BrokenLaw("A sweep cannot be recorded because its runs do not have the shape of its design.");
  ImageBuilder file(sweep_catalogue());
  file.group("/");
  file.attribute("Conventions", "CF-1.11, Parley-1.0");
  file.attribute("title", study.title);
  file.attribute("question", study.question);
  file.attribute("parley_format", file_format);
  file.attribute("content", "sweep");
  file.attribute(Attribute::integer("results_epoch", ElementType::int32, results_epoch));
  add_runs(file, result);
  add_design(file, result);
  file.group("/provenance");
  const auto number = [&](const char* path, int value) {
    file.numbers<std::int32_t>(path, [&](auto put) { put(value); });
  };
  file.texts("/provenance/scenario", {write_study(study)});
  number("/provenance/scenario_schema", scenario_schema);
  file.texts("/provenance/study", {study.slug});
  file.texts("/provenance/place_slug", {study.place.slug});
  file.texts("/provenance/seed", {std::to_string(study.seed)});
  number("/provenance/years", study.years);
  number("/provenance/burn_in_years", study.burn_in_years);
  number("/provenance/replicates", study.replicates);
  file.group("/provenance/run");
  file.texts("/provenance/run/program", {program});
  file.texts("/provenance/run/digest", {digest(file.image())});
  return std::move(file.image());
}

}  // namespace parley
