// The registrar (Belenios: credential authority) makes the voters' private credentials; whoever has one can compute the
// secret key that signs the ballot (specification, section 4.8 "Credentials").
#pragma once

#include <string>
#include <vector>

#include "election/credentials.hpp"
#include "secret/scalar.hpp"
#include "secret/work.hpp"

namespace folkmoot::secret {

class PrivateCredential {
 public:
  // 22 random base58 characters: XXXXX-XXXXXX-XXXXX-XXXXXX.
  static PrivateCredential generate(Random& random);
  // Takes what a voter typed, white space around it ignored. Accepts the form above, and the older one of tools up to
  // 2.x, XXX-XXX-XXX-XXX-XXX (hyphens may be missing), whose last character is a checksum. The messages are for the
  // voter and never repeat what was typed.
  static Result<PrivateCredential> parse(std::string_view text);

  // The credential as its owner sees it.
  [[nodiscard]] std::string_view view() const { return text_.view(); }
  // Whether it has the older form, whose key is derived another way.
  [[nodiscard]] bool legacy() const { return legacy_; }

  // secret(c), for the election of that uuid.
  template <PrimeGroup G>
  [[nodiscard]] SecretScalar<G> key(std::string_view uuid) const;

 private:
  PrivateCredential(SecretText text, bool legacy) : text_(std::move(text)), legacy_(legacy) {}
  SecretText text_;
  bool legacy_;
};

// public(c) = g^secret(c).
template <PrimeGroup G>
typename G::Element public_credential(const PrivateCredential& credential, std::string_view uuid);

// A voter as the registrar is told of them: a name unique in the roll, and a weight ≥ 1.
struct Voter {
  std::string name;
  std::uint64_t weight = 1;
};

template <PrimeGroup G>
struct CredentialBatch {
  std::vector<PrivateCredential> private_credentials;  // one for each voter, in the order given
  election::PublicCredentials<G> public_credentials;   // in the order of their texts, which tells nothing
  std::vector<std::size_t> voters;                     // whose credentials[i] it is: an index into the voters given
};

// A credential for each voter. `weighted` of the result is whether some weight is not 1. Fails if a weight is 0 or
// their sum leaves 63 bits.
template <PrimeGroup G>
Result<CredentialBatch<G>> make_credentials(std::string_view uuid, std::span<const Voter> voters, Random& random,
                                            const Work& work = {});

}  // namespace folkmoot::secret
