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

// --- as columns -----------------------------------------------------------------------------------------------------

// Vertices: 0 committee, 1 and 2 hospitals, 3 police. Edges by source: 1→0 (11), 1→3 (13), 1→0 (15), 2→0 (12), 3→2
// (10), 3→1 (14); so edges 0, 2 and 3 arrive at 0, edge 5 at 1, edge 4 at 2, edge 1 at 3.
TEST(GraphTable, HasCompressedRowsBothWays) {
  const GraphTable table = table_of(Town().graph);
  EXPECT_EQ(table.offset, (std::vector<std::uint32_t>{0, 0, 3, 4, 6}));
  EXPECT_EQ(table.target, (std::vector<std::uint32_t>{0, 3, 0, 0, 2, 1}));
  EXPECT_EQ(table.weight, (std::vector<float>{11, 13, 15, 12, 10, 14}));
  EXPECT_EQ(table.link_kind, (std::vector<std::uint8_t>{1, 6, 1, 1, 8, 8}));
  EXPECT_EQ(table.reverse_offset, (std::vector<std::uint32_t>{0, 3, 4, 5, 6}));
  EXPECT_EQ(table.reverse_edge, (std::vector<std::uint32_t>{0, 2, 3, 5, 4, 1}));
  EXPECT_EQ(table.party_kind, (std::vector<std::uint8_t>{2, 1, 1, 7}));
  EXPECT_EQ(table.party_index, (std::vector<std::uint32_t>{0, 0, 1, 0}));
  EXPECT_EQ(table.party_district, (std::vector<std::uint32_t>{0, 0, 1, 1}));
}

TEST(GraphTable, KeepsTheCustomaryStateApartFromTheOneInForce) {
  Town town;
  town.graph[town.edges[0]].base = {0.5, 3, 0.25};  // 3→2, the edge at position 4
  town.graph[town.edges[0]].now = {0.75, 1.5, 0.125};
  const GraphTable table = table_of(town.graph);
  const std::vector<EdgeState> now = states_of(town.graph);
  ASSERT_EQ(now.size(), 6u);
  EXPECT_EQ(table.base[4].probability, 0.5f);
  EXPECT_EQ(table.base[4].delay, 3.0f);
  EXPECT_EQ(table.base[4].information_loss, 0.25f);
  EXPECT_EQ(now[4].probability, 0.75f);
  EXPECT_EQ(now[4].delay, 1.5f);
  EXPECT_EQ(now[4].information_loss, 0.125f);
  EXPECT_EQ(now[3].probability, 1.0f);
}

TEST(GraphTable, WithoutTiesThereAreBoundariesOfNothing) {
  std::vector<Edge> edges;
  const GraphTable table = table_of(graph_of({{PartyKind::court, 0, 0}}, {}, edges));
  EXPECT_EQ(table.offset, (std::vector<std::uint32_t>{0, 0}));
  EXPECT_EQ(table.reverse_offset, (std::vector<std::uint32_t>{0, 0}));
  EXPECT_EQ(table.edges(), 0u);
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
