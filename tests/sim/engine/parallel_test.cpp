#include "sim/engine/parallel.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace parley {
namespace {

TEST(Parallel, EachIndexIsVisitedOnce) {
  for (const int threads : {1, 2, 3, 8})
    for (const std::size_t count : {0u, 1u, 2u, 7u, 1000u}) {
      std::vector<std::atomic<int>> visits(count);
      parallel_each(count, threads, [&](std::size_t i) { ++visits[i]; });
      for (std::size_t i = 0; i < count; ++i) EXPECT_EQ(visits[i], 1) << i << " of " << count << " on " << threads;
    }
}

TEST(Parallel, BlocksDoNotDependOnThreads) {
  using Blocks = std::set<std::pair<std::size_t, std::size_t>>;
  for (const int threads : {1, 2, 8}) {
    Blocks blocks;
    std::mutex guard;
    parallel_blocks(70, 32, threads, [&](std::size_t begin, std::size_t end) {
      const std::lock_guard lock(guard);
      blocks.emplace(begin, end);
    });
    EXPECT_EQ(blocks, (Blocks{{0, 32}, {32, 64}, {64, 70}}));
  }
  parallel_blocks(0, 32, 2, [](std::size_t, std::size_t) { FAIL() << "there is nothing to do"; });
}

TEST(Parallel, AnExceptionInAWorkerArrives) {
  for (const int threads : {1, 2, 8}) {
    const auto run = [&] {
      parallel_each(200, threads, [](std::size_t i) {
        if (i == 137) throw std::runtime_error("case 137");
      });
    };
    try {
      run();
      FAIL() << threads << " threads: nothing arrived";
    } catch (const std::runtime_error& error) {
      EXPECT_EQ(std::string(error.what()), "case 137");
    }
    // And the next call works as ever.
    std::atomic<int> visits = 0;
    parallel_each(50, threads, [&](std::size_t) { ++visits; });
    EXPECT_EQ(visits, 50);
  }
}

TEST(Parallel, CallsMayBeNested) {
  std::atomic<int> visits = 0;
  parallel_each(4, 2, [&](std::size_t) { parallel_each(25, 2, [&](std::size_t) { ++visits; }); });
  EXPECT_EQ(visits, 100);
}

TEST(Parallel, ThreadsAskedForAreGiven) {
  EXPECT_GE(available_threads(0), 1);
#if defined(PARLEY_WITH_TBB) || defined(PARLEY_WITH_STD_THREADS)
  EXPECT_EQ(available_threads(5), 5);
#else
  EXPECT_EQ(available_threads(5), 1);
#endif
}

}  // namespace
}  // namespace parley
