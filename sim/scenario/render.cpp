#include "sim/scenario/render.hpp"

#include <algorithm>
#include <cstdio>
#include <map>

#include "sim/scenario/find.hpp"

namespace parley {

std::size_t utf8_length(const std::string& text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0u) == 0x80u; };
  const unsigned first = byte(at);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return follows(at + 1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const bool overlong = first == 0xE0 && byte(at + 1) < 0xA0, surrogate = first == 0xED && byte(at + 1) > 0x9F;
    return !overlong && !surrogate && follows(at + 1) && follows(at + 2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const bool overlong = first == 0xF0 && byte(at + 1) < 0x90, beyond = first == 0xF4 && byte(at + 1) > 0x8F;
    return !overlong && !beyond && follows(at + 1) && follows(at + 2) && follows(at + 3) ? 4 : 0;
  }
  return 0;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines(1);
  for (char c : text)
    if (c == '\n')
      lines.emplace_back();
    else if (c != '\r')
      lines.back() += c;
  return lines;
}

std::string render(const Fault& fault, const std::string& source) {
  constexpr std::size_t widest = 160;
  std::string out = fault.text();
  const std::vector<std::string> lines =
      lines_of(source.compare(0, 3, "\xEF\xBB\xBF") == 0 ? source.substr(3) : source);
  if (fault.line < 1 || fault.line > static_cast<int>(lines.size())) return out;
  std::string line = lines[static_cast<std::size_t>(fault.line - 1)];
  if (line.size() > widest || utf8_length(line, 0) == 0) return out;  // no help to a reader
  for (char& c : line)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  std::string pad;
  int column = 1;
  for (std::size_t at = 0; at < line.size() && column < fault.column; ++column) {
    const auto first = static_cast<unsigned char>(line[at]);
    pad += first >= 0xE3 && first <= 0xED ? "  " : " ";  // Chinese characters are two columns wide
    at += std::max<std::size_t>(utf8_length(line, at), 1);
  }
  char number[16];
  std::snprintf(number, sizeof number, "%5d | ", fault.line);
  out += std::string("\n") + number + line;
  if (fault.column > 0) out += "\n      | " + pad + "^";
  return out;
}

std::string render(const ScenarioError& error) {
  std::map<std::string, std::string> sources;
  std::string out;
  for (const Fault& fault : error.faults()) {
    if (fault.line > 0 && sources.find(fault.file) == sources.end()) {
      std::string text, why;
      sources[fault.file] = load(fault.file, text, why) ? text : "";
    }
    out += (out.empty() ? "" : "\n") + render(fault, fault.line > 0 ? sources[fault.file] : "");
  }
  return out;
}

}  // namespace parley
