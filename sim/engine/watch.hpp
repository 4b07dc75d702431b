// How far a run is, what it simulated so far and whether it is to stop: shared by all its threads.
#pragma once
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>

#include "sim/base/error.hpp"

namespace parley {

struct Progress {
  double done = 0;        // share of the work finished, 0 to 1
  double seconds = 0;     // since the start
  const char* what = "";  // "solving equal spending", "running"
};

class Stopped {};

class Watch {
 public:
  Watch(std::function<void(const Progress&)> progress, const std::atomic<bool>* stop)
      : progress_(std::move(progress)), stop_(stop), began_(std::chrono::steady_clock::now()) {}

  double elapsed() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count(); }

  // What comes next, and how many months of simulation it takes.
  void expect(const char* what, double months) {
    const std::lock_guard lock(guard_);
    what_ = what;
    expected_ = months;
    done_ = 0;
  }
  void months_done(double months) {
    const std::lock_guard lock(guard_);
    done_ += months;
    if (progress_) progress_({std::min(done_ / expected_, 1.0), elapsed(), what_});
  }
  // Throws Stopped once somebody asked for it.
  void heed_stop() const {
    if (stop_ != nullptr && stop_->load(std::memory_order_relaxed)) throw Stopped{};
  }
  void month_done() {
    heed_stop();
    months_done(1);
  }

  // What was simulated, whoever did it: this run, or one that it goes on from.
  void simulated(std::int64_t adverse_events, std::int64_t person_days) {
    const std::lock_guard lock(guard_);
    adverse_events_ += adverse_events;
    person_days_ += person_days;
  }
  std::int64_t adverse_events() const { return adverse_events_; }
  std::int64_t person_days() const { return person_days_; }

 private:
  std::function<void(const Progress&)> progress_;  // one call at a time
  const std::atomic<bool>* stop_;
  std::chrono::steady_clock::time_point began_;
  std::mutex guard_;
  const char* what_ = "";
  double expected_ = 1, done_ = 0;
  std::int64_t adverse_events_ = 0, person_days_ = 0;
};

}  // namespace parley
