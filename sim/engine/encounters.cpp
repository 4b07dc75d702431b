// The busiest pass: every hospital draws its candidate events of the day. Hospitals are decided in parallel on the
// frozen world; what they ask for is committed in the order of hospitals.
#include <algorithm>

#include "sim/engine/parallel.hpp"
#include "sim/engine/passes.hpp"

namespace parley::passes {

namespace {

// Indices of a candidate event's luck: part of its address, never renumbered.
enum Luck : std::uint32_t {
  thinning,
  district,
  patient,
  severity,
  negligence,
  disclosure,
  naming,
  blaming,
  complaint,
  claim,
  delay,
  damages,
  responsibility,
  demand,
  patient_error,
  hospital_error,
  elsewhere,
  specialty,
  doctor,
  signal,
};

constexpr double months_per_year = 12;

struct Shift {
  std::uint32_t district, patient;
  double hospital, doctor;  // trust
  double anger;             // residual
  double harm;              // by severity
};

struct NewDispute {
  Dispute dispute;
  std::int32_t due;
  bool disturbs = false;
  Outcome disturbance{CaseState{}};
};

struct HospitalDay {
  std::int64_t events = 0, negligent = 0, named = 0, blamed = 0, complaints = 0;
  std::vector<Shift> shifts;
  std::vector<NewDispute> disputes;
};

class HospitalPass {
 public:
  HospitalPass(const World& world, const Place& place)
      : world_(world), place_(place), p_(place.parameters), look_(world, place) {}

  void decide(std::uint32_t index, HospitalDay& out) const {
    const HospitalRow& hospital = world_.hospitals[index];
    const std::uint32_t candidates = count(index, hospital);
    for (std::uint32_t ordinal = 0; ordinal < candidates; ++ordinal) candidate(index, hospital, ordinal, out);
  }

 private:
  // (EN1 of the page) Poisson by inversion, split so that exp(−mean) never underflows.
  std::uint32_t count(std::uint32_t index, const HospitalRow& hospital) const {
    const Draw draw(world_.key, Decision::encounter_count, index, 0, world_.today);
    std::uint32_t total = 0;
    for (std::uint32_t part = 0; part < hospital.counting_draws; ++part) {
      const double u = draw.uniform(part);
      double probability = hospital.count_zero, below = probability;
      std::uint32_t k = 0;
      while (u > below && probability > 0) {
        ++k;
        probability *= hospital.count_mean / k;
        below += probability;
      }
      total += k;
    }
    return total;
  }

  std::pair<std::uint32_t, std::uint32_t> meet(const HospitalRow& hospital, const Draw& draw) const {
    std::uint32_t d = hospital.district;
    const double home = world_.graph[hospital.home].weight;
    if (!hospital.elsewhere.empty()) {
      double left = draw.uniform(Luck::district) - home;
      for (std::size_t o = 0; left >= 0 && o < hospital.elsewhere.size(); ++o) {
        const Edge& edge = hospital.elsewhere[o];
        d = world_.graph[boost::target(edge, world_.graph)].district;
        left -= world_.graph[edge].weight;
      }
    }
    const DistrictRow& row = world_.districts[d];
    return {d, row.first_patient +
                   static_cast<std::uint32_t>(draw.below(Luck::patient, static_cast<std::uint64_t>(row.population)))};
  }

  void candidate(std::uint32_t index, const HospitalRow& hospital, std::uint32_t ordinal, HospitalDay& out) const {
    const Draw draw(world_.key, Decision::encounter, index, ordinal, world_.today);
    const EncounterEvent event = Encounter::decide(draw.uniform(Luck::thinning), hospital.event_rate,
                                                   Encounter::bad_outcome_rate(hospital.view, p_.encounter),
                                                   hospital.event_ceiling + hospital.bad_outcome_ceiling);
    if (event == EncounterEvent::nothing) return;
    Injury injury;
    injury.by_care = event == EncounterEvent::adverse_event;
    injury.severity = Harm::severity(draw.uniform(Luck::severity), p_.harm);
    const auto [home, who] = meet(hospital, draw);
    injury.negligent = Harm::negligent(draw.uniform(Luck::negligence), injury.severity, injury.by_care, p_.harm);
    if (injury.by_care) {
      ++out.events;
      if (injury.negligent) ++out.negligent;
    }
    injury.disclosed = injury.by_care && draw.uniform(Luck::disclosure) < hospital.disclosure;
    if (!names(draw.uniform(Luck::naming), injury, who)) return;
    ++out.named;

    injury.specialty = Encounter::specialty(draw.uniform(Luck::specialty), hospital.event_mix);
    injury.doctor = Doctor::who(draw.uniform(Luck::doctor), hospital.doctor_count, *world_.risk_curve);
    Person person{home, who, look_.trust_in_medicine(who), look_.remembered(home, who), {}};
    person.alone = look_.alone(person.trust, person.memory, home);
    const auto s = static_cast<std::size_t>(injury.severity);
    const double weight = p_.claim.anger_by_severity[s];
    out.shifts.push_back(
        {home, who, Trust::after_harm(std::clamp(person.alone.hospital_trust, 0.0, 1.0), weight, p_.trust),
         Trust::after_harm(std::clamp(person.alone.doctor_trust, 0.0, 1.0), weight, p_.trust), 0, weight});
    const double signal = draw.normal(Luck::signal);
    if (!blames(draw.uniform(Luck::blaming), injury, signal, person, hospital)) return;
    ++out.blamed;
    if (Blaming::complains(draw.uniform(Luck::complaint), injury.severity, p_.blaming)) ++out.complaints;
    Damages::assess(injury, place_.numbers.income_index, p_.damages, draw.normal(Luck::damages),
                    draw.uniform(Luck::responsibility));
    const double anger = Lumping::joined(person.memory.anger, weight);
    const double monthly = place_.numbers.urban_income * place_.numbers.income_index / months_per_year;
    const double value = p_.claim.perceived_share * injury.damages / monthly;
    Claimant claims;
    claims.elderly = look_.elderly(who);
    claims.low_income = look_.low_income(who);
    if (draw.uniform(Luck::claim) >= Claim::probability(claims, injury.severity, value, anger, p_.claim)) {
      out.shifts.back().anger = Lumping::residual(weight, p_.lumping);  // they lump it, and stay angry
      return;
    }
    claimed(index, hospital, ordinal, injury, signal, person, draw, out);
  }

  struct Person {
    std::uint32_t home, id;
    Baselines trust;
    PatientMemory memory;
    PatientView alone;
  };

  // What a patient knows is asked only where it can change the answer.
  bool names(double uniform, const Injury& injury, std::uint32_t who) const {
    const auto chance = [&](double knowledge) {
      return Naming::probability(injury.severity, injury.by_care, injury.disclosed, knowledge, p_.naming);
    };
    if (uniform >= chance(1)) return false;
    return uniform < chance(0) || uniform < chance(look_.knowledge(who));
  }

  // The bill, the doctor's manner and the neighbours are asked for only where what they might say can change the
  // answer: the same answer, an order faster.
  bool blames(double uniform, const Injury& injury, double signal, const Person& person,
              const HospitalRow& hospital) const {
    Blaming::Grievance grievance;
    grievance.severity = injury.severity;
    grievance.negligent = injury.negligent;
    grievance.disclosed = injury.disclosed;
    grievance.anger_stock = person.memory.anger;
    grievance.harm_stock = person.memory.harm;
    grievance.signal = signal;
    const auto chance = [&](double doctor_trust, double hospital_trust) {
      grievance.trust =
          Blaming::trust(std::clamp(doctor_trust, 0.0, 1.0), std::clamp(hospital_trust, 0.0, 1.0), p_.blaming);
      return Blaming::probability(grievance, p_.blaming);
    };
    const PatientView& alone = person.alone;
    const double doctor = Trust::most_pulled(person.memory.trust[at(TrustObject::doctor)], p_.trust),
                 house = Trust::most_pulled(person.memory.trust[at(TrustObject::hospital)], p_.trust);
    constexpr double ruinous_bill = 1e6;  // in monthly incomes
    grievance.communication = 0;
    grievance.out_of_pocket = ruinous_bill;
    if (uniform >= chance(alone.doctor_trust - doctor, alone.hospital_trust - house)) return false;
    grievance.communication = look_.communication(hospital, injury.doctor);
    grievance.out_of_pocket = look_.out_of_pocket(person.id, rules_of(world_, hospital).bill_cover);
    if (uniform >= chance(alone.doctor_trust - doctor, alone.hospital_trust - house)) return false;
    if (uniform < chance(alone.doctor_trust + doctor, alone.hospital_trust + house)) return true;
    const PatientView heard = look_.patient(person.trust, person.id, person.home);
    return uniform < chance(heard.doctor_trust, heard.hospital_trust);
  }

  void claimed(std::uint32_t index, const HospitalRow& hospital, std::uint32_t ordinal, const Injury& injury,
               double signal, const Person& person, const Draw& draw, HospitalDay& out) const {
    NewDispute made;
    Dispute& d = made.dispute;
    d.id = {PatientId{person.id}, HospitalId{index}, world_.today, ordinal};
    d.district = DistrictId{hospital.district};
    d.injury = injury;
    d.claimant = look_.claimant(person.id, person.home);
    std::int32_t wait = Claim::delay_days(draw.uniform(Luck::delay), p_.claim);
    const auto opened = [&](std::int32_t day) {
      d.state =
          Claim::opened(injury, d.claimant, person.memory.anger, signal, day, p_.customs, p_.claim,
                        draw.normal(Luck::demand), draw.normal(Luck::patient_error), draw.normal(Luck::hospital_error));
      d.state.stage = Stage::claim;
    };
    opened(world_.today);
    // A death may be answered as soon as the family is gathered, whatever the claim would have waited.
    if (injury.severity == Severity::death) {
      DisputeView view = look_.dispute(d);
      view.patient = look_.patient_of(d);
      const Draw luck(world_.key, Decision::disturbance, d.id.packed(), 0, 0);
      made.disturbance = Disturbance::decide(view, rules_of(world_, hospital), p_.disturbance, luck);
      if (made.disturbance.disturbances > 0) {
        const std::int32_t gathered = Disturbance::gathered_after(p_.disturbance, luck);
        made.disturbs = gathered == 0;
        wait = wait == never ? gathered : std::min(wait, gathered);
      }
    }
    if (wait == never) return;
    if (wait > 0) opened(world_.today + wait);
    made.due = world_.today + wait;
    out.disputes.push_back(made);
  }

  const World& world_;
  const Place& place_;
  const Parameters& p_;
  Look look_;
};

}  // namespace

void encounters(World& world, Commit& commit, const Conduct& conduct) {
  const HospitalPass pass(world, conduct.place);
  std::vector<HospitalDay> days(world.hospitals.size());
  constexpr std::size_t hospitals_per_block = 32;
  parallel_blocks(days.size(), hospitals_per_block, conduct.threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t h = begin; h < end; ++h) pass.decide(static_cast<std::uint32_t>(h), days[h]);
  });

  for (std::size_t h = 0; h < days.size(); ++h) {
    const HospitalDay& asked = days[h];
    const std::size_t d = world.hospitals[h].district;
    commit.tally().add(Metric::adverse_events, d, asked.events);
    commit.tally().add(Metric::negligent_events, d, asked.negligent);
    commit.tally().add(Metric::named, d, asked.named);
    commit.tally().add(Metric::blamed, d, asked.blamed);
    commit.complained(d, asked.complaints);
    for (const Shift& shift : asked.shifts)
      commit.harmed(shift.district, shift.patient, shift.hospital, shift.doctor, shift.anger, shift.harm);
    for (const NewDispute& made : asked.disputes) {
      const std::uint32_t slot = commit.open(made.dispute, made.due);
      if (made.disturbs) commit.apply(slot, made.disturbance);
    }
  }
}

}  // namespace parley::passes
