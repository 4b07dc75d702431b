#include "sim/scenario/render.hpp"

#include <gtest/gtest.h>

namespace parley {
namespace {

TEST(Render, ShowsTheLineWithACaret) {
  const Fault fault{"a.yaml", 2, 8, "title", "is wrong"};
  EXPECT_EQ(render(fault, "place: x\ntitle: y\n"),
            "a.yaml:2:8: title: is wrong\n"
            "    2 | title: y\n"
            "      |        ^");
  EXPECT_EQ(render(Fault{"a.yaml", 1, 4, "", "is wrong"}, "重庆 x\n"),
            "a.yaml:1:4: is wrong\n"
            "    1 | 重庆 x\n"
            "      |      ^");
  EXPECT_EQ(render(Fault{"--set", 0, 0, "", "is wrong"}, "place: x\n"), "--set: is wrong");
  EXPECT_EQ(render(Fault{"a.yaml", 9, 1, "", "is wrong"}, "place: x\n"), "a.yaml:9:1: is wrong");
}

TEST(Render, LeavesOutLinesThatHelpNobody) {
  const Fault fault{"a.yaml", 1, 3, "", "is wrong"};
  EXPECT_EQ(render(fault, std::string(500, 'x')), "a.yaml:1:3: is wrong");
  EXPECT_EQ(render(fault, "\xff\xff"), "a.yaml:1:3: is wrong");
  EXPECT_EQ(render(fault, "a\tb\x1b[31m"), "a.yaml:1:3: is wrong\n    1 | a b [31m\n      |   ^");
}

TEST(Characters, AreMeasuredAndRefused) {
  EXPECT_EQ(utf8_length("a", 0), 1u);
  EXPECT_EQ(utf8_length("é", 0), 2u);
  EXPECT_EQ(utf8_length("重", 0), 3u);
  EXPECT_EQ(utf8_length("\xF0\x9F\x98\x80", 0), 4u);
  for (const char* wrong :
       {"\x80", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF0\x80\x80\xAF", "\xF4\x90\x80\x80", "\xE9\x87", "\xFF"})
    EXPECT_EQ(utf8_length(wrong, 0), 0u);
}

TEST(Lines, EndInEitherWay) {
  EXPECT_EQ(lines_of("a\r\nb\nc"), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(lines_of(""), std::vector<std::string>{""});
}

}  // namespace
}  // namespace parley
