#include "sim/record/digest.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "sim/base/sha256.hpp"

namespace parley {
namespace {

class Hash {
 public:
  void raw(const std::vector<std::uint8_t>& bytes) { sha_.update(bytes.data(), bytes.size()); }
  void raw(std::string_view text) { sha_.update(text); }
  void number(std::uint64_t value) {
    std::vector<std::uint8_t> bytes;
    append_little_endian(bytes, value);
    raw(bytes);
  }
  void text(std::string_view text) {
    number(text.size());
    raw(text);
  }

  void attributes(const std::vector<Attribute>& all) {
    std::vector<const Attribute*> sorted;
    for (const Attribute& attribute : all)
      if (!is_machinery(attribute.name)) sorted.push_back(&attribute);
    std::sort(sorted.begin(), sorted.end(), [](auto* a, auto* b) { return a->name < b->name; });
    number(sorted.size());
    for (const Attribute* attribute : sorted) {
      text(attribute->name);
      text(type_name(attribute->type));
      if (auto* words = std::get_if<std::string>(&attribute->value)) {
        number(1);
        text(*words);
      } else if (auto* real = std::get_if<double>(&attribute->value)) {
        std::vector<std::uint8_t> bytes;
        append_little_endian(bytes, *real);
        number(1);
        raw(bytes);
      } else {
        const auto& integers = std::get<std::vector<std::int64_t>>(attribute->value);
        number(integers.size());
        for (const std::int64_t value : integers) number(static_cast<std::uint64_t>(value));
      }
    }
  }

  std::string hex() const { return sha_.hex(); }

 private:
  Sha256 sha_;
};

}  // namespace

bool is_machinery(std::string_view attribute) {
  static constexpr std::array<std::string_view, 9> names = {"CLASS",
                                                            "NAME",
                                                            "DIMENSION_LIST",
                                                            "REFERENCE_LIST",
                                                            "DIMENSION_LABELS",
                                                            "_Netcdf4Dimid",
                                                            "_Netcdf4Coordinates",
                                                            "_NCProperties",
                                                            "_nc3_strict"};
  return std::find(names.begin(), names.end(), attribute) != names.end();
}

bool outside_digest(std::string_view path) {
  static constexpr std::string_view run = "/provenance/run";
  return path.substr(0, run.size()) == run && (path.size() == run.size() || path[run.size()] == '/');
}

std::string digest(const Image& image) {
  // A group and a dataset cannot have the same path.
  struct Entry {
    std::string_view path;
    const Group* group;
    const Dataset* dataset;
  };
  std::vector<Entry> entries;
  for (const Group& group : image.groups) entries.push_back({group.path, &group, nullptr});
  for (const Dataset& dataset : image.datasets) entries.push_back({dataset.path, nullptr, &dataset});
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.path < b.path; });

  Hash hash;
  hash.raw("parley-digest-1");
  for (const Entry& entry : entries) {
    if (outside_digest(entry.path)) continue;
    hash.text(entry.path);
    if (entry.group) {
      hash.text("group");
      hash.attributes(entry.group->attributes);
      continue;
    }
    hash.text(type_name(entry.dataset->type));
    hash.number(entry.dataset->shape.size());
    for (const std::uint64_t length : entry.dataset->shape) hash.number(length);
    hash.raw(entry.dataset->bytes);
    for (const std::string& text : entry.dataset->texts) hash.text(text);
    hash.attributes(entry.dataset->attributes);
  }
  return hash.hex();
}

}  // namespace parley
