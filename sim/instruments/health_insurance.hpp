// Health insurance: the public insurer bears more of the bill, so that what patients pay themselves falls. Bills that
// weigh on a family are one reason to blame a hospital. Page: docs/model/health_insurance.md
#pragma once
#include <string_view>

#include "sim/instruments/instrument.hpp"

namespace parley {

struct HealthInsurance {
  static constexpr std::string_view name = "health_insurance";

  struct Levers {
    double insurance_generosity = 0;
    static void describe(auto& field, auto& p) {
      field("insurance_generosity", p.insurance_generosity,
            Field{"G_o", "1", 0, 0.3, "part of the bill that health insurance bears beyond what is customary",
                  "row 203: a fall of the own share by 0.01 a year; S3", "C", nullptr, Reach::hospital});
    }
  };
  struct Slopes {
    static void describe(auto&, auto&) {}
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes&) {
    rules.bill_cover = levers.now.insurance_generosity;  // (HN1)
    return rules;
  }
};

}  // namespace parley
