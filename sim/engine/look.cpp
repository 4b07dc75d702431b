#include "sim/engine/look.hpp"

#include <algorithm>

namespace parley {

namespace {
// Indices of a patient's traits: part of the address of their luck, never renumbered.
enum Trait : std::uint32_t {
  hospital_trust,
  committee_trust,
  elderly,
  low_income,
  threshold,
  risk,
  awareness,
  income,
  knowledge_of_law,
  insurance,
  court_trust,
  government_trust,
  bill,
  motive,
};
constexpr double months_per_year = 12;
}  // namespace

std::size_t posts_of(const World& world, std::size_t committee) {
  const double mean = rules_of(world, world.committees[committee]).mediators_per_committee;
  const auto upto = [mean](double i) { return static_cast<std::size_t>(std::floor(i * mean)); };
  return upto(static_cast<double>(committee) + 1) - upto(static_cast<double>(committee));
}

Evaluation::Year judged(const CommitteeRow& committee) {
  Evaluation::Year year;
  for (std::size_t k = 0; k < committee.closed.size(); ++k) {
    year.closed += static_cast<double>(committee.closed[k]);
    year.successes += static_cast<double>(committee.successes[k]);
    year.days += static_cast<double>(committee.days[k]);
    year.satisfaction += committee.satisfaction[k];
    year.broken += static_cast<double>(committee.broken[k]);
    year.escalated += static_cast<double>(committee.escalated[k]);
    year.lessons += static_cast<double>(committee.lessons[k]);
  }
  return year;
}

double evaluation_of(const World& world, std::size_t committee, const Place& place) {
  const CommitteeRow& row = world.committees[committee];
  const Rules& rules = rules_of(world, row);
  return Evaluation::index(judged(row), row.target, rules.index, place.parameters.evaluation) *
         Evaluation::unvetoed(world.districts[row.district].seen.disturbances_last_month, rules.disturbance_veto);
}

double Look::faded(double value, std::int32_t since, double halflife) const {
  if (value == 0 || world_.today == since) return value;
  return value * power(2, -static_cast<double>(world_.today - since) / halflife);
}

double Look::media(const DistrictRow& row) const {
  return std::min(faded(row.media, row.media_day, place_.parameters.trust.media_halflife), 1.0);
}

double Look::baseline(TrustObject object) const {
  return Trust::baseline(object, 0, world_.today / days_per_year, place_.parameters.trust);
}

double Look::mean_trust(const DistrictRow& row) const {
  const Trust::Params& t = place_.parameters.trust;
  const double shifts =
      Trust::remaining(row.shift_sum, world_.today - row.shift_day, t) / static_cast<double>(row.population);
  return baseline(TrustObject::hospital) + shifts - t.media_loss * media(row);
}

double Look::attention(const DistrictRow& row) const {
  const Attention::Params& a = place_.parameters.attention;
  const auto now = [&](const Fading& f) { return Attention::left(f.value, world_.today - f.day, a); };
  return Attention::total(now(row.attention), now(world_.city_attention), now(world_.province_attention), a);
}

// --- patients -------------------------------------------------------------------------------------------------------

Baselines Look::trust_in_medicine(std::uint32_t patient) const {
  const Draw draw(world_.key, Decision::patient_traits, patient, 0, 0);
  const Trust::Params& t = place_.parameters.trust;
  const double years = world_.today / days_per_year;
  // Doctor and hospital are judged alike at the start.
  const double medicine = t.trust_sd * draw.normal(Trait::hospital_trust);
  Baselines out{};
  out[at(TrustObject::hospital)] = Trust::baseline(TrustObject::hospital, medicine, years, t);
  out[at(TrustObject::doctor)] = Trust::baseline(TrustObject::doctor, medicine, years, t);
  return out;
}

Baselines Look::trust(std::uint32_t patient) const {
  const Draw draw(world_.key, Decision::patient_traits, patient, 0, 0);
  const Trust::Params& t = place_.parameters.trust;
  Baselines out = trust_in_medicine(patient);
  const auto set = [&](TrustObject object, Trait trait) {
    out[at(object)] = Trust::baseline(object, t.trust_sd * draw.normal(trait), world_.today / days_per_year, t);
  };
  set(TrustObject::committee, Trait::committee_trust);
  set(TrustObject::court, Trait::court_trust);
  set(TrustObject::government, Trait::government_trust);
  return out;
}

double Look::knowledge(std::uint32_t patient) const {
  return Draw(world_.key, Decision::patient_traits, patient, 0, 0).uniform(Trait::knowledge_of_law);
}
bool Look::elderly(std::uint32_t patient) const {
  return Draw(world_.key, Decision::patient_traits, patient, 0, 0).chance(Trait::elderly, place_.numbers.elderly_share);
}
bool Look::low_income(std::uint32_t patient) const {
  return Draw(world_.key, Decision::patient_traits, patient, 0, 0)
      .chance(Trait::low_income, place_.numbers.lowincome_share);
}

Claimant Look::claimant(std::uint32_t patient, std::uint32_t district) const {
  const Draw draw(world_.key, Decision::patient_traits, patient, 0, 0);
  const Disturbance::Params& d = place_.parameters.disturbance;
  const PlaceNumbers& n = place_.numbers;
  Claimant who;
  who.home = DistrictId{district};
  who.elderly = elderly(patient);
  who.low_income = low_income(patient);
  who.threshold = d.threshold_mean + d.threshold_sd * draw.normal(Trait::threshold);
  who.risk_aversion = draw.uniform(Trait::risk);
  who.aware = draw.chance(Trait::awareness, Campaign::aware(n.awareness_mediation, world_.districts[district].heard));
  who.health_insured = draw.chance(Trait::insurance, n.health_insured_share);
  const double spread = exponential(n.income_sigma * draw.normal(Trait::income) - n.income_sigma * n.income_sigma / 2);
  who.monthly_income =
      n.urban_income * n.income_index / months_per_year * spread * (who.low_income ? n.lowincome_ratio : 1);
  who.law_knowledge = draw.uniform(Trait::knowledge_of_law);
  who.motive = Claim::motive(draw.uniform(Trait::motive), place_.parameters.claim);
  return who;
}

double Look::out_of_pocket(std::uint32_t patient, double cover) const {
  const Draw draw(world_.key, Decision::patient_traits, patient, 0, 0);
  const PlaceNumbers& n = place_.numbers;
  const Encounter::Params& e = place_.parameters.encounter;
  const double own = draw.chance(Trait::insurance, n.health_insured_share) ? Encounter::own_share(cover, e) : 1;
  const double monthly = n.urban_income * n.income_index / months_per_year;
  return own * Encounter::bill(draw.normal(Trait::bill), e) * n.income_index / monthly;
}

PatientMemory Look::faded(const PatientMemory& memory) const {
  PatientMemory now = memory;
  const double days = world_.today - memory.day;
  if (days == 0) return now;
  if (forgotten(memory)) return PatientMemory{{}, 0, 0, world_.today};
  const auto left = static_cast<float>(Trust::remaining(1, days, place_.parameters.trust));
  for (float& shift : now.trust) shift *= left;
  now.harm *= left;
  if (now.anger != 0) now.anger = static_cast<float>(Lumping::left(now.anger, days, place_.parameters.customs));
  now.day = world_.today;
  return now;
}

bool Look::forgotten(const PatientMemory& memory) const {
  return world_.today - memory.day > place_.parameters.trust.memory_days;
}

PatientMemory Look::remembered(std::uint32_t district, std::uint32_t patient) const {
  const auto& memory = world_.districts[district].memory;
  const auto found = memory.find(patient);
  return found == memory.end() ? PatientMemory{} : faded(found->second);
}

PatientView Look::alone(const Baselines& baselines, const PatientMemory& own, std::uint32_t district) const {
  const Trust::Params& t = place_.parameters.trust;
  const double media_loss = t.media_loss * media(world_.districts[district]);
  // Residual anger is a stock that lowers trust in those who treat.
  const double anger = Lumping::trust_loss(own.anger, place_.parameters.lumping);
  const auto in = [&](TrustObject object) { return baselines[at(object)] + own.trust[at(object)]; };
  PatientView view;
  view.hospital_trust = in(TrustObject::hospital)-media_loss - anger;
  view.doctor_trust = in(TrustObject::doctor)-media_loss - anger;
  view.committee_trust = in(TrustObject::committee);
  view.court_trust = in(TrustObject::court);
  view.government_trust = in(TrustObject::government);
  view.anger_stock = own.anger;
  return view;
}

PatientView Look::patient(const Baselines& baselines, std::uint32_t patient, std::uint32_t district) const {
  const Trust::Params& t = place_.parameters.trust;
  const PatientMemory own = remembered(district, patient);
  // Contagion is pulled: whoever decides reads, now, what their contacts still hold. Nobody has learned about a forum
  // without remembering something.
  std::array<double, trust_object_count> pulled{};
  std::array<double, channel_count> heard{};
  const std::size_t ties = world_.social.each_contact(patient, [&](std::uint32_t contact, std::uint32_t of) {
    const DistrictRow& where = world_.districts[of];
    const auto found = where.memory.find(contact);
    if (found == where.memory.end() || forgotten(found->second)) return;
    for (std::size_t o = 0; o < trust_object_count; ++o)
      pulled[o] += Trust::pulled(found->second.trust[o], own.trust[o], world_.today - found->second.day, t);
    const auto taught = where.learned.find(contact);
    if (taught == where.learned.end()) return;
    for (std::size_t c = 0; c < channel_count; ++c) heard[c] += taught->second[c];
  });
  PatientView view = alone(baselines, own, district);
  if (ties > 0) {
    for (double& p : pulled) p /= static_cast<double>(ties);
    for (std::size_t c = 0; c < channel_count; ++c) view.heard[c] = heard[c] / static_cast<double>(ties);
  }
  const auto joined = [&](double own_trust, TrustObject object) {
    return std::clamp(own_trust + pulled[at(object)], 0.0, 1.0);
  };
  view.hospital_trust = joined(view.hospital_trust, TrustObject::hospital);
  view.doctor_trust = joined(view.doctor_trust, TrustObject::doctor);
  view.committee_trust = joined(view.committee_trust, TrustObject::committee);
  view.court_trust = joined(view.court_trust, TrustObject::court);
  view.government_trust = joined(view.government_trust, TrustObject::government);
  const auto& learned = world_.districts[district].learned;
  if (const auto mine = learned.find(patient);
      mine != learned.end() && !forgotten(world_.districts[district].memory.at(patient)))
    for (std::size_t c = 0; c < channel_count; ++c) view.attraction[c] = mine->second[c];
  return view;
}

// --- parties --------------------------------------------------------------------------------------------------------

double Look::communication(const HospitalRow& hospital, std::uint32_t rank) const {
  const Doctor::Params& p = place_.parameters.doctor;
  const auto found = hospital.doctors.find(rank);
  const double morale = found == hospital.doctors.end()
                            ? 1
                            : Doctor::morale(found->second.morale_lost, world_.today - found->second.day, p);
  const Draw draw(world_.key, Decision::doctor, hospital.view.id.value, rank, 0);
  return Doctor::communication(hospital.view.communication, draw.normal(0), morale, p);
}

std::uint32_t Look::committee_position(const HospitalRow& hospital, std::uint32_t patient) const {
  return patient % static_cast<std::uint32_t>(hospital.refers.size());
}

MediatorView Look::mediator(const Dispute& dispute) const {
  if (dispute.mediator == Dispute::no_one) return {};
  const MediatorRow& row = world_.mediators[dispute.mediator];
  MediatorView view;
  view.law = row.law;
  view.medicine = row.medicine;
  if (dispute.partner != Dispute::no_one) {  // a pair knows what the better of the two knows
    view.law = std::max(view.law, world_.mediators[dispute.partner].law);
    view.medicine = std::max(view.medicine, world_.mediators[dispute.partner].medicine);
  }
  view.mission = row.mission * rules_of(world_, world_.committees[row.committee]).mission_factor;
  view.resolve_days = row.days[0];
  view.investigate_days = row.days[1];
  view.document_days = std::max(row.days[2] + rules_of(world_, world_.committees[row.committee]).paperwork_days, 0.0);
  view.target = world_.committees[row.committee].target;
  view.reputation_patient = row.reputation_patient;
  view.reputation_hospital = row.reputation_hospital;
  view.precedents =
      precedents(world_.committees[row.committee], world_.districts[dispute.district.value], dispute.injury);
  return view;
}

double Look::precedents(const CommitteeRow& committee, const DistrictRow& district, const Injury& injury) const {
  const Precedents::Params& p = place_.parameters.precedents;
  const std::size_t kind =
      static_cast<std::size_t>(injury.specialty) * severity_count + static_cast<std::size_t>(injury.severity);
  const auto kept = [&](const CommitteeRow& row) {
    return Precedents::kept(row.precedents[kind], (world_.today - row.precedents_day) / days_per_year, p);
  };
  if (!district.rules.shared_database) return Precedents::share(kept(committee), p);
  double cases = 0;
  for (const CommitteeRow& row : world_.committees)
    if (world_.districts[row.district].rules.shared_database) cases += kept(row);
  return Precedents::share(cases, p);
}

MediatorView Look::officer() const {
  const Effort::Params& e = place_.parameters.effort;
  const Skill::Params& s = place_.parameters.skill;
  MediatorView view;
  view.law = s.skill_law;
  view.medicine = s.skill_medicine;
  view.mission = e.mission_mean;
  view.resolve_days = e.customary_days[0];
  view.investigate_days = e.customary_days[1];
  view.document_days = e.customary_days[2];
  view.is_public_office = true;
  return view;
}

DistrictView Look::district(std::uint32_t index, Specialty field) const {
  const DistrictRow& row = world_.districts[index];
  const Rules& rules = row.rules;
  const Parameters& p = place_.parameters;
  const double calendar = days_per_year / rules.customs.working_days;
  const auto queue = [&](const ServiceRow& service, double days) {
    return static_cast<double>(service.waiting.size()) * days * calendar /
           std::max(static_cast<double>(service.free_on.size()), 1.0);
  };
  DistrictView view;
  view.visible_disturbances = faded(row.visible, row.visible_day, p.copycat.copycat_halflife);
  view.court_delay = rules.court.duration_mean + queue(row.court, p.trial.judge_days);
  double waiting = 0, mediators = 0;
  for (std::uint32_t c : row.committees) {
    waiting += static_cast<double>(world_.committees[c].waiting.size());
    for (std::uint32_t m : world_.committees[c].mediators) mediators += world_.mediators[m].active ? 1 : 0;
  }
  const auto& days = p.effort.customary_days;
  view.mediation_delay = waiting * (days[0] + days[1] + days[2]) * calendar / std::max(mediators, 1.0);
  view.office_delay = queue(row.office, p.administration.work_days);
  view.committee = !row.committees.empty();
  view.centre = row.centre;
  view.arbitration = !row.panel.free_on.empty();
  view.legal_aid_free = row.legal_aid_left >= 1;
  view.aggressive_share = row.bar.aggressive_share;
  view.disturbance_premium = row.disturbance_premium;
  view.attention = attention(row);
  const double care = Inspection::left(row.care.value, world_.today - row.care.day, p.inspection);
  view.audit_care = p.inspection.audit_effect * care;
  view.uptake_care = p.inspection.uptake_effect * care;
  const ExpertPoolRow& pool = world_.pools[row.pool];
  const double experts = Expert::in_field(pool.share * rules.expert_pool_size, field, p.expert);
  view.expert_wait = Expert::start(pool.release[static_cast<std::size_t>(field)], experts, world_.today) -
                     world_.today + p.expert.expert_delay;
  return view;
}

PatientView Look::patient_of(const Dispute& d) const {
  return patient(trust(d.id.patient.value), d.id.patient.value, d.claimant.home.value);
}

DisputeView Look::dispute(const Dispute& d) const {
  const HospitalRow& hospital = world_.hospitals[d.id.hospital.value];
  const DistrictRow& row = world_.districts[d.district.value];
  DisputeView view{d.id,        world_.today,
                   d.injury,    d.claimant,
                   d.state,     hospital.view,
                   {},          district(d.district.value, d.injury.specialty),
                   mediator(d), {},
                   {},          {},
                   {},          0,
                   {},          {}};
  if (!hospital.refers.empty()) {
    const std::uint32_t position = committee_position(hospital, d.id.patient.value);
    const CommitteeRow& committee = world_.committees[row.committees[position]];
    // The first hop: over the desk of the bureau or the centre, or straight from the hospital.
    const Edge first = d.state.route == Route::bureau   ? hospital.office
                       : d.state.route == Route::centre ? hospital.response
                                                        : hospital.refers[position];
    view.referral = world_.graph[first].now;
    view.relay = world_.graph[committee.relay].now;
    view.transfer = world_.graph[committee.transfer].now;
    view.advice = world_.graph[committee.advice].now;
    view.report = world_.graph[committee.report].now;
  }
  if (d.state.stage == Stage::handoff && d.state.channel == Channel::administrative_mediation)
    view.referral = world_.graph[hospital.office].now;
  if (d.state.stage == Stage::handoff && d.state.channel == Channel::arbitration)
    view.referral = world_.graph[hospital.panel].now;
  view.response = world_.graph[hospital.response].now;
  const ExpertPoolRow& pool = world_.pools[row.pool];
  const Expert::Params& e = place_.parameters.expert;
  view.expert_match =
      Expert::match(Expert::in_field(pool.share * row.rules.expert_pool_size, d.injury.specialty, e), e);
  return view;
}

}  // namespace parley
