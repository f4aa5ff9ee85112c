// SHA-256 (FIPS 180-4) and what is built on it: OpenSSL is no package for WebAssembly. wasm/base_sha256.cpp puts it
// behind base/sha256.hpp; tests/wasm holds it against OpenSSL.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace folkmoot::wasm {

class Sha256State {
 public:
  using Digest = std::array<std::uint8_t, 32>;
  void add(std::span<const std::uint8_t> bytes);
  // Ends the message.
  Digest digest();

 private:
  void compress(const std::uint8_t* block);

  std::array<std::uint32_t, 8> h_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                  0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<std::uint8_t, 64> block_{};
  std::uint64_t size_ = 0;  // of the message so far, in bytes
};

// HMAC-SHA256 (RFC 2104) of the two pieces, one after the other.
Sha256State::Digest hmac_sha256(std::span<const std::uint8_t> key, std::span<const std::uint8_t> first,
                                std::span<const std::uint8_t> second);
// The first block of PBKDF2 with HMAC-SHA256 (RFC 8018, section 5.2).
Sha256State::Digest pbkdf2_sha256(std::span<const std::uint8_t> password, std::span<const std::uint8_t> salt,
                                  unsigned iterations);

}  // namespace folkmoot::wasm
