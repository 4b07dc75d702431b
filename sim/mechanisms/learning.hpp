// Learning: hospitals forget, invest and learn from lessons that reach them. Liability itself hardly moves care
// (Mello 2020); the information in a closed dispute does, if it is sent and put into practice.
// Page: docs/model/learning.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Learning {
  static constexpr std::string_view name = "learning";

  struct Params {
    double safety_decay = 0.20;
    double lesson_gain = 0.01;
    double lesson_gain_others = 0.001;
    double rectification_uptake = 0.40;
  };

  static void describe(auto& field, auto& p) {
    field("safety_decay", p.safety_decay,
          Field{"δ_S", "1/year", 0.05, 0.6, "forgetting of the safety stock", "row 162: Argote 1999", "C"});
    field("lesson_gain", p.lesson_gain,
          Field{"r_f", "1", 0, 0.03, "rise of the stock per lesson in the hospital concerned",
                "row 165: closed-claim programmes, no elasticity", "C"});
    field("lesson_gain_others", p.lesson_gain_others,
          Field{"r_o", "1", 0, 0.01, "the same in the other hospitals of the district", "row 165: same", "C"});
    field("rectification_uptake", p.rectification_uptake,
          Field{"u_r", "1", 0, 1, "lessons that become practice", "row 164: S4 four haves", "C"});
  }

  // (LE1) a closed mediation teaches if it is reported (F), arrives over the edge to the health authority, and is taken
  // up
  static Outcome report(const DisputeView& view, const Rules& rules, const Params& p, const Draw& draw) {
    Outcome out(view.now);
    const bool reported = draw.chance(0, rules.feedback_rate), arrived = draw.chance(1, view.report.probability);
    const bool adopted = draw.chance(2, p.rectification_uptake * (1 - view.report.information_loss));
    out.lessons = reported && arrived && adopted ? 1 : 0;
    return out;
  }

  // (LE2) monthly: S ← S(1 − δ/12) + δ S_0/12 + r_f·own lessons + r_o·lessons elsewhere in the district
  static double safety(double stock, double reference, double own, double elsewhere, const Params& p) {
    constexpr double months = 12;
    return stock + p.safety_decay * (reference - stock) / months + p.lesson_gain * own +
           p.lesson_gain_others * elsewhere;
  }
};

}  // namespace parley
