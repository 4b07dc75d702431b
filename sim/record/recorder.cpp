#include "sim/record/recorder.hpp"

#include <algorithm>
#include <limits>

#include "sim/record/builder.hpp"
#include "sim/record/digest.hpp"
#include "sim/record/history.hpp"
#include "sim/scenario/write.hpp"
#include "sim/world/disputes.hpp"
#include "sim/world/graph.hpp"

namespace parley {
namespace {

void check(const StudyResult& result) {
  const std::vector<std::int32_t> starts = result.period_starts();
  const std::size_t periods = starts.empty() ? 0 : starts.size() - 1;
  const std::size_t places = result.study.place.districts.size();
  bool whole = result.results.size() == result.arms.size();
  for (const auto& arm : result.results) {
    whole = whole && arm.size() == result.replicates.size();
    for (const ReplicateResult& replicate : arm)
      whole = whole && replicate.metrics.values.size() == metric_count * periods * places;
  }
  for (const Arm& arm : result.arms) whole = whole && arm.levers.size() == places;
  const GraphTable& graph = result.graph;
  whole = whole && (graph.parties() == 0 || result.edge_states.size() == result.arms.size());
  for (const auto& states : result.edge_states) whole = whole && states.size() == graph.edges();
  if (!whole) throw BrokenLaw("A result cannot be recorded because its tables do not have the shape of its study.");
}

void add_metrics(ImageBuilder& file, const StudyResult& result) {
  const auto& districts = result.study.place.districts;
  const std::vector<std::int32_t> starts = result.period_starts();
  const int periods = starts.empty() ? 0 : static_cast<int>(starts.size()) - 1;
  file.dimension("/policy", result.arms.size());
  file.dimension("/replicate", result.replicates.size());
  file.dimension("/time", static_cast<std::size_t>(periods));
  file.dimension("/place", districts.size());

  file.texts("/policy", policy_names(result));
  file.numbers<std::int32_t>("/replicate", [&](auto put) {
    for (const int number : result.replicates) put(number);
  });
  Dataset& time = file.numbers<std::int32_t>("/time", [&](auto put) {
    for (int period = 0; period < periods; ++period) put(starts[period]);
  });
  set_unit(time, "days since " + start_date(result));
  note(time, "calendar", "standard");
  note(time, "standard_name", "time");
  note(time, "axis", "T");
  file.texts("/place", district_slugs(result));
  file.numbers<std::int32_t>("/period_days", [&](auto put) {
    for (int period = 0; period < periods; ++period) put(starts[period + 1] - starts[period]);
  });
  std::vector<std::string> titles;
  for (const District& district : districts) titles.push_back(district.title);
  file.texts("/place_title", titles);
  file.numbers<std::int64_t>("/population", [&](auto put) {
    for (const District& d : districts) put(d.population);
  });
  Dataset& insured = file.numbers<std::uint8_t>("/insured", [&](auto put) {
    for (const District& d : districts) put(d.insured ? 1 : 0);
  });
  flags(insured, std::array{"uninsured", "insured"});

  for (std::size_t m = 0; m < metric_count; ++m) {
    const MetricInfo& info = metric_table[m];
    const std::string path = std::string("/") + info.name;
    const auto fill = [&](auto put) {
      for (const auto& arm : result.results)
        for (const ReplicateResult& replicate : arm)
          for (int period = 0; period < periods; ++period)
            for (int place = 0; place < replicate.metrics.places; ++place)
              put(replicate.metrics.at(static_cast<Metric>(m), period, place));
    };
    Dataset& metric =
        recorded_as_real(info)
            ? file.numbers<double>(
                  path,
                  [&](auto put) { fill([&](std::int64_t millionths) { put(static_cast<double>(millionths) / 1e6); }); })
            : file.numbers<std::int64_t>(path, fill);
    note(metric, "cell_methods", std::string("time: ") + info.cell_method);
    if (std::string_view(info.cell_method) == "point")
      note(metric, "comment", "at the end of the last day of the period");
    note(metric, "coordinates", "period_days place_title population insured");
  }
}

std::string path_reading() {
  const std::string bits = std::to_string(ForumPath::bits), most = std::to_string(ForumPath::most);
  return bits +
         " bits per forum, the first forum in the lowest: 0 for none, else 1 + the code of first_channel; forum k" +
         " of 0, 1 … is (path >> " + bits + " * k) & " + std::to_string(ForumPath::mask) + "; at most " + most +
         ", of which the last is always the latest; knocking again at the same door is not counted";
}

void add_cases(ImageBuilder& file, const StudyResult& result) {
  file.group("/cases");
  file.attribute(
      "comment",
      "one row per formal dispute that was open on day 0 or opened later, sorted by policy, replicate and id");
  std::size_t rows = 0;
  for (const auto& arm : result.results)
    for (const ReplicateResult& replicate : arm) {
      rows += replicate.cases.size();
      const auto sorted = std::is_sorted(replicate.cases.begin(), replicate.cases.end(),
                                         [](const CaseRow& a, const CaseRow& b) { return a.id < b.id; });
      if (!sorted) throw BrokenLaw("The disputes of a replicate cannot be recorded because they are not sorted by id.");
      if (!replicate.cases.empty() && replicate.cases.back().id >> 53)
        throw BrokenLaw("A dispute cannot be recorded because its id does not fit into 53 bits.");
    }
  file.dimension("/cases/case", rows);

  // Number is the type of the column; value(row, arm, replicate) what stands in it.
  const auto column = [&]<class Number>(Number, const char* name, auto value) -> Dataset& {
    return file.numbers<Number>(std::string("/cases/") + name, [&](auto put) {
      for (std::size_t arm = 0; arm < result.results.size(); ++arm)
        for (std::size_t k = 0; k < result.results[arm].size(); ++k)
          for (const CaseRow& row : result.results[arm][k].cases)
            put(static_cast<Number>(value(row, arm, result.replicates[k])));
    });
  };
  const auto day_column = [&](const char* name, auto value) -> Dataset& {
    Dataset& dataset = column(std::int32_t{}, name, value);
    note(dataset, "reference_date", start_date(result));
    return dataset;
  };

  column(std::int64_t{}, "id", [](const CaseRow& row, auto, auto) { return row.id; });
  Dataset& policy = column(std::uint16_t{}, "policy", [](const CaseRow&, std::size_t arm, auto) { return arm; });
  flags(policy, policy_names(result));
  column(std::int32_t{}, "replicate", [](const CaseRow&, auto, int replicate) { return replicate; });
  column(std::uint32_t{}, "hospital", [](const CaseRow& row, auto, auto) { return row.hospital; });
  column(std::uint32_t{}, "patient", [](const CaseRow& row, auto, auto) { return row.patient; });
  Dataset& place = column(std::uint16_t{}, "place", [](const CaseRow& row, auto, auto) { return row.place; });
  flags(place, district_slugs(result));
  flags(column(std::uint8_t{}, "severity", [](const CaseRow& row, auto, auto) { return row.severity; }),
        severity_names);
  flags(column(std::uint8_t{}, "negligent", [](const CaseRow& row, auto, auto) { return row.negligent; }),
        std::array{"not_negligent", "negligent"});
  day_column("opened", [](const CaseRow& row, auto, auto) { return row.opened; });
  Dataset& closed = day_column("closed", [](const CaseRow& row, auto, auto) { return row.closed; });
  closed.attributes.push_back(Attribute::integer("open_value", ElementType::int32, CaseRow::not_closed));
  flags(column(std::uint8_t{}, "first_channel", [](const CaseRow& row, auto, auto) { return row.first_channel; }),
        channel_names);
  flags(column(std::uint8_t{}, "last_channel", [](const CaseRow& row, auto, auto) { return row.last_channel; }),
        channel_names);
  Dataset& path = column(std::uint16_t{}, "path", [](const CaseRow& row, auto, auto) { return row.path; });
  note(path, "comment", path_reading());
  flags(column(std::uint8_t{}, "outcome", [](const CaseRow& row, auto, auto) { return row.outcome; }), outcome_names);
  column(std::int64_t{}, "demand", [](const CaseRow& row, auto, auto) { return row.demand.cents; });
  column(std::int64_t{}, "owed", [](const CaseRow& row, auto, auto) { return row.owed.cents; });
  column(std::int64_t{}, "paid", [](const CaseRow& row, auto, auto) { return row.paid.cents; });
  for (const auto& [payer, name] : {std::pair{Payer::hospital, "paid_by_hospital"},
                                    {Payer::insurer, "paid_by_insurer"},
                                    {Payer::fund, "paid_by_fund"},
                                    {Payer::government, "paid_by_government"}})
    column(std::int64_t{}, name,
           [who = static_cast<std::size_t>(payer)](const CaseRow& row, auto, auto) { return row.paid_by[who].cents; });
  constexpr std::array<const char*, dated_stages.size()> days = {
      "negotiation_day", "mediation_day", "administration_day", "arbitration_day",
      "filing_day",      "trial_day",     "appeal_day",         "payment_day"};
  for (std::size_t s = 0; s < days.size(); ++s) {
    Dataset& day = day_column(days[s], [s](const CaseRow& row, auto, auto) { return row.entered[s]; });
    day.attributes.push_back(Attribute::integer("never_value", ElementType::int32, never));
  }
  Dataset& mediator = column(std::uint32_t{}, "mediator", [](const CaseRow& row, auto, auto) { return row.mediator; });
  mediator.attributes.push_back(Attribute::integer("none_value", ElementType::uint32, Dispute::no_one));
  flags(column(std::uint8_t{}, "expert_used", [](const CaseRow& row, auto, auto) { return row.expert_used; }),
        std::array{"no_expert", "expert"});
  flags(column(std::uint8_t{}, "disturbed", [](const CaseRow& row, auto, auto) { return row.disturbed; }),
        std::array{"quiet", "disturbed"});
  flags(column(std::uint8_t{}, "attended", [](const CaseRow& row, auto, auto) { return row.attended; }),
        std::array{"not_attended", "attended"});
  flags(column(std::uint8_t{}, "calmed", [](const CaseRow& row, auto, auto) { return row.calmed; }),
        std::array{"not_calmed", "calmed"});
  Dataset& noise = day_column("disturbed_day", [](const CaseRow& row, auto, auto) { return row.disturbed_day; });
  noise.attributes.push_back(Attribute::integer("never_value", ElementType::int32, never));
  column(std::int64_t{}, "claimed", [](const CaseRow& row, auto, auto) { return row.claimed.cents; });
  flags(column(std::uint8_t{}, "low_income", [](const CaseRow& row, auto, auto) { return row.low_income; }),
        std::array{"not_low", "low"});
  flags(column(std::uint8_t{}, "health_insured", [](const CaseRow& row, auto, auto) { return row.health_insured; }),
        std::array{"not_insured", "insured"});
  column(std::int64_t{}, "last_demand", [](const CaseRow& row, auto, auto) { return row.asked.cents; });
  column(std::int64_t{}, "last_offer", [](const CaseRow& row, auto, auto) { return row.offered.cents; });
  const auto at_the_end = [](const CaseRow& row, float value) {
    return row.closed == CaseRow::not_closed ? std::numeric_limits<float>::quiet_NaN() : value;
  };
  column(float{}, "satisfaction", [&](const CaseRow& row, auto, auto) { return at_the_end(row, row.satisfaction); });
  column(float{}, "trust_before", [](const CaseRow& row, auto, auto) { return row.trust_before; });
  column(float{}, "trust_after", [&](const CaseRow& row, auto, auto) { return at_the_end(row, row.trust_after); });
}

// "hospital 12, Yubei"; without the number where each district has its own, without both where there is only one.
std::vector<std::string> party_names(const StudyResult& result) {
  const GraphTable& graph = result.graph;
  const auto& districts = result.study.place.districts;
  std::array<std::size_t, party_kind_names.size()> number{};
  std::array<bool, party_kind_names.size()> own;
  own.fill(true);
  for (std::size_t v = 0; v < graph.parties(); ++v) {
    ++number[graph.party_kind[v]];
    own[graph.party_kind[v]] = own[graph.party_kind[v]] && graph.party_index[v] == graph.party_district[v];
  }
  std::vector<std::string> names;
  for (std::size_t v = 0; v < graph.parties(); ++v) {
    const std::size_t kind = graph.party_kind[v];
    std::string name = party_kind_names[kind];
    std::replace(name.begin(), name.end(), '_', ' ');
    if (number[kind] > 1) {
      if (!own[kind] || number[kind] != districts.size()) name += " " + std::to_string(graph.party_index[v]);
      name += ", " + districts[graph.party_district[v]].title;
    }
    names.push_back(name);
  }
  return names;
}

void add_graph(ImageBuilder& file, const StudyResult& result) {
  const GraphTable& graph = result.graph;
  file.group("/graph");
  file.attribute(
      "comment",
      "the institutional graph in compressed rows: edges indptr[v] to indptr[v + 1] leave node v; edges "
      "reverse_edge[reverse_indptr[v]] to reverse_edge[reverse_indptr[v + 1]] arrive there (both ends "
      "exclusive); scipy.sparse.csr_array((weight, indices, indptr)) is its matrix. The structure is the same "
      "in every replicate; the state in force is that of the first replicate recorded");
  file.dimension("/graph/node", graph.parties());
  file.dimension("/graph/node_boundary", graph.parties() + 1);
  file.dimension("/graph/edge", graph.edges());

  const auto column = [&]<class Number>(const char* name, const std::vector<Number>& values) -> Dataset& {
    return file.numbers<Number>(std::string("/graph/") + name, [&](auto put) {
      for (const Number value : values) put(value);
    });
  };
  const auto boundaries = [&](const char* name, const std::vector<std::uint32_t>& values) {
    column(name, values.empty() ? std::vector<std::uint32_t>{0} : values);  // of a graph that was never made
  };
  file.texts("/graph/node_name", party_names(result));
  flags(column("node_kind", graph.party_kind), party_kind_names);
  column("node_index", graph.party_index);
  Dataset& place = file.numbers<std::uint16_t>("/graph/node_place", [&](auto put) {
    for (const std::uint32_t district : graph.party_district) put(static_cast<std::uint16_t>(district));
  });
  flags(place, district_slugs(result));
  boundaries("indptr", graph.offset);
  column("indices", graph.target);
  flags(column("edge_kind", graph.link_kind), link_kind_names);
  column("weight", graph.weight);

  struct Part {
    const char* name;
    float EdgeState::*value;
  };
  for (const Part part : {Part{"probability", &EdgeState::probability}, Part{"delay", &EdgeState::delay},
                          Part{"information_loss", &EdgeState::information_loss}}) {
    file.numbers<float>(std::string("/graph/base_") + part.name, [&](auto put) {
      for (const EdgeState& state : graph.base) put(state.*part.value);
    });
    file.numbers<float>(std::string("/graph/") + part.name, [&](auto put) {
      for (const auto& states : result.edge_states)
        for (const EdgeState& state : states) put(state.*part.value);
    });
  }
  boundaries("reverse_indptr", graph.reverse_offset);
  column("reverse_edge", graph.reverse_edge);
}

struct NumberRow {
  std::string name;
  double value;
  Field field;
};

void add_texts(ImageBuilder& file, const std::string& path, const std::vector<NumberRow>& rows, auto text_of) {
  std::vector<std::string> texts;
  for (const NumberRow& row : rows) texts.push_back(text_of(row));
  file.texts(path, texts);
}

void add_reals(ImageBuilder& file, const std::string& path, const std::vector<NumberRow>& rows, auto real_of) {
  file.numbers<double>(path, [&](auto put) {
    for (const NumberRow& row : rows) put(real_of(row));
  });
}

void add_parameters(ImageBuilder& file, const StudyResult& result) {
  Place place = result.study.place;
  std::vector<NumberRow> rows;
  for (const Described& d : described_parameters(place)) rows.push_back({d.address(), d.number(), d.field});
  for (const Described& d : described_levers(place.status_quo))
    rows.push_back({"status_quo." + d.address(), d.number(), d.field});

  file.group("/parameters");
  file.dimension("/parameters/parameter", rows.size());
  add_texts(file, "/parameters/name", rows, [](const NumberRow& row) { return row.name; });
  add_reals(file, "/parameters/value", rows, [](const NumberRow& row) { return row.value; });
  add_texts(file, "/parameters/unit", rows, [](const NumberRow& row) { return row.field.unit; });
  add_texts(file, "/parameters/symbol", rows, [](const NumberRow& row) { return row.field.symbol; });
  add_reals(file, "/parameters/low", rows, [](const NumberRow& row) { return row.field.low; });
  add_reals(file, "/parameters/high", rows, [](const NumberRow& row) { return row.field.high; });
  add_texts(file, "/parameters/meaning", rows, [](const NumberRow& row) { return row.field.meaning; });
  add_texts(file, "/parameters/source", rows, [](const NumberRow& row) { return row.field.source; });
  add_texts(file, "/parameters/confidence", rows, [](const NumberRow& row) { return row.field.confidence; });
}

void add_levers(ImageBuilder& file, const StudyResult& result) {
  Levers levers = result.study.place.status_quo;
  std::vector<NumberRow> rows;
  for (const Described& d : described_levers(levers)) rows.push_back({d.address(), d.number(), d.field});

  file.group("/levers");
  file.dimension("/levers/lever", rows.size());
  add_texts(file, "/levers/lever", rows, [](const NumberRow& row) { return row.name; });
  file.numbers<double>("/levers/value", [&](auto put) {
    for (const Arm& arm : result.arms)
      for (Levers in_force : arm.levers)
        for (const Described& d : described_levers(in_force)) put(d.number());
  });
  add_texts(file, "/levers/unit", rows, [](const NumberRow& row) { return row.field.unit; });
  add_texts(file, "/levers/symbol", rows, [](const NumberRow& row) { return row.field.symbol; });
  add_reals(file, "/levers/low", rows, [](const NumberRow& row) { return row.field.low; });
  add_reals(file, "/levers/high", rows, [](const NumberRow& row) { return row.field.high; });
  add_texts(file, "/levers/meaning", rows, [](const NumberRow& row) { return row.field.meaning; });
}

void add_contrasts(ImageBuilder& file, const StudyResult& result) {
  const auto title_of = [&](const std::string& slug) {
    for (const Contrast& contrast : result.study.contrasts)
      if (contrast.slug == slug) return contrast.title;
    return std::string();
  };
  const auto column = [&](const char* name, auto text_of) {
    std::vector<std::string> texts;
    for (const Difference& difference : result.differences) texts.push_back(text_of(difference));
    file.texts(std::string("/contrasts/") + name, texts);
  };
  file.group("/contrasts");
  file.dimension("/contrasts/difference", result.differences.size());
  column("contrast", [](const Difference& d) { return d.contrast; });
  column("title", [&](const Difference& d) { return title_of(d.contrast); });
  column("policy", [](const Difference& d) { return d.policy; });
  column("baseline", [](const Difference& d) { return d.baseline; });
  column("solved_lever", [](const Difference& d) { return d.solved_lever; });
  for (const auto& [name, value] : {std::pair{"solved_value", &Difference::solved_value},
                                    {"spending_gap", &Difference::spending_gap},
                                    {"tolerance", &Difference::tolerance}})
    file.numbers<double>(std::string("/contrasts/") + name, [&, part = value](auto put) {
      for (const Difference& d : result.differences)
        put(d.solved_lever.empty() ? std::numeric_limits<double>::quiet_NaN() : d.*part);
    });
}

void add_provenance(ImageBuilder& file, const StudyResult& result, const RunInfo& run) {
  const Study& study = result.study;
  std::vector<std::string> sources;
  const auto cite = [&](const std::vector<std::string>& more) {
    for (const std::string& source : more)
      if (std::find(sources.begin(), sources.end(), source) == sources.end()) sources.push_back(source);
  };
  cite(study.place.sources);
  for (const Mode& mode : study.modes) cite(mode.sources);

  file.group("/provenance");
  file.dimension("/provenance/source", sources.size());
  file.texts("/provenance/scenario", {write_study(study)});
  const auto number = [&](const char* path, int value) {
    file.numbers<std::int32_t>(path, [&](auto put) { put(value); });
  };
  number("/provenance/scenario_schema", scenario_schema);
  file.texts("/provenance/study", {study.slug});
  file.texts("/provenance/place_slug", {study.place.slug});
  file.texts("/provenance/start_date", {start_date(result)});
  file.texts("/provenance/seed", {std::to_string(study.seed)});
  number("/provenance/years", study.years);
  number("/provenance/burn_in_years", study.burn_in_years);
  number("/provenance/replicates", study.replicates);
  file.texts("/provenance/record", {record_level_names[static_cast<std::size_t>(result.record.level)]});
  file.numbers<std::uint8_t>("/provenance/daily", [&](auto put) { put(result.record.daily ? 1 : 0); });
  file.numbers<std::int64_t>("/provenance/panel", [&](auto put) { put(result.record.panel); });
  file.texts("/provenance/sources", sources);

  file.group("/provenance/run");
  file.texts("/provenance/run/command", {run.command});
  file.texts("/provenance/run/started", {run.started});
  file.texts("/provenance/run/ended", {run.ended});
  file.numbers<double>("/provenance/run/seconds", [&](auto put) { put(result.seconds); });
  number("/provenance/run/threads", result.threads);
  file.numbers<std::int64_t>("/provenance/run/person_days", [&](auto put) { put(result.person_days); });
  file.numbers<std::int64_t>("/provenance/run/adverse_events", [&](auto put) { put(result.adverse_events); });
  file.texts("/provenance/run/version", {run.version});
  file.texts("/provenance/run/commit", {run.commit});
  file.texts("/provenance/run/compiler", {run.compiler});
  file.texts("/provenance/run/libraries", {run.libraries});
  file.texts("/provenance/run/digest", {digest(file.image())});
}

}  // namespace

Image image_of(const StudyResult& result, const RunInfo& run) {
  check(result);
  ImageBuilder file;
  file.group("/");
  file.attribute("Conventions", "CF-1.11, Parley-1.0");
  file.attribute("title", result.study.title);
  file.attribute("question", result.study.question);
  file.attribute("parley_format", file_format);
  file.attribute(Attribute::integer("results_epoch", ElementType::int32, results_epoch));
  file.attribute(Attribute::integer("complete", ElementType::uint8, result.complete() ? 1 : 0));
  if (!result.precision.empty()) {
    file.attribute(Attribute::integer("looks", ElementType::int32, result.looks));
    file.attribute("precision", result.precision);
  }
  add_metrics(file, result);
  if (result.record.level != RecordLevel::metrics) add_cases(file, result);
  add_graph(file, result);
  add_parameters(file, result);
  add_levers(file, result);
  add_contrasts(file, result);
  if (result.record.level == RecordLevel::full) add_history(file, result);
  add_differences(file, result);
  add_certificate(file, result);
  add_provenance(file, result, run);
  return std::move(file.image());
}

std::string digest_of(const StudyResult& result) { return image_of(result).find("/provenance/run/digest")->texts[0]; }

}  // namespace parley
