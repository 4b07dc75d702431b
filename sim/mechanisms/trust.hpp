// Trust: bad news counts more than good. Events move a patient's trust by objects; between events it drifts back to
// where it was; others' experience is pulled in when somebody decides.
// Page: docs/model/trust.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Trust {
  static constexpr std::string_view name = "trust";

  struct Params {
    double trust_mean = 0.70;
    double trust_sd = 0.15;
    double doctor_mean = 0.70;
    double committee_mean = 0.62;
    double court_mean = 0.60;
    double government_mean = 0.65;
    double secular_drift = -0.005;
    double gain = 0.02;
    double loss = 0.08;
    double loss_unsettled = 0.20;
    double halflife = 365;
    double spillover = 0.15;
    double spillover_government = 0.10;
    double fair_share = 0.8;
    double contagion_pull = 0.05;
    double contact_rate = 0.5;
    double bounded_confidence = 0.35;
    double network_degree = 12;
    double far_tie_share = 0.10;
    std::int64_t neighbourhood_size = 7;
    double media_reach = 0.05;
    double media_halflife = 7;
    double media_loss = 0.10;
    double memory_days = 1095;
  };

  static void describe(auto& field, auto& p) {
    field("trust_mean", p.trust_mean,
          Field{"T_0", "1", 0.5, 0.85, "initial trust in doctors and hospitals", "row 135: Shanghai 2014", "A"});
    field("trust_sd", p.trust_sd,
          Field{"s_T", "1", 0.08, 0.25, "its standard deviation between patients", "row 136: assumed", "C"});
    field("doctor_mean", p.doctor_mean,
          Field{"T_d", "1", 0.5, 0.85, "initial trust in one's doctor", "row 135: Shanghai 2014", "A"});
    field("court_mean", p.court_mean, Field{"T_c", "1", 0.3, 0.9, "initial trust in courts", "assumed", "C"});
    field("government_mean", p.government_mean,
          Field{"T_g", "1", 0.3, 0.95, "initial trust in the local government", "assumed", "C"});
    field("secular_drift", p.secular_drift,
          Field{"d_T", "1/year", -0.03, 0.02, "drift of everybody's trust in doctors and hospitals",
                "row 138: decline over survey years", "C"});
    field("committee_mean", p.committee_mean,
          Field{"T_m", "1", 0.3, 0.9, "initial trust in the mediation committee", "assumed", "C"});
    field("gain", p.gain,
          Field{"η_+", "1", 0.005, 0.1, "learning rate of good events", "row 137: negativity bias", "C"});
    field("loss", p.loss, Field{"η_-", "1", 0.02, 0.3, "learning rate of bad events", "row 137: ratio 4", "C"});
    field("loss_unsettled", p.loss_unsettled,
          Field{"η_u", "1", 0.02, 0.6, "learning rate when a formal dispute ends badly", "assumed", "C"});
    field("halflife", p.halflife,
          Field{"t_T", "day", 30, 2000, "half-life of a shift while nothing happens", "assumed", "C"});
    field("spillover", p.spillover,
          Field{"s_o", "1", 0, 0.5, "part of a shift of trust in the hospital that reaches the committee",
                "row 146: assumed", "C"});
    field("spillover_government", p.spillover_government,
          Field{"s_g", "1", 0, 0.5,
                "part of a shift of trust in the hospital, the committee or a court that reaches the government",
                "row 146 for the committee; assumed", "C"});
    field("fair_share", p.fair_share,
          Field{"f_s", "1", 0.2, 1.2, "part of the believed entitlement that must be paid for an end to count as good",
                "assumed", "C"});
    field("contagion_pull", p.contagion_pull,
          Field{"μ", "1", 0, 0.3, "pull toward a neighbour per contact", "row 142: assumed", "C"});
    field("contact_rate", p.contact_rate,
          Field{"c_r", "1/month", 0.1, 4, "talk about health per tie", "row 144: assumed", "C"});
    field("bounded_confidence", p.bounded_confidence,
          Field{"ε", "1", 0.1, 1, "largest difference that still moves",
                "row 143: Deffuant 2000, Hegselmann and Krause 2002", "C"});
    field("network_degree", p.network_degree, Field{"n_k", "1", 0, 50, "contacts per person", "row 139: assumed", "C"});
    field("far_tie_share", p.far_tie_share,
          Field{"r_w", "1", 0, 0.5, "share of contacts in other districts", "row 141: small-world rewiring", "C"});
    field("neighbourhood_size", p.neighbourhood_size,
          Field{"n_g", "person", 1, 20, "persons who all know each other; 1: no circles of acquaintances",
                "row 140: communities by place; size assumed", "C"});
    field("media_reach", p.media_reach,
          Field{"r_M", "1", 0.005, 0.4, "share of a district of a million that hears of a disturbance",
                "row 145: microblog studies", "B"});
    field("media_halflife", p.media_halflife,
          Field{"t_M", "day", 2, 30, "half-life of the media field", "row 145: same", "B"});
    field("media_loss", p.media_loss,
          Field{"l_M", "1", 0, 0.5, "fall of trust where everybody has just heard of a disturbance", "assumed", "C"});
    field("memory_days", p.memory_days,
          Field{"t_F", "day", 365, 3650, "older shifts are forgotten altogether", "assumed", "C"});
  }

  // (TU1) baseline: T_o + s_T z, in [0, 1], for doctors and hospitals with the drift d_T a year
  static double baseline(TrustObject object, double deviation, double years, const Params& p) {
    const bool medicine = object == TrustObject::hospital || object == TrustObject::doctor;
    return std::clamp(mean(object, p) + (medicine ? p.secular_drift * years : 0) + deviation, 0.0, 1.0);
  }
  static double mean(TrustObject object, const Params& p) {
    switch (object) {
      case TrustObject::hospital:
        return p.trust_mean;
      case TrustObject::committee:
        return p.committee_mean;
      case TrustObject::doctor:
        return p.doctor_mean;
      case TrustObject::court:
        return p.court_mean;
      default:
        return p.government_mean;
    }
  }

  // (TU2) good event: ΔT = η_+(1 − T); bad event: ΔT = −η_-·weight·T
  static double good(double trust, const Params& p) { return p.gain * (1 - trust); }
  static double bad(double trust, double weight, double rate) { return -rate * weight * trust; }

  // (TU3) naming a harm: bad with the severity's weight, for the hospital and for the doctor
  static double after_harm(double trust, double weight, const Params& p) { return bad(trust, weight, p.loss); }

  // (TU4) what is left of a shift: Δ·2^(−days/t_T), nothing after t_F
  static double remaining(double shift, double days, const Params& p) {
    if (days == 0) return shift;
    return days > p.memory_days ? 0 : shift * power(2, -days / p.halflife);
  }

  // (TU5) pulled contagion: the part 1 − (1 − μ)^(contacts since) of what a neighbour within ε still holds
  static double pulled(double neighbour_shift, double own_shift, double days, const Params& p) {
    const double left = remaining(neighbour_shift, days, p);
    if (std::fabs(left - own_shift) > p.bounded_confidence) return 0;
    return left * (1 - power(1 - p.contagion_pull, p.contact_rate * days / days_per_month));
  }

  // What (TU5) can come to at most: nobody within ε of an own shift holds more than it and ε together.
  static double most_pulled(double own_shift, const Params& p) {
    return (std::fabs(own_shift) + p.bounded_confidence) *
           (1 - power(1 - p.contagion_pull, p.contact_rate * p.memory_days / days_per_month));
  }

  // (TU6) the end of a dispute: good if the payment is at least f_s of what the patient believed, else bad; hospital
  // and doctor are always judged; who ran the last forum is judged by result and procedure: the committee, the court,
  // or the government for its bureau; s_o of the shift in the hospital reaches the committee, s_g of each shift the
  // government
  static Outcome decide(const DisputeView& view, double paid, const Params& p) {
    Outcome out(view.now);
    const PatientView& trust = view.patient;
    const bool fair = paid >= p.fair_share * view.now.patient_belief * view.injury.damages;
    const auto judged = [&](double level, double weight) {
      return fair ? good(level, p) : bad(level, weight, p.loss_unsettled);
    };
    const double hospital = judged(trust.hospital_trust, 1), doctor = judged(trust.doctor_trust, 1);
    const double by_procedure = 1 - view.now.justice;
    double committee = p.spillover * hospital, court = 0, government = 0;
    switch (view.now.channel) {
      case Channel::people_mediation:
        committee += judged(trust.committee_trust, by_procedure);
        break;
      case Channel::administrative_mediation:
        government += judged(trust.government_trust, by_procedure);
        break;
      case Channel::court:
        court += judged(trust.court_trust, 1);
        break;
      default:
        break;
    }
    government += p.spillover_government * (hospital + committee + court);
    out.beliefs.add({TrustObject::hospital, hospital});
    out.beliefs.add({TrustObject::doctor, doctor});
    out.beliefs.add({TrustObject::committee, committee});
    if (court != 0) out.beliefs.add({TrustObject::court, court});
    out.beliefs.add({TrustObject::government, government});
    return out;
  }
};

}  // namespace parley
