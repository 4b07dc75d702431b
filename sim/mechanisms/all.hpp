// The mechanisms in story order and the parameters of everything: the type list that scenario, engine, bindings and
// tests walk. Adding a mechanism is one header and one line here (and, for a new stage, one line in engine/day.cpp).
#pragma once
#include "sim/instruments/all.hpp"
#include "sim/mechanisms/administration.hpp"
#include "sim/mechanisms/agreement.hpp"
#include "sim/mechanisms/alternating_offers.hpp"
#include "sim/mechanisms/appeal.hpp"
#include "sim/mechanisms/appraisal.hpp"
#include "sim/mechanisms/arbitration.hpp"
#include "sim/mechanisms/attention.hpp"
#include "sim/mechanisms/blaming.hpp"
#include "sim/mechanisms/budget.hpp"
#include "sim/mechanisms/campaign.hpp"
#include "sim/mechanisms/case_pay.hpp"
#include "sim/mechanisms/channel.hpp"
#include "sim/mechanisms/claim.hpp"
#include "sim/mechanisms/concession.hpp"
#include "sim/mechanisms/confirmation.hpp"
#include "sim/mechanisms/consultation.hpp"
#include "sim/mechanisms/copycat.hpp"
#include "sim/mechanisms/counsel.hpp"
#include "sim/mechanisms/damages.hpp"
#include "sim/mechanisms/deadline.hpp"
#include "sim/mechanisms/disclosure.hpp"
#include "sim/mechanisms/disturbance.hpp"
#include "sim/mechanisms/doctor.hpp"
#include "sim/mechanisms/effort.hpp"
#include "sim/mechanisms/encounter.hpp"
#include "sim/mechanisms/evaluation.hpp"
#include "sim/mechanisms/expert.hpp"
#include "sim/mechanisms/handoff.hpp"
#include "sim/mechanisms/harm.hpp"
#include "sim/mechanisms/imitation.hpp"
#include "sim/mechanisms/inspection.hpp"
#include "sim/mechanisms/intake.hpp"
#include "sim/mechanisms/invitation.hpp"
#include "sim/mechanisms/keeping.hpp"
#include "sim/mechanisms/leadership.hpp"
#include "sim/mechanisms/learning.hpp"
#include "sim/mechanisms/lumping.hpp"
#include "sim/mechanisms/naming.hpp"
#include "sim/mechanisms/payment.hpp"
#include "sim/mechanisms/petition.hpp"
#include "sim/mechanisms/precedents.hpp"
#include "sim/mechanisms/premium.hpp"
#include "sim/mechanisms/reputation.hpp"
#include "sim/mechanisms/screening.hpp"
#include "sim/mechanisms/skill.hpp"
#include "sim/mechanisms/solvency.hpp"
#include "sim/mechanisms/staffing.hpp"
#include "sim/mechanisms/tender.hpp"
#include "sim/mechanisms/trial.hpp"
#include "sim/mechanisms/trust.hpp"
#include "sim/mechanisms/turnover.hpp"
#include "sim/mechanisms/upkeep.hpp"
#include "sim/mechanisms/walk_away.hpp"
#include "sim/mechanisms/warning.hpp"
#include "sim/mechanisms/withdrawal.hpp"
#include "sim/mechanisms/workload.hpp"

namespace parley {

struct Parameters {
  Workload::Params workload;
  Encounter::Params encounter;
  Harm::Params harm;
  Doctor::Params doctor;
  Disclosure::Params disclosure;
  Naming::Params naming;
  Blaming::Params blaming;
  Lumping::Params lumping;
  Claim::Params claim;
  Damages::Params damages;
  Warning::Params warning;
  Disturbance::Params disturbance;
  Copycat::Params copycat;
  Attention::Params attention;
  Consultation::Params consultation;
  CounselChoice::Params counsel;
  Imitation::Params imitation;
  ChannelChoice::Params channel;
  Invitation::Params invitation;
  CaseHandoff::Params handoff;
  Intake::Params intake;
  Expert::Params expert;
  Appraisal::Params appraisal;
  Precedents::Params precedents;
  Reputation::Params reputation;
  WalkAway::Params walk_away;
  Deadline::Params deadline;
  Concession::Params concession;
  Screening::Params screening;
  AlternatingOffers::Params alternating_offers;
  Agreement::Params agreement;
  Confirmation::Params confirmation;
  Withdrawal::Params withdrawal;
  Administration::Params administration;
  Arbitration::Params arbitration;
  Trial::Params trial;
  Appeal::Params appeal;
  Petition::Params petition;
  Keeping::Params keeping;
  Payment::Params payment;
  Premium::Params premium;
  Solvency::Params solvency;
  Trust::Params trust;
  Learning::Params learning;
  Effort::Params effort;
  Skill::Params skill;
  Turnover::Params turnover;
  Staffing::Params staffing;
  CasePay::Params case_pay;
  Upkeep::Params upkeep;
  Campaign::Params campaign;
  Inspection::Params inspection;
  Evaluation::Params evaluation;
  Tender::Params tender;
  Budget::Params budget;
  Leadership::Params leadership;
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
  group.template operator()<Workload>(p.workload);
  group.template operator()<Encounter>(p.encounter);
  group.template operator()<Harm>(p.harm);
  group.template operator()<Doctor>(p.doctor);
  group.template operator()<Disclosure>(p.disclosure);
  group.template operator()<Naming>(p.naming);
  group.template operator()<Blaming>(p.blaming);
  group.template operator()<Lumping>(p.lumping);
  group.template operator()<Claim>(p.claim);
  group.template operator()<Damages>(p.damages);
  group.template operator()<Warning>(p.warning);
  group.template operator()<Disturbance>(p.disturbance);
  group.template operator()<Copycat>(p.copycat);
  group.template operator()<Attention>(p.attention);
  group.template operator()<Consultation>(p.consultation);
  group.template operator()<CounselChoice>(p.counsel);
  group.template operator()<Imitation>(p.imitation);
  group.template operator()<ChannelChoice>(p.channel);
  group.template operator()<Invitation>(p.invitation);
  group.template operator()<CaseHandoff>(p.handoff);
  group.template operator()<Intake>(p.intake);
  group.template operator()<Expert>(p.expert);
  group.template operator()<Appraisal>(p.appraisal);
  group.template operator()<Precedents>(p.precedents);
  group.template operator()<Reputation>(p.reputation);
  group.template operator()<WalkAway>(p.walk_away);
  group.template operator()<Deadline>(p.deadline);
  group.template operator()<Concession>(p.concession);
  group.template operator()<Screening>(p.screening);
  group.template operator()<AlternatingOffers>(p.alternating_offers);
  group.template operator()<Agreement>(p.agreement);
  group.template operator()<Confirmation>(p.confirmation);
  group.template operator()<Withdrawal>(p.withdrawal);
  group.template operator()<Administration>(p.administration);
  group.template operator()<Arbitration>(p.arbitration);
  group.template operator()<Trial>(p.trial);
  group.template operator()<Appeal>(p.appeal);
  group.template operator()<Petition>(p.petition);
  group.template operator()<Keeping>(p.keeping);
  group.template operator()<Payment>(p.payment);
  group.template operator()<Premium>(p.premium);
  group.template operator()<Solvency>(p.solvency);
  group.template operator()<Trust>(p.trust);
  group.template operator()<Learning>(p.learning);
  group.template operator()<Effort>(p.effort);
  group.template operator()<Skill>(p.skill);
  group.template operator()<Turnover>(p.turnover);
  group.template operator()<Staffing>(p.staffing);
  group.template operator()<CasePay>(p.case_pay);
  group.template operator()<Upkeep>(p.upkeep);
  group.template operator()<Campaign>(p.campaign);
  group.template operator()<Inspection>(p.inspection);
  group.template operator()<Evaluation>(p.evaluation);
  group.template operator()<Tender>(p.tender);
  group.template operator()<Budget>(p.budget);
  group.template operator()<Leadership>(p.leadership);
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

static_assert(DisputeMechanism<Disturbance> && DisputeMechanism<Consultation> && DisputeMechanism<CounselChoice> &&
              DisputeMechanism<ChannelChoice> && DisputeMechanism<CaseHandoff> && DisputeMechanism<Appraisal> &&
              DisputeMechanism<Appeal> && DisputeMechanism<Confirmation> && DisputeMechanism<Keeping> &&
              DisputeMechanism<Petition>);

}  // namespace parley
