#include "base/sha256.hpp"

#include <openssl/evp.h>

#include <new>

namespace folkmoot {
namespace {

// OpenSSL's digests fail only when memory is short.
void require(int ok) {
  if (ok != 1) throw std::bad_alloc();
}

EVP_MD_CTX* get(const void* context) { return static_cast<EVP_MD_CTX*>(const_cast<void*>(context)); }

}  // namespace

void Sha256::Free::operator()(void* context) const { EVP_MD_CTX_free(get(context)); }

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  if (!context_) throw std::bad_alloc();
  // Fetched once: looking it up takes longer than hashing a short message.
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  require(EVP_DigestInit_ex(get(context_.get()), algorithm, nullptr));
}

Sha256& Sha256::add(std::string_view piece) {
  require(EVP_DigestUpdate(get(context_.get()), piece.data(), piece.size()));
  return *this;
}

Digest Sha256::digest() {
  Digest digest;
  require(EVP_DigestFinal_ex(get(context_.get()), digest.data(), nullptr));
  return digest;
}

Digest sha256(std::string_view message) { return Sha256().add(message).digest(); }

}  // namespace folkmoot
