// A scenario text as a tree of scalars, lists and mappings, each with the place where it stands. Nothing is interpreted
// yet, and what a parser would swallow (a key given twice) is still there to be reported.
#pragma once
#include <string>
#include <vector>

namespace parley {

struct TreeEntry;

struct Tree {
  enum class Kind { nothing, scalar, list, mapping };
  Kind kind = Kind::nothing;
  std::string text;     // of a scalar
  bool plain = true;    // a scalar without quotes
  bool faulty = false;  // already reported; not to be looked at again
  int line = 0, column = 0;
  std::vector<Tree> items;         // of a list
  std::vector<TreeEntry> entries;  // of a mapping, in file order, duplicates included
};

struct TreeEntry {
  std::string key;
  int line = 0, column = 0;
  Tree value;
};

}  // namespace parley
