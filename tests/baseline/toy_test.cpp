// The toy study, pinned: its digest and some figures to read a difference by. A change that moves results shows here
// and nowhere else; tests/baseline/refresh rewrites what is pinned.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "sim/record/digest.hpp"
#include "sim/record/recorder.hpp"
#include "tests/support/results.hpp"
#include "tests/support/toy.hpp"

namespace parley {
namespace {

const std::string path = std::string(PARLEY_SOURCE_DIR) + "/tests/baseline/toy.txt";

// One line each: name, blank, value. Sums over months, districts and replicates; money in cents.
std::string figures() {
  const StudyResult result = testing::run_serially(testing::toy_study(2, 1, 3));
  std::ostringstream out;
  out << "digest " << digest(image_of(result)) << "\n";
  for (std::size_t arm = 0; arm < result.arms.size(); ++arm) {
    std::size_t cases = 0;
    for (const ReplicateResult& replicate : result.results[arm]) cases += replicate.cases.size();
    out << result.arms[arm].name << ".cases " << cases << "\n";
    for (const Metric metric : {Metric::admissions,
                                Metric::adverse_events,
                                Metric::negligent_events,
                                Metric::complaints,
                                Metric::disputes,
                                Metric::mediation_accepted,
                                Metric::mediation_agreements,
                                Metric::closed,
                                Metric::settled,
                                Metric::judgments,
                                Metric::days_to_resolution,
                                Metric::paid,
                                Metric::paid_by_insurer,
                                Metric::owed,
                                Metric::public_outlay,
                                Metric::system_cost,
                                Metric::disturbances,
                                Metric::trust,
                                Metric::estimate_error,
                                Metric::lessons})
      out << result.arms[arm].name << "." << metric_table[static_cast<std::size_t>(metric)].name << " "
          << testing::sum(result, arm, metric) << "\n";
  }
  return out.str();
}

TEST(Baseline, TheToyStudyGivesThePinnedResults) {
  const std::string now = figures();
  if (std::getenv("PARLEY_REFRESH_BASELINE") != nullptr) {
    std::ofstream file(path, std::ios::binary);
    file << now;
    ASSERT_TRUE(file.flush().good()) << "cannot write " << path;
    GTEST_SKIP() << path << " is written anew";
  }
  std::ifstream file(path, std::ios::binary);
  ASSERT_TRUE(file.good()) << "cannot read " << path;
  const std::string pinned{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(now, pinned) << "if results moved on purpose, run tests/baseline/refresh and say why in CHANGELOG.md";
}

}  // namespace
}  // namespace parley
