// Case pay: what a committee earns on a case it took, and on how the case ended. Success is paid only with a file that
// passes, so paperwork is paid for too.
// Page: docs/model/case_pay.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct CasePay {
  static constexpr std::string_view name = "case_pay";

  struct Params {
    double file_refusal_rate = 0.12;
    double document_reference = 1;
    double document_effect = 0.8;
    double honesty = 1500;
    double mission_reference = 800;
  };

  static void describe(auto& field, auto& p) {
    field("file_refusal_rate", p.file_refusal_rate,
          Field{"r_f", "1", 0.001, 0.6, "successes refused pay for their file, at the customary days on it",
                "row 185: Lueyang 96 refused beside 708 paid", "B"});
    field("document_reference", p.document_reference,
          Field{"e_d0", "day", 0.1, 5, "days on the file at which that rate holds",
                "row 73: a sixth of six days; assumed", "C"});
    field("document_effect", p.document_effect,
          Field{"d_f", "logit/day", 0, 4, "fall of refusals per further day on the file", "assumed", "C"});
    field("honesty", p.honesty,
          Field{"h_c", "CNY", 0, 20000, "what it is worth to an ordinary mediator not to lie in a report",
                "domain 2.4: gaming; assumed", "C"});
    field("mission_reference", p.mission_reference,
          Field{"γ_0", "CNY/case", 100, 4000, "mission at which that worth holds; it grows in proportion",
                "row 188: default", "C"});
  }

  // Each funder pays its share of an amount; what is not funded is not paid.
  static void split(Outcome& out, double amount, const Rules& rules, Reason reason) {
    out.pay(Role::government, Role::committee, Money::yuan(amount * rules.public_funding_share), reason);
    out.pay(Role::insurer, Role::committee, Money::yuan(amount * rules.insurer_funding_share), reason);
    out.pay(Role::society, Role::committee, Money::yuan(amount * rules.hospital_funding_share), reason);
  }

  // (CP1) f_a on acceptance
  static Outcome accepted(const DisputeView& view, const Rules& rules) {
    Outcome out(view.now);
    split(out, rules.contract.base_fee_case, rules, Reason::case_fee);
    return out;
  }

  // (CP2) a file passes with 1 − σ(logit r_f − d_f(e_d − e_d0)); (CP3) f_s for a success, f_v·f_s for one in
  // a severe case, f_f of that for a failure handed over
  static bool file_passes(const DisputeView& view, const Params& p, const Draw& draw) {
    return !draw.chance(
        0, logistic(logit(p.file_refusal_rate) - p.document_effect * (view.now.document_days - p.document_reference)));
  }
  // (CP4) a failure is reported as a success where φW(f_f) > d′·f_d·φW(0) + h_c·mission/γ_0: what lying brings above
  // the chance d′ of an audit times the penalty f_d and the worth of not lying. W(f) = f_s(1 − f) and what one more
  // reported success adds to the results part
  static bool inflates(const DisputeView& view, const Rules& rules, const Params& p) {
    const ContractTerms& pay = rules.contract;
    const double through = rules.customs.pass_through;
    return through * worth(view, rules, pay.pay_failed_share) >
           found(view, pay) * pay.audit_penalty * through * worth(view, rules, 0) +
               p.honesty * view.mediator.mission / p.mission_reference;
  }
  static double worth(const DisputeView& view, const Rules& rules, double failed_share) {
    return success_pay(view, rules) * (1 - failed_share) +
           results_worth(rules.contract, rules.index, rules.target_ratchet, view.mediator.target, rules.customs);
  }
  static double success_pay(const DisputeView& view, const Rules& rules) {
    return rules.contract.success_pay(view.injury.severe());
  }
  // Chance that a false report is found, more where a visit is fresh: d′ = 1 − (1 − d)e^(−care).
  static double found(const DisputeView& view, const ContractTerms& pay) {
    return raised(pay.audit_rate, view.district.audit_care);
  }
  static Outcome closed(const DisputeView& view, bool success, const Rules& rules, const Params& p, const Draw& draw) {
    Outcome out(view.now);
    const ContractTerms& pay = rules.contract;
    out.state.inflated = !success && inflates(view, rules, p);
    if (!file_passes(view, p, draw)) return out;
    const bool paid_as_success = success || out.state.inflated;
    const double piece = success_pay(view, rules);
    split(out, piece * (paid_as_success ? 1 : pay.pay_failed_share), rules, Reason::case_pay);
    // (CP5) an audit, with d′, finds the lie: the committee pays back f_d·W(0)
    if (out.state.inflated && draw.chance(1, found(view, pay)))
      out.pay(Role::committee, Role::government, Money::yuan(pay.audit_penalty * worth(view, rules, 0)),
              Reason::audit_penalty);
    return out;
  }
};

}  // namespace parley
