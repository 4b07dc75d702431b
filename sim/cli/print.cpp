#include "sim/cli/print.hpp"

#include <algorithm>

#include "sim/scenario/describe.hpp"
#include "sim/scenario/number.hpp"

namespace parley {

namespace {

// A figure of a result: one metric over another, added over districts, months and replicates.
struct Figure {
  const char* name;
  const char* unit;
  Metric above, below;
  double scale;                 // from the unit of the metric to the unit printed
  bool of_whole_place = false;  // per year of the place instead of per `below`
};

constexpr double cents = 0.01, ten_thousand = 10'000, million_yuan = 1e-8;

constexpr Figure figures[] = {
    {"disputes per admission", "/10,000", Metric::disputes, Metric::admissions, ten_thousand},
    {"agreements over cases accepted in mediation", "%", Metric::mediation_agreements, Metric::mediation_accepted, 100},
    {"agreements over cases closed in mediation", "%", Metric::mediation_agreements, Metric::mediation_closed, 100},
    {"settled over disputes closed", "%", Metric::settled, Metric::closed, 100},
    {"days to resolution, mean", "day", Metric::days_to_resolution, Metric::closed, 1},
    {"closed within 30 working days", "%", Metric::within_30_working_days, Metric::closed, 100},
    {"paid per dispute closed with payment", "CNY", Metric::paid, Metric::closed_with_payment, cents},
    {"error of compensation per dispute closed", "CNY", Metric::compensation_error, Metric::closed, cents},
    {"disturbances over disputes", "%", Metric::disturbances, Metric::disputes, 100},
    {"public outlay", "million CNY/year", Metric::public_outlay, Metric::public_outlay, million_yuan, true},
    {"cost of handling disputes", "million CNY/year", Metric::system_cost, Metric::system_cost, million_yuan, true},
};

double total(const StudyResult& result, std::size_t arm, Metric metric) {
  std::int64_t sum = 0;
  for (const ReplicateResult& replicate : result.results[arm])
    for (int month = 0; month < replicate.metrics.months; ++month)
      for (int place = 0; place < replicate.metrics.places; ++place) sum += replicate.metrics.at(metric, month, place);
  return static_cast<double>(sum);
}

double value(const StudyResult& result, std::size_t arm, const Figure& figure) {
  const double replicates = static_cast<double>(result.results[arm].size());
  const double below = figure.of_whole_place ? replicates * result.study.years : total(result, arm, figure.below);
  return below > 0 ? figure.scale * total(result, arm, figure.above) / below : 0;
}

}  // namespace

std::string json_text(const std::string& text) {
  std::string out = "\"";
  for (char c : text) {
    char escape[8];
    if (c == '"' || c == '\\')
      out += std::string("\\") + c;
    else if (static_cast<unsigned char>(c) < 0x20) {
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
      out += escape;
    } else
      out += c;
  }
  return out + "\"";
}

void print_figures(std::FILE* out, const StudyResult& result) {
  std::fprintf(out, "%s: means over %zu of %d replicates, %d year%s\n\n", result.study.title.c_str(),
               result.replicates.size(), result.study.replicates, result.study.years,
               result.study.years == 1 ? "" : "s");
  for (std::size_t arm = 0; arm < result.arms.size(); ++arm) {
    std::fprintf(out, "%s\n", result.arms[arm].name.c_str());
    for (const Figure& figure : figures)
      std::fprintf(out, "  %-44s %14.2f  %s\n", figure.name, value(result, arm, figure), figure.unit);
  }
  for (const Difference& difference : result.differences)
    if (!difference.solved_lever.empty())
      std::fprintf(out, "%s: %s solved to %.4g\n", difference.policy.c_str(), difference.solved_lever.c_str(),
                   difference.solved_value);
}

void print_figures_json(std::FILE* out, const StudyResult& result, const std::string& file, const std::string& digest) {
  std::fprintf(out,
               "{\"study\": %s, \"file\": %s, \"digest\": %s, \"replicates\": %zu, \"complete\": %s,\n \"policies\": {",
               json_text(result.study.slug).c_str(), json_text(file).c_str(), json_text(digest).c_str(),
               result.replicates.size(), result.complete() ? "true" : "false");
  for (std::size_t arm = 0; arm < result.arms.size(); ++arm) {
    std::fprintf(out, "%s\n  %s: {", arm ? "," : "", json_text(result.arms[arm].name).c_str());
    bool first = true;
    for (const Figure& figure : figures) {
      std::fprintf(out, "%s%s: {\"value\": %s, \"unit\": %s}", first ? "" : ", ", json_text(figure.name).c_str(),
                   number_text(value(result, arm, figure)).c_str(), json_text(figure.unit).c_str());
      first = false;
    }
    std::fprintf(out, "}");
  }
  std::fprintf(out, "}}\n");
}

void print_parameters(std::FILE* out, bool json) {
  Place place;
  std::vector<Described> all = described_parameters(place);
  const std::size_t parameters = all.size();
  for (const Described& lever : described_levers(place.status_quo)) all.push_back(lever);
  std::size_t widest = 0;
  for (const Described& one : all) widest = std::max(widest, one.address().size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Described& one = all[i];
    if (!json) {
      std::fprintf(out, "%-*s  %10s  [%s]  %s  %s\n", static_cast<int>(widest), one.address().c_str(),
                   value_text(one).c_str(), range_text(one).c_str(), one.field.confidence, one.field.meaning);
      continue;
    }
    std::fprintf(out,
                 "%s{\"kind\": \"%s\", \"address\": %s, \"group\": %s, \"name\": %s, \"label\": %s, \"symbol\": %s, "
                 "\"unit\": %s, "
                 "\"type\": \"%s\", \"default\": %s, \"low\": %s, \"high\": %s, \"meaning\": %s, \"source\": %s, "
                 "\"confidence\": %s}%s\n",
                 i == 0 ? "[" : " ", i < parameters ? "parameter" : "lever", json_text(one.address()).c_str(),
                 json_text(one.group).c_str(), json_text(one.name).c_str(), json_text(one.label).c_str(),
                 json_text(one.field.symbol).c_str(), json_text(one.field.unit).c_str(),
                 is_switch(one)   ? "bool"
                 : is_choice(one) ? "choice"
                 : is_whole(one)  ? "int"
                                  : "float",
                 (is_choice(one) ? json_text(value_text(one)) : value_text(one)).c_str(),
                 number_text(one.field.low).c_str(), number_text(one.field.high).c_str(),
                 json_text(one.field.meaning).c_str(), json_text(one.field.source).c_str(),
                 json_text(one.field.confidence).c_str(), i + 1 == all.size() ? "]" : ",");
  }
}

void print_speed(std::FILE* out, const StudyResult& result, bool json) {
  constexpr double nanoseconds = 1e9, shortest = 1e-9;
  const double seconds = std::max(result.seconds, shortest);
  const double people_days = static_cast<double>(result.person_days) / seconds;
  const double events = static_cast<double>(std::max<std::int64_t>(result.adverse_events, 1));
  const double per_event = nanoseconds * seconds * result.threads / events;
  if (json) {
    std::fprintf(out,
                 "{\"place\": %s, \"threads\": %d, \"seconds\": %s, \"person_days\": %lld, \"adverse_events\": %lld, "
                 "\"person_days_per_second\": %s, \"nanoseconds_per_adverse_event\": %s}\n",
                 json_text(result.study.place.slug).c_str(), result.threads, number_text(result.seconds).c_str(),
                 static_cast<long long>(result.person_days), static_cast<long long>(result.adverse_events),
                 number_text(people_days).c_str(), number_text(per_event).c_str());
    return;
  }
  std::fprintf(out,
               "%s, %d threads, %.3f s\n%.3g people-days per second\n%.0f nanoseconds of one core per adverse event\n",
               result.study.place.slug.c_str(), result.threads, result.seconds, people_days, per_event);
}

}  // namespace parley
