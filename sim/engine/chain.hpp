// What one dispute does on a day: a chain of decisions on a private copy, each of which may lead to the next. What they
// ask for is committed as a whole; nothing here writes to the world.
#pragma once
#include <algorithm>
#include <vector>

#include "sim/engine/day.hpp"

namespace parley {

// What one dispute asks for today: a chain of decisions on a private copy, committed as a whole.
struct Visit {
  std::uint32_t slot = 0;
  Dispute copy;
  std::vector<Outcome> outcomes;
};

class Chain {
 public:
  // `patient` says what the patient trusts; without it, it is looked up when a decision first needs it.
  Chain(const World& world, const Conduct& conduct, Visit& visit, const PatientView* patient = nullptr)
      : world_(world),
        p_(conduct.place.parameters),
        visit_(visit),
        look_(world, conduct.place),
        view_(look_.dispute(visit.copy)),
        asked_(patient != nullptr) {
    if (asked_) view_.patient = *patient;
  }

  Stage stage() const { return visit_.copy.state.stage; }
  DisputeView& view() { return view_; }
  // Of the hospital; while a mediator has the case, of the committee where that has terms of its own.
  const Rules& rules() const {
    if (visit_.copy.mediator != Dispute::no_one) {
      const CommitteeRow& committee = world_.committees[world_.mediators[visit_.copy.mediator].committee];
      if (committee.own_rules != none_own) return rules_of(world_, committee);
    }
    return rules_of(world_, world_.hospitals[visit_.copy.id.hospital.value]);
  }
  const Parameters& parameters() const { return p_; }
  // Luck of this dispute in its n-th forum; `occasion` tells repeated looks of one forum apart.
  Draw draw(Decision decision, std::int32_t occasion = 0) const {
    return Draw(world_.key, decision, visit_.copy.id.packed(), static_cast<std::uint64_t>(visit_.copy.state.attempts),
                occasion);
  }
  // Luck of a look at a waiting case: the queue of a forum and its session begin to count anew, each by its own stage.
  Draw waiting(Decision decision, std::int32_t occasion) const {
    constexpr unsigned above_attempts = 40;
    const CaseState& now = visit_.copy.state;
    return Draw(world_.key, decision, visit_.copy.id.packed(),
                static_cast<std::uint64_t>(now.attempts) | static_cast<std::uint64_t>(now.stage) << above_attempts,
                occasion);
  }
  // What the patient trusts is asked for once, and only if a decision needs it: contacts have to be asked for it.
  const DisputeView& known() {
    if (!asked_) view_.patient = look_.patient_of(visit_.copy);
    asked_ = true;
    return view_;
  }
  WalkAwayValues walk_away() const { return WalkAway::decide(view_, rules(), p_.walk_away); }

  void take(const Outcome& outcome) {
    note(outcome);
    visit_.outcomes.push_back(outcome);
  }

  // A claim arrives: early warning may send somebody, an open hospital may offer before it is asked.
  void claim() {
    const bool visit_free = world_.districts[visit_.copy.district.value].visits_left >= 1;
    visit_.copy.state.trust_before = known().patient.hospital_trust;
    take(Warning::decide(known(), rules(), visit_free, p_.warning, draw(Decision::warning)));
    // A family that comes about a death has come together, and may break out.
    if (view_.injury.severity == Severity::death)
      take(Disturbance::decide(known(), rules(), p_.disturbance, draw(Decision::disturbance)));
    if (view_.injury.disclosed)
      follow(Disclosure::early_offer(view_, walk_away(), rules(), p_.disclosure, draw(Decision::disclosure)));
    if (stage() != Stage::claim) return;
    Outcome arrived(view_.now);
    follow(arrived.move(Stage::channel, 0, view_.today));
  }

  // The patient asks for advice, finds somebody to speak, and chooses a forum.
  void choose() {
    take(Consultation::decide(known(), rules(), p_.consultation, draw(Decision::consultation)));
    if (stage() == Stage::channel && view_.now.counsel == Counsel::none)
      follow(CounselChoice::decide(known(), rules(), p_.counsel, draw(Decision::counsel)));
    if (stage() == Stage::channel) {
      follow(invited(ChannelChoice::decide(known(), rules(), p_.channel, draw(Decision::channel))));
      if (stage() == Stage::filing && visit_.copy.left_mediation)
        follow(CaseHandoff::transfer(view_, rules(), p_.handoff, draw(Decision::handoff)));
    }
    after(Stage::channel);
  }

  // A look at a waiting case: it may break out, and the patient may tire of it. True if the case has left its stage.
  bool wait() {
    const CaseState& now = visit_.copy.state;
    const std::int32_t days = view_.today - now.stage_since;
    const auto period = static_cast<std::int32_t>(p_.deadline.check_days);
    if (days <= 0 || days % period != 0) return false;
    const Stage before = stage();
    const std::int32_t occasion = days / period;
    take(Disturbance::decide(known(), rules(), p_.disturbance, waiting(Decision::disturbance, occasion)));
    take(Withdrawal::decide(view_, walk_away(), period, p_.withdrawal, waiting(Decision::waiting, occasion)));
    after(before);
    return stage() != before;
  }

  // The door at which the case waits has closed.
  void turn_away() {
    Outcome out(view_.now);
    take(out.move(Stage::channel, 1, view_.today + 1));
    after(Stage::intake);
  }

  // A case that has waited too long in a queue looks for another forum.
  void lapse() {
    if (Deadline::lapsed(view_, p_.deadline)) time_is_up();
  }

  // Somebody follows an example: the case is looked at today, with its grievance stirred. Its luck has an address of
  // its own, above all numbers of attempts.
  static constexpr std::uint64_t by_example = std::uint64_t{1} << 32;
  void imitate() {
    visit_.copy.state = Copycat::moved(view_.now, view_.today, rules().customs, p_.copycat);
    take(
        Disturbance::decide(known(), rules(), p_.disturbance,
                            Draw(world_.key, Decision::disturbance, visit_.copy.id.packed(), by_example, view_.today)));
  }

  // Two offers and two walk-away values, by the protocol of the place.
  void talk() {
    const Stage before = stage();
    Outcome out(view_.now);
    if (out.state.deadline == never)
      out.state.deadline = Deadline::decide(view_, p_.deadline, draw(Decision::deadline));
    take(out);
    const WalkAwayValues values = walk_away();
    const Talks talks = plan(values);
    visit_.copy.state.asked = talks.asked;
    visit_.copy.state.offered = talks.offered;
    if (talks.settlement_day <= view_.today) {
      follow(Agreement::decide(view_, talks.settlement, rules(), p_.agreement, draw(Decision::agreement)));
      if (stage() == Stage::payment) agreed(before);
    } else if (view_.today >= view_.now.deadline) {
      time_is_up();
    } else {
      Outcome more(view_.now);
      more.wait = std::min({talks.settlement_day, view_.now.deadline,
                            view_.today + static_cast<std::int32_t>(p_.deadline.check_days)}) -
                  view_.today;
      follow(more);
    }
    after(before);
  }

  bool officer_joins() const { return Administration::joins(rules(), draw(Decision::joint)); }
  void appraise(bool officer_beside = false) {
    view_.mediator.officer_beside = officer_beside;
    if (officer_beside) take(Administration::beside(view_, p_.administration));
    take(Appraisal::decide(view_, rules(), p_.appraisal, draw(Decision::appraisal)));
    if (visit_.outcomes.back().wait == 0) talk();
  }

  // Higher court: no more talks.
  void hear_appeal() {
    take(Appeal::judge(view_, rules(), p_.appeal, draw(Decision::appeal)));
    after(Stage::appeal);
  }

  void answer_petition() {
    take(Petition::answer(known(), rules(), p_.petition, draw(Decision::petition)));
    after(Stage::petition);
  }

  void pay() {
    const Stage before = stage();
    if (view_.today > view_.now.stage_since) {  // the day on which the money is due
      take(Keeping::decide(view_, rules(), p_.keeping, draw(Decision::renege)));
      if (stage() != Stage::payment) return;
    }
    const HospitalRow& hospital = world_.hospitals[visit_.copy.id.hospital.value];
    const InsurerRow& insurer = world_.insurers[hospital.insurer];
    Payment::Means means;
    means.hospital = world_.ledger.balance(hospital.account);
    means.fund = world_.ledger.balance(world_.districts[visit_.copy.district.value].fund);
    means.insurer = world_.ledger.balance(insurer.account);
    take(Payment::decide(view_, means, rules(), p_.payment, draw(Decision::payment)));
    after(before);
  }

  // What follows from leaving a stage: the committee is paid for how a mediation ended and each side judges it, a lost
  // case may go to the government, and an end is felt.
  void after(Stage before) {
    if (before == Stage::mediation && stage() != Stage::mediation) {
      const bool agreed = stage() == Stage::payment && view_.now.outcome == CaseOutcome::agreement;
      follow(CasePay::closed(view_, agreed, rules(), p_.case_pay, draw(Decision::case_pay)));
      follow(Reputation::verdicts(view_, stage() == Stage::payment ? view_.now.agreed : 0, rules(), p_.reputation));
      follow(Precedents::documented(view_, p_.precedents, draw(Decision::feedback)));
      follow(Learning::report(view_, rules(), p_.learning, draw(Decision::lesson)));
    }
    if (before == Stage::closed || stage() != Stage::closed) return;
    if (view_.now.outcome == CaseOutcome::withdrawn || view_.now.outcome == CaseOutcome::dismissed)
      if (!view_.now.petitioned) follow(Petition::decide(known(), rules(), p_.petition, draw(Decision::petition)));
    if (stage() == Stage::closed) finish();
  }

 private:
  // Who has chosen the court may be sent to a committee before the suit is filed; what is asked for instead.
  Outcome invited(const Outcome& choice) {
    if (choice.state.stage != Stage::filing) return choice;
    const Outcome asked = Invitation::decide(known(), rules(), p_.invitation, draw(Decision::invitation));
    if (asked.state.stage != Stage::channel) return asked;
    Outcome suit = choice;
    suit.state.refused = asked.state.refused;
    for (const Transfer& t : asked.transfers) suit.transfers.add(t);
    return suit;
  }

  Talks plan(const WalkAwayValues& values) const {
    switch (static_cast<Protocol>(rules().customs.protocol)) {
      case Protocol::screening:
        return Screening::plan(view_, values, rules(), p_.screening);
      case Protocol::alternating_offers:
        return AlternatingOffers::plan(view_, values, rules(), p_.alternating_offers);
      default:
        return Concession::plan(view_, values, rules(), p_.concession);
    }
  }

  void agreed(Stage before) {
    if (before == Stage::mediation || before == Stage::administration)
      follow(Confirmation::decide(known(), rules(), p_.confirmation, draw(Decision::confirmation)));
  }

  void time_is_up() {
    switch (stage()) {
      case Stage::trial:
        follow(Trial::judge(view_, rules(), p_.trial, draw(Decision::trial)));
        follow(Appeal::decide(view_, rules(), p_.appeal, draw(Decision::appeal)));
        return;
      case Stage::arbitration:
        follow(Arbitration::award(view_, rules(), p_.arbitration, draw(Decision::arbitration)));
        return;
      default: {
        Outcome out(view_.now);
        out.state.deadline = never;
        follow(out.move(Stage::channel, 1, view_.today));
      }
    }
  }

  void finish() {
    const double paid = visit_.copy.paid.in_yuan();
    const Outcome felt = Trust::decide(known(), paid, p_.trust);
    follow(felt);
    Outcome looked_back(view_.now);
    CaseState& end = looked_back.state;
    end.satisfaction = Reputation::satisfaction(view_, paid, p_.reputation);
    end.trust_after = view_.patient.hospital_trust;
    for (const BeliefShift& b : felt.beliefs)
      if (b.object == TrustObject::hospital) end.trust_after += b.amount;
    follow(looked_back);
    follow(Lumping::after(view_, rules(), p_.lumping));
    Outcome learned(view_.now);
    if (view_.now.outcome != CaseOutcome::dropped)
      learned.channel_payoff = ChannelChoice::payoff(view_, paid, p_.channel);
    if (view_.now.counsel == Counsel::cooperative || view_.now.counsel == Counsel::aggressive)
      learned.counsel_payoff = CounselChoice::payoff(view_, paid, rules(), p_.counsel);
    follow(learned);
    if (view_.now.disturbed) follow(Disturbance::ended(view_, paid, rules(), p_.disturbance));
  }

  // What follows from a decision travels with it, so that commit sees both at once.
  void follow(const Outcome& consequence) {
    if (visit_.outcomes.empty()) return take(consequence);
    note(consequence);
    visit_.outcomes.back().then(consequence);
  }

  // The private copy follows what is asked for, so that the next decision sees it.
  void note(const Outcome& outcome) {
    visit_.copy.state = outcome.state;
    for (const Transfer& t : outcome.transfers)
      if (t.reason == Reason::compensation) visit_.copy.paid += t.amount;
  }

  const World& world_;
  const Parameters& p_;
  Visit& visit_;
  Look look_;
  DisputeView view_;
  bool asked_;
};

}  // namespace parley
