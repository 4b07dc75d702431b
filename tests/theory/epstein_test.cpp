// Civil violence over time (Epstein 2002, PNAS 99 suppl. 3:7243, model I): grievance G = H(1 − L), arrest risk
// P = 1 − e^(−kC/A), rebellion where G − R·P > T, jail terms. Reached by Disturbance::decide alone, with what noise is
// expected to bring switched off: a town of waiting cases decides every day, sees who was out lately, and whoever was
// out is away for a while. What the paper reports: long calm and sudden outbursts, tension that is used up and has to
// build again, quiet under more police, and that a sudden loss of legitimacy sets off what the same loss by small steps
// does not (the "salami tactics").
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "sim/mechanisms/disturbance.hpp"
#include "tests/support/builders.hpp"

namespace parley {
namespace {

struct Town {
  int people = 1000, days = 4000;
  double police = 2.0;          // beside which one who is out alone is taken with P = 1 − e^(−2.3·2) = 0.99
  bool seen = true;             // who is out is seen by the others
  double longest_absence = 60;  // days
  double turnover = 0.01;       // cases that end and others that come, a day
  std::function<double(int)> legitimacy = [](int) { return 0.82; };  // of doctors, committee and government alike
};

// How many break out on each day.
std::vector<int> outbreaks(const Town& town, std::uint64_t seed) {
  Disturbance::Params p;
  p.police_presence = town.police;
  p.reward_weight = 0;
  p.sanction = p.sanction_reference;
  Rules rules;
  rules.customs.anger_halflife = 1e9;  // hardship stays as it is
  const Draw race = Draw::scripted({0.5, 0.5, 0.5, 0.5, 0.5, 0.5});
  struct Person {
    double hardship, risk_aversion;
    int back = 0;
  };
  std::vector<Person> people(static_cast<std::size_t>(town.people));
  const auto fresh = [&](std::size_t i, int day, Person& person) {
    const Draw draw({seed, 0}, Decision::patient_traits, i, 0, day);
    person = {draw.uniform(0), draw.uniform(1), 0};
  };
  for (std::size_t i = 0; i < people.size(); ++i) fresh(i, -1, people[i]);
  testing::Subject subject = testing::a_dispute();
  subject.claimant.threshold = 0.1;  // as in the paper
  double visible = 0;
  std::vector<int> out;
  for (int day = 0; day < town.days; ++day) {
    const double trust = town.legitimacy(day);
    subject.patient.hospital_trust = subject.patient.committee_trust = subject.patient.government_trust = trust;
    subject.district.visible_disturbances = town.seen ? visible : 0;
    int today = 0;
    for (std::size_t i = 0; i < people.size(); ++i) {
      Person& person = people[i];
      if (person.back > day) continue;
      const Draw luck({seed, 0}, Decision::waiting, i, 0, day);
      if (luck.uniform(0) < town.turnover) fresh(i, day, person);
      subject.now.disturbed = false;
      subject.now.anger = person.hardship;
      subject.claimant.risk_aversion = person.risk_aversion;
      if (Disturbance::decide(subject.view(), rules, p, race).disturbances == 0) continue;
      ++today;
      const int away = 1 + static_cast<int>(town.longest_absence * luck.uniform(1));
      fresh(i, day, person);  // and comes back as somebody new
      person.back = day + away;
    }
    visible = visible / 2 + today;
    out.push_back(today);
  }
  return out;
}

double mean(const std::vector<int>& values) {
  double sum = 0;
  for (const int v : values) sum += v;
  return sum / static_cast<double>(values.size());
}
// Variance over mean: 1 for events that know nothing of each other.
double dispersion(const std::vector<int>& values) {
  const double m = mean(values);
  double squares = 0;
  for (const int v : values) squares += (v - m) * (v - m);
  return squares / static_cast<double>(values.size() - 1) / m;
}
int most(const std::vector<int>& values) { return *std::max_element(values.begin(), values.end()); }

std::vector<int> settled(std::vector<int> values) {
  constexpr int first_days = 300;  // everybody begins fresh
  values.erase(values.begin(), values.begin() + first_days);
  return values;
}

TEST(TheoryEpstein, CalmIsBrokenByOutbursts) {
  const std::vector<int> seen = settled(outbreaks(Town{}, 1));
  Town blind_town;
  blind_town.seen = false;
  const std::vector<int> unseen = settled(outbreaks(blind_town, 1));
  // Who sees nobody acts by oneself: Poisson, within five standard errors (√(2/n) each).
  EXPECT_NEAR(dispersion(unseen), 1, 5 * std::sqrt(2.0 / static_cast<double>(unseen.size())));
  // Who sees others follows them: clusters, and days that no Poisson process of this mean would ever have.
  EXPECT_GT(dispersion(seen), 5);
  EXPECT_GT(most(seen), 20 * std::max(mean(seen), 0.5));
  const auto calm = static_cast<double>(std::count(seen.begin(), seen.end(), 0));
  EXPECT_GT(calm / static_cast<double>(seen.size()), 0.5);
}

// Outbursts: days with many, runs of them taken together.
std::vector<double> waits(const std::vector<int>& values, int many) {
  std::vector<double> out;
  int last = -1;
  constexpr int over = 15;  // days without many end an outburst
  for (int day = 0; day < static_cast<int>(values.size()); ++day) {
    if (values[static_cast<std::size_t>(day)] < many) continue;
    if (last >= 0 && day - last > over) out.push_back(day - last);
    last = day;
  }
  return out;
}

// The paper finds waits between outbursts spread like those of a memoryless process, with short ones missing, since
// tension has to build first: the standard deviation is near the mean, not far below as of a clock.
TEST(TheoryEpstein, NobodyCanTellWhenTheNextOutburstComes) {
  Town town;
  town.days = 20000;
  const std::vector<double> between = waits(settled(outbreaks(town, 3)), 10);
  ASSERT_GT(between.size(), 40u);
  double m = 0, squares = 0;
  for (const double w : between) m += w / static_cast<double>(between.size());
  for (const double w : between) squares += (w - m) * (w - m) / static_cast<double>(between.size() - 1);
  const double variation = std::sqrt(squares) / m;
  EXPECT_GT(variation, 0.4);
  EXPECT_LT(variation, 1.6);
}

TEST(TheoryEpstein, MorePoliceMakeOutburstsRarer) {
  double last = 1e9;
  for (const double police : {0.8, 1.5, 2.5, 4.0}) {
    Town town;
    town.police = police;
    const double now = mean(settled(outbreaks(town, 5)));
    EXPECT_LT(now, last) << police;
    last = now;
  }
}

TEST(TheoryEpstein, SmallStepsPassWhereAJumpSetsOffAnOutburst) {
  constexpr double before = 0.89, after = 0.82;
  constexpr int start = 1000, length = 2000;
  const auto worst = [&](const std::function<double(int)>& legitimacy, std::uint64_t seed) {
    Town town;
    town.police = 2.5;  // outbursts do not come by themselves
    town.days = start + length;
    town.turnover = 0.002;
    town.legitimacy = legitimacy;
    std::vector<int> all = outbreaks(town, seed);
    all.erase(all.begin(), all.begin() + start);
    return most(all);
  };
  for (const std::uint64_t seed : {1, 2, 3}) {
    const int jump = worst([&](int day) { return day < start ? before : after; }, seed);
    const int steps =
        worst([&](int day) { return day < start ? before : before - (before - after) * (day - start) / length; }, seed);
    EXPECT_GT(jump, 3 * steps) << "seed " << seed << ": " << jump << " against " << steps;
  }
}

}  // namespace
}  // namespace parley
