// SHA-256 (FIPS 180-4), for digests that anybody can check with other tools. Own code, because no library in Debian's
// packages compiles both natively and to WebAssembly.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace parley {

class Sha256 {
 public:
  using Bytes = std::array<std::uint8_t, 32>;

  Sha256& update(const void* data, std::size_t size);
  Sha256& update(std::string_view text) { return update(text.data(), text.size()); }

  // The hash of everything so far; more may be added afterwards.
  Bytes bytes() const;
  std::string hex() const;

 private:
  void compress(const std::uint8_t* block);

  std::array<std::uint32_t, 8> state_ = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<std::uint8_t, 64> pending_{};  // the first length_ % 64 bytes are in use
  std::uint64_t length_ = 0;                // bytes so far
};

inline std::string sha256_hex(std::string_view text) { return Sha256().update(text).hex(); }

}  // namespace parley
