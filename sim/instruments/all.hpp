// The instruments in the order in which they amend the rules, and their levers and slopes as plain structs.
#pragma once
#include "sim/instruments/authority.hpp"
#include "sim/instruments/case_database.hpp"
#include "sim/instruments/contract.hpp"
#include "sim/instruments/division.hpp"
#include "sim/instruments/early_warning.hpp"
#include "sim/instruments/emergency_response.hpp"
#include "sim/instruments/experience_rating.hpp"
#include "sim/instruments/feedback.hpp"
#include "sim/instruments/funding.hpp"
#include "sim/instruments/guarantee.hpp"
#include "sim/instruments/health_insurance.hpp"
#include "sim/instruments/health_investment.hpp"
#include "sim/instruments/implementation.hpp"
#include "sim/instruments/institutional_memory.hpp"
#include "sim/instruments/invited_mediation.hpp"
#include "sim/instruments/joint_mediation.hpp"
#include "sim/instruments/legal_aid.hpp"
#include "sim/instruments/liability_insurance.hpp"
#include "sim/instruments/linkage.hpp"
#include "sim/instruments/one_stop.hpp"
#include "sim/instruments/oversight.hpp"
#include "sim/instruments/performance_index.hpp"
#include "sim/instruments/procurement.hpp"
#include "sim/instruments/proximity.hpp"
#include "sim/instruments/public_budget.hpp"
#include "sim/instruments/publicity.hpp"
#include "sim/instruments/recognition.hpp"
#include "sim/instruments/recruitment.hpp"
#include "sim/instruments/security.hpp"
#include "sim/instruments/service.hpp"
#include "sim/instruments/standardisation.hpp"
#include "sim/instruments/supervision.hpp"
#include "sim/instruments/training.hpp"
#include "sim/instruments/transparency.hpp"

namespace parley {

struct Levers {
  Authority::Levers authority;
  Proximity::Levers proximity;
  Funding::Levers funding;
  Contract::Levers contract;
  Linkage::Levers linkage;
  Feedback::Levers feedback;
  Service::Levers service;
  EarlyWarning::Levers early_warning;
  LegalAid::Levers legal_aid;
  Training::Levers training;
  CaseDatabase::Levers case_database;
  ExperienceRating::Levers experience_rating;
  Guarantee::Levers guarantee;
  EmergencyResponse::Levers emergency_response;
  OneStop::Levers one_stop;
  Standardisation::Levers standardisation;
  Transparency::Levers transparency;
  HealthInvestment::Levers health_investment;
  Oversight::Levers oversight;
  LiabilityInsurance::Levers liability_insurance;
  Security::Levers security;
  Publicity::Levers publicity;
  PerformanceIndex::Levers performance_index;
  Procurement::Levers procurement;
  PublicBudget::Levers public_budget;
  InstitutionalMemory::Levers institutional_memory;
  Division::Levers division;
  Implementation::Levers implementation;
  Recognition::Levers recognition;
  HealthInsurance::Levers health_insurance;
  InvitedMediation::Levers invited_mediation;
  JointMediation::Levers joint_mediation;
  Recruitment::Levers recruitment;
  Supervision::Levers supervision;
};

struct Slopes {
  Authority::Slopes authority;
  Proximity::Slopes proximity;
  Funding::Slopes funding;
  Contract::Slopes contract;
  Linkage::Slopes linkage;
  Feedback::Slopes feedback;
  Service::Slopes service;
  EarlyWarning::Slopes early_warning;
  LegalAid::Slopes legal_aid;
  Training::Slopes training;
  CaseDatabase::Slopes case_database;
  ExperienceRating::Slopes experience_rating;
  Guarantee::Slopes guarantee;
  EmergencyResponse::Slopes emergency_response;
  OneStop::Slopes one_stop;
  Standardisation::Slopes standardisation;
  Transparency::Slopes transparency;
  HealthInvestment::Slopes health_investment;
  Oversight::Slopes oversight;
  LiabilityInsurance::Slopes liability_insurance;
  Security::Slopes security;
  Publicity::Slopes publicity;
  PerformanceIndex::Slopes performance_index;
  Procurement::Slopes procurement;
  PublicBudget::Slopes public_budget;
  InstitutionalMemory::Slopes institutional_memory;
  Division::Slopes division;
  Implementation::Slopes implementation;
  Recognition::Slopes recognition;
  HealthInsurance::Slopes health_insurance;
  InvitedMediation::Slopes invited_mediation;
  JointMediation::Slopes joint_mediation;
  Recruitment::Slopes recruitment;
  Supervision::Slopes supervision;
};

// Calls visit.operator()<I>(part of `a`, parts of `more`…) for each instrument I in order.
template <class Visit, class A, class... More>
void for_each_instrument(Visit&& visit, A& a, More&... more) {
  visit.template operator()<Authority>(a.authority, more.authority...);
  visit.template operator()<Proximity>(a.proximity, more.proximity...);
  visit.template operator()<Funding>(a.funding, more.funding...);
  visit.template operator()<Contract>(a.contract, more.contract...);
  visit.template operator()<Linkage>(a.linkage, more.linkage...);
  visit.template operator()<Feedback>(a.feedback, more.feedback...);
  visit.template operator()<Service>(a.service, more.service...);
  visit.template operator()<EarlyWarning>(a.early_warning, more.early_warning...);
  visit.template operator()<LegalAid>(a.legal_aid, more.legal_aid...);
  visit.template operator()<Training>(a.training, more.training...);
  visit.template operator()<CaseDatabase>(a.case_database, more.case_database...);
  visit.template operator()<ExperienceRating>(a.experience_rating, more.experience_rating...);
  visit.template operator()<Guarantee>(a.guarantee, more.guarantee...);
  visit.template operator()<EmergencyResponse>(a.emergency_response, more.emergency_response...);
  visit.template operator()<OneStop>(a.one_stop, more.one_stop...);
  visit.template operator()<Standardisation>(a.standardisation, more.standardisation...);
  visit.template operator()<Transparency>(a.transparency, more.transparency...);
  visit.template operator()<HealthInvestment>(a.health_investment, more.health_investment...);
  visit.template operator()<Oversight>(a.oversight, more.oversight...);
  visit.template operator()<LiabilityInsurance>(a.liability_insurance, more.liability_insurance...);
  visit.template operator()<Security>(a.security, more.security...);
  visit.template operator()<Publicity>(a.publicity, more.publicity...);
  visit.template operator()<PerformanceIndex>(a.performance_index, more.performance_index...);
  visit.template operator()<Procurement>(a.procurement, more.procurement...);
  visit.template operator()<PublicBudget>(a.public_budget, more.public_budget...);
  visit.template operator()<InstitutionalMemory>(a.institutional_memory, more.institutional_memory...);
  visit.template operator()<Division>(a.division, more.division...);
  visit.template operator()<Implementation>(a.implementation, more.implementation...);
  visit.template operator()<Recognition>(a.recognition, more.recognition...);
  visit.template operator()<HealthInsurance>(a.health_insurance, more.health_insurance...);
  visit.template operator()<InvitedMediation>(a.invited_mediation, more.invited_mediation...);
  visit.template operator()<JointMediation>(a.joint_mediation, more.joint_mediation...);
  visit.template operator()<Recruitment>(a.recruitment, more.recruitment...);
  visit.template operator()<Supervision>(a.supervision, more.supervision...);
}

// The rules in force under `levers` where `customary` was the status quo; `base` holds the terms no instrument touches.
inline Rules amended(const Rules& base, const PublicView& seen, const Levers& levers, const Levers& customary,
                     const Slopes& slopes) {
  Rules rules = base;
  for_each_instrument(
      [&]<class I>(const typename I::Levers& now, const typename I::Levers& before, const typename I::Slopes& slope) {
        static_assert(Instrument<I>);
        rules = I::amend(rules, seen, Setting<typename I::Levers>{now, before}, slope);
      },
      levers, customary, slopes);
  return rules;
}

}  // namespace parley
