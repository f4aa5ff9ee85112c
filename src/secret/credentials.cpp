#include "secret/credentials.hpp"

#include <openssl/evp.h>
#include <sodium.h>

#include <algorithm>
#include <cassert>
#include <limits>
#include <numeric>

#include "secret/base58.hpp"
#include "secret/bulk.hpp"

namespace folkmoot::secret {
namespace {

// Whether the text has hyphens where the form has them, and base58 digits elsewhere.
bool has_form(std::string_view text, std::string_view form) {
  return std::ranges::equal(text, form, [](char c, char expected) {
    return expected == '-' ? c == '-' : base58_digits.find(c) != std::string_view::npos;
  });
}

// Whether the last of the older form's digits is 53 less the number that the others are, modulo 53.
bool has_checksum(std::string_view text) {
  std::size_t number = 0;
  std::size_t last = 0;
  for (const char c : text) {
    if (c == '-') continue;
    number = (number * 58 + last) % 53;
    last = base58_digits.find(c);
  }
  return last == 53 - number;
}

constexpr int pbkdf2_iterations = 1000;

}  // namespace

PrivateCredential PrivateCredential::generate(Random& random) {
  const SecretText digits = random_base58(22, random);
  const std::string_view x = digits.view();
  return {SecretText({x.substr(0, 5), "-", x.substr(5, 6), "-", x.substr(11, 5), "-", x.substr(16, 6)}), false};
}

Result<PrivateCredential> PrivateCredential::parse(std::string_view text) {
  text = trimmed(text);
  if (has_form(text, "XXXXX-XXXXXX-XXXXX-XXXXXX")) return PrivateCredential(SecretText(text), false);
  if (has_form(text, "XXX-XXX-XXX-XXX-XXX") || has_form(text, "XXXXXXXXXXXXXXX")) {
    if (!has_checksum(text)) return fail("a mistyped credential: its last character does not fit the others");
    return PrivateCredential(SecretText(text), true);
  }
  return fail(
      "not a credential: expected groups of 5, 6, 5 and 6 letters or digits (without 0, O, I and l) with hyphens "
      "between");
}

template <PrimeGroup G>
SecretScalar<G> PrivateCredential::key(std::string_view uuid) const {
  std::array<std::uint8_t, 64> bytes;
  std::span<std::uint8_t> number(bytes);
  if (legacy_) {
    // Specification of tag 2.0, section 4.8: one block of PBKDF2 with HMAC-SHA256, the uuid as salt.
    number = number.first(32);
    [[maybe_unused]] const int status =
        PKCS5_PBKDF2_HMAC(view().data(), static_cast<int>(view().size()), bytes_of(uuid).data(),
                          static_cast<int>(uuid.size()), pbkdf2_iterations, EVP_sha256(), 32, number.data());
    assert(status == 1);
  } else {
    for (const std::size_t i : {0, 1}) {
      Digest half = Sha256().add("derive_credential|").add(uuid).add(i == 0 ? "|0|" : "|1|").add(view()).digest();
      std::ranges::copy(half, number.subspan(32 * i).begin());
      sodium_memzero(half.data(), half.size());
    }
  }
  auto key = SecretScalar<G>::from_big_endian(number);
  sodium_memzero(bytes.data(), bytes.size());
  return key;
}

template <PrimeGroup G>
typename G::Element public_credential(const PrivateCredential& credential, std::string_view uuid) {
  return power_of_g(credential.key<G>(uuid)).reveal();
}

template <PrimeGroup G>
Result<CredentialBatch<G>> make_credentials(std::string_view uuid, std::span<const Voter> voters, Random& random,
                                            const Work& work) {
  std::uint64_t sum = 0;
  bool weighted = false;
  for (const Voter& voter : voters) {
    if (voter.weight == 0) return fail("voter \"{}\": the weight must be at least 1", voter.name);
    if (voter.weight > std::numeric_limits<std::int64_t>::max() - sum) {
      return fail("voter \"{}\": the sum of the weights leaves 63 bits", voter.name);
    }
    sum += voter.weight;
    weighted = weighted || voter.weight != 1;
  }

  CredentialBatch<G> batch;
  batch.private_credentials.reserve(voters.size());
  for (std::size_t i = 0; i < voters.size(); ++i) {
    batch.private_credentials.push_back(PrivateCredential::generate(random));
  }
  const std::size_t count = voters.size();
  std::vector<SecretScalar<G>> exponents(count);
  parallel_for(count, work.part(0, count, 2 * count),
               [&](std::size_t i) { exponents[i] = batch.private_credentials[i].template key<G>(uuid); });
  const Powers<G> of_g{&Base<G>::generator(), exponents};
  const auto keys = reveal_products<G>({&of_g, 1}, {}, work.part(count, count, 2 * count));
  std::vector<std::string> texts;
  texts.reserve(count);
  for (const auto& key : keys) texts.push_back(key.text());

  batch.voters.resize(voters.size());
  std::iota(batch.voters.begin(), batch.voters.end(), std::size_t{0});
  std::ranges::sort(batch.voters, {}, [&](std::size_t i) { return std::string_view(texts[i]); });
  batch.public_credentials.weighted = weighted;
  batch.public_credentials.credentials.reserve(voters.size());
  for (const std::size_t i : batch.voters) {
    batch.public_credentials.credentials.push_back({keys[i], voters[i].weight});
  }
  return batch;
}

#define FOLKMOOT_INSTANTIATE(G)                                                                              \
  template SecretScalar<G> PrivateCredential::key<G>(std::string_view) const;                                \
  template G::Element public_credential<G>(const PrivateCredential&, std::string_view);                      \
  template Result<CredentialBatch<G>> make_credentials<G>(std::string_view, std::span<const Voter>, Random&, \
                                                          const Work&);
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)
#undef FOLKMOOT_INSTANTIATE

}  // namespace folkmoot::secret
