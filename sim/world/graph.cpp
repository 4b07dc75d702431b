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

}  // namespace parley
