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
    double premium_start = 0.40;
    double premium_learning = 0.05;
    double threshold_mean = 0.55;
    double threshold_sd = 0.15;
    double arrest_constant = 2.3;
    double police_presence = 0.5;
    double attention_police = 1.0;
    double sanction = 3;
    double sanction_reference = 3;
    double fine = 500;
    double police_delay = 20;
    double mediator_delay = 45;
    double escalation_delay = 300;
    double serious_assault_share = 0.04;
    double assault_morale = 0.5;
    double loss_per_day = 50000;
    double days_if_police = 0.5;
    double days_if_escalated = 2;
    double anger_after_calming = 0.5;
    double same_day_share = 0.51;
    double gathering_days = 5;
    double custody_cost = 3000;
  };

  static void describe(auto& field, auto& p) {
    field("reward_weight", p.reward_weight,
          Field{"q", "1", 0, 1.5,
                "weight of the settlement that noise is expected to bring, at the premium of the start and customary "
                "proximity",
                "row 154: Liebman 2013; weight assumed", "C"});
    field("premium_start", p.premium_start,
          Field{"q_0", "1", 0.1, 1.5,
                "premium on a disturbance that a district believes in at the start, share of the entitlement",
                "row 154: Liebman 2013, size assumed", "C"});
    field("premium_learning", p.premium_learning,
          Field{"η_q", "1", 0, 0.5, "how far one result moves what a district believes", "domain 2.7; assumed", "C"});
    field("threshold_mean", p.threshold_mean,
          Field{"θ_m", "1", 0.3, 0.8, "mean personal threshold", "row 149: Granovetter 1978, Epstein 2002", "C"});
    field("threshold_sd", p.threshold_sd, Field{"θ_s", "1", 0.05, 0.3, "its standard deviation", "row 149: same", "C"});
    field("arrest_constant", p.arrest_constant,
          Field{"k", "1", 0.5, 5, "arrest risk P = 1 - exp(-k C/A)", "row 150: Epstein 2002, ln 10", "A"});
    field("police_presence", p.police_presence,
          Field{"C", "officer/1000 beds", 0, 5, "officers on hospital duty", "row 152: assumed", "C"});
    field("attention_police", p.attention_police,
          Field{"C_L", "1", 0, 5, "relative rise of police presence from no to full attention of leaders",
                "S2: assumed", "C"});
    field("sanction", p.sanction,
          Field{"s", "income-month", 0, 24, "expected sanction", "row 153: amendment 2015 raises it", "C"});
    field("sanction_reference", p.sanction_reference,
          Field{"s_0", "income-month", 0.5, 24, "sanction that risk aversion is measured at", "row 153: default", "C"});
    field("fine", p.fine,
          Field{"F_d", "CNY", 0, 5000, "fine of somebody who is arrested", "public security law: up to 500, assumed",
                "C"});
    field("police_delay", p.police_delay,
          Field{"t_P", "min", 3, 180, "mean arrival of police", "row 151: assumed", "C"});
    field("mediator_delay", p.mediator_delay,
          Field{"t_M", "min", 5, 300, "mean arrival of the mediator on the spot, where a centre answers",
                "Hexie call-outs; assumed", "C"});
    field("escalation_delay", p.escalation_delay,
          Field{"t_E", "min", 30, 1000, "mean time until a crowd cannot be talked to", "assumed", "C"});
    field("serious_assault_share", p.serious_assault_share,
          Field{"v_a", "1", 0.005, 0.1,
                "disturbances ended by the police in which somebody is hurt; twice as many where it escalated",
                "row 159: assumed", "C"});
    field("assault_morale", p.assault_morale,
          Field{"l_a", "1", 0, 1, "morale that the doctor loses over it", "assumed", "C"});
    field("loss_per_day", p.loss_per_day,
          Field{"l_d", "CNY/day", 10000, 300000, "hospital's loss per day of disturbance", "row 155: assumed", "C"});
    field("days_if_police", p.days_if_police,
          Field{"d_P", "day", 0, 2, "length when the police end it", "assumed", "C"});
    field("days_if_escalated", p.days_if_escalated,
          Field{"d_E", "day", 0.5, 10, "length when it escalates first", "assumed", "C"});
    field("anger_after_calming", p.anger_after_calming,
          Field{"c_M", "1", 0, 1, "share of anger left after a mediator calmed the scene", "assumed", "C"});
    field(
        "same_day_share", p.same_day_share,
        Field{"d_0", "1", 0.3, 0.7, "families of the dead who are gathered on the same day", "row 148: Li 2019", "A"});
    field("gathering_days", p.gathering_days,
          Field{"t_g", "day", 1, 30, "mean time until the others are gathered", "assumed", "C"});
    field("custody_cost", p.custody_cost,
          Field{"c_c", "CNY", 0, 50000, "cost of police and custody for an arrest, at the customary sanction",
                "five to ten days of detention; assumed", "C"});
  }

  // (DI1) risk of arrest falls as others are in the street too: P = 1 − exp(−k·f_P C(1 + C_L·attention)/A), A = 1 +
  // visible disturbances
  static double arrest(double visible, double attention, double factor, const Params& p) {
    const double police = p.police_presence * factor * (1 + p.attention_police * attention);
    return 1 - exponential(-p.arrest_constant * police / (1 + visible));
  }

  static Outcome decide(const DisputeView& view, const Rules& rules, const Params& p, const Draw& draw) {
    Outcome out(view.now);
    // (DI2) hardship times illegitimacy, and what noise is expected to bring: G = H(1 − L) + q·(q_d/q_0)·f·H, L the
    // mean of three trusts less what heavy policing takes, q_d the premium that the district has come to believe in
    const double hardship = anger_now(view.now, view.today, rules.customs);
    constexpr double parties = 3;
    const double legitimacy = std::clamp(
        (view.patient.hospital_trust + view.patient.committee_trust + view.patient.government_trust) / parties +
            rules.legitimacy_shift,
        0.0, 1.0);
    const double premium = view.district.disturbance_premium / p.premium_start;
    const double grievance =
        hardship * (1 - legitimacy) + p.reward_weight * premium * rules.disturbance_reward_factor * hardship;
    // (DI3) act if G − R·P·f_S s/s_0 > θ
    const double risk = arrest(view.district.visible_disturbances, view.district.attention, rules.police_factor, p);
    const double fear = view.claimant.risk_aversion * risk * rules.sanction_factor * p.sanction / p.sanction_reference;
    if (view.now.disturbed || grievance - fear <= view.claimant.threshold) return out;

    // (DI4) the race in minutes: escalation, police, and the mediator if the call is handed on; a duty roster answers
    // part of the calls that nobody would have answered, and sooner, as do leaders who are there
    const double escalation = draw.exponential(0, p.escalation_delay);
    const double factor = rules.response_delay_factor * rules.presence_delay_factor;
    const double police = draw.exponential(1, p.police_delay * factor);
    const double answered = view.district.centre ? view.response.probability : 0;
    const double gain = rules.response_gain;
    const bool called = draw.chance(2, gain > 0 ? answered + gain * (1 - answered) : answered * (1 + gain));
    const double mediator = called ? draw.exponential(3, p.mediator_delay * factor) : 2 * escalation;
    out.state.attended = called;
    out.calmed = mediator < escalation;
    out.state.calmed = out.calmed;
    const bool escalated = !out.calmed && police >= escalation;
    const double days = out.calmed ? 0 : escalated ? p.days_if_escalated : p.days_if_police;

    out.state.disturbed = true;
    out.disturbances = 1;
    out.state.anger = hardship * (out.calmed ? p.anger_after_calming : 1);
    out.state.anger_day = view.today;
    if (out.calmed && rules.mediation_open) {  // the mediator shows the way to the committee
      out.state.referred = true;
      out.state.route = Route::centre;
    }
    // (DI5) somebody is hurt with v_a, twice as often where it escalated and never where it was calmed; the doctor
    // loses l_a of morale
    if (!out.calmed && draw.chance(4, (escalated ? 2 : 1) * p.serious_assault_share)) {
      out.assaults = 1;
      out.morale_loss = p.assault_morale;
    }
    // (DI6) the police who come first arrest with P; the fine is f_S·F_d, and custody costs the public f_S·c_c
    if (!out.calmed && !escalated && draw.chance(5, risk)) {
      out.pay(Role::patient, Role::government, Money::yuan(p.fine * rules.sanction_factor), Reason::fine);
      out.pay(Role::government, Role::society, Money::yuan(p.custody_cost * rules.sanction_factor),
              Reason::custody_cost);
    }
    // (DI7) the hospital loses l_d per day, for d_P or d_E days
    out.pay(Role::hospital, Role::society, Money::yuan(p.loss_per_day * days), Reason::disturbance_loss);
    return out;
  }

  // (DI8) what a case with noise is seen to have brought: (paid − J_h)/J_h with J_h what the hospital believed it owed,
  // between −1 and 2; quiet cases are seen by nobody, so people compare with what the hospital said, not with them
  static Outcome ended(const DisputeView& view, double paid, const Rules&, const Params&) {
    Outcome out(view.now);
    const double believed = std::max(view.now.hospital_belief * view.injury.damages, 1.0);
    out.result_seen = std::clamp(paid / believed - 1, -1.0, 2.0);
    return out;
  }
  // (DI9) the district learns: q_d ← q_d + η_q(seen − q_d), between 0 and 2
  static double learned(double premium, double seen, const Params& p) {
    return std::clamp(premium + p.premium_learning * (seen - premium), 0.0, 2.0);
  }

  // (DI10) a family that a death has driven to act is gathered on the same day with d_0, else after 1 + t_g·Exp days;
  // what it meets on that day decides
  static std::int32_t gathered_after(const Params& p, const Draw& draw) {
    constexpr std::uint32_t same_day = 6, later = 7;
    return draw.chance(same_day, p.same_day_share)
               ? 0
               : 1 + static_cast<std::int32_t>(draw.exponential(later, p.gathering_days));
  }
};

}  // namespace parley
