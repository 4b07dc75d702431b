#include "sim/engine/look.hpp"

#include <algorithm>

namespace parley {

namespace {
// Indices of a patient's traits: part of the address of their luck, never renumbered.
enum Trait : std::uint32_t { hospital_trust, committee_trust, elderly, low_income, threshold, risk, awareness, income };
}  // namespace

double Look::faded(double value, std::int32_t since, double halflife) const {
  if (value == 0 || world_.today == since) return value;
  return value * power(2, -static_cast<double>(world_.today - since) / halflife);
}

PatientTraits Look::traits(std::uint32_t patient, std::uint32_t district) const {
  const Draw draw(world_.key, Decision::patient_traits, patient, 0, 0);
  const Trust::Params& t = place_.parameters.trust;
  const PlaceNumbers& n = place_.numbers;
  PatientTraits out;
  out.hospital_trust = std::clamp(t.trust_mean + t.trust_sd * draw.normal(Trait::hospital_trust), 0.0, 1.0);
  out.committee_trust = std::clamp(t.committee_mean + t.trust_sd * draw.normal(Trait::committee_trust), 0.0, 1.0);
  out.claimant.home = DistrictId{district};
  out.claimant.elderly = draw.chance(Trait::elderly, n.elderly_share);
  out.claimant.low_income = draw.chance(Trait::low_income, n.lowincome_share);
  return out;
}

Claimant Look::claimant(const PatientTraits& traits, std::uint32_t patient) const {
  const Draw draw(world_.key, Decision::patient_traits, patient, 0, 0);
  const Disturbance::Params& d = place_.parameters.disturbance;
  const PlaceNumbers& n = place_.numbers;
  Claimant who = traits.claimant;
  who.threshold = d.threshold_mean + d.threshold_sd * draw.normal(Trait::threshold);
  who.risk_aversion = draw.uniform(Trait::risk);
  who.aware = draw.chance(Trait::awareness, n.awareness_mediation);
  constexpr double months = 12;
  const double spread = exponential(n.income_sigma * draw.normal(Trait::income) - n.income_sigma * n.income_sigma / 2);
  who.monthly_income = n.urban_income * n.income_index / months * spread * (who.low_income ? n.lowincome_ratio : 1);
  return who;
}

double Look::own_shift(std::uint32_t district, std::uint32_t patient) const {
  const auto& shifts = world_.districts[district].shifts;
  const auto found = shifts.find(patient);
  if (found == shifts.end()) return 0;
  return Trust::remaining(found->second.hospital, world_.today - found->second.hospital_day, place_.parameters.trust);
}

PatientView Look::alone(const PatientTraits& traits, std::uint32_t patient, std::uint32_t district) const {
  const Trust::Params& t = place_.parameters.trust;
  const DistrictRow& home = world_.districts[district];
  const double media = t.media_loss * std::min(faded(home.media, home.media_day, t.media_halflife), 1.0);
  const auto found = home.shifts.find(patient);
  const double own = found == home.shifts.end()
                         ? 0
                         : Trust::remaining(found->second.hospital, world_.today - found->second.hospital_day, t);
  const double committee = found == home.shifts.end() ? 0
                                                      : Trust::remaining(found->second.committee,
                                                                         world_.today - found->second.committee_day, t);
  return {traits.hospital_trust + own - media, traits.committee_trust + committee};
}

PatientView Look::patient(const PatientTraits& traits, std::uint32_t patient, std::uint32_t district) const {
  const Trust::Params& t = place_.parameters.trust;
  const double own = own_shift(district, patient);
  // Contagion is pulled: whoever decides reads, now, what their contacts still hold.
  double pulled = 0;
  const std::size_t ties = world_.social.each_contact(patient, [&](std::uint32_t contact, std::uint32_t of) {
    const auto& shifts = world_.districts[of].shifts;
    const auto found = shifts.find(contact);
    if (found != shifts.end())
      pulled += Trust::pulled(found->second.hospital, own, world_.today - found->second.hospital_day, t);
  });
  if (ties > 0) pulled /= static_cast<double>(ties);
  const PatientView by_self = alone(traits, patient, district);
  return {std::clamp(by_self.hospital_trust + pulled, 0.0, 1.0),
          std::clamp(by_self.committee_trust + t.spillover * pulled, 0.0, 1.0)};
}

std::uint32_t Look::committee_position(const HospitalRow& hospital, std::uint32_t patient) const {
  return patient % static_cast<std::uint32_t>(hospital.refers.size());
}

MediatorView Look::mediator(const MediatorRow& row) const {
  return {row.law, row.medicine, row.mission, row.days[0], row.days[1], row.days[2], 0, false};
}

MediatorView Look::officer() const {
  const Effort::Params& e = place_.parameters.effort;
  return {
      e.skill_law, e.skill_medicine, e.mission_mean, e.customary_days[0], e.customary_days[1], e.customary_days[2], 0,
      true};
}

double Look::expert_match(std::uint32_t pool, double experts_of_place) const {
  const ExpertPoolRow& row = world_.pools[pool];
  const double size = row.share * experts_of_place;
  const double free = std::max(size - static_cast<double>(row.release.size()), 0.0);
  return free / (free + place_.parameters.appraisal.matching_half);
}

DistrictView Look::district(std::uint32_t index) const {
  const DistrictRow& row = world_.districts[index];
  const Rules& rules = row.rules;
  const double calendar = days_per_year / rules.customs.working_days;
  DistrictView view;
  view.visible_disturbances = faded(row.visible, row.visible_day, place_.parameters.disturbance.copycat_halflife);
  view.court_delay = rules.court.duration_mean + static_cast<double>(row.court.waiting.size()) *
                                                     place_.parameters.trial.judge_days * calendar /
                                                     static_cast<double>(row.court.free_on.size());
  double waiting = 0, mediators = 0;
  for (std::uint32_t c : row.committees) {
    waiting += static_cast<double>(world_.committees[c].waiting.size());
    for (std::uint32_t m : world_.committees[c].mediators) mediators += world_.mediators[m].active ? 1 : 0;
  }
  const auto& days = place_.parameters.effort.customary_days;
  view.mediation_delay = waiting * (days[0] + days[1] + days[2]) * calendar / std::max(mediators, 1.0);
  view.committee = !row.committees.empty();
  view.centre = row.centre;
  return view;
}

DisputeView Look::dispute(const Dispute& d) const {
  const HospitalRow& hospital = world_.hospitals[d.id.hospital.value];
  const DistrictRow& row = world_.districts[d.district.value];
  const PatientTraits baseline = traits(d.id.patient.value, d.claimant.home.value);
  DisputeView view{d.id,
                   world_.today,
                   d.injury,
                   d.claimant,
                   d.state,
                   hospital.view,
                   patient(baseline, d.id.patient.value, d.claimant.home.value),
                   district(d.district.value),
                   {},
                   {},
                   {},
                   {},
                   {},
                   0};
  if (!hospital.refers.empty()) {
    const std::uint32_t position = committee_position(hospital, d.id.patient.value);
    view.referral = world_.graph[hospital.refers[position]].now;
    const CommitteeRow& committee = world_.committees[row.committees[position]];
    view.advice = world_.graph[committee.advice].now;
    view.report = world_.graph[committee.report].now;
  }
  if (d.state.channel == Channel::administrative_mediation) view.referral = world_.graph[hospital.office].now;
  view.response = world_.graph[hospital.response].now;
  view.expert_match = expert_match(row.pool, row.rules.expert_pool_size);
  if (d.mediator != Dispute::no_one) view.mediator = mediator(world_.mediators[d.mediator]);
  return view;
}

}  // namespace parley
