// Claim: blame becomes a formal dispute. Most people lump it; the old, the slightly harmed and the poor do so most.
// Page: docs/model/claim.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Claim {
  static constexpr std::string_view name = "claim";

  struct Params {
    double formal_claim_probability = 0.045;
    double elderly_odds = 0.14;
    double minor_odds = 0.16;
    double lowincome_odds = 0.53;
    double delay_mean = 60;
    double limitation_years = 3;
    double demand_multiple = 0.8;
    double demand_sigma = 1.25;
    double patient_bias = 0.15;
    double hospital_bias = -0.10;
    std::array<double, severity_count> anger_by_severity = {0.30, 0.45, 0.65, 0.85};
    double perceived_share = 0.3;
    double value_effect = 0.2;
    double value_reference = 12;
    double anger_effect = 0.3;
    double anger_reference = 0.5;
    double signal_share = 0.5;
    std::array<double, motive_count> motive_shares = {0.40, 0.25, 0.25, 0.10};
    double other_motive_demand = 0.7;
  };

  static void describe(auto& field, auto& p) {
    field(
        "formal_claim_probability", p.formal_claim_probability,
        Field{"c_0", "1", 0.01, 0.15,
              "chance that blame becomes a formal dispute, for a patient under 75, not poor, more than slightly harmed",
              "row 30: closure of the pyramid", "B"});
    field("elderly_odds", p.elderly_odds,
          Field{"o_75", "1", 0.03, 0.6, "odds ratio of claiming at 75 or older", "row 37: Studdert 2000, 1/7.0", "A"});
    field("minor_odds", p.minor_odds,
          Field{"o_m", "1", 0.07, 0.37, "odds ratio of claiming for a minor disability", "row 38: Studdert 2000, 1/6.3",
                "A"});
    field(
        "lowincome_odds", p.lowincome_odds,
        Field{"o_l", "1", 0.24, 1.1, "odds ratio of claiming with a low income", "row 39: Studdert 2000, 1/1.9", "A"});
    field("delay_mean", p.delay_mean,
          Field{"τ_c", "day", 7, 500, "mean time from event to claim", "row 40: day-zero violence, Korean suits", "B"});
    field("limitation_years", p.limitation_years,
          Field{"t_l", "year", 1, 3, "limitation period", "row 41: Civil Code art. 188", "A"});
    field("demand_multiple", p.demand_multiple,
          Field{"μ_N", "1", 0.4, 2.5, "median demand over full damages", "row 49: Zigong", "B"});
    field("demand_sigma", p.demand_sigma,
          Field{"σ_N", "1", 0.9, 2.0, "log standard deviation of the demand", "row 50: Guangdong bands", "B"});
    field("patient_bias", p.patient_bias,
          Field{"b_p", "1", 0, 0.35, "patient's over-estimate of the hospital's share",
                "row 51: Babcock and Loewenstein 1997, size from memory", "A*"});
    field("hospital_bias", p.hospital_bias,
          Field{"b_h", "1", -0.3, 0, "hospital's error about its own share", "row 52: same", "A*"});
    field("anger_by_severity", p.anger_by_severity,
          Field{"h_s", "1", 0, 1, "anger at the time of blame", "assumed", "C", severity_names.data()});
    field("perceived_share", p.perceived_share,
          Field{"v_s", "1", 0.05, 1, "share of the damages that somebody who blames expects, costs taken off",
                "assumed", "C"});
    field("value_effect", p.value_effect,
          Field{"c_1", "logit", 0, 3, "rise of claiming from a worthless to a priceless claim", "domain 2.1: assumed",
                "C"});
    field("value_reference", p.value_reference,
          Field{"v_0", "income-month", 1, 120, "value of a claim that changes nothing", "assumed", "C"});
    field("anger_effect", p.anger_effect,
          Field{"c_2", "logit", 0, 4, "rise of claiming from no to full anger", "domain 2.1: assumed", "C"});
    field("anger_reference", p.anger_reference, Field{"h_0", "1", 0, 1, "anger that changes nothing", "assumed", "C"});
    field("signal_share", p.signal_share,
          Field{"ρ_z", "1", 0, 1,
                "correlation of the patient's error about the hospital's share with the signal that made for blame",
                "selection: who blames believes too much; assumed", "C"});
    field("motive_shares", p.motive_shares,
          Field{"q_m", "1", 0, 1, "what claimants want above all",
                "row 43: New Zealand 50 % corrective, 34 % explanation", "B", motive_names.data()});
    field("other_motive_demand", p.other_motive_demand,
          Field{"μ_o", "1", 0.2, 1,
                "demand of those who want something else than money, over that of those who want money",
                "Bismark 2006 names the effect; assumed", "C"});
  }

  // (CL1) P = σ(logit c_0 + Σ ln o + c_1(v − v_0)/(v + v_0) + c_2(h − h_0)) over the odds ratios that apply; v = v_s·D
  // in monthly incomes, h the anger
  static double probability(const Claimant& who, Severity severity, double value_in_incomes, double anger,
                            const Params& p) {
    double log_odds = logit(p.formal_claim_probability);
    if (who.elderly) log_odds += logarithm(p.elderly_odds);
    if (who.low_income) log_odds += logarithm(p.lowincome_odds);
    if (severity == Severity::minor) log_odds += logarithm(p.minor_odds);
    const double value = (value_in_incomes - p.value_reference) / (value_in_incomes + p.value_reference);
    return logistic(log_odds + p.value_effect * value + p.anger_effect * (anger - p.anger_reference));
  }

  // (CL2) the claim comes after an exponential delay; beyond the limitation period it never comes
  static std::int32_t delay_days(double uniform, const Params& p) {
    const double days = -p.delay_mean * logarithm(uniform);
    return days > p.limitation_years * days_per_year ? never : static_cast<std::int32_t>(days);
  }

  // (CL3) motive by its shares q_m
  static Motive motive(double uniform, const Params& p) {
    double below = 0;
    for (std::size_t m = 0; m + 1 < motive_count; ++m) {
      below += p.motive_shares[m];
      if (uniform < below) return static_cast<Motive>(m);
    }
    return Motive::sanction;
  }

  // (CL4) demand N = μ_N·D·exp(σ_N z), times μ_o where money is not what is wanted; (CL5) beliefs π_i = ρ + b_i + s_π
  // z_i in [0, 1], where the patient's z is ρ_z·signal + √(1 − ρ_z²)·z; (CL6) anger 1 − (1 − h_s)(1 − stock)
  static CaseState opened(const Injury& injury, const Claimant& who, double anger_stock, double signal,
                          std::int32_t today, const Customs& customs, const Params& p, double z_demand,
                          double z_patient, double z_hospital) {
    CaseState state;
    state.stage = Stage::channel;
    state.opened = state.stage_since = today;
    state.demand = p.demand_multiple * injury.damages * exponential(p.demand_sigma * z_demand) *
                   (who.motive == Motive::money ? 1 : p.other_motive_demand);
    const double precision = 1 / (customs.belief_sd * customs.belief_sd);
    const double seen = p.signal_share * signal + std::sqrt(1 - p.signal_share * p.signal_share) * z_patient;
    state.patient_belief = std::clamp(injury.responsibility + p.patient_bias + customs.belief_sd * seen, 0.0, 1.0);
    state.hospital_belief =
        std::clamp(injury.responsibility + p.hospital_bias + customs.belief_sd * z_hospital, 0.0, 1.0);
    state.patient_precision = state.hospital_precision = precision;
    state.anger = 1 - (1 - p.anger_by_severity[static_cast<std::size_t>(injury.severity)]) * (1 - anger_stock);
    state.anger_day = today;
    return state;
  }
};

}  // namespace parley
