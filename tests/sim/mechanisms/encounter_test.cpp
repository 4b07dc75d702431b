#include "sim/mechanisms/encounter.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

HospitalView hospital() {
  HospitalView h;
  h.admissions_per_day = 100;
  h.relative_risk = 1.5;
  h.safety = 0.3;
  return h;
}

Encounter::Params plain() {
  Encounter::Params p;
  p.adverse_event_rate = 0.08;
  p.bad_outcome_rate = 0.03;
  p.reference_safety = 0.3;
  return p;
}

TEST(Encounter, RatesAtTheReference) {
  // 100 · 0.08 · 1.5 = 12 a day at the reference safety and an ordinary load
  EXPECT_NEAR(Encounter::event_rate(hospital(), 1, plain()), 12, 1e-9);
  EXPECT_NEAR(Encounter::event_rate(hospital(), 1.1, plain()), 13.2, 1e-9);
  EXPECT_NEAR(Encounter::event_ceiling(hospital(), 1.2, plain()), 12 * 1.3498588075760032 * 1.2, 1e-9);  // e^0.3
  EXPECT_NEAR(Encounter::bad_outcome_rate(hospital(), plain()), 3, 1e-12);
}

TEST(Encounter, NoRateIsAboveItsCeiling) {
  HospitalView h = hospital();
  const double ceiling = Encounter::event_ceiling(h, 1.2, plain());
  for (const double safety : {0.0, 0.1, 0.3, 2.0})
    for (const double workload : {0.8, 1.0, 1.2}) {
      h.safety = safety;
      EXPECT_LE(Encounter::event_rate(h, workload, plain()), ceiling);
    }
  h.safety = 0;
  EXPECT_EQ(Encounter::event_rate(h, 1.2, plain()), ceiling);
}

TEST(Encounter, AHospitalThatMayStillGrowHasFewerOfBoth) {
  // The ceiling is 20, today's rates 5 and 2: below 5/20 an event, from 18/20 on a bad outcome.
  EXPECT_EQ(Encounter::decide(0.24, 5, 2, 20), EncounterEvent::adverse_event);
  EXPECT_EQ(Encounter::decide(0.26, 5, 2, 20), EncounterEvent::nothing);
  EXPECT_EQ(Encounter::decide(0.89, 5, 2, 20), EncounterEvent::nothing);
  EXPECT_EQ(Encounter::decide(0.91, 5, 2, 20), EncounterEvent::bad_outcome);
}

TEST(Encounter, ThinningRemovesEventsAndLeavesTheOthers) {
  // Ceilings 16 and 4: below 12/20 an event, from 16/20 on a bad outcome, nothing in between.
  const auto at = [](double u, double rate) { return Encounter::decide(u, rate, 4, 20); };
  EXPECT_EQ(at(0.59, 12), EncounterEvent::adverse_event);
  EXPECT_EQ(at(0.61, 12), EncounterEvent::nothing);
  EXPECT_EQ(at(0.79, 12), EncounterEvent::nothing);
  EXPECT_EQ(at(0.80, 12), EncounterEvent::bad_outcome);
  for (int i = 0; i < 100; ++i) {  // a lower rate only ever removes
    const double u = (i + 0.5) / 100;
    if (at(u, 8) != at(u, 12)) {
      EXPECT_EQ(at(u, 8), EncounterEvent::nothing);
      EXPECT_EQ(at(u, 12), EncounterEvent::adverse_event);
    }
  }
}

TEST(Encounter, CaseMixAndItsRisk) {
  Encounter::Params p = plain();
  p.specialty_shares = {0.5, 0.5, 0, 0, 0};
  p.specialty_multiplier = {2, 1, 1, 1, 1};
  p.mix_sd = 0;
  const Draw draw({1, 0}, Decision::hospital_traits, 0, 0, 0);
  const auto mix = Encounter::mix(draw, p);
  EXPECT_NEAR(mix[0], 0.5, 1e-12);
  EXPECT_NEAR(Encounter::mix_risk(mix, p), 1, 1e-12);
  EXPECT_NEAR(Encounter::mix_risk({1, 0, 0, 0, 0}, p), 2 / 1.5, 1e-12);
  // events fall 2 : 1 on the two fields
  const auto events = Encounter::event_mix(mix, p);
  EXPECT_NEAR(events[0], 2.0 / 3, 1e-12);
  EXPECT_EQ(Encounter::specialty(0.66, events), Specialty::surgery);
  EXPECT_EQ(Encounter::specialty(0.67, events), Specialty::obstetrics);
  // shares need not add up to 1: the mean mix is taken per admission
  p.specialty_shares = {1, 1, 0, 0, 0};
  EXPECT_NEAR(Encounter::mix_risk({1, 0, 0, 0, 0}, p), 2 / 1.5, 1e-12);
}

TEST(Encounter, LuckTiltsTheMixOfAHospital) {
  Encounter::Params p = plain();
  p.specialty_shares = {0.5, 0.5, 0, 0, 0};
  p.mix_sd = 0.5;
  // Draws 10 to 14, of which the first is one standard deviation up: e^0.5/(e^0.5 + 1) = 0.622459
  const auto tilted = Encounter::mix(
      Draw::scripted({0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.84134474606854293, 0.5, 0.5, 0.5, 0.5}), p);
  EXPECT_NEAR(tilted[0], 0.6224593312, 1e-9);
  EXPECT_NEAR(tilted[1], 0.3775406688, 1e-9);
  EXPECT_EQ(tilted[2], 0);  // nobody comes for what the place does not treat
}

TEST(Encounter, BillsHaveTheirMean) {
  Encounter::Params p = plain();
  p.bill_mean = 8300, p.bill_sigma = 1;
  EXPECT_NEAR(Encounter::bill(0, p), 8300 * 0.60653065971263342, 1e-6);  // the median: e^(−½)
  EXPECT_NEAR(Encounter::bill(0.5, p), 8300, 1e-6);
  double sum = 0;
  constexpr int steps = 20000;
  for (int i = 0; i < steps; ++i) sum += Encounter::bill(normal_quantile((i + 0.5) / steps), p);
  EXPECT_NEAR(sum / steps / 8300, 1, 0.01);
}

TEST(Encounter, InsuranceBearsWhatTheOwnShareFallsBy) {
  Encounter::Params p = plain();
  p.out_of_pocket_share = 0.35, p.bill_mean = 8000;
  EXPECT_EQ(Encounter::own_share(0, p), 0.35);
  EXPECT_NEAR(Encounter::own_share(0.1, p), 0.25, 1e-12);
  EXPECT_EQ(Encounter::own_share(0.5, p), 0) << "nobody is paid for falling ill";
  EXPECT_EQ(Encounter::insured_bills(1000, 0.9, 0, p), 0);
  EXPECT_NEAR(Encounter::insured_bills(1000, 0.9, 0.1, p), 720000, 1e-6);
  EXPECT_NEAR(Encounter::insured_bills(1000, 0.9, 0.5, p), 2520000, 1e-6) << "and no more is borne than was paid";
}

TEST(Encounter, TrustHelpsAboveTheReferenceAndNeverHurts) {
  Encounter::Params p;
  p.cooperation = 0.69314718055994530942;
  p.cooperation_reference = 0.4;
  EXPECT_NEAR(Encounter::cooperation(0.9, p), 0.70710678118654752, 1e-12);  // e^(−ln 2 · ½)
  EXPECT_EQ(Encounter::cooperation(0.4, p), 1);
  EXPECT_EQ(Encounter::cooperation(0.1, p), 1) << "the ceiling holds";
  p.cooperation = 0;
  EXPECT_EQ(Encounter::cooperation(0.9, p), 1);
}

}  // namespace
}  // namespace parley
