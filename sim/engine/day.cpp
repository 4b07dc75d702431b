#include "sim/engine/day.hpp"

#include "sim/engine/passes.hpp"

namespace parley {

void day(World& world, Commit& commit, const Conduct& conduct, const Today& today) {
  commit.gather_due();
  if (today.month_begins) passes::month_begins(world, commit, conduct, today);  // instruments amend the rules

  passes::encounters(world, commit, conduct);    // patients meet hospitals; some are harmed, name it, blame, will claim
  passes::claims(world, commit, conduct);        // formal disputes open
  passes::channels(world, commit, conduct);      // a forum is chosen, or the case is given up
  passes::negotiations(world, commit, conduct);  // patient and hospital alone
  passes::handoffs(world, commit, conduct);      // on the way to a committee or an office
  passes::intake(world, commit, conduct);        // queues of committees and offices; sessions begin
  passes::mediations(world, commit, conduct);    // people's mediation
  passes::administration(world, commit, conduct);  // the health bureau mediates
  passes::filing(world, commit, conduct);          // queues of courts; trials begin
  passes::trials(world, commit, conduct);          // talks in the shadow of judgment, then judgment
  passes::payments(world, commit, conduct);        // money moves, trust moves, lessons travel

  if (today.month_ends) passes::month_ends(world, commit, conduct, today);  // upkeep, premiums, learning, fading
  commit.check_laws();
  commit.next_day();
}

}  // namespace parley
