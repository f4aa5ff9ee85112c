// AES-256 (FIPS 197) in Galois/Counter Mode (NIST SP 800-38D) with 16 bytes of tag: OpenSSL is no package for
// WebAssembly. wasm/secret_aead.cpp puts it behind secret/aead.hpp; tests/wasm holds it against OpenSSL.
//
// As in ed25519.hpp, nothing branches on a value or uses one as an address: bytes are substituted by computing in
// GF(2^8), not from a table. That is slow, and messages between trustees are short.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace folkmoot::wasm {

inline constexpr std::size_t gcm_tag_size = 16;

// Fills `sealed`, which is a tag longer than the message, with the ciphertext and after it the tag. A pair of key and
// vector is used for one message only.
void gcm_seal(std::span<const std::uint8_t, 32> key, std::span<const std::uint8_t> iv,
              std::span<const std::uint8_t> message, std::span<std::uint8_t> sealed);
// The reverse: fills `message`, a tag shorter than `sealed`, and gives true; false, and nothing is filled, if `sealed`
// was not sealed with this key and vector.
bool gcm_open(std::span<const std::uint8_t, 32> key, std::span<const std::uint8_t> iv,
              std::span<const std::uint8_t> sealed, std::span<std::uint8_t> message);

}  // namespace folkmoot::wasm
