// How far the pulled contagion is from a pushed one. Pulled, the model's definition: whoever decides hears, then, what
// contacts still hold of their own experience. Pushed, as in DeGroot and Deffuant: every talk moves what both hold, so
// opinions travel on from friend to friend. The two are run on the same people, ties and bad experiences for two years;
// the page of the social graph states the distance found here.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "sim/mechanisms/trust.hpp"
#include "sim/world/social_graph.hpp"

namespace parley {
namespace {

struct Distance {
  double mean_pulled = 0, mean_pushed = 0, correlation = 0, root_mean_square = 0, spread = 0;
};

Distance distance(double contact_rate, std::uint64_t seed) {
  constexpr std::uint32_t people = 3000;
  constexpr int days = 730;
  Trust::Params p;
  p.contact_rate = contact_rate;
  const ImplicitSocialGraph ties({people}, SocialShape{12, 0, 7}, {seed, 0});
  std::vector<std::vector<std::uint32_t>> contacts(people);
  for (std::uint32_t i = 0; i < people; ++i)
    for (auto [c, last] = adjacent_vertices(i, ties); c != last; ++c) contacts[i].push_back(*c);

  std::vector<double> own(people, 0), pushed(people, 0);
  std::vector<int> since(people, 0);
  const double a_day = power(2, -1 / p.halflife);
  for (int day = 0; day < days; ++day) {
    const Draw draw({seed, 1}, Decision::encounter, 0, 0, day);
    // pushed: everything fades, then each pair of friends talks at its rate and both move
    for (double& x : pushed) x *= a_day;
    std::vector<double> moved = pushed;
    for (std::uint32_t i = 0; i < people; ++i)
      for (const std::uint32_t j : contacts[i])
        if (std::fabs(pushed[j] - pushed[i]) <= p.bounded_confidence)
          moved[i] += p.contagion_pull * p.contact_rate / days_per_month * (pushed[j] - pushed[i]) /
                      static_cast<double>(contacts[i].size());
    pushed = moved;
    for (std::uint32_t e = 0; e < 4; ++e) {  // four people a day, half of all over two years, have a bad experience
      const auto who = static_cast<std::uint32_t>(draw.below(2 * e, people));
      const double loss = -0.2 * draw.uniform(2 * e + 1);
      own[who] = own[who] * power(2, -(day - since[who]) / p.halflife) + loss;
      since[who] = day;
      pushed[who] += loss;
    }
  }
  Distance out;
  std::vector<double> pulled(people);
  for (std::uint32_t i = 0; i < people; ++i) {
    const double mine = Trust::remaining(own[i], days - since[i], p);
    double heard = 0;
    for (const std::uint32_t j : contacts[i]) heard += Trust::pulled(own[j], mine, days - since[j], p);
    pulled[i] = mine + heard / static_cast<double>(contacts[i].size());
    out.mean_pulled += pulled[i] / people, out.mean_pushed += pushed[i] / people;
  }
  double xx = 0, yy = 0, xy = 0;
  for (std::uint32_t i = 0; i < people; ++i) {
    const double x = pulled[i] - out.mean_pulled, y = pushed[i] - out.mean_pushed;
    xx += x * x, yy += y * y, xy += x * y;
    out.root_mean_square += (pulled[i] - pushed[i]) * (pulled[i] - pushed[i]) / people;
  }
  out.correlation = xy / std::sqrt(xx * yy);
  out.root_mean_square = std::sqrt(out.root_mean_square);
  out.spread = std::sqrt(yy / people);
  return out;
}

TEST(TheoryPushedContagion, PulledIsNearPushedWherePeopleTalkAsTheyDo) {
  const Distance usual = distance(0.5, 3);
  RecordProperty("correlation", std::to_string(usual.correlation));
  EXPECT_GT(usual.correlation, 0.98) << usual.mean_pulled << " " << usual.mean_pushed << " " << usual.root_mean_square;
  EXPECT_LT(usual.root_mean_square, 0.35 * usual.spread) << usual.root_mean_square << " of " << usual.spread;
}

TEST(TheoryPushedContagion, AndFartherWherePeopleTalkAllTheTime) {
  // Pushed opinions even out: what one hears, another loses. Pulled ones add up.
  const Distance usual = distance(0.5, 3), often = distance(4, 3);
  EXPECT_LT(often.correlation, usual.correlation);
  EXPECT_LT(often.mean_pulled, often.mean_pushed);  // more distrust in all, since nobody is relieved by talking
}

}  // namespace
}  // namespace parley
