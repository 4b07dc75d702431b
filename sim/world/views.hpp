// Read-only windows: what a party can see when it decides. Mechanisms get these and nothing else.
#pragma once
#include <array>
#include <cstdint>

#include "sim/base/ids.hpp"
#include "sim/base/money.hpp"
#include "sim/world/disputes.hpp"
#include "sim/world/graph.hpp"

namespace parley {

enum class HospitalLevel : std::uint8_t { primary, secondary, tertiary };
inline constexpr std::size_t level_count = 3;
inline constexpr std::array<const char*, level_count> level_names = {"primary", "secondary", "tertiary"};

struct HospitalView {
  HospitalId id;
  HospitalLevel level = HospitalLevel::primary;
  bool is_public = true;
  bool insured = false;
  double communication = 0;  // 0 to 1
  double safety = 0;         // stock S; events fall with exp(−S)
  double admissions_per_day = 0;
  double relative_risk = 1;   // χ: this hospital against the mean of its level
  double lessons = 0;         // put into practice since last month
  double disputes_share = 0;  // of admissions that ended in a dispute, last month
};

struct PatientView {
  double hospital_trust = 0;   // in doctors and hospitals, contagion and media included
  double committee_trust = 0;  // in the mediation committee
};

struct DistrictView {
  double visible_disturbances = 0;  // still talked about
  double court_delay = 0;           // expected days from filing to judgment, queue included
  double mediation_delay = 0;       // expected days in the committee's queue
  bool committee = true;            // a committee serves the district
  bool centre = false;              // a dispute centre answers calls
};

// Who mediates: a mediator of a committee, or an officer of the health bureau.
struct MediatorView {
  double law = 0, medicine = 0;                                      // skill, 0 to 1
  double mission = 0;                                                // yuan of satisfaction per case solved
  double resolve_days = 0, investigate_days = 0, document_days = 0;  // effort per ordinary case
  double load = 0;                                                   // share of the mediator's capacity in use
  bool is_public_office = false;
};

struct DisputeView {
  const DisputeId& id;
  std::int32_t today;
  const Injury& injury;
  const Claimant& claimant;
  const CaseState& now;
  HospitalView hospital;
  PatientView patient;
  DistrictView district;
  MediatorView mediator;
  Handoff referral;         // hospital → committee, or → health bureau where it has the case
  Handoff advice;           // expert pool → committee
  Handoff report;           // committee → health authority
  Handoff response;         // district centre → hospital, on the spot
  double expert_match = 0;  // 0 to 1: how well the free experts of the pool cover the case
};

}  // namespace parley
