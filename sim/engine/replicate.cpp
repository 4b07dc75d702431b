#include "sim/engine/replicate.hpp"

#include <algorithm>
#include <utility>

#include "sim/base/calendar_date.hpp"
#include "sim/base/floating_point.hpp"
#include "sim/engine/day.hpp"
#include "sim/engine/observe.hpp"
#include "sim/scenario/points.hpp"
#include "sim/scenario/populate.hpp"
#include "sim/world/state.hpp"

namespace parley {

namespace {

constexpr int months_per_year = 12;

// Disputes that nobody is done with on the last day; of some the end is known and only the payment is awaited.
void keep_what_is_open(const World& world, Tally& tally) {
  for (const Dispute& dispute : world.disputes)
    if (dispute.open() && dispute.state.stage != Stage::claim) tally.keep(dispute);
}

}  // namespace

Calendar::Calendar(const Study& study) {
  const CalendarDate start{study.place.start_year, study.place.start_month, study.place.start_day};
  run = month_starts(start, study.years * months_per_year + 1);
  for (int month = -study.burn_in_years * months_per_year; month <= 0; ++month)
    burn_in.push_back(days_between(start, months_later(start, month)));
}

double Calendar::months(std::size_t burn_ins, std::size_t policies) const {
  return static_cast<double>(burn_ins) * static_cast<double>(burn_in.size() - 1) +
         static_cast<double>(policies) * static_cast<double>(run.size() - 1);
}

std::int64_t people_of(const Place& place) {
  std::int64_t people = 0;
  for (const District& d : place.districts) people += d.population;
  return people;
}

// A replicate on its way: what is finished of it, and when a checkpoint is due.
class Replicate::Journey {
 public:
  Journey(const Watch& watch, const Checkpointing& checkpointing, int number)
      : watch_(watch), checkpointing_(checkpointing), number_(number), last_(watch.elapsed()) {
    if (checkpointing.keeper == nullptr) return;
    if (auto kept = checkpointing.keeper->checkpoint(checkpointing.attempt, number)) now_ = std::move(*kept);
  }
  Checkpoint& now() { return now_; }
  FinishedReplicate& done() { return now_.so_far; }
  bool begun() const { return !now_.world.empty(); }

  // Adverse events since the last call.
  void happened(Tally& tally) { now_.so_far.adverse_events += std::exchange(tally.adverse_events, 0); }

  // Called at the end of a month.
  void consider(const World& world, std::size_t months, const World* burnt_in) {
    if (checkpointing_.keeper == nullptr || watch_.elapsed() < last_ + wait_) return;
    const double began = watch_.elapsed();
    now_.months = static_cast<std::int32_t>(months);
    now_.world = pack(world);
    if (burnt_in != nullptr && now_.burnt_in.empty()) now_.burnt_in = pack(*burnt_in);
    checkpointing_.keeper->keep_checkpoint(checkpointing_.attempt, number_, now_);
    last_ = watch_.elapsed();
    wait_ = std::max(checkpointing_.seconds, (last_ - began) / checkpointing_.cost);
  }

 private:
  const Watch& watch_;
  const Checkpointing& checkpointing_;
  const int number_;
  Checkpoint now_;
  double last_, wait_ = checkpointing_.seconds;
};

Replicate::Replicate(const RunFrame& frame, int number) : frame_(frame), number_(number) {
  const Study& study = frame.study;
  if (!study.draws.empty())
    drawn_ = place_at(study.place, study.draws, static_cast<std::size_t>(number) % study.draws.rows.size());
}

World Replicate::populated() const {
  const Calendar& calendar = frame_.calendar;
  return populate(place(), {frame_.study.seed, static_cast<std::uint64_t>(number_)}, calendar.burn_in.front(),
                  calendar.run.back());
}

World Replicate::restored(const std::vector<std::uint8_t>& bytes) const {
  World world = populated();
  unpack(bytes, world);
  return world;
}

// Runs the world through the months that `starts` marks, from the first that is not done; `month_ended(done)` is told
// after each.
template <class MonthEnded>
void Replicate::advance(World& world, Tally& tally, const Arm& arm, const std::vector<std::int32_t>& starts,
                        int inner_threads, bool daily, std::size_t done, const MonthEnded& month_ended) const {
  const FloatingPointMode mode;  // this thread's own
  Commit commit(world, place(), tally);
  const Conduct conduct{place(), arm, inner_threads};
  for (std::size_t month = done; month + 1 < starts.size(); ++month) {
    for (std::int32_t date = starts[month]; date < starts[month + 1]; ++date) {
      Today today;
      today.month_begins = date == starts[month];
      today.month_ends = date + 1 == starts[month + 1];
      today.month_of_year = month % months_per_year;
      today.daily = daily;
      tally.period(daily ? date - starts.front() : static_cast<int>(month));
      day(world, commit, conduct, today);
    }
    month_ended(month + 1);
    frame_.watch.month_done();
  }
}

template <class MonthEnded>
void Replicate::burn_in(World& world, Tally& tally, int inner_threads, std::size_t done,
                        const MonthEnded& month_ended) const {
  const Arm status_quo{"status_quo", std::vector<Levers>(place().districts.size(), place().status_quo), {}};
  advance(world, tally, status_quo, frame_.calendar.burn_in, inner_threads, false, done, month_ended);
}

World Replicate::burnt_in(int inner_threads) {
  frame_.watch.heed_stop();
  World world = populated();
  Tally tally;
  tally.begin(nullptr, nullptr);
  burn_in(world, tally, inner_threads, 0, [](std::size_t) {});
  const std::vector<std::int32_t>& days = frame_.calendar.burn_in;
  frame_.watch.simulated(tally.adverse_events, people_of(place()) * (days.back() - days.front()));
  return world;
}

World Replicate::burnt_in(int inner_threads, Journey& journey) {
  frame_.watch.heed_stop();
  const Checkpoint& now = journey.now();
  if (journey.begun() && now.arm >= 0) return restored(now.burnt_in);
  World world = journey.begun() ? restored(now.world) : populated();
  Tally tally;
  tally.begin(nullptr, nullptr);
  burn_in(world, tally, inner_threads, journey.begun() ? static_cast<std::size_t>(now.months) : 0,
          [&](std::size_t months) {
            journey.happened(tally);
            journey.done().burn_in_states.push_back(state_hash(world));
            if (months + 1 < frame_.calendar.burn_in.size()) journey.consider(world, months, nullptr);
          });
  return world;
}

MetricTable Replicate::blank() const {
  const std::vector<std::int32_t>& days = frame_.calendar.run;
  const std::int32_t periods =
      frame_.record.daily ? days.back() - days.front() : static_cast<std::int32_t>(days.size()) - 1;
  return {periods, static_cast<int>(place().districts.size())};
}

MetricTable Replicate::metrics(World world, const Arm& arm, std::vector<CaseRow>* cases) {
  MetricTable out = blank();
  Tally tally;
  tally.begin(&out, cases);
  const std::vector<std::int32_t>& days = frame_.calendar.run;
  advance(world, tally, arm, days, 1, frame_.record.daily, 0, [](std::size_t) {});
  keep_what_is_open(world, tally);
  frame_.watch.simulated(tally.adverse_events, people_of(place()) * (days.back() - days.front()));
  return out;
}

// One policy from the burnt-in world, on record.
void Replicate::policy(World world, const Arm& arm, std::size_t done, ReplicateResult& out, int inner_threads,
                       Journey& journey, const World& start) const {
  const Recording& record = frame_.record;
  const std::vector<std::int32_t>& days = frame_.calendar.run;
  Tally tally;
  tally.begin(&out.metrics, record.level == RecordLevel::metrics ? nullptr : &out.cases);
  if (record.level == RecordLevel::full) tally.follow(&out.stages, &out.ledger);
  advance(world, tally, arm, days, inner_threads, record.daily, done, [&](std::size_t months) {
    journey.happened(tally);
    out.states.push_back(state_hash(world));
    if (record.level == RecordLevel::full)
      take_snapshot(world, place(), frame_.panel, static_cast<std::int32_t>(months) - 1, out.snapshots);
    if (months + 1 < days.size()) journey.consider(world, months, &start);
  });
  keep_what_is_open(world, tally);
  std::sort(out.cases.begin(), out.cases.end(), [](const CaseRow& a, const CaseRow& b) { return a.id < b.id; });
  journey.done().edge_states.push_back(states_of(world.graph));
  if (!FloatingPointMode::is_standard()) throw BrokenLaw("the floating-point mode was changed during the run");
}

FinishedReplicate Replicate::run(const std::vector<Arm>& arms, int inner_threads, const Checkpointing& checkpointing) {
  Journey journey(frame_.watch, checkpointing, number_);
  const World start = burnt_in(inner_threads, journey);
  Checkpoint& now = journey.now();
  for (std::size_t a = now.arm < 0 ? 0 : static_cast<std::size_t>(now.arm); a < arms.size(); ++a) {
    const bool resumed = now.arm == static_cast<std::int32_t>(a);
    now.arm = static_cast<std::int32_t>(a);
    if (!resumed) {
      now.so_far.arms.emplace_back();
      now.so_far.arms.back().metrics = blank();
    }
    policy(resumed ? restored(now.world) : start, arms[a], resumed ? static_cast<std::size_t>(now.months) : 0,
           now.so_far.arms[a], inner_threads, journey, start);
  }
  return std::move(now.so_far);
}

}  // namespace parley
