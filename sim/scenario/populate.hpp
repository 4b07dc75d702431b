// Scenario to World: parties, accounts and the institutional graph of a place, on the first day of the burn-in.
#pragma once
#include "sim/scenario/place.hpp"
#include "sim/world/world.hpp"

namespace parley {

// The world of one replicate, ready for its first day. `last_day` is the end of the run; the calendar reaches to it.
World populate(const Place& place, DrawKey key, std::int32_t first_day, std::int32_t last_day);

// Terms that no instrument touches, as the place sets them.
Rules base_rules(const Place& place);

// What computed social ties look like, as the place sets it.
SocialShape social_shape(const Trust::Params& trust);

// Shares `total` things out by weight: whole numbers that add up to it, largest remainders first, ties to the earlier.
std::vector<std::int64_t> largest_remainder(std::int64_t total, const std::vector<std::int64_t>& weights);

}  // namespace parley
