#include "sim/engine/passes.hpp"

#include <algorithm>
#include <limits>

#include "sim/engine/parallel.hpp"

namespace parley::passes {

namespace {

// What one dispute asks for today: a chain of decisions on a private copy, committed as a whole.
struct Visit {
  std::uint32_t slot = 0;
  Dispute copy;
  std::vector<Outcome> outcomes;
};

class Chain {
 public:
  Chain(const World& world, const Conduct& conduct, Visit& visit)
      : world_(world),
        place_(conduct.place),
        p_(conduct.place.parameters),
        visit_(visit),
        look_(world, conduct.place),
        view_(look_.dispute(visit.copy)) {}

  Stage stage() const { return visit_.copy.state.stage; }
  DisputeView& view() { return view_; }
  const Rules& rules() const { return world_.districts[visit_.copy.district.value].rules; }
  // Luck of this dispute in its n-th forum; `occasion` tells repeated looks of one forum apart.
  Draw draw(Decision decision, std::int32_t occasion = 0) const {
    return Draw(world_.key, decision, visit_.copy.id.packed(), static_cast<std::uint64_t>(visit_.copy.state.attempts),
                occasion);
  }
  void take(const Outcome& outcome) {
    visit_.copy.state = outcome.state;
    for (const Transfer& t : outcome.transfers)
      if (t.reason == Reason::compensation) visit_.copy.paid += t.amount;
    visit_.outcomes.push_back(outcome);
  }

  // A look at a waiting case: it may break out, and the patient may tire of it. True if the case has left its stage.
  bool wait() {
    const CaseState& now = visit_.copy.state;
    const std::int32_t days = view_.today - now.stage_since;
    const auto period = static_cast<std::int32_t>(p_.bargaining.check_days);
    if (days <= 0 || days % period != 0) return false;
    const Stage before = stage();
    const std::int32_t occasion = days / period;
    take(Disturbance::decide(view_, rules(), p_.disturbance, draw(Decision::disturbance, occasion)));
    const double floor = Bargaining::patient_reserve(view_, rules(), p_.bargaining),
                 ceiling = Bargaining::hospital_reserve(view_, rules(), p_.bargaining);
    take(Waiting::decide(view_, floor, ceiling, period, p_.waiting, draw(Decision::waiting, occasion)));
    after(before);
    return stage() != before;
  }

  void talk() {
    const Stage before = stage();
    take(Bargaining::decide(view_, rules(), p_.bargaining, draw(Decision::bargaining)));
    if (stage() == Stage::trial && view_.today >= visit_.copy.state.deadline)
      take(Trial::judge(view_, rules(), p_.trial, draw(Decision::trial)));
    after(before);
  }

  void appraise() {
    take(Appraisal::decide(view_, rules(), p_.appraisal, draw(Decision::appraisal)));
    if (visit_.outcomes.back().wait == 0) talk();
  }

  // What follows from leaving a stage: the committee is paid for how a mediation ended, and an end is felt.
  void after(Stage before) {
    if (before == Stage::mediation && stage() != Stage::mediation)
      join(CasePay::closed(view_, visit_.copy.state.outcome == CaseOutcome::agreement, rules(), p_.case_pay,
                           draw(Decision::case_pay)));
    if (before != Stage::closed && stage() == Stage::closed) finish();
  }

  void pay() {
    const Stage before = stage();
    const HospitalRow& hospital = world_.hospitals[visit_.copy.id.hospital.value];
    const Payment::Means means{world_.ledger.balance(hospital.account),
                               world_.ledger.balance(world_.districts[visit_.copy.district.value].fund)};
    take(Payment::decide(view_, means, rules(), p_.payment, draw(Decision::payment)));
    after(before);
  }

  void finish() {
    join(Trust::decide(view_, visit_.copy.paid.in_yuan(), p_.trust));
    if (visit_.copy.state.channel == Channel::people_mediation)
      join(Learning::report(view_, rules(), p_.learning, draw(Decision::feedback)));
  }

  const Parameters& parameters() const { return p_; }

 private:
  // What follows from a decision travels with it, so that commit sees an end and its consequences at once.
  void join(const Outcome& consequence) {
    Outcome& last = visit_.outcomes.back();
    for (const Transfer& t : consequence.transfers) last.transfers.add(t);
    for (const BeliefShift& b : consequence.beliefs) last.beliefs.add(b);
    last.lessons += consequence.lessons;
  }

  const World& world_;
  const Place& place_;
  const Parameters& p_;
  Visit& visit_;
  Look look_;
  DisputeView view_;
};

// Those due today at this stage, each once, in the order of ids. (A dispute that was put off and called back stands on
// the day's list twice.)
std::vector<std::uint32_t> due_at(const World& world, const Commit& commit, Stage stage) {
  std::vector<std::uint32_t> slots;
  for (const std::uint32_t slot : commit.due_today())
    if (world.disputes[slot].state.stage == stage && world.disputes[slot].due == world.today) slots.push_back(slot);
  std::sort(slots.begin(), slots.end(), [&](auto a, auto b) { return world.disputes[a].id < world.disputes[b].id; });
  slots.erase(std::unique(slots.begin(), slots.end()), slots.end());
  return slots;
}

// Those due today at this stage, decided in parallel on the frozen world, committed in the order of ids.
template <class Decide>
void pass(World& world, Commit& commit, const Conduct& conduct, Stage stage, const Decide& decide) {
  std::vector<Visit> visits;
  for (const std::uint32_t slot : due_at(world, commit, stage)) visits.push_back({slot, world.disputes[slot], {}});
  constexpr std::size_t disputes_per_block = 16;
  parallel_blocks(visits.size(), disputes_per_block, conduct.threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t v = begin; v < end; ++v) {
      Chain chain(world, conduct, visits[v]);
      decide(chain);
    }
  });
  for (const Visit& visit : visits)
    for (const Outcome& outcome : visit.outcomes) commit.apply(visit.slot, outcome);
}

void talks(World& world, Commit& commit, const Conduct& conduct, Stage stage) {
  pass(world, commit, conduct, stage, [](Chain& chain) {
    if (!chain.wait()) chain.talk();
  });
}

// Those who arrive line up; those who wait are looked at.
template <class Line>
void queue(World& world, Commit& commit, const Conduct& conduct, Stage stage, const Line& line) {
  const std::vector<std::uint32_t> arrivals = due_at(world, commit, stage);
  pass(world, commit, conduct, stage, [](Chain& chain) { chain.wait(); });
  for (const std::uint32_t slot : arrivals) {
    const Dispute& dispute = world.disputes[slot];
    if (dispute.open() && dispute.state.stage == stage) line(slot, dispute);
  }
}

// Visits one dispute outside its pass: a server has become free.
template <class Decide>
void serve(World& world, Commit& commit, const Conduct& conduct, std::uint32_t slot, const Decide& decide) {
  Visit visit{slot, world.disputes[slot], {}};
  Chain chain(world, conduct, visit);
  decide(chain);
  for (const Outcome& outcome : visit.outcomes) commit.apply(slot, outcome);
}

double* first_free(std::vector<double>& servers, std::int32_t today) {
  const auto first = std::min_element(servers.begin(), servers.end());
  return first != servers.end() && *first <= today ? &*first : nullptr;
}

}  // namespace

void claims(World& world, Commit& commit, const Conduct& conduct) {
  pass(world, commit, conduct, Stage::claim, [](Chain& chain) {
    Outcome arrived(chain.view().now);
    chain.take(arrived.move(Stage::channel, 0, chain.view().today));
  });
}

void channels(World& world, Commit& commit, const Conduct& conduct) {
  pass(world, commit, conduct, Stage::channel, [](Chain& chain) {
    chain.take(
        ChannelChoice::decide(chain.view(), chain.rules(), chain.parameters().channel, chain.draw(Decision::channel)));
    chain.after(Stage::channel);
  });
}

void handoffs(World& world, Commit& commit, const Conduct& conduct) {
  pass(world, commit, conduct, Stage::handoff, [](Chain& chain) {
    chain.take(
        CaseHandoff::decide(chain.view(), chain.rules(), chain.parameters().handoff, chain.draw(Decision::handoff)));
  });
}

void negotiations(World& world, Commit& commit, const Conduct& conduct) {
  talks(world, commit, conduct, Stage::negotiation);
}
void administration(World& world, Commit& commit, const Conduct& conduct) {
  talks(world, commit, conduct, Stage::administration);
}
void mediations(World& world, Commit& commit, const Conduct& conduct) {
  talks(world, commit, conduct, Stage::mediation);
}
void trials(World& world, Commit& commit, const Conduct& conduct) { talks(world, commit, conduct, Stage::trial); }

void payments(World& world, Commit& commit, const Conduct& conduct) {
  // One after the other in the order of ids: two cases may draw on the last of one fund.
  for (const std::uint32_t slot : due_at(world, commit, Stage::payment))
    serve(world, commit, conduct, slot, [](Chain& chain) { chain.pay(); });
}

void intake(World& world, Commit& commit, const Conduct& conduct) {
  const auto days = static_cast<std::int32_t>(conduct.place.parameters.bargaining.check_days);
  queue(world, commit, conduct, Stage::intake, [&](std::uint32_t slot, const Dispute& dispute) {
    DistrictRow& district = world.districts[dispute.district.value];
    if (dispute.state.channel == Channel::administrative_mediation)
      return commit.enqueue(slot, district.office.waiting, days);
    const HospitalRow& hospital = world.hospitals[dispute.id.hospital.value];
    const std::uint32_t position = Look(world, conduct.place).committee_position(hospital, dispute.id.patient.value);
    commit.enqueue(slot, world.committees[district.committees[position]].waiting, days);
  });

  // Each free mediator of a committee takes the case that has waited longest, until nobody is free or nobody waits.
  for (CommitteeRow& committee : world.committees) {
    while (!committee.waiting.empty()) {
      MediatorRow* chosen = nullptr;
      std::uint32_t chosen_index = 0;
      double busy = 0, posts = 0;
      for (const std::uint32_t m : committee.mediators) {
        MediatorRow& mediator = world.mediators[m];
        if (!mediator.active) continue;
        ++posts;
        if (mediator.free_on > world.today)
          ++busy;
        else if (chosen == nullptr || mediator.free_on < chosen->free_on)
          chosen = &mediator, chosen_index = m;
      }
      if (chosen == nullptr) break;
      const std::uint32_t slot = committee.waiting.front();
      commit.assign_mediator(slot, chosen_index);
      bool taken = false;
      double work = 0;
      serve(world, commit, conduct, slot, [&](Chain& chain) {
        chain.view().mediator.load = busy / posts;
        chain.take(
            Intake::decide(chain.view(), chain.rules(), chain.parameters().intake, chain.draw(Decision::intake)));
        taken = chain.stage() == Stage::mediation;
        if (!taken) return;
        work = chain.view().now.work_days;
        chain.take(CasePay::accepted(chain.view(), chain.rules()));
      });
      if (!taken) continue;
      commit.accepted(slot);
      commit.occupy(chosen->free_on, work, conduct.place.parameters.customs.working_days);
      serve(world, commit, conduct, slot, [](Chain& chain) { chain.appraise(); });
    }
  }
  // An officer of the health bureau takes the next case; an office may not refuse.
  for (DistrictRow& district : world.districts) {
    double* officer;
    while (!district.office.waiting.empty() &&
           (officer = first_free(district.office.free_on, world.today)) != nullptr) {
      const std::uint32_t slot = district.office.waiting.front();
      double work = 0;
      serve(world, commit, conduct, slot, [&](Chain& chain) {
        chain.view().mediator = Look(world, conduct.place).officer();
        chain.take(
            Intake::decide(chain.view(), chain.rules(), chain.parameters().intake, chain.draw(Decision::intake)));
        work = chain.view().now.work_days;
        chain.appraise();
      });
      commit.occupy(*officer, work, conduct.place.parameters.customs.working_days);
    }
  }
}

void filing(World& world, Commit& commit, const Conduct& conduct) {
  const auto days = static_cast<std::int32_t>(conduct.place.parameters.bargaining.check_days);
  queue(world, commit, conduct, Stage::filing, [&](std::uint32_t slot, const Dispute& dispute) {
    Docket& docket = world.districts[dispute.district.value].court.waiting;
    if (std::find(docket.begin(), docket.end(), slot) == docket.end())
      serve(world, commit, conduct, slot, [](Chain& chain) { chain.take(Trial::file(chain.view(), chain.rules())); });
    commit.enqueue(slot, docket, days);
  });
  for (DistrictRow& district : world.districts) {
    double* judge;
    while (!district.court.waiting.empty() && (judge = first_free(district.court.free_on, world.today)) != nullptr) {
      serve(world, commit, conduct, district.court.waiting.front(), [](Chain& chain) {
        chain.take(Trial::begin(chain.view(), chain.rules(), chain.parameters().trial, chain.draw(Decision::trial)));
        chain.talk();
      });
      commit.occupy(*judge, conduct.place.parameters.trial.judge_days, conduct.place.parameters.customs.working_days);
    }
  }
}

}  // namespace parley::passes
