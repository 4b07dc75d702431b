#include "sim/engine/commit.hpp"

#include <algorithm>
#include <string>

#include "sim/engine/look.hpp"
#include "sim/world/state.hpp"

namespace parley {

namespace {

constexpr double millionths = 1e6;
constexpr std::uint32_t posts_per_committee = 64;

bool costs_the_system(Reason reason) {
  switch (reason) {
    case Reason::committee_cost:
    case Reason::mediator_wage:
    case Reason::linkage:
    case Reason::office_cost:
    case Reason::expert_fee:
    case Reason::appraisal_fee:
    case Reason::court_cost:
    case Reason::lawyer_fee:
    case Reason::defence_cost:
    case Reason::disturbance_loss:
    case Reason::insurer_expense:
    case Reason::visit_cost:
    case Reason::legal_aid_cost:
    case Reason::arbitration_fee:
    case Reason::appeal_fee:
    case Reason::petition_cost:
    case Reason::defensive_care:
    case Reason::training_cost:
    case Reason::response_cost:
    case Reason::one_stop_cost:
    case Reason::standardisation_cost:
    case Reason::scoring_cost:
    case Reason::inspection_cost:
    case Reason::security_cost:
    case Reason::publicity_cost:
    case Reason::award_cost:
    case Reason::authority_cost:
    case Reason::presence_cost:
    case Reason::custody_cost:
      return true;
    default:
      return false;
  }
}

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
      return district.agencies[static_cast<std::size_t>(payer(reason))].account;
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
  if (reason != Reason::appropriation)
    for (AgencyRow& agency : world_.districts[district].agencies)
      if (from == agency.account) {
        agency.spent_this_year += amount;
        (is_programme(reason) ? agency.programmes_month : agency.duties_month) += amount;
        tally_.add(Metric::public_outlay, district, amount.cents);
      }
  if (costs_the_system(reason)) tally_.add(Metric::system_cost, district, amount.cents);
}

void Commit::apply(std::uint32_t slot, const Outcome& outcome) {
  const CaseState before = world_.disputes[slot].state;
  Dispute& dispute = world_.disputes[slot];
  const std::size_t d = dispute.district.value;
  DistrictRow& district = world_.districts[d];
  dispute.state = outcome.state;

  for (const Transfer& t : outcome.transfers) {
    transfer(d, account(dispute, t.from, t.reason), account(dispute, t.to, t.reason), t.amount, t.reason,
             dispute.id.packed());
    if (t.reason != Reason::compensation) continue;
    dispute.paid += t.amount;
    HospitalRow& liable = world_.hospitals[dispute.id.hospital.value];
    liable.paid_this_year += t.amount.in_yuan();
    if (t.from == Role::insurer) {
      liable.insured_paid += t.amount.in_yuan();
      world_.insurers[liable.insurer].claims_year += t.amount.in_yuan();
    }
    tally_.add(Metric::paid, d, t.amount.cents);
    tally_.add(Metric::indirect_cost, d,
               Money::yuan(Learning::indirect(t.amount.in_yuan(), place_.parameters.learning)).cents);
    const Payer payer = t.from == Role::insurer      ? Payer::insurer
                        : t.from == Role::fund       ? Payer::fund
                        : t.from == Role::government ? Payer::government
                                                     : Payer::hospital;
    constexpr std::array<Metric, payer_count> metrics = {Metric::paid_by_hospital, Metric::paid_by_insurer,
                                                         Metric::paid_by_fund, Metric::paid_by_government};
    dispute.paid_by[static_cast<std::size_t>(payer)] += t.amount;
    tally_.add(metrics[static_cast<std::size_t>(payer)], d, t.amount.cents);
  }
  HospitalRow& hospital = world_.hospitals[dispute.id.hospital.value];
  const Look look(world_, place_);
  const Parameters& p = place_.parameters;
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
  if (outcome.morale_loss > 0) hurt_morale(hospital, dispute.injury.doctor, outcome.morale_loss);
  if (outcome.result_seen != Outcome::none)
    district.disturbance_premium =
        Disturbance::learned(district.disturbance_premium, outcome.result_seen, p.disturbance);
  if (outcome.patient_verdict != Outcome::none && dispute.mediator != Dispute::no_one) {
    MediatorRow& mediator = world_.mediators[dispute.mediator];
    world_.committees[mediator.committee].satisfaction[committee_month_] += outcome.patient_verdict;
    mediator.reputation_patient = Reputation::after(mediator.reputation_patient, outcome.patient_verdict, p.reputation);
    mediator.reputation_hospital =
        Reputation::after(mediator.reputation_hospital, outcome.hospital_verdict, p.reputation);
  }
  if (outcome.precedent && dispute.mediator != Dispute::no_one)
    file_precedent(world_.committees[world_.mediators[dispute.mediator].committee], dispute.injury);
  if (outcome.disturbances > 0) {
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
  if (outcome.estimate_error >= 0) {
    tally_.add(Metric::estimates, d, 1);
    tally_.add(Metric::estimate_error, d, static_cast<std::int64_t>(outcome.estimate_error * millionths));
  }
  if (outcome.expert_asked) ask_expert(district, dispute.injury.specialty);
  if (outcome.lessons > 0) {
    hospital.lessons += outcome.lessons;
    if (CommitteeRow* const committee = committee_of(dispute)) committee->lessons[committee_month_] += outcome.lessons;
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

void Commit::count_transitions(Dispute& dispute, const CaseState& before) {
  const CaseState& now = dispute.state;
  const std::size_t d = dispute.district.value;
  DistrictRow& district = world_.districts[d];
  if (before.stage == Stage::claim && now.stage != Stage::claim) {
    tally_.add(Metric::disputes, d, 1);
    HospitalRow& hospital = world_.hospitals[dispute.id.hospital.value];
    hurt_morale(hospital, dispute.injury.doctor, Doctor::after_dispute(place_.parameters.doctor));
    ++hospital.doctors[dispute.injury.doctor].disputes;
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
    if (CommitteeRow* const committee = committee_of(dispute)) ++committee->broken[committee_month_];
  }
  if (now.stage == Stage::arbitration && before.stage != Stage::arbitration) tally_.add(Metric::arbitrations, d, 1);
  if (now.stage == Stage::appeal && before.stage != Stage::appeal) tally_.add(Metric::appeals, d, 1);
  if (before.closed == never && now.closed != never) --district.open_disputes;
  if (before.closed != never && now.closed == never) ++district.open_disputes;  // an agreement was broken

  if (before.stage == Stage::mediation && now.stage != Stage::mediation) {
    tally_.add(Metric::mediation_closed, d, 1);
    const bool agreed = now.stage == Stage::payment && now.outcome == CaseOutcome::agreement;
    MediatorRow& mediator = world_.mediators[dispute.mediator];
    CommitteeRow& committee = world_.committees[mediator.committee];
    const std::size_t month = committee_month_;
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
  } else if (dispute.left_mediation && now.stage != Stage::channel) {
    if (now.stage == Stage::filing) {
      tally_.add(Metric::mediation_to_court, d, 1);
      if (CommitteeRow* const committee = committee_of(dispute)) ++committee->escalated[committee_month_];
    }
    if (now.stage == Stage::closed) tally_.add(Metric::mediation_withdrawn, d, 1);
    dispute.left_mediation = false;
  }
  if (now.stage == Stage::filing && before.stage != Stage::filing) {
    tally_.add(Metric::court_filings, d, 1);
    dispute.demanded = Money::yuan(now.demand);
  }
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
    const double before = Attention::left(level->value, world_.today - level->day, p);
    *level = {Attention::joined(before, shock), world_.today};
    shock = Attention::passed_on(level->value, p) - Attention::passed_on(before, p);
  }
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

// --- months ---------------------------------------------------------------------------------------------------------

void Commit::amend(std::size_t district, const Rules& rules) { world_.districts[district].rules = rules; }

void Commit::amend_hospital(std::size_t hospital, const Rules& rules) {
  world_.hospitals[hospital].own_rules = add_own_rules(rules);
}

void Commit::amend_committee(std::size_t committee, const Rules& rules) {
  world_.committees[committee].own_rules = add_own_rules(rules);
}

std::int32_t Commit::add_own_rules(const Rules& rules) {
  world_.own_rules.push_back(rules);
  return static_cast<std::int32_t>(world_.own_rules.size()) - 1;
}

void Commit::forget_own_rules() {
  world_.own_rules.clear();
  for (HospitalRow& row : world_.hospitals) row.own_rules = none_own;
  for (CommitteeRow& row : world_.committees) row.own_rules = none_own;
}

void Commit::relink() {
  for (auto [edge, last] = boost::edges(world_.graph); edge != last; ++edge) {
    const std::uint32_t district = world_.graph[boost::target(*edge, world_.graph)].district;
    const Rules& rules = world_.districts[district].rules;
    Link& link = world_.graph[*edge];
    link.now = amended(link.base, rules.handoff_gain, rules.delay_factor, rules.information_loss_factor);
    if (link.kind != LinkKind::refers && link.kind != LinkKind::advises) continue;
    // Counters in one house, for the district or for one of its hospitals.
    const Party& from = world_.graph[boost::source(*edge, world_.graph)];
    const Rules& house = from.kind == PartyKind::hospital ? rules_of(world_, world_.hospitals[from.index]) : rules;
    link.now = amended(link.now, house.referral_gain, house.referral_delay_factor * house.presence_delay_factor, 1);
  }
}

void Commit::staff(std::size_t index) {
  CommitteeRow& committee = world_.committees[index];
  const std::size_t funded = posts_of(world_, index);
  while (committee.mediators.size() < funded) {
    MediatorRow row;
    row.committee = static_cast<std::uint32_t>(index);
    row.post = static_cast<std::uint32_t>(index * posts_per_committee + committee.mediators.size());
    committee.mediators.push_back(static_cast<std::uint32_t>(world_.mediators.size()));
    world_.mediators.push_back(row);
    hire(committee.mediators.back());
  }
  for (std::size_t s = 0; s < committee.mediators.size(); ++s) {
    MediatorRow& row = world_.mediators[committee.mediators[s]];
    row.active = s < funded && !row.vacant;
  }
}

void Commit::hire(std::uint32_t mediator) {
  MediatorRow& row = world_.mediators[mediator];
  const Effort::Params& e = place_.parameters.effort;
  const Draw draw(world_.key, Decision::mediator_traits, row.post, row.generation, 0);
  const ProviderRow& provider = world_.providers[world_.committees[row.committee].provider];
  const double quality = Tender::hired(bid_of(provider), place_.parameters.tender);
  const auto [law, medicine] = Skill::newcomer(draw.normal(0), draw.normal(1), quality, place_.parameters.skill);
  row.law = law, row.medicine = medicine;
  row.mission = e.mission_mean * exponential(e.mission_sigma * draw.normal(2));
  row.days = e.customary_days;
  row.free_on = std::max(row.free_on, static_cast<double>(world_.today));
  row.reputation_patient = row.reputation_hospital = 0;
  row.since = world_.today;
}

void Commit::vacate(std::uint32_t mediator) {
  world_.mediators[mediator].vacant = true;
  world_.mediators[mediator].active = false;
  tally_.add(Metric::mediators_left, world_.committees[world_.mediators[mediator].committee].district, 1);
}

void Commit::fill(std::uint32_t mediator) {
  MediatorRow& row = world_.mediators[mediator];
  row.vacant = false;
  row.active = true;
  ++row.generation;
  hire(mediator);
}

void Commit::set_event_rate(std::size_t hospital, double rate) {
  HospitalRow& row = world_.hospitals[hospital];
  if (rate > row.event_ceiling)
    throw BrokenLaw("the event rate of hospital " + std::to_string(hospital) + " is above its ceiling");
  row.event_rate = rate;
}

// Admissions, and the beds and the revenue that go with them.
void Commit::grow(std::size_t hospital, double factor) {
  HospitalRow& row = world_.hospitals[hospital];
  row.view.admissions_per_day *= factor, row.view.beds *= factor, row.revenue *= factor;
}

void Commit::set_hospital_month(std::size_t hospital, double occupancy, double disclosure) {
  world_.hospitals[hospital].view.occupancy = occupancy;
  world_.hospitals[hospital].disclosure = disclosure;
}

void Commit::set_safety(std::size_t hospital, double stock) {
  world_.hospitals[hospital].view.safety = stock;
  world_.hospitals[hospital].lessons = 0;
}

void Commit::set_monthly_services(std::size_t district, double legal_aid, double visits) {
  world_.districts[district].legal_aid_left = legal_aid;
  world_.districts[district].visits_left = visits;
}

void Commit::set_skills(std::uint32_t mediator, double law, double medicine) {
  world_.mediators[mediator].law = law;
  world_.mediators[mediator].medicine = medicine;
}

void Commit::set_aggressive_share(std::size_t district, double share) {
  world_.districts[district].bar.aggressive_share = share;
}

void Commit::complained(std::size_t district, std::int64_t complaints) {
  tally_.add(Metric::complaints, district, complaints);
  world_.districts[district].complaints_month += static_cast<double>(complaints);
}

void Commit::set_premium_factor(std::size_t hospital, double factor) {
  world_.hospitals[hospital].view.premium_factor = factor;
}

void Commit::liability_year_turns(std::size_t hospital, bool insured) {
  HospitalRow& row = world_.hospitals[hospital];
  row.view.liability = row.revenue > 0 ? row.paid_this_year / row.revenue : 0;
  row.paid_this_year = 0;
  if (insured) ++row.insured_years;
}

void Commit::insurer_year_turns(std::size_t index, double premium_level, bool ruined) {
  InsurerRow& row = world_.insurers[index];
  row.premium_level = premium_level;
  row.premiums_year = row.claims_year = 0;
  if (ruined) ++row.ruins;
}

void Commit::premium_paid(std::size_t hospital, Money amount) {
  HospitalRow& row = world_.hospitals[hospital];
  InsurerRow& insurer = world_.insurers[row.insurer];
  transfer(row.district, row.account, insurer.account, amount, Reason::premium);
  insurer.premiums_year += amount.in_yuan();
  tally_.add(Metric::premiums, row.district, amount.cents);
}

void Commit::spend(std::size_t district, double yuan, Reason reason) {
  const AgencyRow& bureau = world_.districts[district].agencies[static_cast<std::size_t>(payer(reason))];
  transfer(district, bureau.account, world_.society, Money::yuan(yuan), reason);
}

void Commit::fund_committee(std::size_t index, double amount, Reason reason) {
  const CommitteeRow& committee = world_.committees[index];
  const DistrictRow& district = world_.districts[committee.district];
  const Rules& rules = rules_of(world_, committee);
  const Account to = world_.providers[committee.provider].account;
  transfer(committee.district, district.agencies[static_cast<std::size_t>(payer(reason))].account, to,
           Money::yuan(amount * rules.public_funding_share), reason);
  transfer(committee.district, world_.insurers[committee.district % world_.insurers.size()].account, to,
           Money::yuan(amount * rules.insurer_funding_share), reason);
  transfer(committee.district, world_.society, to, Money::yuan(amount * rules.hospital_funding_share), reason);
}

// When a year turns the target may move with what the twelve months before have shown; then the month counts anew.
void Commit::committee_month_begins(std::size_t committee, std::size_t month) {
  committee_month_ = month;
  CommitteeRow& row = world_.committees[committee];
  if (month == 0)
    row.target = Evaluation::next_target(judged(row), row.target, rules_of(world_, row).target_ratchet,
                                         place_.parameters.evaluation);
  for (auto* counts : {&row.closed, &row.successes, &row.days, &row.broken, &row.escalated, &row.lessons})
    (*counts)[month] = 0;
  row.satisfaction[month] = 0;
}

CommitteeRow* Commit::committee_of(const Dispute& dispute) {
  if (dispute.last_post == Dispute::no_one) return nullptr;
  return &world_.committees[dispute.last_post / posts_per_committee];
}

void Commit::set_grants(std::size_t district, const std::array<double, agency_count>& asked,
                        const std::array<double, agency_count>& granted) {
  for (std::size_t k = 0; k < agency_count; ++k) {
    AgencyRow& agency = world_.districts[district].agencies[k];
    agency.asked = asked[k];
    agency.granted = granted[k];
    agency.programmes_month = agency.duties_month = {};
  }
}

void Commit::inspected(std::size_t district, std::int64_t visits) {
  if (visits == 0) return;
  DistrictRow& row = world_.districts[district];
  const Inspection::Params& p = place_.parameters.inspection;
  row.care = {Inspection::left(row.care.value, world_.today - row.care.day, p) + static_cast<double>(visits),
              world_.today};
  tally_.add(Metric::inspections, district, visits);
  spend(district, p.visit_cost * static_cast<double>(visits), Reason::inspection_cost);
}

void Commit::set_insured(std::size_t hospital, bool insured) {
  HospitalRow& row = world_.hospitals[hospital];
  if (insured && !row.member && !row.insured_by_place) {
    row.member = true;
    const double premium = place_.parameters.insurance.premium(static_cast<std::size_t>(row.view.level));
    transfer(row.district, row.account, world_.insurers[row.insurer].account,
             Money::yuan(Solvency::capital(premium, place_.parameters.solvency)), Reason::capital);
  }
  row.view.insured = insured;
}

void Commit::renew(std::size_t provider, std::int32_t ends) {
  world_.providers[provider].contract_ends = ends;
  ++world_.providers[provider].contracts;
}

void Commit::award(std::size_t provider, const Tender::Bid& bid, std::int32_t ends) {
  world_.providers[provider].cost = bid.cost;
  world_.providers[provider].price = bid.price;
  renew(provider, ends);
}

void Commit::replace(std::size_t index, double quality, Money capital) {
  ProviderRow& row = world_.providers[index];
  const Money left = world_.ledger.balance(row.account);
  if (left.cents > 0) transfer(row.district, row.account, world_.society, left, Reason::capital);
  if (left.cents < 0) transfer(row.district, world_.society, row.account, Money{} - left, Reason::capital);
  transfer(row.district, world_.society, row.account, capital, Reason::capital);
  row.quality = quality;
  tally_.add(Metric::providers_replaced, row.district, 1);
}

void Commit::admit(std::size_t district, double admissions) {
  DistrictRow& row = world_.districts[district];
  const double due = row.admissions_carry + admissions;
  const auto whole = static_cast<std::int64_t>(due);
  row.admissions_carry = due - static_cast<double>(whole);
  tally_.add(Metric::admissions, district, whole);
}

void Commit::publish(std::size_t district) {
  DistrictRow& row = world_.districts[district];
  row.counting.open_disputes = row.open_disputes;
  row.seen = row.counting;
  row.counting = {};
  row.complaints_month = 0;
}

void Commit::settle_agencies(std::size_t district) {
  const auto& agencies = world_.districts[district].agencies;
  const Account treasury = agencies[static_cast<std::size_t>(AgencyKind::finance)].account;
  for (const AgencyRow& agency : agencies) {
    if (agency.account == treasury) continue;
    const Money left = world_.ledger.balance(agency.account);
    if (left.cents < 0) transfer(district, treasury, agency.account, Money{} - left, Reason::appropriation);
    if (left.cents > 0) transfer(district, agency.account, treasury, left, Reason::appropriation);
  }
}

void Commit::agencies_year_turns(std::size_t district) {
  for (AgencyRow& agency : world_.districts[district].agencies) {
    agency.spent_last_year = agency.spent_this_year;
    agency.spent_this_year = {};
  }
  // The yardstick of budgets: the last year before any policy, or the first one where there was none.
  DistrictRow& row = world_.districts[district];
  if (world_.today >= 0 && row.customary_spending.cents > 0) return;
  row.customary_spending = {};
  for (const AgencyRow& agency : row.agencies) row.customary_spending += agency.spent_last_year;
}

void Commit::forget(std::size_t district) {
  const double remembered = place_.parameters.trust.memory_days;
  const std::int32_t today = world_.today;
  DistrictRow& row = world_.districts[district];
  boost::unordered::erase_if(row.memory, [=](const auto& entry) { return today - entry.second.day > remembered; });
  row.memory_sum = memory_sum(row);
  boost::unordered::erase_if(row.learned, [&](const auto& entry) { return !row.memory.contains(entry.first); });
}

void Commit::next_day() {
  for (ExpertPoolRow& pool : world_.pools)
    for (auto& release : pool.release)
      release.erase(release.begin(), std::upper_bound(release.begin(), release.end(), world_.today));
  ++world_.today;
}

void Commit::check_laws() const {
  const Money total = world_.ledger.total();
  if (total.cents != 0)
    throw BrokenLaw("money does not balance on day " + std::to_string(world_.today) + ": " +
                    std::to_string(total.cents) + " cents came from nowhere");
}

}  // namespace parley
