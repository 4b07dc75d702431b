#include "sim/engine/passes.hpp"

#include <algorithm>

#include "sim/engine/chain.hpp"
#include "sim/engine/parallel.hpp"

namespace parley::passes {

namespace {

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

// Those who arrive line up; those who wait are looked at.
template <class Line>
void queue(World& world, Commit& commit, const Conduct& conduct, Stage stage, const Line& line) {
  const std::vector<std::uint32_t> arrivals = due_at(world, commit, stage);
  pass(world, commit, conduct, stage, [](Chain& chain) {
    if (!chain.wait()) chain.lapse();
  });
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
  pass(world, commit, conduct, Stage::claim, [](Chain& chain) { chain.claim(); });
}

void copycats(World& world, Commit& commit, const Conduct& conduct) {
  // Waiting cases of districts where somebody has set an example.
  std::vector<double> waiting(world.districts.size(), 0);
  const auto waits = [](const Dispute& d) {
    return d.open() && d.state.stage != Stage::claim && d.state.stage != Stage::payment && !d.state.disturbed;
  };
  const Copycat::Params& p = conduct.place.parameters.copycat;
  std::vector<double> excitation;
  bool any = false;
  for (const DistrictRow& row : world.districts) {
    excitation.push_back(Copycat::left(row.excitation.value, world.today - row.excitation.day, p));
    any = any || excitation.back() > p.least_excitation;
  }
  if (!any) return;
  for (const Dispute& d : world.disputes)
    if (waits(d)) ++waiting[d.district.value];
  std::vector<std::uint32_t> stirred;
  for (std::size_t slot = 0; slot < world.disputes.size(); ++slot) {
    const Dispute& d = world.disputes[slot];
    const std::size_t district = d.district.value;
    if (excitation[district] <= p.least_excitation || !waits(d)) continue;
    const Draw draw(world.key, Decision::copycat, d.id.packed(), 0, world.today);
    if (draw.chance(0, Copycat::chance(excitation[district], waiting[district], p)))
      stirred.push_back(static_cast<std::uint32_t>(slot));
  }
  std::sort(stirred.begin(), stirred.end(),
            [&](auto a, auto b) { return world.disputes[a].id < world.disputes[b].id; });
  for (const std::uint32_t slot : stirred) serve(world, commit, conduct, slot, [](Chain& chain) { chain.imitate(); });
}

void channels(World& world, Commit& commit, const Conduct& conduct) {
  pass(world, commit, conduct, Stage::channel, [](Chain& chain) { chain.choose(); });
}

void handoffs(World& world, Commit& commit, const Conduct& conduct) {
  pass(world, commit, conduct, Stage::handoff, [](Chain& chain) {
    chain.take(
        CaseHandoff::decide(chain.view(), chain.rules(), chain.parameters().handoff, chain.draw(Decision::handoff)));
  });
}

void talks(World& world, Commit& commit, const Conduct& conduct, Stage stage) {
  pass(world, commit, conduct, stage, [](Chain& chain) {
    if (!chain.wait()) chain.talk();
  });
}

void appeals(World& world, Commit& commit, const Conduct& conduct) {
  pass(world, commit, conduct, Stage::appeal, [](Chain& chain) { chain.hear_appeal(); });
}

void petitions(World& world, Commit& commit, const Conduct& conduct) {
  pass(world, commit, conduct, Stage::petition, [](Chain& chain) { chain.answer_petition(); });
}

void payments(World& world, Commit& commit, const Conduct& conduct) {
  // One after the other in the order of ids: two cases may draw on the last of one fund.
  for (const std::uint32_t slot : due_at(world, commit, Stage::payment))
    serve(world, commit, conduct, slot, [](Chain& chain) { chain.pay(); });
}

namespace {

// The case that a committee takes next: the most urgent, of equals the one that came first.
std::uint32_t next_case(const World& world, const Conduct& conduct, const Docket& waiting) {
  std::uint32_t chosen = waiting.front();
  double highest = -infinity;
  for (const std::uint32_t slot : waiting) {
    const double urgency = Intake::priority(world.disputes[slot], world.today, conduct.place.parameters.intake);
    if (urgency > highest) highest = urgency, chosen = slot;
  }
  return chosen;
}

struct Crew {
  std::uint32_t lead = Dispute::no_one, partner = Dispute::no_one;
  double busy = 0, posts = 0;
};

// Who has been free longest leads; the next one may sit in.
Crew free_mediators(const World& world, const CommitteeRow& committee) {
  Crew crew;
  const auto earlier = [&](std::uint32_t a, std::uint32_t b) {
    return b == Dispute::no_one || world.mediators[a].free_on < world.mediators[b].free_on;
  };
  for (const std::uint32_t m : committee.mediators) {
    const MediatorRow& mediator = world.mediators[m];
    if (!mediator.active) continue;
    ++crew.posts;
    if (mediator.free_on > world.today) {
      ++crew.busy;
    } else if (earlier(m, crew.lead)) {
      crew.partner = crew.lead;
      crew.lead = m;
    } else if (earlier(m, crew.partner)) {
      crew.partner = m;
    }
  }
  return crew;
}

// Mediators take cases until nobody is free or nobody waits.
void serve_committee(World& world, Commit& commit, const Conduct& conduct, std::size_t index) {
  const double working_days = conduct.place.parameters.customs.working_days;
  for (;;) {
    const CommitteeRow& committee = world.committees[index];
    if (committee.waiting.empty()) return;
    if (!rules_of(world, committee).mediation_open) {  // whoever waits at a closed door goes elsewhere
      serve(world, commit, conduct, committee.waiting.front(), [](Chain& chain) { chain.turn_away(); });
      continue;
    }
    const Crew crew = free_mediators(world, committee);
    const double rooms = rules_of(world, committee).rooms_per_committee;
    if (crew.lead == Dispute::no_one || crew.busy + 1 > rooms) return;
    const std::uint32_t slot = next_case(world, conduct, committee.waiting);
    const bool pairs =
        crew.partner != Dispute::no_one && Intake::pairs(world.disputes[slot], conduct.place.parameters.intake);
    commit.assign_mediators(slot, crew.lead, pairs ? crew.partner : Dispute::no_one);
    bool taken = false;
    double work = 0;
    serve(world, commit, conduct, slot, [&](Chain& chain) {
      chain.view().mediator.load = crew.busy / crew.posts;
      chain.take(Intake::decide(chain.view(), chain.rules(), Effort::customary(chain.parameters().effort), pairs,
                                chain.parameters().intake, chain.draw(Decision::intake)));
      taken = chain.stage() == Stage::mediation;
      if (!taken) return;
      work = chain.view().now.work_days;
      chain.take(CasePay::accepted(chain.view(), chain.rules()));
    });
    if (!taken) {
      commit.assign_mediators(slot, Dispute::no_one, Dispute::no_one);
      continue;
    }
    commit.accepted(slot);
    work = Intake::days_taken(work, conduct.place.numbers.host_share);
    commit.occupy(world.mediators[crew.lead].free_on, work, working_days);
    if (pairs)
      commit.occupy(world.mediators[crew.partner].free_on, work * conduct.place.parameters.intake.partner_work,
                    working_days);
    double* const officer = first_free(world.districts[committee.district].office.free_on, world.today);
    bool beside = false;
    serve(world, commit, conduct, slot, [&](Chain& chain) {
      beside = officer != nullptr && chain.officer_joins();
      chain.appraise(beside);
    });
    if (beside)
      commit.occupy(*officer,
                    Administration::work_beside(world.disputes[slot].injury, conduct.place.parameters.administration),
                    working_days);
  }
}

// Servers without a choice take the next case.
template <class Begin>
void serve_queue(World& world, Commit& commit, const Conduct& conduct, ServiceRow& service, const Begin& begin) {
  double* server;
  while (!service.waiting.empty() && (server = first_free(service.free_on, world.today)) != nullptr) {
    const std::uint32_t slot = service.waiting.front();
    double work = 0;
    serve(world, commit, conduct, slot, [&](Chain& chain) { work = begin(chain); });
    if (work > 0) commit.occupy(*server, work, conduct.place.parameters.customs.working_days);
  }
}

}  // namespace

void intake(World& world, Commit& commit, const Conduct& conduct) {
  const Parameters& p = conduct.place.parameters;
  const auto days = static_cast<std::int32_t>(p.deadline.check_days);
  queue(world, commit, conduct, Stage::intake, [&](std::uint32_t slot, const Dispute& dispute) {
    DistrictRow& district = world.districts[dispute.district.value];
    if (dispute.state.channel == Channel::administrative_mediation)
      return commit.enqueue(slot, district.office.waiting, days);
    if (dispute.state.channel == Channel::arbitration) return commit.enqueue(slot, district.panel.waiting, days);
    const HospitalRow& hospital = world.hospitals[dispute.id.hospital.value];
    const std::uint32_t position = Look(world, conduct.place).committee_position(hospital, dispute.id.patient.value);
    commit.enqueue(slot, world.committees[district.committees[position]].waiting, days);
  });
  for (std::size_t c = 0; c < world.committees.size(); ++c) serve_committee(world, commit, conduct, c);
  for (DistrictRow& district : world.districts) {
    // An office may not refuse; where it is overloaded it passes cases on to the committee.
    serve_queue(world, commit, conduct, district.office, [&](Chain& chain) {
      chain.view().mediator = Look(world, conduct.place).officer();
      chain.take(Administration::begin(chain.view(), chain.rules(), !district.committees.empty(),
                                       chain.parameters().administration, chain.draw(Decision::intake)));
      if (chain.stage() != Stage::administration) return 0.0;
      chain.appraise();
      return chain.view().now.work_days;
    });
    serve_queue(world, commit, conduct, district.panel, [&](Chain& chain) {
      chain.take(Arbitration::begin(chain.view(), chain.rules(), chain.parameters().arbitration,
                                    chain.draw(Decision::arbitration)));
      chain.talk();
      return chain.parameters().arbitration.panel_days;
    });
  }
}

void filing(World& world, Commit& commit, const Conduct& conduct) {
  const auto days = static_cast<std::int32_t>(conduct.place.parameters.deadline.check_days);
  queue(world, commit, conduct, Stage::filing, [&](std::uint32_t slot, const Dispute& dispute) {
    Docket& docket = world.districts[dispute.district.value].court.waiting;
    if (std::find(docket.begin(), docket.end(), slot) == docket.end())
      serve(world, commit, conduct, slot, [](Chain& chain) { chain.take(Trial::file(chain.view(), chain.rules())); });
    commit.enqueue(slot, docket, days);
  });
  for (DistrictRow& district : world.districts)
    serve_queue(world, commit, conduct, district.court, [](Chain& chain) {
      chain.take(Trial::begin(chain.view(), chain.rules(), chain.parameters().trial, chain.draw(Decision::trial)));
      chain.talk();
      return chain.parameters().trial.judge_days;
    });
}

}  // namespace parley::passes
