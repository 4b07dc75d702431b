// The one place that writes to the world. Takes what mechanisms ask for, in key order, and holds the laws.
#pragma once
#include "sim/engine/tally.hpp"
#include "sim/scenario/place.hpp"
#include "sim/world/outcome.hpp"
#include "sim/world/world.hpp"

namespace parley {

class Commit {
 public:
  Commit(World& world, const Place& place, Tally& tally) : world_(world), place_(place), tally_(tally) {}

  // A new dispute, first visited on `due`. Returns its slot.
  std::uint32_t open(const Dispute& dispute, std::int32_t due);
  // Everything one decision asked for.
  void apply(std::uint32_t slot, const Outcome& outcome);
  // Trust of one patient moves; anger stays with one.
  void shift(std::uint32_t district, std::uint32_t patient, TrustObject object, double amount);
  void harmed(std::uint32_t district, std::uint32_t patient, double hospital_trust, double doctor_trust, double anger,
              double harm);
  void remember_anger(std::uint32_t district, std::uint32_t patient, double anger);
  // A case joins a queue and will be looked at again after `days`.
  void enqueue(std::uint32_t slot, Docket& docket, std::int32_t days);
  void leave_queue(std::uint32_t slot);
  // A mediator of the committee, an officer or a judge is busy with a case for some working days.
  void occupy(double& free_on, double working_days, double working_days_per_year);
  void assign_mediators(std::uint32_t slot, std::uint32_t mediator, std::uint32_t partner);
  void accepted(std::uint32_t slot);

  // A month begins: rules, links, posts, effort and event rates.
  void amend(std::size_t district, const Rules& rules);
  void forget_own_rules();
  void amend_hospital(std::size_t hospital, const Rules& rules);
  void amend_committee(std::size_t committee, const Rules& rules);
  void relink();
  void staff(std::size_t committee);
  void set_grants(std::size_t district, const std::array<double, agency_count>& asked,
                  const std::array<double, agency_count>& granted, const std::array<double, agency_count>& usual);
  void lapse(std::size_t district, std::int32_t until) { world_.districts[district].lapsed_until = until; }
  void set_heard(std::size_t district, double heard) { world_.districts[district].heard = heard; }
  void inspected(std::size_t district, std::int64_t visits, double weight);
  void address(std::size_t district, double attention);  // leaders speak, or come
  void set_insured(std::size_t hospital, bool insured);  // who joins pays in a member's share of the capital
  void renew(std::size_t provider, std::int32_t ends);
  void award(std::size_t provider, const Tender::Bid& bid, std::int32_t ends);
  // Another one takes the place of a provider: its people, its account settled and filled anew.
  void replace(std::size_t provider, double quality, Money capital);
  void set_effort(std::size_t mediator, const std::array<double, 3>& days) { world_.mediators[mediator].days = days; }
  void vacate(std::uint32_t mediator);  // somebody leaves a post
  void fill(std::uint32_t mediator);    // a newcomer takes it
  void grow(std::size_t hospital, double factor);
  void set_hospital_month(std::size_t hospital, double occupancy, double disclosure);
  void set_event_rate(std::size_t hospital, double rate);
  void set_monthly_services(std::size_t district, double legal_aid, double visits);
  // A month ends.
  void set_safety(std::size_t hospital, double practised, double stock);
  void set_skills(std::uint32_t mediator, double law, double medicine);
  void set_aggressive_share(std::size_t district, double share);
  void complained(std::size_t district, std::int64_t complaints);
  void premium_paid(std::size_t hospital, Money amount);
  // A year ends.
  void set_premium_factor(std::size_t hospital, double factor);
  void liability_year_turns(std::size_t hospital, bool insured);
  void insurer_year_turns(std::size_t insurer, double premium_level, bool ruined);
  // Whole admissions of a month; the rest is carried into the next.
  void admit(std::size_t district, double admissions);
  void publish(std::size_t district);
  // The finance bureau makes good what the other bureaus spent, and takes what they received.
  void settle_agencies(std::size_t district);
  void agencies_year_turns(std::size_t district);
  void transfer(std::size_t district, Account from, Account to, Money amount, Reason reason, std::uint64_t id = 0);
  // The bureau whose task it is pays for something out there.
  void spend(std::size_t district, double yuan, Reason reason);
  void fund_committee(std::size_t committee, double amount, Reason reason);
  void committee_month_begins(std::size_t committee, std::size_t month);
  void forget(std::size_t district);
  // The day is over.
  void next_day();
  void check_laws() const;

  Tally& tally() { return tally_; }
  const std::vector<std::uint32_t>& due_today() const { return due_today_; }
  void gather_due();

 private:
  Account account(const Dispute& dispute, Role role, Reason reason) const;
  void schedule(std::uint32_t slot, std::int32_t due);
  void compensated(Dispute& dispute, const Transfer& paid);
  void learn(const Dispute& dispute, const Outcome& outcome);
  void broke_out(Dispute& dispute, const Outcome& outcome);
  void count_transitions(Dispute& dispute, const CaseState& before);
  void mediation_over(Dispute& dispute, const CaseState& before);
  void finish(std::uint32_t slot);
  template <class Change>
  void remember(std::uint32_t district, std::uint32_t patient, const Change& change);
  void add_to_mean(std::uint32_t district, double amount);
  void hurt_morale(HospitalRow& hospital, std::uint32_t doctor, double loss);
  void alarm(DistrictRow& district, double shock);
  double draw_attention(Fading& level, double shock);  // to one level; how much there was
  void ask_expert(DistrictRow& district, Specialty field);
  void file_precedent(CommitteeRow& committee, const Injury& injury);
  void hire(std::uint32_t mediator);
  std::int32_t add_own_rules(const Rules& rules);      // returns their position
  CommitteeRow* committee_of(const Dispute& dispute);  // that last had it; none

  World& world_;
  const Place& place_;
  Tally& tally_;
  std::vector<std::uint32_t> due_today_;
};

}  // namespace parley
