#include "sim/record/history.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "sim/engine/run.hpp"
#include "sim/record/recorder.hpp"
#include "tests/sim/record/small_result.hpp"
#include "tests/support/results.hpp"
#include "tests/support/toy.hpp"

namespace parley {
namespace {

template <class Number>
std::vector<Number> values(const Image& image, const std::string& path) {
  const Dataset* dataset = image.find(path);
  if (!dataset || dataset->type != element_type_of<Number>()) return {};
  std::vector<Number> numbers(dataset->bytes.size() / sizeof(Number));
  std::memcpy(numbers.data(), dataset->bytes.data(), dataset->bytes.size());
  return numbers;
}

TEST(History, StagesAndTransfersAreRowsOfPolicyAndReplicate) {
  const Image image = image_of(small_result());
  EXPECT_EQ(values<std::uint16_t>(image, "/stages/policy"), (std::vector<std::uint16_t>{0, 0, 0, 0, 1, 1, 1, 1}));
  EXPECT_EQ(values<std::int32_t>(image, "/stages/replicate"), (std::vector<std::int32_t>{0, 0, 1, 1, 0, 0, 1, 1}));
  EXPECT_EQ(values<std::int32_t>(image, "/stages/day"), (std::vector<std::int32_t>{3, 5, 3, 5, 3, 5, 3, 5}));
  EXPECT_EQ(values<std::uint8_t>(image, "/stages/to")[1], static_cast<std::uint8_t>(Stage::negotiation));
  EXPECT_EQ(values<std::int64_t>(image, "/ledger/cents"), (std::vector<std::int64_t>{12345, 12345, 12345, 12345}));
  EXPECT_EQ(values<std::uint32_t>(image, "/ledger/to"), (std::vector<std::uint32_t>{1, 1, 1, 1}));
  EXPECT_EQ(values<std::uint16_t>(image, "/accounts/place"), (std::vector<std::uint16_t>{0, 1}));
}

TEST(History, SnapshotsLieOverPolicyReplicateMonthAndParty) {
  const Image image = image_of(small_result());
  EXPECT_EQ(image.find("/snapshots/hospitals/safety")->shape, (std::vector<std::uint64_t>{2, 2, 3, 2}));
  const auto safety = values<float>(image, "/snapshots/hospitals/safety");
  EXPECT_EQ(std::vector<float>(safety.begin(), safety.begin() + 6), (std::vector<float>{0, 1, 10, 11, 20, 21}));
  EXPECT_EQ(image.find("/snapshots/agencies/spent")->shape, (std::vector<std::uint64_t>{2, 2, 3, 2, agency_count}));
  EXPECT_EQ(values<std::int64_t>(image, "/snapshots/agencies/spent")[5 * agency_count + 1], 201);  // third month, west
  EXPECT_EQ(image.find("/snapshots/patients/trust")->shape, (std::vector<std::uint64_t>{2, 2, 3, 2, 5}));
  EXPECT_EQ(values<std::uint32_t>(image, "/snapshots/patients/patient"), (std::vector<std::uint32_t>{500, 1500}));
  EXPECT_EQ(image.find("/snapshots/mediators/post")->shape, (std::vector<std::uint64_t>{2 * 3 + 2 * 6}));
  EXPECT_EQ(values<std::uint64_t>(image, "/certificate/state"),
            (std::vector<std::uint64_t>{0, 1, 2, 100, 101, 102, 1000, 1001, 1002, 1100, 1101, 1102}));
}

TEST(History, IsLeftOutUnlessAskedFor) {
  StudyResult result = small_result();
  result.record.level = RecordLevel::cases;
  const Image image = image_of(result);
  for (const char* group : {"/stages", "/ledger", "/accounts", "/snapshots"}) EXPECT_FALSE(image.find_group(group));
  EXPECT_TRUE(image.find("/certificate/state"));
  EXPECT_TRUE(image.find("/cases/id"));
}

// Every metric of the second policy is a million above the first; sums have 3 months · 2 places of it, stocks are means
// over months, and trust is by head and in units, so a million millionths is one.
TEST(Differences, ByHand) {
  const Image image = image_of(small_result());
  const auto at = [](std::size_t difference, std::size_t replicate, Metric metric) {
    return (difference * 2 + replicate) * metric_count + static_cast<std::size_t>(metric);
  };
  const auto value = values<double>(image, "/differences/value");
  EXPECT_EQ(image.find("/differences/value")->shape, (std::vector<std::uint64_t>{2, 2, metric_count}));
  EXPECT_DOUBLE_EQ(value[at(0, 0, Metric::disputes)], 6e6);
  EXPECT_DOUBLE_EQ(value[at(0, 1, Metric::open_disputes)], 2e6);
  EXPECT_DOUBLE_EQ(value[at(1, 0, Metric::trust)], 1);
  StudyResult uneven = small_result();
  uneven.results[1][1].metrics.at(Metric::disputes, 0, 0) += 8;  // 6,000,000 and 6,000,008
  const Image other = image_of(uneven);
  const std::size_t d = static_cast<std::size_t>(Metric::disputes);
  EXPECT_DOUBLE_EQ(values<double>(other, "/differences/mean")[d], 6000004);
  EXPECT_DOUBLE_EQ(values<double>(other, "/differences/standard_error")[d], 4);  // √(2 · 4²/1/2)
}

TEST(History, TheLedgerHoldsWhatTheMetricsCount) {
  RunOptions options;
  options.record.level = RecordLevel::full;
  const StudyResult result = testing::run_serially(testing::toy_study(2, 0, 1), options);
  const ReplicateResult& run = result.results[0][0];
  std::int64_t paid = 0, outlay = 0;
  for (const LedgerRow& row : run.ledger) {
    ASSERT_LT(row.from, result.accounts.size());
    EXPECT_GT(row.amount.cents, 0);
    if (row.reason == Reason::compensation) {
      paid += row.amount.cents;
      EXPECT_NE(row.id, 0u);
    }
    using Kind = AccountOwner::Kind;
    const Kind kind = result.accounts[row.from].kind;
    if (kind >= Kind::leadership && kind <= Kind::comprehensive_management && row.reason != Reason::appropriation)
      outlay += row.amount.cents;
  }
  EXPECT_EQ(paid, testing::sum(run.metrics, Metric::paid));
  EXPECT_EQ(outlay, testing::sum(run.metrics, Metric::public_outlay));
  std::int64_t by_case = 0;
  for (const CaseRow& row : run.cases) {
    Money parts;
    for (const Money& part : row.paid_by) parts += part;
    EXPECT_EQ(parts, row.paid);
    by_case += row.paid.cents;
  }
  EXPECT_EQ(by_case, paid);
  EXPECT_EQ(run.snapshots.hospitals.size() % 24, 0u);
  EXPECT_EQ(run.snapshots.patients.size(), 24 * result.panel.size());
}

}  // namespace
}  // namespace parley
