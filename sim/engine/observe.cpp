#include "sim/engine/observe.hpp"

#include <algorithm>

#include "sim/engine/look.hpp"

namespace parley {

void count_stocks(const World& world, const Place& place, Tally& tally) {
  const Look look(world, place);
  constexpr double millionths = 1e6;
  std::vector<std::int64_t> vacant(world.districts.size(), 0);
  for (std::size_t c = 0; c < world.committees.size(); ++c) {
    const CommitteeRow& committee = world.committees[c];
    const std::size_t funded = std::min(posts_of(world, c), committee.mediators.size());
    for (std::size_t post = 0; post < funded; ++post)
      vacant[committee.district] += world.mediators[committee.mediators[post]].vacant ? 1 : 0;
  }
  for (std::size_t d = 0; d < world.districts.size(); ++d) {
    const DistrictRow& row = world.districts[d];
    tally.set(Metric::open_disputes, d, row.open_disputes);
    tally.set(Metric::vacancies, d, vacant[d]);
    double index = 0;
    for (const std::uint32_t c : row.committees) index += evaluation_of(world, c, place);
    if (!row.committees.empty()) index /= static_cast<double>(row.committees.size());
    tally.set(Metric::evaluation_index, d, static_cast<std::int64_t>(index * millionths));
    tally.set(Metric::trust, d, static_cast<std::int64_t>(look.mean_trust(row) * millionths));
  }
}

std::vector<std::uint32_t> panel_of(std::int64_t population, std::int64_t size) {
  const std::int64_t count = std::min(size, population);
  std::vector<std::uint32_t> panel;
  for (std::int64_t i = 0; i < count; ++i)
    panel.push_back(static_cast<std::uint32_t>((2 * i + 1) * population / (2 * count)));
  return panel;
}

void take_snapshot(const World& world, const Place& place, const std::vector<std::uint32_t>& panel, std::int32_t month,
                   Snapshots& out) {
  const Look look(world, place);
  const Parameters& p = place.parameters;
  const auto number = [](double value) { return static_cast<float>(value); };
  for (const HospitalRow& h : world.hospitals)
    out.hospitals.push_back({number(h.view.safety), number(h.view.occupancy), number(h.disclosure),
                             number(h.view.premium_factor), number(h.view.liability),
                             number(Doctor::left(h.morale_lost.value, world.today - h.morale_lost.day, p.doctor)),
                             world.ledger.balance(h.account)});
  for (const MediatorRow& m : world.mediators)
    out.mediators.push_back({month, m.post, m.generation, m.committee, m.active, number(m.law), number(m.medicine),
                             number(m.mission),
                             number(std::clamp((m.free_on - world.today) / days_per_month, 0.0, 1.0)),
                             number(m.reputation_patient), number(m.reputation_hospital)});
  for (const InsurerRow& i : world.insurers)
    out.insurers.push_back({world.ledger.balance(i.account), number(i.premium_level), i.ruins});
  for (const ProviderRow& provider : world.providers)
    out.providers.push_back({world.ledger.balance(provider.account), number(provider.quality)});
  for (const DistrictRow& d : world.districts) {
    DistrictSnapshot row{number(look.attention(d)),
                         number(look.media(d)),
                         number(Copycat::left(d.excitation.value, world.today - d.excitation.day, p.copycat)),
                         number(d.bar.aggressive_share),
                         number(d.disturbance_premium),
                         {}};
    for (std::size_t a = 0; a < agency_count; ++a) row.spent[a] = d.agencies[a].spent_this_year;
    out.districts.push_back(row);
  }
  std::size_t district = 0;
  for (const std::uint32_t patient : panel) {
    while (patient >= world.districts[district].first_patient + world.districts[district].population) ++district;
    const auto home = static_cast<std::uint32_t>(district);
    const PatientView view = look.patient(look.trust(patient), patient, home);
    PatientSnapshot row;
    row.trust[at(TrustObject::hospital)] = number(view.hospital_trust);
    row.trust[at(TrustObject::committee)] = number(view.committee_trust);
    row.trust[at(TrustObject::doctor)] = number(view.doctor_trust);
    row.trust[at(TrustObject::court)] = number(view.court_trust);
    row.trust[at(TrustObject::government)] = number(view.government_trust);
    row.anger = number(view.anger_stock);
    row.harm = look.remembered(home, patient).harm;
    out.patients.push_back(row);
  }
}

std::vector<AccountOwner> account_owners(const World& world) {
  using Kind = AccountOwner::Kind;
  std::vector<AccountOwner> owners(world.ledger.accounts());
  const auto own = [&](Account account, Kind kind, std::size_t index, std::size_t district) {
    owners[account] = {kind, static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(district)};
  };
  constexpr std::array<Kind, agency_count> bureaus = {
      Kind::leadership, Kind::health_authority, Kind::justice_bureau,          Kind::finance,
      Kind::police,     Kind::human_resources,  Kind::comprehensive_management};
  own(world.society, Kind::society, 0, 0);
  for (std::size_t d = 0; d < world.districts.size(); ++d) {
    const DistrictRow& row = world.districts[d];
    own(row.patients, Kind::patients, d, d);
    own(row.staff, Kind::staff, d, d);
    own(row.court_account, Kind::court, d, d);
    own(row.lawyers, Kind::lawyers, d, d);
    own(row.experts, Kind::experts, d, d);
    own(row.arbitration, Kind::arbitration, d, d);
    own(row.fund, Kind::fund, d, d);
    for (std::size_t a = 0; a < agency_count; ++a) own(row.agencies[a].account, bureaus[a], d, d);
  }
  for (std::size_t h = 0; h < world.hospitals.size(); ++h)
    own(world.hospitals[h].account, Kind::hospital, h, world.hospitals[h].district);
  for (std::size_t i = 0; i < world.insurers.size(); ++i) own(world.insurers[i].account, Kind::insurer, i, 0);
  for (std::size_t i = 0; i < world.providers.size(); ++i)
    own(world.providers[i].account, Kind::service_provider, i, world.providers[i].district);
  return owners;
}

}  // namespace parley
