#include "sim/scenario/nearest.hpp"

#include <gtest/gtest.h>

namespace parley {
namespace {

TEST(EditDistance, CountsInsertionsDeletionsReplacementsAndSwaps) {
  EXPECT_EQ(edit_distance("authority", "authority"), 0);
  EXPECT_EQ(edit_distance("authority", "autority"), 1);
  EXPECT_EQ(edit_distance("autority", "authority"), 1);
  EXPECT_EQ(edit_distance("authority", "auhtority"), 1);
  EXPECT_EQ(edit_distance("seed", "sead"), 1);
  EXPECT_EQ(edit_distance("", "abc"), 3);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3);
}

TEST(EditDistance, CapitalsAndDashesCostNothing) {
  EXPECT_EQ(edit_distance("Equal-Spending", "equal_spending"), 0);
  EXPECT_EQ(edit_distance("equal spending", "equal_spending"), 0);
}

TEST(Nearest, IsTheNearestNameAndTheFirstOfEquals) {
  EXPECT_EQ(nearest("comittees", {"centres", "committees", "experts"}), "committees");
  EXPECT_EQ(nearest("bat", {"cat", "hat"}), "cat");
}

TEST(Nearest, UnderstandsANameCutShort) {
  EXPECT_EQ(nearest("formal_claim_prob", {"seed", "formal_claim_probability"}), "formal_claim_probability");
  EXPECT_EQ(nearest("for", {"seed", "formal_claim_probability"}), "");
}

TEST(Nearest, IsNothingWhereNothingIsNear) {
  EXPECT_EQ(nearest("proximity", {"seed", "years"}), "");
  EXPECT_EQ(nearest("x", {}), "");
  EXPECT_EQ(nearest("ab", {"cd"}), "");
}

TEST(Nearest, SurvivesWordsOfAnyLength) {
  const std::string endless(100'000, 'a');
  EXPECT_EQ(nearest(endless, {"authority"}), "");
  EXPECT_LE(edit_distance(endless, endless), 0);
}

TEST(DidYouMean, NamesTheNearestOrListsWhatThereIs) {
  EXPECT_EQ(did_you_mean("yers", {"seed", "years"}), "; did you mean 'years'?");
  EXPECT_EQ(did_you_mean("proximity", {"seed", "years"}), "; there are: seed, years");
  EXPECT_EQ(did_you_mean("proximity", {}), "");
  const std::vector<std::string> many(20, "name");
  EXPECT_NE(did_you_mean("proximity", many).find(", and 8 more"), std::string::npos);
}

TEST(Quote, CutsLongWordsBetweenCharactersAndHidesControlCharacters) {
  EXPECT_EQ(quote("abc"), "'abc'");
  EXPECT_EQ(quote(std::string("a\x1b[31m")), "'a?[31m'");
  std::string chinese;
  for (int i = 0; i < 40; ++i) chinese += "重";
  EXPECT_EQ(quote(chinese), "'" + chinese.substr(0, 48) + "...'");
  EXPECT_EQ(quote("x" + chinese), "'x" + chinese.substr(0, 45) + "...'");
}

}  // namespace
}  // namespace parley
