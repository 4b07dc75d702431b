// Service: whether people's mediation is open at all, and with how many people, what premises and which experts.
// Page: docs/model/service.md
#pragma once
#include <string_view>

#include "sim/instruments/instrument.hpp"

namespace parley {

struct Service {
  static constexpr std::string_view name = "service";

  struct Levers {
    bool mediation_open = true;
    double mediators_fulltime = 2;
    double committee_budget = 250000;
    double expert_pool_size = 183;
    double rooms_per_committee = 20;
    static void describe(auto& field, auto& p) {
      field("mediation_open", p.mediation_open,
            Field{"O", "1", 0, 1, "people's mediation takes cases", "scenario vectors", "C"});
      field("mediators_fulltime", p.mediators_fulltime,
            Field{"m", "mediator/committee", 0, 12, "full-time mediators per committee, as a mean over committees",
                  "row 72: Xining Chengzhong 4; nation", "B", nullptr, Reach::committee});
      field("committee_budget", p.committee_budget,
            Field{"B", "CNY/year", 20000, 3000000, "running cost of a committee without wages", "row 180: assumed", "C",
                  nullptr, Reach::committee});
      field("expert_pool_size", p.expert_pool_size,
            Field{"E", "expert", 0, 5000, "experts who may be asked, in the whole place",
                  "row 81: Zigong 183, Chongqing 1,200, Xining 30", "A", nullptr, Reach::district});
      field("rooms_per_committee", p.rooms_per_committee,
            Field{"n_o", "room/committee", 0, 20,
                  "cases that a committee's mediators can have at hand at once, a room for each; 20: no limit",
                  "S2: workplace; S4: six rooms; assumed", "C", nullptr, Reach::committee});
    }
  };
  struct Slopes {
    static void describe(auto&, auto&) {}
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes&) {
    // (SV1) capacities are taken as they are
    rules.mediation_open = levers.now.mediation_open;
    rules.mediators_per_committee = levers.now.mediators_fulltime;
    rules.committee_budget = levers.now.committee_budget;
    rules.expert_pool_size = levers.now.expert_pool_size;
    rules.rooms_per_committee = levers.now.rooms_per_committee;
    return rules;
  }
};

}  // namespace parley
