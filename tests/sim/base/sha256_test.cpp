#include "sim/base/sha256.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace parley {
namespace {

// The examples of FIPS 180-2 and 180-4 and of NIST's CAVP.
TEST(Sha256, StandardVectors) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256_hex("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqr"
                       "lmnopqrsmnopqrstnopqrstu"),
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
  EXPECT_EQ(sha256_hex(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, PiecesGiveTheSameAsTheWhole) {
  std::string text;
  for (int i = 0; i < 1'000; ++i) text += static_cast<char>(i * 37 % 256);
  for (const std::size_t piece : {1u, 3u, 55u, 56u, 63u, 64u, 65u, 128u, 999u}) {
    Sha256 hash;
    for (std::size_t at = 0; at < text.size(); at += piece)
      hash.update(text.data() + at, std::min(piece, text.size() - at));
    EXPECT_EQ(hash.hex(), sha256_hex(text)) << piece;
  }
}

// Hash of the 256 hashes of 0 to 255 times 'x', as computed with Python's hashlib: every length of padding.
TEST(Sha256, EveryLengthOfPadding) {
  Sha256 all;
  for (std::size_t length = 0; length < 256; ++length) all.update(sha256_hex(std::string(length, 'x')));
  EXPECT_EQ(all.hex(), "16a386ccdc473081470491c28d9a8e7060fbcfa888a8cd4354861367c1852b57");
}

TEST(Sha256, ReadingTheHashDoesNotEndIt) {
  Sha256 hash;
  hash.update("ab");
  const std::string early = hash.hex();
  EXPECT_EQ(early, hash.hex());
  EXPECT_EQ(early, sha256_hex("ab"));
  EXPECT_EQ(hash.update("c").hex(), sha256_hex("abc"));
  EXPECT_EQ(hash.update("", 0).hex(), sha256_hex("abc"));
}

TEST(Sha256, OneBitChangesIt) { EXPECT_NE(sha256_hex(std::string(64, 'a')), sha256_hex(std::string(63, 'a') + "c")); }

}  // namespace
}  // namespace parley
