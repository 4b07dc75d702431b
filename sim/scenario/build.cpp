#include "sim/scenario/build.hpp"

#include <algorithm>
#include <filesystem>
#include <limits>
#include <set>
#include <tuple>

#include "sim/scenario/check.hpp"
#include "sim/scenario/describe.hpp"
#include "sim/scenario/nearest.hpp"
#include "sim/scenario/number.hpp"

namespace parley {

namespace {

constexpr std::size_t most_faults = 200;  // a file that is not a scenario at all should not fill the screen

const char* kind_text(const Tree& tree) {
  switch (tree.kind) {
    case Tree::Kind::nothing:
      return "nothing";
    case Tree::Kind::scalar:
      return "one value";
    case Tree::Kind::list:
      return "a list";
    case Tree::Kind::mapping:
      return "a mapping of keys";
  }
  return "";
}

// Whether one key is the other or lies within it.
bool within(const std::string& inner, const std::string& outer) {
  return inner.compare(0, outer.size(), outer) == 0 &&
         (inner.size() == outer.size() || outer.empty() || inner[outer.size()] == '.' || inner[outer.size()] == '[');
}

const Tree* entry(const Tree& tree, const std::string& name) {
  for (const TreeEntry& one : tree.entries)
    if (one.key == name) return &one.value;
  return nullptr;
}

std::vector<std::string> names_of(const std::vector<Described>& numbers) {
  std::vector<std::string> out;
  for (const Described& number : numbers)
    if (out.empty() || out.back() != number.name) out.push_back(number.name);
  return out;
}

}  // namespace

std::string joined_key(const std::string& above, const std::string& below) {
  if (above.empty() || below.empty()) return above + below;
  return below[0] == '[' ? above + below : above + "." + below;
}

void Findings::fault(const std::string& key, Fault fault) {
  faulty_.push_back(key);
  faults_.push_back(std::move(fault));
}

bool Findings::faulty(const std::string& key) const {
  return std::any_of(faulty_.begin(), faulty_.end(),
                     [&](const std::string& one) { return !one.empty() && (within(one, key) || within(key, one)); });
}

void Findings::take(const std::vector<Fault>& checked) {
  for (const Fault& found : checked) {
    if (faulty(found.key)) continue;
    Fault fault = found;
    const Fault* where = nullptr;
    std::string rest;
    if (const auto below = positions_.lower_bound(found.key);
        below != positions_.end() && (below->first == found.key || within(below->first, found.key))) {
      where = &below->second;  // the key itself, or the first part of it that stands somewhere
    } else {
      for (std::string key = found.key; !where && !key.empty();) {  // or the nearest thing around it
        const std::size_t cut = key.find_last_of(".[");
        key = cut == std::string::npos ? "" : key.substr(0, cut);
        if (const auto around = positions_.find(key); around != positions_.end()) {
          where = &around->second;
          rest = found.key.substr(key.size());
          if (!rest.empty() && rest[0] == '.') rest.erase(0, 1);
        }
      }
    }
    if (where) {
      fault = *where;
      fault.key = joined_key(where->key, rest);
      fault.message = found.message;
    }
    faults_.push_back(std::move(fault));
  }
}

void Findings::finish() {
  if (faults_.empty()) return;
  std::vector<std::string> files;  // the study's own, then those it names, in order of appearance
  if (const auto own = positions_.find(""); own != positions_.end()) files.push_back(own->second.file);
  for (const Fault& fault : faults_)
    if (std::find(files.begin(), files.end(), fault.file) == files.end()) files.push_back(fault.file);
  const auto rank = [&](const Fault& fault) {
    return std::find(files.begin(), files.end(), fault.file) - files.begin();
  };
  // One wrong setting of a command line is wrong in every mode; once is enough.
  std::set<std::string> seen;
  std::vector<Fault> once;
  for (Fault& fault : faults_)
    if (seen.insert(fault.text()).second) once.push_back(std::move(fault));
  faults_ = std::move(once);
  std::stable_sort(faults_.begin(), faults_.end(), [&](const Fault& a, const Fault& b) {
    return std::make_tuple(rank(a), a.line, a.column) < std::make_tuple(rank(b), b.line, b.column);
  });
  if (faults_.size() > most_faults) {
    Fault last = faults_[most_faults - 1];
    last.key.clear();
    last.message = "from here on there are " + std::to_string(faults_.size() - most_faults + 1) + " more faults";
    faults_.resize(most_faults - 1);
    faults_.push_back(std::move(last));
  }
  throw ScenarioError(std::move(faults_));
}

void Builder::fault(const Tree& at, const std::string& key, const std::string& message) {
  findings_.fault(joined_key(key_, key), Fault{file_, at.line, at.column, joined_key(local_, key), message});
}

void Builder::position(const Tree& at, const std::string& key) {
  findings_.position(joined_key(key_, key), Fault{file_, at.line, at.column, joined_key(local_, key), ""});
  if (at.faulty) findings_.reported(joined_key(key_, key));
}

// Visits each key of a mapping once, in file order. A key given twice and a key that nobody knows are faults.
void Builder::each(const Tree& tree, const std::string& key, const char* what, const std::vector<std::string>& known,
                   const Visit& visit, const Hint& hint) {
  position(tree, key);
  if (tree.faulty || tree.kind == Tree::Kind::nothing) return;
  if (tree.kind != Tree::Kind::mapping) {
    fault(tree, key, std::string("is ") + kind_text(tree) + " where a mapping of keys is needed (name: value)");
    return;
  }
  std::map<std::string, int> lines;
  for (const TreeEntry& one : tree.entries) {
    const std::string below = joined_key(key, one.key);
    Tree at;
    at.line = one.line;
    at.column = one.column;
    if (const auto before = lines.find(one.key); before != lines.end()) {
      fault(at, below,
            "duplicate key " + quote(one.key) + "; it already stands in line " + std::to_string(before->second));
      continue;
    }
    lines[one.key] = one.line;
    if (!known.empty() && std::find(known.begin(), known.end(), one.key) == known.end()) {
      const std::string better = hint ? hint(one.key) : "";
      fault(at, below,
            std::string("unknown ") + what + " " + quote(one.key) +
                (better.empty() ? did_you_mean(one.key, known) : better));
      continue;
    }
    visit(one.key, below, one.value);
  }
}

void Builder::required(const Tree& tree, const std::vector<const char*>& names, const std::string& key) {
  if (tree.faulty || tree.kind == Tree::Kind::scalar || tree.kind == Tree::Kind::list) return;  // reported by each()
  for (const char* name : names) {
    const Tree* found = entry(tree, name);
    if (!found)
      fault(tree, joined_key(key, name), "is missing and has no default");
    else if (found->kind == Tree::Kind::nothing && !found->faulty)
      fault(*found, joined_key(key, name), "has no value and no default");
  }
}

bool Builder::scalar(const Tree& tree, const std::string& key, const char* wanted) {
  position(tree, key);
  if (tree.faulty) return false;
  if (tree.kind == Tree::Kind::scalar) return true;
  fault(tree, key, std::string("is ") + kind_text(tree) + " where " + wanted + " is needed");
  return false;
}

bool Builder::text(const Tree& tree, const std::string& key, std::string& value) {
  if (!scalar(tree, key, "text")) return false;
  // A terminal would obey control characters, and no title needs one.
  for (char c : tree.text)
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F) {
      fault(tree, key, quote(tree.text) + " has a control character in it");
      return false;
    }
  value = tree.text;
  return true;
}

bool Builder::real(const Tree& tree, const std::string& key, double& value) {
  if (!scalar(tree, key, "a number")) return false;
  std::string why;
  if (tree.plain && read_number(tree.text, value, why)) return true;
  fault(tree, key, tree.plain ? why : quote(tree.text) + " is text in quotes; a number stands without quotes");
  return false;
}

bool Builder::whole(const Tree& tree, const std::string& key, std::int64_t& value) {
  if (!scalar(tree, key, "a whole number")) return false;
  std::string why;
  if (tree.plain && read_whole(tree.text, value, why)) return true;
  fault(tree, key, tree.plain ? why : quote(tree.text) + " is text in quotes; a number stands without quotes");
  return false;
}

void Builder::small(const Tree& tree, const std::string& key, int& value) {
  std::int64_t read = 0;
  if (!whole(tree, key, read)) return;
  // Far outside every range that check allows, so its message is the one to give.
  value = static_cast<int>(
      std::clamp<std::int64_t>(read, std::numeric_limits<int>::min(), std::numeric_limits<int>::max()));
}

bool Builder::boolean(const Tree& tree, const std::string& key, bool& value) {
  if (!scalar(tree, key, "true or false")) return false;
  if (tree.plain && (tree.text == "true" || tree.text == "false")) {
    value = tree.text == "true";
    return true;
  }
  std::string small;
  for (char c : tree.text) small += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  std::string hint = "; allowed are true and false";
  if (small == "yes" || small == "on" || small == "true" || small == "1" || small == "y") hint = "; write true";
  if (small == "no" || small == "off" || small == "false" || small == "0" || small == "n") hint = "; write false";
  fault(tree, key,
        quote(tree.text) + (tree.plain ? " is neither true nor false" : " is text in quotes, neither true nor false") +
            hint);
  return false;
}

// A name, in quotes or without.
bool Builder::choice(const Tree& tree, const std::string& key, const Described& number) {
  if (!scalar(tree, key, "a name")) return false;
  const std::vector<std::string> names = choices(number);
  const auto found = std::find(names.begin(), names.end(), tree.text);
  if (found != names.end()) {
    set(number, number.field.low + static_cast<double>(found - names.begin()));
    return true;
  }
  const std::string better = nearest(tree.text, names);
  fault(tree, key,
        quote(tree.text) + " is none of " + range_text(number) +
            (better.empty() ? "" : "; did you mean " + quote(better) + "?"));
  return false;
}

void Builder::texts(const Tree& tree, const std::string& key, std::vector<std::string>& values) {
  position(tree, key);
  values.clear();
  if (tree.faulty || tree.kind == Tree::Kind::nothing) return;
  if (tree.kind != Tree::Kind::list) {
    fault(tree, key, std::string("is ") + kind_text(tree) + " where a list is needed ([a, b])");
    return;
  }
  for (std::size_t i = 0; i < tree.items.size(); ++i) {
    std::string value;
    if (text(tree.items[i], key + "[" + std::to_string(i) + "]", value)) values.push_back(value);
  }
}

void Builder::date(const Tree& tree, const std::string& key, Place& place) {
  const std::optional<CalendarDate> read = day(tree, key);
  if (!read) return;
  place.start_year = read->year;
  place.start_month = read->month;
  place.start_day = read->day;
}

// Whether there is such a day is checked with everything else.
std::optional<CalendarDate> Builder::day(const Tree& tree, const std::string& key) {
  std::string value;
  if (!text(tree, key, value)) return {};
  const auto number = [&](std::size_t from, std::size_t count) {
    int out = 0;
    for (std::size_t i = from; i < from + count; ++i) out = out * 10 + (value[i] - '0');
    return out;
  };
  bool shape = value.size() == 10 && value[4] == '-' && value[7] == '-';
  for (std::size_t i = 0; shape && i < value.size(); ++i)
    shape = i == 4 || i == 7 || (value[i] >= '0' && value[i] <= '9');
  if (shape) return CalendarDate{number(0, 4), number(5, 2), number(8, 2)};
  fault(tree, key, quote(value) + " is not a date; write year, month and day as 2015-01-01");
  return {};
}

bool Builder::assign(const Described& number, const Tree& tree, const std::string& key) {
  if (auto* value = std::get_if<double*>(&number.value)) return real(tree, key, **value);
  if (is_choice(number)) return choice(tree, key, number);
  if (auto* value = std::get_if<std::int64_t*>(&number.value)) return whole(tree, key, **value);
  return boolean(tree, key, *std::get<bool*>(number.value));
}

void Builder::assign_elements(const std::vector<Described>& elements, const Tree& tree, const std::string& key) {
  std::vector<std::string> labels;
  std::string list;
  for (const Described& element : elements) {
    labels.push_back(element.label);
    list += (list.empty() ? "" : ", ") + element.label;
  }
  if (tree.kind == Tree::Kind::mapping) {
    each(tree, key, "element", labels, [&](const std::string& label, const std::string& below, const Tree& value) {
      assign(elements[static_cast<std::size_t>(std::find(labels.begin(), labels.end(), label) - labels.begin())], value,
             below);
    });
    return;
  }
  position(tree, key);
  if (tree.faulty) return;
  if (tree.kind != Tree::Kind::list) {
    fault(tree, key,
          std::string("is ") + kind_text(tree) + " where " + std::to_string(elements.size()) +
              " numbers are needed, as a list or by name: " + list);
    return;
  }
  if (tree.items.size() != elements.size()) {
    fault(tree, key,
          "has " + std::to_string(tree.items.size()) + " elements; it needs " + std::to_string(elements.size()) + ": " +
              list);
    return;
  }
  for (std::size_t i = 0; i < elements.size(); ++i) assign(elements[i], tree.items[i], joined_key(key, labels[i]));
}

void Builder::numbers(const Tree& tree, Place& place) {
  std::vector<Described> numbers;
  for (const Described& number : described_parameters(place))
    if (number.group == "place") numbers.push_back(number);
  const std::vector<std::string> names = names_of(numbers);
  each(tree, "numbers", "number of the place", names,
       [&](const std::string& name, const std::string& key, const Tree& value) {
         for (const Described& number : numbers)
           if (number.name == name) assign(number, value, key);
       });
}

void Builder::parameters(const Tree& tree, Place& place) {
  const std::vector<Described> all = described_parameters(place);
  std::vector<std::string> groups;
  std::map<std::string, std::vector<Described>> of_group;
  for (const Described& number : all) {
    if (number.group == "place") continue;
    if (of_group.find(number.group) == of_group.end()) groups.push_back(number.group);
    of_group[number.group].push_back(number);
  }
  each(tree, "parameters", "group of parameters", groups,
       [&](const std::string& group, const std::string& key, const Tree& names) {
         const auto assign_parameter = [&](const std::string& name, const std::string& below, const Tree& value) {
           std::vector<Described> elements;
           for (const Described& number : of_group[group])
             if (number.name == name) elements.push_back(number);
           if (elements.front().element < 0)
             assign(elements.front(), value, below);
           else
             assign_elements(elements, value, below);
         };
         const auto other_group = [&](const std::string& name) -> std::string {
           for (const Described& number : all)
             if (number.name == name && number.group != "place") return "; it belongs to group " + quote(number.group);
           return "";
         };
         each(names, key, "parameter", names_of(of_group[group]), assign_parameter, other_group);
       });
}

void Builder::levers(const Tree& tree, const std::string& key, Levers& levers,
                     std::function<void(const Described&)> done) {
  const std::vector<Described> all = described_levers(levers);
  each(tree, key, "lever", names_of(all), [&](const std::string& name, const std::string& below, const Tree& value) {
    for (const Described& lever : all)
      if (lever.name == name && assign(lever, value, below) && done) done(lever);
  });
}

void Builder::district(const Tree& tree, const std::string& key, District& district, bool named) {
  std::vector<std::string> known = {"slug", "title", "population", "insured"};
  if (named) known.erase(known.begin());
  each(tree, key, "key", known, [&](const std::string& name, const std::string& below, const Tree& value) {
    if (name == "slug") text(value, below, district.slug);
    if (name == "title") text(value, below, district.title);
    if (name == "population") whole(value, below, district.population);
    if (name == "insured") boolean(value, below, district.insured);
  });
  if (named)
    required(tree, {"population"}, key);
  else
    required(tree, {"slug", "population"}, key);
  if (district.title.empty()) district.title = district.slug;
}

void Builder::districts(const Tree& tree, Place& place) {
  if (tree.kind == Tree::Kind::mapping) {
    each(tree, "districts", "district", {}, [&](const std::string& slug, const std::string& key, const Tree& value) {
      District one;
      one.slug = slug;
      district(value, key, one, true);
      place.districts.push_back(one);
    });
    return;
  }
  position(tree, "districts");
  if (tree.faulty || tree.kind == Tree::Kind::nothing) return;
  if (tree.kind != Tree::Kind::list) {
    fault(tree, "districts", std::string("is ") + kind_text(tree) + " where a list of districts is needed");
    return;
  }
  for (std::size_t i = 0; i < tree.items.size(); ++i) {
    const Tree& item = tree.items[i];
    const Tree* slug = item.kind == Tree::Kind::mapping ? entry(item, "slug") : nullptr;
    const bool has_name = slug && slug->kind == Tree::Kind::scalar && is_slug(slug->text);
    District one;
    district(item, has_name ? "districts." + slug->text : "districts[" + std::to_string(i) + "]", one, false);
    if (item.kind == Tree::Kind::mapping) place.districts.push_back(one);
  }
}

// "file.csv", or a mapping with the file or the ties themselves, and the hash that they must have.
void Builder::social_ties(const Tree& tree, Place& place) {
  const std::string key = "social_ties";
  std::string file, hash;
  const Tree* pairs = nullptr;
  if (tree.kind == Tree::Kind::mapping)
    each(tree, key, "key", {"file", "ties", "sha256"},
         [&](const std::string& name, const std::string& below, const Tree& value) {
           if (name == "file") text(value, below, file);
           if (name == "sha256") text(value, below, hash);
           if (name == "ties") pairs = &value;
         });
  else
    text(tree, key, file);
  if (findings_.faulty(joined_key(key_, key)) || findings_.faulty(joined_key(key_, "districts"))) return;
  if (file.empty() == (pairs == nullptr))
    return fault(tree, key, "needs the name of a file of ties, or a list of ties, and not both");
  std::int64_t persons = 0;
  for (const District& one : place.districts)
    persons += std::clamp<std::int64_t>(one.population, 0, most_people_with_ties + 1);
  if (persons > most_people_with_ties)
    return fault(tree, key,
                 "a place with loaded ties may have " + std::to_string(most_people_with_ties) + " people at most");

  TieList list(persons, file_, joined_key(local_, key + ".ties"));
  if (pairs != nullptr) {
    std::vector<std::string> texts;
    this->texts(*pairs, key + ".ties", texts);
    if (findings_.faulty(joined_key(key_, key))) return;
    for (std::size_t i = 0; i < texts.size(); ++i)
      list.read_pairs(texts[i], pairs->items[i].line, pairs->items[i].column);
  } else {
    // Beside the place; a text that stands nowhere, such as a record's, is read from the folder where one is.
    const std::string beside = (std::filesystem::path(file_).parent_path() / file).lexically_normal().string();
    std::string content, why;
    if (!load_ties(beside, content, why)) return fault(tree, key, quote(beside) + ": " + why);
    list = TieList(persons, beside, "");
    list.read_lines(content);
  }
  place.social_ties = list.finish(file);
  for (const Fault& found : list.faults()) findings_.fault(joined_key(key_, key), found);
  if (place.social_ties != nullptr && !hash.empty() && hash != place.social_ties->sha256)
    fault(tree, key,
          "these are not the ties that the scenario was written with: their SHA-256 is " + place.social_ties->sha256 +
              ", not " + hash);
}

void Builder::place(const Tree& tree, Place& place) {
  const Tree* ties = nullptr;
  each(tree, "", "key",
       {"place", "title", "start", "sources", "numbers", "districts", "social_ties", "parameters", "status_quo"},
       [&](const std::string& name, const std::string& key, const Tree& value) {
         if (name == "place") text(value, key, place.slug);
         if (name == "title") text(value, key, place.title);
         if (name == "start") date(value, key, place);
         if (name == "sources") texts(value, key, place.sources);
         if (name == "numbers") numbers(value, place);
         if (name == "districts") districts(value, place);
         if (name == "social_ties") ties = &value;
         if (name == "parameters") parameters(value, place);
         if (name == "status_quo") levers(value, key, place.status_quo);
       });
  required(tree, {"place", "districts"});
  if (ties != nullptr) social_ties(*ties, place);  // once it is known how many people there are
  if (place.title.empty()) place.title = place.slug;
}

void Builder::mode(const Tree& tree, const Place* place, Mode& mode) {
  const auto settings_of = [&](const Tree& value, const std::string& key, int district) {
    Levers scratch;
    levers(value, key, scratch, [&](const Described& lever) {
      mode.settings.push_back({lever.name, lever.number(), district});
    });
  };
  std::vector<std::string> slugs;
  if (place)
    for (const District& one : place->districts) slugs.push_back(one.slug);
  each(tree, "", "key", {"mode", "title", "sources", "levers", "district_levers", "dated_levers"},
       [&](const std::string& name, const std::string& key, const Tree& value) {
         if (name == "mode") text(value, key, mode.slug);
         if (name == "title") text(value, key, mode.title);
         if (name == "sources") texts(value, key, mode.sources);
         if (name == "levers") settings_of(value, key, -1);
         if (name == "district_levers")
           each(value, key, "district", slugs,
                [&](const std::string& slug, const std::string& below, const Tree& settings) {
                  // Without a place the levers are still looked at, but cannot be put anywhere.
                  const auto at = std::find(slugs.begin(), slugs.end(), slug);
                  const std::size_t before = mode.settings.size();
                  settings_of(settings, below, at == slugs.end() ? -1 : static_cast<int>(at - slugs.begin()));
                  if (at == slugs.end()) mode.settings.resize(before);
                });
         if (name == "dated_levers") dated_levers(value, key, slugs, place, mode.settings);
       });
  // Those for every district first: the order in which they take effect and in which they are written.
  std::stable_sort(mode.settings.begin(), mode.settings.end(), [](const LeverSetting& a, const LeverSetting& b) {
    if (a.always() != b.always()) return a.always();
    return a.always() && a.district < b.district;
  });
  required(tree, {"mode"});
  if (mode.title.empty()) mode.title = mode.slug;
}

// [{lever: authority, value: 0.9, from: 2016-01-01, until: 2017-01-01, when: open_disputes > 50, district: east}]
void Builder::dated_levers(const Tree& tree, const std::string& key, const std::vector<std::string>& slugs,
                           const Place* place, std::vector<LeverSetting>& settings) {
  // Hospitals and committees have numbers, in the order of districts and, of hospitals, from the highest level down.
  const auto party = [&](const Tree& part, const std::string& below, std::int64_t count, const char* what, int& out) {
    std::int64_t number = 0;
    if (!whole(part, below, number)) return;
    if (number < 0 || (place != nullptr && number >= count))
      fault(part, below,
            "there is no " + std::string(what) + " number " + std::to_string(number) +
                (place != nullptr ? "; they go from 0 to " + std::to_string(count - 1) : ""));
    else
      out = static_cast<int>(number);
  };
  position(tree, key);
  if (tree.faulty || tree.kind == Tree::Kind::nothing) return;
  if (tree.kind != Tree::Kind::list) {
    fault(tree, key, std::string("is ") + kind_text(tree) + " where a list is needed ([{lever: authority, …}])");
    return;
  }
  std::size_t read = 0;
  for (std::size_t i = 0; i < tree.items.size(); ++i) {
    const std::string of_item = key + "[" + std::to_string(i) + "]";
    LeverSetting setting;
    const Tree* value = nullptr;
    each(tree.items[i], of_item, "key",
         {"lever", "value", "from", "until", "when", "district", "hospital", "committee"},
         [&](const std::string& name, const std::string& below, const Tree& part) {
           if (name == "lever") text(part, below, setting.lever);
           if (name == "value") value = &part;
           if (name == "from") setting.from = day(part, below);
           if (name == "until") setting.until = day(part, below);
           if (name == "when") condition(part, below, setting.when);
           if (name == "hospital" || name == "committee") {
             const PlaceNumbers numbers = place != nullptr ? place->numbers : PlaceNumbers{};
             if (name == "hospital")
               party(part, below, numbers.hospitals(), "hospital", setting.hospital);
             else
               party(part, below, numbers.committees, "committee", setting.committee);
           }
           if (name == "district") {
             std::string slug;
             if (!text(part, below, slug) || slugs.empty()) return;
             const auto at = std::find(slugs.begin(), slugs.end(), slug);
             if (at == slugs.end())
               fault(part, below, "unknown district " + quote(slug) + did_you_mean(slug, slugs));
             else
               setting.district = static_cast<int>(at - slugs.begin());
           }
         });
    required(tree.items[i], {"lever", "value"}, of_item);
    Levers scratch;
    const std::vector<Described> levers = described_levers(scratch);
    const auto lever =
        std::find_if(levers.begin(), levers.end(), [&](const Described& l) { return l.name == setting.lever; });
    if (lever == levers.end()) {
      if (!setting.lever.empty())
        fault(tree.items[i], of_item + ".lever",
              "unknown lever " + quote(setting.lever) + did_you_mean(setting.lever, names_of(levers)));
      continue;
    }
    if (value == nullptr || !assign(*lever, *value, of_item + ".value")) continue;
    setting.value = lever->number();
    if (findings_.faulty(joined_key(key_, of_item))) continue;  // what could not be read may be what it lacks
    if (setting.always()) {
      fault(tree.items[i], of_item,
            "has neither dates nor a condition nor a hospital or committee of its own; what is always in force stands "
            "under levers");
      continue;
    }
    if (setting.hospital >= 0 && setting.committee >= 0) {
      fault(tree.items[i], of_item, "is for a hospital and for a committee at once; a setting is for one party");
      continue;
    }
    // What is found wrong later has its number among those that could be read.
    findings_.position(joined_key(key_, key + "." + std::to_string(read++)),
                       Fault{file_, tree.items[i].line, tree.items[i].column, joined_key(local_, of_item), ""});
    settings.push_back(setting);
  }
}

void Builder::condition(const Tree& tree, const std::string& key, Condition& when) {
  std::string words;
  if (!text(tree, key, words)) return;
  const std::size_t sign = words.find_first_of("<>");
  const auto trimmed = [](std::string word) {
    while (!word.empty() && word.front() == ' ') word.erase(0, 1);
    while (!word.empty() && word.back() == ' ') word.pop_back();
    return word;
  };
  const std::vector<std::string> figures(figure_names.begin() + 1, figure_names.end());
  const std::string name = trimmed(words.substr(0, sign));
  const auto found = std::find(figures.begin(), figures.end(), name);
  std::string why;
  double threshold = 0;
  if (sign == std::string::npos || !read_number(trimmed(words.substr(sign + 1)), threshold, why)) {
    fault(tree, key, quote(words) + " is not a condition; write a figure, < or >, and a number: open_disputes > 50");
    return;
  }
  if (found == figures.end()) {
    fault(tree, key, quote(name) + " is not a figure that a government sees" + did_you_mean(name, figures));
    return;
  }
  when.figure = static_cast<PublicFigure>(found - figures.begin() + 1);
  when.above = words[sign] == '>';
  when.threshold = threshold;
}

void Builder::contrasts(const Tree& tree, std::vector<Contrast>& contrasts) {
  contrasts.clear();
  each(tree, "contrasts", "contrast", {}, [&](const std::string& slug, const std::string& key, const Tree& value) {
    Contrast one;
    one.slug = slug;
    each(value, key, "key", {"title", "hold", "solve"},
         [&](const std::string& name, const std::string& below, const Tree& part) {
           if (name == "title") text(part, below, one.title);
           if (name == "hold") texts(part, below, one.hold);
           if (name == "solve") {
             each(part, below, "key", {"lever", "tolerance"},
                  [&](const std::string& inner, const std::string& lowest, const Tree& leaf) {
                    if (inner == "lever") text(leaf, lowest, one.solve_lever);
                    if (inner == "tolerance") real(leaf, lowest, one.tolerance);
                  });
             required(part, {"lever"}, below);
           }
         });
    if (one.title.empty()) one.title = slug;
    contrasts.push_back(one);
  });
}

void Builder::draws(const Tree& tree, Points& draws) {
  each(tree, "draws", "key", {"keys", "rows"}, [&](const std::string& name, const std::string& key, const Tree& value) {
    if (name == "keys") texts(value, key, draws.keys);
    if (name != "rows") return;
    position(value, key);
    if (value.kind != Tree::Kind::list) {
      fault(value, key,
            std::string("is ") + kind_text(value) + " where a list of rows is needed ([[0.1, 2], [0.2, 3]])");
      return;
    }
    for (std::size_t r = 0; r < value.items.size(); ++r) {
      const Tree& row = value.items[r];
      const std::string of_row = key + "[" + std::to_string(r) + "]";
      position(row, of_row);
      draws.rows.emplace_back();
      if (row.kind != Tree::Kind::list) {
        fault(row, of_row, std::string("is ") + kind_text(row) + " where a list of numbers is needed ([0.1, 2])");
        continue;
      }
      for (std::size_t c = 0; c < row.items.size(); ++c) {
        draws.rows.back().push_back(0);
        real(row.items[c], of_row + "[" + std::to_string(c) + "]", draws.rows.back().back());
      }
    }
  });
  required(tree, {"keys", "rows"}, "draws");
}

StudyReferences Builder::study(const Tree& tree, Study& study) {
  StudyReferences references;
  each(tree, "", "key",
       {"study", "title", "question", "place", "modes", "baseline", "years", "burn_in_years", "replicates", "seed",
        "contrasts", "numbers", "parameters", "status_quo", "draws"},
       [&](const std::string& name, const std::string& key, const Tree& value) {
         if (name == "study") text(value, key, study.slug);
         if (name == "title") text(value, key, study.title);
         if (name == "question") text(value, key, study.question);
         if (name == "baseline") references.names_baseline = text(value, key, study.baseline);
         if (name == "years") small(value, key, study.years);
         if (name == "burn_in_years") small(value, key, study.burn_in_years);
         if (name == "replicates") small(value, key, study.replicates);
         if (name == "contrasts") {
           contrasts(value, study.contrasts);
           references.names_contrasts = true;
         }
         if (name == "draws") draws(value, study.draws);
         if (name == "place") references.place = &value;
         if (name == "modes") references.modes = &value;
         if (name == "numbers") references.numbers = &value;
         if (name == "parameters") references.parameters = &value;
         if (name == "status_quo") references.status_quo = &value;
         if (name == "seed") {
           std::int64_t seed = 0;
           if (!whole(value, key, seed)) return;
           if (seed < 0)
             fault(value, key, std::to_string(seed) + " is outside the range 0 to 9223372036854775807");
           else
             study.seed = static_cast<std::uint64_t>(seed);
         }
       });
  required(tree, {"study", "place", "modes"});
  if (study.title.empty()) study.title = study.slug;
  return references;
}

}  // namespace parley
