#include "sim/scenario/nearest.hpp"

#include <algorithm>

namespace parley {

namespace {

constexpr std::size_t longest_word = 64;    // a longer one is no name of ours
constexpr std::size_t least_beginning = 4;  // letters that make a beginning of a name worth a guess
constexpr std::size_t longest_quote = 48;   // bytes of a user's word that a message shows
constexpr std::size_t longest_list = 12;    // names that a message lists

std::string folded(std::string_view word) {
  std::string out(word);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '-' || c == ' ') c = '_';
  }
  return out;
}

}  // namespace

int edit_distance(std::string_view one, std::string_view other) {
  const std::string a = folded(one.substr(0, longest_word)), b = folded(other.substr(0, longest_word));
  std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = static_cast<int>(i);
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int replaced = d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      d[i][j] = std::min({replaced, d[i - 1][j] + 1, d[i][j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  return d[a.size()][b.size()];
}

std::string nearest(std::string_view word, const std::vector<std::string>& names) {
  std::string best;
  int least = 1 + std::max(1, static_cast<int>(std::min(word.size(), longest_word) / 3));
  for (const std::string& name : names) {
    const int distance = edit_distance(word, name);
    if (distance < least) {
      least = distance;
      best = name;
    }
  }
  if (!best.empty() || word.size() < least_beginning || word.size() > longest_word) return best;
  // A name cut short: formal_claim_prob for formal_claim_probability.
  const std::string beginning = folded(word);
  for (const std::string& name : names)
    if (name.compare(0, beginning.size(), beginning) == 0) return name;
  return "";
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& names) {
  if (const std::string name = nearest(word, names); !name.empty()) return "; did you mean '" + name + "'?";
  if (names.empty()) return "";
  std::string out = "; there are: ";
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i == longest_list) return out + ", and " + std::to_string(names.size() - i) + " more";
    out += (i ? ", " : "") + names[i];
  }
  return out;
}

std::string quote(std::string_view word) {
  bool cut = false;
  if (word.size() > longest_quote) {
    std::size_t end = longest_quote;
    while (end > 0 && (static_cast<unsigned char>(word[end]) & 0xC0) == 0x80) --end;  // not inside a character
    word = word.substr(0, end);
    cut = true;
  }
  std::string out = "'";
  for (char c : word) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '?' : c;
  return out + (cut ? "..." : "") + "'";
}

}  // namespace parley
