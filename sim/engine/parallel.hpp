// The only file that knows oneTBB, and the only parallel construct: blocks of fixed size, whose results the caller
// joins in block order. Built without oneTBB it runs on std::thread (for the thread sanitizer) or in one thread.
#pragma once
#include <cstddef>

#if defined(PARLEY_WITH_TBB)
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#elif defined(PARLEY_WITH_STD_THREADS)
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>
#endif

namespace parley {

// How many threads a run may use at most; 0 asks for as many as the machine has.
inline int available_threads(int asked) {
#if defined(PARLEY_WITH_TBB)
  return asked > 0 ? asked : tbb::this_task_arena::max_concurrency();
#elif defined(PARLEY_WITH_STD_THREADS)
  return asked > 0 ? asked : static_cast<int>(std::thread::hardware_concurrency());
#else
  (void)asked;
  return 1;
#endif
}

// Runs `work` with at most so many threads; parallel_each and parallel_blocks inside it share them, nested calls too.
template <class Work>
void with_threads(int threads, const Work& work) {
#if defined(PARLEY_WITH_TBB)
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
  tbb::task_arena arena(threads);
  arena.execute(work);
#else
  (void)threads;
  work();
#endif
}

// Calls work(i) for i in 0 … count − 1 on up to `threads` threads. An exception in any of them arrives here.
template <class Work>
void parallel_each(std::size_t count, int threads, const Work& work) {
  if (threads <= 1 || count <= 1) {
    for (std::size_t i = 0; i < count; ++i) work(i);
    return;
  }
#if defined(PARLEY_WITH_TBB)
  // Isolated: a thread that waits for the blocks of one day must not begin another replicate in between.
  tbb::this_task_arena::isolate([&] {
    tbb::parallel_for(
        std::size_t{0}, count, [&](std::size_t i) { work(i); }, tbb::simple_partitioner());
  });
#elif defined(PARLEY_WITH_STD_THREADS)
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex guard;
  std::vector<std::thread> crew;
  for (int t = 0; t < threads; ++t)
    crew.emplace_back([&] {
      for (std::size_t i; (i = next.fetch_add(1)) < count;) {
        try {
          work(i);
        } catch (...) {
          const std::lock_guard lock(guard);
          if (!failure) failure = std::current_exception();
          next = count;
        }
      }
    });
  for (std::thread& one : crew) one.join();
  if (failure) std::rethrow_exception(failure);
#else
  for (std::size_t i = 0; i < count; ++i) work(i);
#endif
}

// Calls work(begin, end) for blocks of `grain`; the blocks do not depend on the number of threads.
template <class Work>
void parallel_blocks(std::size_t count, std::size_t grain, int threads, const Work& work) {
  parallel_each((count + grain - 1) / grain, threads, [&](std::size_t block) {
    const std::size_t begin = block * grain;
    work(begin, begin + grain < count ? begin + grain : count);
  });
}

}  // namespace parley
