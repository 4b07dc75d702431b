// A place: where the parties live, what is customary there (status quo) and the parameters of every mechanism.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sim/base/describe.hpp"
#include "sim/instruments/all.hpp"
#include "sim/mechanisms/all.hpp"
#include "sim/scenario/ties.hpp"

namespace parley {

struct District {
  std::string slug;   // lower_snake, unique within the place; the coordinate of the `place` dimension
  std::string title;  // for reading
  std::int64_t population = 0;
  bool insured = false;  // hospitals of level two and three carry liability insurance
};

// Counts and rates of the whole place; populate spreads them over districts by largest remainder of population.
struct PlaceNumbers {
  double admission_rate = 0.17;
  double admission_growth = 0;
  double growth_halving = 5;
  double outsider_share = 0.10;
  std::int64_t hospitals_tertiary = 2;
  std::int64_t hospitals_secondary = 6;
  std::int64_t hospitals_primary = 12;
  std::int64_t committees = 7;
  std::int64_t providers = 2;
  std::int64_t centres = 0;
  std::int64_t experts_shared = 1;
  double income_index = 1.0;
  double urban_income = 31195;
  double elderly_share = 0.20;
  double lowincome_share = 0.20;
  double lowincome_ratio = 0.40;
  double income_sigma = 0.50;
  double awareness_mediation = 0.40;
  double communication_mean = 0.60;
  double communication_sd = 0.10;
  double public_hospital_share = 0.80;
  double transparency_mean = 0.50;
  double transparency_sd = 0.15;
  double host_share = 0;
  std::int64_t mediation_rooms = 0;
  std::int64_t insurers = 1;
  std::int64_t arbitration_panels = 0;
  double health_insured_share = 0.95;

  std::int64_t hospitals() const { return hospitals_tertiary + hospitals_secondary + hospitals_primary; }

  static void describe(auto& field, auto& p) {
    field("admission_rate", p.admission_rate,
          Field{"a_d", "1/(person*year)", 0.12, 0.22, "hospital admissions per resident", "row 2: national communiques",
                "A"});
    field("admission_growth", p.admission_growth,
          Field{"g_a", "1/year", -0.05, 0.2, "growth of hospital care in the first year of the run; none before",
                "inpatients of the nation 79 m (2006), 142 m (2010), 192 m (2013), 244 m (2017), from memory", "A*"});
    field("growth_halving", p.growth_halving,
          Field{"t_a", "year", 1, 10, "years in which that growth halves", "the same figures: about five", "B"});
    field("outsider_share", p.outsider_share,
          Field{"o", "1", 0, 0.6, "share of a tertiary hospital's patients who come from other districts of the place",
                "row 4: assumed", "C"});
    field("hospitals_tertiary", p.hospitals_tertiary,
          Field{"n_3", "hospital", 0, 100000, "tertiary hospitals", "row 5: 2,340 of 31,056 (2017)", "B"});
    field("hospitals_secondary", p.hospitals_secondary,
          Field{"n_2", "hospital", 0, 100000, "secondary hospitals", "row 6: 8,422 of 31,056 (2017)", "B"});
    field("hospitals_primary", p.hospitals_primary,
          Field{"n_1", "hospital", 0, 1000000, "primary and ungraded hospitals",
                "row 7: 22 hospitals per million (2017)", "B"});
    field("committees", p.committees,
          Field{"n_m", "committee", 0, 10000, "people's mediation committees for medical disputes",
                "row 71: Zigong 7, Chongqing 88", "A"});
    field("providers", p.providers,
          Field{"n_p", "provider", 0, 6,
                "organisations that run a district's committees, in turn; 0: each committee is one of its own",
                "row 194: assumed", "C"});
    field("centres", p.centres,
          Field{"n_c", "centre", 0, 10000, "dispute centres of the administration that answer calls and mediate",
                "domain 1.7: Chongqing 32", "A"});
    field("experts_shared", p.experts_shared,
          Field{"e_s", "1", 0, 1, "1 where one expert pool serves all districts, 0 where each has its own share of it",
                "row 81: assumed", "C"});
    field("income_index", p.income_index,
          Field{"y", "1", 0.6, 2.5, "local disposable income relative to the base; scales every amount per person",
                "row 10: assumed", "C"});
    field("urban_income", p.urban_income,
          Field{"Y", "CNY/year", 24000, 55000, "urban disposable income per head of the base",
                "row 11: statistics bureau 2015", "A"});
    field("elderly_share", p.elderly_share,
          Field{"e_75", "1", 0, 0.5, "share of admitted patients aged 75 or older",
                "row 9: censuses give 60 and older; admissions assumed", "C"});
    field("lowincome_share", p.lowincome_share,
          Field{"l", "1", 0, 0.6, "share of patients with low income", "assumed", "C"});
    field("lowincome_ratio", p.lowincome_ratio,
          Field{"l_r", "1", 0.1, 1, "their income over that of the others", "assumed", "C"});
    field("income_sigma", p.income_sigma,
          Field{"s_y", "1", 0, 1.5, "log standard deviation of income", "assumed", "C"});
    field("awareness_mediation", p.awareness_mediation,
          Field{"w_a", "1", 0.1, 0.95, "share of patients who know of people's mediation", "row 60: assumed", "C"});
    field("communication_mean", p.communication_mean,
          Field{"C_m", "1", 0.3, 0.9, "communication quality of hospitals", "row 168: assumed", "C"});
    field("communication_sd", p.communication_sd,
          Field{"C_s", "1", 0, 0.3, "its standard deviation between hospitals", "assumed", "C"});
    field("public_hospital_share", p.public_hospital_share,
          Field{"h_p", "1", 0, 1, "share of hospitals that are public", "assumed", "C"});
    field("transparency_mean", p.transparency_mean,
          Field{"Y_m", "1", 0, 1, "how openly hospitals deal with what went wrong", "S4: assumed", "C"});
    field("transparency_sd", p.transparency_sd,
          Field{"Y_s", "1", 0, 0.3, "its standard deviation between hospitals", "assumed", "C"});
    field("health_insured_share", p.health_insured_share,
          Field{"h_i", "1", 0, 1, "share of residents with basic health insurance",
                "national coverage above 95 % since 2011 (from memory)", "A*"});
    field("mediation_rooms", p.mediation_rooms,
          Field{"n_r", "hospital", 0, 100000, "hospitals with a mediation room in the house, the largest first",
                "S4: Chenggong 3", "A"});
    field(
        "host_share", p.host_share,
        Field{"h_o", "1", 0, 0.8, "part of mediators' days that the office which hosts their committee uses otherwise",
              "S4: Chenggong's is hosted by a sub-district's committee; assumed", "C"});
    field("insurers", p.insurers,
          Field{"n_i", "insurer", 1, 50, "liability insurers, each with districts of its own in turn",
                "design: 1-3 in a place", "C"});
    field("arbitration_panels", p.arbitration_panels,
          Field{"n_a", "panel", 0, 1000, "medical arbitration panels, in the most populous districts first",
                "row 114: Shenzhen", "A"});
  }
};

struct Place {
  std::string slug;
  std::string title;
  int start_year = 2015, start_month = 1, start_day = 1;
  std::vector<std::string> sources;  // what the file cites
  std::vector<District> districts;   // at least one
  // Loaded social ties; where there are none, ties are computed. Never changed, and millions of them may be shared by
  // the copies of a place, so they are not copied.
  std::shared_ptr<const SocialTies> social_ties;
  PlaceNumbers numbers;
  Parameters parameters;  // of every mechanism and every slope of an instrument
  Levers status_quo;      // what is in force before any policy; every instrument is neutral at it
};

// Everything a place file may set by number, in a fixed order: parameters ("harm.severity_shares.death"), then place
// numbers ("place.committees").
std::vector<Described> described_parameters(Place& place);
// The levers alone, by bare name ("authority").
std::vector<Described> described_levers(Levers& levers);

}  // namespace parley
