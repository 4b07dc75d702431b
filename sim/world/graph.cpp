#include "sim/world/graph.hpp"

#include <algorithm>
#include <numeric>

namespace parley {

InstitutionGraph graph_of(const std::vector<Party>& parties, const std::vector<Tie>& ties, std::vector<Edge>& edges) {
  // Rows are filled in the order of sources; a stable sort keeps the builder's order within each.
  std::vector<std::uint32_t> order(ties.size());
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return ties[a].from < ties[b].from; });
  std::vector<std::pair<Vertex, Vertex>> pairs;
  std::vector<Link> links;
  for (const std::uint32_t i : order) {
    pairs.emplace_back(ties[i].from, ties[i].to);
    links.push_back(ties[i].link);
  }
  InstitutionGraph graph(boost::edges_are_sorted, pairs.begin(), pairs.end(), links.begin(), parties.size());
  for (std::size_t v = 0; v < parties.size(); ++v) graph[static_cast<Vertex>(v)] = parties[v];
  edges.resize(ties.size());
  std::size_t position = 0;
  for (auto [edge, last] = boost::edges(graph); edge != last; ++edge) edges[order[position++]] = *edge;
  return graph;
}

Handoff amended(const Handoff& base, double gain, double delay_factor, double information_loss_factor) {
  const double g = std::clamp(gain, -1.0, 1.0);
  Handoff out;
  out.probability = g >= 0 ? base.probability + g * (1 - base.probability) : base.probability * (1 + g);
  out.delay = base.delay * delay_factor;
  out.information_loss = std::clamp(base.information_loss * information_loss_factor, 0.0, 1.0);
  return out;
}

namespace {

EdgeState recorded(const Handoff& handoff) {
  return {static_cast<float>(handoff.probability), static_cast<float>(handoff.delay),
          static_cast<float>(handoff.information_loss)};
}

}  // namespace

GraphTable table_of(const InstitutionGraph& graph) {
  GraphTable table;
  const std::size_t parties = boost::num_vertices(graph), edges = boost::num_edges(graph);
  table.offset.assign(parties + 1, 0);
  table.reverse_offset.assign(parties + 1, 0);
  for (std::size_t v = 0; v < parties; ++v) {
    const Party& party = graph[static_cast<Vertex>(v)];
    table.party_kind.push_back(static_cast<std::uint8_t>(party.kind));
    table.party_index.push_back(party.index);
    table.party_district.push_back(party.district);
  }
  for (auto [edge, last] = boost::edges(graph); edge != last; ++edge) {
    const Link& link = graph[*edge];
    const auto from = boost::source(*edge, graph), to = boost::target(*edge, graph);
    ++table.offset[from + 1];
    ++table.reverse_offset[to + 1];
    table.target.push_back(to);
    table.link_kind.push_back(static_cast<std::uint8_t>(link.kind));
    table.weight.push_back(static_cast<float>(link.weight));
    table.base.push_back(recorded(link.base));
  }
  std::partial_sum(table.offset.begin(), table.offset.end(), table.offset.begin());
  std::partial_sum(table.reverse_offset.begin(), table.reverse_offset.end(), table.reverse_offset.begin());
  // Each edge into the next free place of its target's row; edges come in the order of sources, so rows are sorted.
  std::vector<std::uint32_t> next(table.reverse_offset.begin(), table.reverse_offset.end() - 1);
  table.reverse_edge.resize(edges);
  for (std::uint32_t e = 0; e < edges; ++e) table.reverse_edge[next[table.target[e]]++] = e;
  return table;
}

std::vector<EdgeState> states_of(const InstitutionGraph& graph) {
  std::vector<EdgeState> states;
  states.reserve(boost::num_edges(graph));
  for (auto [edge, last] = boost::edges(graph); edge != last; ++edge) states.push_back(recorded(graph[*edge].now));
  return states;
}

}  // namespace parley
