// SHA-256 (FIPS 180-4).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

#include "base/bytes.hpp"

namespace folkmoot {

using Digest = std::array<std::uint8_t, 32>;

// Hashes a message given in pieces: `Sha256().add("a").add("b").digest()`.
class Sha256 {
 public:
  Sha256();
  Sha256& add(std::string_view piece);
  Sha256& add(ByteView piece) { return add(text_of(piece)); }
  // Ends the message; the object may then only be destroyed.
  Digest digest();

 private:
  struct Free {
    void operator()(void* context) const;
  };
  std::unique_ptr<void, Free> context_;
};

Digest sha256(std::string_view message);
inline Digest sha256(ByteView message) { return sha256(text_of(message)); }

// The digest in lower-case hexadecimal, as record file names and references use it.
inline std::string sha256_hex(std::string_view message) { return to_hex(sha256(message)); }

}  // namespace folkmoot
