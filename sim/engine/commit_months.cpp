// What months and years commit: rules, links, posts, hospitals, money of committees, insurers and bureaus.
#include <algorithm>
#include <cmath>
#include <string>

#include "sim/engine/commit.hpp"
#include "sim/engine/look.hpp"
#include "sim/world/state.hpp"

namespace parley {

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
  const Rules& rules = rules_of(world_, world_.committees[row.committee]);
  constexpr std::uint32_t mission = 2, other_candidates = 3;  // of a mediator's traits
  const auto [law, medicine] =
      Skill::chosen(draw, other_candidates, rules.candidates_per_post, quality, place_.parameters.skill);
  row.law = law, row.medicine = medicine;
  row.mission = e.mission_mean * exponential(e.mission_sigma * draw.normal(mission));
  spend(world_.committees[row.committee].district, rules.candidate_cost, Reason::training_cost);
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

void Commit::set_safety(std::size_t hospital, double practised, double stock) {
  HospitalRow& row = world_.hospitals[hospital];
  row.view.safety = stock;
  row.lessons -= practised;
  constexpr double months = 12;
  const double admissions = row.view.admissions_per_day * days_per_month;
  if (admissions > 0)
    row.disputes_share += (static_cast<double>(row.disputes_month) / admissions - row.disputes_share) / months;
  row.disputes_month = 0;
}

void Commit::set_monthly_services(std::size_t district, double legal_aid, double visits) {
  // A part of a case waits for the next month, and so does what was taken beyond the capacity; hours unused are gone.
  const auto carried = [](double left) { return left < 0 ? left : left - std::floor(left); };
  DistrictRow& row = world_.districts[district];
  row.legal_aid_left = carried(row.legal_aid_left) + legal_aid;
  row.visits_left = carried(row.visits_left) + visits;
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
  const AgencyRow& bureau = world_.districts[district].agencies[static_cast<std::size_t>(terms_of(reason).payer)];
  transfer(district, bureau.account, world_.society, Money::yuan(yuan), reason);
}

void Commit::fund_committee(std::size_t index, double amount, Reason reason) {
  const CommitteeRow& committee = world_.committees[index];
  const DistrictRow& district = world_.districts[committee.district];
  const Rules& rules = rules_of(world_, committee);
  const Account to = world_.providers[committee.provider].account;
  transfer(committee.district, district.agencies[static_cast<std::size_t>(terms_of(reason).payer)].account, to,
           Money::yuan(amount * rules.public_funding_share), reason);
  transfer(committee.district, world_.insurers[committee.district % world_.insurers.size()].account, to,
           Money::yuan(amount * rules.insurer_funding_share), reason);
  transfer(committee.district, world_.society, to, Money::yuan(amount * rules.hospital_funding_share), reason);
}

// When a year turns the target may move with what the twelve months before have shown; then the month counts anew.
void Commit::committee_month_begins(std::size_t committee, std::size_t month) {
  world_.committee_month = static_cast<std::uint32_t>(month);
  CommitteeRow& row = world_.committees[committee];
  if (month == 0)
    row.target = Evaluation::next_target(judged(row), row.target, rules_of(world_, row).target_ratchet,
                                         place_.parameters.evaluation);
  for (auto* counts : {&row.closed, &row.successes, &row.days, &row.broken, &row.escalated, &row.lessons})
    (*counts)[month] = 0;
  row.satisfaction[month] = 0;
}

void Commit::set_grants(std::size_t district, const std::array<double, agency_count>& asked,
                        const std::array<double, agency_count>& granted,
                        const std::array<double, agency_count>& usual) {
  for (std::size_t k = 0; k < agency_count; ++k) {
    AgencyRow& agency = world_.districts[district].agencies[k];
    agency.asked = asked[k];
    agency.granted = granted[k];
    agency.usual = usual[k];
    agency.programmes_month = agency.duties_month = {};
  }
}

void Commit::address(std::size_t district, double attention) {
  if (attention > 0) draw_attention(world_.districts[district].attention, attention);
}

void Commit::inspected(std::size_t district, std::int64_t visits, double weight) {
  if (visits == 0) return;
  DistrictRow& row = world_.districts[district];
  const Inspection::Params& p = place_.parameters.inspection;
  row.care = {Inspection::left(row.care.value, world_.today - row.care.day, p) + weight * static_cast<double>(visits),
              world_.today};
  tally_.add(Metric::inspections, district, visits);
  spend(district, weight * p.visit_cost * static_cast<double>(visits), Reason::inspection_cost);
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
