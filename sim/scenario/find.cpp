#include "sim/scenario/find.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "sim/scenario/nearest.hpp"

namespace parley {

namespace {

bool ends(const std::string& text, const std::string& ending) {
  return text.size() >= ending.size() && text.compare(text.size() - ending.size(), ending.size(), ending) == 0;
}

const std::vector<std::string> endings = {".yaml", ".yml", ".json"};

std::string folder_of(const std::string& kind) { return kind == "study" ? "studies" : kind + "s"; }

}  // namespace

bool is_file_name(const std::string& name) {
  return name.find('/') != std::string::npos ||
         std::any_of(endings.begin(), endings.end(), [&](const std::string& ending) { return ends(name, ending); });
}

std::string find_file(const std::string& kind, const std::string& slug, const SearchPath& path) {
  for (const std::string& folder : path.folders)
    for (const std::string& ending : endings) {
      const std::string file = folder + "/" + folder_of(kind) + "/" + slug + ending;
      std::error_code ignored;
      if (std::filesystem::exists(file, ignored)) return file;
    }
  return "";
}

std::vector<std::string> slugs_on(const std::string& kind, const SearchPath& path) {
  std::vector<std::string> slugs;
  for (const std::string& folder : path.folders) {
    std::error_code failed;
    for (std::filesystem::directory_iterator at(folder + "/" + folder_of(kind), failed), end; !failed && at != end;
         at.increment(failed))
      for (const std::string& ending : endings)
        if (const std::string name = at->path().filename().string(); ends(name, ending) && name[0] != '.')
          slugs.push_back(name.substr(0, name.size() - ending.size()));
  }
  std::sort(slugs.begin(), slugs.end());
  slugs.erase(std::unique(slugs.begin(), slugs.end()), slugs.end());
  return slugs;
}

// "there is no place 'chongqin' in scenarios/places; did you mean 'chongqing'? there are: chongqing, toy"
std::string nothing_called(const std::string& slug, const std::vector<std::string>& of_kinds, const SearchPath& path) {
  std::string what, where, there;
  std::vector<std::string> names;
  for (const std::string& kind : of_kinds) {
    what += (what.empty() ? "" : " or ") + kind;
    const std::vector<std::string> more = slugs_on(kind, path);
    for (const std::string& name : more)
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    for (const std::string& folder : path.folders)
      where += (where.empty() ? "" : ", ") + folder + "/" + folder_of(kind);
  }
  for (const std::string& name : names) there += (there.empty() ? "" : ", ") + name;
  const std::string best = nearest(slug, names);
  return "there is no " + what + " " + quote(slug) +
         (where.empty() ? "; no folder of scenarios is known" : " in " + where) +
         (best.empty() ? "" : "; did you mean '" + best + "'?") +
         (there.empty() ? "" : (best.empty() ? "; there are: " : " there are: ") + there);
}

bool load(const std::string& file, std::string& text, std::string& why) {
  std::error_code failed;
  if (std::filesystem::is_directory(file, failed)) {
    why = "is a folder, not a file";
    return false;
  }
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    why = std::filesystem::exists(file, failed) ? "cannot be read; is it yours to read?" : "there is no such file";
    return false;
  }
  text.resize(most_scenario_bytes + 1);  // one more than allowed, so that parse() sees that it is too much
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return true;
}

}  // namespace parley
