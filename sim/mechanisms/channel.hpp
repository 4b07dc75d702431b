// Channel: the patient chooses a forum, or gives up. What a forum is expected to bring, how long it takes, what it
// costs, whom one trusts and what one knows decide; the law and the other side's consent gate the set. Page:
// docs/model/channel.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

enum class ChannelOption : std::uint8_t { negotiation, people_mediation, administrative_mediation, court, give_up };
inline constexpr std::size_t option_count = 5;
inline constexpr std::array<const char*, option_count> option_names = {"negotiation", "people_mediation",
                                                                       "administrative_mediation", "court", "give_up"};

struct ChannelChoice {
  static constexpr std::string_view name = "channel";

  struct Params {
    std::array<double, option_count> habit = {1.6, 1.3, -0.2, -0.6, -1.5};
    std::array<double, option_count> expected_share = {0.6, 0.75, 0.65, 1.0, 0};
    double value_weight = 0.01;
    double trust_weight = 2.0;
    double trust_reference = 0.65;
    double talks_delay = 45;
    double participation = 0.85;
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
    field("talks_delay", p.talks_delay,
          Field{"t_n", "day", 10, 120, "time that talks outside a court are expected to take", "assumed", "C"});
    field("participation", p.participation,
          Field{"c_h", "1", 0.5, 1, "hospital consents to mediation, at customary authority",
                "row 61: Korea 59.9 % voluntary, 66.8 % all", "B"});
    field("referral_inclination", p.referral_inclination,
          Field{"r", "1", 0, 1, "hospital is inclined to point a patient at the committee",
                "director's report of hospitals bypassing committees; assumed", "C"});
    field("temperature", p.temperature, Field{"T", "1", 0.2, 3, "softmax temperature", "row 68: assumed", "C"});
  }

  static Channel channel_of(ChannelOption option) {
    constexpr std::array<Channel, option_count> channels = {Channel::negotiation, Channel::people_mediation,
                                                            Channel::administrative_mediation, Channel::court,
                                                            Channel::none};
    return channels[static_cast<std::size_t>(option)];
  }
  static bool tried(const CaseState& state, Channel channel) { return (state.tried >> static_cast<int>(channel)) & 1; }

  static Outcome decide(const DisputeView& view, const Rules& rules, const Params& p, const Draw& draw) {
    Outcome out(view.now);
    CaseState& state = out.state;
    // (CH1) the hospital points at the committee with r·p_e: it is inclined to, and its referral arrives over the edge
    if (!state.referred && draw.chance(0, p.referral_inclination * view.referral.probability)) state.referred = true;
    const bool known = view.claimant.aware || state.referred;

    // (CH2) U_c = h_c + ω_v(s_c·π_p·D·e^(−r_p τ_c) − cost_c)/income + ω_T(T_c − T̄)
    const double believed = state.patient_belief * view.injury.damages;
    const double suit_cost = rules.court.lawyer_fixed + rules.court.lawyer_share * believed +
                             rules.court.court_fee(believed) +
                             rules.court.appraisal_use * rules.court.appraisal_fee_association;
    std::array<double, option_count> utility;
    utility.fill(-infinity);
    for (std::size_t c = 0; c < option_count; ++c) {
      const auto option = static_cast<ChannelOption>(c);
      const Channel channel = channel_of(option);
      const bool court = option == ChannelOption::court, mediation = option == ChannelOption::people_mediation;
      const bool open_to =
          option == ChannelOption::give_up ||
          (!tried(state, channel) &&
           (!mediation || (rules.mediation_open && view.district.committee && known && !state.refused)));
      if (!open_to) continue;
      const double delay = court       ? view.district.court_delay
                           : mediation ? p.talks_delay + view.district.mediation_delay
                                       : p.talks_delay;
      const double value =
          p.expected_share[c] * believed * exponential(-rules.customs.discount_patient * delay / days_per_year) -
          (court ? suit_cost : 0);
      const double trust = mediation                              ? view.patient.committee_trust
                           : option == ChannelOption::negotiation ? view.patient.hospital_trust
                                                                  : p.trust_reference;
      utility[c] = (p.habit[c] + p.value_weight * value / view.claimant.monthly_income +
                    p.trust_weight * (trust - p.trust_reference)) /
                   p.temperature;
    }
    // Softmax relative to the best, which a fortune at stake cannot overflow; a closed option weighs nothing.
    const double best = *std::max_element(utility.begin(), utility.end());
    std::array<double, option_count> weight;
    for (std::size_t c = 0; c < option_count; ++c) weight[c] = exponential(utility[c] - best);
    const auto chosen = static_cast<ChannelOption>(draw.choose(1, weight));
    const Channel channel = channel_of(chosen);

    if (chosen == ChannelOption::give_up) return out.close(CaseOutcome::withdrawn, view.today);
    // (CH3) mediation needs both sides: c = σ(logit c_h + authority)
    if (chosen == ChannelOption::people_mediation &&
        !draw.chance(2, logistic(logit(p.participation) + rules.participation_logit))) {
      state.refused = true;
      ++state.attempts;
      return out.move(Stage::channel, 1, view.today);
    }
    enter(state, channel);
    switch (channel) {
      case Channel::negotiation:
        return out.move(Stage::negotiation, 0, view.today);
      case Channel::court:
        return out.move(Stage::filing, 0, view.today);
      default:
        return out.move(Stage::handoff, 0, view.today);
    }
  }
};

}  // namespace parley
