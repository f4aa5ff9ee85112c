// Any bytes as what a browser says of a passkey: it ends without a crash, and none that a fuzzer makes up is shown.
#include <cstdlib>

#include "account/webauthn.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace folkmoot;
  using namespace folkmoot::account;
  static const Expected expected{"https://vote.members.example", "vote.members.example", "Y2hhbGxlbmdl"};
  static const std::string made =
      R"({"type":"webauthn.create","challenge":"Y2hhbGxlbmdl","origin":"https://vote.members.example"})";
  static const std::string shown =
      R"({"type":"webauthn.get","challenge":"Y2hhbGxlbmdl","origin":"https://vote.members.example"})";
  const ByteView bytes{data, size};

  // As CBOR: what is read over is never more than there is.
  CborReader reader(bytes);
  if (reader.skip() && reader.rest().size() >= size) std::abort();

  const auto added = register_passkey(expected, made, bytes);
  const Passkey passkey = added ? *added : Passkey{{1}, {Algorithm::eddsa, Bytes(32, 7)}, 0};
  if (passkey.credential.empty() || passkey.credential.size() > 1023) std::abort();
  if (!key_of_point(passkey.key.point)) std::abort();
  (void)register_passkey(expected, text_of(bytes), bytes);

  const auto read = read_authenticator_data(bytes, expected.party, false);
  if (read && (size < 37 || read->key)) std::abort();
  const ByteView front = bytes.first(std::min<std::size_t>(size, 37));
  (void)check_passkey(expected, passkey, shown, front, bytes.subspan(front.size()));
  for (const std::size_t point : {std::size_t{32}, std::size_t{64}}) {
    if (size < point) continue;
    (void)verify(*key_of_point(bytes.first(point)), bytes_of(shown), bytes.subspan(point));
  }
  return 0;
}
