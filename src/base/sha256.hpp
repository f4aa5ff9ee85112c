// SHA-256 (FIPS 180-4).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/bytes.hpp"

namespace folkmoot {

using Digest = std::array<std::uint8_t, 32>;

// Hashes a message given in pieces: `Sha256().add("a").add("b").digest()`. What it keeps of the message is wiped when
// it goes.
class Sha256 {
 public:
  Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  ~Sha256();
  Sha256& add(std::string_view piece);
  Sha256& add(ByteView piece) { return add(text_of(piece)); }
  // Ends the message; the object may then only be destroyed.
  Digest digest();

 private:
  // The library's own structure, in place: a challenge is a few hundred bytes, and allocating would take as long.
  struct alignas(8) State {
    std::array<std::byte, 112> bytes;
  };
  State state_;
};

Digest sha256(std::string_view message);
inline Digest sha256(ByteView message) { return sha256(text_of(message)); }

// The digest in lower-case hexadecimal, as record file names and references use it.
inline std::string sha256_hex(std::string_view message) { return to_hex(sha256(message)); }

}  // namespace folkmoot
