#include "sim/mechanisms/encounter.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

constexpr double ln_2 = 0.69314718055994530942;

Encounter::Params params() {
  Encounter::Params p;
  p.adverse_event_rate = 0.08;
  p.bad_outcome_rate = 0.03;
  p.reference_safety = 0.30;
  return p;
}

HospitalView hospital() {
  HospitalView h;
  h.admissions_per_day = 50;
  h.relative_risk = 1.2;
  h.safety = 0.30;
  return h;
}

TEST(Encounter, CeilingsAreThoseOfAHospitalWithoutSafety) {
  // 50 · 0.08 · 1.2 = 4.8; times e^0.3 = 1.3498588 gives 6.4793223. 50 · 0.03 = 1.5.
  EXPECT_NEAR(Encounter::event_ceiling(hospital(), params()), 6.4793223, 1e-7);
  EXPECT_NEAR(Encounter::bad_outcome_ceiling(hospital(), params()), 1.5, 1e-12);
}

TEST(Encounter, TheRateHalvesWithEachLn2OfSafety) {
  HospitalView h = hospital();
  EXPECT_NEAR(Encounter::event_rate(h, params()), 4.8, 1e-12);  // at the reference safety: n·a·χ
  h.safety += ln_2;
  EXPECT_NEAR(Encounter::event_rate(h, params()), 2.4, 1e-12);
}

TEST(Encounter, ThinningPutsEventsBelowAndBadOutcomesAbove) {
  // Ceilings 6 and 2, rate 4: the position is 8u; below 4 an event, from 6 on a bad outcome, between them nothing.
  const auto at = [](double u) { return Encounter::decide(u, 4, 6, 2); };
  EXPECT_EQ(at(0.49), EncounterEvent::adverse_event);  // 3.92
  EXPECT_EQ(at(0.50), EncounterEvent::nothing);        // 4.00
  EXPECT_EQ(at(0.74), EncounterEvent::nothing);        // 5.92
  EXPECT_EQ(at(0.75), EncounterEvent::bad_outcome);    // 6.00
}

TEST(Encounter, WithoutSafetyNothingIsThinnedAndWithoutBadOutcomesThereAreNone) {
  HospitalView h = hospital();
  h.safety = 0;
  Encounter::Params p = params();
  p.bad_outcome_rate = 0;
  const double ceiling = Encounter::event_ceiling(h, p), rate = Encounter::event_rate(h, p);
  EXPECT_EQ(rate, ceiling);
  for (const double u : {1e-9, 0.5, 1 - 1e-9})
    EXPECT_EQ(Encounter::decide(u, rate, ceiling, Encounter::bad_outcome_ceiling(h, p)), EncounterEvent::adverse_event);
}

TEST(Encounter, MoreSafetyRemovesEventsAndLeavesAllOthersAsTheyWere) {
  HospitalView risky = hospital(), safe = hospital();
  safe.safety = 0.6;
  const Encounter::Params p = params();
  const double events = Encounter::event_ceiling(risky, p), others = Encounter::bad_outcome_ceiling(risky, p);
  ASSERT_EQ(Encounter::event_ceiling(safe, p), events) << "the ceiling belongs to the place, not to the policy";
  int removed = 0;
  for (int i = 0; i < 1000; ++i) {
    const double u = (i + 0.5) / 1000;
    const EncounterEvent before = Encounter::decide(u, Encounter::event_rate(risky, p), events, others);
    const EncounterEvent after = Encounter::decide(u, Encounter::event_rate(safe, p), events, others);
    if (before == after) continue;
    EXPECT_EQ(before, EncounterEvent::adverse_event) << u;
    EXPECT_EQ(after, EncounterEvent::nothing) << u;
    ++removed;
  }
  EXPECT_GT(removed, 100);  // 4.8·(1 − e^−0.3) of 7.98: 156 in 1000
}

TEST(Encounter, MoreAdmissionsAndMoreRiskMeanMoreEvents) {
  const Encounter::Params p = params();
  HospitalView busy = hospital(), risky = hospital();
  busy.admissions_per_day *= 2;
  risky.relative_risk *= 2;
  EXPECT_NEAR(Encounter::event_rate(busy, p), 9.6, 1e-12);
  EXPECT_NEAR(Encounter::event_rate(risky, p), 9.6, 1e-12);
  EXPECT_NEAR(Encounter::bad_outcome_ceiling(busy, p), 3.0, 1e-12);
  EXPECT_NEAR(Encounter::bad_outcome_ceiling(risky, p), 1.5, 1e-12) << "bad luck does not depend on care";
}

}  // namespace
}  // namespace parley
