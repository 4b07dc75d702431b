#include "sim/world/graph.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace parley {
namespace {

// A committee, two hospitals and a police station; ties listed neither by source nor by target.
struct Town {
  std::vector<Party> parties = {{PartyKind::committee, 0, 0},
                                {PartyKind::hospital, 0, 0},
                                {PartyKind::hospital, 1, 1},
                                {PartyKind::police, 0, 1}};
  std::vector<Tie> ties;
  std::vector<Edge> edges;
  InstitutionGraph graph;

  Town() {
    const auto tie = [&](Vertex from, Vertex to, LinkKind kind, double weight) {
      Link link;
      link.kind = kind;
      link.weight = weight;
      ties.push_back({from, to, link});
    };
    tie(3, 2, LinkKind::responds, 10);
    tie(1, 0, LinkKind::refers, 11);
    tie(2, 0, LinkKind::refers, 12);
    tie(1, 3, LinkKind::reports, 13);
    tie(3, 1, LinkKind::responds, 14);
    tie(1, 0, LinkKind::refers, 15);  // a second tie between the same two
    graph = graph_of(parties, ties, edges);
  }
};

TEST(Graph, EachTieBecomesItsEdge) {
  const Town town;
  ASSERT_EQ(boost::num_vertices(town.graph), 4u);
  ASSERT_EQ(boost::num_edges(town.graph), 6u);
  ASSERT_EQ(town.edges.size(), 6u);
  for (std::size_t t = 0; t < town.ties.size(); ++t) {
    EXPECT_EQ(boost::source(town.edges[t], town.graph), town.ties[t].from);
    EXPECT_EQ(boost::target(town.edges[t], town.graph), town.ties[t].to);
    EXPECT_EQ(town.graph[town.edges[t]].weight, town.ties[t].link.weight);
    EXPECT_EQ(town.graph[town.edges[t]].kind, town.ties[t].link.kind);
  }
  EXPECT_EQ(town.graph[Vertex{2}].index, 1u);
  EXPECT_EQ(town.graph[Vertex{2}].district, 1u);
  EXPECT_EQ(town.graph[Vertex{3}].kind, PartyKind::police);
}

TEST(Graph, EdgesOfOneSourceKeepTheOrderInWhichTheyWereListed) {
  const Town town;
  std::vector<double> weights;
  for (auto [edge, last] = boost::out_edges(Vertex{1}, town.graph); edge != last; ++edge)
    weights.push_back(town.graph[*edge].weight);
  EXPECT_EQ(weights, (std::vector<double>{11, 13, 15}));
}

TEST(Graph, DescriptorsStayValidInACopyAndCopiesAreApart) {
  Town town;
  InstitutionGraph copy = town.graph;
  for (std::size_t t = 0; t < town.ties.size(); ++t) EXPECT_EQ(copy[town.edges[t]].weight, town.ties[t].link.weight);
  copy[town.edges[0]].now.probability = 0.25;
  EXPECT_EQ(town.graph[town.edges[0]].now.probability, 1);
  EXPECT_EQ(copy[town.edges[0]].now.probability, 0.25);
  const InstitutionGraph moved = std::move(copy);
  EXPECT_EQ(moved[town.edges[0]].now.probability, 0.25);
}

TEST(Graph, WithoutTiesThereAreParties) {
  std::vector<Edge> edges;
  const InstitutionGraph graph = graph_of({{PartyKind::court, 0, 0}}, {}, edges);
  EXPECT_EQ(boost::num_vertices(graph), 1u);
  EXPECT_TRUE(edges.empty());
}

TEST(Graph, KindsHaveNames) {
  EXPECT_EQ(std::string(party_kind_names[static_cast<std::size_t>(PartyKind::fund)]), "fund");
  EXPECT_EQ(std::string(link_kind_names[static_cast<std::size_t>(LinkKind::responds)]), "responds");
}

// --- the state of a hand-off ----------------------------------------------------------------------------------------

constexpr Handoff base{0.8, 10, 0.2};

TEST(Amended, AtTheStatusQuoNothingChanges) {
  const Handoff same = amended(base, 0, 1, 1);
  EXPECT_EQ(same.probability, base.probability);
  EXPECT_EQ(same.delay, base.delay);
  EXPECT_EQ(same.information_loss, base.information_loss);
}

TEST(Amended, AGainClosesAShareOfWhatIsMissingAndALossTakesAShareOfWhatIsThere) {
  EXPECT_DOUBLE_EQ(amended(base, 0.5, 1, 1).probability, 0.9);   // 0.8 + 0.5 · 0.2
  EXPECT_DOUBLE_EQ(amended(base, 1, 1, 1).probability, 1);       // 0.8 + 0.2
  EXPECT_DOUBLE_EQ(amended(base, -0.5, 1, 1).probability, 0.4);  // 0.8 · 0.5
  EXPECT_DOUBLE_EQ(amended(base, -1, 1, 1).probability, 0);
  EXPECT_DOUBLE_EQ(amended(base, 0, 0.5, 1).delay, 5);                 // 10 · 0.5
  EXPECT_DOUBLE_EQ(amended(base, 0, 1, 0.25).information_loss, 0.05);  // 0.2 · 0.25
}

TEST(Amended, StaysAProbabilityWhateverIsAsked) {
  for (const double probability : {0.0, 0.3, 1.0})
    for (const double gain : {-5.0, -1.0, -0.2, 0.0, 0.2, 1.0, 5.0})
      for (const double factor : {0.0, 0.5, 1.0, 20.0}) {
        const Handoff now = amended({probability, 3, 0.5}, gain, factor, factor);
        EXPECT_GE(now.probability, 0);
        EXPECT_LE(now.probability, 1);
        EXPECT_GE(now.delay, 0);
        EXPECT_GE(now.information_loss, 0);
        EXPECT_LE(now.information_loss, 1);
      }
}

TEST(Amended, MoreGainNeverMakesItLessLikely) {
  double before = -1;
  for (double gain = -1.5; gain <= 1.5; gain += 0.125) {
    const double now = amended(base, gain, 1, 1).probability;
    EXPECT_GE(now, before);
    before = now;
  }
}

}  // namespace
}  // namespace parley
