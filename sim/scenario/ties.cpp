#include "sim/scenario/ties.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "sim/base/sha256.hpp"
#include "sim/scenario/nearest.hpp"
#include "sim/scenario/number.hpp"

namespace parley {

namespace {

constexpr std::size_t most_bytes = std::size_t{1} << 27;  // 5 million ties of 10 million people take 18 bytes each
constexpr std::string_view header = "a,b";

std::uint64_t address(const SocialTie& tie) { return std::uint64_t{tie.source} << 32 | tie.target; }

std::string thousands(std::int64_t number) {
  std::string out = std::to_string(number);
  for (std::size_t at = out.size(); at > 3; at -= 3) out.insert(at - 3, ",");
  return out;
}

}  // namespace

void TieList::fault(int line, int column, const std::string& column_name, const std::string& message) {
  if (full()) return;
  faults_.push_back({file_, line, column, key_.empty() ? column_name : key_, message});
  if (full()) faults_.back().message += "; the rest of the list was not looked at";
}

bool TieList::id(std::string_view text, int line, int column, const std::string& column_name, Person& out) {
  std::int64_t value = 0;
  std::string why;
  if (!read_whole(text, value, why)) {
    fault(line, column, column_name, why + "; an id is a whole number from 0 to " + std::to_string(persons_ - 1));
    return false;
  }
  if (value < 0 || value >= persons_) {
    fault(line, column, column_name,
          std::to_string(value) + " is outside the range 0 to " + std::to_string(persons_ - 1) +
              ": the districts have " + std::to_string(persons_) + " people together");
    return false;
  }
  out = static_cast<Person>(value);
  return true;
}

void TieList::pair(std::string_view text, int line, int column, bool in_file) {
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos || text.find(',', comma + 1) != std::string_view::npos) {
    fault(line, column, "", quote(std::string(text)) + " is not a tie; write two ids with a comma between: 3,17");
    return;
  }
  const int second = in_file ? column + static_cast<int>(comma) + 1 : column;
  Person a = 0, b = 0;
  const bool first_good = id(text.substr(0, comma), line, column, "a", a);
  if (!id(text.substr(comma + 1), line, second, "b", b) || !first_good) return;
  if (a == b) {
    fault(line, second, "b", "ties " + std::to_string(a) + " to themselves; a tie is between two persons");
    return;
  }
  if (listed_.size() == most_ties) {
    fault(line, column, "", "this is one tie more than the " + thousands(most_ties) + " that are allowed");
    too_many_ = true;
    return;
  }
  listed_.push_back({{std::min(a, b), std::max(a, b)}, line, column});
}

void TieList::read_lines(std::string_view text) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  int line = 0;
  while (!text.empty() && !full()) {
    const std::size_t length = std::min(text.find('\n'), text.size());
    std::string_view one = text.substr(0, length);
    text.remove_prefix(std::min(length + 1, text.size()));
    if (!one.empty() && one.back() == '\r') one.remove_suffix(1);
    ++line;
    if (line == 1) {
      if (one != header) return fault(1, 1, "", quote(std::string(one)) + " is not the header of a list of ties: a,b");
    } else if (one.empty()) {
      if (!text.empty()) fault(line, 1, "", "the line is empty; each line holds one tie");
    } else {
      pair(one, line, 1, true);
    }
  }
  if (line == 0) fault(1, 1, "", "the file is empty; it should start with its header: a,b");
}

void TieList::read_pairs(std::string_view text, int line, int column) {
  while (!text.empty() && !full()) {
    const std::size_t length = std::min(text.find(' '), text.size());
    if (length > 0) pair(text.substr(0, length), line, column, false);
    text.remove_prefix(std::min(length + 1, text.size()));
  }
}

std::shared_ptr<const SocialTies> TieList::finish(std::string name) {
  // In order of ties, then as they stand; a tie after its like is one too many.
  std::stable_sort(listed_.begin(), listed_.end(),
                   [](const Listed& x, const Listed& y) { return address(x.tie) < address(y.tie); });
  const Listed* first = nullptr;
  std::vector<std::pair<const Listed*, const Listed*>> doubles;
  for (const Listed& one : listed_) {
    if (first != nullptr && address(first->tie) == address(one.tie))
      doubles.emplace_back(&one, first);
    else
      first = &one;
  }
  std::sort(doubles.begin(), doubles.end(), [](const auto& x, const auto& y) {
    return std::pair(x.first->line, x.first->column) < std::pair(y.first->line, y.first->column);
  });
  for (const auto& [again, before] : doubles)
    fault(again->line, again->column, "",
          "the tie of " + std::to_string(again->tie.source) + " and " + std::to_string(again->tie.target) +
              " already stands in line " + std::to_string(before->line));
  if (!faults_.empty()) return nullptr;
  std::vector<SocialTie> ties;
  ties.reserve(listed_.size());
  for (const Listed& one : listed_) ties.push_back(one.tie);
  listed_ = {};
  auto out = std::make_shared<SocialTies>(
      SocialTies{std::move(name), "", StoredSocialGraph(static_cast<Person>(persons_), ties)});
  out->sha256 = sha256_hex(ties_text(out->graph));
  return out;
}

bool load_ties(const std::string& file, std::string& text, std::string& why) {
  std::error_code failed;
  if (std::filesystem::is_directory(file, failed)) {
    why = "is a folder, not a file";
    return false;
  }
  std::ifstream in(file, std::ios::binary | std::ios::ate);
  if (!in) {
    why = std::filesystem::exists(file, failed) ? "cannot be read; is it yours to read?" : "there is no such file";
    return false;
  }
  const std::streamoff bytes = in.tellg();
  if (bytes < 0 || static_cast<std::size_t>(bytes) > most_bytes) {
    why = "is larger than 128 MiB, which no list of " + thousands(most_ties) + " ties needs";
    return false;
  }
  text.resize(static_cast<std::size_t>(bytes));
  in.seekg(0);
  in.read(text.data(), bytes);
  text.resize(static_cast<std::size_t>(in.gcount()));
  return true;
}

std::string ties_text(const StoredSocialGraph& graph) {
  std::string out(header);
  out += '\n';
  graph.each_tie([&](Person a, Person b) {
    out += std::to_string(a);
    out += ',';
    out += std::to_string(b);
    out += '\n';
  });
  return out;
}

}  // namespace parley
