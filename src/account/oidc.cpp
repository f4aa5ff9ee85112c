#include "account/oidc.hpp"

#include <sodium.h>

#include <algorithm>

#include "account/token.hpp"
#include "account/url.hpp"
#include "base/json.hpp"

namespace folkmoot::account {
namespace {

constexpr std::int64_t clock_skew = 60;  // seconds, between the provider's clock and ours

bool is_alphanumeric(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// "name=value&name=value".
std::string form(std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
  std::string text;
  for (const auto& [name, value] : fields) {
    text += fmt::format("{}{}={}", text.empty() ? "" : "&", name, percent_encoded(value));
  }
  return text;
}

std::string hash_text(std::string_view prefix, std::string_view token) {
  return to_base64url(sha256(fmt::format("{}{}", prefix, token)));
}

Result<std::string> read_url(json::Value object, std::string_view name, bool here) {
  std::string url = TRY(json::read_field(object, name, json::read_string));
  TRY(in(name, check_provider_url(url)));
  if (!here && !url.starts_with("https://")) return fail("{}: not https:", name);
  return url;
}

// Whether a field is there and true.
Result<bool> is_true(json::Value object, std::string_view name) {
  if (!object.has(name)) return false;
  return json::read_field(object, name, [](json::Value value) { return value.boolean(); });
}

Result<std::string> read_audience(json::Value value) {
  if (value.is_string()) return json::read_string(value);
  const std::vector<std::string> all = TRY(json::read_array(value, json::read_string));
  if (all.size() != 1) return fail("{} of them; none but this client is trusted", all.size());
  return all.front();
}

Result<std::int64_t> read_time(json::Value object, std::string_view name) {
  constexpr std::int64_t latest = std::int64_t{1} << 40;
  return json::read_field(object, name, [](json::Value value) { return value.integer(0, latest); });
}

Status expect(json::Value object, std::string_view name, std::string_view value) {
  if (TRY(json::read_field(object, name, json::read_string)) != value) return fail("{}: another one", name);
  return {};
}

}  // namespace

Status check_provider_url(std::string_view url) {
  const bool secure = url.starts_with("https://");
  const std::string_view rest = url.substr(std::min(url.find("://") + 3, url.size()));
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  const bool plain = !authority.empty() && std::ranges::all_of(authority, [](char c) {
    return is_alphanumeric(c) || std::string_view(".-:[]").find(c) != std::string_view::npos;
  });
  const bool visible = std::ranges::all_of(rest, [](char c) { return c > ' ' && c < '\x7F' && c != '#' && c != '\\'; });
  const bool here = url.starts_with("http://") && is_here(host_of(url));
  if ((!secure && !here) || !plain || !visible || host_of(url).empty()) {
    return fail("expected https:// and a host, as https://id.members.example");
  }
  return {};
}

std::string configuration_url(std::string_view issuer) {
  if (issuer.ends_with('/')) issuer.remove_suffix(1);
  return fmt::format("{}/.well-known/openid-configuration", issuer);
}

Result<ProviderMetadata> read_provider_metadata(std::string_view text, std::string_view issuer) {
  const json::Document document = TRY(json::Document::parse(text));
  const json::Value root = document.root();
  TRY(expect(root, "issuer", issuer));
  const bool here = issuer.starts_with("http://");
  ProviderMetadata metadata;
  metadata.issuer = issuer;
  metadata.authorization_endpoint = TRY(read_url(root, "authorization_endpoint", here));
  metadata.token_endpoint = TRY(read_url(root, "token_endpoint", here));
  metadata.jwks_uri = TRY(read_url(root, "jwks_uri", here));
  metadata.says_who_it_is = TRY(is_true(root, "authorization_response_iss_parameter_supported"));
  metadata.takes_claims = TRY(is_true(root, "claims_parameter_supported"));
  constexpr std::string_view methods = "token_endpoint_auth_methods_supported";  // client_secret_basic if it is missing
  if (root.has(methods)) {
    const auto read = [](json::Value value) { return json::read_array(value, json::read_string); };
    const auto supported = TRY(json::read_field(root, methods, read));
    if (!std::ranges::count(supported, "client_secret_basic")) return fail("{}: lacks client_secret_basic", methods);
  }
  return metadata;
}

OidcSecrets secrets_of_visit(std::string_view token) {
  OidcSecrets secrets;
  secrets.state = hash_text("folkmoot oidc state ", token);
  secrets.nonce = hash_text("folkmoot oidc nonce ", token);
  secrets.verifier = hash_text("folkmoot oidc verifier ", token);
  secrets.challenge = hash_text("", secrets.verifier);
  return secrets;
}

std::string authorization_url(const ProviderMetadata& metadata, const OidcClient& client, const OidcSecrets& secrets) {
  const std::string& endpoint = metadata.authorization_endpoint;
  std::string url = endpoint + (endpoint.find('?') == std::string::npos ? "?" : "&");
  const bool by_email = client.claim == "email";
  url += form({{"response_type", "code"},
               {"client_id", client.id},
               {"redirect_uri", client.redirect_uri},
               {"scope", by_email ? "openid email" : "openid profile"},
               {"state", secrets.state},
               {"nonce", secrets.nonce},
               {"code_challenge", secrets.challenge},
               {"code_challenge_method", "S256"}});
  if (!metadata.takes_claims) return url;
  json::Writer claims;
  claims.begin_object().key("id_token").begin_object().key(client.claim).null();
  if (by_email) claims.key("email_verified").null();
  claims.end_object().end_object();
  return url + "&" + form({{"claims", claims.text()}});
}

Status check_answering_issuer(const ProviderMetadata& metadata, std::string_view issuer) {
  if (issuer.empty() && !metadata.says_who_it_is) return {};
  if (issuer != metadata.issuer) return fail("the answer is another provider's");
  return {};
}

std::string token_request(const OidcClient& client, std::string_view code, const OidcSecrets& secrets) {
  return form({{"grant_type", "authorization_code"},
               {"code", code},
               {"redirect_uri", client.redirect_uri},
               {"code_verifier", secrets.verifier}});
}

secret::SecretText client_authorization(const OidcClient& client) {
  std::string encoded = percent_encoded(client.secret.view());
  std::string pair = percent_encoded(client.id) + ":" + encoded;
  std::string text = to_base64(bytes_of(pair));
  text.append((4 - text.size() % 4) % 4, '=');  // RFC 7617 has the padding
  secret::SecretText value({"Basic ", text});
  for (std::string* copy : {&encoded, &pair, &text}) sodium_memzero(copy->data(), copy->size());
  return value;
}

Result<std::string> read_token_answer(std::string_view text) {
  const json::Document document = TRY(json::Document::parse(text));
  return json::read_field(document.root(), "id_token", json::read_string);
}

Result<Identity> read_id_token(std::string_view payload, const OidcClient& client, std::string_view nonce,
                               std::int64_t now) {
  constexpr std::size_t longest = 254;
  const json::Document document = TRY(json::Document::parse(payload));
  const json::Value claims = document.root();
  TRY(claims.text());  // which finds a claim that is there twice
  TRY(expect(claims, "iss", client.issuer));
  TRY(json::read_field(claims, "sub", json::read_string));
  if (TRY(json::read_field(claims, "aud", read_audience)) != client.id) return fail("aud: another client");
  if (claims.has("azp")) TRY(expect(claims, "azp", client.id));
  if (TRY(read_time(claims, "exp")) <= now - clock_skew) return fail("exp: it is over");
  if (TRY(read_time(claims, "iat")) > now + clock_skew) return fail("iat: in the future");
  if (claims.has("nbf") && TRY(read_time(claims, "nbf")) > now + clock_skew) return fail("nbf: in the future");
  TRY(expect(claims, "nonce", nonce));
  Identity identity;
  identity.by_email = client.claim == "email";
  identity.value = TRY(json::read_field(claims, client.claim, json::read_string));
  if (identity.value.empty() || identity.value.size() > longest) return fail("{}: empty or too long", client.claim);
  if (identity.value.find('\0') != std::string::npos) return fail("{}: not a text", client.claim);
  if (identity.by_email && !TRY(is_true(claims, "email_verified"))) return fail("email_verified: it is not");
  return identity;
}

}  // namespace folkmoot::account
