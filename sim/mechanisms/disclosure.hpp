// Disclosure: a hospital tells the patient what happened and apologises, or keeps silent; who has told may also offer
// before being asked (Kachalia 2010). Page: docs/model/disclosure.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Disclosure {
  static constexpr std::string_view name = "disclosure";

  struct Params {
    double disclosure_probability = 0.25;
    double transparency_effect = 2.0;
    double fear_effect = 0.3;
    double offer_probability = 0.3;
    double generosity = 0.9;
    double apology_calming = 0.2;
  };

  static void describe(auto& field, auto& p) {
    field("disclosure_probability", p.disclosure_probability,
          Field{"d", "1", 0.05, 0.9,
                "chance that an insured hospital of middling transparency discloses an event and apologises",
                "row 36: assumed", "C"});
    field("transparency_effect", p.transparency_effect,
          Field{"d_Y", "logit", 0, 6, "rise of disclosure per unit of transparency", "assumed", "C"});
    field("fear_effect", p.fear_effect,
          Field{"d_f", "logit", 0, 3, "fall of disclosure where a hospital has no insurer behind it", "assumed", "C"});
    field("offer_probability", p.offer_probability,
          Field{"o_e", "1", 0, 1, "chance that a hospital which disclosed makes an early offer",
                "Kachalia 2010; assumed", "C"});
    field("generosity", p.generosity,
          Field{"g_e", "1", 0.3, 1.2, "early offer over what the hospital believes that it owes", "assumed", "C"});
    field("apology_calming", p.apology_calming,
          Field{"c_e", "1", 0, 1, "share of anger that an apology takes away when the claim arrives", "assumed", "C"});
  }

  // (DC1) P = σ(logit d + d_Y(Y′ − ½) − d_f·uninsured), Y′ = Y + duty·(1 − Y)
  static double probability(const HospitalView& h, double duty, const Params& p) {
    constexpr double middling = 0.5;
    const double transparency = h.transparency + duty * (1 - h.transparency);
    return logistic(logit(p.disclosure_probability) + p.transparency_effect * (transparency - middling) -
                    (h.insured ? 0 : p.fear_effect));
  }

  // (DC2) the claim of somebody who was told arrives calmer: h(1 − c_e); (DC3) with o_e the hospital offers g_e·π_h·D,
  // and the patient takes it if it reaches the own walk-away value
  static Outcome early_offer(const DisputeView& view, const WalkAwayValues& values, const Rules&, const Params& p,
                             const Draw& draw) {
    Outcome out(view.now);
    CaseState& state = out.state;
    state.anger *= 1 - p.apology_calming;
    const double offer = p.generosity * state.hospital_belief * view.injury.damages;
    if (!draw.chance(0, p.offer_probability) || offer < values.patient || offer <= 0) return out;
    enter(state, Channel::negotiation);
    state.agreed = offer;
    state.outcome = CaseOutcome::agreement;
    state.closed = view.today;
    return out.move(Stage::payment, 0, view.today);
  }
};

}  // namespace parley
