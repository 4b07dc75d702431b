// Channel: the patient chooses a forum, or gives up. What a forum is expected to bring, how long it takes, what it
// costs, whom one trusts and what one knows decide; the law and the other side's consent gate the set. Page:
// docs/model/channel.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

enum class ChannelOption : std::uint8_t {
  negotiation,
  people_mediation,
  administrative_mediation,
  arbitration,
  court,
  give_up
};
inline constexpr std::size_t option_count = 6, forum_count = 5;  // all but giving up are forums
inline constexpr std::array<const char*, option_count> option_names = {
    "negotiation", "people_mediation", "administrative_mediation", "arbitration", "court", "give_up"};

struct ChannelChoice {
  static constexpr std::string_view name = "channel";

  struct Params {
    std::array<double, option_count> habit = {1.6, 1.3, -0.2, -1.0, -0.6, -1.5};
    std::array<double, forum_count> expected_share = {0.6, 0.75, 0.65, 0.8, 1.0};
    double value_weight = 0.01;
    double trust_weight = 2.0;
    double trust_reference = 0.65;
    double attraction_weight = 1.0;
    double neighbours_weight = 2.0;
    double learning_rate = 0.10;
    double talk_motive = 0.3;
    double talks_delay = 45;
    double arbitration_delay = 120;
    double participation = 0.85;
    double second_mediation = 0.3;
    double referral_inclination = 0.5;
    double temperature = 1.0;
  };

  static void describe(auto& field, auto& p) {
    field("habit", p.habit,
          Field{"h_c", "1", -5, 5, "standing inclination to each forum", "row 58 is the check value; assumed", "C",
                option_names.data()});
    field("expected_share", p.expected_share,
          Field{"s_c", "1", 0, 1.5, "part of the believed entitlement that a forum is expected to bring", "assumed",
                "C", option_names.data()});
    field("value_weight", p.value_weight,
          Field{"ω_v", "1/income-month", 0, 0.1, "weight of the expected payment", "row 68: assumed", "C"});
    field("trust_weight", p.trust_weight,
          Field{"ω_T", "1", 0, 6, "weight of trust in whoever runs the forum", "domain 2.11: assumed", "C"});
    field("trust_reference", p.trust_reference,
          Field{"T̄", "1", 0.3, 0.9, "trust at which it neither draws nor repels", "assumed", "C"});
    field(
        "attraction_weight", p.attraction_weight,
        Field{"ω_A", "1", 0, 6, "weight of what own cases taught about a forum", "Camerer and Ho 1999; assumed", "C"});
    field("neighbours_weight", p.neighbours_weight,
          Field{"ω_n", "1", 0, 20, "weight of the mean of what neighbours have learned", "domain 2.11: assumed", "C"});
    field("learning_rate", p.learning_rate,
          Field{"φ_A", "1", 0.01, 0.4, "how far one result moves an attraction", "row 69: assumed", "C"});
    field("talk_motive", p.talk_motive,
          Field{"ω_m", "1", 0, 3, "pull of talks and mediation on those who want an explanation or prevention",
                "Vincent 1994, Bismark 2006; size assumed", "C"});
    field("talks_delay", p.talks_delay,
          Field{"t_n", "day", 10, 120, "time that talks outside a court are expected to take", "assumed", "C"});
    field("arbitration_delay", p.arbitration_delay,
          Field{"t_a", "day", 30, 400, "time that an arbitration is expected to take", "assumed", "C"});
    field("participation", p.participation,
          Field{"c_h", "1", 0.5, 1, "hospital consents to mediation, at customary authority",
                "row 61: Korea 59.9 % voluntary, 66.8 % all", "B"});
    field("second_mediation", p.second_mediation,
          Field{"m_2", "1", 0, 1, "chance that a case that one mediator has had is taken to another",
                "Regulation of 2018: silent on it; Chen 2022: both sides have to want it; assumed", "C"});
    field("referral_inclination", p.referral_inclination,
          Field{"r", "1", 0, 1, "hospital is inclined to point a patient at the committee",
                "director's report of hospitals bypassing committees; assumed", "C"});
    field("temperature", p.temperature, Field{"T", "1", 0.2, 3, "softmax temperature", "row 68: assumed", "C"});
  }

  static Channel channel_of(ChannelOption option) {
    constexpr std::array<Channel, option_count> channels = {Channel::negotiation,
                                                            Channel::people_mediation,
                                                            Channel::administrative_mediation,
                                                            Channel::arbitration,
                                                            Channel::court,
                                                            Channel::none};
    return channels[static_cast<std::size_t>(option)];
  }

  // (CH1) attractions, by experience-weighted learning (Camerer and Ho 1999): A ← (1 − φ_A)A + φ_A·payoff, where the
  // payoff of a forum is what was paid over what was believed, less 1, between −1 and 1
  static double learned(double attraction, double payoff, const Params& p) {
    return attraction + p.learning_rate * (payoff - attraction);
  }
  static double payoff(const DisputeView& view, double paid, const Params&) {
    const double believed = std::max(view.now.patient_belief * view.injury.damages, 1.0);
    return std::clamp(paid / believed - 1, -1.0, 1.0);
  }

  // Cost of a suit to the patient, net of what legal aid bears.
  static double suit_cost(const DisputeView& view, const Rules& rules, double believed) {
    return (1 - view.now.cost_cover) *
           (rules.court.lawyer_fixed + rules.court.lawyer_share * believed + rules.court.court_fee(believed) +
            rules.court.appraisal_use * rules.court.appraisal_fee_association);
  }

  // (CH2) which forums are open: none twice; talks without a third until a mediator has had the case; people's
  // mediation if it exists, is known and has not been refused; arbitration where a panel sits, to those who know of it
  // by themselves (k) or by counsel; a court only if the suit is worth its cost (Nalebuff 1987)
  static bool open_to(ChannelOption option, const DisputeView& view, const Rules& rules, double believed, bool knows,
                      bool knows_law) {
    const Channel channel = channel_of(option);
    if (option == ChannelOption::give_up) return true;
    if (tried(view.now, channel)) return false;
    switch (option) {
      case ChannelOption::negotiation:
        return !view.now.mediated;
      case ChannelOption::people_mediation:
        return rules.mediation_open && view.district.committee && knows && !view.now.refused;
      case ChannelOption::arbitration:
        return view.district.arbitration && knows_law;
      case ChannelOption::court:
        return believed > suit_cost(view, rules, believed);
      default:
        return true;
    }
  }

  static double delay(ChannelOption option, const DisputeView& view, const Params& p) {
    switch (option) {
      case ChannelOption::people_mediation:
        return p.talks_delay + view.district.mediation_delay;
      case ChannelOption::administrative_mediation:
        return p.talks_delay + view.district.office_delay;
      case ChannelOption::arbitration:
        return p.arbitration_delay;
      case ChannelOption::court:
        return view.district.court_delay;
      default:
        return p.talks_delay;
    }
  }
  static double trust(ChannelOption option, const DisputeView& view, const Params& p) {
    switch (option) {
      case ChannelOption::negotiation:
        return view.patient.hospital_trust;
      case ChannelOption::people_mediation:
        return view.patient.committee_trust;
      case ChannelOption::administrative_mediation:
        return view.patient.government_trust;
      case ChannelOption::court:
        return view.patient.court_trust;
      default:
        return p.trust_reference;
    }
  }

  static Outcome decide(const DisputeView& view, const Rules& rules, const Params& p, const Draw& draw) {
    Outcome out(view.now);
    CaseState& state = out.state;
    // (CH3) the hospital points at the committee with r·p_e: it is inclined to, and its referral arrives over the edge
    if (!state.referred && draw.chance(0, p.referral_inclination * view.referral.probability)) {
      state.referred = true;
      state.route = Route::hospital;
    }
    const bool knows = view.claimant.aware || state.referred || state.consulted;
    const bool knows_law = state.counsel != Counsel::none || draw.chance(3, view.claimant.law_knowledge);
    const bool wants_talk = view.claimant.motive == Motive::explanation || view.claimant.motive == Motive::prevention;

    // (CH4) U_c = h_c + ω_v(s_c·π_p·D·e^(−r_p τ_c) − cost_c)/income + ω_T(T_c − T̄) + ω_A A_c + ω_n Ā_c + ω_m·talk
    const double believed = state.patient_belief * view.injury.damages;
    std::array<double, option_count> utility;
    utility.fill(-infinity);
    for (std::size_t c = 0; c < option_count; ++c) {
      const auto option = static_cast<ChannelOption>(c);
      if (!open_to(option, view, rules, believed, knows, knows_law)) continue;
      const auto channel = static_cast<std::size_t>(channel_of(option));
      const double share = c < forum_count ? p.expected_share[c] : 0;  // giving up brings nothing
      const double value =
          share * believed * exponential(-rules.customs.discount_patient * delay(option, view, p) / days_per_year) -
          (option == ChannelOption::court ? suit_cost(view, rules, believed) : 0);
      const bool talk = option == ChannelOption::negotiation || option == ChannelOption::people_mediation;
      utility[c] = (p.habit[c] + p.value_weight * value / view.claimant.monthly_income +
                    p.trust_weight * (trust(option, view, p) - p.trust_reference) +
                    p.attraction_weight * view.patient.attraction[channel] +
                    p.neighbours_weight * view.patient.heard[channel] + (talk && wants_talk ? p.talk_motive : 0)) /
                   p.temperature;
    }
    // Softmax relative to the best, which a fortune at stake cannot overflow; a closed option weighs nothing.
    const double best = *std::max_element(utility.begin(), utility.end());
    std::array<double, option_count> weight;
    for (std::size_t c = 0; c < option_count; ++c) weight[c] = exponential(utility[c] - best);
    const auto chosen = static_cast<ChannelOption>(draw.choose(1, weight));

    if (chosen == ChannelOption::give_up) return out.close(CaseOutcome::withdrawn, view.today);
    // (CH5) people's mediation and arbitration need both sides: c = σ(logit c_h + authority); a second mediation needs
    // both sides and the mediator once more: times m_2
    const bool mediation = chosen == ChannelOption::people_mediation,
               office = chosen == ChannelOption::administrative_mediation;
    double consent = 1;
    if (mediation || chosen == ChannelOption::arbitration)
      consent = logistic(logit(p.participation) + rules.participation_logit);
    if (state.mediated && (mediation || office)) consent *= p.second_mediation;
    if (!draw.chance(2, consent)) {
      if (mediation)
        state.refused = true;
      else
        state.tried = static_cast<std::uint8_t>(state.tried | 1 << static_cast<int>(channel_of(chosen)));
      ++state.attempts;
      return out.move(Stage::channel, 1, view.today);
    }
    enter(state, channel_of(chosen));
    switch (chosen) {
      case ChannelOption::negotiation:
        return out.move(Stage::negotiation, 0, view.today);
      case ChannelOption::court:
        return out.move(Stage::filing, 0, view.today);
      default:
        return out.move(Stage::handoff, 0, view.today);
    }
  }
};

}  // namespace parley
