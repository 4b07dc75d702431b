// Case database: committees look up each other's closed cases, so that each learns from all; keeping it costs each of
// them money. Page: docs/model/case_database.md
#pragma once
#include <string_view>

#include "sim/instruments/instrument.hpp"

namespace parley {

struct CaseDatabase {
  static constexpr std::string_view name = "case_database";

  struct Levers {
    bool shared_database = false;
    static void describe(auto& field, auto& p) {
      field("shared_database", p.shared_database,
            Field{"d_s", "1", 0, 1, "committees look up each other's closed cases", "S0: assumed", "C", nullptr,
                  Reach::district});
    }
  };
  struct Slopes {
    double yearly_cost = 20000;
    static void describe(auto& field, auto& p) {
      field("yearly_cost", p.yearly_cost,
            Field{"c_d", "CNY/year", 0, 200000, "running cost of the database to a committee", "assumed", "C"});
    }
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes& slopes) {
    rules.shared_database = levers.now.shared_database;                         // (CD1)
    rules.database_cost = levers.now.shared_database ? slopes.yearly_cost : 0;  // (CD2)
    return rules;
  }
};

}  // namespace parley
