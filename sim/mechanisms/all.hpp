// The mechanisms in story order and the parameters of everything: the type list that scenario, engine, bindings and
// tests walk. Adding a mechanism is one header and one line here (and, for a new stage, one line in engine/day.cpp).
#pragma once
#include "sim/instruments/all.hpp"
#include "sim/mechanisms/appraisal.hpp"
#include "sim/mechanisms/bargaining.hpp"
#include "sim/mechanisms/blaming.hpp"
#include "sim/mechanisms/case_pay.hpp"
#include "sim/mechanisms/channel.hpp"
#include "sim/mechanisms/claim.hpp"
#include "sim/mechanisms/damages.hpp"
#include "sim/mechanisms/disturbance.hpp"
#include "sim/mechanisms/effort.hpp"
#include "sim/mechanisms/encounter.hpp"
#include "sim/mechanisms/handoff.hpp"
#include "sim/mechanisms/harm.hpp"
#include "sim/mechanisms/intake.hpp"
#include "sim/mechanisms/learning.hpp"
#include "sim/mechanisms/naming.hpp"
#include "sim/mechanisms/payment.hpp"
#include "sim/mechanisms/trial.hpp"
#include "sim/mechanisms/trust.hpp"
#include "sim/mechanisms/upkeep.hpp"
#include "sim/mechanisms/waiting.hpp"

namespace parley {

struct Parameters {
  Encounter::Params encounter;
  Harm::Params harm;
  Naming::Params naming;
  Blaming::Params blaming;
  Claim::Params claim;
  Damages::Params damages;
  Disturbance::Params disturbance;
  ChannelChoice::Params channel;
  CaseHandoff::Params handoff;
  Intake::Params intake;
  Appraisal::Params appraisal;
  Bargaining::Params bargaining;
  Waiting::Params waiting;
  Trial::Params trial;
  Payment::Params payment;
  Trust::Params trust;
  Learning::Params learning;
  Effort::Params effort;
  CasePay::Params case_pay;
  Upkeep::Params upkeep;
  Customs customs;
  CourtTerms court;
  InsuranceTerms insurance;
  Slopes slopes;
};

// Calls visit(group name, describe function, part of `p`) for each group of parameters in story order.
template <class Visit, class P>
void for_each_parameter_group(Visit&& visit, P& p) {
  const auto group = [&]<class M>(auto& part) {
    visit(
        M::name, [](auto& field, auto& q) { M::describe(field, q); }, part);
  };
  group.template operator()<Encounter>(p.encounter);
  group.template operator()<Harm>(p.harm);
  group.template operator()<Naming>(p.naming);
  group.template operator()<Blaming>(p.blaming);
  group.template operator()<Claim>(p.claim);
  group.template operator()<Damages>(p.damages);
  group.template operator()<Disturbance>(p.disturbance);
  group.template operator()<ChannelChoice>(p.channel);
  group.template operator()<CaseHandoff>(p.handoff);
  group.template operator()<Intake>(p.intake);
  group.template operator()<Appraisal>(p.appraisal);
  group.template operator()<Bargaining>(p.bargaining);
  group.template operator()<Waiting>(p.waiting);
  group.template operator()<Trial>(p.trial);
  group.template operator()<Payment>(p.payment);
  group.template operator()<Trust>(p.trust);
  group.template operator()<Learning>(p.learning);
  group.template operator()<Effort>(p.effort);
  group.template operator()<CasePay>(p.case_pay);
  group.template operator()<Upkeep>(p.upkeep);
  visit(
      std::string_view("customs"), [](auto& field, auto& q) { Customs::describe(field, q); }, p.customs);
  visit(
      std::string_view("court"), [](auto& field, auto& q) { CourtTerms::describe(field, q); }, p.court);
  visit(
      std::string_view("insurance"), [](auto& field, auto& q) { InsuranceTerms::describe(field, q); }, p.insurance);
  for_each_instrument(
      [&]<class I>(auto& slopes) {
        visit(
            I::name, [](auto& field, auto& q) { I::Slopes::describe(field, q); }, slopes);
      },
      p.slopes);
}

static_assert(DisputeMechanism<Disturbance> && DisputeMechanism<ChannelChoice> && DisputeMechanism<CaseHandoff> &&
              DisputeMechanism<Intake> && DisputeMechanism<Appraisal> && DisputeMechanism<Bargaining>);

}  // namespace parley
