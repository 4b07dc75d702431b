#include "sim/record/image.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

namespace parley {

const char* type_name(ElementType type) {
  switch (type) {
    case ElementType::int8:
      return "int8";
    case ElementType::int16:
      return "int16";
    case ElementType::int32:
      return "int32";
    case ElementType::int64:
      return "int64";
    case ElementType::uint8:
      return "uint8";
    case ElementType::uint16:
      return "uint16";
    case ElementType::uint32:
      return "uint32";
    case ElementType::uint64:
      return "uint64";
    case ElementType::float32:
      return "float32";
    case ElementType::float64:
      return "float64";
    case ElementType::text:
      return "text";
  }
  return "unknown";
}

std::size_t element_size(ElementType type) {
  switch (type) {
    case ElementType::int8:
    case ElementType::uint8:
      return 1;
    case ElementType::int16:
    case ElementType::uint16:
      return 2;
    case ElementType::int32:
    case ElementType::uint32:
    case ElementType::float32:
      return 4;
    case ElementType::int64:
    case ElementType::uint64:
    case ElementType::float64:
      return 8;
    case ElementType::text:
      return 0;
  }
  return 0;
}

namespace {

template <std::size_t Size>
struct UnsignedOf;
template <>
struct UnsignedOf<1> {
  using type = std::uint8_t;
};
template <>
struct UnsignedOf<2> {
  using type = std::uint16_t;
};
template <>
struct UnsignedOf<4> {
  using type = std::uint32_t;
};
template <>
struct UnsignedOf<8> {
  using type = std::uint64_t;
};

}  // namespace

template <class Number>
void append_little_endian(std::vector<std::uint8_t>& bytes, Number value) {
  if constexpr (std::is_floating_point_v<Number>) {
    if (value != value) value = std::numeric_limits<Number>::quiet_NaN();
  }
  typename UnsignedOf<sizeof(Number)>::type bits;
  std::memcpy(&bits, &value, sizeof bits);
  std::uint8_t ordered[sizeof(Number)];
  for (std::size_t i = 0; i < sizeof(Number); ++i) ordered[i] = static_cast<std::uint8_t>(bits >> (8 * i));
  bytes.insert(bytes.end(), ordered, ordered + sizeof(Number));
}

template void append_little_endian(std::vector<std::uint8_t>&, std::int8_t);
template void append_little_endian(std::vector<std::uint8_t>&, std::int16_t);
template void append_little_endian(std::vector<std::uint8_t>&, std::int32_t);
template void append_little_endian(std::vector<std::uint8_t>&, std::int64_t);
template void append_little_endian(std::vector<std::uint8_t>&, std::uint8_t);
template void append_little_endian(std::vector<std::uint8_t>&, std::uint16_t);
template void append_little_endian(std::vector<std::uint8_t>&, std::uint32_t);
template void append_little_endian(std::vector<std::uint8_t>&, std::uint64_t);
template void append_little_endian(std::vector<std::uint8_t>&, float);
template void append_little_endian(std::vector<std::uint8_t>&, double);

std::uint64_t Dataset::elements() const {
  std::uint64_t count = 1;
  for (const std::uint64_t length : shape) count *= length;
  return count;
}

namespace {

template <class Items>
auto find_path(const Items& items, std::string_view path) -> const typename Items::value_type* {
  const auto found = std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.path == path; });
  return found == items.end() ? nullptr : &*found;
}

}  // namespace

const Dataset* Image::find(std::string_view path) const { return find_path(datasets, path); }
const Group* Image::find_group(std::string_view path) const { return find_path(groups, path); }
const Dimension* Image::find_dimension(std::string_view path) const { return find_path(dimensions, path); }

}  // namespace parley
