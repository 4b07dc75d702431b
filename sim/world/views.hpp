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
  double relative_risk = 1;  // χ: this hospital against the mean of its level
  double beds = 0;
  double occupancy = 0.85;        // of beds, this month
  double usual_occupancy = 0.85;  // of this hospital, in the middle of the year
  double transparency = 0.5;      // 0 to 1
  bool mediation_room = false;    // mediators come to the house
  double premium_factor = 1;      // experience rating: its premium over that of its class
  double liability = 0;           // paid last year, share of revenue
};

// Share of a hospital's events that falls on the doctors below each quantile of risk, in equal steps from 0 to 1.
inline constexpr std::size_t risk_curve_steps = 256;
using RiskCurve = std::array<double, risk_curve_steps + 1>;

struct PatientView {
  double hospital_trust = 0;   // contagion and media included
  double committee_trust = 0;  // in the mediation committee
  double doctor_trust = 0, court_trust = 0, government_trust = 0;
  double anger_stock = 0;                          // residual anger of earlier grievances, 0 to 1
  std::array<double, channel_count> attraction{};  // learned from own cases, by forum; 0 where nothing was learned
  std::array<double, channel_count> heard{};       // the mean of what neighbours have learned
};

struct DistrictView {
  double visible_disturbances = 0;         // still talked about
  double court_delay = 0;                  // expected days from filing to judgment, queue included
  double mediation_delay = 0;              // expected days in the committee's queue
  bool committee = true;                   // a committee serves the district
  bool centre = false;                     // a dispute centre answers calls
  double office_delay = 0;                 // expected days in the health bureau's queue
  bool arbitration = false;                // a medical arbitration panel sits here
  bool legal_aid_free = false;             // the legal aid office can take one more case this month
  double aggressive_share = 0;             // of lawyers
  double disturbance_premium = 0;          // what disturbances have been seen to bring, share of the entitlement
  double attention = 0;                    // of leaders, 0 to 1
  double audit_care = 0, uptake_care = 0;  // what inspections have left: exponents of what they raise
  double expert_wait = 0;                  // days until an expert of the case's field has given an opinion
};

// Who mediates: a mediator of a committee, or an officer of the health bureau.
struct MediatorView {
  double law = 0, medicine = 0;                                      // skill, 0 to 1
  double mission = 0;                                                // yuan of satisfaction per case solved
  double resolve_days = 0, investigate_days = 0, document_days = 0;  // effort per ordinary case
  double load = 0;                                                   // share of the mediator's capacity in use
  bool is_public_office = false, officer_beside = false;
  // Earned neutrality: what each side has come to think of this mediator, −1 to 1; 0 at the start.
  double reputation_patient = 0, reputation_hospital = 0;
  double target = 1;      // share of successes that the committee is held to
  double precedents = 0;  // share of an estimate's variance that the case database removes
};

// The two walk-away values, in yuan: the least that the patient takes, the most that the hospital gives.
struct WalkAwayValues {
  double patient = 0, hospital = 0;
};

// How talks will go as things stand: the day on which the two meet, or `never`, and where.
struct Talks {
  std::int32_t settlement_day = never;
  double settlement = 0;
  // What is asked for and offered today, in yuan; where only the patient proposes, the offer is what the hospital would
  // bear.
  double asked = 0, offered = 0;
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
  double expert_match = 0;  // 0 to 1: how well the pool covers the field of the case
  Handoff relay;            // second hop: health bureau → committee, or centre → committee
  Handoff transfer;         // between committee and court
};

}  // namespace parley
