// What observers write down about a world. They draw nothing, change nothing, and nothing in the model reads them.
#pragma once
#include <cstdint>
#include <vector>

#include "sim/engine/results.hpp"
#include "sim/engine/tally.hpp"
#include "sim/scenario/place.hpp"
#include "sim/world/world.hpp"

namespace parley {

// Stocks at the end of a period: open disputes, vacant posts, trust.
void count_stocks(const World& world, const Place& place, Tally& tally);

// The patients followed: so many, evenly over everybody.
std::vector<std::uint32_t> panel_of(std::int64_t population, std::int64_t size);

// The parties at the end of a month.
void take_snapshot(const World& world, const Place& place, const std::vector<std::uint32_t>& panel, std::int32_t month,
                   Snapshots& out);

// Whose each account of the ledger is.
std::vector<AccountOwner> account_owners(const World& world);

}  // namespace parley
