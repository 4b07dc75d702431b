#include "sim/record/builder.hpp"

#include <cstdio>

namespace parley {

std::string as_utf8(const std::string& text) {
  std::string clean;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned char first = byte(i);
    const std::size_t length = first < 0x80                    ? 1
                               : first >= 0xC2 && first < 0xE0 ? 2
                               : first >= 0xE0 && first < 0xF0 ? 3
                               : first >= 0xF0 && first < 0xF5 ? 4
                                                               : 0;
    bool valid = length > 0 && first != 0 && i + length <= text.size();
    for (std::size_t k = 1; valid && k < length; ++k) valid = (byte(i + k) & 0xC0) == 0x80;
    // Too long a form, half of a surrogate pair, beyond the last code point.
    if (valid && first == 0xE0) valid = byte(i + 1) >= 0xA0;
    if (valid && first == 0xED) valid = byte(i + 1) < 0xA0;
    if (valid && first == 0xF0) valid = byte(i + 1) >= 0x90;
    if (valid && first == 0xF4) valid = byte(i + 1) < 0x90;
    if (valid) {
      clean.append(text, i, length);
      i += length;
    } else {
      clean += "\xEF\xBF\xBD";  // the replacement character
      ++i;
    }
  }
  return clean;
}

namespace {

std::string date_text(int year, int month, int day) {
  char text[48];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
  return text;
}

}  // namespace

std::string parent_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

std::vector<std::string> policy_names(const StudyResult& result) {
  std::vector<std::string> names;
  for (const Arm& arm : result.arms) names.push_back(arm.name);
  return names;
}

std::vector<std::string> district_slugs(const StudyResult& result) {
  std::vector<std::string> slugs;
  for (const District& district : result.study.place.districts) slugs.push_back(district.slug);
  return slugs;
}

std::string start_date(const StudyResult& result) {
  const Place& place = result.study.place;
  return date_text(place.start_year, place.start_month, place.start_day);
}

}  // namespace parley
