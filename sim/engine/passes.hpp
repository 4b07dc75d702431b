// The passes of a day. Each looks at the frozen world, decides, and hands what was asked for to commit in key order.
#pragma once
#include "sim/engine/day.hpp"

namespace parley::passes {

// Rules are amended, links and posts follow, mediators choose their effort, hospitals their event rates.
void month_begins(World&, Commit&, const Conduct&, const Today&);
// Patients meet hospitals: harm, naming, blaming, and the claims that will come of it.
void encounters(World&, Commit&, const Conduct&);
// Claims arrive; an example is followed; a forum is chosen; cases travel.
void claims(World&, Commit&, const Conduct&);
void copycats(World&, Commit&, const Conduct&);
void channels(World&, Commit&, const Conduct&);
void handoffs(World&, Commit&, const Conduct&);
// Talks in one of the forums: waiting, disturbance, the two offers, and who decides when time is up.
void talks(World&, Commit&, const Conduct&, Stage);
// Queues: newcomers line up, then whoever is free takes the next case.
void intake(World&, Commit&, const Conduct&);
void filing(World&, Commit&, const Conduct&);
// The higher court decides; the government answers.
void appeals(World&, Commit&, const Conduct&);
void petitions(World&, Commit&, const Conduct&);
// Money reaches the patient; both sides learn.
void payments(World&, Commit&, const Conduct&);
// Upkeep, premiums, learning, fading.
void month_ends(World&, Commit&, const Conduct&, const Today&);

}  // namespace parley::passes
