// Builds the read-only views that mechanisms see from the frozen world of a day.
#pragma once
#include "sim/scenario/place.hpp"
#include "sim/world/world.hpp"

namespace parley {

class Look {
 public:
  Look(const World& world, const Place& place) : world_(world), place_(place) {}

  // What a patient is like at the start: a pure function of (seed, replicate, id).
  PatientTraits traits(std::uint32_t patient, std::uint32_t district) const;
  // Traits that only claimants need, drawn when somebody claims.
  Claimant claimant(const PatientTraits& traits, std::uint32_t patient) const;
  // What a patient trusts by own experience and the media: baseline and own shifts that have not faded.
  PatientView alone(const PatientTraits& traits, std::uint32_t patient, std::uint32_t district) const;
  // The same with what neighbours still hold, pulled in now.
  PatientView patient(const PatientTraits& traits, std::uint32_t patient, std::uint32_t district) const;
  DistrictView district(std::uint32_t district) const;
  // A window on `dispute`, which may be a copy that a chain of decisions is changing.
  DisputeView dispute(const Dispute& dispute) const;
  MediatorView mediator(const MediatorRow& row) const;
  MediatorView officer() const;
  double expert_match(std::uint32_t pool, double experts_of_place) const;
  // Figures that fade by half-lives, as they stand today.
  double faded(double value, std::int32_t since, double halflife) const;
  // The committee that serves a patient: one of those of the hospital's district.
  std::uint32_t committee_position(const HospitalRow& hospital, std::uint32_t patient) const;

  // What is left of a patient's own shift of trust in hospitals.
  double own_shift(std::uint32_t district, std::uint32_t patient) const;

 private:
  const World& world_;
  const Place& place_;
};

}  // namespace parley
