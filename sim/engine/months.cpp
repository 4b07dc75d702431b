// The slow loops: what changes when a month begins, and what is settled when it ends.
#include <algorithm>

#include "sim/engine/passes.hpp"
#include "sim/scenario/describe.hpp"
#include "sim/scenario/populate.hpp"

namespace parley::passes {

namespace {

constexpr double million = 1e6;
constexpr std::size_t december = 11;

// Mediators leave, by how loaded they are and how long they have been there.
void turnover(World& world, Commit& commit, const Conduct& conduct, std::size_t committee) {
  const Turnover::Params& p = conduct.place.parameters.turnover;
  for (const std::uint32_t m : world.committees[committee].mediators) {
    const MediatorRow& row = world.mediators[m];
    if (!row.active) continue;
    const double load = std::clamp((row.free_on - world.today) / days_per_month, 0.0, 1.0);
    const double years = (world.today - row.since) / days_per_year;
    const Draw draw(world.key, Decision::turnover, row.post, row.generation, world.today);
    if (Turnover::leaves(draw.uniform(0), Turnover::hazard(load, years, p))) commit.vacate(m);
  }
}

// Newcomers take the vacant posts that are funded, where their provider can pay for them.
void vacancies(World& world, Commit& commit, const Conduct& conduct, std::size_t committee) {
  const CommitteeRow& row = world.committees[committee];
  const ProviderRow& provider = world.providers[row.provider];
  const double budget = world.districts[row.district].rules.committee_budget;
  for (std::size_t post = 0; post < posts_of(world, committee); ++post) {
    const std::uint32_t m = row.mediators[post];
    if (!world.mediators[m].vacant) continue;
    double people = 1;
    for (const std::uint32_t c : provider.committees)
      for (const std::uint32_t other : world.committees[c].mediators) people += world.mediators[other].active ? 1 : 0;
    const double cost = Staffing::month(static_cast<double>(provider.committees.size()), people, budget,
                                        conduct.place.parameters.upkeep.mediator_wage);
    if (Staffing::fills(world.ledger.balance(provider.account).in_yuan(), cost, conduct.place.parameters.staffing))
      commit.fill(m);
  }
}

}  // namespace

void month_begins(World& world, Commit& commit, const Conduct& conduct, const Today& today) {
  const Parameters& p = conduct.place.parameters;
  const Rules base = base_rules(conduct.place);
  const CalendarDate start{conduct.place.start_year, conduct.place.start_month, conduct.place.start_day};
  for (std::size_t d = 0; d < world.districts.size(); ++d) {
    const PublicView& seen = world.districts[d].seen;
    const Levers levers =
        in_force(conduct.arm.levers[d], conduct.arm.dated, static_cast<int>(d), start, world.today, seen);
    commit.amend(d, amended(base, seen, levers, conduct.place.status_quo, p.slopes));
  }
  commit.relink();
  const Look look(world, conduct.place);
  for (std::size_t d = 0; d < world.districts.size(); ++d) {
    const DistrictRow& row = world.districts[d];
    const double people = static_cast<double>(row.population);
    commit.set_monthly_services(d, row.rules.legal_aid_capacity * people / million,
                                Warning::visits_a_month(people, p.warning));
  }
  for (std::size_t c = 0; c < world.committees.size(); ++c) {
    turnover(world, commit, conduct, c);
    commit.staff(c);
    vacancies(world, commit, conduct, c);
    commit.committee_year_turns(c, today.month_of_year);
    const Rules& rules = world.districts[world.committees[c].district].rules;
    for (const std::uint32_t m : world.committees[c].mediators)
      commit.set_effort(m, Effort::decide(rules, world.mediators[m].mission, p.effort));
  }
  for (std::size_t h = 0; h < world.hospitals.size(); ++h) {
    const HospitalRow& row = world.hospitals[h];
    const double occupancy = Workload::occupancy(row.view.usual_occupancy, look.media(world.districts[row.district]),
                                                 today.month_of_year, p.workload);
    commit.set_hospital_month(h, occupancy, Disclosure::probability(row.view, p.disclosure));
    commit.set_event_rate(h, Encounter::event_rate(row.view, Workload::factor(occupancy, p.workload), p.encounter));
  }
}

namespace {

// Wages, premises, grants, training; offices, linkage, visits to what turns out to be nothing.

void upkeep(World& world, Commit& commit, const Conduct& conduct) {
  const Upkeep::Params& u = conduct.place.parameters.upkeep;
  for (std::size_t c = 0; c < world.committees.size(); ++c) {
    const CommitteeRow& committee = world.committees[c];
    const Rules& rules = world.districts[committee.district].rules;
    if (!rules.mediation_open) continue;
    Upkeep::CommitteeMonth month;
    for (const std::uint32_t m : committee.mediators) month.mediators += world.mediators[m].active ? 1 : 0;
    for (std::size_t k = 0; k < committee.closed.size(); ++k) {
      month.closed += committee.closed[k];
      month.successes += committee.successes[k];
    }
    const double sum = Upkeep::contract_sum(month, rules, u), fixed = rules.contract.fixed_grant_share;
    commit.fund_committee(c, fixed * sum, Reason::committee_grant);
    commit.fund_committee(c, (1 - fixed) * sum * Upkeep::earned(month, rules.customs, u), Reason::results_grant);
    const ProviderRow& provider = world.providers[committee.provider];
    const auto& agencies = world.districts[committee.district].agencies;
    commit.transfer(committee.district, provider.account, world.society,
                    Money::yuan(u.mediator_wage * static_cast<double>(month.mediators) / Upkeep::months),
                    Reason::mediator_wage);
    commit.transfer(committee.district, provider.account, world.society,
                    Money::yuan((rules.committee_budget + rules.database_cost) / Upkeep::months),
                    Reason::committee_cost);
    const double sessions = rules.training_sessions / Upkeep::months;
    commit.transfer(
        committee.district, agencies[static_cast<std::size_t>(payer(Reason::training_cost))].account, world.society,
        Money::yuan(Upkeep::training_month(static_cast<double>(month.mediators), sessions, u)), Reason::training_cost);
    for (const std::uint32_t m : committee.mediators) {
      const auto [law, medicine] =
          Skill::month({world.mediators[m].law, world.mediators[m].medicine}, rules.training_sessions, provider.quality,
                       conduct.place.parameters.skill);
      commit.set_skills(m, law, medicine);
    }
  }
  for (std::size_t d = 0; d < world.districts.size(); ++d) {
    const DistrictRow& row = world.districts[d];
    const auto spend = [&](double yuan, Reason reason) {
      commit.transfer(d, row.agencies[static_cast<std::size_t>(payer(reason))].account, world.society,
                      Money::yuan(yuan), reason);
    };
    spend(Upkeep::linkage_month(row.rules, static_cast<double>(row.population)), Reason::linkage);
    spend(u.office_wage * static_cast<double>(row.office.free_on.size()) / Upkeep::months, Reason::office_cost);
    const Warning::Params& w = conduct.place.parameters.warning;
    const Draw draw(world.key, Decision::warning, d, 0, world.today);
    const double free = std::max(row.visits_left, 0.0);
    const auto alarms =
        std::min<double>(draw.poisson(0, Warning::false_alarms(row.complaints_month, row.rules, w)), std::floor(free));
    spend(alarms * w.visit_cost, Reason::visit_cost);
    commit.tally().add(Metric::outreach_visits, d, static_cast<std::int64_t>(alarms));
    const Imitation::Params& i = conduct.place.parameters.imitation;
    if (row.bar.aggressive_seen && row.bar.cooperative_seen)
      commit.set_aggressive_share(d, Imitation::decide(row.bar.aggressive_share, row.bar.aggressive_payoff,
                                                       row.bar.cooperative_payoff, 1 / Upkeep::months, i));
  }
}

// Insurers review hospitals and their own level once a year; where one is ruined its members refill it.
void insurers(World& world, Commit& commit, const Conduct& conduct) {
  const Parameters& p = conduct.place.parameters;
  // What hospitals of a level have claimed a year, on average: the class against which one of them is rated.
  std::array<double, level_count> years{}, paid{};
  std::vector<double> members(world.insurers.size(), 0);
  for (std::size_t i = 0; i < world.hospitals.size(); ++i) {
    commit.liability_year_turns(i, world.hospitals[i].view.insured);
    const HospitalRow& h = world.hospitals[i];
    if (!h.view.insured) continue;
    const auto level = static_cast<std::size_t>(h.view.level);
    ++members[h.insurer];
    years[level] += h.insured_years;
    paid[level] += h.insured_paid;
  }
  for (std::size_t i = 0; i < world.hospitals.size(); ++i) {
    const HospitalRow& h = world.hospitals[i];
    if (!h.view.insured) continue;
    const auto level = static_cast<std::size_t>(h.view.level);
    const double strength = world.districts[h.district].rules.rating_strength;
    commit.set_premium_factor(
        i, Premium::factor(h.insured_paid, h.insured_years, paid[level] / years[level], strength, p.premium));
  }
  for (std::size_t i = 0; i < world.insurers.size(); ++i) {
    const InsurerRow& insurer = world.insurers[i];
    const double yearly = insurer.premiums_year;
    if (yearly <= 0) continue;  // nobody is insured with it
    const double before = world.ledger.balance(insurer.account).in_yuan();
    const bool ruined = Solvency::ruined(before, yearly, p.solvency);
    if (ruined)
      for (const HospitalRow& h : world.hospitals)
        if (h.view.insured && h.insurer == i)
          commit.transfer(h.district, h.account, insurer.account,
                          Money::yuan(Solvency::levy(before, yearly, members[i], p.solvency)), Reason::capital);
    const double reserve = world.ledger.balance(insurer.account).in_yuan();
    commit.insurer_year_turns(
        i, Premium::level(insurer.premium_level, insurer.claims_year / yearly, reserve / yearly, p.premium), ruined);
  }
}

void hospitals(World& world, Commit& commit, const Conduct& conduct) {
  const Parameters& p = conduct.place.parameters;
  std::vector<double> lessons(world.districts.size(), 0);
  for (const HospitalRow& h : world.hospitals) lessons[h.district] += h.lessons;
  for (std::size_t i = 0; i < world.hospitals.size(); ++i) {
    const HospitalRow& h = world.hospitals[i];
    const InsuranceTerms& terms = world.districts[h.district].rules.insurance;
    const double month = h.revenue / Upkeep::months;
    commit.transfer(h.district, world.society, h.account, Money::yuan(month * p.payment.operating_margin),
                    Reason::hospital_income);
    commit.transfer(h.district, h.account, world.districts[h.district].fund, Money::yuan(month * p.payment.fund_rate),
                    Reason::fund_contribution);
    if (h.view.insured) {
      const double yearly = h.view.level == HospitalLevel::tertiary ? terms.premium_tertiary : terms.premium_secondary;
      const InsurerRow& insurer = world.insurers[h.insurer];
      const Money premium = Money::yuan(yearly * h.view.premium_factor * insurer.premium_level / Upkeep::months);
      commit.premium_paid(i, premium);
      commit.transfer(h.district, insurer.account, world.society, premium.share(terms.expense_load),
                      Reason::insurer_expense);
    }
    const double hurt = Doctor::left(h.morale_lost.value, world.today - h.morale_lost.day, p.doctor);
    const Money defensive =
        Money::yuan(Learning::defensive_cost(month, h.view.liability, hurt / h.doctor_count, p.learning));
    commit.transfer(h.district, h.account, world.society, defensive, Reason::defensive_care);
    commit.tally().add(Metric::defensive_cost, h.district, defensive.cents);
    const Draw draw(world.key, Decision::complaint, i, 0, world.today);
    const double admissions = h.view.admissions_per_day * days_per_month;
    commit.complained(h.district, draw.poisson(0, admissions * p.encounter.service_complaint_rate));
    commit.admit(h.district, admissions);
    commit.set_safety(i, Learning::safety(h.view.safety, p.encounter.reference_safety, h.lessons,
                                          lessons[h.district] - h.lessons, h.view.liability, p.learning));
  }
}

}  // namespace

void month_ends(World& world, Commit& commit, const Conduct& conduct, const Today& today) {
  upkeep(world, commit, conduct);
  hospitals(world, commit, conduct);
  if (today.month_of_year == december) insurers(world, commit, conduct);

  for (std::size_t d = 0; d < world.districts.size(); ++d) {
    commit.publish(d);
    commit.settle_agencies(d);
    if (today.month_of_year == december) commit.agencies_year_turns(d);
    if (today.month_of_year == 0) commit.forget(d);
  }
}

}  // namespace parley::passes
