#include "sim/engine/commit.hpp"

#include <algorithm>

#include "sim/engine/look.hpp"
#include "sim/world/state.hpp"

namespace parley {

namespace {

constexpr double millionths = 1e6;

}  // namespace

// --- disputes -------------------------------------------------------------------------------------------------------

std::uint32_t Commit::open(const Dispute& dispute, std::int32_t due) {
  std::uint32_t slot;
  if (world_.free_slots.empty()) {
    slot = static_cast<std::uint32_t>(world_.disputes.size());
    world_.disputes.push_back(dispute);
  } else {
    slot = world_.free_slots.back();
    world_.free_slots.pop_back();
    world_.disputes[slot] = dispute;
  }
  schedule(slot, due);
  return slot;
}

void Commit::schedule(std::uint32_t slot, std::int32_t due) {
  Dispute& dispute = world_.disputes[slot];
  if (due == world_.today && dispute.due == due) return;  // already on today's list
  dispute.due = due;
  if (due == world_.today) {
    due_today_.push_back(slot);
    return;
  }
  const auto position = static_cast<std::size_t>(due - world_.first_day);
  if (position < world_.calendar.size()) world_.calendar[position].push_back({slot, dispute.id.packed()});
}

void Commit::gather_due() {
  due_today_.clear();
  auto& entries = world_.calendar[static_cast<std::size_t>(world_.today - world_.first_day)];
  for (const World::Due& entry : entries) {
    const Dispute& dispute = world_.disputes[entry.slot];
    if (dispute.open() && dispute.due == world_.today && dispute.id.packed() == entry.id)
      due_today_.push_back(entry.slot);
  }
  std::vector<World::Due>().swap(entries);
}

Account Commit::account(const Dispute& dispute, Role role, Reason reason) const {
  const DistrictRow& district = world_.districts[dispute.district.value];
  switch (role) {
    case Role::patient:
      return district.patients;
    case Role::hospital:
      return world_.hospitals[dispute.id.hospital.value].account;
    case Role::staff:
      return district.staff;
    case Role::insurer:
      return world_.insurers[world_.hospitals[dispute.id.hospital.value].insurer].account;
    case Role::fund:
      return district.fund;
    case Role::government:
      return district.agencies[static_cast<std::size_t>(terms_of(reason).payer)].account;
    case Role::committee: {
      const HospitalRow& hospital = world_.hospitals[dispute.id.hospital.value];
      const std::uint32_t position = Look(world_, place_).committee_position(hospital, dispute.id.patient.value);
      return world_.providers[world_.committees[district.committees[position]].provider].account;
    }
    case Role::court:
      return district.court_account;
    case Role::lawyers:
      return district.lawyers;
    case Role::experts:
      return district.experts;
    case Role::arbitration:
      return district.arbitration;
    case Role::society:
      return world_.society;
  }
  throw BrokenLaw("a transfer names no party");
}

void Commit::transfer(std::size_t district, Account from, Account to, Money amount, Reason reason, std::uint64_t id) {
  world_.ledger.transfer(from, to, amount, reason);
  if (amount.cents != 0) tally_.paid(world_.today, from, to, reason, amount, id);
  bool by_public = false;
  if (reason != Reason::appropriation)
    for (AgencyRow& agency : world_.districts[district].agencies)
      if (from == agency.account) {
        by_public = true;
        agency.spent_this_year += amount;
        (terms_of(reason).kind == ReasonTerms::programme ? agency.programmes_month : agency.duties_month) += amount;
        tally_.add(Metric::public_outlay, district, amount.cents);
      }
  if (terms_of(reason).counts == ReasonTerms::handling) tally_.add(Metric::system_cost, district, amount.cents);
  if (terms_of(reason).counts == ReasonTerms::funding && !by_public)  // hospitals and donors give through society
    tally_.add(from == world_.society ? Metric::committees_by_hospitals : Metric::committees_by_insurers, district,
               amount.cents);
  if (reason == Reason::fund_contribution) tally_.add(Metric::fund_contributions, district, amount.cents);
  // Society's own capital is in providers and in insurers at their start.
  if (reason == Reason::capital && from != world_.society && to != world_.society)
    tally_.add(Metric::insurer_capital, district, amount.cents);
}

void Commit::apply(std::uint32_t slot, const Outcome& outcome) {
  const CaseState before = world_.disputes[slot].state;
  Dispute& dispute = world_.disputes[slot];
  const std::size_t d = dispute.district.value;
  dispute.state = outcome.state;

  for (const Transfer& t : outcome.transfers) {
    transfer(d, account(dispute, t.from, t.reason), account(dispute, t.to, t.reason), t.amount, t.reason,
             dispute.id.packed());
    if (t.reason == Reason::compensation) compensated(dispute, t);
  }
  learn(dispute, outcome);
  if (outcome.disturbances > 0) broke_out(dispute, outcome);
  if (outcome.estimate_error >= 0) {
    tally_.add(Metric::estimates, d, 1);
    tally_.add(Metric::estimate_error, d, static_cast<std::int64_t>(outcome.estimate_error * millionths));
  }
  if (outcome.expert_asked) ask_expert(world_.districts[d], dispute.injury.specialty);
  if (outcome.lessons > 0) {
    world_.hospitals[dispute.id.hospital.value].lessons += outcome.lessons;
    if (CommitteeRow* const committee = committee_of(dispute))
      committee->lessons[world_.committee_month] += outcome.lessons;
    tally_.add(Metric::lessons, d, outcome.lessons);
  }

  if (dispute.state.stage != before.stage) {
    for (std::size_t s = 0; s < dated_stages.size(); ++s)
      if (dated_stages[s] == dispute.state.stage && dispute.entered[s] == never) dispute.entered[s] = world_.today;
    tally_.stage(dispute, before.stage, world_.today);
  }
  count_transitions(dispute, before);
  if (dispute.state.stage != before.stage && (before.stage == Stage::intake || before.stage == Stage::filing))
    leave_queue(slot);
  if (!dispute.open()) return finish(slot);
  if (outcome.wait > 0 || dispute.state.stage != before.stage) schedule(slot, world_.today + outcome.wait);
}

// Who bore it, for the record, for the hospital's premium and for the insurer's year.
void Commit::compensated(Dispute& dispute, const Transfer& paid) {
  const std::size_t d = dispute.district.value;
  HospitalRow& liable = world_.hospitals[dispute.id.hospital.value];
  dispute.paid += paid.amount;
  liable.paid_this_year += paid.amount.in_yuan();
  if (paid.from == Role::insurer) {
    liable.insured_paid += paid.amount.in_yuan();
    world_.insurers[liable.insurer].claims_year += paid.amount.in_yuan();
  }
  tally_.add(Metric::paid, d, paid.amount.cents);
  tally_.add(Metric::indirect_cost, d,
             Money::yuan(Learning::indirect(paid.amount.in_yuan(), place_.parameters.learning)).cents);
  const Payer payer = paid.from == Role::insurer      ? Payer::insurer
                      : paid.from == Role::fund       ? Payer::fund
                      : paid.from == Role::government ? Payer::government
                                                      : Payer::hospital;
  constexpr std::array<Metric, payer_count> metrics = {Metric::paid_by_hospital, Metric::paid_by_insurer,
                                                       Metric::paid_by_fund, Metric::paid_by_government};
  dispute.paid_by[static_cast<std::size_t>(payer)] += paid.amount;
  tally_.add(metrics[static_cast<std::size_t>(payer)], d, paid.amount.cents);
}

// What the patient, the lawyers, the doctor, the police and the committee take from it.
void Commit::learn(const Dispute& dispute, const Outcome& outcome) {
  const Parameters& p = place_.parameters;
  DistrictRow& district = world_.districts[dispute.district.value];
  const std::uint32_t home = dispute.claimant.home.value, patient = dispute.id.patient.value;
  for (const BeliefShift& b : outcome.beliefs) shift(home, patient, b.object, b.amount);
  if (outcome.residual_anger >= 0) remember_anger(home, patient, outcome.residual_anger);
  if (outcome.channel_payoff != Outcome::none) {
    float& attraction = world_.districts[home].learned[patient][static_cast<std::size_t>(dispute.state.channel)];
    attraction = static_cast<float>(ChannelChoice::learned(attraction, outcome.channel_payoff, p.channel));
  }
  if (outcome.counsel_payoff != Outcome::none) {
    const bool aggressive = dispute.state.counsel == Counsel::aggressive;
    LawyersRow& bar = district.bar;
    double& known = aggressive ? bar.aggressive_payoff : bar.cooperative_payoff;
    bool& seen = aggressive ? bar.aggressive_seen : bar.cooperative_seen;
    known = seen ? Imitation::learned(known, outcome.counsel_payoff, p.imitation) : outcome.counsel_payoff;
    seen = true;
  }
  if (outcome.morale_loss > 0)
    hurt_morale(world_.hospitals[dispute.id.hospital.value], dispute.injury.doctor, outcome.morale_loss);
  if (outcome.result_seen != Outcome::none)
    district.disturbance_premium =
        Disturbance::learned(district.disturbance_premium, outcome.result_seen, p.disturbance);
  if (dispute.mediator == Dispute::no_one) return;
  MediatorRow& mediator = world_.mediators[dispute.mediator];
  CommitteeRow& committee = world_.committees[mediator.committee];
  if (outcome.patient_verdict != Outcome::none) {
    committee.satisfaction[world_.committee_month] += outcome.patient_verdict;
    mediator.reputation_patient = Reputation::after(mediator.reputation_patient, outcome.patient_verdict, p.reputation);
    mediator.reputation_hospital =
        Reputation::after(mediator.reputation_hospital, outcome.hospital_verdict, p.reputation);
  }
  if (outcome.precedent) file_precedent(committee, dispute.injury);
}

// A disturbance: neighbours see it, media tell of it, others follow it, leaders are alarmed.
void Commit::broke_out(Dispute& dispute, const Outcome& outcome) {
  const Parameters& p = place_.parameters;
  const std::size_t d = dispute.district.value;
  DistrictRow& district = world_.districts[d];
  const Look look(world_, place_);
  if (dispute.disturbed_day == never) dispute.disturbed_day = world_.today;
  tally_.add(Metric::disturbances, d, outcome.disturbances);
  if (outcome.calmed) tally_.add(Metric::disturbances_calmed, d, 1);
  if (outcome.assaults > 0) tally_.add(Metric::assaults, d, outcome.assaults);
  district.visible =
      look.faded(district.visible, district.visible_day, p.copycat.copycat_halflife) + outcome.disturbances;
  district.visible_day = world_.today;
  district.media = look.faded(district.media, district.media_day, p.trust.media_halflife) +
                   p.trust.media_reach * millionths / static_cast<double>(district.population);
  district.media_day = world_.today;
  const double mark = std::min(look.media(district), 1.0);
  district.excitation = {
      Copycat::joined(Copycat::left(district.excitation.value, world_.today - district.excitation.day, p.copycat),
                      1 + mark, p.copycat),
      world_.today};
  alarm(district, Attention::after_disturbance(outcome.assaults > 0, p.attention));
  ++district.counting.disturbances_last_month;
}

void Commit::count_transitions(Dispute& dispute, const CaseState& before) {
  const CaseState& now = dispute.state;
  const std::size_t d = dispute.district.value;
  DistrictRow& district = world_.districts[d];
  if (before.stage == Stage::claim && now.stage != Stage::claim) {
    tally_.add(Metric::disputes, d, 1);
    HospitalRow& hospital = world_.hospitals[dispute.id.hospital.value];
    hurt_morale(hospital, dispute.injury.doctor, Doctor::after_dispute(place_.parameters.doctor));
    ++hospital.doctors[dispute.injury.doctor].disputes;
    ++hospital.disputes_month;
    if (now.stage == Stage::payment) tally_.add(Metric::early_offers, d, 1);
    ++district.counting.disputes_last_month;
    ++district.open_disputes;
  }
  const auto became = [&](bool CaseState::*flag, Metric metric) {
    if (!(before.*flag) && now.*flag) tally_.add(metric, d, 1);
  };
  became(&CaseState::consulted, Metric::consultations);
  if (before.stage == Stage::handoff && now.stage == Stage::channel) tally_.add(Metric::handoffs_lost, d, 1);
  became(&CaseState::confirmed, Metric::confirmations);
  became(&CaseState::inflated, Metric::inflated_reports);
  if (!before.warned && now.warned) {
    tally_.add(Metric::outreach_visits, d, 1);
    district.visits_left -= 1;
  }
  if (!before.petitioned && now.petitioned) {
    tally_.add(Metric::petitions, d, 1);
    ++district.counting.petitions_last_month;
    alarm(district, Attention::after_petition(place_.parameters.attention));
  }
  if (before.counsel != Counsel::legal_aid && now.counsel == Counsel::legal_aid) {
    tally_.add(Metric::legal_aid_cases, d, 1);
    district.legal_aid_left -= 1;
  }
  if (before.stage == Stage::payment && now.stage == Stage::filing) {
    tally_.add(Metric::broken_agreements, d, 1);
    if (CommitteeRow* const committee = committee_of(dispute)) ++committee->broken[world_.committee_month];
  }
  if (now.stage == Stage::arbitration && before.stage != Stage::arbitration) tally_.add(Metric::arbitrations, d, 1);
  if (now.stage == Stage::appeal && before.stage != Stage::appeal) tally_.add(Metric::appeals, d, 1);
  if (before.closed == never && now.closed != never) --district.open_disputes;
  if (before.closed != never && now.closed == never) ++district.open_disputes;  // an agreement was broken

  if (before.stage == Stage::mediation && now.stage != Stage::mediation) {
    mediation_over(dispute, before);
  } else if (dispute.left_mediation && now.stage != Stage::channel && now.stage != Stage::petition) {
    if (now.stage == Stage::filing) {
      tally_.add(Metric::mediation_to_court, d, 1);
      if (CommitteeRow* const committee = committee_of(dispute)) ++committee->escalated[world_.committee_month];
    }
    if (now.stage == Stage::closed) tally_.add(Metric::mediation_withdrawn, d, 1);
    dispute.left_mediation = false;
  }
  if (now.stage == Stage::filing && before.stage != Stage::filing) {
    tally_.add(Metric::court_filings, d, 1);
    dispute.demanded = Money::yuan(now.demand);
  }
}

// A mediation is over: what its committee counts, what its mediators learn, and where the case stands.
void Commit::mediation_over(Dispute& dispute, const CaseState& before) {
  const CaseState& now = dispute.state;
  const std::size_t d = dispute.district.value;
  tally_.add(Metric::mediation_closed, d, 1);
  const bool agreed = now.stage == Stage::payment && now.outcome == CaseOutcome::agreement;
  MediatorRow& mediator = world_.mediators[dispute.mediator];
  CommitteeRow& committee = world_.committees[mediator.committee];
  const std::size_t month = world_.committee_month;
  ++committee.closed[month];
  committee.days[month] += world_.today - before.stage_since;
  if (dispute.disturbed_day != never && dispute.disturbed_day >= before.stage_since) ++committee.escalated[month];
  if (agreed || now.inflated) ++committee.successes[month];  // as the committee reports it
  for (const std::uint32_t who : {dispute.mediator, dispute.partner}) {
    if (who == Dispute::no_one) continue;
    MediatorRow& learner = world_.mediators[who];
    const auto [law, medicine] = Skill::after_case({learner.law, learner.medicine}, place_.parameters.skill);
    learner.law = law, learner.medicine = medicine;
  }
  if (agreed) {
    tally_.add(Metric::mediation_agreements, d, 1);
  } else if (now.outcome == CaseOutcome::reconciled) {
    tally_.add(Metric::mediation_reconciled, d, 1);
  } else if (now.stage == Stage::closed) {
    tally_.add(Metric::mediation_withdrawn, d, 1);
  } else {
    dispute.left_mediation = true;
  }
  dispute.mediator = dispute.partner = Dispute::no_one;
}

CommitteeRow* Commit::committee_of(const Dispute& dispute) {
  if (dispute.last_post == Dispute::no_one) return nullptr;
  return &world_.committees[dispute.last_post / posts_per_committee];
}

void Commit::finish(std::uint32_t slot) {
  Dispute& dispute = world_.disputes[slot];
  const CaseState& state = dispute.state;
  const std::size_t d = dispute.district.value;
  const Money owed = Money::yuan(dispute.injury.owed());
  const Money error = dispute.paid < owed ? owed - dispute.paid : dispute.paid - owed;
  tally_.add(Metric::closed, d, 1);
  const bool court = state.outcome == CaseOutcome::judgment || state.outcome == CaseOutcome::dismissed;
  if (court) tally_.add(Metric::judgments, d, 1);
  if (state.outcome == CaseOutcome::agreement || state.outcome == CaseOutcome::reconciled)
    tally_.add(Metric::settled, d, 1);
  const std::int32_t days = state.closed - state.opened;
  tally_.add(Metric::days_to_resolution, d, days);
  constexpr double thirty_working_days = 30 * calendar_days_per_working_day;
  if (days <= thirty_working_days) tally_.add(Metric::within_30_working_days, d, 1);
  if (dispute.paid.cents > 0) tally_.add(Metric::closed_with_payment, d, 1);
  tally_.add(Metric::owed, d, owed.cents);
  tally_.add(Metric::compensation_error, d, error.cents);
  tally_.keep(dispute);
  world_.free_slots.push_back(slot);
}

template <class Change>
void Commit::remember(std::uint32_t district, std::uint32_t patient, const Change& change) {
  DistrictRow& row = world_.districts[district];
  const auto [found, is_new] = row.memory.try_emplace(patient);
  PatientMemory& entry = found->second;
  const Look look(world_, place_);
  if (!is_new) {
    row.memory_sum -= memory_hash(patient, entry);
    if (look.forgotten(entry)) row.learned.erase(patient);
    entry = look.faded(entry);
  }
  entry.day = world_.today;
  change(entry);
  row.memory_sum += memory_hash(patient, entry);
}

void Commit::shift(std::uint32_t district, std::uint32_t patient, TrustObject object, double amount) {
  remember(district, patient, [&](PatientMemory& entry) { entry.trust[at(object)] += static_cast<float>(amount); });
  if (object == TrustObject::hospital) add_to_mean(district, amount);
}

// The sum over residents fades as each of them does, so the mean of a city costs one number.
void Commit::add_to_mean(std::uint32_t district, double amount) {
  DistrictRow& row = world_.districts[district];
  row.shift_sum = Trust::remaining(row.shift_sum, world_.today - row.shift_day, place_.parameters.trust) + amount;
  row.shift_day = world_.today;
}

void Commit::harmed(std::uint32_t district, std::uint32_t patient, double hospital_trust, double doctor_trust,
                    double anger, double harm) {
  remember(district, patient, [&](PatientMemory& entry) {
    entry.trust[at(TrustObject::hospital)] += static_cast<float>(hospital_trust);
    entry.trust[at(TrustObject::doctor)] += static_cast<float>(doctor_trust);
    if (anger > 0) entry.anger = static_cast<float>(Lumping::joined(entry.anger, anger));
    entry.harm = static_cast<float>(Lumping::joined(entry.harm, harm));
  });
  add_to_mean(district, hospital_trust);
}

// The anger of a case holds what was left of earlier grievances, so what stays of it takes their place.
void Commit::remember_anger(std::uint32_t district, std::uint32_t patient, double anger) {
  remember(district, patient, [&](PatientMemory& entry) { entry.anger = static_cast<float>(anger); });
}

void Commit::hurt_morale(HospitalRow& hospital, std::uint32_t doctor, double loss) {
  const Doctor::Params& p = place_.parameters.doctor;
  DoctorRow& row = hospital.doctors[doctor];
  const double left = Doctor::left(row.morale_lost, world_.today - row.day, p);
  row.morale_lost = Doctor::lost(left, loss);
  row.day = world_.today;
  // The sum over doctors fades as each of them does, so that a hospital's costs one number.
  Fading& all = hospital.morale_lost;
  all = {Doctor::left(all.value, world_.today - all.day, p) + row.morale_lost - left, world_.today};
}

// A shock to the leaders of a district; as far as it lifts them above their threshold it reaches the city, and from
// there the province.
void Commit::alarm(DistrictRow& district, double shock) {
  const Attention::Params& p = place_.parameters.attention;
  for (Fading* level : {&district.attention, &world_.city_attention, &world_.province_attention}) {
    if (shock <= 0) return;
    const double before = draw_attention(*level, shock);
    shock = Attention::passed_on(level->value, p) - Attention::passed_on(before, p);
  }
}

double Commit::draw_attention(Fading& level, double shock) {
  const double before = Attention::left(level.value, world_.today - level.day, place_.parameters.attention);
  level = {Attention::joined(before, shock), world_.today};
  return before;
}

void Commit::ask_expert(DistrictRow& district, Specialty field) {
  ExpertPoolRow& pool = world_.pools[district.pool];
  const Expert::Params& p = place_.parameters.expert;
  auto& release = pool.release[static_cast<std::size_t>(field)];
  const double experts = Expert::in_field(pool.share * district.rules.expert_pool_size, field, p);
  const std::int32_t until = Expert::start(release, experts, world_.today) + static_cast<std::int32_t>(p.expert_delay);
  release.insert(std::upper_bound(release.begin(), release.end(), until), until);
}

void Commit::file_precedent(CommitteeRow& committee, const Injury& injury) {
  const double years = (world_.today - committee.precedents_day) / days_per_year;
  for (double& cases : committee.precedents) cases = Precedents::kept(cases, years, place_.parameters.precedents);
  committee.precedents_day = world_.today;
  committee.precedents[static_cast<std::size_t>(injury.specialty) * severity_count +
                       static_cast<std::size_t>(injury.severity)] += 1;
}

// --- queues ---------------------------------------------------------------------------------------------------------

void Commit::enqueue(std::uint32_t slot, Docket& docket, std::int32_t days) {
  if (std::find(docket.begin(), docket.end(), slot) == docket.end()) docket.push_back(slot);
  schedule(slot, world_.today + days);
}

void Commit::leave_queue(std::uint32_t slot) {
  const Dispute& dispute = world_.disputes[slot];
  DistrictRow& district = world_.districts[dispute.district.value];
  const auto take_out = [slot](Docket& docket) {
    const auto found = std::find(docket.begin(), docket.end(), slot);
    if (found != docket.end()) docket.erase(found);
  };
  take_out(district.office.waiting);
  take_out(district.court.waiting);
  take_out(district.panel.waiting);
  for (std::uint32_t c : district.committees) take_out(world_.committees[c].waiting);
}

void Commit::occupy(double& free_on, double working_days, double working_days_per_year) {
  free_on = std::max(free_on, static_cast<double>(world_.today)) + working_days * days_per_year / working_days_per_year;
}

void Commit::assign_mediators(std::uint32_t slot, std::uint32_t mediator, std::uint32_t partner) {
  world_.disputes[slot].mediator = mediator;
  if (mediator != Dispute::no_one) world_.disputes[slot].last_post = world_.mediators[mediator].post;
  world_.disputes[slot].partner = partner;
}

void Commit::accepted(std::uint32_t slot) {
  const Dispute& dispute = world_.disputes[slot];
  tally_.add(Metric::mediation_accepted, dispute.district.value, 1);
  tally_.add(Metric::mediator_days, dispute.district.value,
             static_cast<std::int64_t>(dispute.state.work_days * millionths));
  const double twice = rules_of(world_, world_.committees[world_.mediators[dispute.mediator].committee]).duplicate_work;
  tally_.add(Metric::duplicated_days, dispute.district.value,
             static_cast<std::int64_t>(dispute.state.work_days * twice / (1 + twice) * millionths));
}

}  // namespace parley
