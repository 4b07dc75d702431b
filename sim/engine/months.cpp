// The slow loops: what changes when a month begins, and what is settled when it ends.
#include <algorithm>

#include "sim/engine/passes.hpp"
#include "sim/scenario/populate.hpp"

namespace parley::passes {

void month_begins(World& world, Commit& commit, const Conduct& conduct, const Today& today) {
  const Parameters& p = conduct.place.parameters;
  const Rules base = base_rules(conduct.place);
  for (std::size_t d = 0; d < world.districts.size(); ++d)
    commit.amend(d, amended(base, world.districts[d].seen, conduct.levers[d], conduct.place.status_quo, p.slopes));
  commit.relink();
  for (std::size_t c = 0; c < world.committees.size(); ++c) {
    commit.staff(c);
    commit.committee_year_turns(c, today.month_of_year);
    const Rules& rules = world.districts[world.committees[c].district].rules;
    for (const std::uint32_t m : world.committees[c].mediators)
      commit.set_effort(m, Effort::decide(rules, world.mediators[m].mission, p.effort));
  }
  for (std::size_t h = 0; h < world.hospitals.size(); ++h)
    commit.set_event_rate(h, Encounter::event_rate(world.hospitals[h].view, p.encounter));
}

namespace {

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
    commit.transfer(committee.district, committee.account, world.society,
                    Money::yuan(u.mediator_wage * static_cast<double>(month.mediators) / Upkeep::months),
                    Reason::mediator_wage);
    commit.transfer(committee.district, committee.account, world.society,
                    Money::yuan(rules.committee_budget / Upkeep::months), Reason::committee_cost);
  }
  for (std::size_t d = 0; d < world.districts.size(); ++d) {
    const DistrictRow& row = world.districts[d];
    commit.transfer(d, row.government, world.society,
                    Money::yuan(Upkeep::linkage_month(row.rules, static_cast<double>(row.population))),
                    Reason::linkage);
    commit.transfer(d, row.government, world.society,
                    Money::yuan(u.office_wage * static_cast<double>(row.office.free_on.size()) / Upkeep::months),
                    Reason::office_cost);
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
      const Money premium =
          Money::yuan((h.view.level == HospitalLevel::tertiary ? terms.premium_tertiary : terms.premium_secondary) /
                      Upkeep::months);
      commit.transfer(h.district, h.account, world.insurer, premium, Reason::premium);
      commit.transfer(h.district, world.insurer, world.society, premium.share(terms.expense_load),
                      Reason::insurer_expense);
    }
    const Draw draw(world.key, Decision::complaint, i, 0, world.today);
    const double admissions = h.view.admissions_per_day * days_per_month;
    commit.tally().add(Metric::complaints, h.district,
                       draw.poisson(0, admissions * p.encounter.service_complaint_rate));
    commit.admit(h.district, admissions);
    commit.set_safety(i, Learning::safety(h.view.safety, p.encounter.reference_safety, h.lessons,
                                          lessons[h.district] - h.lessons, p.learning));
  }
}

}  // namespace

void month_ends(World& world, Commit& commit, const Conduct& conduct, const Today& today) {
  upkeep(world, commit, conduct);
  hospitals(world, commit, conduct);

  const Trust::Params& t = conduct.place.parameters.trust;
  const Look look(world, conduct.place);
  constexpr double millionths = 1e6;
  for (std::size_t d = 0; d < world.districts.size(); ++d) {
    const DistrictRow& row = world.districts[d];
    const double shifts =
        Trust::remaining(row.shift_sum, world.today - row.shift_day, t) / static_cast<double>(row.population);
    const double media = t.media_loss * std::min(look.faded(row.media, row.media_day, t.media_halflife), 1.0);
    commit.tally().set(Metric::open_disputes, d, row.open_disputes);
    commit.tally().set(Metric::trust, d, static_cast<std::int64_t>((t.trust_mean + shifts - media) * millionths));
    commit.publish(d);
    if (today.month_of_year == 0) commit.forget(d);
  }
}

}  // namespace parley::passes
