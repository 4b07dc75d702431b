// The instruments in the order in which they amend the rules, and their levers and slopes as plain structs.
#pragma once
#include "sim/instruments/authority.hpp"
#include "sim/instruments/case_database.hpp"
#include "sim/instruments/contract.hpp"
#include "sim/instruments/early_warning.hpp"
#include "sim/instruments/experience_rating.hpp"
#include "sim/instruments/feedback.hpp"
#include "sim/instruments/funding.hpp"
#include "sim/instruments/legal_aid.hpp"
#include "sim/instruments/linkage.hpp"
#include "sim/instruments/proximity.hpp"
#include "sim/instruments/service.hpp"
#include "sim/instruments/training.hpp"

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
