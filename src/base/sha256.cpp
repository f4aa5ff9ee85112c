// OpenSSL calls this interface of SHA-256 old, and keeps it: the one that it recommends allocates a context for each
// message and looks up its functions.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "base/sha256.hpp"

#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <cassert>
#include <new>

namespace folkmoot {
namespace {

// Its functions fail for no message that memory holds.
void require([[maybe_unused]] int ok) { assert(ok == 1); }

template <class State>
SHA256_CTX* get(State& state) {
  return std::launder(reinterpret_cast<SHA256_CTX*>(state.bytes.data()));
}

}  // namespace

Sha256::Sha256() {
  static_assert(sizeof(SHA256_CTX) <= sizeof(State) && alignof(SHA256_CTX) <= alignof(State));
  require(SHA256_Init(new (state_.bytes.data()) SHA256_CTX));
}

Sha256::~Sha256() { OPENSSL_cleanse(state_.bytes.data(), sizeof state_.bytes); }

Sha256& Sha256::add(std::string_view piece) {
  require(SHA256_Update(get(state_), piece.data(), piece.size()));
  return *this;
}

Digest Sha256::digest() {
  Digest digest;
  require(SHA256_Final(digest.data(), get(state_)));
  return digest;
}

Digest sha256(std::string_view message) { return Sha256().add(message).digest(); }

}  // namespace folkmoot
