// Which disputes are tried? Priest and Klein (1984, J Leg Stud 13:1): the truth is Y, the standard of fault Y*; each
// side sees Y with noise of deviation σ and believes π = Φ((Y_i − Y*)/σ); they go to trial when π_p − π_h exceeds the
// costs over the stake. The cases that are tried are the close ones, so as σ → 0 plaintiffs win half of them, however
// few of all disputes have merit; with unequal stakes, or with noise, the share is another (Klerman and Lee 2014).
// Parley's walk-away values, with mediation and everything else switched off, must give this.
#include <gtest/gtest.h>

#include <cmath>

#include "sim/mechanisms/walk_away.hpp"
#include "tests/support/builders.hpp"

namespace parley {
namespace {

constexpr double stake = 1e12;     // so large that no belief makes the patient's threat empty
constexpr double standard = 1;     // Y*: with Y standard normal, 16 % of disputes have merit
constexpr double costs = 1.0 / 3;  // over the stake

// Costs are all on the hospital's side; only their sum matters.
Rules court_alone() {
  Rules rules;
  rules.customs.belief_sd = 0;
  rules.customs.discount_patient = 0;
  rules.court.lawyer_fixed = rules.court.lawyer_share = 0;
  rules.court.appraisal_use = 0;
  rules.court.fee_fixed = rules.court.fee_rate_middle = rules.court.fee_rate_above = 0;
  rules.court.defence_cost = costs * stake;
  return rules;
}

WalkAway::Params nothing_but_beliefs() {
  WalkAway::Params p;
  p.discount_hospital = 0;
  p.risk_aversion = 0;
  p.aspiration = 0;
  p.humanitarian_payment = 0;
  p.threat = 0;
  return p;
}

struct Tried {
  double plaintiff = 0, defendant = 0;  // weight of the tried cases that each side wins
  double all = 0;
  double won() const { return plaintiff / (plaintiff + defendant); }
  double rate() const { return (plaintiff + defendant) / all; }
};

// The truth is walked over Y* ± 8σ in even steps, weighted with its normal density, and each noise comes with its
// mirror image, so that little of the error is luck: what is left over is below 0.002.
Tried tried(double sigma, double adjuster_bias = 0) {
  const Rules rules = [&] {
    Rules r = court_alone();
    r.insurance.estimate_bias = adjuster_bias;
    return r;
  }();
  const WalkAway::Params p = nothing_but_beliefs();
  testing::Subject s = testing::a_dispute();
  s.injury.damages = stake;
  s.hospital.insured = true;  // the bias is that of the insurer's adjuster
  s.now.anger = 0;
  s.district.court_delay = 0;
  Tried out;
  const auto weigh = [&](double u, double seen_by_patient, double seen_by_hospital) {  // all in units of σ over Y*
    s.now.patient_belief = normal_cdf(seen_by_patient);
    s.now.hospital_belief = normal_cdf(seen_by_hospital);
    const double truth = standard + sigma * u, weight = std::exp(-truth * truth / 2);
    out.all += weight;
    const WalkAwayValues values = WalkAway::decide(s.view(), rules, p);
    if (values.patient > values.hospital) (u > 0 ? out.plaintiff : out.defendant) += weight;
  };
  constexpr int steps = 160, noises = 60;
  constexpr double width = 8;
  for (int i = 0; i < steps; ++i) {
    const double u = width * (i + 0.5) / steps;  // by how much the better case has merit
    for (int k = 0; k < noises; ++k) {
      const Draw luck({1984, 0}, Decision::harm, static_cast<std::uint64_t>(i), static_cast<std::uint64_t>(k), 0);
      const double a = luck.normal(0), b = luck.normal(1);
      weigh(u, u + a, u + b);
      weigh(-u, -u - b, -u - a);
    }
  }
  return out;
}

TEST(TheoryPriestKlein, AsNoiseVanishesHalfOfTheTriedAreWon) {
  EXPECT_NEAR(tried(0.001).won(), 0.5, 0.002);
  EXPECT_NEAR(tried(0.01).won(), 0.5, 0.01);
}

// Away from the limit: the density of the truth falls at Y*, to first order by the factor 1 − Y*σu, so that the share
// won is ½(1 − Y*σE|u|) and the distance from half is in proportion to σ.
TEST(TheoryPriestKlein, TheWayToTheLimitIsStraight) {
  const double far = 0.5 - tried(0.04).won(), near = 0.5 - tried(0.02).won();
  EXPECT_GT(near, 0.002);
  EXPECT_NEAR(far / near, 2, 0.05);
}

// With much noise the tried resemble all disputes, of which few have merit. (Y* = 1: Φ(−1) = 0.159 of all.)
TEST(TheoryPriestKlein, NoiseTakesItAwayFromHalf) {
  double before = 0.5;
  for (const double sigma : {0.1, 0.3, 0.6, 1.0}) {
    const double now = tried(sigma).won();
    EXPECT_LT(now, before) << sigma;
    before = now;
  }
  EXPECT_LT(before, 0.35);
}

// The close cases are tried: far from the standard both sides see the same.
TEST(TheoryPriestKlein, OnlyCloseCasesAreTried) {
  const Tried all = tried(0.01);
  EXPECT_GT(all.rate(), 0.01);
  EXPECT_LT(all.rate(), 0.1);  // of those within eight deviations, and all others settle
}

// An adjuster who values every claim 30 % too low tries where π_p − 0.7π_h > c: more cases, and more of them with
// merit, even where noise vanishes.
TEST(TheoryPriestKlein, UnequalStakesTakeItAwayFromHalf) {
  const double won = tried(0.001, -0.3).won();
  EXPECT_GT(won, 0.55);
  EXPECT_GT(tried(0.001, -0.3).rate(), tried(0.001).rate());
}

}  // namespace
}  // namespace parley
