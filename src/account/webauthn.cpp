#include "account/webauthn.hpp"

#include "base/json.hpp"
#include "base/sha256.hpp"

namespace folkmoot::account {
namespace {

// Section 5.8.1, and steps 5 to 10 of section 7.1, 11 to 14 of section 7.2.
Status check_client_data(std::string_view text, std::string_view type, const Expected& expected) {
  const json::Document document = TRY(json::Document::parse(text));
  const auto expect = [&](std::string_view name, std::string_view value) -> Status {
    const std::string found = TRY(json::read_field(document.root(), name, json::read_string));
    if (found != value) return fail("{}: not the one expected", name);
    return {};
  };
  TRY(expect("type", type));
  TRY(expect("challenge", expected.challenge));
  TRY(expect("origin", expected.origin));
  if (!document.root().has("crossOrigin")) return {};
  const json::Value cross = TRY(document.root().field("crossOrigin"));
  if (TRY(in("crossOrigin", cross.boolean()))) return fail("crossOrigin: from within another site");
  return {};
}

// Takes that many bytes off the front.
Result<ByteView> take(ByteView& rest, std::size_t size) {
  if (rest.size() < size) return fail("ends too early");
  const ByteView taken = rest.first(size);
  rest = rest.subspan(size);
  return taken;
}

Result<std::uint32_t> take_number(ByteView& rest, std::size_t size) {
  std::uint32_t number = 0;
  for (const std::uint8_t byte : TRY(take(rest, size))) number = number << 8 | byte;
  return number;
}

// Section 6.5.1.
Status read_credential(ByteView& rest, AuthenticatorData& data) {
  constexpr std::size_t aaguid = 16, longest = 1023;
  TRY(take(rest, aaguid));
  const std::size_t size = TRY(take_number(rest, 2));
  if (size == 0 || size > longest) return fail("a credential's ID of {} bytes", size);
  const ByteView id = TRY(take(rest, size));
  data.credential.assign(id.begin(), id.end());
  CborReader reader(rest);
  data.key = TRY(read_key(reader));
  rest = reader.rest();
  return {};
}

}  // namespace

Result<std::string> challenge_of(std::string_view client_data) {
  const json::Document document = TRY(json::Document::parse(client_data));
  return json::read_field(document.root(), "challenge", json::read_string);
}

Result<AuthenticatorData> read_authenticator_data(ByteView bytes, std::string_view party, bool registering) {
  enum Flag : unsigned { present = 1U << 0, verified = 1U << 2, has_credential = 1U << 6, has_extensions = 1U << 7 };
  AuthenticatorData data;
  const ByteView hash = TRY(take(bytes, Digest().size()));
  const Digest right = sha256(party);
  if (!std::equal(hash.begin(), hash.end(), right.begin())) return fail("for another site");
  const unsigned flags = TRY(take_number(bytes, 1));
  if ((flags & present) == 0) return fail("the user was not present");
  if ((flags & verified) == 0) return fail("the user was not verified");
  data.sign_count = TRY(take_number(bytes, 4));
  if (((flags & has_credential) != 0) != registering) return fail("a key is missing, or there is one too many");
  if (registering) TRY(read_credential(bytes, data));
  if ((flags & has_extensions) != 0) {
    CborReader reader(bytes);
    TRY(in("extensions", reader.skip()));
    bytes = reader.rest();
  }
  if (!bytes.empty()) return fail("{} bytes too many", bytes.size());
  return data;
}

Result<Passkey> register_passkey(const Expected& expected, std::string_view client_data, ByteView attestation_object) {
  TRY(in("client data", check_client_data(client_data, "webauthn.create", expected)));
  // Section 6.5.4.
  CborReader reader(attestation_object);
  ByteView authenticator_data;
  std::string_view format;
  const std::size_t pairs = TRY(in("attestation", reader.map()));
  if (pairs != 3) return fail("attestation: {} fields; expected fmt, attStmt and authData", pairs);
  for (std::size_t i = 0; i < pairs; ++i) {
    const std::string_view name = TRY(in("attestation", reader.text()));
    if (name == "fmt") {
      format = TRY(in("fmt", reader.text()));
    } else if (name == "attStmt") {
      if (TRY(in("attStmt", reader.map())) != 0) return fail("attStmt: none was asked for");
    } else if (name == "authData") {
      authenticator_data = TRY(in("authData", reader.bytes()));
    } else {
      return fail("attestation: a field that is not expected");
    }
  }
  if (!reader.rest().empty()) return fail("attestation: {} bytes too many", reader.rest().size());
  if (format != "none") return fail("fmt: none was asked for");
  AuthenticatorData data = TRY(in("authData", read_authenticator_data(authenticator_data, expected.party, true)));
  return Passkey{std::move(data.credential), *std::move(data.key), data.sign_count};
}

Result<std::uint32_t> check_passkey(const Expected& expected, const Passkey& passkey, std::string_view client_data,
                                    ByteView authenticator_data, ByteView signature) {
  TRY(in("client data", check_client_data(client_data, "webauthn.get", expected)));
  const AuthenticatorData data =
      TRY(in("authenticator data", read_authenticator_data(authenticator_data, expected.party, false)));
  // Steps 19 and 20: over the data, and the hash of what the browser says.
  Bytes message(authenticator_data.begin(), authenticator_data.end());
  const Digest hash = sha256(client_data);
  message.insert(message.end(), hash.begin(), hash.end());
  if (!verify(passkey.key, message, signature)) return fail("the signature is not this passkey's");
  // Step 21. Authenticators that do not count say 0 every time.
  const bool counts = data.sign_count != 0 || passkey.sign_count != 0;
  if (counts && data.sign_count <= passkey.sign_count) return fail("the sign count has not grown: it may be a copy");
  return data.sign_count;
}

}  // namespace folkmoot::account
