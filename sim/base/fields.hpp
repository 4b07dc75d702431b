// Takes structs apart field by field, so that a field added later cannot be forgotten by whoever stores or hashes them.
#pragma once
#include <array>
#include <boost/pfr.hpp>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace parley {

// Calls `visitor` for what a value consists of, in the order of declaration: number(n) for each number, flag and code;
// list(vector, walk) for each list. Structs and arrays are walked through.
template <class Visitor>
class Walk {
 public:
  explicit Walk(Visitor& visitor) : visitor_(visitor) {}

  template <class T>
  void operator()(T& value) {
    using Plain = std::remove_const_t<T>;
    if constexpr (std::is_enum_v<Plain>) {
      static_assert(std::is_same_v<std::underlying_type_t<Plain>, std::uint8_t>);  // bytes may be looked at as such
      visitor_.number(
          reinterpret_cast<std::conditional_t<std::is_const_v<T>, const std::uint8_t, std::uint8_t>&>(value));
    } else if constexpr (std::is_arithmetic_v<Plain>) {
      visitor_.number(value);
    } else if constexpr (requires { visitor_.special(value, *this); }) {
      visitor_.special(value, *this);
    } else {
      boost::pfr::for_each_field(value, [this](auto& field) { (*this)(field); });
    }
  }
  template <class T, std::size_t N>
  void operator()(const std::array<T, N>& items) {
    for (const T& item : items) (*this)(item);
  }
  template <class T, std::size_t N>
  void operator()(std::array<T, N>& items) {
    for (T& item : items) (*this)(item);
  }
  template <class T>
  void operator()(const std::vector<T>& items) {
    visitor_.list(items, *this);
  }
  template <class T>
  void operator()(std::vector<T>& items) {
    visitor_.list(items, *this);
  }

 private:
  Visitor& visitor_;
};

}  // namespace parley
