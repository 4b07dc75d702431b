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
};

struct Shift {
  std::uint32_t district, patient;
  double amount;
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
                                                   hospital.event_ceiling, hospital.bad_outcome_ceiling);
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
    const bool disclosed = Naming::disclosed(draw.uniform(Luck::disclosure), injury.by_care, p_.naming);
    if (!Naming::decide(draw.uniform(Luck::naming), injury.severity, injury.by_care, disclosed, p_.naming)) return;
    ++out.named;

    const PatientTraits traits = look_.traits(who, home);
    const PatientView alone = look_.alone(traits, who, home);
    const auto s = static_cast<std::size_t>(injury.severity);
    out.shifts.push_back(
        {home, who,
         Trust::after_harm(std::clamp(alone.hospital_trust, 0.0, 1.0), p_.claim.anger_by_severity[s], p_.trust)});
    if (!blames(draw.uniform(Luck::blaming), injury, disclosed, traits, alone, who, home, hospital)) return;
    ++out.blamed;
    if (Blaming::complains(draw.uniform(Luck::complaint), injury.severity, p_.blaming)) ++out.complaints;
    if (draw.uniform(Luck::claim) >= Claim::probability(traits.claimant, injury.severity, p_.claim)) return;
    claimed(index, hospital, ordinal, home, who, injury, traits, draw, out);
  }

  // Neighbours are asked only where what they might say can change the answer: the same answer, an order faster.
  bool blames(double uniform, const Injury& injury, bool disclosed, const PatientTraits& traits,
              const PatientView& alone, std::uint32_t who, std::uint32_t home, const HospitalRow& hospital) const {
    const auto chance = [&](double trust) {
      return Blaming::probability(injury.severity, injury.negligent, disclosed, std::clamp(trust, 0.0, 1.0),
                                  hospital.view.communication, p_.blaming);
    };
    const double most = Trust::most_pulled(look_.own_shift(home, who), p_.trust);
    if (uniform >= chance(alone.hospital_trust - most)) return false;
    if (uniform < chance(alone.hospital_trust + most)) return true;
    return uniform < chance(look_.patient(traits, who, home).hospital_trust);
  }

  void claimed(std::uint32_t index, const HospitalRow& hospital, std::uint32_t ordinal, std::uint32_t home,
               std::uint32_t who, Injury injury, const PatientTraits& traits, const Draw& draw,
               HospitalDay& out) const {
    Damages::assess(injury, place_.numbers.income_index, p_.damages, draw.normal(Luck::damages),
                    draw.uniform(Luck::responsibility));
    NewDispute made;
    Dispute& d = made.dispute;
    d.id = {PatientId{who}, HospitalId{index}, world_.today, ordinal};
    d.district = DistrictId{hospital.district};
    d.injury = injury;
    d.claimant = look_.claimant(traits, who);
    d.claimant.home = DistrictId{home};
    std::int32_t wait = Claim::delay_days(draw.uniform(Luck::delay), p_.claim);
    const auto opened = [&](std::int32_t day) {
      d.state = Claim::opened(injury, day, p_.customs, p_.claim, draw.normal(Luck::demand),
                              draw.normal(Luck::patient_error), draw.normal(Luck::hospital_error));
      d.state.stage = Stage::claim;
    };
    opened(world_.today);
    // A death may be answered on the same day, whatever the claim would have waited.
    if (injury.severity == Severity::death) {
      made.disturbance =
          Disturbance::decide(look_.dispute(d), world_.districts[hospital.district].rules, p_.disturbance,
                              Draw(world_.key, Decision::disturbance, d.id.packed(), 0, 0));
      made.disturbs = made.disturbance.disturbances > 0;
      if (made.disturbs) wait = 0;
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
    commit.tally().add(Metric::complaints, d, asked.complaints);
    for (const Shift& shift : asked.shifts)
      commit.shift(shift.district, shift.patient, TrustObject::hospital, shift.amount);
    for (const NewDispute& made : asked.disputes) {
      const std::uint32_t slot = commit.open(made.dispute, made.due);
      if (made.disturbs) commit.apply(slot, made.disturbance);
    }
  }
}

}  // namespace parley::passes
