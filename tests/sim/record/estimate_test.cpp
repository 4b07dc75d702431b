#include "sim/record/estimate.hpp"

#include <gtest/gtest.h>

#include "sim/record/hdf5_file.hpp"
#include "sim/record/recorder.hpp"
#include "tests/support/results.hpp"
#include "tests/support/toy.hpp"

namespace parley {
namespace {

TEST(Estimate, IsRightWithinAFactorOfThree) {
  for (const RecordLevel level : {RecordLevel::metrics, RecordLevel::cases, RecordLevel::full})
    for (const bool daily : {false, true}) {
      const Study study = testing::toy_study(3, 0, 6);
      RunOptions options;
      options.record.level = level;
      options.record.daily = daily;
      const auto size = static_cast<double>(hdf5_bytes(image_of(testing::run_serially(study, options))).size());
      const double expected = expected_size(study, options.record);
      EXPECT_LT(expected, 3 * size) << static_cast<int>(level) << daily;
      EXPECT_GT(expected, size / 3) << static_cast<int>(level) << daily;
    }
}

TEST(Estimate, GrowsWithWhatIsAsked) {
  const auto size = [](int years, int replicates, std::int64_t panel) {
    Recording record;
    record.level = RecordLevel::full;
    record.panel = panel;
    return expected_size(testing::toy_study(years, 1, replicates), record);
  };
  EXPECT_GT(size(2, 1, 200), size(1, 1, 200));
  EXPECT_GT(size(1, 2, 200), size(1, 1, 200));
  EXPECT_GT(size(1, 1, 2000), size(1, 1, 200));
  EXPECT_EQ(size(1, 1, 250'000), size(1, 1, 1'000'000'000));  // nobody is followed twice
}

TEST(Estimate, IsTextForPeople) {
  EXPECT_EQ(size_text(12), "12 bytes");
  EXPECT_EQ(size_text(1234), "1.2 kB");
  EXPECT_EQ(size_text(43'100'000), "43 MB");
  EXPECT_EQ(size_text(2.5e9), "2.5 GB");
}

}  // namespace
}  // namespace parley
