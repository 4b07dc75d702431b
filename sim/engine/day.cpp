#include "sim/engine/day.hpp"

#include "sim/engine/observe.hpp"
#include "sim/engine/passes.hpp"

namespace parley {

void day(World& world, Commit& commit, const Conduct& conduct, const Today& today) {
  commit.gather_due();
  if (today.month_begins) passes::month_begins(world, commit, conduct, today);  // instruments amend the rules

  passes::encounters(world, commit, conduct);  // patients meet hospitals; some are harmed, name it, blame, will claim
  passes::claims(world, commit, conduct);      // early warning, early offers; formal disputes open
  passes::copycats(world, commit, conduct);    // an example is followed
  passes::channels(world, commit, conduct);    // advice, a lawyer, a forum; or the case is given up
  passes::talks(world, commit, conduct, Stage::negotiation);     // patient and hospital alone
  passes::handoffs(world, commit, conduct);                      // on the way to a committee, an office or a panel
  passes::intake(world, commit, conduct);                        // their queues; sessions begin
  passes::talks(world, commit, conduct, Stage::mediation);       // people's mediation
  passes::talks(world, commit, conduct, Stage::administration);  // the health bureau mediates
  passes::talks(world, commit, conduct, Stage::arbitration);     // conciliation before the panel, then its award
  passes::filing(world, commit, conduct);                        // queues of courts; trials begin
  passes::talks(world, commit, conduct, Stage::trial);           // talks in the shadow of judgment, then judgment
  passes::appeals(world, commit, conduct);                       // the higher court
  passes::petitions(world, commit, conduct);                     // the government answers
  passes::payments(world, commit, conduct);                      // kept or broken; money, trust and lessons move

  if (today.month_ends) passes::month_ends(world, commit, conduct, today);  // upkeep, premiums, learning, fading
  if (today.month_ends || today.daily) count_stocks(world, conduct.place, commit.tally());
  commit.check_laws();
  commit.next_day();
}

}  // namespace parley
