// Statements of direction: pull one lever or change one parameter, on common luck, and the world answers in the
// direction that the model claims. Fixed seed, a quarrelsome place, and changes large enough that no luck of the draw
// decides.
#include <gtest/gtest.h>

#include "tests/support/days.hpp"
#include "tests/support/litigious.hpp"
#include "tests/support/results.hpp"

namespace parley {
namespace {

using testing::litigious_study;
using testing::run_serially;
using testing::sum;

double ratio(const StudyResult& result, std::size_t arm, Metric above, Metric below) {
  return static_cast<double>(sum(result, arm, above)) / static_cast<double>(sum(result, arm, below));
}

// Enough mediators that queues do not drown what a test looks at.
LeverSetting many_posts(double posts = 12) { return {"mediators_fulltime", posts, -1}; }

TEST(Directions, MoreExpertsMakeSmallerErrorsOfEstimates) {
  Study study =
      litigious_study({{many_posts(), {"expert_pool_size", 0, -1}}, {many_posts(), {"expert_pool_size", 5000, -1}}});
  Appraisal::Params& p = study.place.parameters.appraisal;
  p.expert_use = 1;
  p.expert_sd_factor = 0.3;
  p.peer_bias = 0;
  const StudyResult result = run_serially(study);
  EXPECT_GT(sum(result, 0, Metric::estimates), 300);
  EXPECT_LT(ratio(result, 1, Metric::estimate_error, Metric::estimates),
            0.8 * ratio(result, 0, Metric::estimate_error, Metric::estimates));
}

TEST(Directions, MorePostsTakeMoreCasesSooner) {
  const StudyResult result = run_serially(litigious_study({{many_posts(1)}, {many_posts(6)}}));
  EXPECT_GT(sum(result, 1, Metric::mediation_accepted), 2 * sum(result, 0, Metric::mediation_accepted));
  EXPECT_GT(sum(result, 1, Metric::mediation_agreements), sum(result, 0, Metric::mediation_agreements));
  EXPECT_LT(ratio(result, 1, Metric::days_to_resolution, Metric::closed),
            ratio(result, 0, Metric::days_to_resolution, Metric::closed));
  EXPECT_GT(sum(result, 1, Metric::public_outlay), sum(result, 0, Metric::public_outlay));  // posts cost wages
}

// And with nobody to wait for, the queue is short.
TEST(Directions, MorePostsMakeShorterQueues) {
  const auto waiting = [](double posts) {
    Place place = testing::litigious_place();
    place.status_quo.service.mediators_fulltime = posts;
    testing::DayByDay days(place, 12);
    while (!days.over()) days.pass();
    std::size_t cases = 0;
    for (const CommitteeRow& committee : days.world.committees) cases += committee.waiting.size();
    return cases;
  };
  EXPECT_LT(2 * waiting(12), waiting(1));
}

TEST(Directions, ClosedMediationHasNoMediation) {
  const StudyResult result =
      run_serially(litigious_study({{{"mediation_open", 1, -1}}, {{"mediation_open", 0, -1}}}, 1, 0, 1));
  for (const Metric metric :
       {Metric::mediation_accepted, Metric::mediation_closed, Metric::mediation_agreements,
        Metric::mediation_reconciled, Metric::mediation_to_court, Metric::mediation_withdrawn, Metric::mediator_days}) {
    EXPECT_EQ(sum(result, 1, metric), 0) << metric_table[static_cast<std::size_t>(metric)].name;
  }
  for (const CaseRow& row : result.results[1][0].cases) EXPECT_NE(row.first_channel, Channel::people_mediation);
  EXPECT_GT(sum(result, 0, Metric::mediation_accepted), 0);
  // What cannot go there goes elsewhere, also to court.
  EXPECT_GT(sum(result, 1, Metric::court_filings), sum(result, 0, Metric::court_filings));
}

TEST(Directions, AuthorityBringsHospitalsToTheTable) {
  Study study = litigious_study({{many_posts(), {"authority", 0, -1}}, {many_posts(), {"authority", 1, -1}}});
  study.place.parameters.channel.participation = 0.6;
  const StudyResult result = run_serially(study);
  EXPECT_GT(sum(result, 1, Metric::mediation_accepted),
            1.1 * static_cast<double>(sum(result, 0, Metric::mediation_accepted)));
}

// Pay by the piece in place of a fixed grant pulls days toward what is counted (Holmström and Milgrom 1991).
TEST(Directions, PayByThePieceMovesEffort) {
  Levers piece = testing::litigious_place().status_quo, flat = piece;
  piece.contract.pay_per_success = 3000;
  piece.contract.fixed_grant_share = 0;
  flat.contract.pay_per_success = 0;
  flat.contract.fixed_grant_share = 1;
  const auto days_of = [](const Levers& levers) {
    Place place = testing::litigious_place();
    place.parameters.effort.success_slope = {0.05, 0, 0.05};
    testing::DayByDay days(place, 1, {levers, levers});
    days.pass();
    std::array<double, task_count> sum{};
    for (const MediatorRow& mediator : days.world.mediators)
      for (std::size_t j = 0; j < task_count; ++j) sum[j] += mediator.days[j];
    return sum;
  };
  const auto under_piece = days_of(piece), under_flat = days_of(flat);
  const auto at = [](Task task) { return static_cast<std::size_t>(task); };
  EXPECT_GT(under_piece[at(Task::resolve)], under_flat[at(Task::resolve)]);
  EXPECT_GT(under_piece[at(Task::document)], under_flat[at(Task::document)]);
  EXPECT_LT(under_piece[at(Task::investigate)], under_flat[at(Task::investigate)]);
}

// And less investigation makes larger errors.
TEST(Directions, PayByThePieceMakesLargerErrors) {
  const StudyResult result =
      run_serially(litigious_study({{many_posts(), {"pay_per_success", 0, -1}, {"fixed_grant_share", 1, -1}},
                                    {many_posts(), {"pay_per_success", 3000, -1}, {"fixed_grant_share", 0, -1}}},
                                   1, 0, 8));
  EXPECT_GT(ratio(result, 1, Metric::estimate_error, Metric::estimates),
            ratio(result, 0, Metric::estimate_error, Metric::estimates));
}

TEST(Directions, AHigherDeductibleIsBorneByHospitals) {
  const auto paid = [](double deductible) {
    Study study = litigious_study({{}});
    study.place.parameters.insurance.deductible = deductible;
    study.place.parameters.solvency.pool_capital = 2;  // insurers who can pay what they owe
    study.place.parameters.harm.severity_shares = {0, 1, 0, 0};
    for (double& damages : study.place.parameters.damages.damages_by_severity) damages /= 4;
    study.place.parameters.insurance.premium_tertiary = study.place.parameters.insurance.premium_secondary = 500000;
    study.place.districts[1].insured = true;
    return run_serially(study);
  };
  const StudyResult low = paid(0), high = paid(10000);
  EXPECT_GT(sum(high, 0, Metric::paid_by_hospital), sum(low, 0, Metric::paid_by_hospital));
  EXPECT_LT(sum(high, 0, Metric::paid_by_insurer), sum(low, 0, Metric::paid_by_insurer));
}

TEST(Directions, FeedbackTeaches) {
  Study study =
      litigious_study({{many_posts(), {"feedback_rate", 0, -1}}, {many_posts(), {"feedback_rate", 1, -1}}}, 2, 0, 2);
  study.place.parameters.learning.lesson_gain = 0.03;
  study.place.parameters.learning.rectification_uptake = 1;
  const StudyResult result = run_serially(study);
  EXPECT_EQ(sum(result, 0, Metric::lessons), 0);
  EXPECT_GT(sum(result, 1, Metric::lessons), 100);
  EXPECT_LT(sum(result, 1, Metric::adverse_events), sum(result, 0, Metric::adverse_events));
}

TEST(Directions, LinkageBringsCasesToTheCommittee) {
  Study study =
      litigious_study({{many_posts(), {"linkage_strength", 0, -1}}, {many_posts(), {"linkage_strength", 1, -1}}});
  study.place.numbers.awareness_mediation = 0.1;  // most hear of mediation only if the hospital's referral arrives
  const StudyResult result = run_serially(study);
  EXPECT_GT(sum(result, 1, Metric::mediation_accepted), sum(result, 0, Metric::mediation_accepted));
}

TEST(Directions, NoiseThatPaysIsMade) {
  const StudyResult result = run_serially(litigious_study({{{"proximity", 0, -1}}, {{"proximity", 1, -1}}}));
  EXPECT_GT(sum(result, 0, Metric::disturbances), 0);
  EXPECT_GT(sum(result, 1, Metric::disturbances), sum(result, 0, Metric::disturbances));
}

// Agreement comes from two offers and two walk-away values. Move what either side can lose in court and the outcomes of
// whole runs move with it.
TEST(Directions, CostlierCourtsMakeMoreAgreements) {
  const auto run = [](double defence_cost, double lawyer_fixed) {
    Study study = litigious_study({{many_posts()}});
    study.place.parameters.court.defence_cost = defence_cost;
    study.place.parameters.court.lawyer_fixed = lawyer_fixed;
    return run_serially(study);
  };
  const StudyResult cheap = run(5000, 0), dear = run(80000, 50000);
  EXPECT_LT(sum(dear, 0, Metric::judgments), sum(cheap, 0, Metric::judgments));
  const auto settled = [](const StudyResult& result) {  // of what was settled or judged
    const auto with = static_cast<double>(sum(result, 0, Metric::settled));
    return with / (with + static_cast<double>(sum(result, 0, Metric::judgments)));
  };
  EXPECT_GT(settled(dear), settled(cheap));
}

}  // namespace
}  // namespace parley
