// The institutional graph as plain columns, for the record: compressed rows both ways, no library behind them. Small
// types, because a nation has a million hospitals.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace parley {

// A hand-off as it is recorded.
struct EdgeState {
  float probability = 1, delay = 0, information_loss = 0;
};

struct GraphTable {
  // One per party.
  std::vector<std::uint8_t> party_kind;
  std::vector<std::uint32_t> party_index, party_district;
  std::vector<std::uint32_t> offset;          // edges of party v are offset[v] to offset[v + 1]; one more than parties
  std::vector<std::uint32_t> reverse_offset;  // the same for the edges that arrive, in reverse_edge
  // One per edge, sorted by source.
  std::vector<std::uint32_t> target;
  std::vector<std::uint8_t> link_kind;
  std::vector<float> weight;
  std::vector<EdgeState> base;
  std::vector<std::uint32_t> reverse_edge;  // edges sorted by target, then by source

  std::size_t parties() const { return party_kind.size(); }
  std::size_t edges() const { return target.size(); }
};

}  // namespace parley
