#include "sim/scenario/write.hpp"

#include <algorithm>
#include <cstdio>

#include "sim/scenario/describe.hpp"
#include "sim/scenario/number.hpp"

namespace parley {

namespace {

// Text in double quotes, with the escapes that YAML and JSON share.
std::string in_quotes(const std::string& text) {
  std::string out = "\"";
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      out += std::string("\\") + c;
    else if (c == '\n')
      out += "\\n";
    else if (c == '\t')
      out += "\\t";
    else if (byte < 0x20 || byte == 0x7F) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", byte);
      out += escape;
    } else
      out += c;
  }
  return out + "\"";
}

class Lines {
 public:
  explicit Lines(int depth = 0) : depth_(depth) {}

  void line(const std::string& text) { out_ += std::string(static_cast<std::size_t>(2 * depth_), ' ') + text + "\n"; }
  void text(const std::string& key, const std::string& value) { line(key + ": " + in_quotes(value)); }
  void list(const std::string& key, const std::vector<std::string>& values) {
    if (values.empty()) return line(key + ": []");
    line(key + ":");
    for (const std::string& value : values) line("  - " + in_quotes(value));
  }
  void deeper() { ++depth_; }
  void back() { --depth_; }
  const std::string& all() const { return out_; }

  // "name: 0.3" for each number, arrays as one line with the names of their elements.
  void numbers(const std::vector<Described>& numbers) {
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      if (numbers[i].element < 0) {
        line(numbers[i].name + ": " + value_text(numbers[i]));
        continue;
      }
      std::string elements;
      std::size_t j = i;
      for (; j < numbers.size() && numbers[j].base() == numbers[i].base(); ++j)
        elements += (j > i ? ", " : "") + numbers[j].label + ": " + value_text(numbers[j]);
      line(numbers[i].name + ": {" + elements + "}");
      i = j - 1;
    }
  }

  void place(const Place& original) {
    Place place = original;  // descriptions point into what they describe
    text("place", place.slug);
    text("title", place.title);
    char date[40];
    std::snprintf(date, sizeof date, "start: %04d-%02d-%02d", place.start_year, place.start_month, place.start_day);
    line(date);
    list("sources", place.sources);
    std::vector<Described> of_place;
    std::vector<std::vector<Described>> groups;
    for (const Described& number : described_parameters(place)) {
      if (number.group == "place") {
        of_place.push_back(number);
        continue;
      }
      if (groups.empty() || groups.back().front().group != number.group) groups.emplace_back();
      groups.back().push_back(number);
    }
    block("numbers", of_place);
    line("districts:");
    for (const District& one : place.districts)
      line("  - {slug: " + in_quotes(one.slug) + ", title: " + in_quotes(one.title) +
           ", population: " + std::to_string(one.population) + ", insured: " + (one.insured ? "true" : "false") + "}");
    if (place.social_ties != nullptr) social_ties(*place.social_ties);
    line("parameters:");
    deeper();
    for (const std::vector<Described>& group : groups) block(group.front().group, group);
    back();
    block("status_quo", described_levers(place.status_quo));
  }

  void mode(const Mode& mode, const Place& place) {
    text("mode", mode.slug);
    text("title", mode.title);
    list("sources", mode.sources);
    const auto settings = [&](const std::string& key, int district) {
      Levers scratch;
      const std::vector<Described> levers = described_levers(scratch);
      std::vector<Described> named;
      for (const LeverSetting& setting : mode.settings)
        for (const Described& lever : levers)
          if (setting.always() && setting.district == district && setting.lever == lever.name) {
            set(lever, setting.value);
            named.push_back(lever);
          }
      if (!named.empty()) block(key, named);
    };
    settings("levers", -1);
    dated(mode, place);
    const bool narrow = std::any_of(mode.settings.begin(), mode.settings.end(),
                                    [](const LeverSetting& s) { return s.always() && s.district >= 0; });
    if (!narrow) return;
    line("district_levers:");
    deeper();
    for (std::size_t district = 0; district < place.districts.size(); ++district)
      settings(place.districts[district].slug, static_cast<int>(district));
    back();
  }

  void study(const Study& study) {
    text("study", study.slug);
    text("title", study.title);
    text("question", study.question);
    text("baseline", study.baseline);
    line("years: " + std::to_string(study.years));
    line("burn_in_years: " + std::to_string(study.burn_in_years));
    line("replicates: " + std::to_string(study.replicates));
    line("seed: " + std::to_string(study.seed));
    if (!study.draws.empty()) draws(study.draws);
    line(study.contrasts.empty() ? "contrasts: {}" : "contrasts:");
    deeper();
    for (const Contrast& contrast : study.contrasts) {
      line(contrast.slug + ":");
      deeper();
      text("title", contrast.title);
      std::string held;
      for (const std::string& lever : contrast.hold) held += (held.empty() ? "" : ", ") + lever;
      if (!held.empty()) line("hold: [" + held + "]");
      if (!contrast.solve_lever.empty())
        line("solve: {lever: " + contrast.solve_lever + ", tolerance: " + number_text(contrast.tolerance) + "}");
      back();
    }
    back();
    line("place:");
    deeper();
    place(study.place);
    back();
    line("modes:");
    for (const Mode& one : study.modes) {
      line("  -");
      deeper();
      deeper();
      mode(one, study.place);
      back();
      back();
    }
  }

 private:
  void dated(const Mode& mode, const Place& place) {
    bool first = true;
    for (const LeverSetting& setting : mode.settings) {
      if (setting.always()) continue;
      if (first) line("dated_levers:");
      first = false;
      line("  - " + write_setting(setting, place));
    }
  }

  void draws(const Points& draws) {
    line("draws:");
    deeper();
    list("keys", draws.keys);
    line("rows:");
    for (const std::vector<double>& row : draws.rows) {
      std::string numbers;
      for (const double value : row) numbers += (numbers.empty() ? "" : ", ") + number_text(value);
      line("  - [" + numbers + "]");
    }
    back();
  }

  // Few ties stand here themselves, many lines to a text; of many the file is named, and what it must contain.
  void social_ties(const SocialTies& ties) {
    line("social_ties:");
    deeper();
    if (ties.graph.tie_count() > most_inline_ties) {
      text("file", ties.file);
    } else {
      constexpr std::size_t full = 90;
      std::vector<std::string> texts;
      ties.graph.each_tie([&](Person a, Person b) {
        const std::string pair = std::to_string(a) + "," + std::to_string(b);
        if (texts.empty() || texts.back().size() + pair.size() > full)
          texts.push_back(pair);
        else
          texts.back() += " " + pair;
      });
      list("ties", texts);
    }
    text("sha256", ties.sha256);
    back();
  }

  void block(const std::string& key, const std::vector<Described>& of_block) {
    line(key + ":");
    deeper();
    numbers(of_block);
    back();
  }

  std::string out_;
  int depth_;
};

}  // namespace

std::string write_study(const Study& study) {
  Lines out;
  out.study(study);
  return out.all();
}

std::string write_place(const Place& place) {
  Lines out;
  out.place(place);
  return out.all();
}

std::string write_mode(const Mode& mode, const Place& place) {
  Lines out;
  out.mode(mode, place);
  return out.all();
}

std::string write_setting(const LeverSetting& setting, const Place& place) {
  std::string text = "{lever: " + setting.lever;
  Levers scratch;
  for (const Described& lever : described_levers(scratch))
    if (lever.name == setting.lever) {
      set(lever, setting.value);
      text += ", value: " + value_text(lever);
    }
  if (setting.from) text += ", from: " + setting.from->text();
  if (setting.until) text += ", until: " + setting.until->text();
  if (setting.when.figure != PublicFigure::none)
    text += std::string(", when: \"") + figure_names[static_cast<std::size_t>(setting.when.figure)] +
            (setting.when.above ? " > " : " < ") + number_text(setting.when.threshold) + "\"";
  if (setting.district >= 0)
    text += ", district: " + in_quotes(place.districts[static_cast<std::size_t>(setting.district)].slug);
  if (setting.hospital >= 0) text += ", hospital: " + std::to_string(setting.hospital);
  if (setting.committee >= 0) text += ", committee: " + std::to_string(setting.committee);
  return text + "}";
}

}  // namespace parley
