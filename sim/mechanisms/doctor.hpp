// Doctor: a few doctors have most of the events. Doctors are sparse: who a doctor is follows from the hospital and the
// rank in its order of risk, and only those to whom something happened are stored. A dispute costs morale, and a hurt
// doctor talks less. Page: docs/model/doctor.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Doctor {
  static constexpr std::string_view name = "doctor";

  struct Params {
    double physician_concentration = 0.35;
    double doctors_per_bed = 0.35;
    double communication_sd = 0.10;
    double morale_halflife = 180;
    double morale_loss_dispute = 0.15;
    double morale_communication = 0.3;
  };

  static void describe(auto& field, auto& p) {
    field("physician_concentration", p.physician_concentration,
          Field{"k_d", "1", 0.2, 1, "gamma shape of doctors' risk",
                "row 24: Hickson 2002, 9 % of doctors, 50 % of complaints", "B"});
    field("doctors_per_bed", p.doctors_per_bed,
          Field{"n_d", "doctor/bed", 0.1, 1.5, "doctors per bed",
                "national hospitals, about one to three beds (from memory)", "A*"});
    field(
        "communication_sd", p.communication_sd,
        Field{"s_c", "1", 0, 0.3, "standard deviation of communication between doctors of a hospital", "assumed", "C"});
    field("morale_halflife", p.morale_halflife,
          Field{"t_m", "day", 30, 1000, "half-life of lost morale", "assumed", "C"});
    field("morale_loss_dispute", p.morale_loss_dispute,
          Field{"l_m", "1", 0, 1, "morale lost over a formal dispute",
                "national white paper 2018 names the effect; assumed", "C"});
    field("morale_communication", p.morale_communication,
          Field{"c_m", "1", 0, 1, "fall of communication when all morale is lost", "assumed", "C"});
  }

  // (DR1) risk of the doctors of a hospital: gamma with shape k_d; the doctor of rank j of n holds the part from j/n to
  // (j + 1)/n of it, so that a hospital of any size has the same spread. An event meets a doctor in proportion to risk:
  // with u uniform, the rank is where the Lorenz curve L(q) = F_{k+1}(F_k⁻¹(q)) reaches u.
  static constexpr std::size_t steps = risk_curve_steps;

  // (DR2) F_k(x) by its series: x^k e^(−x)/Γ(k + 1)·Σ x^n/((k + 1)…(k + n)); F_{k+1} is the same less the first term
  static RiskCurve curve(const Params& p) {
    RiskCurve out;
    const double k = p.physician_concentration;
    // Γ(k + 1) by Stirling after a shift upwards.
    constexpr int shift = 12;
    double product = 1, x = k + 1;
    for (int i = 0; i < shift; ++i) product *= x + i;
    x += shift;
    constexpr double stirling_1 = 12, stirling_2 = 288, two_pi = 6.283185307179586;
    const double gamma = std::sqrt(two_pi / x) * power(x, x) * exponential(-x) *
                         (1 + 1 / (stirling_1 * x) + 1 / (stirling_2 * x * x)) / product;
    const auto below = [&](double at, double& events) {
      if (at <= 0) return events = 0.0;
      const double first = power(at, k) * exponential(-at) / gamma;
      double term = first, sum = first;
      constexpr int terms = 200;
      for (int n = 1; n < terms; ++n) {
        term *= at / (k + n);
        const double before = sum;
        sum += term;
        if (sum == before && at < k + n) break;  // the terms only fall from here: none of them changes a bit
      }
      events = std::min(sum - first, 1.0);
      return std::min(sum, 1.0);
    };
    // Quantile by halving, then the share of events below it.
    for (std::size_t s = 0; s <= steps; ++s) {
      const double q = static_cast<double>(s) / static_cast<double>(steps);
      constexpr double most = 60;
      double low = 0, high = most, events = 0;
      constexpr int halvings = 80;
      for (int i = 0; i < halvings; ++i) {
        const double middle = (low + high) / 2;
        if (middle == low || middle == high) break;
        (below(middle, events) < q ? low : high) = middle;
      }
      below(high, events);
      out[s] = s == 0 ? 0 : s == steps ? 1 : events;
    }
    return out;
  }

  static std::uint32_t who(double uniform, std::uint32_t doctors, const RiskCurve& lorenz) {
    const auto after = std::upper_bound(lorenz.begin(), lorenz.end(), uniform);
    const auto s = std::clamp<std::size_t>(static_cast<std::size_t>(after - lorenz.begin()), 1, steps);
    const double width = lorenz[s] - lorenz[s - 1];
    const double inside = width > 0 ? (uniform - lorenz[s - 1]) / width : 0;
    const double q = (static_cast<double>(s - 1) + inside) / static_cast<double>(steps);
    return std::min(static_cast<std::uint32_t>(q * doctors), doctors - 1);
  }

  // (DR3) risk over the mean of the hospital: n·[L((j + 1)/n) − L(j/n)]
  static double risk(std::uint32_t rank, std::uint32_t doctors, const RiskCurve& lorenz) {
    const auto at = [&](double q) {
      const double position = q * static_cast<double>(steps);
      const auto s = std::min(static_cast<std::size_t>(position), steps - 1);
      return lorenz[s] + (lorenz[s + 1] - lorenz[s]) * (position - static_cast<double>(s));
    };
    const double n = doctors;
    return n * (at((rank + 1) / n) - at(rank / n));
  }

  static std::uint32_t number(double beds, const Params& p) {
    return std::max(static_cast<std::uint32_t>(beds * p.doctors_per_bed), 1u);
  }

  // (DR4) what is left of lost morale: l·2^(−days/t_m); morale is 1 less it; losses join as 1 − (1 − a)(1 − b)
  static double left(double loss, double days, const Params& p) {
    return loss == 0 || days == 0 ? loss : loss * power(2, -days / p.morale_halflife);
  }
  static double morale(double loss, double days, const Params& p) { return 1 - left(loss, days, p); }
  static double lost(double a, double b) { return 1 - (1 - a) * (1 - b); }
  static double after_dispute(const Params& p) { return p.morale_loss_dispute; }

  // (DR5) communication: that of the house + s_c z − c_m·(1 − morale), in [0, 1]
  static double communication(double house, double z, double morale, const Params& p) {
    return std::clamp(house + p.communication_sd * z - p.morale_communication * (1 - morale), 0.0, 1.0);
  }
};

}  // namespace parley
