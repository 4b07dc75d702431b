#include "sim/record/history.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace parley {
namespace {

// Calls visit(replicate's result, policy, number of the replicate) in the order of the record.
template <class Visit>
void each_replicate(const StudyResult& result, Visit visit) {
  for (std::size_t arm = 0; arm < result.results.size(); ++arm)
    for (std::size_t k = 0; k < result.results[arm].size(); ++k)
      visit(result.results[arm][k], arm, result.replicates[k]);
}

// A table of rows that each replicate has any number of, as columns of one group.
template <class Row>
class Rows {
 public:
  Rows(ImageBuilder& file, const StudyResult& result, std::string group, const char* axis,
       const std::vector<Row>& (*rows_of)(const ReplicateResult&))
      : file_(file), result_(result), group_(std::move(group)), rows_of_(rows_of) {
    std::size_t count = 0;
    each_replicate(result, [&](const ReplicateResult& r, std::size_t, int) { count += rows_of_(r).size(); });
    file.group(group_);
    file.dimension(group_ + "/" + axis, count);
    Dataset& policy = column<std::uint16_t>("policy", [](const Row&, std::size_t arm, int) { return arm; });
    flags(policy, policy_names(result));
    column<std::int32_t>("replicate", [](const Row&, std::size_t, int replicate) { return replicate; });
  }

  template <class Number, class Value>
  Dataset& column(const char* name, Value value) {
    return file_.numbers<Number>(group_ + "/" + name, [&](auto put) {
      each_replicate(result_, [&](const ReplicateResult& r, std::size_t arm, int replicate) {
        for (const Row& row : rows_of_(r)) put(static_cast<Number>(value(row, arm, replicate)));
      });
    });
  }
  template <class Number, class Value>
  Dataset& column(const char* name, Value Row::*member) {
    return column<Number>(name, [member](const Row& row, std::size_t, int) { return row.*member; });
  }

 private:
  ImageBuilder& file_;
  const StudyResult& result_;
  const std::string group_;
  const std::vector<Row>& (*rows_of_)(const ReplicateResult&);
};

void add_stages(ImageBuilder& file, const StudyResult& result) {
  Rows<StageRow> rows(file, result, "/stages", "step",
                      [](const ReplicateResult& r) -> const std::vector<StageRow>& { return r.stages; });
  rows.column<std::int64_t>("case", &StageRow::id);
  note(rows.column<std::int32_t>("day", &StageRow::day), "reference_date", start_date(result));
  flags(rows.column<std::uint8_t>("from", &StageRow::from), stage_names);
  flags(rows.column<std::uint8_t>("to", &StageRow::to), stage_names);
  flags(rows.column<std::uint8_t>("reason", &StageRow::reason), turn_names);
}

void add_ledger(ImageBuilder& file, const StudyResult& result) {
  Rows<LedgerRow> rows(file, result, "/ledger", "transfer",
                       [](const ReplicateResult& r) -> const std::vector<LedgerRow>& { return r.ledger; });
  note(rows.column<std::int32_t>("day", &LedgerRow::day), "reference_date", start_date(result));
  rows.column<std::uint32_t>("from", &LedgerRow::from);
  rows.column<std::uint32_t>("to", &LedgerRow::to);
  rows.column<std::int64_t>("cents", [](const LedgerRow& row, std::size_t, int) { return row.amount.cents; });
  flags(rows.column<std::uint8_t>("reason", &LedgerRow::reason), reason_names);
  rows.column<std::int64_t>("case", &LedgerRow::id);

  file.group("/accounts");
  file.dimension("/accounts/account", result.accounts.size());
  const auto column = [&]<class Number>(Number, const char* name, auto value) -> Dataset& {
    return file.numbers<Number>(std::string("/accounts/") + name, [&](auto put) {
      for (const AccountOwner& owner : result.accounts) put(static_cast<Number>(value(owner)));
    });
  };
  flags(column(std::uint8_t{}, "owner", [](const AccountOwner& o) { return o.kind; }), account_owner_names);
  column(std::uint32_t{}, "index", [](const AccountOwner& o) { return o.index; });
  flags(column(std::uint16_t{}, "place", [](const AccountOwner& o) { return o.district; }), district_slugs(result));
}

// Tables that have the same number of rows in every month of every replicate.
template <class Row>
class Grid {
 public:
  Grid(ImageBuilder& file, const StudyResult& result, std::string group, const char* axis, std::size_t length,
       const std::vector<Row>& (*rows_of)(const ReplicateResult&))
      : file_(file), result_(result), group_(std::move(group)), rows_of_(rows_of) {
    file.group(group_);
    if (axis != nullptr) file.dimension(group_ + "/" + axis, length);
  }
  // put(value) as often as a row has numbers in this column.
  template <class Number, class Each>
  Dataset& each(const char* name, Each put_row) {
    return file_.numbers<Number>(group_ + "/" + name, [&](auto put) {
      each_replicate(result_, [&](const ReplicateResult& r, std::size_t, int) {
        for (const Row& row : rows_of_(r)) put_row(row, put);
      });
    });
  }
  template <class Number, class Value>
  Dataset& column(const char* name, Value Row::*member) {
    return each<Number>(name, [member](const Row& row, auto put) {
      if constexpr (std::is_same_v<Value, Money>)
        put((row.*member).cents);
      else
        put(static_cast<Number>(row.*member));
    });
  }

 private:
  ImageBuilder& file_;
  const StudyResult& result_;
  const std::string group_;
  const std::vector<Row>& (*rows_of_)(const ReplicateResult&);
};

void add_snapshots(ImageBuilder& file, const StudyResult& result) {
  const std::size_t months = result.month_starts.empty() ? 0 : result.month_starts.size() - 1;
  file.group("/snapshots");
  file.attribute("comment", "parties at the end of the last day of each month");
  file.dimension("/snapshots/month", months);
  Dataset& month = file.numbers<std::int32_t>("/snapshots/month", [&](auto put) {
    for (std::size_t m = 0; m < months; ++m) put(result.month_starts[m]);
  });
  set_unit(month, "days since " + start_date(result));
  note(month, "calendar", "standard");

  const Snapshots none;
  const Snapshots& first = result.results.empty() || result.results[0].empty() ? none : result.results[0][0].snapshots;
  const auto a_month = [&](std::size_t rows) { return months == 0 ? 0 : rows / months; };

  using R = const ReplicateResult&;
  Grid<HospitalSnapshot> hospitals(
      file, result, "/snapshots/hospitals", "hospital", a_month(first.hospitals.size()),
      [](R r) -> const auto& { return r.snapshots.hospitals; });
  hospitals.column<float>("safety", &HospitalSnapshot::safety);
  hospitals.column<float>("occupancy", &HospitalSnapshot::occupancy);
  hospitals.column<float>("disclosure", &HospitalSnapshot::disclosure);
  hospitals.column<float>("premium_factor", &HospitalSnapshot::premium_factor);
  hospitals.column<float>("liability", &HospitalSnapshot::liability);
  hospitals.column<float>("morale_lost", &HospitalSnapshot::morale_lost);
  hospitals.column<std::int64_t>("reserve", &HospitalSnapshot::reserve);

  Grid<InsurerSnapshot> insurers(
      file, result, "/snapshots/insurers", "insurer", a_month(first.insurers.size()),
      [](R r) -> const auto& { return r.snapshots.insurers; });
  insurers.column<std::int64_t>("reserve", &InsurerSnapshot::reserve);
  insurers.column<float>("premium_level", &InsurerSnapshot::premium_level);
  insurers.column<std::int32_t>("ruins", &InsurerSnapshot::ruins);

  Grid<ProviderSnapshot> providers(
      file, result, "/snapshots/providers", "provider", a_month(first.providers.size()),
      [](R r) -> const auto& { return r.snapshots.providers; });
  providers.column<std::int64_t>("reserve", &ProviderSnapshot::reserve);
  providers.column<float>("quality", &ProviderSnapshot::quality);

  Grid<DistrictSnapshot> districts(
      file, result, "/snapshots/districts", nullptr, 0, [](R r) -> const auto& { return r.snapshots.districts; });
  districts.column<float>("attention", &DistrictSnapshot::attention);
  districts.column<float>("media", &DistrictSnapshot::media);
  districts.column<float>("excitation", &DistrictSnapshot::excitation);
  districts.column<float>("aggressive_share", &DistrictSnapshot::aggressive_share);
  districts.column<float>("disturbance_premium", &DistrictSnapshot::disturbance_premium);

  Grid<DistrictSnapshot> agencies(
      file, result, "/snapshots/agencies", "agency", agency_count,
      [](R r) -> const auto& { return r.snapshots.districts; });
  file.texts("/snapshots/agencies/agency", {agency_names.begin(), agency_names.end()});
  agencies.each<std::int64_t>("spent", [](const DistrictSnapshot& row, auto put) {
    for (const Money& spent : row.spent) put(spent.cents);
  });

  Grid<PatientSnapshot> patients(
      file, result, "/snapshots/patients", "patient", result.panel.size(),
      [](R r) -> const auto& { return r.snapshots.patients; });
  file.dimension("/snapshots/patients/object", trust_object_count);
  file.numbers<std::uint32_t>("/snapshots/patients/patient", [&](auto put) {
    for (const std::uint32_t patient : result.panel) put(patient);
  });
  file.texts("/snapshots/patients/object", {trust_object_names.begin(), trust_object_names.end()});
  patients.each<float>("trust", [](const PatientSnapshot& row, auto put) {
    for (const float trust : row.trust) put(trust);
  });
  patients.column<float>("anger", &PatientSnapshot::anger);
  patients.column<float>("harm", &PatientSnapshot::harm);

  Rows<MediatorSnapshot> mediators(
      file, result, "/snapshots/mediators", "row", [](R r) -> const auto& { return r.snapshots.mediators; });
  mediators.column<std::int32_t>("month", &MediatorSnapshot::month);
  mediators.column<std::uint32_t>("post", &MediatorSnapshot::post);
  mediators.column<std::uint32_t>("generation", &MediatorSnapshot::generation);
  mediators.column<std::uint32_t>("committee", &MediatorSnapshot::committee);
  flags(mediators.column<std::uint8_t>("at_work", &MediatorSnapshot::at_work), std::array{"absent", "at_work"});
  mediators.column<float>("law", &MediatorSnapshot::law);
  mediators.column<float>("medicine", &MediatorSnapshot::medicine);
  mediators.column<float>("mission", &MediatorSnapshot::mission);
  mediators.column<float>("load", &MediatorSnapshot::load);
  mediators.column<float>("reputation_patient", &MediatorSnapshot::reputation_patient);
  mediators.column<float>("reputation_hospital", &MediatorSnapshot::reputation_hospital);
}

// A metric over the whole run and place: the sum of what adds up, the mean over time of a stock, and of trust the mean
// over heads.
double whole(const MetricTable& table, Metric metric, const std::vector<District>& districts) {
  const MetricInfo& info = metric_table[static_cast<std::size_t>(metric)];
  const bool stock = std::string_view(info.cell_method) == "point", by_head = recorded_as_real(info);
  double total = 0, heads = 0;
  for (const District& d : districts) heads += static_cast<double>(d.population);
  for (int place = 0; place < table.places; ++place) {
    std::int64_t sum = 0;
    for (int period = 0; period < table.months; ++period) sum += table.at(metric, period, place);
    constexpr double millionths = 1e6;
    total += by_head ? static_cast<double>(sum) / millionths *
                           static_cast<double>(districts[static_cast<std::size_t>(place)].population) / heads
                     : static_cast<double>(sum);
  }
  return stock && table.months > 0 ? total / table.months : total;
}

}  // namespace

void add_history(ImageBuilder& file, const StudyResult& result) {
  add_stages(file, result);
  add_ledger(file, result);
  add_snapshots(file, result);
}

void add_differences(ImageBuilder& file, const StudyResult& result) {
  const std::size_t replicates = result.replicates.size();
  file.group("/differences");
  file.attribute("comment", "policy minus baseline, replicate by replicate on the same luck");
  file.dimension("/differences/difference", result.differences.size());
  file.dimension("/differences/metric", metric_count);
  std::vector<std::string> names, units;
  for (const MetricInfo& info : metric_table) {
    names.push_back(info.name);
    units.push_back(recorded_as_real(info) ? "1" : info.unit);
  }
  file.texts("/differences/metric", names);
  file.texts("/differences/unit", units);
  const auto column = [&](const char* name, std::string Difference::*part) {
    std::vector<std::string> texts;
    for (const Difference& d : result.differences) texts.push_back(d.*part);
    file.texts(std::string("/differences/") + name, texts);
  };
  column("contrast", &Difference::contrast);
  column("policy", &Difference::policy);
  column("baseline", &Difference::baseline);

  const auto arm_of = [&](const std::string& name) {
    const auto found =
        std::find_if(result.arms.begin(), result.arms.end(), [&](const Arm& arm) { return arm.name == name; });
    if (found == result.arms.end()) throw BrokenLaw("A difference names a policy that was not run: " + name);
    return static_cast<std::size_t>(found - result.arms.begin());
  };
  std::vector<double> values, means, errors;  // [difference][replicate][metric], [difference][metric]
  for (const Difference& d : result.differences) {
    const std::size_t policy = arm_of(d.policy), baseline = arm_of(d.baseline);
    std::vector<double> mean(metric_count, 0), squares(metric_count, 0);
    const std::size_t first = values.size();
    for (std::size_t r = 0; r < replicates; ++r)
      for (std::size_t m = 0; m < metric_count; ++m) {
        const auto of = [&](std::size_t arm) {
          return whole(result.results[arm][r].metrics, static_cast<Metric>(m), result.study.place.districts);
        };
        values.push_back(of(policy) - of(baseline));
        mean[m] += values.back() / static_cast<double>(replicates);
      }
    for (std::size_t r = 0; r < replicates; ++r)
      for (std::size_t m = 0; m < metric_count; ++m) {
        const double off = values[first + r * metric_count + m] - mean[m];
        squares[m] += off * off;
      }
    for (std::size_t m = 0; m < metric_count; ++m) {
      const auto n = static_cast<double>(replicates);
      means.push_back(replicates > 0 ? mean[m] : std::numeric_limits<double>::quiet_NaN());
      errors.push_back(replicates > 1 ? std::sqrt(squares[m] / (n - 1) / n) : std::numeric_limits<double>::quiet_NaN());
    }
  }
  const auto numbers = [&](const char* path, const std::vector<double>& all) {
    file.numbers<double>(path, [&](auto put) {
      for (const double value : all) put(value);
    });
  };
  numbers("/differences/value", values);
  numbers("/differences/mean", means);
  numbers("/differences/standard_error", errors);
}

void add_certificate(ImageBuilder& file, const StudyResult& result) {
  const std::size_t months = result.month_starts.empty() ? 0 : result.month_starts.size() - 1;
  const std::size_t burn_in = result.burn_in_states.empty() ? 0 : result.burn_in_states[0].size();
  file.group("/certificate");
  file.attribute("comment",
                 "parley verify runs replicates again and compares: what differs is named by its policy, replicate and "
                 "first month");
  file.dimension("/certificate/month", months);
  file.dimension("/certificate/burn_in_month", burn_in);
  file.numbers<std::uint64_t>("/certificate/state", [&](auto put) {
    each_replicate(result, [&](const ReplicateResult& r, std::size_t, int) {
      for (const std::uint64_t state : r.states) put(state);
    });
  });
  file.numbers<std::uint64_t>("/certificate/burn_in_state", [&](auto put) {
    for (const auto& states : result.burn_in_states)
      for (const std::uint64_t state : states) put(state);
  });
}

}  // namespace parley
