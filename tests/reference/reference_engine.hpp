// The engine again, in plain loops: everybody is stored, everything is asked for at once, every dispute is looked at on
// every day. It has no calendar of due days, no sparse patients, no thinning by bounds, no lazy look at what a patient
// trusts, no blocks of work and no threads; it shares with the real engine the decision functions, the addressed draws,
// the chain of decisions of one dispute, and the ledger with what hangs on it. Slow, and easy to believe.
//
// A `Flaw` breaks it on purpose, in the ways in which a shortcut could be wrong, so that a test sees whether the
// comparison would notice.
#pragma once
#include <algorithm>
#include <functional>
#include <vector>

#include "sim/engine/chain.hpp"
#include "sim/engine/observe.hpp"
#include "sim/engine/passes.hpp"

namespace parley::testing {

enum class Flaw { none, blames_without_contacts, memory_does_not_fade, forgets_who_is_due };

class ReferenceEngine {
 public:
  ReferenceEngine(World& world, Commit& commit, const Conduct& conduct, Flaw flaw = Flaw::none)
      : world_(world),
        commit_(commit),
        conduct_(conduct),
        p_(conduct.place.parameters),
        flaw_(flaw),
        residents_(static_cast<std::size_t>(world.population)) {
    for (std::uint32_t d = 0; d < world.districts.size(); ++d)
      for (std::int64_t i = 0; i < world.districts[d].population; ++i)
        residents_[world.districts[d].first_patient + static_cast<std::size_t>(i)].home = d;
    for (std::uint32_t person = 0; person < residents_.size(); ++person)
      world.social.each_contact(
          person, [&](std::uint32_t contact, std::uint32_t) { residents_[person].contacts.push_back(contact); });
  }

  void day(const Today& today) {
    commit_.gather_due();  // the calendar's page is turned, not read
    if (today.month_begins) passes::month_begins(world_, commit_, conduct_, today);
    encounters();
    pass(Stage::claim, [](Chain& chain) { chain.claim(); });
    copycats();
    pass(Stage::channel, [](Chain& chain) { chain.choose(); });
    talks(Stage::negotiation);
    pass(Stage::handoff, [](Chain& chain) {
      chain.take(
          CaseHandoff::decide(chain.view(), chain.rules(), chain.parameters().handoff, chain.draw(Decision::handoff)));
    });
    intake();
    for (const Stage stage : {Stage::mediation, Stage::administration, Stage::arbitration}) talks(stage);
    filing();
    talks(Stage::trial);
    pass(Stage::appeal, [](Chain& chain) { chain.hear_appeal(); });
    pass(Stage::petition, [](Chain& chain) { chain.answer_petition(); });
    for (const std::uint32_t slot : due(Stage::payment)) visit(slot, [](Chain& chain) { chain.pay(); });
    if (today.month_ends) passes::month_ends(world_, commit_, conduct_, today);
    if (today.month_ends) count_stocks(world_, conduct_.place, commit_.tally());
    commit_.check_laws();
    commit_.next_day();
  }

 private:
  struct Resident {
    std::uint32_t home = 0;
    bool remembers = false, has_learned = false;
    PatientMemory memory;
    Attractions learned{};
    std::vector<std::uint32_t> contacts;
  };
  using Decide = std::function<void(Chain&)>;

  // --- residents ---

  bool knows_nothing(const Resident& r) const {
    return !r.remembers || world_.today - r.memory.day > p_.trust.memory_days;
  }
  PatientMemory now(const Resident& r) const {
    PatientMemory m = r.memory;
    if (knows_nothing(r)) return {{}, 0, 0, world_.today};
    const double days = flaw_ == Flaw::memory_does_not_fade ? 0 : world_.today - m.day;
    const auto left = static_cast<float>(Trust::remaining(1, days, p_.trust));
    for (float& shift : m.trust) shift *= left;
    m.harm *= left;
    m.anger = static_cast<float>(Lumping::left(m.anger, days, p_.customs));
    m.day = world_.today;
    return m;
  }
  Resident& touched(std::uint32_t person) {
    Resident& r = residents_[person];
    if (knows_nothing(r)) r.has_learned = false, r.learned = {};
    r.memory = now(r);
    r.remembers = true;
    return r;
  }
  PatientView trusts(std::uint32_t person, const Baselines& baselines, bool with_contacts = true) const {
    const Resident& me = residents_[person];
    const PatientMemory own = now(me);
    const DistrictRow& home = world_.districts[me.home];
    const Look look(world_, conduct_.place);
    const double media_loss = p_.trust.media_loss * look.media(home),
                 anger = Lumping::trust_loss(own.anger, p_.lumping);
    std::array<double, trust_object_count> pulled{};
    std::array<double, channel_count> heard{};
    for (const std::uint32_t contact : me.contacts) {
      const Resident& other = residents_[contact];
      if (knows_nothing(other) || !with_contacts) continue;
      for (std::size_t o = 0; o < trust_object_count; ++o)
        pulled[o] += Trust::pulled(other.memory.trust[o], own.trust[o], world_.today - other.memory.day, p_.trust);
      if (other.has_learned)
        for (std::size_t c = 0; c < channel_count; ++c) heard[c] += other.learned[c];
    }
    const double ties = static_cast<double>(me.contacts.size());
    const auto joined = [&](TrustObject object) {
      const bool treats = object == TrustObject::hospital || object == TrustObject::doctor;
      const double alone = baselines[at(object)] + own.trust[at(object)];
      return std::clamp((treats ? alone - media_loss - anger : alone) + (ties > 0 ? pulled[at(object)] / ties : 0), 0.0,
                        1.0);
    };
    PatientView view;
    view.hospital_trust = joined(TrustObject::hospital);
    view.doctor_trust = joined(TrustObject::doctor);
    view.committee_trust = joined(TrustObject::committee);
    view.court_trust = joined(TrustObject::court);
    view.government_trust = joined(TrustObject::government);
    view.anger_stock = own.anger;
    for (std::size_t c = 0; c < channel_count; ++c) {
      view.heard[c] = ties > 0 ? heard[c] / ties : 0;
      if (me.has_learned && !knows_nothing(me)) view.attraction[c] = me.learned[c];
    }
    return view;
  }

  // --- disputes ---

  void apply(std::uint32_t slot, const Outcome& outcome) {
    const Dispute dispute = world_.disputes[slot];
    commit_.apply(slot, outcome);
    const std::uint32_t person = dispute.id.patient.value;
    for (const BeliefShift& b : outcome.beliefs)
      touched(person).memory.trust[at(b.object)] += static_cast<float>(b.amount);
    if (outcome.residual_anger >= 0) touched(person).memory.anger = static_cast<float>(outcome.residual_anger);
    if (outcome.channel_payoff != Outcome::none) {
      Resident& r = residents_[person];
      float& attraction = r.learned[static_cast<std::size_t>(outcome.state.channel)];
      attraction = static_cast<float>(ChannelChoice::learned(attraction, outcome.channel_payoff, p_.channel));
      r.has_learned = true;
    }
  }

  std::vector<Outcome> decided(const Dispute& dispute, std::uint32_t slot, const Decide& decide) const {
    Visit visit{slot, dispute, {}};
    const Look look(world_, conduct_.place);
    const PatientView patient = trusts(dispute.id.patient.value, look.trust(dispute.id.patient.value));
    Chain chain(world_, conduct_, visit, &patient);
    decide(chain);
    return visit.outcomes;
  }

  void visit(std::uint32_t slot, const Decide& decide) {
    for (const Outcome& outcome : decided(world_.disputes[slot], slot, decide)) apply(slot, outcome);
  }

  std::vector<std::uint32_t> due(Stage stage) const {
    std::vector<std::uint32_t> slots;
    for (std::uint32_t slot = 0; slot < world_.disputes.size(); ++slot) {
      const Dispute& d = world_.disputes[slot];
      if (flaw_ == Flaw::forgets_who_is_due && (world_.today + static_cast<std::int32_t>(slot)) % 97 == 0) continue;
      if (d.open() && d.state.stage == stage && d.due == world_.today) slots.push_back(slot);
    }
    std::sort(slots.begin(), slots.end(),
              [&](auto a, auto b) { return world_.disputes[a].id < world_.disputes[b].id; });
    return slots;
  }

  // All of a stage decide on what they see in the morning of that pass; then it happens.
  void pass(Stage stage, const Decide& decide) {
    std::vector<std::pair<std::uint32_t, std::vector<Outcome>>> asked;
    for (const std::uint32_t slot : due(stage)) asked.emplace_back(slot, decided(world_.disputes[slot], slot, decide));
    for (const auto& [slot, outcomes] : asked)
      for (const Outcome& outcome : outcomes) apply(slot, outcome);
  }
  void talks(Stage stage) {
    pass(stage, [](Chain& chain) {
      if (!chain.wait()) chain.talk();
    });
  }

  void copycats() {
    std::vector<std::uint32_t> stirred;
    for (std::uint32_t slot = 0; slot < world_.disputes.size(); ++slot) {
      const Dispute& d = world_.disputes[slot];
      const DistrictRow& district = world_.districts[d.district.value];
      const double excitation =
          Copycat::left(district.excitation.value, world_.today - district.excitation.day, p_.copycat);
      if (!waits(d) || excitation <= p_.copycat.least_excitation) continue;
      double waiting = 0;
      for (const Dispute& other : world_.disputes) waiting += waits(other) && other.district == d.district ? 1 : 0;
      const Draw draw(world_.key, Decision::copycat, d.id.packed(), 0, world_.today);
      if (draw.uniform(0) < Copycat::chance(excitation, waiting, p_.copycat)) stirred.push_back(slot);
    }
    std::sort(stirred.begin(), stirred.end(),
              [&](auto a, auto b) { return world_.disputes[a].id < world_.disputes[b].id; });
    for (const std::uint32_t slot : stirred) visit(slot, [](Chain& chain) { chain.imitate(); });
  }
  static bool waits(const Dispute& d) {
    return d.open() && d.state.stage != Stage::claim && d.state.stage != Stage::payment && !d.state.disturbed;
  }

  // --- queues ---

  void line_up(Stage stage, const std::function<void(std::uint32_t, const Dispute&)>& line) {
    const std::vector<std::uint32_t> arrivals = due(stage);
    pass(stage, [](Chain& chain) {
      if (!chain.wait()) chain.lapse();
    });
    for (const std::uint32_t slot : arrivals)
      if (world_.disputes[slot].open() && world_.disputes[slot].state.stage == stage) line(slot, world_.disputes[slot]);
  }

  void intake() {
    const auto days = static_cast<std::int32_t>(p_.deadline.check_days);
    line_up(Stage::intake, [&](std::uint32_t slot, const Dispute& d) {
      DistrictRow& district = world_.districts[d.district.value];
      const HospitalRow& hospital = world_.hospitals[d.id.hospital.value];
      Docket* docket = &district.office.waiting;
      if (d.state.channel == Channel::arbitration) docket = &district.panel.waiting;
      if (d.state.channel == Channel::people_mediation)
        docket = &world_.committees[district.committees[d.id.patient.value % hospital.refers.size()]].waiting;
      commit_.enqueue(slot, *docket, days);
    });
    for (CommitteeRow& committee : world_.committees)
      while (!committee.waiting.empty() && take_next(committee)) {
      }
    for (DistrictRow& district : world_.districts) {
      serve(district.office, [&](Chain& chain) {
        chain.view().mediator = Look(world_, conduct_.place).officer();
        chain.take(Administration::begin(chain.view(), chain.rules(), !district.committees.empty(), p_.administration,
                                         chain.draw(Decision::intake)));
        if (chain.stage() != Stage::administration) return 0.0;
        chain.appraise();
        return chain.view().now.work_days;
      });
      serve(district.panel, [&](Chain& chain) {
        chain.take(Arbitration::begin(chain.view(), chain.rules(), p_.arbitration, chain.draw(Decision::arbitration)));
        chain.talk();
        return p_.arbitration.panel_days;
      });
    }
  }

  // The most urgent case goes to who has been free longest; false if nobody is free.
  bool take_next(CommitteeRow& committee) {
    if (!rules_of(world_, committee).mediation_open) {
      visit(committee.waiting.front(), [](Chain& chain) { chain.turn_away(); });
      return true;
    }
    std::vector<std::uint32_t> free;
    double posts = 0, busy = 0;
    for (const std::uint32_t m : committee.mediators) {
      if (!world_.mediators[m].active) continue;
      ++posts;
      if (world_.mediators[m].free_on > world_.today)
        ++busy;
      else
        free.push_back(m);
    }
    if (free.empty() || busy + 1 > rules_of(world_, committee).rooms_per_committee) return false;
    std::stable_sort(free.begin(), free.end(),
                     [&](auto a, auto b) { return world_.mediators[a].free_on < world_.mediators[b].free_on; });
    const std::uint32_t slot =
        *std::max_element(committee.waiting.begin(), committee.waiting.end(), [&](std::uint32_t a, std::uint32_t b) {
          return Intake::priority(world_.disputes[a], world_.today, p_.intake) <
                 Intake::priority(world_.disputes[b], world_.today, p_.intake);
        });
    const bool pairs = free.size() > 1 && Intake::pairs(world_.disputes[slot], p_.intake);
    commit_.assign_mediators(slot, free[0], pairs ? free[1] : Dispute::no_one);
    double work = 0;
    bool taken = false;
    visit(slot, [&](Chain& chain) {
      chain.view().mediator.load = busy / posts;
      chain.take(Intake::decide(chain.view(), chain.rules(), Effort::customary(p_.effort), pairs, p_.intake,
                                chain.draw(Decision::intake)));
      taken = chain.stage() == Stage::mediation;
      work = chain.view().now.work_days;
      if (taken) chain.take(CasePay::accepted(chain.view(), chain.rules()));
    });
    if (!taken) {
      commit_.assign_mediators(slot, Dispute::no_one, Dispute::no_one);
      return true;
    }
    commit_.accepted(slot);
    work /= 1 - conduct_.place.numbers.host_share;
    commit_.occupy(world_.mediators[free[0]].free_on, work, p_.customs.working_days);
    if (pairs)
      commit_.occupy(world_.mediators[free[1]].free_on, work * p_.intake.partner_work, p_.customs.working_days);
    std::vector<double>& officers = world_.districts[committee.district].office.free_on;
    const auto officer = std::min_element(officers.begin(), officers.end());
    const bool free_officer = officer != officers.end() && *officer <= world_.today;
    bool beside = false;
    visit(slot, [&](Chain& chain) {
      beside = free_officer && chain.officer_joins();
      chain.appraise(beside);
    });
    if (beside)
      commit_.occupy(*officer, Administration::work_beside(world_.disputes[slot].injury, p_.administration),
                     p_.customs.working_days);
    return true;
  }

  void serve(ServiceRow& service, const std::function<double(Chain&)>& begin) {
    while (!service.waiting.empty() && !service.free_on.empty()) {
      const auto first = std::min_element(service.free_on.begin(), service.free_on.end());
      if (*first > world_.today) return;
      const std::uint32_t slot = service.waiting.front();
      double work = 0;
      visit(slot, [&](Chain& chain) { work = begin(chain); });
      if (work > 0) commit_.occupy(*first, work, p_.customs.working_days);
    }
  }

  void filing() {
    const auto days = static_cast<std::int32_t>(p_.deadline.check_days);
    line_up(Stage::filing, [&](std::uint32_t slot, const Dispute& d) {
      Docket& docket = world_.districts[d.district.value].court.waiting;
      if (std::count(docket.begin(), docket.end(), slot) == 0)
        visit(slot, [](Chain& chain) { chain.take(Trial::file(chain.view(), chain.rules())); });
      commit_.enqueue(slot, docket, days);
    });
    for (DistrictRow& district : world_.districts)
      serve(district.court, [&](Chain& chain) {
        chain.take(Trial::begin(chain.view(), chain.rules(), p_.trial, chain.draw(Decision::trial)));
        chain.talk();
        return p_.trial.judge_days;
      });
  }

  // --- encounters ---

  struct Harmed {
    std::uint32_t person;
    double hospital, doctor, anger, harm;
  };
  struct Opened {
    Dispute dispute;
    std::int32_t due;
    std::vector<Outcome> disturbance;
  };

  void encounters() {
    std::vector<std::vector<Harmed>> harmed(world_.hospitals.size());
    std::vector<std::vector<Opened>> opened(world_.hospitals.size());
    std::vector<std::array<std::int64_t, 5>> counts(world_.hospitals.size());
    for (std::uint32_t h = 0; h < world_.hospitals.size(); ++h) {
      const HospitalRow& hospital = world_.hospitals[h];
      const Draw counting(world_.key, Decision::encounter_count, h, 0, world_.today);
      std::uint32_t candidates = 0;
      for (std::uint32_t part = 0; part < hospital.counting_draws; ++part)
        candidates += quantile(counting.uniform(part), hospital);
      for (std::uint32_t ordinal = 0; ordinal < candidates; ++ordinal)
        meet(h, ordinal, counts[h], harmed[h], opened[h]);
    }
    for (std::uint32_t h = 0; h < world_.hospitals.size(); ++h) {
      const std::size_t d = world_.hospitals[h].district;
      constexpr std::array<Metric, 4> metrics = {Metric::adverse_events, Metric::negligent_events, Metric::named,
                                                 Metric::blamed};
      for (std::size_t m = 0; m < metrics.size(); ++m) commit_.tally().add(metrics[m], d, counts[h][m]);
      commit_.complained(d, counts[h][4]);
      for (const Harmed& one : harmed[h]) {
        commit_.harmed(residents_[one.person].home, one.person, one.hospital, one.doctor, one.anger, one.harm);
        Resident& r = touched(one.person);
        r.memory.trust[at(TrustObject::hospital)] += static_cast<float>(one.hospital);
        r.memory.trust[at(TrustObject::doctor)] += static_cast<float>(one.doctor);
        if (one.anger > 0) r.memory.anger = static_cast<float>(Lumping::joined(r.memory.anger, one.anger));
        r.memory.harm = static_cast<float>(Lumping::joined(r.memory.harm, one.harm));
      }
      for (const Opened& one : opened[h]) {
        const std::uint32_t slot = commit_.open(one.dispute, one.due);
        for (const Outcome& outcome : one.disturbance) apply(slot, outcome);
      }
    }
  }

  static std::uint32_t quantile(double u, const HospitalRow& hospital) {
    double probability = hospital.count_zero, below = probability;
    std::uint32_t k = 0;
    while (u > below && probability > 0) {
      ++k;
      probability *= hospital.count_mean / k;
      below += probability;
    }
    return k;
  }

  void meet(std::uint32_t h, std::uint32_t ordinal, std::array<std::int64_t, 5>& counts, std::vector<Harmed>& harmed,
            std::vector<Opened>& opened) const {
    const HospitalRow& hospital = world_.hospitals[h];
    const Look look(world_, conduct_.place);
    const Draw draw(world_.key, Decision::encounter, h, ordinal, world_.today);
    const EncounterEvent event = Encounter::decide(draw.uniform(0), hospital.event_rate,
                                                   Encounter::bad_outcome_rate(hospital.view, p_.encounter),
                                                   hospital.event_ceiling + hospital.bad_outcome_ceiling);
    if (event == EncounterEvent::nothing) return;
    Injury injury;
    injury.by_care = event == EncounterEvent::adverse_event;
    injury.severity = Harm::severity(draw.uniform(3), p_.harm);
    injury.negligent = Harm::negligent(draw.uniform(4), injury.severity, injury.by_care, p_.harm);
    injury.disclosed = injury.by_care && draw.uniform(5) < hospital.disclosure;
    injury.specialty = Encounter::specialty(draw.uniform(17), hospital.event_mix);
    injury.doctor = Doctor::who(draw.uniform(18), hospital.doctor_count, *world_.risk_curve);
    Damages::assess(injury, conduct_.place.numbers.income_index, p_.damages, draw.normal(11), draw.uniform(12));
    if (injury.by_care) counts[0] += 1, counts[1] += injury.negligent;

    // Who it was: of the hospital's own district, or of another one by the weights of its ties.
    std::uint32_t home = hospital.district;
    double left = hospital.elsewhere.empty() ? -1 : draw.uniform(1) - world_.graph[hospital.home].weight;
    for (const Edge& edge : hospital.elsewhere) {
      if (left < 0) break;
      home = world_.graph[boost::target(edge, world_.graph)].district;
      left -= world_.graph[edge].weight;
    }
    const std::uint32_t person =
        world_.districts[home].first_patient +
        static_cast<std::uint32_t>(draw.below(2, static_cast<std::uint64_t>(world_.districts[home].population)));
    const Claimant who = look.claimant(person, home);
    const PatientMemory memory = now(residents_[person]);
    const Baselines baselines = look.trust(person);
    const PatientView heard = trusts(person, baselines, flaw_ != Flaw::blames_without_contacts);
    const PatientView alone = look.alone(baselines, memory, home);

    if (draw.uniform(6) >=
        Naming::probability(injury.severity, injury.by_care, injury.disclosed, who.law_knowledge, p_.naming))
      return;
    counts[2] += 1;
    const double weight = p_.claim.anger_by_severity[static_cast<std::size_t>(injury.severity)];
    harmed.push_back({person, Trust::after_harm(std::clamp(alone.hospital_trust, 0.0, 1.0), weight, p_.trust),
                      Trust::after_harm(std::clamp(alone.doctor_trust, 0.0, 1.0), weight, p_.trust), 0, weight});
    Blaming::Grievance grievance;
    grievance.severity = injury.severity;
    grievance.negligent = injury.negligent;
    grievance.disclosed = injury.disclosed;
    grievance.trust = Blaming::trust(heard.doctor_trust, heard.hospital_trust, p_.blaming);
    grievance.communication = look.communication(hospital, injury.doctor);
    grievance.out_of_pocket = look.out_of_pocket(person, rules_of(world_, hospital).bill_cover);
    grievance.anger_stock = memory.anger;
    grievance.harm_stock = memory.harm;
    grievance.signal = draw.normal(19);
    if (draw.uniform(7) >= Blaming::probability(grievance, p_.blaming)) return;
    counts[3] += 1;
    if (Blaming::complains(draw.uniform(8), injury.severity, p_.blaming)) counts[4] += 1;
    const PlaceNumbers& n = conduct_.place.numbers;
    constexpr double months = 12;
    const double value = p_.claim.perceived_share * injury.damages / (n.urban_income * n.income_index / months);
    if (draw.uniform(9) >=
        Claim::probability(who, injury.severity, value, Lumping::joined(memory.anger, weight), p_.claim)) {
      harmed.back().anger = Lumping::residual(weight, p_.lumping);
      return;
    }

    Opened made;
    Dispute& d = made.dispute;
    d.id = {PatientId{person}, HospitalId{h}, world_.today, ordinal};
    d.district = DistrictId{hospital.district};
    d.injury = injury;
    d.claimant = who;
    std::int32_t wait = Claim::delay_days(draw.uniform(10), p_.claim);
    const auto claimed = [&](std::int32_t day) {
      d.state = Claim::opened(injury, who, memory.anger, grievance.signal, day, p_.customs, p_.claim, draw.normal(13),
                              draw.normal(14), draw.normal(15));
      d.state.stage = Stage::claim;
    };
    claimed(world_.today);
    if (injury.severity == Severity::death) {
      DisputeView view = look.dispute(d);
      view.patient = trusts(person, baselines);
      const Draw luck(world_.key, Decision::disturbance, d.id.packed(), 0, 0);
      const Outcome out = Disturbance::decide(view, rules_of(world_, hospital), p_.disturbance, luck);
      if (out.disturbances > 0) {
        const std::int32_t gathered = Disturbance::gathered_after(p_.disturbance, luck);
        if (gathered == 0) made.disturbance.push_back(out);
        if (wait == never || wait > gathered) wait = gathered;
      }
    }
    if (wait == never) return;
    if (wait > 0) claimed(world_.today + wait);
    made.due = world_.today + wait;
    opened.push_back(made);
  }

  World& world_;
  Commit& commit_;
  const Conduct conduct_;
  const Parameters& p_;
  const Flaw flaw_;
  std::vector<Resident> residents_;
};

}  // namespace parley::testing
