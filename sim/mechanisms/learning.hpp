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
    double rectification_days = 60;
    double lesson_cost = 300;
    double liability_elasticity = -0.02;
    double liability_reference = 0.002;
    double defensive_slope = 0.05;
    double defensive_morale = 0.5;
    double indirect_cost_multiple = 3;
    double publication_effect = 0.05;
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
    field("rectification_days", p.rectification_days,
          Field{"τ_r", "day", 10, 365, "mean time from a lesson to its practice", "S4 four haves: assumed", "C"});
    field("lesson_cost", p.lesson_cost,
          Field{"c_l", "CNY", 10, 5000, "what it costs a mediator to write a lesson down: a day's effort", "assumed",
                "C"});
    field("liability_elasticity", p.liability_elasticity,
          Field{"ε_L", "1", -0.10, 0.02, "elasticity of the event rate to liability paid",
                "row 166: Mello 2020, mostly null", "B"});
    field("liability_reference", p.liability_reference,
          Field{"L_0", "1", 0.0001, 0.05, "liability paid over revenue from which on the elasticity is felt", "assumed",
                "C"});
    field("defensive_slope", p.defensive_slope,
          Field{"d_L", "1", 0, 0.15, "cost of defensive care per unit of liability pressure, share of revenue",
                "row 167: assumed", "C"});
    field("defensive_morale", p.defensive_morale,
          Field{"d_m", "1", 0, 5, "the same per unit of lost morale among doctors, relative to liability", "assumed",
                "C"});
    field("indirect_cost_multiple", p.indirect_cost_multiple,
          Field{"m_i", "1", 1, 6.7, "hospital's own time and loss per yuan of compensation",
                "row 133: 6.7 cited second-hand", "A"});
    field(
        "publication_effect", p.publication_effect,
        Field{"s_P", "1", 0, 0.3, "rise of the aim of safety in a hospital far worse than others, all of it published",
              "Hibbard 2005: those who did badly did more where it was public; size assumed", "C"});
  }

  // (LE1) a closed mediation teaches if it is reported, arrives over the edge to the health authority, and is taken
  // up, more often where a visit is fresh: 1 − (1 − u_r)e^(−care)
  static Outcome report(const DisputeView& view, const Rules& rules, const Params& p, const Draw& draw) {
    Outcome out(view.now);
    const double uptake = raised(p.rectification_uptake, view.district.uptake_care);
    const bool reported = draw.chance(0, reported_share(rules, p)), arrived = draw.chance(1, view.report.probability);
    const bool adopted = draw.chance(2, uptake * (1 - view.report.information_loss));
    out.lessons = reported && arrived && adopted ? 1 : 0;
    return out;
  }

  // (LE2) liability pressure: what was paid last year over revenue raises the aim of the stock by
  // −ε_L·ln(1 + L/L_0): at L_0 one adverse event in seventy fewer with the defaults
  static double liability_effect(double liability, const Params& p) {
    return -p.liability_elasticity * logarithm(1 + std::max(liability, 0.0) / p.liability_reference);
  }

  // (LE3) monthly: S ← S + δ_S(S_0 + liability effect − S)/12 + r_f·own lessons + r_o·lessons elsewhere, never below 0
  static double safety(double stock, double reference, double own, double elsewhere, double liability,
                       const Params& p) {
    constexpr double months = 12;
    const double aim = reference + liability_effect(liability, p);
    return std::max(
        stock + p.safety_decay * (aim - stock) / months + p.lesson_gain * own + p.lesson_gain_others * elsewhere, 0.0);
  }

  // (LE4) of the lessons under way a month puts 1 − e^(−month/τ_r) into practice
  static double practised(double under_way, const Params& p) {
    return under_way * (1 - exponential(-days_per_month / p.rectification_days));
  }

  // (LE5) defensive care: revenue·d_L·(L + d_m·lost morale·L_0), in yuan
  static double defensive_cost(double revenue, double liability, double morale_lost, const Params& p) {
    return revenue * p.defensive_slope * (liability + p.defensive_morale * morale_lost * p.liability_reference);
  }

  // (LE6) what a payment costs the hospital besides: m_i yuan per yuan in time, visits and reputation
  static double indirect(double paid, const Params& p) { return p.indirect_cost_multiple * paid; }

  // (LE7) lessons that are reported: 1 − (1 − F)e^(−(ℓ − ℓ̄)⁺/c_l), ℓ = φω̂_f(1 − g)w_k what a full score in feedback is
  // worth to the mediator, ℓ̄ under the customary contract
  static double reported_share(const Rules& rules, const Params& p) {
    const auto worth = [&](const ContractTerms& pay, const IndexTerms& index) {
      return rules.customs.pass_through * index.feedback * results_part(pay, index, rules.customs);
    };
    const double more = worth(rules.contract, rules.index) - worth(rules.customary_contract, rules.customary_index);
    return raised(rules.feedback_rate, std::max(more, 0.0) / p.lesson_cost);
  }

  // (LE8) published figures raise the aim of a hospital that is worse than the mean of its level: s_P·P_Y(1 −
  // mean/own)⁺
  static double published(double own, double mean, double publication, const Params& p) {
    return own > mean ? p.publication_effect * publication * (1 - mean / own) : 0;
  }
};

}  // namespace parley
