// Any bytes as what a provider says, or a browser that comes from there: it ends without a crash, what is read is
// within its limits, and no token that a fuzzer makes up is one of our key's.
#include <cstdlib>

#include "account/jose.hpp"
#include "account/oidc.hpp"
#include "account/token.hpp"
#include "server/query.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace folkmoot;
  using namespace folkmoot::account;
  // Points of RFC 8032 (section 7.1, test 2) and of P-256's generator, which have signed nothing of the corpus.
  static const std::vector<Jwk> ours =
      *read_jwks(R"({"keys":[{"kty":"OKP","crv":"Ed25519","x":"PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw"},)"
                 R"({"kty":"EC","crv":"P-256","x":"axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY",)"
                 R"("y":"T-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU"}]})");
  static const OidcClient client = [] {
    OidcClient made;
    made.issuer = "https://id.example";
    made.id = "moot";
    made.claim = "email";
    return made;
  }();
  const std::string_view text = text_of({data, size});

  if (const auto keys = read_jwks(text)) {
    for (const Jwk& key : *keys) {
      const bool rsa = key.algorithm == JwsAlgorithm::rs256;
      const std::size_t point = key.algorithm == JwsAlgorithm::es256 ? 64 : 32;
      if (rsa ? key.key.size() < 256 || key.key.size() > 1024 : key.key.size() != point) std::abort();
      (void)verify(Jws{key.algorithm, "", "x", "", Bytes(rsa ? key.key.size() : 64, 1)}, key);
    }
  }
  if (const auto jws = read_jws(text)) {
    if (fmt::format("{}.{}", jws->signed_text, to_base64url(jws->signature)) != text) std::abort();
    if (const Jwk* key = key_of(*jws, ours); key != nullptr && verify(*jws, *key)) std::abort();
  }
  if (const auto metadata = read_provider_metadata(text, client.issuer)) {
    for (const std::string& url : {metadata->authorization_endpoint, metadata->token_endpoint, metadata->jwks_uri}) {
      if (!url.starts_with("https://") || !check_provider_url(url)) std::abort();
    }
    if (!authorization_url(*metadata, client, secrets_of_visit("x")).starts_with("https://")) std::abort();
  }
  (void)check_provider_url(text);
  (void)read_token_answer(text);
  if (const auto identity = read_id_token(text, client, "NONCE", 1'772'000'000)) {
    if (!identity->by_email || identity->value.empty() || identity->value.size() > 254) std::abort();
    if (text.find("email_verified") == std::string_view::npos && text.find('\\') == std::string_view::npos)
      std::abort();
  }
  if (const auto field = server::query_field(text, "code"); field && *field && (*field)->size() > size) std::abort();
  return 0;
}
