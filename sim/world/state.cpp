#include "sim/world/state.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <type_traits>

#include "sim/base/bytes.hpp"
#include "sim/base/fields.hpp"

namespace parley {
namespace {

// What the walk over a world's structs (base/fields.hpp) cannot take apart by itself.
struct WorldParts {
  // Set when the place is populated.
  template <class W>
  void special(const Edge&, W&) {}
  // gcc 12 cannot count the fields of this one.
  template <class W>
  void special(const ExpertPoolRow& row, W& walk) {
    walk(row.share), walk(row.release);
  }
  template <class W>
  void special(ExpertPoolRow& row, W& walk) {
    walk(row.share), walk(row.release);
  }
};

// Rows whose number is fixed by the place.
template <class Visitor, class Rows>
void each(Visitor& visitor, Walk<Visitor>& walk, Rows& rows) {
  visitor.fixed(rows.size());
  for (auto& row : rows) walk(row);
}

template <class Visitor, class SomeWorld>
void each_part(Visitor& visitor, SomeWorld& world) {
  // A new part of the world does not compile until it is named here.
  auto& [today, key, population, districts, hospitals, committees, providers, mediators, pools, own_rules, graph,
         social, ledger, insurers, society, risk_curve, city_attention, province_attention, committee_month, disputes,
         free_slots, first_day, calendar] = world;
  (void)own_rules;  // made anew when a month begins
  (void)key, (void)population, (void)social, (void)society, (void)risk_curve, (void)first_day;
  Walk<Visitor> walk(visitor);
  walk(today);
  each(visitor, walk, districts);
  each(visitor, walk, hospitals);
  each(visitor, walk, committees);
  each(visitor, walk, providers);
  each(visitor, walk, pools);
  each(visitor, walk, insurers);
  walk(mediators);
  for (auto [edge, last] = boost::edges(graph); edge != last; ++edge) walk(graph[*edge].now);
  ledger.each_part(walk);
  walk(city_attention);
  walk(province_attention);
  walk(committee_month);
  visitor.disputes(disputes, walk);
  walk(free_slots);
  walk(calendar);
}

template <class Number>
std::uint64_t bits_of(Number value) {
  if constexpr (std::is_floating_point_v<Number>) {
    if (value != value) value = std::numeric_limits<Number>::quiet_NaN();
    std::conditional_t<sizeof(Number) == 4, std::uint32_t, std::uint64_t> bits;
    std::memcpy(&bits, &value, sizeof bits);
    return bits;
  } else {
    return static_cast<std::uint64_t>(value);
  }
}

// The finaliser of SplitMix64 (Steele, Lea and Flood 2014), over the sum so far and the next number.
constexpr std::uint64_t golden = 0x9E3779B97F4A7C15u;
constexpr std::uint64_t mixed(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

class Hasher : public WorldParts {
 public:
  using WorldParts::special;
  template <class Number>
  void number(Number value) {
    sum_ = mixed((sum_ ^ bits_of(value)) + golden);
  }
  void fixed(std::size_t) {}
  template <class T>
  void list(const std::vector<T>& items, Walk<Hasher>& walk) {
    number(items.size());
    for (const T& item : items) walk(item);
  }
  // A sum does not depend on the order of entries.
  template <class K, class T>
  void special(const boost::unordered_flat_map<K, T>& entries, Walk<Hasher>&) {
    if constexpr (!std::is_same_v<T, PatientMemory>) {  // those have a running sum beside them
      std::uint64_t all = 0;
      for (const auto& [key, entry] : entries) {
        Hasher one;
        one.number(key);
        Walk<Hasher> inside(one);
        inside(entry);
        all += one.sum();
      }
      number(all);
    }
    number(entries.size());
  }
  void disputes(const std::vector<Dispute>& rows, Walk<Hasher>& walk) {
    for (std::size_t slot = 0; slot < rows.size(); ++slot)
      if (rows[slot].open()) number(slot), walk(rows[slot]);  // what is left in free slots means nothing
  }
  std::uint64_t sum() const { return sum_; }

 private:
  std::uint64_t sum_ = 0;
};

class Packer : public WorldParts {
 public:
  using WorldParts::special;
  template <class Number>
  void number(Number value) {
    bytes_.number(value);
  }
  void fixed(std::size_t size) { bytes_.size(size); }
  template <class T>
  void list(const std::vector<T>& items, Walk<Packer>& walk) {
    bytes_.size(items.size());
    for (const T& item : items) walk(item);
  }
  template <class K, class T>
  void special(const boost::unordered_flat_map<K, T>& entries, Walk<Packer>& walk) {
    std::vector<K> keys;
    for (const auto& [key, entry] : entries) keys.push_back(key);
    std::sort(keys.begin(), keys.end());
    bytes_.size(keys.size());
    for (const K key : keys) number(key), walk(entries.at(key));
  }
  void disputes(const std::vector<Dispute>& rows, Walk<Packer>& walk) { list(rows, walk); }
  std::vector<std::uint8_t> take() { return bytes_.take(); }

 private:
  ByteWriter bytes_;
};

class Unpacker : public WorldParts {
 public:
  using WorldParts::special;
  explicit Unpacker(const std::vector<std::uint8_t>& bytes) : bytes_(bytes) {}

  template <class Number>
  void number(Number& value) {
    bytes_.number(value);
  }
  void fixed(std::size_t size) {
    if (bytes_.number<std::uint64_t>() != size) ByteReader::unfit();
  }
  template <class T>
  void list(std::vector<T>& items, Walk<Unpacker>& walk) {
    items.resize(bytes_.size());
    for (T& item : items) walk(item);
  }
  template <class K, class T>
  void special(boost::unordered_flat_map<K, T>& entries, Walk<Unpacker>& walk) {
    entries.clear();
    const std::size_t size = bytes_.size();
    entries.reserve(size);
    for (std::size_t i = 0; i < size; ++i) walk(entries[bytes_.number<K>()]);
  }
  void disputes(std::vector<Dispute>& rows, Walk<Unpacker>& walk) { list(rows, walk); }
  void finish() const { bytes_.finish(); }

 private:
  ByteReader bytes_;
};

}  // namespace

std::uint64_t state_hash(const World& world) {
  Hasher hasher;
  each_part(hasher, world);
  return hasher.sum();
}

std::uint64_t memory_hash(std::uint32_t patient, const PatientMemory& memory) {
  // By hand, two numbers at a time: this is done for every harm.
  Hasher hasher;
  hasher.number(patient);
  const auto pair = [&](std::uint64_t low, std::uint64_t high) { hasher.number(low | high << 32); };
  const auto& [trust, anger, harm, day] = memory;
  static_assert(trust_object_count == 5);
  pair(bits_of(trust[0]), bits_of(trust[1]));
  pair(bits_of(trust[2]), bits_of(trust[3]));
  pair(bits_of(trust[4]), bits_of(anger));
  pair(bits_of(harm), static_cast<std::uint32_t>(day));
  return hasher.sum();
}

std::uint64_t memory_sum(const DistrictRow& district) {
  std::uint64_t all = 0;
  for (const auto& [patient, memory] : district.memory) all += memory_hash(patient, memory);
  return all;
}

std::vector<std::uint8_t> pack(const World& world) {
  Packer packer;
  each_part(packer, world);
  return packer.take();
}

void unpack(const std::vector<std::uint8_t>& bytes, World& world) {
  Unpacker unpacker(bytes);
  each_part(unpacker, world);
  unpacker.finish();
}

}  // namespace parley
