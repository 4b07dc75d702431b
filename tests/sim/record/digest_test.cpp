#include "sim/record/digest.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "sim/base/sha256.hpp"

namespace parley {
namespace {

Dataset numbers(const std::string& path, const std::vector<std::int16_t>& values) {
  Dataset dataset;
  dataset.path = path;
  dataset.type = ElementType::int16;
  dataset.shape = {values.size()};
  for (const std::int16_t value : values) append_little_endian(dataset.bytes, value);
  return dataset;
}

Image two_datasets() {
  Image image;
  image.groups = {{"/", {Attribute::words("title", "t"), Attribute::integer("complete", ElementType::uint8, 1)}}};
  image.datasets = {numbers("/b", {1, -2}), numbers("/a", {3})};
  image.datasets[0].attributes = {Attribute::words("units", "day"), Attribute::words("long_name", "n")};
  return image;
}

TEST(Digest, IsTheHashOfWhatTheHeaderSays) {
  const auto n = [](std::uint64_t value) {
    std::vector<std::uint8_t> bytes;
    append_little_endian(bytes, value);
    return std::string(bytes.begin(), bytes.end());
  };
  const auto t = [&](const std::string& text) { return n(text.size()) + text; };
  const std::string root =
      t("/") + t("group") + n(2) + t("complete") + t("uint8") + n(1) + n(1) + t("title") + t("text") + n(1) + t("t");
  const std::string a = t("/a") + t("int16") + n(1) + n(1) + std::string("\x03\0", 2) + n(0);
  const std::string b = t("/b") + t("int16") + n(1) + n(2) + std::string("\x01\0\xFE\xFF", 4) + n(2) + t("long_name") +
                        t("text") + n(1) + t("n") + t("units") + t("text") + n(1) + t("day");
  EXPECT_EQ(digest(two_datasets()), sha256_hex("parley-digest-1" + root + a + b));
}

TEST(Digest, DoesNotDependOnTheOrderInWhichThingsWereAdded) {
  Image other = two_datasets();
  std::swap(other.datasets[0], other.datasets[1]);
  std::swap(other.groups[0].attributes[0], other.groups[0].attributes[1]);
  EXPECT_EQ(digest(other), digest(two_datasets()));
}

TEST(Digest, SeesEveryChange) {
  std::vector<std::string> digests = {digest(two_datasets())};
  const auto changed = [&](auto change) {
    Image image = two_datasets();
    change(image);
    digests.push_back(digest(image));
  };
  changed([](Image& image) { image.datasets[0].bytes[0] ^= 1; });
  changed([](Image& image) { image.datasets[0].type = ElementType::uint16; });
  changed([](Image& image) { image.datasets[0].shape = {2, 1}; });
  changed([](Image& image) { image.datasets[0].path = "/c"; });
  changed([](Image& image) { image.datasets[0].attributes[0].value = std::string("year"); });
  changed([](Image& image) { image.datasets.pop_back(); });
  changed([](Image& image) { image.groups[0].attributes.pop_back(); });
  changed([](Image& image) { image.groups.push_back({"/cases", {}}); });
  std::sort(digests.begin(), digests.end());
  EXPECT_EQ(std::unique(digests.begin(), digests.end()), digests.end());
}

TEST(Digest, LeavesOutHowTheRunWasCarriedOutAndWhatTheFileLibraryAdds) {
  Image image = two_datasets();
  image.groups.push_back({"/provenance/run", {Attribute::words("note", "x")}});
  image.datasets.push_back(numbers("/provenance/run/threads", {8}));
  image.datasets[0].attributes.push_back(Attribute::words("CLASS", "DIMENSION_SCALE"));
  EXPECT_EQ(digest(image), digest(two_datasets()));
  EXPECT_FALSE(outside_digest("/provenance/running"));
  EXPECT_FALSE(outside_digest("/provenance"));
}

TEST(Digest, KeepsNeighbouringTextsApart) {
  Image one, two;
  one.datasets.emplace_back();
  one.datasets[0].type = ElementType::text;
  one.datasets[0].shape = {2};
  two = one;
  one.datasets[0].texts = {"ab", "c"};
  two.datasets[0].texts = {"a", "bc"};
  EXPECT_NE(digest(one), digest(two));
}

}  // namespace
}  // namespace parley
