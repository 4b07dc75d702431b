// Administration: an officer of the health bureau mediates. The office may not refuse, but it may pass a case on to the
// committee when it is overloaded; a public hospital gives way more to its own authority.
// Page: docs/model/administration.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Administration {
  static constexpr std::string_view name = "administration";

  struct Params {
    double work_days = 4;
    double severe_work = 0.5;
    double overload_days = 45;
    double press = 0.3;
    double beside_work = 0.4;
  };

  static void describe(auto& field, auto& p) {
    field("work_days", p.work_days, Field{"w_a", "working day", 1, 20, "officer's work per case", "assumed", "C"});
    field("severe_work", p.severe_work,
          Field{"w_s", "1", 0, 2, "extra work in a case of permanent injury or death", "assumed", "C"});
    field("overload_days", p.overload_days,
          Field{"t_o", "day", 5, 365, "wait in the office's queue from which cases are passed on to the committee",
                "S1: convergence of people's and administrative mediation; assumed", "C"});
    field("press", p.press,
          Field{"p_a", "1", 0, 0.9, "part of its firmness that a public hospital gives up before its own authority",
                "assumed", "C"});
    field("beside_work", p.beside_work,
          Field{"w_b", "1", 0.1, 1, "officer's work beside a committee's mediator, over that of a case of the own",
                "S4: joint mediation; assumed", "C"});
  }

  static Outcome begin(const DisputeView& view, const Rules& rules, bool committee_reachable, const Params& p,
                       const Draw&) {
    Outcome out(view.now);
    CaseState& state = out.state;
    // (AM1) a queue of t_o days or more: the case goes on to the committee, over bureau and committee
    if (view.district.office_delay >= p.overload_days && rules.mediation_open && committee_reachable &&
        !tried(state, Channel::people_mediation)) {
      enter(state, Channel::people_mediation);
      state.route = Route::bureau;
      return out.move(Stage::handoff, 1, view.today + 1);  // it leaves tomorrow
    }
    // (AM2) work w_a(1 + w_s·severe)
    state.work_days = work(view.injury, p);
    // (AM3) before its own authority a public hospital holds its belief less firmly: τ_h ← τ_h(1 − p_a)
    press(state, view.hospital, p);
    state.mediated = true;
    return out.move(Stage::administration, 0, view.today);
  }

  // (AM4) of a committee's cases an officer who is free joins the share J_m, with w_b of that work and the same press;
  // to patients the table is as far as the office then
  static bool joins(const Rules& rules, const Draw& draw) { return draw.chance(0, rules.joint_mediation); }
  static double work_beside(const Injury& injury, const Params& p) { return p.beside_work * work(injury, p); }
  static Outcome beside(const DisputeView& view, const Params& p) {
    Outcome out(view.now);
    press(out.state, view.hospital, p);
    return out;
  }

 private:
  static void press(CaseState& state, const HospitalView& hospital, const Params& p) {
    if (hospital.is_public) state.hospital_precision *= 1 - p.press;
  }
  static double work(const Injury& injury, const Params& p) {
    return p.work_days * (1 + (injury.severe() ? p.severe_work : 0));
  }
};

}  // namespace parley
