#include "sim/scenario/read.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <map>
#include <sstream>

#include "sim/scenario/build.hpp"
#include "sim/scenario/check.hpp"
#include "sim/scenario/find.hpp"
#include "sim/scenario/nearest.hpp"
#include "sim/scenario/override.hpp"

namespace parley {

namespace {

constexpr std::size_t deepest = 16, most_values = 100'000, longest_key = 64;
const std::string no_policy = "status_quo";
const std::vector<std::string> kinds = {"place", "mode", "study"};

// ---- text to tree ---------------------------------------------------------------------------------------------------

Fault fault_at(const std::string& file, int line, int column, std::string message) {
  return Fault{file, line, column, "", std::move(message)};
}

// Collects what the parser says into a tree; what scenarios may not use is reported on the way.
class TreeMaker : public YAML::EventHandler {
 public:
  struct TooMuch {};  // thrown once a limit is passed: the rest is not worth reading

  TreeMaker(std::string file, std::vector<Fault>& faults) : file_(std::move(file)), faults_(faults) {}

  Tree root;

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    finish(node(Tree::Kind::nothing, mark, "", anchor));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    Tree out = node(Tree::Kind::nothing, mark, "", 0);
    out.faulty = true;
    report(out, "an alias (*name) is not allowed; write the value out");
    finish(std::move(out));
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    Tree out = node(Tree::Kind::scalar, mark, tag, anchor);
    out.text = value;
    out.plain = tag != "!";  // so the parser marks text in quotes
    finish(std::move(out));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(node(Tree::Kind::list, mark, tag, anchor));
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(node(Tree::Kind::mapping, mark, tag, anchor));
  }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    Tree tree;
    bool has_key = false, drop_value = false;
    TreeEntry entry;
  };

  void report(const Tree& at, const std::string& message) {
    faults_.push_back(fault_at(file_, at.line, at.column, message));
  }

  Tree node(Tree::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    Tree out;
    out.kind = kind;
    out.line = mark.line + 1;
    out.column = mark.column + 1;
    if (++values_ > most_values) {
      report(out, "the file has more than " + std::to_string(most_values) + " values");
      throw TooMuch();
    }
    if (anchor != 0) {
      out.faulty = true;
      report(out, "an anchor (&name) is not allowed; write the value out where it is needed");
    }
    if (!tag.empty() && tag != "?" && tag != "!") {
      out.faulty = true;
      report(out, "a tag (!type) is not allowed; the key decides what kind of value it has");
    }
    return out;
  }

  void open(Tree tree) {
    if (stack_.size() == deepest) {
      report(tree, "lists and mappings are nested more than " + std::to_string(deepest) + " deep");
      throw TooMuch();
    }
    stack_.emplace_back();
    stack_.back().tree = std::move(tree);
  }

  void close() {
    Tree done = std::move(stack_.back().tree);
    stack_.pop_back();
    finish(std::move(done));
  }

  void finish(Tree done) {
    if (stack_.empty()) {
      root = std::move(done);
      return;
    }
    Open& parent = stack_.back();
    if (parent.tree.kind == Tree::Kind::list) {
      parent.tree.items.push_back(std::move(done));
    } else if (!parent.has_key) {
      parent.has_key = true;
      parent.drop_value = done.faulty || !good_key(done);
      parent.entry = TreeEntry{done.text, done.line, done.column, {}};
    } else {
      parent.has_key = false;
      if (done.kind == Tree::Kind::nothing && !done.faulty) {  // nothing stands nowhere: point at its key
        done.line = parent.entry.line;
        done.column = parent.entry.column;
      }
      parent.entry.value = std::move(done);
      if (!parent.drop_value) parent.tree.entries.push_back(std::move(parent.entry));
    }
  }

  bool good_key(const Tree& key) {
    if (key.kind != Tree::Kind::scalar || key.text.empty()) {
      report(key, "a key must be one word");
      return false;
    }
    const bool printable = std::all_of(key.text.begin(), key.text.end(),
                                       [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F; });
    if (key.text.size() > longest_key || !printable) {
      report(key, quote(key.text) + " cannot be a key: at most " + std::to_string(longest_key) + " bytes on one line");
      return false;
    }
    return true;
  }

  std::string file_;
  std::vector<Fault>& faults_;
  std::vector<Open> stack_;
  std::size_t values_ = 0;
};

// What no scenario text may hold, found before any parser sees it.
bool acceptable(const std::string& text, const std::string& file, std::vector<Fault>& faults) {
  if (text.size() > most_scenario_bytes) {
    faults.push_back(fault_at(file, 1, 1, "the file is larger than 1 MiB, which no scenario needs"));
    return false;
  }
  int line = 1, column = 1;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length(text, at);
    if (length == 0)
      faults.push_back(fault_at(file, line, column, "the text is not UTF-8 from here on; save the file as UTF-8"));
    else if (text[at] == '\0')
      faults.push_back(fault_at(file, line, column, "there is a NUL byte; a scenario is plain text"));
    if (!faults.empty()) return false;
    column = text[at] == '\n' ? 1 : column + 1;
    line += text[at] == '\n';
    at += length;
  }
  return true;
}

// The parser counts bytes where a reader counts characters.
void count_characters(Tree& tree, const std::vector<std::string>& lines) {
  const auto correct = [&](int line, int& column) {
    if (line < 1 || line > static_cast<int>(lines.size())) return;
    const std::string& text = lines[static_cast<std::size_t>(line - 1)];
    int characters = 1;
    for (std::size_t i = 0; i + 1 < static_cast<std::size_t>(column) && i < text.size(); ++i)
      characters += (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
    column = characters;
  };
  correct(tree.line, tree.column);
  for (Tree& item : tree.items) count_characters(item, lines);
  for (TreeEntry& entry : tree.entries) {
    correct(entry.line, entry.column);
    count_characters(entry.value, lines);
  }
}

// The tree of one text; false where it cannot be read as YAML or JSON at all.
bool parse(std::string text, const std::string& file, Tree& tree, Findings& findings) {
  std::vector<Fault> faults;
  const auto give_up = [&] {
    for (Fault& fault : faults) findings.fault("", std::move(fault));
    return false;
  };
  if (text.compare(0, 3, "\xEF\xBB\xBF") == 0) text.erase(0, 3);
  if (!acceptable(text, file, faults)) return give_up();
  TreeMaker maker(file, faults);
  try {
    std::istringstream in(text);
    YAML::Parser parser(in);
    const bool any = parser.HandleNextDocument(maker);
    if (!any || (maker.root.kind == Tree::Kind::nothing && !maker.root.faulty)) {
      faults.push_back(
          fault_at(file, 1, 1, "the file says nothing; it should start with 'place:', 'mode:' or 'study:'"));
      return give_up();
    }
    std::vector<Fault> ignored;
    TreeMaker second(file, ignored);
    if (parser.HandleNextDocument(second)) {
      faults.push_back(fault_at(file, std::max(second.root.line, 1), std::max(second.root.column, 1),
                                "a second document starts here; a scenario file holds one"));
      return give_up();
    }
  } catch (const TreeMaker::TooMuch&) {
    return give_up();
  } catch (const YAML::Exception& error) {
    faults.push_back(fault_at(file, std::max(error.mark.line + 1, 1), std::max(error.mark.column + 1, 1),
                              "cannot be read as YAML: " + error.msg));
    return give_up();
  }
  tree = std::move(maker.root);
  count_characters(tree, lines_of(text));
  for (Fault& fault : faults) findings.fault("", std::move(fault));
  if (tree.kind != Tree::Kind::mapping) {
    if (!tree.faulty)
      findings.fault("", fault_at(file, tree.line, tree.column, "a scenario is a mapping of keys (name: value)"));
    return false;
  }
  return true;
}

// ---- places, modes, studies -----------------------------------------------------------------------------------------

// One scenario file, read as far as a tree.
struct Document {
  std::string file, slug;  // the slug by which it was looked up; empty for a file name
  Tree tree;
};

std::string kind_of(const Tree& tree) {
  for (const char* kind : {"study", "mode", "place"})  // a study has a key `place` too
    for (const TreeEntry& entry : tree.entries)
      if (entry.key == kind) return kind;
  return "";
}

// Finds a name as the first of the kinds that has it. `at` is where the name was asked for.
bool open(const std::string& name, const std::vector<std::string>& of_kinds, const SearchPath& path, const Fault& at,
          Findings& findings, Document& document) {
  const auto fail = [&](Fault fault, const std::string& message) {
    fault.message = message;
    findings.fault(fault.key, fault);
    return false;
  };
  if (is_file_name(name)) {
    document.file = name;
  } else {
    for (const std::string& kind : of_kinds)
      if (document.file.empty()) document.file = find_file(kind, name, path);
    if (document.file.empty()) return fail(at, nothing_called(name, of_kinds, path));
    document.slug = name;
  }
  std::string text, why;
  if (!load(document.file, text, why)) {
    if (at.file.empty()) return fail(Fault{document.file, 0, 0, "", ""}, why);
    return fail(at, quote(document.file) + ": " + why);
  }
  if (!parse(std::move(text), document.file, document.tree, findings)) return false;
  const std::string kind = kind_of(document.tree);
  if (std::find(of_kinds.begin(), of_kinds.end(), kind) != of_kinds.end()) return true;
  std::string wanted;
  for (const std::string& one : of_kinds) wanted += (wanted.empty() ? "" : " or ") + one;
  return fail(Fault{document.file, document.tree.line, document.tree.column, "", ""},
              kind.empty() ? "there is no key 'place', 'mode' or 'study' that says what this file is"
                           : "this is a " + kind + ", where a " + wanted + " is needed");
}

// A file that is found under one name and says another would be a puzzle for whoever reads results.
void same_name(const Document& document, const std::string& said, const std::string& key, Findings& findings) {
  if (document.slug.empty() || said.empty() || said == document.slug) return;
  findings.take({Fault{"", 0, 0, key, quote(said) + " is not the name of the file, " + quote(document.slug)}});
}

void build_place(const Document& document, Place& place, Findings& findings) {
  Builder(findings, document.file, "place").place(document.tree, place);
  same_name(document, place.slug, "place.place", findings);
}

void build_mode(const Document& document, const Place* place, Mode& mode, Findings& findings) {
  std::string slug = document.slug;
  for (const TreeEntry& entry : document.tree.entries)
    if (slug.empty() && entry.key == "mode") slug = entry.value.text;
  Builder(findings, document.file, "modes." + slug).mode(document.tree, place, mode);
  if (mode.slug.empty() && !findings.empty()) findings.reported("modes..mode");  // why it has no name has been said
  same_name(document, mode.slug, "modes." + slug + ".mode", findings);
}

Mode status_quo_mode() { return Mode{no_policy, "Status quo", {}, {}}; }

class StudyReader {
 public:
  StudyReader(const SearchPath& path, const Overrides& overrides) : path_(path), overrides_(overrides) {}

  Findings findings;

  Study read(const std::string& name, const std::vector<std::string>& kinds_wanted) {
    Document document;
    if (open(name, kinds_wanted, path_, Fault{}, findings, document)) read(document);
    findings.finish();
    return study_;
  }

  Study read(const Document& document) {
    // What a study names may stand beside it: in the folder of scenarios that it is in, or in a file near it.
    folder_ = std::filesystem::path(document.file).parent_path();
    if (folder_.filename() == "studies" || folder_.filename() == "places") {
      const std::string around = folder_.parent_path().empty() ? "." : folder_.parent_path().string();
      if (std::find(path_.folders.begin(), path_.folders.end(), around) == path_.folders.end())
        path_.folders.push_back(around);
    }
    study_.contrasts = default_contrasts();
    if (kind_of(document.tree) == "place")
      from_place(document);
    else
      from_study(document);
    if (place_known_) {
      override_counts();
      apply_settings(overrides_.set, study_, findings);
      findings.take(check_study(study_));
      if (study_.modes.size() < 2) study_.contrasts.clear();  // nothing to tell apart
    }
    findings.finish();
    return study_;
  }

 private:
  void from_place(const Document& document) {
    build_place(document, study_.place, findings);
    place_known_ = true;
    study_.slug = study_.place.slug;
    study_.title = study_.place.title;
    if (overrides_.modes.empty()) {
      std::string there = no_policy;
      for (const std::string& slug : slugs_on("mode", path_)) there += ", " + slug;
      findings.fault(
          "modes",
          Fault{document.file, 0, 0, "",
                "a place alone does not say what to compare; name the modes (--modes a,b); there are: " + there});
      return;
    }
    asked_modes({});
    study_.baseline =
        overrides_.baseline.empty() && !study_.modes.empty() ? study_.modes.front().slug : overrides_.baseline;
  }

  void from_study(const Document& document) {
    Builder builder(findings, document.file, "");
    const StudyReferences references = builder.study(document.tree, study_);
    same_name(document, study_.slug, "study", findings);
    if (references.place) find_place(*references.place, document.file);
    Builder over(findings, document.file, "place");
    if (references.numbers) over.numbers(*references.numbers, study_.place);
    if (references.parameters) over.parameters(*references.parameters, study_.place);
    if (references.status_quo) over.levers(*references.status_quo, "status_quo", study_.place.status_quo);

    std::map<std::string, Mode> own;  // modes that stand in the study itself
    std::vector<Mode> listed;
    if (references.modes) list_modes(*references.modes, document.file, own, listed);
    if (overrides_.modes.empty()) {
      study_.modes = listed;
    } else {
      asked_modes(own);
      // What the study asks, it asks of its own modes.
      const auto slug = [](const Mode& mode) { return mode.slug; };
      if (!std::ranges::equal(study_.modes, listed, {}, slug, slug)) {
        study_.title = study_.place.title;
        study_.question.clear();
      }
    }

    const auto among = [&](const std::string& slug) {
      return std::any_of(study_.modes.begin(), study_.modes.end(), [&](const Mode& mode) { return mode.slug == slug; });
    };
    if (!overrides_.baseline.empty())
      study_.baseline = overrides_.baseline;
    else if (!study_.modes.empty() &&
             (!references.names_baseline || (!overrides_.modes.empty() && !among(study_.baseline))))
      study_.baseline = study_.modes.front().slug;
  }

  void find_place(const Tree& at, const std::string& file) {
    if (at.faulty) findings.reported("place");
    if (at.faulty || at.kind == Tree::Kind::nothing) return;
    if (at.kind == Tree::Kind::mapping) {
      Builder(findings, file, "place", "place").place(at, study_.place);
      place_known_ = true;
      return;
    }
    if (at.kind != Tree::Kind::scalar) {
      findings.fault("place",
                     Fault{file, at.line, at.column, "place", "is a list where the name of a place is needed"});
      return;
    }
    Document document;
    if (!open(beside(at.text), {"place"}, path_, Fault{file, at.line, at.column, "place", ""}, findings, document))
      return;
    build_place(document, study_.place, findings);
    place_known_ = true;
  }

  // A file that a study names is looked for from the folder of the study.
  std::string beside(const std::string& name) const {
    return is_file_name(name) && !folder_.empty() ? (folder_ / name).lexically_normal().string() : name;
  }

  bool find_mode(const std::string& name, const Fault& at, Mode& mode) {
    if (name == no_policy && find_file("mode", name, path_).empty()) {
      mode = status_quo_mode();
      return true;
    }
    Document document;
    if (!open(name, {"mode"}, path_, at, findings, document)) return false;
    build_mode(document, place_known_ ? &study_.place : nullptr, mode, findings);
    return true;
  }

  void list_modes(const Tree& tree, const std::string& file, std::map<std::string, Mode>& own,
                  std::vector<Mode>& listed) {
    if (tree.faulty) findings.reported("modes");
    if (tree.faulty || tree.kind == Tree::Kind::nothing) return;
    findings.position("modes", Fault{file, tree.line, tree.column, "modes", ""});
    if (tree.kind != Tree::Kind::list) {
      findings.fault("modes",
                     Fault{file, tree.line, tree.column, "modes", "must be a list of modes: [backing, purchased]"});
      return;
    }
    for (std::size_t i = 0; i < tree.items.size(); ++i) {
      const Tree& item = tree.items[i];
      const std::string local = "modes[" + std::to_string(i) + "]";
      const Fault at{file, item.line, item.column, local, ""};
      Mode mode;
      if (item.faulty) {
        findings.reported("modes");
        continue;
      }
      if (item.kind == Tree::Kind::mapping) {
        std::string slug;
        for (const TreeEntry& entry : item.entries)
          if (entry.key == "mode") slug = entry.value.text;
        Builder(findings, file, "modes." + slug, local).mode(item, place_known_ ? &study_.place : nullptr, mode);
        own[mode.slug] = mode;
      } else if (item.kind != Tree::Kind::scalar) {
        findings.fault("modes",
                       Fault{file, item.line, item.column, local, "must be the name of a mode, or a mode itself"});
        continue;
      } else {
        // Modes of the file that the command line replaces need not be there.
        if (!overrides_.modes.empty()) continue;
        if (!find_mode(beside(item.text), at, mode)) continue;
      }
      findings.position("modes." + mode.slug, at);
      listed.push_back(mode);
    }
  }

  void asked_modes(const std::map<std::string, Mode>& own) {
    for (const std::string& name : overrides_.modes) {
      Mode mode;
      if (const auto here = own.find(name); here != own.end())
        mode = here->second;
      else if (!find_mode(name, Fault{"--modes", 0, 0, "", ""}, mode)) {
        findings.reported("modes");  // that there is none would follow from it
        continue;
      }
      study_.modes.push_back(mode);
      if (own.find(name) == own.end()) findings.position("modes." + mode.slug, Fault{"--modes", 0, 0, mode.slug, ""});
    }
  }

  void override_counts() {
    const auto from = [&](const char* key, const char* option) { findings.position(key, Fault{option, 0, 0, "", ""}); };
    if (overrides_.years) study_.years = *overrides_.years, from("years", "--years");
    if (overrides_.burn_in_years) study_.burn_in_years = *overrides_.burn_in_years, from("burn_in_years", "--burn-in");
    if (overrides_.replicates) study_.replicates = *overrides_.replicates, from("replicates", "--replicates");
    if (overrides_.seed) study_.seed = *overrides_.seed;
    if (!overrides_.baseline.empty()) from("baseline", "--baseline");
  }

  SearchPath path_;
  const Overrides& overrides_;
  std::filesystem::path folder_;
  Study study_;
  bool place_known_ = false;
};

Place finished_place(const Document& document, Findings& findings) {
  Place place;
  build_place(document, place, findings);
  findings.take(check_place(place));
  findings.finish();
  return place;
}

Mode finished_mode(const Document& document, const Place* place, Findings& findings) {
  Mode mode;
  build_mode(document, place, mode, findings);
  Place anywhere;  // which hospitals and committees there are is known where a mode meets a place
  anywhere.numbers.hospitals_primary = anywhere.numbers.committees = std::numeric_limits<int>::max();
  findings.take(check_mode(mode, place ? *place : anywhere));
  findings.finish();
  return mode;
}

Document document_of(const std::string& text, const std::string& name, const std::string& kind, Findings& findings) {
  Document document;
  document.file = name;
  if (parse(text, name, document.tree, findings)) {
    const std::string said = kind_of(document.tree);
    if (!said.empty() && said != kind)
      findings.fault("", fault_at(name, document.tree.line, document.tree.column,
                                  "this is a " + said + ", where a " + kind + " is needed"));
  }
  findings.finish();
  return document;
}

}  // namespace

// ---- what the header promises ---------------------------------------------------------------------------------------

std::vector<Contrast> default_contrasts() {
  return {
      {"bundle", "The bundle as the mode files give it", {}, "", 0.01},
      {"contract_only",
       "Contract terms only",
       {"authority", "proximity", "linkage_strength", "feedback_rate"},
       "",
       0.01},
      {"equal_spending", "Equal public spending", {}, "mediators_fulltime", 0.01},
  };
}

Place read_place(const std::string& name, const SearchPath& path) {
  Findings findings;
  Document document;
  if (!open(name, {"place"}, path, Fault{}, findings, document)) findings.finish();
  return finished_place(document, findings);
}

Mode read_mode(const std::string& name, const SearchPath& path, const Place& place) {
  if (name == no_policy && find_file("mode", name, path).empty()) return status_quo_mode();
  Findings findings;
  Document document;
  if (!open(name, {"mode"}, path, Fault{}, findings, document)) findings.finish();
  return finished_mode(document, &place, findings);
}

Study read_study(const std::string& name, const SearchPath& path, const Overrides& overrides) {
  return StudyReader(path, overrides).read(name, {"study", "place"});
}

Study read_run(const std::string& name, const std::string& mode, const SearchPath& path, const Overrides& overrides) {
  Overrides one = overrides;
  one.modes = {mode.empty() ? no_policy : mode};
  one.baseline.clear();
  return StudyReader(path, one).read(name, {"place", "study"});
}

Place read_place_text(const std::string& text, const std::string& name) {
  Findings findings;
  return finished_place(document_of(text, name, "place", findings), findings);
}

Mode read_mode_text(const std::string& text, const std::string& name, const Place& place) {
  Findings findings;
  return finished_mode(document_of(text, name, "mode", findings), &place, findings);
}

Study read_study_text(const std::string& text, const std::string& name, const SearchPath& path,
                      const Overrides& overrides) {
  StudyReader reader(path, overrides);
  return reader.read(document_of(text, name, "study", reader.findings));
}

void override_study(Study& study, const std::vector<std::string>& settings) {
  Findings findings;
  Study changed = study;
  apply_settings(settings, changed, findings);
  findings.take(check_study(changed));
  findings.finish();
  study = std::move(changed);
}

std::string check_file(const std::string& file, const SearchPath& path) {
  Findings findings;
  Document document;
  if (!open(file, kinds, path, Fault{}, findings, document)) findings.finish();
  const std::string kind = kind_of(document.tree);
  if (kind == "place") finished_place(document, findings);
  if (kind == "mode") finished_mode(document, nullptr, findings);
  if (kind == "study") {
    const Overrides none;
    StudyReader(path, none).read(document);
  }
  return kind;
}

std::vector<Listed> list_scenarios(const SearchPath& path) {
  std::vector<Listed> out;
  for (const std::string& kind : kinds)
    for (const std::string& slug : slugs_on(kind, path)) {
      Listed one{kind, slug, "", find_file(kind, slug, path)};
      std::string text, why;
      Findings ignored;
      Tree tree;
      if (load(one.file, text, why) && parse(std::move(text), one.file, tree, ignored))
        for (const TreeEntry& entry : tree.entries)
          if (entry.key == "title") one.title = entry.value.text;
      out.push_back(one);
    }
  return out;
}

}  // namespace parley
