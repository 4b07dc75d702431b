// Loaded social ties: lists of pairs of patients, as a file beside a place or written out in a scenario.
// Page: docs/model/social_graph.md
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/world/social_graph.hpp"

namespace parley {

struct SocialTies {
  std::string file;    // as the place names it; empty where the ties stand in the scenario itself
  std::string sha256;  // of ties_text
  StoredSocialGraph graph;
};

inline constexpr std::size_t most_ties = 5'000'000;
inline constexpr std::int64_t most_people_with_ties = 10'000'000;  // rows are stored for everybody
// So many ties a resolved scenario holds itself, within the size that a scenario may have; of more it names the file
// and its content.
inline constexpr std::size_t most_inline_ties = 40'000;

// Collects ties and what is wrong with them. A tie stands somewhere: the line of a file, or a text in a scenario.
class TieList {
 public:
  TieList(std::int64_t persons, std::string file, std::string key)
      : persons_(persons), file_(std::move(file)), key_(std::move(key)) {}

  // The lines of a file: a header "a,b", then two ids to a line.
  void read_lines(std::string_view text);
  // "0,3 0,4 2,3": pairs parted by spaces. Faults stand where the text does.
  void read_pairs(std::string_view text, int line, int column);
  // All ties read, once none is listed twice; nothing where there are faults.
  std::shared_ptr<const SocialTies> finish(std::string name);

  const std::vector<Fault>& faults() const { return faults_; }

 private:
  struct Listed {
    SocialTie tie;  // the smaller number first
    int line, column;
  };
  void fault(int line, int column, const std::string& column_name, const std::string& message);
  bool full() const { return too_many_ || faults_.size() >= most_faults; }
  void pair(std::string_view text, int line, int column, bool in_file);
  bool id(std::string_view text, int line, int column, const std::string& column_name, Person& out);

  static constexpr std::size_t most_faults = 100;  // what is no list of ties at all should not fill the screen

  std::int64_t persons_;
  std::string file_, key_;
  std::vector<Listed> listed_;
  std::vector<Fault> faults_;
  bool too_many_ = false;
};

// The bytes of an edge list. On failure `why` says why, in a clause.
bool load_ties(const std::string& file, std::string& text, std::string& why);

// The ties as a file of their own: header, then each once, the smaller number first, in ascending order.
std::string ties_text(const StoredSocialGraph& graph);

}  // namespace parley
