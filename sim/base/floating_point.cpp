#include "sim/base/floating_point.hpp"

#if defined(__SSE2__) || defined(_M_X64)
#include <xmmintrin.h>
#endif

namespace parley {
namespace {

// mode_bits are those that change results; all others (status flags, trap masks) are left alone. Zero is the standard
// mode on both processors.
#if defined(__SSE2__) || defined(_M_X64)
// MXCSR: flush to zero, rounding, denormals are zero
constexpr std::uint64_t mode_bits = 1u << 15 | 3u << 13 | 1u << 6;
std::uint64_t control() { return _mm_getcsr(); }
void set_control(std::uint64_t value) { _mm_setcsr(static_cast<unsigned>(value)); }
#elif defined(__aarch64__)
// FPCR: default NaN, flush to zero, rounding, alternate handling, flush inputs
constexpr std::uint64_t mode_bits = 3u << 24 | 3u << 22 | 3u;
std::uint64_t control() {
  std::uint64_t value;
  __asm__ volatile("mrs %0, fpcr" : "=r"(value));
  return value;
}
void set_control(std::uint64_t value) { __asm__ volatile("msr fpcr, %0" : : "r"(value)); }
#else
constexpr std::uint64_t mode_bits = 0;
std::uint64_t control() { return 0; }
void set_control(std::uint64_t) {}
#endif

}  // namespace

FloatingPointMode::FloatingPointMode() : saved_(control() & mode_bits) {
  if (saved_ != 0) set_control(control() & ~mode_bits);
}

FloatingPointMode::~FloatingPointMode() {
  if ((control() & mode_bits) != saved_) set_control((control() & ~mode_bits) | saved_);
}

bool FloatingPointMode::is_standard() { return (control() & mode_bits) == 0; }

}  // namespace parley
