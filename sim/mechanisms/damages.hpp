// Damages: what the loss is worth in full, and which share of it the hospital truly owes. Known to nobody in the model.
// Page: docs/model/damages.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

enum class ResponsibilityClass : std::uint8_t { full, main, equal, minor, slight };
inline constexpr std::size_t responsibility_class_count = 5;
inline constexpr std::array<const char*, responsibility_class_count> responsibility_class_names = {
    "full", "main", "equal", "minor", "slight"};

struct Damages {
  static constexpr std::string_view name = "damages";

  struct Params {
    std::array<double, severity_count> damages_by_severity = {10000, 60000, 300000, 700000};
    double damages_sigma = 0.7;
    std::array<double, responsibility_class_count> responsibility_classes = {1.0, 0.75, 0.5, 0.3, 0.1};
    std::array<double, responsibility_class_count> negligent_class_shares = {0.10, 0.25, 0.25, 0.25, 0.15};
    std::array<double, responsibility_class_count> residual_class_probability = {0, 0, 0, 0.10, 0.50};
  };

  static void describe(auto& field, auto& p) {
    field("damages_by_severity", p.damages_by_severity,
          Field{"D_s", "CNY", 2000, 1500000, "median full damages before responsibility",
                "row 44: death about 20 x urban income plus others", "C", severity_names.data()});
    field("damages_sigma", p.damages_sigma,
          Field{"σ_D", "1", 0.4, 1.2, "log standard deviation within a severity", "row 45: assumed", "C"});
    field("responsibility_classes", p.responsibility_classes,
          Field{"ρ_c", "1", 0, 1, "share owed in each class of responsibility", "row 48: appraisal rules art. 36", "A",
                responsibility_class_names.data()});
    field("negligent_class_shares", p.negligent_class_shares,
          Field{"q_c", "1", 0, 1, "classes among negligent events; mean share about one half",
                "row 46: court mean 48 %; spread assumed", "B", responsibility_class_names.data()});
    field(
        "residual_class_probability", p.residual_class_probability,
        Field{"r_c", "1", 0, 1, "classes among events without negligence; the rest owe nothing; mean share about 0.08",
              "row 47: no-error claims paid 28 % of the time", "B", responsibility_class_names.data()});
  }

  // (DA1) D = D_s·y·exp(σ_D z); (DA2) ρ by class: q_c if negligent, r_c if care caused it without negligence, else 0
  static void assess(Injury& injury, double income_index, const Params& p, double z, double uniform) {
    injury.damages = p.damages_by_severity[static_cast<std::size_t>(injury.severity)] * income_index *
                     exponential(p.damages_sigma * z);
    injury.responsibility = 0;
    if (!injury.by_care) return;
    const auto& shares = injury.negligent ? p.negligent_class_shares : p.residual_class_probability;
    double below = 0;
    for (std::size_t c = 0; c < responsibility_class_count; ++c) {
      below += shares[c];
      if (uniform < below) {
        injury.responsibility = p.responsibility_classes[c];
        return;
      }
    }
  }
};

}  // namespace parley
