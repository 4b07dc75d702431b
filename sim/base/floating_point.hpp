// The floating-point mode of this thread. Loading somebody's shared library that was built with -Ofast makes the
// processor treat subnormal numbers as zero in the whole process, and a library may leave another rounding behind:
// either changes results without a word. A run holds a FloatingPointMode in each of its threads.
#pragma once
#include <cfloat>
#include <cstdint>

static_assert(FLT_EVAL_METHOD == 0, "Parley needs doubles that are rounded after each operation (on x86: SSE2)");

namespace parley {

// Round to nearest, keep subnormal numbers; what was set before comes back at the end. WebAssembly knows no other mode.
class FloatingPointMode {
 public:
  FloatingPointMode();
  ~FloatingPointMode();
  FloatingPointMode(const FloatingPointMode&) = delete;
  FloatingPointMode& operator=(const FloatingPointMode&) = delete;

  // Whether this thread computes as it should, right now.
  static bool is_standard();

 private:
  std::uint64_t saved_;
};

}  // namespace parley
