// Builds the read-only views that mechanisms see from the frozen world of a day.
#pragma once
#include "sim/scenario/place.hpp"
#include "sim/world/world.hpp"

namespace parley {

class Look {
 public:
  Look(const World& world, const Place& place) : world_(world), place_(place) {}

  // What a patient is like at the start: a pure function of (seed, replicate, id). Baselines of trust in courts and
  // governments, which only claimants need, come with `claimant`.
  PatientTraits traits(std::uint32_t patient, std::uint32_t district) const;
  double knowledge(std::uint32_t patient) const;      // of law and medicine, 0 to 1
  double out_of_pocket(std::uint32_t patient) const;  // own part of the bill, in monthly incomes
  // Traits that only claimants need, drawn when somebody claims.
  Claimant claimant(PatientTraits& traits, std::uint32_t patient) const;
  // What a patient trusts by own experience and the media: baseline and own shifts that have not faded.
  PatientView alone(const PatientTraits& traits, const PatientMemory& own, std::uint32_t district) const;
  // The same with what neighbours still hold, pulled in now.
  PatientView patient(const PatientTraits& traits, std::uint32_t patient, std::uint32_t district) const;
  DistrictView district(std::uint32_t district, Specialty field) const;
  // A window on `dispute`, which may be a copy that a chain of decisions is changing.
  DisputeView dispute(const Dispute& dispute) const;
  MediatorView mediator(const Dispute& dispute) const;
  MediatorView officer() const;
  DoctorView doctor(const HospitalRow& hospital, std::uint32_t rank) const;
  // Figures that fade by half-lives, as they stand today.
  double faded(double value, std::int32_t since, double halflife) const;
  double attention(const DistrictRow& row) const;
  double baseline(TrustObject object) const;  // of the mean resident
  double media(const DistrictRow& row) const;
  // The committee that serves a patient: one of those of the hospital's district.
  std::uint32_t committee_position(const HospitalRow& hospital, std::uint32_t patient) const;

  // What events have left with a patient, as it stands today.
  PatientMemory remembered(std::uint32_t district, std::uint32_t patient) const;
  // The same of a memory found earlier.
  PatientMemory faded(const PatientMemory& memory) const;

 private:
  template <class Hear>
  std::size_t neighbours(std::uint32_t patient, std::uint32_t district, const Hear& hear) const;
  double precedents(const CommitteeRow& committee, const DistrictRow& district, const Injury& injury) const;

  const World& world_;
  const Place& place_;
};

}  // namespace parley
