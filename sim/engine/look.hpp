// Builds the read-only views that mechanisms see from the frozen world of a day.
#pragma once
#include "sim/scenario/place.hpp"
#include "sim/world/world.hpp"

namespace parley {

// Posts of a committee that the rules in force fund. Posts per committee are a mean: committee i of the place has
// ⌊(i + 1)m⌋ − ⌊i·m⌋ of them.
std::size_t posts_of(const World& world, std::size_t committee);
// A committee's last twelve months as its principal counts them, and the evaluation index.
Evaluation::Year judged(const CommitteeRow& committee);
double evaluation_of(const World& world, std::size_t committee, const Place& place);
// What a provider offers and asks under its contract.
inline Tender::Bid bid_of(const ProviderRow& provider) { return {provider.quality, provider.cost, provider.price}; }

class Look {
 public:
  Look(const World& world, const Place& place) : world_(world), place_(place) {}

  // What a patient is like at the start: pure functions of (seed, replicate, id). Those who are harmed need their
  // baselines of trust in doctors and hospitals; those who claim need all five, and the rest of their traits.
  Baselines trust_in_medicine(std::uint32_t patient) const;
  Baselines trust(std::uint32_t patient) const;
  Claimant claimant(std::uint32_t patient, std::uint32_t district) const;
  bool elderly(std::uint32_t patient) const;
  bool low_income(std::uint32_t patient) const;
  double knowledge(std::uint32_t patient) const;  // of law and medicine, 0 to 1
  // Own part of the bill, in monthly incomes, where health insurance bears a further part `cover`.
  double out_of_pocket(std::uint32_t patient, double cover) const;
  // What a patient trusts by own experience and the media: baseline and own shifts that have not faded.
  PatientView alone(const Baselines& baselines, const PatientMemory& own, std::uint32_t district) const;
  // The same with what neighbours still hold, pulled in now.
  PatientView patient(const Baselines& baselines, std::uint32_t patient, std::uint32_t district) const;
  DistrictView district(std::uint32_t district, Specialty field) const;
  // A window on `dispute`, which may be a copy that a chain of decisions is changing. What the patient trusts is asked
  // for apart, since neighbours have to be asked for it.
  DisputeView dispute(const Dispute& dispute) const;
  PatientView patient_of(const Dispute& dispute) const;
  MediatorView mediator(const Dispute& dispute) const;
  MediatorView officer() const;
  double communication(const HospitalRow& hospital, std::uint32_t rank) const;  // of a doctor, morale included
  // Figures that fade by half-lives, as they stand today.
  double faded(double value, std::int32_t since, double halflife) const;
  double attention(const DistrictRow& row) const;
  double baseline(TrustObject object) const;        // of the mean resident
  double mean_trust(const DistrictRow& row) const;  // of residents in hospitals
  double media(const DistrictRow& row) const;
  // The committee that serves a patient: one of those of the hospital's district.
  std::uint32_t committee_position(const HospitalRow& hospital, std::uint32_t patient) const;

  // What events have left with a patient, as it stands today.
  PatientMemory remembered(std::uint32_t district, std::uint32_t patient) const;
  bool forgotten(const PatientMemory& memory) const;  // older than anybody remembers
  // The same of a memory found earlier.
  PatientMemory faded(const PatientMemory& memory) const;

 private:
  double precedents(const CommitteeRow& committee, const DistrictRow& district, const Injury& injury) const;

  const World& world_;
  const Place& place_;
};

}  // namespace parley
