// The name that was probably meant: edit distance with neighbouring letters swapped counted once.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace parley {

// Letters to insert, delete, replace or swap to get from one word to the other; capitals, '-' and ' ' cost nothing.
int edit_distance(std::string_view one, std::string_view other);

// The nearest of the names, else the first that begins with the word, or "" where none is near enough to be meant. The
// first wins a tie.
std::string nearest(std::string_view word, const std::vector<std::string>& names);

// "; did you mean 'authority'?", or "; there are: a, b, c" where nothing is near, or "" where there is nothing.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& names);

// The word in single quotes, cut to a readable length, with what cannot be printed shown as '?'.
std::string quote(std::string_view word);

}  // namespace parley
