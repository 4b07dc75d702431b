// Names of scenarios to files on a search path.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

namespace parley {

/// Folders to look in for names, the first that has one wins. Each may hold places/, modes/ and studies/.
struct SearchPath {
  std::vector<std::string> folders;
};

inline constexpr std::size_t most_scenario_bytes = 1 << 20;

// Whether a name is meant as a file: it contains '/' or ends in .yaml, .yml or .json.
bool is_file_name(const std::string& name);
// The file of a kind ("place", "mode", "study") and name, or "".
std::string find_file(const std::string& kind, const std::string& slug, const SearchPath& path);
// All names of a kind on the path, sorted, each once.
std::vector<std::string> slugs_on(const std::string& kind, const SearchPath& path);
// "there is no place 'chongqin' in scenarios/places; did you mean 'chongqing'? there are: chongqing, toy"
std::string nothing_called(const std::string& slug, const std::vector<std::string>& of_kinds, const SearchPath& path);
// The bytes of a file, one more than allowed at most. On failure `why` says why, in a clause.
bool load(const std::string& file, std::string& text, std::string& why);

}  // namespace parley
