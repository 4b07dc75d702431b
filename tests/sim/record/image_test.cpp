#include "sim/record/image.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace parley {
namespace {

TEST(Image, MakesEveryNanTheSame) {
  std::vector<std::uint8_t> plain, negative;
  append_little_endian(plain, std::numeric_limits<double>::quiet_NaN());
  append_little_endian(negative, -std::numeric_limits<double>::quiet_NaN());
  EXPECT_EQ(plain, negative);
}

TEST(Image, WritesTheLeastSignificantByteFirst) {
  std::vector<std::uint8_t> bytes;
  append_little_endian(bytes, std::int32_t{-2});
  append_little_endian(bytes, std::uint16_t{0x1234});
  EXPECT_EQ(bytes, (std::vector<std::uint8_t>{0xFE, 0xFF, 0xFF, 0xFF, 0x34, 0x12}));
}

TEST(Image, KnowsTheSizeOfEveryType) {
  for (int type = 0; type < static_cast<int>(ElementType::text); ++type) {
    const std::string name = type_name(static_cast<ElementType>(type));
    const std::size_t bits = std::stoul(name.substr(name.find_first_of("0123456789")));
    EXPECT_EQ(8 * element_size(static_cast<ElementType>(type)), bits) << name;
  }
}

}  // namespace
}  // namespace parley
