#include "sim/base/draw.hpp"

#include <deque>
#include <mutex>
#include <string>

#include "sim/base/error.hpp"

namespace parley {

std::uint32_t poisson_quantile(double u, double mean) {
  if (!(mean > 0.0)) return 0;
  // Probabilities are kept multiplied by e^mean * 2^-(500 * lowered), so that neither the first vanishes nor the
  // later ones overflow. u is multiplied likewise; where that is too large to represent, the end is not near.
  constexpr double ln2_times_500 = 346.57359027997265470862;
  double probability = 1.0, sum = 1.0, lowered = 0.0;
  double target = u * exponential(mean);
  std::uint32_t k = 0;
  while (sum < target) {
    ++k;
    probability *= mean / static_cast<double>(k);
    const double next = sum + probability;
    if (next == sum && static_cast<double>(k) > mean) break;  // u is nearer to 1 than the sum can come
    sum = next;
    if (sum > 0x1p500) {
      probability *= 0x1p-500;
      sum *= 0x1p-500;
      lowered += 1.0;
      target = u * exponential(mean - lowered * ln2_times_500);
    }
  }
  return k;
}

std::size_t Draw::choose(std::uint32_t index, std::span<const double> weights) const {
  double total = 0.0;
  for (const double weight : weights)
    if (weight > 0.0) total += weight;
  if (!(total > 0.0) || total == infinity)
    throw BrokenLaw("a choice among " + std::to_string(weights.size()) +
                    " weights needs a finite, positive sum; this one has " + std::to_string(total));
  const double target = uniform(index) * total;
  double sum = 0.0;
  std::size_t last = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (!(weights[i] > 0.0)) continue;
    sum += weights[i];
    last = i;
    if (target < sum) return i;
  }
  return last;  // u * total rounded up to the total
}

Draw Draw::scripted(std::initializer_list<double> uniforms) {
  for (const double u : uniforms)
    if (!(u > 0.0 && u < 1.0))
      throw BrokenLaw("a scripted draw needs numbers strictly between 0 and 1, not " + std::to_string(u));
  // Scripts live as long as the program: tests write few of them, and a draw stays a plain value that can be copied.
  static std::mutex mutex;
  static std::deque<std::vector<double>> scripts;
  const std::lock_guard lock(mutex);
  scripts.emplace_back(uniforms);
  Draw draw({}, Decision{}, 0, 0, 0);
  draw.script_ = &scripts.back();
  return draw;
}

double Draw::scripted_uniform(std::uint32_t index) const {
  if (index >= script_->size())
    throw BrokenLaw("a scripted draw of " + std::to_string(script_->size()) + " numbers was asked for index " +
                    std::to_string(index));
  return (*script_)[index];
}

std::uint64_t Draw::scripted_word(std::uint32_t index) const {
  return static_cast<std::uint64_t>(scripted_uniform(index) * 0x1p64);  // exact: u < 1 stays below 2^64
}

}  // namespace parley
