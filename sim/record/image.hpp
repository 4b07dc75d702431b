// An in-memory picture of a record: groups, dimensions, datasets and attributes. It knows no file format, so the digest
// of a result is the same where there is no HDF5 (a browser) and where the file was written and read back.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

namespace parley {

enum class ElementType : std::uint8_t {
  int8,
  int16,
  int32,
  int64,
  uint8,
  uint16,
  uint32,
  uint64,
  float32,
  float64,
  text,  // UTF-8 of any length
};

const char* type_name(ElementType type);     // "int64"
std::size_t element_size(ElementType type);  // bytes of one element; 0 for text

template <class Number>
constexpr ElementType element_type_of() {
  static_assert(std::is_arithmetic_v<Number> && !std::is_same_v<Number, bool>);
  if constexpr (std::is_floating_point_v<Number>) {
    return sizeof(Number) == 4 ? ElementType::float32 : ElementType::float64;
  } else {
    constexpr bool is_signed = std::is_signed_v<Number>;
    switch (sizeof(Number)) {
      case 1:
        return is_signed ? ElementType::int8 : ElementType::uint8;
      case 2:
        return is_signed ? ElementType::int16 : ElementType::uint16;
      case 4:
        return is_signed ? ElementType::int32 : ElementType::uint32;
      default:
        return is_signed ? ElementType::int64 : ElementType::uint64;
    }
  }
}

// Appends a number, least significant byte first. Every NaN becomes the same one: compilers differ in its sign.
template <class Number>
void append_little_endian(std::vector<std::uint8_t>& bytes, Number value);

struct Attribute {
  std::string name;
  ElementType type = ElementType::text;  // text, float64 or an integer type
  bool list = false;                     // one-dimensional instead of a single value; integers only
  std::variant<std::string, double, std::vector<std::int64_t>> value;

  static Attribute words(std::string name, std::string text) {
    return {std::move(name), ElementType::text, false, std::move(text)};
  }
  static Attribute real(std::string name, double value) {
    return {std::move(name), ElementType::float64, false, value};
  }
  static Attribute integer(std::string name, ElementType type, std::int64_t value) {
    return {std::move(name), type, false, std::vector<std::int64_t>{value}};
  }
  static Attribute integers(std::string name, ElementType type, std::vector<std::int64_t> values) {
    return {std::move(name), type, true, std::move(values)};
  }
};

struct Group {
  std::string path;  // "/" or "/cases"; parents come before their children
  std::vector<Attribute> attributes;
};

// An axis that datasets share. Where a one-dimensional dataset has the same path, that dataset is its coordinate.
struct Dimension {
  std::string path;  // "/policy", "/cases/case"
  std::uint64_t length = 0;
};

struct Dataset {
  std::string path;
  ElementType type = ElementType::float64;
  std::vector<std::uint64_t> shape;     // empty for a single value
  std::vector<std::string> dimensions;  // path of a Dimension per axis; not filled in when read back from a file
  std::vector<std::uint8_t> bytes;      // of numbers, little-endian, last axis fastest
  std::vector<std::string> texts;       // of text
  std::vector<Attribute> attributes;

  std::uint64_t elements() const;
};

struct Image {
  std::vector<Group> groups;  // the first one is "/"
  std::vector<Dimension> dimensions;
  std::vector<Dataset> datasets;

  const Dataset* find(std::string_view path) const;
  const Group* find_group(std::string_view path) const;
  const Dimension* find_dimension(std::string_view path) const;
};

}  // namespace parley
