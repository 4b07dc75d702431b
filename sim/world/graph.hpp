// The institutional graph: who treats, refers, advises, reports to, responds for whom. Vertices are parties, edges are
// typed and carry the state of a hand-off. "Linkage" means raising these values. The only door to Boost.Graph.
#pragma once
#include <array>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <cstdint>
#include <vector>

#include "sim/world/graph_table.hpp"

namespace parley {

enum class PartyKind : std::uint8_t {
  public_,
  hospital,
  committee,
  expert_pool,
  health_authority,
  justice_bureau,
  finance,
  police,
  court,
  insurer,
  fund,
  arbitration_panel,
  legal_aid,
  insurance_regulator,
  leadership,
  city_government,
  province_government,
  service_provider,
  human_resources,
  comprehensive_management,
};
inline constexpr std::array<const char*, 20> party_kind_names = {"public",
                                                                 "hospital",
                                                                 "committee",
                                                                 "expert_pool",
                                                                 "health_authority",
                                                                 "justice_bureau",
                                                                 "finance",
                                                                 "police",
                                                                 "court",
                                                                 "insurer",
                                                                 "fund",
                                                                 "arbitration_panel",
                                                                 "legal_aid",
                                                                 "insurance_regulator",
                                                                 "leadership",
                                                                 "city_government",
                                                                 "province_government",
                                                                 "service_provider",
                                                                 "human_resources",
                                                                 "comprehensive_management"};

enum class LinkKind : std::uint8_t {
  treats,
  refers,
  funds,
  contracts,
  insures,
  advises,
  reports,
  supervises,
  responds
};
inline constexpr std::array<const char*, 9> link_kind_names = {
    "treats", "refers", "funds", "contracts", "insures", "advises", "reports", "supervises", "responds"};

struct Party {
  PartyKind kind = PartyKind::public_;
  std::uint32_t index = 0;  // among parties of this kind
  std::uint32_t district = 0;
};

// What happens on the way from one party to the next.
struct Handoff {
  double probability = 1;       // that it arrives
  double delay = 0;             // days
  double information_loss = 0;  // share of what was known that is lost
};

struct Link {
  LinkKind kind = LinkKind::refers;
  double weight = 1;  // share of the flow, for `treats` and `funds`
  Handoff base;       // under the status quo
  Handoff now;        // as the rules in force make it
};

// Compressed rows: the structure is fixed when the place is populated, the state of edges is not; descriptors are plain
// numbers, so they stay valid in the copies of a world that the policies of a replicate start from.
using InstitutionGraph =
    boost::compressed_sparse_row_graph<boost::directedS, Party, Link, boost::no_property, std::uint32_t, std::uint32_t>;
using Vertex = InstitutionGraph::vertex_descriptor;
using Edge = InstitutionGraph::edge_descriptor;

// An edge as the builder of a place lists it.
struct Tie {
  Vertex from, to;
  Link link;
};

// The graph of these parties and ties, and the edge that each tie became, in the order of the ties.
InstitutionGraph graph_of(const std::vector<Party>& parties, const std::vector<Tie>& ties, std::vector<Edge>& edges);

// The state of a link when a gain in probability and factors on delay and loss are in force.
// A gain above 0 closes that share of what is missing to 1; below 0 it loses that share of what is there.
Handoff amended(const Handoff& base, double gain, double delay_factor, double information_loss_factor);

// The same graph as columns, and the state in force of each edge in their order.
GraphTable table_of(const InstitutionGraph& graph);
std::vector<EdgeState> states_of(const InstitutionGraph& graph);

}  // namespace parley
