// The real engine and the reference of plain loops agree exactly, row by row, on random small scenarios; and where the
// reference is broken on purpose, they do not.
#include <gtest/gtest.h>

#include <cstdlib>

#include "sim/scenario/describe.hpp"
#include "tests/reference/reference_engine.hpp"
#include "tests/support/days.hpp"
#include "tests/support/results.hpp"

namespace parley {
namespace {

using testing::DayByDay;
using testing::Flaw;
using testing::ReferenceEngine;

// A small quarrelsome place with a dozen parameters, three levers and its size drawn at random.
struct Scenario {
  Place place;
  std::vector<Levers> levers;
  int months = 6;
};

Scenario random_scenario(std::uint64_t number) {
  const Draw draw({99, number}, Decision::hospital_traits, 0, 0, 0);
  std::uint32_t index = 0;
  const auto uniform = [&](double low, double high) { return low + (high - low) * draw.uniform(index++); };
  const auto whole = [&](int low, int high) { return low + static_cast<int>(draw.below(index++, high - low + 1)); };
  Scenario s;
  Place& place = s.place;
  place.slug = "random";
  for (int d = whole(1, 3); d > 0; --d)
    place.districts.push_back({"d" + std::to_string(d), "D", whole(4000, 20000), whole(0, 1) == 1});
  PlaceNumbers& n = place.numbers;
  n.admission_rate = 0.22;
  n.elderly_share = 0;
  n.hospitals_tertiary = whole(1, 2), n.hospitals_secondary = whole(0, 2), n.hospitals_primary = whole(0, 3);
  n.committees = whole(0, 3), n.centres = whole(0, 2), n.arbitration_panels = whole(0, 1);
  n.insurers = whole(1, 2), n.mediation_rooms = whole(0, 2), n.experts_shared = whole(0, 1);
  place.status_quo.case_database.shared_database = whole(0, 1) == 1;
  place.status_quo.early_warning.warning_coverage = uniform(0, 1);
  n.awareness_mediation = uniform(0.3, 0.95);
  n.outsider_share = uniform(0, 0.4);
  Parameters& p = place.parameters;
  p.encounter.adverse_event_rate = 0.12;
  p.harm.severity_shares = {0.1, 0.4, 0.3, 0.2};
  p.blaming.blaming_negligent = {0.9, 0.9, 0.9, 0.9};
  p.blaming.blaming_other = {0.5, 0.5, 0.5, 0.5};
  p.claim.formal_claim_probability = 0.15;
  p.claim.delay_mean = uniform(7, 30);
  p.trust.contact_rate = uniform(1, 4), p.trust.contagion_pull = uniform(0.1, 0.3);
  p.trust.loss = 0.3;
  p.customs.protocol = whole(0, 2);
  std::vector<Described> all = described_parameters(place);
  for (int k = 0; k < 12; ++k) {
    const Described& one = all[static_cast<std::size_t>(whole(0, static_cast<int>(all.size()) - 1))];
    auto* number_of = std::get_if<double*>(&one.value);
    if (number_of == nullptr || one.element >= 0 || one.group == "place" || one.group == "claim") continue;
    if (one.field.high - one.field.low > 1e6) continue;
    **number_of = uniform(one.field.low, one.field.high);
  }
  for (std::size_t d = 0; d < place.districts.size(); ++d) {
    Levers levers = place.status_quo;
    for (const Described& lever : described_levers(levers))
      if (auto* value = std::get_if<double*>(&lever.value);
          value != nullptr && lever.name.find("share") == std::string::npos)
        if (whole(0, 3) == 0) **value = uniform(lever.field.low, std::min(lever.field.high, 4000.0));
    s.levers.push_back(levers);
  }
  return s;
}

// True if the two agree in every case row and every metric.
bool agree(std::uint64_t number, Flaw flaw, std::size_t* cases = nullptr) {
  const Scenario s = random_scenario(number);
  DayByDay real(s.place, s.months, s.levers, {7, number}), plain(s.place, s.months, s.levers, {7, number});
  const Conduct conduct = plain.conduct();
  ReferenceEngine reference(plain.world, plain.commit, conduct, flaw);
  while (!real.over()) {
    real.pass();
    plain.pass([&](World&, Commit&, const Conduct&, const Today& today) { reference.day(today); });
  }
  for (DayByDay* one : {&real, &plain})
    for (const Dispute& dispute : one->world.disputes)
      if (dispute.open() && dispute.state.stage != Stage::claim) one->tally.keep(dispute);
  if (cases != nullptr) *cases += real.cases.size();
  return real.metrics.values == plain.metrics.values && testing::rows(real.cases) == testing::rows(plain.cases);
}

TEST(Reference, EqualsTheEngineRowByRow) {
  const char* all = std::getenv("PARLEY_ALL_TESTS");
  const std::uint64_t scenarios = all != nullptr && *all != '\0' ? 2000 : 200;
  std::size_t cases = 0;
  for (std::uint64_t number = 0; number < scenarios; ++number)
    ASSERT_TRUE(agree(number, Flaw::none, &cases)) << "random scenario " << number;
  EXPECT_GT(cases, 10 * scenarios);  // the scenarios are about something
}

TEST(Reference, ABrokenShortcutIsCaught) {
  for (const Flaw flaw : {Flaw::blames_without_contacts, Flaw::memory_does_not_fade, Flaw::forgets_who_is_due}) {
    int caught = 0;
    constexpr std::uint64_t scenarios = 40;
    for (std::uint64_t number = 0; number < scenarios; ++number) caught += !agree(number, flaw);
    EXPECT_GT(caught, 0) << static_cast<int>(flaw);
  }
}

}  // namespace
}  // namespace parley
