#include "sim/scenario/check.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "sim/scenario/describe.hpp"
#include "tests/sim/scenario/faults.hpp"

namespace parley {
namespace {

Study sound() {
  Study study;
  study.slug = "ask";
  study.place.slug = "here";
  study.place.districts = {{"east", "East", 600, true}, {"west", "West", 400, false}};
  study.modes = {Mode{"soft", "Soft", {}, {{"authority", 0.2, -1}}},
                 Mode{"hard", "Hard", {}, {{"authority", 0.9, -1}}}};
  study.baseline = "soft";
  return study;
}

// The one fault that a change makes, as "key: message".
template <class Change>
std::string fault(Change change) {
  Study study = sound();
  change(study);
  std::string out;
  for (const Fault& one : check_study(study)) out += one.text() + "\n";
  return out;
}

TEST(Check, ASoundStudyHasNoFault) {
  EXPECT_TRUE(check_study(sound()).empty());
  EXPECT_NO_THROW(require_sound(sound()));
}

TEST(Check, EveryNumberIsHeldToItsRange) {
  Study study = sound();
  const std::size_t count = described_parameters(study.place).size();
  for (std::size_t i = 0; i < count; ++i)
    for (const bool below : {true, false}) {
      Study wrong = sound();
      const Described number = described_parameters(wrong.place)[i];
      const double bad = below ? number.field.low - 1 : number.field.high + 1;
      if (auto* real = std::get_if<double*>(&number.value))
        **real = bad;
      else if (auto* whole = std::get_if<std::int64_t*>(&number.value))
        **whole = static_cast<std::int64_t>(bad);
      else
        continue;
      bool found = false;
      for (const Fault& one : check_study(wrong))
        found =
            found || one.message.find(is_choice(number) ? "is none of" : "is outside the range") != std::string::npos;
      EXPECT_TRUE(found) << number.address();
    }
}

TEST(Check, NoNumberIsNotANumber) {
  EXPECT_EQ(fault([](Study& s) { s.place.numbers.admission_rate = std::numeric_limits<double>::quiet_NaN(); }),
            "place.numbers.admission_rate: nan is outside the range 0.12 to 0.22 1/(person*year) (hospital admissions "
            "per resident)\n");
  EXPECT_EQ(fault([](Study& s) { s.modes[0].settings[0].value = std::numeric_limits<double>::infinity(); }),
            "modes.soft.levers.authority: inf is outside the range 0 to 1 (power to compel hospitals to take part and "
            "to back enforcement)\n");
}

TEST(Check, AChoiceBuiltInCodeIsOneOfItsNames) {
  EXPECT_EQ(fault([](Study& s) { s.place.parameters.customs.protocol = 2; }), "");
  EXPECT_EQ(fault([](Study& s) { s.place.parameters.customs.protocol = 3; }),
            "place.parameters.customs.protocol: 3 is none of concession, screening, alternating_offers (how offers are "
            "made: by the clock, by demands of the one who knows less, or in turn)\n");
}

TEST(Check, SharesMakeAWhole) {
  EXPECT_EQ(fault([](Study& s) { s.place.parameters.harm.severity_shares[0] = 0.5; }),
            "place.parameters.harm.severity_shares: the shares of harm.severity_shares add up to 0.9; they must add up "
            "to 1\n");
  EXPECT_EQ(fault([](Study& s) { s.place.parameters.harm.severity_shares[0] += 1e-12; }), "");
}

TEST(Check, MediationIsFundedAtMostOnce) {
  EXPECT_EQ(fault([](Study& s) {
              s.modes[1].settings.push_back({"insurer_funding_share", 0.4, -1});
            }),
            "modes.hard.levers.insurer_funding_share: public_funding_share 0.8 + insurer_funding_share 0.4 + "
            "hospital_funding_share 0.1 add up to 1.3; "
            "the shares that fund mediation may add up to 1 at most\n");
  EXPECT_EQ(fault([](Study& s) {
              s.modes[1].settings.push_back({"insurer_funding_share", 0.4, 1});
            }),
            "modes.hard.district_levers.west.insurer_funding_share: public_funding_share 0.8 + insurer_funding_share "
            "0.4 + hospital_funding_share 0.1 add up to 1.3 in west; "
            "the shares that fund mediation may add up to 1 at most\n");
  EXPECT_EQ(fault([](Study& s) { s.modes[1].settings.push_back({"public_funding_share", 0.2, -1}); }), "");
}

TEST(Check, LeversOfModes) {
  EXPECT_EQ(fault([](Study& s) { s.modes[0].settings[0].lever = "autority"; }),
            "modes.soft.levers.autority: unknown lever 'autority'; did you mean 'authority'?\n");
  EXPECT_EQ(fault([](Study& s) { s.modes[0].settings[0].district = 2; }),
            "modes.soft.district_levers: there is no district number 2\n");
  EXPECT_EQ(fault([](Study& s) {
              s.modes[0].settings.push_back({"authority", 0.3, -1});
            }),
            "modes.soft.levers.authority: the lever is set twice\n");
  EXPECT_EQ(fault([](Study& s) {
              s.modes[0].settings.push_back({"mediation_open", 0.5, -1});
            }),
            "modes.soft.levers.mediation_open: 0.5 is not a whole number\n");
}

TEST(Check, LeversOfOneParty) {
  const auto of = [](const char* lever, double value, int hospital, int committee) {
    return [=](Study& s) {
      LeverSetting setting(lever, value);
      setting.hospital = hospital, setting.committee = committee;
      s.modes[0].settings.push_back(setting);
      s.place.numbers.hospitals_tertiary = 0, s.place.numbers.hospitals_secondary = 1;
      s.place.numbers.hospitals_primary = 2, s.place.numbers.committees = 2;
    };
  };
  EXPECT_EQ(fault(of("transparency_duty", 1, 2, -1)), "");
  EXPECT_EQ(fault(of("transparency_duty", 1, 3, -1)),
            "modes.soft.dated_levers.0.transparency_duty: there is no hospital number 3; they go from 0 to 2\n");
  EXPECT_EQ(fault(of("recognition", 1, -1, 2)),
            "modes.soft.dated_levers.0.recognition: there is no committee number 2; they go from 0 to 1\n");
  EXPECT_EQ(fault(of("publicity", 1, 1, -1)),
            "modes.soft.dated_levers.0.publicity: publicity cannot be set for one hospital; it holds for the place or "
            "a district\n");
  EXPECT_EQ(
      fault(of("recognition", 1, 1, -1)),
      "modes.soft.dated_levers.0.recognition: recognition cannot be set for one hospital; it holds for the place, a "
      "district or a committee\n");
}

TEST(Check, NobodyIsTreatedWhereNoHospitalIs) {
  EXPECT_EQ(fault([](Study& s) {
              s.place.numbers.hospitals_primary = 0;
              s.place.parameters.encounter.admissions_by_level_shares = {1, 0, 0};
            }),
            "place.parameters.encounter.admissions_by_level_shares: no patient goes to a level that has a hospital in "
            "this place\n");
}

TEST(Check, Districts) {
  EXPECT_EQ(fault([](Study& s) { s.place.districts.clear(); }),
            "place.districts: there is no district; a place needs at least one\n");
  EXPECT_EQ(fault([](Study& s) { s.place.districts[1].slug = "east"; }),
            "place.districts.east.slug: two districts are called 'east'\n");
  EXPECT_EQ(fault([](Study& s) { s.place.districts[1].slug = "West"; }),
            "place.districts[1].slug: 'West' is not a name: up to 48 small letters, digits and '_', a letter first\n");
  EXPECT_EQ(fault([](Study& s) {
              s.place.districts[1].population = 1;
              s.place.districts[0].population = 198;
            }),
            "place.districts: the districts have 199 people together; allowed are 200 to 2000000000\n");
  EXPECT_EQ(fault([](Study& s) {
              for (District& d : s.place.districts) d.population = 1'500'000'000;
            }),
            "place.districts: the districts have 3000000000 people together; allowed are 200 to 2000000000\n");
}

TEST(Check, Dates) {
  const std::string no_day =
      "place.start: there is no such day; a date is written 2015-01-01, in the years 1900 to 2200\n";
  EXPECT_EQ(fault([](Study& s) { s.place.start_month = 13; }), no_day);
  EXPECT_EQ(fault([](Study& s) { s.place.start_month = 4, s.place.start_day = 31; }), no_day);
  EXPECT_EQ(fault([](Study& s) { s.place.start_month = 2, s.place.start_day = 29; }), no_day);
  EXPECT_EQ(fault([](Study& s) { s.place.start_year = 1899; }), no_day);
  EXPECT_EQ(fault([](Study& s) { s.place.start_year = 2000, s.place.start_month = 2, s.place.start_day = 29; }), "");
}

TEST(Check, TheStudyItself) {
  EXPECT_EQ(fault([](Study& s) { s.years = 0; }), "years: 0 is outside the range 1 to 100 years\n");
  EXPECT_EQ(fault([](Study& s) { s.burn_in_years = -1; }), "burn_in_years: -1 is outside the range 0 to 40 years\n");
  EXPECT_EQ(fault([](Study& s) { s.replicates = 0; }), "replicates: 0 is outside the range 1 to 100000 replicates\n");
  EXPECT_EQ(fault([](Study& s) { s.seed = std::numeric_limits<std::uint64_t>::max(); }),
            "seed: 18446744073709551615 is outside the range 0 to 9223372036854775807\n");
  EXPECT_EQ(fault([](Study& s) { s.baseline = "sotf"; }),
            "baseline: 'sotf' is not one of the modes compared; did you mean 'soft'?\n");
  EXPECT_EQ(fault([](Study& s) { s.modes[1].slug = "soft"; }), "modes.soft: the mode 'soft' is listed twice\n");
  EXPECT_EQ(fault([](Study& s) { s.modes.clear(); }), "modes: there is no mode; a study needs at least one\n");
  EXPECT_EQ(fault([](Study& s) { s.slug = "null"; }), "study: 'null' is a word of YAML and cannot be a name\n");
}

TEST(Check, Contrasts) {
  EXPECT_EQ(fault([](Study& s) {
              s.contrasts = {{"c", "C", {"autority"}, "", 0.01}};
            }),
            "contrasts.c.hold[0]: unknown lever 'autority'; did you mean 'authority'?\n");
  EXPECT_EQ(fault([](Study& s) {
              s.contrasts = {{"c", "C", {}, "mediators", 0.01}};
            }),
            "contrasts.c.solve.lever: unknown lever 'mediators'; did you mean 'mediators_fulltime'?\n");
  EXPECT_EQ(fault([](Study& s) {
              s.contrasts = {{"c", "C", {"committee_budget"}, "committee_budget", 0.01}};
            }),
            "contrasts.c.solve.lever: 'committee_budget' is held and solved for at once\n");
  EXPECT_EQ(fault([](Study& s) {
              s.contrasts = {{"c", "C", {}, "committee_budget", 0.9}};
            }),
            "contrasts.c.solve.tolerance: 0.9 is outside the range above 0 and up to 0.5\n");
  EXPECT_EQ(fault([](Study& s) {
              s.contrasts = {{"c", "C", {}, "", 0.01}, {"c", "C", {}, "", 0.01}};
            }),
            "contrasts.c: two contrasts are called 'c'\n");
}

TEST(Check, RequireSoundThrowsEveryFault) {
  Study study = sound();
  study.years = 0;
  study.baseline = "none";
  study.place.numbers.committees = -1;
  EXPECT_EQ(faults_of([&] { require_sound(study); }).size(), 3u);
}

}  // namespace
}  // namespace parley
