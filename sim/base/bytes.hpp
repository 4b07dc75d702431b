// Numbers, texts and lists as little-endian bytes, and back with every length checked.
#pragma once
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "sim/base/error.hpp"

namespace parley {

class ByteWriter {
 public:
  template <class Number>
  void number(Number value) {
    static_assert(std::is_arithmetic_v<Number>);
    std::uint64_t bits = 0;
    if constexpr (std::is_floating_point_v<Number>) {
      std::conditional_t<sizeof(Number) == 4, std::uint32_t, std::uint64_t> raw;
      std::memcpy(&raw, &value, sizeof raw);
      bits = raw;
    } else {
      bits = static_cast<std::uint64_t>(value);
    }
    for (std::size_t i = 0; i < sizeof(Number); ++i) bytes_.push_back(static_cast<std::uint8_t>(bits >> (8 * i)));
  }
  void size(std::size_t count) { number(static_cast<std::uint64_t>(count)); }
  void text(std::string_view text) {
    size(text.size());
    bytes_.insert(bytes_.end(), text.begin(), text.end());
  }
  void block(const std::vector<std::uint8_t>& bytes) {
    size(bytes.size());
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  }
  const std::vector<std::uint8_t>& bytes() const { return bytes_; }
  std::vector<std::uint8_t> take() { return std::move(bytes_); }

 private:
  std::vector<std::uint8_t> bytes_;
};

// Throws a FileError where the bytes end too early or say something that cannot be.
class ByteReader {
 public:
  ByteReader(const std::uint8_t* data, std::size_t size) : data_(data), left_(size) {}
  explicit ByteReader(const std::vector<std::uint8_t>& bytes) : ByteReader(bytes.data(), bytes.size()) {}

  template <class Number>
  void number(Number& value) {
    std::uint64_t bits = 0;
    need(sizeof(Number));
    for (std::size_t i = 0; i < sizeof(Number); ++i) bits |= std::uint64_t{*data_++} << (8 * i);
    left_ -= sizeof(Number);
    if constexpr (std::is_same_v<Number, bool>) {
      if (bits > 1) unfit();
      value = bits != 0;
    } else if constexpr (std::is_floating_point_v<Number>) {
      const auto raw = static_cast<std::conditional_t<sizeof(Number) == 4, std::uint32_t, std::uint64_t>>(bits);
      std::memcpy(&value, &raw, sizeof value);
    } else {
      value = static_cast<Number>(bits);
    }
  }
  template <class Number>
  Number number() {
    Number value{};
    number(value);
    return value;
  }
  // A number of items, each of which takes a byte at least: what is claimed cannot be more than what is there.
  std::size_t size() {
    const auto count = number<std::uint64_t>();
    if (count > left_) unfit();
    return static_cast<std::size_t>(count);
  }
  std::string text() {
    const std::size_t length = size();
    std::string text(reinterpret_cast<const char*>(data_), length);
    data_ += length, left_ -= length;
    return text;
  }
  std::vector<std::uint8_t> block() {
    const std::size_t length = size();
    std::vector<std::uint8_t> bytes(data_, data_ + length);
    data_ += length, left_ -= length;
    return bytes;
  }
  std::size_t left() const { return left_; }
  void finish() const {
    if (left_ != 0) unfit();
  }
  [[noreturn]] static void unfit() {
    throw FileError("Cannot go on from what was saved: it does not fit the study, or it is damaged.");
  }

 private:
  void need(std::size_t count) const {
    if (count > left_) unfit();
  }
  const std::uint8_t* data_;
  std::size_t left_;
};

}  // namespace parley
