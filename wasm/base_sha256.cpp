// base/sha256.hpp without OpenSSL.
#include "base/sha256.hpp"

#include "library/sha256.hpp"

namespace folkmoot {
namespace {

wasm::Sha256State& get(void* context) { return *static_cast<wasm::Sha256State*>(context); }

}  // namespace

void Sha256::Free::operator()(void* context) const { delete &get(context); }

Sha256::Sha256() : context_(new wasm::Sha256State()) {}

Sha256& Sha256::add(std::string_view piece) {
  get(context_.get()).add(bytes_of(piece));
  return *this;
}

Digest Sha256::digest() { return get(context_.get()).digest(); }

Digest sha256(std::string_view message) { return Sha256().add(message).digest(); }

}  // namespace folkmoot
