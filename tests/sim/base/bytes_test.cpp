#include "sim/base/bytes.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace parley {
namespace {

TEST(Bytes, GiveBackWhatWasPutIn) {
  ByteWriter writer;
  writer.number(std::int32_t{-5});
  writer.number(0.1);
  writer.number(-1.5f);
  writer.number(true);
  writer.number(std::numeric_limits<std::uint64_t>::max());
  writer.text("ü");
  writer.block({1, 2, 3});
  ByteReader reader(writer.bytes());
  EXPECT_EQ(reader.number<std::int32_t>(), -5);
  EXPECT_EQ(reader.number<double>(), 0.1);
  EXPECT_EQ(reader.number<float>(), -1.5f);
  EXPECT_TRUE(reader.number<bool>());
  EXPECT_EQ(reader.number<std::uint64_t>(), std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(reader.text(), "ü");
  EXPECT_EQ(reader.block(), (std::vector<std::uint8_t>{1, 2, 3}));
  EXPECT_NO_THROW(reader.finish());
}

TEST(Bytes, TheLeastSignificantComesFirst) {
  ByteWriter writer;
  writer.number(std::uint32_t{0x01020304});
  EXPECT_EQ(writer.bytes(), (std::vector<std::uint8_t>{4, 3, 2, 1}));
}

TEST(Bytes, NothingIsReadThatIsNotThere) {
  const std::vector<std::uint8_t> three = {1, 2, 3};
  EXPECT_THROW(ByteReader(three).number<std::uint32_t>(), FileError);
  EXPECT_THROW(ByteReader(three).finish(), FileError);
  ByteWriter liar;
  liar.size(1'000'000);  // so many items cannot follow in no bytes
  EXPECT_THROW(ByteReader(liar.bytes()).size(), FileError);
  EXPECT_THROW(ByteReader(liar.bytes()).text(), FileError);
  const std::vector<std::uint8_t> neither = {2};
  EXPECT_THROW(ByteReader(neither).number<bool>(), FileError);
}

}  // namespace
}  // namespace parley
