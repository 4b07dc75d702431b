#include "sim/engine/commit.hpp"

#include <algorithm>
#include <string>

#include "sim/engine/look.hpp"

namespace parley {

namespace {

constexpr double millionths = 1e6;

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

Account Commit::account(const Dispute& dispute, Role role) const {
  const DistrictRow& district = world_.districts[dispute.district.value];
  switch (role) {
    case Role::patient:
      return district.patients;
    case Role::hospital:
      return world_.hospitals[dispute.id.hospital.value].account;
    case Role::staff:
      return district.staff;
    case Role::insurer:
      return world_.insurer;
    case Role::fund:
      return district.fund;
    case Role::government:
      return district.government;
    case Role::committee: {
      const HospitalRow& hospital = world_.hospitals[dispute.id.hospital.value];
      const std::uint32_t position = Look(world_, place_).committee_position(hospital, dispute.id.patient.value);
      return world_.committees[district.committees[position]].account;
    }
    case Role::court:
      return district.court_account;
    case Role::lawyers:
      return district.lawyers;
    case Role::experts:
      return district.experts;
    case Role::society:
      return world_.society;
  }
  throw BrokenLaw("a transfer names no party");
}

void Commit::transfer(std::size_t district, Account from, Account to, Money amount, Reason reason) {
  world_.ledger.transfer(from, to, amount, reason);
  if (from == world_.districts[district].government) tally_.add(Metric::public_outlay, district, amount.cents);
  if (costs_the_system(reason)) tally_.add(Metric::system_cost, district, amount.cents);
}

void Commit::apply(std::uint32_t slot, const Outcome& outcome) {
  const CaseState before = world_.disputes[slot].state;
  Dispute& dispute = world_.disputes[slot];
  const std::size_t d = dispute.district.value;
  DistrictRow& district = world_.districts[d];
  dispute.state = outcome.state;

  for (const Transfer& t : outcome.transfers) {
    transfer(d, account(dispute, t.from), account(dispute, t.to), t.amount, t.reason);
    if (t.reason != Reason::compensation) continue;
    dispute.paid += t.amount;
    tally_.add(Metric::paid, d, t.amount.cents);
    const Metric payer = t.from == Role::insurer      ? Metric::paid_by_insurer
                         : t.from == Role::fund       ? Metric::paid_by_fund
                         : t.from == Role::government ? Metric::paid_by_government
                                                      : Metric::paid_by_hospital;
    tally_.add(payer, d, t.amount.cents);
  }
  for (const BeliefShift& b : outcome.beliefs)
    shift(dispute.claimant.home.value, dispute.id.patient.value, b.object, b.amount);

  if (outcome.disturbances > 0) {
    const Look look(world_, place_);
    const Trust::Params& t = place_.parameters.trust;
    tally_.add(Metric::disturbances, d, outcome.disturbances);
    if (outcome.calmed) tally_.add(Metric::disturbances_calmed, d, 1);
    district.visible =
        look.faded(district.visible, district.visible_day, place_.parameters.disturbance.copycat_halflife) +
        outcome.disturbances;
    district.visible_day = world_.today;
    district.media = look.faded(district.media, district.media_day, t.media_halflife) +
                     t.media_reach * millionths / static_cast<double>(district.population);
    district.media_day = world_.today;
    ++district.counting.disturbances_last_month;
  }
  if (outcome.estimate_error >= 0) {
    tally_.add(Metric::estimates, d, 1);
    tally_.add(Metric::estimate_error, d, static_cast<std::int64_t>(outcome.estimate_error * millionths));
  }
  if (outcome.expert_asked) {
    auto& release = world_.pools[district.pool].release;
    const std::int32_t until = world_.today + static_cast<std::int32_t>(place_.parameters.appraisal.expert_delay);
    release.insert(std::upper_bound(release.begin(), release.end(), until), until);
  }
  if (outcome.lessons > 0) {
    world_.hospitals[dispute.id.hospital.value].lessons += outcome.lessons;
    tally_.add(Metric::lessons, d, outcome.lessons);
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
    ++district.counting.disputes_last_month;
    ++district.open_disputes;
  }
  if (before.closed == never && now.closed != never) --district.open_disputes;
  if (before.closed != never && now.closed == never) ++district.open_disputes;  // an agreement was broken

  if (before.stage == Stage::mediation && now.stage != Stage::mediation) {
    tally_.add(Metric::mediation_closed, d, 1);
    const bool agreed = now.stage == Stage::payment && now.outcome == CaseOutcome::agreement;
    CommitteeRow& committee = world_.committees[world_.mediators[dispute.mediator].committee];
    const auto month = static_cast<std::size_t>(committee_month_);
    ++committee.closed[month];
    if (agreed) {
      tally_.add(Metric::mediation_agreements, d, 1);
      ++committee.successes[month];
    } else if (now.outcome == CaseOutcome::reconciled) {
      tally_.add(Metric::mediation_reconciled, d, 1);
    } else if (now.stage == Stage::closed) {
      tally_.add(Metric::mediation_withdrawn, d, 1);
    } else {
      dispute.left_mediation = true;
    }
    dispute.mediator = Dispute::no_one;
  } else if (dispute.left_mediation && now.stage != Stage::channel) {
    if (now.stage == Stage::filing) tally_.add(Metric::mediation_to_court, d, 1);
    if (now.stage == Stage::closed) tally_.add(Metric::mediation_withdrawn, d, 1);
    dispute.left_mediation = false;
  }
  if (now.stage == Stage::filing && before.stage != Stage::filing) tally_.add(Metric::court_filings, d, 1);
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

void Commit::shift(std::uint32_t district, std::uint32_t patient, TrustObject object, double amount) {
  DistrictRow& row = world_.districts[district];
  const Trust::Params& t = place_.parameters.trust;
  PatientShift& entry = row.shifts[patient];
  if (object == TrustObject::hospital) {
    entry.hospital = Trust::remaining(entry.hospital, world_.today - entry.hospital_day, t) + amount;
    entry.hospital_day = world_.today;
    // The sum over residents fades as each of them does, so the mean of a city costs one number.
    row.shift_sum = Trust::remaining(row.shift_sum, world_.today - row.shift_day, t) + amount;
    row.shift_day = world_.today;
  } else {
    entry.committee = Trust::remaining(entry.committee, world_.today - entry.committee_day, t) + amount;
    entry.committee_day = world_.today;
  }
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
  for (std::uint32_t c : district.committees) take_out(world_.committees[c].waiting);
}

void Commit::occupy(double& free_on, double working_days, double working_days_per_year) {
  free_on = std::max(free_on, static_cast<double>(world_.today)) + working_days * days_per_year / working_days_per_year;
}

void Commit::assign_mediator(std::uint32_t slot, std::uint32_t mediator) { world_.disputes[slot].mediator = mediator; }

void Commit::accepted(std::uint32_t slot) {
  const Dispute& dispute = world_.disputes[slot];
  tally_.add(Metric::mediation_accepted, dispute.district.value, 1);
  tally_.add(Metric::mediator_days, dispute.district.value,
             static_cast<std::int64_t>(dispute.state.work_days * millionths));
}

// --- months ---------------------------------------------------------------------------------------------------------

void Commit::amend(std::size_t district, const Rules& rules) { world_.districts[district].rules = rules; }

void Commit::relink() {
  for (auto [edge, last] = boost::edges(world_.graph); edge != last; ++edge) {
    const std::uint32_t district = world_.graph[boost::target(*edge, world_.graph)].district;
    const Rules& rules = world_.districts[district].rules;
    Link& link = world_.graph[*edge];
    link.now = amended(link.base, rules.handoff_gain, rules.delay_factor, rules.information_loss_factor);
  }
}

void Commit::staff(std::size_t index) {
  CommitteeRow& committee = world_.committees[index];
  const Effort::Params& e = place_.parameters.effort;
  // Posts per committee are a mean: committee i of the place has ⌊(i + 1)m⌋ − ⌊i·m⌋ of them.
  const double mean = world_.districts[committee.district].rules.mediators_per_committee;
  const auto upto = [mean](double i) { return std::floor(i * mean); };
  const auto posts = static_cast<std::size_t>(upto(static_cast<double>(index) + 1) - upto(static_cast<double>(index)));
  constexpr std::uint32_t slots_per_committee = 64;
  while (committee.mediators.size() < posts) {
    const Draw draw(world_.key, Decision::mediator_traits, index * slots_per_committee + committee.mediators.size(), 0,
                    0);
    MediatorRow row;
    row.committee = static_cast<std::uint32_t>(index);
    row.law = std::clamp(e.skill_law + e.skill_sd * draw.normal(0), 0.0, 1.0);
    row.medicine = std::clamp(e.skill_medicine + e.skill_sd * draw.normal(1), 0.0, 1.0);
    row.mission = e.mission_mean * exponential(e.mission_sigma * draw.normal(2));
    row.days = e.customary_days;
    row.free_on = world_.today;
    committee.mediators.push_back(static_cast<std::uint32_t>(world_.mediators.size()));
    world_.mediators.push_back(row);
  }
  for (std::size_t s = 0; s < committee.mediators.size(); ++s)
    world_.mediators[committee.mediators[s]].active = s < posts;
}

void Commit::set_event_rate(std::size_t hospital, double rate) {
  HospitalRow& row = world_.hospitals[hospital];
  if (rate > row.event_ceiling)
    throw BrokenLaw("the event rate of hospital " + std::to_string(hospital) + " is above its ceiling");
  row.event_rate = rate;
}

void Commit::set_safety(std::size_t hospital, double stock) {
  world_.hospitals[hospital].view.safety = stock;
  world_.hospitals[hospital].lessons = 0;
}

void Commit::fund_committee(std::size_t index, double amount, Reason reason) {
  const CommitteeRow& committee = world_.committees[index];
  const DistrictRow& district = world_.districts[committee.district];
  const Rules& rules = district.rules;
  transfer(committee.district, district.government, committee.account, Money::yuan(amount * rules.public_funding_share),
           reason);
  transfer(committee.district, world_.insurer, committee.account, Money::yuan(amount * rules.insurer_funding_share),
           reason);
  transfer(committee.district, world_.society, committee.account, Money::yuan(amount * rules.hospital_funding_share),
           reason);
}

void Commit::committee_year_turns(std::size_t committee, std::size_t month) {
  committee_month_ = month;
  world_.committees[committee].closed[month] = world_.committees[committee].successes[month] = 0;
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
}

void Commit::forget(std::size_t district) {
  const double memory = place_.parameters.trust.memory_days;
  const std::int32_t today = world_.today;
  boost::unordered::erase_if(world_.districts[district].shifts, [=](const auto& entry) {
    return today - entry.second.hospital_day > memory && today - entry.second.committee_day > memory;
  });
}

void Commit::next_day() {
  for (ExpertPoolRow& pool : world_.pools)
    pool.release.erase(pool.release.begin(), std::upper_bound(pool.release.begin(), pool.release.end(), world_.today));
  ++world_.today;
}

void Commit::check_laws() const {
  const Money total = world_.ledger.total();
  if (total.cents != 0)
    throw BrokenLaw("money does not balance on day " + std::to_string(world_.today) + ": " +
                    std::to_string(total.cents) + " cents came from nowhere");
}

}  // namespace parley
