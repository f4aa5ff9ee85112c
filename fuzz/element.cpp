// Any bytes as the text of an element and of a scalar of each group, and as the 32 bytes of an Ed25519 element: what is
// accepted must have just that text; and Ed25519's elements are those that libsodium accepts, and the identity.
#include <sodium.h>

#include <algorithm>
#include <cstdlib>

#include "base/bytes.hpp"
#include "group/all.hpp"

namespace {

using namespace folkmoot;
using namespace folkmoot::group;

void require(bool holds) {
  if (!holds) std::abort();
}

template <class Value>
void check_text(std::string_view text) {
  const auto value = Value::decode(text);
  if (value) require(value->text() == text);
}

void check_encoding(std::array<std::uint8_t, 32> bytes) {
  const auto element = Ed25519::Element::from_bytes(bytes);
  const bool identity = element && element->is_identity();
  require(element.has_value() == (identity || crypto_core_ed25519_is_valid_point(bytes.data()) == 1));
  if (!element) return;
  require(element->bytes() == bytes);
  std::ranges::reverse(bytes);
  require(element->text() == to_hex(bytes));
  check_text<Ed25519::Element>(to_hex(bytes));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (sodium_init() < 0) return -1;
  const std::string_view text = text_of({data, size});
  check_text<Ed25519::Element>(text);
  check_text<Ed25519::Scalar>(text);
  check_text<Belenios2048::Element>(text);
  check_text<Belenios2048::Scalar>(text);
  check_text<Rfc3526::Element>(text);
  check_text<Rfc3526::Scalar>(text);
  if (size == 32) {
    std::array<std::uint8_t, 32> bytes;
    std::copy_n(data, 32, bytes.begin());
    check_encoding(bytes);
  }
  return 0;
}
