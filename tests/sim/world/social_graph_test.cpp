#include "sim/world/social_graph.hpp"

#include <gtest/gtest.h>

#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/clustering_coefficient.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <cmath>
#include <map>
#include <set>

namespace parley {
namespace {

constexpr DrawKey key{7, 0};
using Populations = std::vector<std::int64_t>;
using People = std::vector<Person>;

// ---- the same tests for every way of having a graph -----------------------------------------------------------------

struct Computed {
  using Graph = ImplicitSocialGraph;
  static Graph make(const Populations& populations, const SocialShape& shape, DrawKey luck = key) {
    return ImplicitSocialGraph(populations, shape, luck);
  }
};
// The computed graph written out row by row.
struct WrittenOut {
  using Graph = StoredSocialGraph;
  static Graph make(const Populations& populations, const SocialShape& shape, DrawKey luck = key) {
    return StoredSocialGraph(ImplicitSocialGraph(populations, shape, luck));
  }
};
// From a list of ties, in an order and with ends that have nothing to do with rows.
struct Listed {
  using Graph = StoredSocialGraph;
  static Graph make(const Populations& populations, const SocialShape& shape, DrawKey luck = key) {
    const StoredSocialGraph rows = WrittenOut::make(populations, shape, luck);
    std::vector<SocialTie> ties;
    rows.each_tie([&](Person a, Person b) { ties.push_back(b % 2 == 0 ? SocialTie{a, b} : SocialTie{b, a}); });
    std::reverse(ties.begin(), ties.end());
    return StoredSocialGraph(rows.persons(), ties);
  }
};

template <class Graph>
People contacts_of(Person person, const Graph& graph) {
  People out;
  for (auto [contact, last] = adjacent_vertices(person, graph); contact != last; ++contact) out.push_back(*contact);
  return out;
}

template <class Graph>
double mean_degree(const Graph& graph) {
  double sum = 0;
  for (auto [person, last] = vertices(graph); person != last; ++person)
    sum += static_cast<double>(out_degree(*person, graph));
  return sum / num_vertices(graph);
}

// Boost's own, over every person.
template <class Graph>
double mean_clustering(const Graph& graph) {
  double sum = 0;
  for (auto [person, last] = vertices(graph); person != last; ++person)
    sum += boost::clustering_coefficient<double>(graph, *person);
  return sum / num_vertices(graph);
}

// Steps from one person to everybody, by Boost's breadth-first search as it is; −1 where there is no way.
template <class Graph>
std::vector<int> steps_from(Person start, const Graph& graph) {
  std::vector<int> steps(num_vertices(graph), -1);
  steps[start] = 0;
  boost::breadth_first_search(
      graph, start,
      boost::visitor(boost::make_bfs_visitor(boost::record_distances(steps.data(), boost::on_tree_edge()))));
  return steps;
}

template <class Graph>
double mean_path(const Graph& graph) {
  double sum = 0, pairs = 0;
  for (Person start = 0; start < num_vertices(graph); start += num_vertices(graph) / 20)
    for (const int steps : steps_from(start, graph)) sum += steps, ++pairs;
  return sum / (pairs - 20);  // without the way to oneself
}

template <class Maker>
class SocialGraphs : public ::testing::Test {
 protected:
  using Graph = typename Maker::Graph;
  const Populations populations = {3000, 2000, 1000};
  const SocialShape shape{12, 0.10, 7};
  const Graph graph = Maker::make(populations, shape);

  static std::uint32_t district(Person person) { return person < 3000 ? 0 : person < 5000 ? 1 : 2; }
};

using Makers = ::testing::Types<Computed, WrittenOut, Listed>;
TYPED_TEST_SUITE(SocialGraphs, Makers);

TYPED_TEST(SocialGraphs, ModelTheConceptsOfBoostGraph) {
  using Graph = typename TypeParam::Graph;
  BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<Graph>));
  BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<Graph>));
  BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<Graph>));
  BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<Graph>));
  BOOST_CONCEPT_ASSERT((boost::AdjacencyMatrixConcept<Graph>));
  BOOST_CONCEPT_ASSERT(
      (boost::ReadablePropertyMapConcept<typename boost::property_map<Graph, boost::vertex_index_t>::const_type,
                                         Person>));
  EXPECT_FALSE(boost::is_directed(this->graph));
  EXPECT_FALSE(boost::allows_parallel_edges(this->graph));
  EXPECT_EQ(num_vertices(this->graph), 6000u);
  EXPECT_EQ(get(get(boost::vertex_index, this->graph), 17u), 17u);
  EXPECT_EQ(get(boost::vertex_index, this->graph, 17u), 17u);
  Person next = 0;
  for (auto [person, last] = vertices(this->graph); person != last; ++person) EXPECT_EQ(*person, next++);
  EXPECT_EQ(next, 6000u);
}

TYPED_TEST(SocialGraphs, ShowEachTieFromBothEnds) {
  const auto& graph = this->graph;
  for (Person person = 0; person < num_vertices(graph); ++person) {
    const People contacts = contacts_of(person, graph);
    ASSERT_EQ(out_degree(person, graph), contacts.size());
    ASSERT_EQ(in_degree(person, graph), contacts.size());
    std::size_t i = 0;
    for (auto [tie, last] = out_edges(person, graph); tie != last; ++tie, ++i) {
      ASSERT_EQ(source(*tie, graph), person);
      ASSERT_EQ(target(*tie, graph), contacts[i]);
      const People theirs = contacts_of(contacts[i], graph);
      ASSERT_TRUE(std::binary_search(theirs.begin(), theirs.end(), person));
    }
    ASSERT_EQ(i, contacts.size());
    i = 0;
    for (auto [tie, last] = in_edges(person, graph); tie != last; ++tie, ++i) {
      ASSERT_EQ(target(*tie, graph), person);
      ASSERT_EQ(*tie, (SocialTie{person, contacts[i]}));  // the same tie, seen from the other end
    }
    ASSERT_EQ(i, contacts.size());
    std::size_t known = 0;
    if (person % 100 == 0)
      for (Person other = 0; other < num_vertices(graph); ++other) known += edge(person, other, graph).second;
    ASSERT_EQ(known, person % 100 == 0 ? contacts.size() : 0);
  }
}

TYPED_TEST(SocialGraphs, HaveNoTieToOneselfAndNoneTwice) {
  for (Person person = 0; person < num_vertices(this->graph); ++person) {
    const People contacts = contacts_of(person, this->graph);
    ASSERT_TRUE(std::is_sorted(contacts.begin(), contacts.end(), std::less_equal<>())) << person;
    ASSERT_FALSE(std::binary_search(contacts.begin(), contacts.end(), person));
    ASSERT_TRUE(contacts.empty() || contacts.back() < num_vertices(this->graph));
  }
}

// Twelve contacts on average. Two random partners of one person agree, or one of them is a neighbour too, about
// 38 times in N persons of a district, so 3 · 38/6000 = 0.02 are lost; what a part of a matching keeps varies by 0.01.
TYPED_TEST(SocialGraphs, HaveTheDegreeAskedFor) {
  EXPECT_NEAR(mean_degree(this->graph), 12 - 0.02, 0.04);
  // The last neighbourhood of the 3,000 has 4 persons, so 3 contacts at least. Six in a whole one, at most 6 matchings
  // at home (11.02 contacts less 6.00) and 2 of the place (1.2/0.611 = 1.96): 14 at most.
  for (Person person = 0; person < num_vertices(this->graph); ++person) {
    EXPECT_GE(out_degree(person, this->graph), 3u);
    EXPECT_LE(out_degree(person, this->graph), 14u);
  }
}

// 3,600 of 36,000 ties; crossing or not is a throw of 6,000 coins at 0.61, so a standard deviation is 38 ties, 0.001.
TYPED_TEST(SocialGraphs, CrossBordersWithTheShareAskedFor) {
  double far = 0, all = 0;
  std::map<std::pair<std::uint32_t, std::uint32_t>, int> between;
  for (Person person = 0; person < num_vertices(this->graph); ++person)
    for (const Person contact : contacts_of(person, this->graph)) {
      ++all;
      far += this->district(person) != this->district(contact);
      ++between[{this->district(person), this->district(contact)}];
    }
  EXPECT_NEAR(far / all, 0.10, 0.004);
  // Any two districts, by the product of their people: 6 : 3 : 2 (millions) of 7,200 ends, half of them from each side.
  EXPECT_NEAR((between[{0, 1}]), 3600 * 6.0 / 11, 200);
  EXPECT_NEAR((between[{0, 2}]), 3600 * 3.0 / 11, 200);
  EXPECT_NEAR((between[{2, 1}]), 3600 * 2.0 / 11, 200);
}

// A hundred villagers beside 5,900: two persons live apart with a chance of 2 · 5,900 · 100/(6,000 · 5,999) = 0.0328,
// so not even twelve matchings of twelve contacts are a tenth of ties across the border. Of 36,000 ties 1,180 are,
// ± 34.
TYPED_TEST(SocialGraphs, CannotCrossMoreBordersThanThereAre) {
  const auto graph = TypeParam::make({5900, 100}, this->shape);
  double far = 0, all = 0;
  for (Person person = 0; person < num_vertices(graph); ++person)
    for (const Person contact : contacts_of(person, graph)) {
      ++all;
      far += (person < 5900) != (contact < 5900);
    }
  EXPECT_NEAR(far / all, 0.0328, 0.005);
  EXPECT_NEAR(all / 6000, 12, 0.1);
}

TYPED_TEST(SocialGraphs, WithoutFarTiesStayAtHome) {
  const auto graph = TypeParam::make(this->populations, {12, 0, 7});
  for (Person person = 0; person < num_vertices(graph); ++person)
    for (const Person contact : contacts_of(person, graph)) ASSERT_EQ(this->district(person), this->district(contact));
  EXPECT_NEAR(mean_degree(graph), 12 - 0.02, 0.04);
  std::vector<int> part(num_vertices(graph));
  EXPECT_EQ(boost::connected_components(graph, part.data()), 3);
}

// A small world: everybody is reached, in hardly more steps than in a random graph, ln n/ln k = 8.70/2.48 = 3.50, and
// far fewer than in a ring of neighbours, n/2k = 250.
TYPED_TEST(SocialGraphs, ReachEverybodyInAFewSteps) {
  for (const int steps : steps_from(4321, this->graph)) ASSERT_GE(steps, 0);
  std::vector<int> part(num_vertices(this->graph));
  EXPECT_EQ(boost::connected_components(this->graph, part.data()), 1);
  const double path = mean_path(this->graph);
  EXPECT_GT(path, 3.50 * 0.9);
  EXPECT_LT(path, 3.50 * 1.3);
}

// Of the 66 pairs among 12 contacts, the 15 among six neighbours know each other: 0.227. The number of contacts varies
// by one or so around 12, and 1/(k(k − 1)) is convex: a little more. A random graph has k/n = 0.002.
TYPED_TEST(SocialGraphs, CloseTriangles) {
  EXPECT_NEAR(mean_clustering(this->graph), 15.0 / 66, 0.02);
  const auto random = TypeParam::make(this->populations, {12, 0.10, 1});
  EXPECT_NEAR(mean_degree(random), 12, 0.06);
  EXPECT_LT(mean_clustering(random), 0.01);  // 10.8 contacts among 1,000 to 3,000 people
}

TYPED_TEST(SocialGraphs, LargerNeighbourhoodsCloseMoreTriangles) {
  double before = 0;
  for (const std::uint32_t size : {3u, 6u, 9u, 12u}) {
    const double clustering = mean_clustering(TypeParam::make({2000}, {12, 0, size}));
    EXPECT_GT(clustering, before + 0.01) << size;
    before = clustering;
  }
}

TYPED_TEST(SocialGraphs, MoreFarTiesShortenTheWayThroughThePlace) {
  const Populations villages(40, 100);  // so that nearly all of a village is known at home
  const double few = mean_path(TypeParam::make(villages, {8, 0.05, 5})),
               many = mean_path(TypeParam::make(villages, {8, 0.4, 5}));
  EXPECT_LT(many, few - 0.3);
}

TYPED_TEST(SocialGraphs, AreTheLuckOfTheirKey) {
  const auto same = TypeParam::make(this->populations, this->shape),
             other = TypeParam::make(this->populations, this->shape, {7, 1});
  int alike = 0;
  for (Person person = 0; person < 6000; ++person) {
    ASSERT_EQ(contacts_of(person, same), contacts_of(person, this->graph));
    alike += contacts_of(person, other) == contacts_of(person, this->graph);
  }
  EXPECT_EQ(alike, 0);
}

// Odd sizes, districts of nobody and of one, and more contacts than there are people: still symmetric, still sound.
TYPED_TEST(SocialGraphs, StandOddPlaces) {
  for (const Populations& populations :
       {Populations{5, 0, 1, 301}, Populations{0, 0, 40}, Populations{1}, Populations{2, 2}, Populations{199, 1, 0}})
    for (const SocialShape& shape : {SocialShape{0, 0.5, 20}, SocialShape{0.5, 0.5, 7}, SocialShape{3.3, 0.1, 20},
                                     SocialShape{50, 0.5, 20}, SocialShape{50, 0, 1}}) {
      const auto graph = TypeParam::make(populations, shape);
      double ends = 0;
      for (Person person = 0; person < num_vertices(graph); ++person) {
        ends += static_cast<double>(out_degree(person, graph));
        const People contacts = contacts_of(person, graph);
        ASSERT_TRUE(std::is_sorted(contacts.begin(), contacts.end(), std::less_equal<>()));
        for (const Person contact : contacts) {
          ASSERT_NE(contact, person);
          ASSERT_LT(contact, num_vertices(graph));
          const People theirs = contacts_of(contact, graph);
          ASSERT_TRUE(std::binary_search(theirs.begin(), theirs.end(), person));
        }
      }
      // On average no more than asked for, but for the luck of pairs that are kept: √(n k)/n at most, five times.
      const double n = num_vertices(graph);
      EXPECT_LE(ends / n, shape.degree + 5 * std::sqrt(shape.degree / n));
    }
}

// ---- what only one of them has --------------------------------------------------------------------------------------

TEST(StoredSocialGraph, IsTheComputedOneContactByContact) {
  const ImplicitSocialGraph computed({700, 0, 299, 1}, {9.5, 0.2, 5}, key);
  const StoredSocialGraph stored(computed);
  ASSERT_EQ(num_vertices(stored), 1000u);
  std::size_t ends = 0;
  for (Person person = 0; person < 1000; ++person) {
    ASSERT_EQ(contacts_of(person, stored), contacts_of(person, computed));
    ends += out_degree(person, computed);
  }
  EXPECT_EQ(stored.tie_count(), ends / 2);
}

// A square 0-1-2-3 with the diagonal 0-2. Of the contacts 1, 2, 3 of person 0 two pairs of three know each other, the
// contacts 0 and 2 of person 1 do: clustering 2/3 and 1. Person 4 knows nobody.
TEST(StoredSocialGraph, OfASquareWithADiagonal) {
  const StoredSocialGraph graph(5, {{1, 0}, {1, 2}, {3, 2}, {0, 3}, {0, 2}});
  EXPECT_EQ(contacts_of(0, graph), (People{1, 2, 3}));
  EXPECT_EQ(contacts_of(1, graph), (People{0, 2}));
  EXPECT_EQ(contacts_of(2, graph), (People{0, 1, 3}));
  EXPECT_EQ(contacts_of(3, graph), (People{0, 2}));
  EXPECT_EQ(contacts_of(4, graph), People{});
  EXPECT_EQ(graph.tie_count(), 5u);
  EXPECT_DOUBLE_EQ(boost::clustering_coefficient<double>(graph, Person{0}), 2.0 / 3);
  EXPECT_DOUBLE_EQ(boost::clustering_coefficient<double>(graph, Person{1}), 1);
  EXPECT_EQ(steps_from(1, graph), (std::vector<int>{1, 0, 1, 2, -1}));
  std::vector<std::pair<Person, Person>> ties;
  graph.each_tie([&](Person a, Person b) { ties.emplace_back(a, b); });
  EXPECT_EQ(ties, (std::vector<std::pair<Person, Person>>{{0, 1}, {0, 2}, {0, 3}, {1, 2}, {2, 3}}));
}

TEST(StoredSocialGraph, KeepsATieOnceHoweverItIsListed) {
  const StoredSocialGraph graph(4, {{2, 1}, {1, 2}, {1, 1}, {1, 2}, {0, 1}, {3, 3}, {3, 3}, {3, 0}});
  EXPECT_EQ(contacts_of(0, graph), (People{1, 3}));
  EXPECT_EQ(contacts_of(1, graph), (People{0, 2}));
  EXPECT_EQ(contacts_of(2, graph), People{1});
  EXPECT_EQ(contacts_of(3, graph), People{0});
  EXPECT_EQ(graph.tie_count(), 3u);
}

TEST(StoredSocialGraph, OfNobody) {
  const StoredSocialGraph graph(0, {});
  EXPECT_EQ(num_vertices(graph), 0u);
  EXPECT_EQ(graph.tie_count(), 0u);
}

// A country of 1.4 billion needs no storage: twelve contacts, of which a tenth are far.
TEST(ImplicitSocialGraph, HasNoSizeThatIsTooLarge) {
  const ImplicitSocialGraph graph({1'000'000'000, 300'000'000, 100'000'000}, {12, 0.1, 7}, key);
  EXPECT_EQ(num_vertices(graph), 1'400'000'000u);
  double contacts = 0;
  constexpr int asked = 500;
  for (int i = 0; i < asked; ++i) {
    const Person person = 2'799'999u * static_cast<Person>(i);
    for (const Person contact : contacts_of(person, graph)) {
      const People theirs = contacts_of(contact, graph);
      ASSERT_TRUE(std::binary_search(theirs.begin(), theirs.end(), person));
      ++contacts;
    }
  }
  // A standard deviation of one person's contacts is below 1.2 (the square root of 1.2 far ones and of the rounding);
  // five of the mean's are 0.27.
  EXPECT_NEAR(contacts / asked, 12, 0.27);
}

// Three of five in a neighbourhood of 3 on a seating of 5: seats 0-2 and 3-4, so three persons know two and two know
// one; degree 2 leaves no more than 2 − (3 · 2 + 2 · 1)/5 = 0.4 for a matching.
TEST(ImplicitSocialGraph, OfFivePersons) {
  const ImplicitSocialGraph graph({5}, {2, 0, 3}, key);
  const Seating seating(key, 1, 0xffffffff, 5);
  std::map<Person, std::set<Person>> circle;
  for (const std::vector<Person>& seats : {std::vector<Person>{0, 1, 2}, std::vector<Person>{3, 4}})
    for (const Person a : seats)
      for (const Person b : seats)
        if (a != b) circle[seating.person(a)].insert(seating.person(b));
  const Matching rest(key, 1, 0, 5, 0.4);
  for (Person person = 0; person < 5; ++person) {
    std::set<Person> expected = circle[person];
    expected.insert(rest.partner(person));
    expected.erase(person);
    EXPECT_EQ(contacts_of(person, graph), People(expected.begin(), expected.end()));
  }
}

TEST(SocialGraph, KnowsTheDistrictsOfContacts) {
  const Populations populations = {3, 0, 2, 4, 0};
  const SocialGraph graph(
      std::make_shared<StoredSocialGraph>(9, std::vector<SocialTie>{{0, 8}, {0, 2}, {0, 3}, {0, 4}, {0, 5}}),
      populations);
  std::vector<std::pair<Person, std::uint32_t>> contacts;
  const auto count =
      graph.each_contact(0, [&](Person c, std::uint32_t district) { contacts.emplace_back(c, district); });
  EXPECT_EQ(count, 5u);
  EXPECT_EQ(contacts, (std::vector<std::pair<Person, std::uint32_t>>{{2, 0}, {3, 2}, {4, 2}, {5, 3}, {8, 3}}));
  EXPECT_EQ(graph.each_contact(1, [](Person, std::uint32_t) {}), 0u);
  EXPECT_EQ(SocialGraph().each_contact(0, [](Person, std::uint32_t) {}), 0u);  // a world before it is populated
}

}  // namespace
}  // namespace parley
