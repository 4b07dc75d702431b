#include "sim/base/fields.hpp"

#include <gtest/gtest.h>

#include <string>

namespace parley {
namespace {

enum class Colour : std::uint8_t { red, green };
struct Inner {
  std::int64_t cents = 0;
};
struct Outer {
  Colour colour = Colour::green;
  bool flag = true;
  double number = 0.5;
  std::array<Inner, 2> pair{{{7}, {8}}};
  std::vector<float> list = {1.5f, 2.5f};
};

struct Teller {
  std::string text;
  template <class Number>
  void number(Number value) {
    text += std::to_string(static_cast<double>(value)).substr(0, 3) + " ";
  }
  template <class T>
  void list(const std::vector<T>& items, Walk<Teller>& walk) {
    text += "[";
    for (const T& item : items) walk(item);
    text += "]";
  }
};
struct Doubler {
  template <class Number>
  void number(Number& value) {
    if constexpr (std::is_same_v<Number, double>) value *= 2;
  }
  template <class T>
  void list(std::vector<T>& items, Walk<Doubler>& walk) {
    for (T& item : items) walk(item);
  }
};

TEST(Fields, AreWalkedInTheOrderOfDeclaration) {
  Teller teller;
  Walk<Teller> walk(teller);
  const Outer outer;
  walk(outer);
  EXPECT_EQ(teller.text, "1.0 1.0 0.5 7.0 8.0 [1.5 2.5 ]");
}

TEST(Fields, CanBeChangedOnTheWay) {
  Doubler doubler;
  Walk<Doubler> walk(doubler);
  Outer outer;
  walk(outer);
  EXPECT_EQ(outer.number, 1);
}

}  // namespace
}  // namespace parley
