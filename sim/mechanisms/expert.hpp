// Expert: opinions come from a pool of specialists, each field with a finite number; who asks while all are busy waits
// for the next one. Page: docs/model/expert.md
#pragma once
#include <vector>

#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Expert {
  static constexpr std::string_view name = "expert";

  struct Params {
    std::array<double, specialty_count> field_shares = {0.30, 0.20, 0.30, 0.10, 0.10};
    double matching_half = 12;
    double expert_delay = 10;
  };

  static void describe(auto& field, auto& p) {
    field("field_shares", p.field_shares,
          Field{"q_x", "1", 0, 1, "experts of the pool by field of medicine", "dispute mix of Guangdong; assumed", "C",
                specialty_names.data()});
    field("matching_half", p.matching_half,
          Field{"E_½", "expert", 1, 100, "experts of a field who cover half of its cases", "assumed", "C"});
    field("expert_delay", p.expert_delay,
          Field{"t_e", "day", 3, 40, "days that an opinion takes an expert", "row 82: assumed", "C"});
  }

  // (EX1) experts of a field: E·q_x
  static double in_field(double experts, Specialty field, const Params& p) {
    return experts * p.field_shares[static_cast<std::size_t>(field)];
  }
  // (EX2) how well they cover a case: E_f/(E_f + E_½)
  static double match(double in_field, const Params& p) {
    const double experts = std::max(in_field, 0.0);
    return experts / (experts + p.matching_half);
  }
  // (EX3) first come, first served: `release` has the days, ascending, on which busy experts are free again; with b of
  // n busy the next request begins today if b < n, else on the day on which enough of them have been released. A field
  // of less than one expert has one, who is asked by many.
  static std::int32_t start(const std::vector<std::int32_t>& release, double in_field, std::int32_t today) {
    const auto experts = static_cast<std::size_t>(std::max(in_field, 1.0));
    const auto first = std::upper_bound(release.begin(), release.end(), today);
    const auto busy = static_cast<std::size_t>(release.end() - first);
    return busy < experts ? today : *(first + static_cast<std::ptrdiff_t>(busy - experts));
  }
};

}  // namespace parley
