// In place of OpenSSL's header, for the browser's modules: PBKDF2 with SHA-256.
#pragma once

#include <algorithm>
#include <cstddef>

#include "library/sha256.hpp"

struct EVP_MD {};
inline const EVP_MD* EVP_sha256() {
  static const EVP_MD sha256;
  return &sha256;
}

// `size` must be 32, one block.
inline int PKCS5_PBKDF2_HMAC(const char* password, int password_size, const unsigned char* salt, int salt_size,
                             int iterations, const EVP_MD*, int size, unsigned char* out) {
  if (size != 32) return 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(password);
  std::ranges::copy(
      folkmoot::wasm::pbkdf2_sha256({bytes, static_cast<std::size_t>(password_size)},
                                    {salt, static_cast<std::size_t>(salt_size)}, static_cast<unsigned>(iterations)),
      out);
  return 1;
}
