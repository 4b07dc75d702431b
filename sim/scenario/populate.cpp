#include "sim/scenario/populate.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "sim/base/error.hpp"

namespace parley {

Rules base_rules(const Place& place) {
  Rules rules;
  rules.customs = place.parameters.customs;
  rules.court = place.parameters.court;
  rules.insurance = place.parameters.insurance;
  return rules;
}

SocialShape social_shape(const Trust::Params& trust) {
  return {trust.network_degree, trust.far_tie_share, static_cast<std::uint32_t>(trust.neighbourhood_size)};
}

std::vector<std::int64_t> largest_remainder(std::int64_t total, const std::vector<std::int64_t>& weights) {
  const std::int64_t sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
  std::vector<std::int64_t> shares(weights.size(), 0);
  if (sum <= 0) return shares;
  std::vector<std::pair<std::int64_t, std::size_t>> remainders;
  std::int64_t given = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    shares[i] = total * weights[i] / sum;
    given += shares[i];
    remainders.emplace_back(-(total * weights[i] % sum), i);
  }
  std::sort(remainders.begin(), remainders.end());
  for (std::int64_t k = 0; k < total - given; ++k) ++shares[remainders[static_cast<std::size_t>(k)].second];
  return shares;
}

namespace {

class Builder {
 public:
  Builder(const Place& place, DrawKey key) : place_(place), p_(place.parameters), n_(place.numbers) {
    world_.key = key;
    world_.risk_curve = std::make_shared<const RiskCurve>(Doctor::curve(p_.doctor));
  }

  World build(std::int32_t first_day, std::int32_t last_day) {
    world_.today = world_.first_day = first_day;
    world_.calendar.resize(static_cast<std::size_t>(last_day - first_day) + 1);
    add_districts();
    add_insurers();
    add_hospitals();
    capitalise();
    add_experts();
    add_committees();
    link();
    acquaint();
    return std::move(world_);
  }

 private:
  Vertex vertex(PartyKind kind, std::size_t index, std::size_t district) {
    parties_.push_back({kind, static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(district)});
    return static_cast<Vertex>(parties_.size() - 1);
  }
  // Lists a tie; whoever keeps the edge gets it once the graph is built.
  std::size_t tie(Vertex from, Vertex to, LinkKind kind, double weight = 1, bool in_house = false) {
    // Where mediators sit in the house, a case is handed over the desk.
    const Handoff base =
        in_house ? Handoff{1, 0, 0} : Handoff{p_.handoff.probability, p_.handoff.delay, p_.handoff.information_loss};
    ties_.push_back({from, to, Link{kind, weight, base, base}});
    return ties_.size() - 1;
  }

  void add_districts() {
    std::vector<std::int64_t> populations;
    for (const District& d : place_.districts) populations.push_back(d.population);
    // Centres and arbitration panels go to the most populous districts, one each.
    std::vector<std::size_t> by_size(populations.size());
    std::iota(by_size.begin(), by_size.end(), std::size_t{0});
    std::stable_sort(by_size.begin(), by_size.end(), [&](auto a, auto b) { return populations[a] > populations[b]; });
    std::vector<std::int64_t> centres(populations.size(), 0);
    for (std::size_t i = 0; i < by_size.size(); ++i)
      centres[by_size[i]] =
          n_.centres / static_cast<std::int64_t>(by_size.size()) +
          (static_cast<std::int64_t>(i) < n_.centres % static_cast<std::int64_t>(by_size.size()) ? 1 : 0);

    std::vector<std::int64_t> panels(populations.size(), 0);
    for (std::int64_t i = 0; i < n_.arbitration_panels; ++i)
      ++panels[by_size[static_cast<std::size_t>(i) % by_size.size()]];

    Ledger& ledger = world_.ledger;
    world_.society = ledger.open(true);
    std::uint32_t first = 0;
    constexpr double million = 1e6;
    for (std::size_t d = 0; d < place_.districts.size(); ++d) {
      DistrictRow row;
      row.population = populations[d];
      row.first_patient = first;
      first += static_cast<std::uint32_t>(row.population);
      world_.population += row.population;
      row.insured = place_.districts[d].insured;
      row.centre = centres[d] > 0;
      const double people = static_cast<double>(row.population) / million;
      const double officers =
          p_.upkeep.officers_per_million * people + p_.upkeep.officers_per_centre * static_cast<double>(centres[d]);
      row.office.free_on.assign(static_cast<std::size_t>(std::max(officers + 0.5, 1.0)), world_.today);
      row.court.free_on.assign(static_cast<std::size_t>(std::max(p_.trial.judges_per_million * people + 0.5, 1.0)),
                               world_.today);
      row.panel.free_on.assign(static_cast<std::size_t>(panels[d]), world_.today);
      row.media_day = row.visible_day = row.shift_day = row.excitation.day = row.attention.day = row.care.day =
          world_.today;
      row.bar.aggressive_share = p_.imitation.aggressive_start;
      row.disturbance_premium = p_.disturbance.premium_start;
      for (Account* account :
           {&row.patients, &row.staff, &row.court_account, &row.lawyers, &row.experts, &row.arbitration})
        *account = ledger.open(true);
      for (AgencyRow& agency : row.agencies) agency.account = ledger.open(true);
      row.fund = ledger.open(false);
      world_.districts.push_back(std::move(row));
      publics_.push_back(vertex(PartyKind::public_, d, d));
      health_.push_back(vertex(PartyKind::health_authority, d, d));
      justice_.push_back(vertex(PartyKind::justice_bureau, d, d));
      finance_.push_back(vertex(PartyKind::finance, d, d));
      police_.push_back(vertex(PartyKind::police, d, d));
      courts_.push_back(vertex(PartyKind::court, d, d));
      aid_.push_back(vertex(PartyKind::legal_aid, d, d));
      leaders_.push_back(vertex(PartyKind::leadership, d, d));
      human_resources_.push_back(vertex(PartyKind::human_resources, d, d));
      management_.push_back(vertex(PartyKind::comprehensive_management, d, d));
      panels_.push_back(panels[d] > 0 ? vertex(PartyKind::arbitration_panel, d, d) : no_vertex);
    }
  }

  void add_insurers() {
    for (std::int64_t i = 0; i < n_.insurers; ++i) {
      InsurerRow row;
      row.account = world_.ledger.open(true);
      world_.insurers.push_back(row);
      insurers_.push_back(vertex(PartyKind::insurer, static_cast<std::size_t>(i), 0));
    }
    regulator_ = vertex(PartyKind::insurance_regulator, 0, 0);
    city_ = vertex(PartyKind::city_government, 0, 0);
    province_ = vertex(PartyKind::province_government, 0, 0);
    world_.city_attention.day = world_.province_attention.day = world_.today;
  }

  void add_hospitals() {
    std::vector<std::int64_t> populations;
    for (const District& d : place_.districts) populations.push_back(d.population);
    const std::array<std::int64_t, level_count> counts = {n_.hospitals_primary, n_.hospitals_secondary,
                                                          n_.hospitals_tertiary};
    // Admissions of a level that has no hospital go to the others.
    double present = 0;
    for (std::size_t l = 0; l < level_count; ++l)
      if (counts[l] > 0) present += p_.encounter.admissions_by_level_shares[l];
    std::array<std::vector<std::int64_t>, level_count> by_district;
    for (std::size_t l = 0; l < level_count; ++l) by_district[l] = largest_remainder(counts[l], populations);

    const double admissions = n_.admission_rate * static_cast<double>(world_.population) / days_per_year;
    for (std::size_t d = 0; d < populations.size(); ++d)
      for (std::size_t l = level_count; l-- > 0;)
        for (std::int64_t k = 0; k < by_district[l][d]; ++k)
          add_hospital(
              d, static_cast<HospitalLevel>(l),
              admissions * p_.encounter.admissions_by_level_shares[l] / present / static_cast<double>(counts[l]));
  }

  void add_hospital(std::size_t d, HospitalLevel level, double admissions_per_day) {
    const auto index = static_cast<std::uint32_t>(world_.hospitals.size());
    const Draw draw(world_.key, Decision::hospital_traits, index, 0, 0);
    HospitalRow row;
    row.district = static_cast<std::uint32_t>(d);
    HospitalView& view = row.view;
    view.id = HospitalId{index};
    view.level = level;
    view.admissions_per_day = admissions_per_day;
    const double sigma = p_.encounter.hospital_heterogeneity;
    const std::array<double, specialty_count> mix = Encounter::mix(draw, p_.encounter);
    view.relative_risk =
        exponential(sigma * draw.normal(0) - sigma * sigma / 2) * Encounter::mix_risk(mix, p_.encounter);
    row.event_mix = Encounter::event_mix(mix, p_.encounter);
    view.communication = std::clamp(n_.communication_mean + n_.communication_sd * draw.normal(1), 0.0, 1.0);
    view.is_public = draw.chance(2, n_.public_hospital_share);
    view.insured = row.insured_by_place = world_.districts[d].insured && level != HospitalLevel::primary;
    view.safety = p_.encounter.reference_safety;
    view.transparency =
        std::clamp(n_.transparency_mean + n_.transparency_sd * draw.normal(transparency_draw), 0.0, 1.0);
    view.usual_occupancy = view.occupancy = Workload::usual(draw.normal(occupancy_draw), p_.workload);
    view.beds = Workload::beds(admissions_per_day, view.usual_occupancy, p_.workload);
    view.mediation_room = rooms_given_ < n_.mediation_rooms;
    rooms_given_ += view.mediation_room ? 1 : 0;
    row.doctor_count = Doctor::number(view.beds, p_.doctor);
    row.insurer = static_cast<std::uint32_t>(d % world_.insurers.size());  // insurers bid for whole districts
    row.most_workload = Workload::factor(Workload::most(view.usual_occupancy, p_.workload), p_.workload);
    row.revenue = admissions_per_day * days_per_year * p_.encounter.bill_mean * n_.income_index;
    const double grown = Workload::most_growth(n_.admission_growth, n_.growth_halving);
    row.event_ceiling = grown * Encounter::event_ceiling(view, row.most_workload, p_.encounter);
    row.bad_outcome_ceiling = grown * Encounter::bad_outcome_rate(view, p_.encounter);
    row.event_rate = Encounter::event_rate(view, Workload::factor(view.occupancy, p_.workload), p_.encounter);
    row.disclosure = Disclosure::probability(view, 0, p_.disclosure);
    // A Poisson count of a large mean is the sum of counts of small ones; each has a draw of its own.
    constexpr double largest_mean = 32;
    const double ceiling = row.event_ceiling + row.bad_outcome_ceiling;
    row.counting_draws = static_cast<std::uint32_t>(ceiling / largest_mean) + 1;
    row.count_mean = ceiling / row.counting_draws;
    row.count_zero = exponential(-row.count_mean);
    constexpr double most_candidates =
        12000;  // an ordinal has 14 bits, and a Poisson count of this mean keeps well below
    if (ceiling > most_candidates)
      throw ScenarioError(
          {Fault{place_.slug, 0, 0, "numbers",
                 "hospital " + std::to_string(index) + " would meet " + std::to_string(static_cast<long>(ceiling)) +
                     " candidate events a day; at most 12000 are allowed: give the place more hospitals"}});
    row.account = world_.ledger.open(true);
    world_.ledger.transfer(world_.society, row.account, Money::yuan(row.revenue * p_.payment.reserve_years),
                           Reason::opening_reserve);
    world_.districts[d].hospitals.push_back(index);
    hospitals_.push_back(vertex(PartyKind::hospital, index, d));
    world_.hospitals.push_back(std::move(row));
  }

  // Each insurer begins with a share of a year's premiums as its own capital.
  void capitalise() {
    std::vector<double> premiums(world_.insurers.size(), 0);
    for (const HospitalRow& h : world_.hospitals)
      if (h.view.insured) premiums[h.insurer] += p_.insurance.premium(static_cast<std::size_t>(h.view.level));
    for (std::size_t i = 0; i < premiums.size(); ++i)
      world_.ledger.transfer(world_.society, world_.insurers[i].account,
                             Money::yuan(Solvency::capital(premiums[i], p_.solvency)), Reason::capital);
  }

  void add_experts() {
    const std::size_t pools = n_.experts_shared ? 1 : world_.districts.size();
    for (std::size_t i = 0; i < pools; ++i) {
      ExpertPoolRow row;
      if (!n_.experts_shared)
        row.share = static_cast<double>(world_.districts[i].population) / static_cast<double>(world_.population);
      world_.pools.push_back(row);
      pools_.push_back(vertex(PartyKind::expert_pool, i, i));
    }
    for (std::size_t d = 0; d < world_.districts.size(); ++d)
      world_.districts[d].pool = n_.experts_shared ? 0 : static_cast<std::uint32_t>(d);
  }

  void add_committees() {
    std::vector<std::int64_t> populations;
    for (const District& d : place_.districts) populations.push_back(d.population);
    // One each where there are enough, the rest by population; a district without one is served by its neighbour's.
    const auto districts = static_cast<std::int64_t>(populations.size());
    std::vector<std::int64_t> counts(populations.size(), n_.committees >= districts ? 1 : 0);
    const auto extra =
        largest_remainder(n_.committees >= districts ? n_.committees - districts : n_.committees, populations);
    for (std::size_t d = 0; d < populations.size(); ++d)
      for (std::int64_t k = 0; k < counts[d] + extra[d]; ++k) {
        const auto index = static_cast<std::uint32_t>(world_.committees.size());
        CommitteeRow row;
        row.district = static_cast<std::uint32_t>(d);
        row.place_index = index;
        row.target = p_.customs.target_success;
        committees_.push_back(vertex(PartyKind::committee, index, d));
        world_.districts[d].committees.push_back(index);
        world_.committees.push_back(std::move(row));
      }
    if (world_.committees.empty()) return;
    add_providers();
    for (std::size_t d = 0; d < world_.districts.size(); ++d)
      if (world_.districts[d].committees.empty())
        world_.districts[d].committees.push_back(static_cast<std::uint32_t>(d % world_.committees.size()));
  }

  // The committees of a district are run by its providers in turn.
  void add_providers() {
    const Rules rules = amended(base_rules(place_), {}, place_.status_quo, place_.status_quo, p_.slopes);
    for (std::size_t d = 0; d < world_.districts.size(); ++d) {
      const std::vector<std::uint32_t>& committees = world_.districts[d].committees;
      const std::size_t wanted = n_.providers == 0 ? committees.size() : static_cast<std::size_t>(n_.providers);
      const std::size_t first = world_.providers.size(), number = std::min(wanted, committees.size());
      for (std::size_t k = 0; k < number; ++k) {
        ProviderRow row;
        row.district = static_cast<std::uint32_t>(d);
        const auto index = static_cast<std::uint32_t>(first + k);
        row.quality =
            Staffing::quality(Draw(world_.key, Decision::provider_traits, index, 0, 0).normal(0), p_.staffing);
        for (std::size_t c = k; c < committees.size(); c += number) {
          row.committees.push_back(committees[c]);
          world_.committees[committees[c]].provider = index;
        }
        row.account = world_.ledger.open(true);
        const auto run = static_cast<double>(row.committees.size());
        const double month =
            Staffing::month(run, rules.mediators_per_committee * run, rules.committee_budget, p_.upkeep.mediator_wage);
        world_.ledger.transfer(world_.society, row.account, Money::yuan(p_.staffing.opening_months * month),
                               Reason::opening_reserve);
        providers_.push_back(vertex(PartyKind::service_provider, index, d));
        world_.providers.push_back(std::move(row));
      }
    }
  }

  void link() {
    struct HospitalTies {
      std::size_t home, response, office, panel = no_tie;
      std::vector<std::size_t> elsewhere, refers;
    };
    std::vector<HospitalTies> hospital_ties;
    for (std::size_t h = 0; h < world_.hospitals.size(); ++h) {
      const HospitalRow& row = world_.hospitals[h];
      const std::size_t d = row.district;
      HospitalTies mine;
      const bool regional =
          row.view.level == HospitalLevel::tertiary && world_.districts.size() > 1 && n_.outsider_share > 0;
      mine.home = tie(hospitals_[h], publics_[d], LinkKind::treats, regional ? 1 - n_.outsider_share : 1);
      if (regional) {
        const double others = static_cast<double>(world_.population - world_.districts[d].population);
        for (std::size_t o = 0; o < world_.districts.size(); ++o)
          if (o != d)
            mine.elsewhere.push_back(
                tie(hospitals_[h], publics_[o], LinkKind::treats,
                    n_.outsider_share * static_cast<double>(world_.districts[o].population) / others));
      }
      for (std::uint32_t c : world_.districts[d].committees)
        mine.refers.push_back(tie(hospitals_[h], committees_[c], LinkKind::refers, 1, row.view.mediation_room));
      mine.office = tie(hospitals_[h], health_[d], LinkKind::refers);
      if (panels_[d] != no_vertex) mine.panel = tie(hospitals_[h], panels_[d], LinkKind::refers);
      mine.response = tie(police_[d], hospitals_[h], LinkKind::responds);
      tie(health_[d], hospitals_[h], LinkKind::supervises);
      if (row.view.insured) tie(insurers_[row.insurer], hospitals_[h], LinkKind::insures);
      hospital_ties.push_back(std::move(mine));
    }
    struct CommitteeTies {
      std::size_t report, advice, relay, transfer;
    };
    std::vector<CommitteeTies> committee_ties;
    for (std::size_t c = 0; c < world_.committees.size(); ++c) {
      const std::size_t d = world_.committees[c].district;
      committee_ties.push_back({tie(committees_[c], health_[d], LinkKind::reports),
                                tie(pools_[world_.districts[d].pool], committees_[c], LinkKind::advises),
                                tie(health_[d], committees_[c], LinkKind::refers),
                                tie(committees_[c], courts_[d], LinkKind::refers)});
      tie(courts_[d], committees_[c], LinkKind::refers);
      tie(police_[d], committees_[c], LinkKind::refers);
    }
    for (std::size_t i = 0; i < world_.providers.size(); ++i) {
      const std::size_t d = world_.providers[i].district;
      tie(finance_[d], providers_[i], LinkKind::funds);
      tie(justice_[d], providers_[i], LinkKind::contracts);
      for (const std::uint32_t c : world_.providers[i].committees)
        tie(providers_[i], committees_[c], LinkKind::supervises);
    }

    // Who stands above whom: city over districts, province over the city, leaders over their bureaus, the regulator
    // over insurers.
    tie(province_, city_, LinkKind::supervises);
    for (std::size_t d = 0; d < world_.districts.size(); ++d) {
      tie(city_, leaders_[d], LinkKind::supervises);
      for (const Vertex bureau :
           {health_[d], justice_[d], finance_[d], police_[d], human_resources_[d], management_[d]})
        tie(leaders_[d], bureau, LinkKind::supervises);
      tie(justice_[d], aid_[d], LinkKind::supervises);
      tie(finance_[d], aid_[d], LinkKind::funds);
    }
    for (const Vertex insurer : insurers_) tie(regulator_, insurer, LinkKind::supervises);

    std::vector<Edge> edges;
    world_.graph = graph_of(parties_, ties_, edges);
    for (std::size_t h = 0; h < world_.hospitals.size(); ++h) {
      HospitalRow& row = world_.hospitals[h];
      row.home = edges[hospital_ties[h].home];
      row.response = edges[hospital_ties[h].response];
      row.office = edges[hospital_ties[h].office];
      row.panel = hospital_ties[h].panel == no_tie ? row.office : edges[hospital_ties[h].panel];
      for (const std::size_t t : hospital_ties[h].elsewhere) row.elsewhere.push_back(edges[t]);
      for (const std::size_t t : hospital_ties[h].refers) row.refers.push_back(edges[t]);
    }
    for (std::size_t c = 0; c < world_.committees.size(); ++c) {
      world_.committees[c].report = edges[committee_ties[c].report];
      world_.committees[c].advice = edges[committee_ties[c].advice];
      world_.committees[c].relay = edges[committee_ties[c].relay];
      world_.committees[c].transfer = edges[committee_ties[c].transfer];
    }
  }

  void acquaint() {
    std::vector<std::int64_t> populations;
    for (const District& d : place_.districts) populations.push_back(d.population);
    if (place_.social_ties != nullptr)
      world_.social = SocialGraph({place_.social_ties, &place_.social_ties->graph}, populations);
    else
      world_.social = SocialGraph(ImplicitSocialGraph(populations, social_shape(p_.trust), world_.key), populations);
  }

  const Place& place_;
  const Parameters& p_;
  const PlaceNumbers& n_;
  World world_;
  std::vector<Party> parties_;
  std::vector<Tie> ties_;
  static constexpr Vertex no_vertex = std::numeric_limits<Vertex>::max();
  static constexpr std::size_t no_tie = std::numeric_limits<std::size_t>::max();
  // Indices of a hospital's traits: part of the address of its luck, never renumbered. (Its case mix has 10 to 14.)
  static constexpr std::uint32_t transparency_draw = 3, occupancy_draw = 4;  // 5: who is made to insure (months.cpp)
  std::int64_t rooms_given_ = 0;
  Vertex regulator_ = 0, city_ = 0, province_ = 0;
  std::vector<Vertex> publics_, health_, justice_, finance_, police_, courts_, aid_, leaders_, panels_,
      human_resources_, management_, insurers_, hospitals_, committees_, providers_, pools_;
};

}  // namespace

World populate(const Place& place, DrawKey key, std::int32_t first_day, std::int32_t last_day) {
  return Builder(place, key).build(first_day, last_day);
}

}  // namespace parley
