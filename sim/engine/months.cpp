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
  const ProviderRow& provider = world.providers[world.committees[committee].provider];
  const double underpaid = Tender::leaving(bid_of(provider), conduct.place.parameters.tender);
  for (const std::uint32_t m : world.committees[committee].mediators) {
    const MediatorRow& row = world.mediators[m];
    if (!row.active) continue;
    const double load = std::clamp((row.free_on - world.today) / days_per_month, 0.0, 1.0);
    const double years = (world.today - row.since) / days_per_year;
    const Draw draw(world.key, Decision::turnover, row.post, row.generation, world.today);
    if (Turnover::leaves(draw.uniform(0), underpaid * Turnover::hazard(load, years, p))) commit.vacate(m);
  }
}

// Newcomers take the vacant posts that are funded, where their provider can pay for them.
void vacancies(World& world, Commit& commit, const Conduct& conduct, std::size_t committee) {
  const CommitteeRow& row = world.committees[committee];
  const ProviderRow& provider = world.providers[row.provider];
  const double budget = rules_of(world, row).committee_budget;
  for (std::size_t post = 0; post < posts_of(world, committee); ++post) {
    const std::uint32_t m = row.mediators[post];
    if (!world.mediators[m].vacant) continue;
    double people = 1;
    for (const std::uint32_t c : provider.committees)
      for (const std::uint32_t other : world.committees[c].mediators) people += world.mediators[other].active ? 1 : 0;
    const double cost = provider.cost * Staffing::month(static_cast<double>(provider.committees.size()), people, budget,
                                                        conduct.place.parameters.upkeep.mediator_wage);
    if (Staffing::fills(world.ledger.balance(provider.account).in_yuan(), cost, conduct.place.parameters.staffing))
      commit.fill(m);
  }
}

// What bureaus do not put into practice stays as it was; a door is open or shut, and no part of it. Of the length of
// contracts it is how often they are put to tender that is half done.
void practise(Levers& levers, const Levers& customary) {
  const double share = levers.implementation.implementation;
  if (share >= 1) return;
  Levers before = customary;
  const auto frequency = [](double years) { return years > 0 ? 1 / years : 0; };
  const double usual_tenders = frequency(customary.procurement.contract_years),
               tenders = usual_tenders + share * (frequency(levers.procurement.contract_years) - usual_tenders);
  const std::vector<Described> now = described_levers(levers), usual = described_levers(before);
  for (std::size_t i = 0; i < now.size(); ++i)
    if (double* const* value = std::get_if<double*>(&now[i].value);
        value != nullptr && now[i].name != Implementation::name)
      **value = usual[i].number() + share * (**value - usual[i].number());
  levers.procurement.contract_years = frequency(tenders);
}

// From 0, January, whatever month a place's years begin with.
std::size_t calendar_month(const CalendarDate& start, const Today& today) {
  return (static_cast<std::size_t>(start.month) - 1 + today.month_of_year) % (december + 1);
}

// What a bureau is not granted it does not do: its programmes shrink with its share.
void grant(Levers& levers, const Levers& customary, const DistrictRow& row) {
  const auto share = [&](AgencyKind kind) { return row.agencies[static_cast<std::size_t>(kind)].granted; };
  const double justice = share(AgencyKind::justice), health = share(AgencyKind::health),
               police = share(AgencyKind::police), leadership = share(AgencyKind::leadership);
  levers.authority.authority *= leadership;
  levers.proximity.proximity *= leadership;
  levers.supervision.deadline_supervision *= leadership;
  levers.funding.public_funding_share *= justice;
  levers.legal_aid.legal_aid_capacity *= justice;
  levers.one_stop.one_stop *= justice;
  levers.oversight.inspections_per_year *= justice;
  levers.publicity.publicity *= justice;
  levers.early_warning.warning_coverage *= health;
  levers.transparency.transparency_duty *= health;
  levers.transparency.public_scores *= health;
  levers.health_investment.health_investment *= health;
  levers.training.training_sessions *= share(AgencyKind::human_resources);
  levers.recognition.recognition *= share(AgencyKind::human_resources);
  double& candidates = levers.recruitment.candidates_per_post;
  candidates = 1 + (candidates - 1) * share(AgencyKind::human_resources);
  levers.health_insurance.insurance_generosity *= share(AgencyKind::human_resources);
  levers.linkage.linkage_strength *= share(AgencyKind::comprehensive_management);
  levers.emergency_response.emergency_response *= police;
  double& officers = levers.security.police_factor;
  const double usual = customary.security.police_factor;
  if (officers > usual) officers = usual + (officers - usual) * police;
}

// The month's share of a district's budget, for bureaus that ask for what their programmes would cost in full.
void budget(const World& world, Commit& commit, const Conduct& conduct, std::size_t d, double limit,
            std::size_t month_of_year) {
  const DistrictRow& row = world.districts[d];
  const Budget::PerBureau figures = Budget::own_figures(row.seen);
  Budget::PerBureau asked{}, granted{}, usual{};
  granted.fill(1);
  double spent = 0, duties = 0;
  constexpr double least = 0.01;  // of a share so small nothing can be inferred: what was asked before stands
  for (std::size_t k = 0; k < agency_count; ++k) {
    const AgencyRow& agency = row.agencies[k];
    asked[k] = agency.granted > least ? agency.programmes_month.in_yuan() / agency.granted : agency.asked;
    usual[k] = agency.usual;
    spent += agency.spent_this_year.in_yuan();
    duties += agency.duties_month.in_yuan();
  }
  if (limit > 0 && row.customary_spending.cents > 0) {
    const double left = static_cast<double>(december + 1 - month_of_year);
    const Budget::Params& p = conduct.place.parameters.budget;
    const double attention = Look(world, conduct.place).attention(row);
    const double year = Budget::year(limit, row.customary_spending.in_yuan(), attention, p);
    granted =
        Budget::granted(asked, Budget::room(year, spent, left, duties), Budget::weights(figures, usual, attention, p));
  }
  for (std::size_t k = 0; k < agency_count; ++k) usual[k] = Budget::usual(usual[k], figures[k]);
  commit.set_grants(d, asked, granted, usual);
}

// Contracts with providers: renewed when they have done well enough, or put to tender.
void procurement(const World& world, Commit& commit, const Conduct& conduct, std::size_t index) {
  const ProviderRow& row = world.providers[index];
  const Rules& rules = world.districts[row.district].rules;
  if (rules.contract_years <= 0 || !rules.mediation_open) return;
  const Parameters& p = conduct.place.parameters;
  double posts = 0, standing = 0;
  for (const std::uint32_t c : row.committees) {
    posts += static_cast<double>(posts_of(world, c));
    standing += evaluation_of(world, c, conduct.place);
  }
  const auto run = static_cast<double>(row.committees.size());
  const double month = Staffing::month(run, posts, rules.committee_budget, p.upkeep.mediator_wage);
  const bool first = row.contract_ends == never;
  const bool broke = Tender::gives_up(world.ledger.balance(row.account).in_yuan(), row.cost * month, p.tender);
  if (!first && !broke && world.today < row.contract_ends) return;
  const auto ends = world.today + static_cast<std::int32_t>(rules.contract_years * days_per_year);
  if (!first && !broke && Tender::renewed(standing / run, rules.renewal_threshold)) return commit.renew(index, ends);

  // Whoever has the work without a contract may bid for it too; whoever has just lost it may not.
  const Draw draw(world.key, Decision::tender, index, row.contracts, world.today);
  const auto newcomers = static_cast<std::uint32_t>(p.tender.bidders);
  const double bidders = newcomers + (first ? 1 : 0);
  const auto points = [&](const Tender::Bid& bid) {
    return Tender::points(bid, rules.price_weight, p.staffing.quality_sd, p.tender);
  };
  Tender::Bid best = Tender::bid(row.quality, draw.uniform(0), bidders, p.tender);
  double most = first ? points(best) : -infinity;
  bool stays = first;
  for (std::uint32_t i = 0; i < newcomers; ++i) {
    const double quality = Staffing::quality(draw.normal(2 * i + 1), p.staffing);
    const Tender::Bid bid = Tender::bid(quality, draw.uniform(2 * i + 2), bidders, p.tender);
    if (points(bid) > most) most = points(bid), best = bid, stays = false;
  }
  if (!stays) {
    commit.replace(index, best.quality, Money::yuan(p.staffing.opening_months * best.cost * month));
    for (const std::uint32_t c : row.committees)
      for (const std::uint32_t m : world.committees[c].mediators) {
        const MediatorRow& person = world.mediators[m];
        const Draw kept(world.key, Decision::takeover, person.post, person.generation, world.today);
        if (person.active && !kept.chance(0, p.tender.staff_kept)) commit.vacate(m);
      }
  }
  commit.award(index, best, ends);
}

}  // namespace

void month_begins(World& world, Commit& commit, const Conduct& conduct, const Today& today) {
  const Parameters& p = conduct.place.parameters;
  const Rules base = base_rules(conduct.place);
  const CalendarDate start{conduct.place.start_year, conduct.place.start_month, conduct.place.start_day};
  commit.forget_own_rules();
  for (std::size_t d = 0; d < world.districts.size(); ++d) {
    const PublicView& seen = world.districts[d].seen;
    const auto levers_of = [&](int hospital, int committee) {
      return in_force(conduct.arm.levers[d], conduct.arm.dated, static_cast<int>(d), start, world.today, seen, hospital,
                      committee);
    };
    Levers levers = levers_of(-1, -1);
    const Draw change(world.key, Decision::leadership, d, 0, world.today);
    // What has lapsed already cannot lapse again.
    if (world.today >= world.districts[d].lapsed_until &&
        Leadership::lapses(levers.institutional_memory.institutional_memory, p.leadership, change))
      commit.lapse(d, world.today + static_cast<std::int32_t>(p.leadership.relearning_months * days_per_month));
    budget(world, commit, conduct, d, levers.public_budget.public_budget, today.month_of_year);
    if (world.today < world.districts[d].lapsed_until) levers = conduct.place.status_quo;
    const auto rules_under = [&](Levers now) {
      if (world.today < world.districts[d].lapsed_until) now = conduct.place.status_quo;
      practise(now, conduct.place.status_quo);
      grant(now, conduct.place.status_quo, world.districts[d]);
      return amended(base, seen, now, conduct.place.status_quo, p.slopes);
    };
    commit.amend(d, rules_under(levers));
    for (const LeverSetting& setting : conduct.arm.dated) {
      if (!setting.narrow() || !is_in_force(setting, static_cast<int>(d), start, world.today, seen)) continue;
      const auto is_here = [&](int number, const auto& rows) {
        return number >= 0 && rows[static_cast<std::size_t>(number)].district == d &&
               rows[static_cast<std::size_t>(number)].own_rules == none_own;
      };
      if (is_here(setting.hospital, world.hospitals))
        commit.amend_hospital(static_cast<std::size_t>(setting.hospital), rules_under(levers_of(setting.hospital, -1)));
      if (is_here(setting.committee, world.committees))
        commit.amend_committee(static_cast<std::size_t>(setting.committee),
                               rules_under(levers_of(-1, setting.committee)));
    }
    const Rules& rules = world.districts[d].rules;
    commit.set_heard(d, Campaign::month(world.districts[d].heard, rules.publicity, p.campaign));
    const Draw visits(world.key, Decision::inspection, d, 0, world.today);
    commit.inspected(d, visits.poisson(0, Inspection::visits_a_month(rules.inspections_per_year)),
                     rules.inspection_weight);
    commit.address(d, rules.attention_from_leaders);
  }
  commit.relink();
  const Look look(world, conduct.place);
  for (std::size_t d = 0; d < world.districts.size(); ++d) {
    const DistrictRow& row = world.districts[d];
    const double people = static_cast<double>(row.population);
    commit.set_monthly_services(d, row.rules.legal_aid_capacity * people / million,
                                Warning::visits_a_month(people, p.warning));
  }
  for (std::size_t i = 0; i < world.providers.size(); ++i) procurement(world, commit, conduct, i);
  const double growth = Workload::growth_of_a_month(conduct.place.numbers.admission_growth,
                                                    conduct.place.numbers.growth_halving, world.today / days_per_year);
  for (std::size_t h = 0; h < world.hospitals.size(); ++h) commit.grow(h, growth);
  for (std::size_t c = 0; c < world.committees.size(); ++c) {
    turnover(world, commit, conduct, c);
    commit.staff(c);
    vacancies(world, commit, conduct, c);
    commit.committee_month_begins(c, today.month_of_year);
    const Rules& rules = rules_of(world, world.committees[c]);
    for (const std::uint32_t m : world.committees[c].mediators)
      commit.set_effort(m, Effort::decide(rules, rules.mission_factor * world.mediators[m].mission,
                                          world.committees[c].target, p.effort));
  }
  for (std::size_t h = 0; h < world.hospitals.size(); ++h) {
    const HospitalRow& row = world.hospitals[h];
    const Rules& rules = rules_of(world, row);
    const double usual = row.view.usual_occupancy;
    const double occupancy =
        std::min(Workload::most(usual, p.workload),
                 rules.crowding_factor * Workload::occupancy(usual, look.media(world.districts[row.district]),
                                                             calendar_month(start, today), p.workload));
    constexpr std::uint32_t participation_draw = 5;  // of a hospital's traits
    const Draw traits(world.key, Decision::hospital_traits, h, 0, 0);
    commit.set_insured(h, row.insured_by_place || traits.chance(participation_draw, rules.insurance_participation));
    commit.set_hospital_month(h, occupancy, Disclosure::probability(row.view, rules.disclosure_duty, p.disclosure));
    const double together = Encounter::cooperation(look.mean_trust(world.districts[row.district]), p.encounter);
    commit.set_event_rate(
        h, together * Encounter::event_rate(row.view, Workload::factor(occupancy, p.workload), p.encounter));
  }
}

namespace {

// Wages, premises, grants, training; offices, linkage, visits to what turns out to be nothing.
void upkeep(World& world, Commit& commit, const Conduct& conduct) {
  const Upkeep::Params& u = conduct.place.parameters.upkeep;
  for (std::size_t c = 0; c < world.committees.size(); ++c) {
    const CommitteeRow& committee = world.committees[c];
    const Rules& rules = rules_of(world, committee);
    if (!rules.mediation_open) continue;
    const ProviderRow& provider = world.providers[committee.provider];
    double mediators = 0;
    for (const std::uint32_t m : committee.mediators) mediators += world.mediators[m].active ? 1 : 0;
    const double sum = provider.price * Upkeep::contract_sum(mediators, rules, u),
                 fixed = rules.contract.fixed_grant_share;
    commit.fund_committee(c, fixed * sum, Reason::committee_grant);
    commit.fund_committee(c, (1 - fixed) * sum * evaluation_of(world, c, conduct.place), Reason::results_grant);
    commit.transfer(committee.district, provider.account, world.society,
                    Money::yuan(provider.cost * u.mediator_wage * mediators / Upkeep::months), Reason::mediator_wage);
    commit.transfer(committee.district, provider.account, world.society,
                    Money::yuan((provider.cost * rules.committee_budget + rules.database_cost) / Upkeep::months),
                    Reason::committee_cost);
    const double sessions = rules.training_sessions / Upkeep::months;
    commit.spend(committee.district, Upkeep::training_month(mediators, sessions, u), Reason::training_cost);
    commit.spend(committee.district, rules.award_cost * mediators / Upkeep::months, Reason::award_cost);
    commit.spend(committee.district, rules.standardisation_cost / Upkeep::months, Reason::standardisation_cost);
    for (const std::uint32_t m : committee.mediators) {
      const auto [law, medicine] = Skill::month(
          {world.mediators[m].law, world.mediators[m].medicine}, rules.training_sessions,
          Tender::hired(bid_of(provider), conduct.place.parameters.tender), conduct.place.parameters.skill);
      commit.set_skills(m, law, medicine);
    }
  }
  for (std::size_t d = 0; d < world.districts.size(); ++d) {
    const DistrictRow& row = world.districts[d];
    const Parameters& p = conduct.place.parameters;
    const PlaceNumbers& numbers = conduct.place.numbers;
    const auto people = static_cast<double>(row.population);
    constexpr double thousand = 1000;
    // Each hospital has its part of what serves the district, under its own terms.
    const double part = 1 / std::max(static_cast<double>(row.hospitals.size()), 1.0);
    double scored = 0, officers = 0, invested = 0, bills = 0, one_stop = 0, response = 0, authority = 0, presence = 0;
    for (const std::uint32_t h : row.hospitals) {
      const HospitalRow& hospital = world.hospitals[h];
      const Rules& rules = rules_of(world, hospital);
      scored += rules.scoring_cost + rules.publication_cost;
      one_stop += part * rules.one_stop_cost;
      response += part * rules.response_cost;
      authority += part * (rules.authority_cost + rules.supervision_cost);
      presence += part * rules.presence_cost;
      officers += rules.officer_cost * p.disturbance.police_presence * hospital.view.beds / thousand;
      invested += rules.investment_share * hospital.revenue;
      bills += Encounter::insured_bills(hospital.view.admissions_per_day * days_per_month, numbers.health_insured_share,
                                        rules.bill_cover, p.encounter);
    }
    commit.spend(d, Upkeep::by_population(row.rules.linkage_cost, people), Reason::linkage);
    commit.spend(d, Upkeep::by_population(one_stop, people), Reason::one_stop_cost);
    commit.spend(d, Upkeep::by_population(response, people), Reason::response_cost);
    commit.spend(d, Upkeep::by_population(authority, people), Reason::authority_cost);
    commit.spend(d, Upkeep::by_population(presence, people), Reason::presence_cost);
    commit.spend(d, Campaign::month_cost(row.rules.publicity, people, p.campaign), Reason::publicity_cost);
    commit.spend(d, scored / Upkeep::months, Reason::scoring_cost);
    commit.spend(d, officers / Upkeep::months, Reason::security_cost);
    commit.spend(d, invested / Upkeep::months, Reason::investment);
    commit.spend(d, bills * numbers.income_index, Reason::insured_bills);
    commit.spend(d, u.office_wage * static_cast<double>(row.office.free_on.size()) / Upkeep::months,
                 Reason::office_cost);
    const Warning::Params& w = conduct.place.parameters.warning;
    const Draw draw(world.key, Decision::warning, d, 0, world.today);
    const double free = std::max(row.visits_left, 0.0);
    const auto alarms =
        std::min<double>(draw.poisson(0, Warning::false_alarms(row.complaints_month, row.rules, w)), std::floor(free));
    commit.spend(d, alarms * w.visit_cost, Reason::visit_cost);
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
    const Rules& rules = rules_of(world, h);
    const double factor =
        Premium::factor(h.insured_paid, h.insured_years, paid[level] / years[level], rules.rating_strength, p.premium);
    commit.set_premium_factor(i, Premium::filed(h.view.premium_factor, factor, rules.premium_rise_limit));
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
  std::array<double, level_count> alike{}, shares{};
  for (const HospitalRow& h : world.hospitals) {
    lessons[h.district] += Learning::practised(h.lessons, p.learning);
    ++alike[static_cast<std::size_t>(h.view.level)];
    shares[static_cast<std::size_t>(h.view.level)] += h.disputes_share;
  }
  for (std::size_t i = 0; i < world.hospitals.size(); ++i) {
    const HospitalRow& h = world.hospitals[i];
    const Rules& rules = rules_of(world, h);
    const InsuranceTerms& terms = rules.insurance;
    const double month = h.revenue / Upkeep::months;
    commit.transfer(h.district, world.society, h.account, Money::yuan(month * p.payment.operating_margin),
                    Reason::hospital_income);
    commit.transfer(h.district, h.account, world.districts[h.district].fund,
                    Money::yuan(month * p.payment.fund_rate * rules.fund_factor), Reason::fund_contribution);
    if (h.view.insured) {
      const double yearly = terms.premium(static_cast<std::size_t>(h.view.level));
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
    const double own = Learning::practised(h.lessons, p.learning);
    const auto level = static_cast<std::size_t>(h.view.level);
    const double aim =
        p.encounter.reference_safety + rules.safety_shift +
        Learning::published(h.disputes_share, shares[level] / alike[level], rules.score_publication, p.learning);
    commit.set_safety(
        i, own, Learning::safety(h.view.safety, aim, own, lessons[h.district] - own, h.view.liability, p.learning));
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
