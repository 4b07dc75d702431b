// Turns what a run left in memory into datasets, each as the catalogue describes it.
#pragma once
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/engine/results.hpp"
#include "sim/record/catalogue.hpp"
#include "sim/record/image.hpp"

namespace parley {

// HDF5 ends a text at a zero byte and readers refuse what is not UTF-8, so neither gets in.
std::string as_utf8(const std::string& text);

std::string parent_of(const std::string& path);

template <class Words>
std::string joined(const Words& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + std::string(word);
  return text;
}

// Turns catalogue entries into datasets; whoever fills them has to agree with the entry on type and shape.
class ImageBuilder {
 public:
  explicit ImageBuilder(const std::vector<CatalogueEntry>& listed = catalogue()) {
    for (const CatalogueEntry& entry : listed) entries_.emplace(entry.path, &entry);
  }

  void group(const std::string& path) { image_.groups.push_back({path, {}}); }
  void dimension(const std::string& path, std::size_t length) { image_.dimensions.push_back({path, length}); }

  void attribute(const std::string& name, const std::string& text) {
    if (!text.empty()) image_.groups.back().attributes.push_back(Attribute::words(name, as_utf8(text)));
  }
  void attribute(Attribute attribute) { image_.groups.back().attributes.push_back(std::move(attribute)); }

  // A dataset of numbers; fill(put) calls put(number) once per element, last axis fastest.
  template <class Number, class Fill>
  Dataset& numbers(const std::string& path, Fill fill) {
    Dataset& dataset = add(path);
    if (dataset.type != element_type_of<Number>())
      throw BrokenLaw("The record has the wrong type for " + path + ", which the catalogue calls " +
                      type_name(dataset.type) + ".");
    dataset.bytes.reserve(dataset.elements() * sizeof(Number));
    fill([&](Number value) { append_little_endian(dataset.bytes, value); });
    if (dataset.bytes.size() != dataset.elements() * sizeof(Number))
      throw BrokenLaw("The record has the wrong number of values for " + path + ".");
    return dataset;
  }

  Dataset& texts(const std::string& path, const std::vector<std::string>& values) {
    Dataset& dataset = add(path);
    if (dataset.type != ElementType::text || values.size() != dataset.elements())
      throw BrokenLaw("The record has the wrong type or number of values for " + path + ".");
    for (const std::string& value : values) dataset.texts.push_back(as_utf8(value));
    return dataset;
  }

  Image& image() { return image_; }

 private:
  Dataset& add(const std::string& path) {
    const auto entry = entries_.find(path);
    if (entry == entries_.end()) throw BrokenLaw("The catalogue of the record does not list " + path + ".");
    Dataset dataset;
    dataset.path = path;
    dataset.type = entry->second->type;
    std::string name;
    for (const char letter : entry->second->dimensions + " ") {
      if (letter != ' ') {
        name += letter;
      } else if (!name.empty()) {
        const Dimension& dimension = visible(path, name);
        dataset.dimensions.push_back(dimension.path);
        dataset.shape.push_back(dimension.length);
        name.clear();
      }
    }
    dataset.attributes.push_back(Attribute::words("long_name", entry->second->meaning));
    if (!entry->second->unit.empty()) dataset.attributes.push_back(Attribute::words("units", entry->second->unit));
    image_.datasets.push_back(std::move(dataset));
    return image_.datasets.back();
  }

  // The dimension of that name in the dataset's group or the nearest group around it.
  const Dimension& visible(const std::string& path, const std::string& name) const {
    for (std::string group = parent_of(path);; group = parent_of(group)) {
      if (const Dimension* found = image_.find_dimension(group + "/" + name)) return *found;
      if (group.empty()) throw BrokenLaw("The record has no dimension " + name + " for " + path + ".");
    }
  }

  Image image_;
  std::map<std::string, const CatalogueEntry*> entries_;
};

inline void note(Dataset& dataset, const std::string& name, const std::string& text) {
  dataset.attributes.push_back(Attribute::words(name, as_utf8(text)));
}

// CF's way of naming the codes 0, 1, 2 … of a column.
template <class Words>
void flags(Dataset& dataset, const Words& words) {
  std::vector<std::int64_t> codes;
  for (std::size_t code = 0; code < words.size(); ++code) codes.push_back(static_cast<std::int64_t>(code));
  dataset.attributes.push_back(Attribute::integers("flag_values", dataset.type, std::move(codes)));
  note(dataset, "flag_meanings", joined(words));
}

inline void set_unit(Dataset& dataset, const std::string& unit) {
  for (Attribute& attribute : dataset.attributes)
    if (attribute.name == "units") attribute.value = unit;
}

std::vector<std::string> policy_names(const StudyResult& result);
std::vector<std::string> district_slugs(const StudyResult& result);
std::string start_date(const StudyResult& result);  // "2015-01-01"

}  // namespace parley
