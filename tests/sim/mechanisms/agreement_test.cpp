#include "sim/mechanisms/agreement.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

using testing::a_dispute;
using testing::Subject;

Agreement::Params plain() {
  Agreement::Params p;
  p.private_deal_ceiling = 10000;
  p.ceiling_compliance = 0.5;
  return p;
}

Subject talks(Stage stage = Stage::negotiation, Channel channel = Channel::negotiation) {
  Subject s = a_dispute();
  s.at(stage, channel);
  s.today = 130;
  s.now.deadline = 145;
  return s;
}

Outcome deal(const Subject& s, double settlement, double luck, const Agreement::Params& p = plain()) {
  return Agreement::decide(s.view(), settlement, Rules{}, p, Draw::scripted({luck}));
}

TEST(Agreement, BothSignAndTheAmountIsOwed) {
  const Outcome out = deal(talks(), 9000, 0.01);
  EXPECT_EQ(out.state.stage, Stage::payment);
  EXPECT_EQ(out.state.outcome, CaseOutcome::agreement);
  EXPECT_EQ(out.state.agreed, 9000);
  EXPECT_EQ(out.state.closed, 130);
  EXPECT_EQ(out.state.stage_since, 130);
  EXPECT_EQ(out.wait, 0);
  EXPECT_EQ(out.transfers.size(), 0u);  // paying comes later
}

TEST(Agreement, AboveTheCeilingAPublicHospitalThatKeepsTheRuleSendsTheCaseToMediation) {
  const Outcome kept = deal(talks(), 54000, 0.499);
  EXPECT_EQ(kept.state.stage, Stage::channel);
  EXPECT_TRUE(kept.state.referred);
  EXPECT_EQ(kept.state.deadline, never);
  EXPECT_EQ(kept.state.outcome, CaseOutcome::open);
  EXPECT_EQ(kept.state.agreed, 0);
  EXPECT_EQ(kept.state.closed, never);
  EXPECT_EQ(kept.wait, 1);
  EXPECT_EQ(deal(talks(), 54000, 0.501).state.stage, Stage::payment);  // bypassed
}

TEST(Agreement, TheCeilingItselfIsStillAllowed) {
  EXPECT_EQ(deal(talks(), 10000, 0.01).state.stage, Stage::payment);
  EXPECT_EQ(deal(talks(), 10000.01, 0.01).state.stage, Stage::channel);
}

TEST(Agreement, ThreeQuartersKeepTheRuleIfThreeQuartersDo) {
  for (const double keep : {0.0, 0.5, 0.75, 1.0}) {
    Agreement::Params p = plain();
    p.ceiling_compliance = keep;
    const double sent =
        testing::share([&](double luck) { return deal(talks(), 54000, luck, p).state.stage == Stage::channel; });
    EXPECT_NEAR(sent, keep, 1e-9) << keep;
  }
}

TEST(Agreement, TheRuleBindsPublicHospitalsThatAreAloneWithThePatient) {
  Subject s = talks();
  s.hospital.is_public = false;
  EXPECT_EQ(deal(s, 54000, 0.01).state.stage, Stage::payment);
  EXPECT_EQ(deal(talks(Stage::claim, Channel::none), 54000, 0.01).state.stage, Stage::channel);
  EXPECT_EQ(deal(talks(Stage::mediation, Channel::people_mediation), 54000, 0.01).state.stage, Stage::payment);
  EXPECT_EQ(deal(talks(Stage::administration, Channel::administrative_mediation), 54000, 0.01).state.stage,
            Stage::payment);
  EXPECT_EQ(deal(talks(Stage::trial, Channel::court), 54000, 0.01).state.stage, Stage::payment);
}

}  // namespace
}  // namespace parley
