// Disturbance: grievance breaks out at the hospital. A personal threshold is crossed when hardship, distrust and what
// noise is expected to bring outweigh the risk of arrest; then a race between escalation, police and the mediator on
// the spot. Page: docs/model/disturbance.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Disturbance {
  static constexpr std::string_view name = "disturbance";

  struct Params {
    double reward_weight = 0.30;
    double threshold_mean = 0.55;
    double threshold_sd = 0.15;
    double arrest_constant = 2.3;
    double police_presence = 0.5;
    double copycat_halflife = 10;
    double police_delay = 20;
    double mediator_delay = 45;
    double escalation_delay = 300;
    double loss_per_day = 50000;
    double days_if_police = 0.5;
    double days_if_escalated = 2;
    double anger_after_calming = 0.5;
  };

  static void describe(auto& field, auto& p) {
    field("reward_weight", p.reward_weight,
          Field{"q", "1", 0, 1.5,
                "weight of the settlement that noise is expected to bring (learned premium), at customary proximity",
                "row 154: Liebman 2013; weight assumed", "C"});
    field("threshold_mean", p.threshold_mean,
          Field{"θ_m", "1", 0.3, 0.8, "mean personal threshold", "row 149: Granovetter 1978, Epstein 2002", "C"});
    field("threshold_sd", p.threshold_sd, Field{"θ_s", "1", 0.05, 0.3, "its standard deviation", "row 149: same", "C"});
    field("arrest_constant", p.arrest_constant,
          Field{"k", "1", 0.5, 5, "arrest risk P = 1 - exp(-k C/A)", "row 150: Epstein 2002, ln 10", "A"});
    field("police_presence", p.police_presence,
          Field{"C", "officer", 0, 5, "officers on hospital duty within reach", "row 152: assumed", "C"});
    field("copycat_halflife", p.copycat_halflife,
          Field{"t_A", "day", 2, 60, "half-life of a visible disturbance", "row 157: assumed", "C"});
    field("police_delay", p.police_delay,
          Field{"t_P", "min", 3, 180, "mean arrival of police", "row 151: assumed", "C"});
    field("mediator_delay", p.mediator_delay,
          Field{"t_M", "min", 5, 300, "mean arrival of the mediator on the spot, where a centre answers",
                "Hexie call-outs; assumed", "C"});
    field("escalation_delay", p.escalation_delay,
          Field{"t_E", "min", 30, 1000, "mean time until a crowd cannot be talked to", "assumed", "C"});
    field("loss_per_day", p.loss_per_day,
          Field{"l_d", "CNY/day", 10000, 300000, "hospital's loss per day of disturbance", "row 155: assumed", "C"});
    field("days_if_police", p.days_if_police,
          Field{"d_P", "day", 0, 2, "length when the police end it", "assumed", "C"});
    field("days_if_escalated", p.days_if_escalated,
          Field{"d_E", "day", 0.5, 10, "length when it escalates first", "assumed", "C"});
    field("anger_after_calming", p.anger_after_calming,
          Field{"c_M", "1", 0, 1, "share of anger left after a mediator calmed the scene", "assumed", "C"});
  }

  static Outcome decide(const DisputeView& view, const Rules& rules, const Params& p, const Draw& draw) {
    Outcome out(view.now);
    // (DI1) hardship times illegitimacy, and what noise is expected to bring: G = H(1 − L) + q·f·H
    const double hardship = anger_now(view.now, view.today, rules.customs);
    const double legitimacy = (view.patient.hospital_trust + view.patient.committee_trust) / 2;
    const double grievance = hardship * (1 - legitimacy) + p.reward_weight * rules.disturbance_reward_factor * hardship;
    // (DI2) risk of arrest falls as others are in the street too: P = 1 − exp(−k·C/A), A = 1 + visible disturbances
    const double arrest =
        1 - exponential(-p.arrest_constant * p.police_presence / (1 + view.district.visible_disturbances));
    // (DI3) act if G − R·P > θ
    if (view.now.disturbed || grievance - view.claimant.risk_aversion * arrest <= view.claimant.threshold) return out;

    // (DI4) the race in minutes: escalation, police, and the mediator if the call is handed on
    const double escalation = draw.exponential(0, p.escalation_delay);
    const double police = draw.exponential(1, p.police_delay);
    const bool called = view.district.centre && draw.chance(2, view.response.probability);
    const double mediator = called ? draw.exponential(3, p.mediator_delay) : 2 * escalation;
    out.calmed = mediator < escalation;
    out.state.calmed = out.calmed;
    const double days = out.calmed ? 0 : police < escalation ? p.days_if_police : p.days_if_escalated;

    out.state.disturbed = true;
    out.disturbances = 1;
    out.state.anger = hardship * (out.calmed ? p.anger_after_calming : 1);
    out.state.anger_day = view.today;
    if (out.calmed) out.state.referred = true;  // the mediator shows the way to the committee
    // (DI5) the hospital loses l_d per day, for d_P or d_E days
    out.pay(Role::hospital, Role::society, Money::yuan(p.loss_per_day * days), Reason::disturbance_loss);
    return out;
  }
};

}  // namespace parley
