// One ordinary dispute, built in code: a moderate, negligent injury at a county hospital, claimed by a patient of
// middling income whom nothing marks out. A test changes what it is about and asks for the view:
//
//   Subject dispute = a_dispute();
//   dispute.injury.severity = Severity::death;
//   const Outcome out = Intake::decide(dispute.view(), rules, params, Draw::scripted({0.5}));
//
// It owns what a DisputeView only points to, so it must outlive the view.
#pragma once
#include "sim/world/rules.hpp"
#include "sim/world/views.hpp"

namespace parley::testing {

struct Subject {
  DisputeId id{PatientId{1234}, HospitalId{5}, 70, 3};
  std::int32_t today = 100;
  Injury injury;
  Claimant claimant;
  CaseState now;
  HospitalView hospital;
  PatientView patient;
  DistrictView district;
  MediatorView mediator;
  Handoff referral, advice, report, response;  // certain, at once and without loss
  double expert_match = 0.5;
  Handoff relay, transfer;  // certain, at once and without loss

  DisputeView view() const& {
    return {id,       today,    injury, claimant, now,      hospital,     patient, district,
            mediator, referral, advice, report,   response, expert_match, relay,   transfer};
  }
  DisputeView view() const&& = delete;  // the view would outlive what it points to

  Subject& at(Stage stage, Channel channel = Channel::none) {
    now.stage = stage;
    now.channel = channel;
    if (now.first_channel == Channel::none) now.first_channel = channel;
    if (channel != Channel::none) now.tried = static_cast<std::uint8_t>(now.tried | 1 << static_cast<int>(channel));
    return *this;
  }
};

// Opened on day 100 (today) over damages of 100,000 yuan, of which the hospital owes half; both sides know so, with
// little noise, and the patient demands 80,000.
inline Subject a_dispute() {
  Subject s;
  s.injury.negligent = true;
  s.injury.severity = Severity::moderate;
  s.injury.damages = 100000;
  s.injury.responsibility = 0.5;
  s.claimant.home = DistrictId{0};
  s.claimant.monthly_income = 4000;
  s.claimant.threshold = 0.55;
  s.claimant.risk_aversion = 0.5;
  s.claimant.aware = true;
  s.claimant.law_knowledge = 0.5;

  s.now.stage = Stage::channel;
  s.now.opened = s.now.stage_since = s.today;
  s.now.patient_belief = s.now.hospital_belief = 0.5;
  s.now.patient_precision = s.now.hospital_precision = 25;  // a standard deviation of 0.2
  s.now.demand = 80000;
  s.now.anger = 0.4;
  s.now.anger_day = s.today;

  s.hospital.id = s.id.hospital;
  s.hospital.level = HospitalLevel::secondary;
  s.hospital.communication = 0.6;
  s.hospital.safety = 0.3;
  s.hospital.admissions_per_day = 50;
  s.hospital.beds = 500;

  s.patient.hospital_trust = s.patient.doctor_trust = 0.7;
  s.patient.committee_trust = s.patient.court_trust = s.patient.government_trust = 0.65;
  s.district.court_delay = 400;
  s.district.mediation_delay = s.district.office_delay = 10;

  s.mediator.law = s.mediator.medicine = 0.5;
  s.mediator.mission = 200;
  s.mediator.resolve_days = 2;
  s.mediator.investigate_days = 1;
  s.mediator.document_days = 0.5;
  s.mediator.load = 0.5;
  return s;
}

// The share of evenly spread luck with which something happens: a probability without noise.
template <class Happens>
double share(const Happens& happens, int steps = 1000) {
  int count = 0;
  for (int i = 0; i < steps; ++i) count += happens((i + 0.5) / steps) ? 1 : 0;
  return static_cast<double>(count) / steps;
}

}  // namespace parley::testing
