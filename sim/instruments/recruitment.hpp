// Recruitment: among how many candidates a committee chooses when it fills a post.
// Page: docs/model/recruitment.md
#pragma once
#include <string_view>

#include "sim/instruments/instrument.hpp"

namespace parley {

struct Recruitment {
  static constexpr std::string_view name = "recruitment";

  struct Levers {
    double candidates_per_post = 1;
    static void describe(auto& field, auto& p) {
      field("candidates_per_post", p.candidates_per_post,
            Field{"n_k", "person/post", 1, 20, "candidates heard before a mediator is chosen; 1: whoever comes",
                  "S1: how mediators are chosen; assumed", "C", nullptr, Reach::committee});
    }
  };
  struct Slopes {
    double candidate_cost = 1000;
    static void describe(auto& field, auto& p) {
      field("candidate_cost", p.candidate_cost,
            Field{"c_k", "CNY/person", 0, 20000, "cost of hearing one more candidate", "assumed", "C"});
    }
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes& slopes) {
    rules.candidates_per_post = levers.now.candidates_per_post;                           // (RU1)
    rules.candidate_cost = slopes.candidate_cost * (levers.now.candidates_per_post - 1);  // (RU2)
    return rules;
  }
};

}  // namespace parley
