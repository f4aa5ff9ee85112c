// Claim: a ciphertext encrypts a number other than 0 (specification, section 4.15 "Proof of encryption of non-zero"):
// that at least one candidate is chosen in a lists question.
#pragma once

#include "proof/disjunction.hpp"
#include "proof/transcript.hpp"

namespace folkmoot::proof {

template <PrimeGroup G>
struct NonzeroProof {
  typename G::Element commitment;  // A_0 = β^s · y^(−s·r), which is g^(s·m): not 1 just if m is not 0
  typename G::Scalar challenge;
  std::array<typename G::Scalar, 2> response;  // t_1, t_2
  friend bool operator==(const NonzeroProof&, const NonzeroProof&) = default;
};

namespace v1 {
// H_nonzero(S, A_0, A_1, A_2) = SHA256("nonzero|" S "|" A_0 "," A_1 "," A_2)
template <PrimeGroup G>
typename G::Scalar nonzero_challenge(std::string_view S, std::string_view A0, std::string_view A1,
                                     std::string_view A2) {
  return hash_to_scalar<G>("nonzero|", S, "|", A0, ",", A1, ",", A2);
}
}  // namespace v1

// With A_1 = α^t_1 · g^t_2 and A_2 = β^t_1 · y^t_2 · A_0^challenge. `S` and `proof` must live until the batch has run.
template <PrimeGroup G>
typename Batch<G>::Claim verify_nonzero(Batch<G>& batch, std::string_view S, const Subject<G>& subject,
                                        const NonzeroProof<G>& proof) {
  if (proof.commitment.is_identity()) return batch.refuse();
  const auto& [t1, t2] = proof.response;
  const auto A1 = batch.product({{subject.alpha, t1}, {batch.g, t2}});
  const auto A2 = batch.product({{subject.beta, t1}, {batch.y, t2}, {batch.base(proof.commitment), proof.challenge}});
  return batch.claim([S, A1, A2, &proof](const Batch<G>& b) {
    return proof.challenge == v1::nonzero_challenge<G>(S, proof.commitment.text(), b.text(A1), b.text(A2));
  });
}

template <PrimeGroup G>
Result<NonzeroProof<G>> read_nonzero_proof(json::Value value) {
  const auto response =
      TRY(json::read_field(value, "response", [](json::Value pair) { return json::read_array(pair, read_scalar<G>); }));
  if (response.size() != 2) return fail("response: expected 2 numbers, found {}", response.size());
  auto commitment = TRY(json::read_field(value, "commitment", read_element<G>));
  auto challenge = TRY(json::read_field(value, "challenge", read_scalar<G>));
  return NonzeroProof<G>{std::move(commitment), std::move(challenge), {response[0], response[1]}};
}

template <PrimeGroup G>
void write(json::Writer& writer, const NonzeroProof<G>& proof) {
  writer.begin_object();
  writer.key("commitment").decoded(proof.commitment);
  writer.key("challenge").decoded(proof.challenge);
  writer.key("response").begin_array();
  for (const auto& scalar : proof.response) writer.decoded(scalar);
  writer.end_array();
  writer.end_object();
}

}  // namespace folkmoot::proof
