// base/sha256.hpp without OpenSSL.
#include "base/sha256.hpp"

#include <new>

#include "library/sha256.hpp"

namespace folkmoot {
namespace {

template <class State>
wasm::Sha256State& get(State& state) {
  return *std::launder(reinterpret_cast<wasm::Sha256State*>(state.bytes.data()));
}

}  // namespace

Sha256::Sha256() {
  static_assert(sizeof(wasm::Sha256State) <= sizeof(State) && alignof(wasm::Sha256State) <= alignof(State));
  new (state_.bytes.data()) wasm::Sha256State();
}

Sha256::~Sha256() {
  for (volatile std::byte& byte : state_.bytes) byte = std::byte{};  // what is volatile is written, though never read
}

Sha256& Sha256::add(std::string_view piece) {
  get(state_).add(bytes_of(piece));
  return *this;
}

Digest Sha256::digest() { return get(state_).digest(); }

Digest sha256(std::string_view message) { return Sha256().add(message).digest(); }

}  // namespace folkmoot
