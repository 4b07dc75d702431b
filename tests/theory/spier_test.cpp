// When do cases settle? Spier (1992, Rev Econ Stud 59:93): where the informed side hears a sequence of demands, each
// refusal costs something and there is a last day, many settle at once, few in between, and many again on the last day:
// the hazard of settlement has two peaks. In Parley the last day is the legal limit of a mediation, thirty working days
// or twice that (deadline), and the demands are those of the screening protocol; together they must give the two peaks.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "sim/mechanisms/deadline.hpp"
#include "sim/mechanisms/screening.hpp"
#include "tests/support/builders.hpp"

namespace parley {
namespace {

// Of those still open on a day, the share that settles on it; days are counted from the start of the mediation.
struct Hazard {
  std::map<std::int32_t, int> settled;
  int cases = 0;
  double on(std::int32_t day) const {
    int open = cases;
    for (const auto& [when, count] : settled)
      if (when < day) open -= count;
    const auto found = settled.find(day);
    return found == settled.end() ? 0 : static_cast<double>(found->second) / open;
  }
};

struct Mediation {
  double damages = 100000, precision = 1e-4, belief = 0.5;  // a flat belief unless something else is asked for
  double mediation_limit = 30, extension = 0;
  Screening::Params screening;
};

// Hospitals that know their share, anything between 0 and 1, before a patient who does not.
Hazard mediated(const Mediation& mediation) {
  Rules rules;
  rules.court.lawyer_fixed = 5000;
  rules.court.defence_cost = 20000;
  Deadline::Params limit;
  limit.mediation_limit = mediation.mediation_limit;
  limit.extension_probability = mediation.extension;
  Hazard out;
  out.cases = 2000;
  for (int i = 0; i < out.cases; ++i) {
    testing::Subject s = testing::a_dispute();
    s.at(Stage::mediation, Channel::people_mediation);
    s.injury.damages = mediation.damages;
    s.now.patient_belief = mediation.belief;
    s.now.patient_precision = mediation.precision;
    s.now.deadline =
        Deadline::decide(s.view(), limit, Draw({7, 0}, Decision::deadline, static_cast<std::uint64_t>(i), 0, 0));
    const double share = (i + 0.5) / out.cases;
    const Talks talks = Screening::plan(s.view(), {0, share * mediation.damages + rules.court.defence_cost}, rules,
                                        mediation.screening);
    if (talks.settlement_day != never) ++out.settled[talks.settlement_day - s.today];
  }
  return out;
}

Screening::Params sessions(double first, double round_cost) {
  Screening::Params p;
  p.session_days = first;
  p.round_cost = round_cost;
  return p;
}

// By hand: costs of 25,000 over 100,000. The first demand takes all above 0.75, a quarter of those open; the last all
// above 0.5, a third of those still open. Exact to the grid of 1/2000.
TEST(TheorySpier, TheHazardHasItsPeaksAtTheFirstSessionAndOnTheLastDay) {
  const Hazard hazard = mediated({.screening = sessions(7, 0)});
  EXPECT_NEAR(hazard.on(7), 0.25, 0.001);
  EXPECT_NEAR(hazard.on(42), 1.0 / 3, 0.001);
  for (std::int32_t day = 1; day < 42; ++day) {
    if (day != 7) {
      EXPECT_EQ(hazard.on(day), 0) << day;
    }
  }
}

// The second peak is where the law puts it: thirty working days are 42, sixty are 84; where the two sides may agree on
// it once more, again and again, it is split at each limit as they agree (0.45 ± three standard errors).
TEST(TheorySpier, TheSecondPeakIsTheLegalLimit) {
  const Hazard later = mediated({.mediation_limit = 60, .screening = sessions(7, 0)});
  EXPECT_EQ(later.on(42), 0);
  EXPECT_NEAR(later.on(84), 1.0 / 3, 0.001);
  Hazard split = mediated({.extension = 0.45, .screening = sessions(7, 0)});
  for (const std::int32_t limit : {42, 84, 126}) {
    double left = 0;
    for (const auto& [when, count] : split.settled) left += when >= limit ? count : 0;
    EXPECT_NEAR(1 - split.settled[limit] / left, 0.45, 3 * 0.5 / std::sqrt(left)) << limit;
  }
}

// What a refused demand costs comes on top of what a trial would: 10,000 more make it 35,000, so that 0.35 of all
// settle at once and 0.35/0.65 of the rest on the last day. Early settlement needs a cost of waiting (Spier 1992).
TEST(TheorySpier, DearRoundsRaiseBothPeaks) {
  const Hazard dear = mediated({.screening = sessions(7, 10000)});
  EXPECT_NEAR(dear.on(7), 0.35, 0.001);
  EXPECT_NEAR(dear.on(42), 0.35 / 0.65, 0.001);
}

// Larger stakes: fewer settle at either time.
TEST(TheorySpier, LargeStakesLowerBothPeaks) {
  const Hazard large = mediated({.damages = 250000, .screening = sessions(7, 0)});
  EXPECT_NEAR(large.on(7), 0.1, 0.001);
  EXPECT_NEAR(large.on(42), 0.1 / 0.9, 0.001);
}

// A patient with an opinion (mean ½, deviation 0.2) sees the same two peaks, and the larger one on the last day.
TEST(TheorySpier, ThePeaksDoNotNeedAFlatBelief) {
  const Hazard hazard = mediated({.precision = 25, .screening = sessions(7, 300)});
  EXPECT_GT(hazard.on(7), 0.1);
  EXPECT_GT(hazard.on(42), 0.1);
  for (std::int32_t day = 8; day < 42; ++day) EXPECT_EQ(hazard.on(day), 0) << day;
}

}  // namespace
}  // namespace parley
