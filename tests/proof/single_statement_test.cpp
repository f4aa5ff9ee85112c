// The statements with one proof each, as the original tools proved them: accepted, and refused with anything changed.
#include "proof/decryption.hpp"
#include "proof/knowledge.hpp"
#include "proof/nonzero.hpp"
#include "proof/original_proofs.hpp"
#include "proof/raw_encryption.hpp"
#include "proof/signature.hpp"

namespace folkmoot::proof::test {
namespace {

// A proof changed in every way that `mutations` knows, except in number.
template <PrimeGroup G>
std::vector<Proof<G>> changes(const Proof<G>& proof) {
  std::vector<Proof<G>> wrong;
  for (const auto& proofs : mutations<G>({proof})) {
    if (proofs.size() == 1) wrong.push_back(proofs[0]);
  }
  return wrong;
}

template <PrimeGroup G, class Verify>
void expect_only(const Proof<G>& proof, Verify verify) {
  EXPECT_TRUE(verify(proof));
  for (const auto& changed : changes(proof)) EXPECT_FALSE(verify(changed));
}

template <PrimeGroup G>
void check_knowledge(const OriginalRecord& record, std::size_t trustee) {
  const auto document = json::Document::parse(record.setup("trustees")).value();
  const json::Value key = at(at(document.root(), trustee), 1);
  const auto public_key = json::read_field(key, "public_key", read_element<G>).value();
  const auto pok = json::read_field(key, "pok", read_proof<G>).value();
  const auto verify = [&](const typename G::Element& element, const Proof<G>& proof) {
    return holds<G>(G::fixed_generator(), [&](Batch<G>& batch) { return verify_knowledge<G>(batch, element, proof); });
  };
  expect_only<G>(pok, [&](const Proof<G>& proof) { return verify(public_key, proof); });
  EXPECT_FALSE(verify(public_key * G::generator(), pok));
}

TEST(Knowledge, trusteesKeys) {
  {
    ORIGINAL_RECORD(record, "v1-rank8-ed25519");
    for (const std::size_t trustee : {0U, 1U, 2U}) check_knowledge<Ed25519>(record, trustee);
  }
  ORIGINAL_RECORD(belenios2048, "v1-choose1of5-blank-belenios2048");
  check_knowledge<Belenios2048>(belenios2048, 0);
  ORIGINAL_RECORD(rfc3526, "v1-rank8-rfc3526");
  check_knowledge<Rfc3526>(rfc3526, 0);
}

template <PrimeGroup G>
void check_raw_encryption(const OriginalRecord& record) {
  const OriginalAnswer<G> answer(record, 0, 0);
  const auto choices = read_ciphertext<G>(answer.field("choices")).value();
  const auto original = read_proof<G>(answer.field("proof")).value();
  const std::string key = answer.public_key.base().text();
  const auto verify = [&](const std::string& S, const std::string& y, const Ciphertext<G>& ciphertext,
                          const Proof<G>& proof) {
    std::optional<Subject<G>> subject;
    return holds<G>(answer.public_key, [&](Batch<G>& batch) {
      subject.emplace(batch, ciphertext);
      return verify_raw_encryption<G>(batch, S, y, *subject, proof);
    });
  };
  expect_only<G>(original, [&](const Proof<G>& proof) { return verify(answer.S0, key, choices, proof); });
  EXPECT_FALSE(verify(answer.S0 + "|", key, choices, original));
  EXPECT_FALSE(verify(answer.S0, G::generator().text(), choices, original));
  EXPECT_FALSE(verify(answer.S0, key, {choices.beta, choices.alpha}, original));
  EXPECT_FALSE(verify(answer.S0, key, {choices.alpha, choices.beta * G::generator()}, original));
}

TEST(RawEncryption, answers) {
  {
    ORIGINAL_RECORD(record, "v1-rank8-ed25519");
    check_raw_encryption<Ed25519>(record);
  }
  ORIGINAL_RECORD(rfc3526, "v1-rank8-rfc3526");
  check_raw_encryption<Rfc3526>(rfc3526);
}

TEST(Nonzero, answers) {
  ORIGINAL_RECORD(record, "v1-lists-ed25519");
  using G = Ed25519;
  const OriginalAnswer<G> answer(record, 0, 0);
  std::vector<Ciphertext<G>> all;
  Ciphertext<G> candidates;
  for (const json::Value list : items(answer.field("choices"))) {
    const auto choices = ciphertexts_in<G>(list);
    all.insert(all.end(), choices.begin(), choices.end());
    candidates = candidates * product<G>(std::span(choices).subspan(1));
  }
  const std::string original_S = answer.S(all);
  const auto original = read_nonzero_proof<G>(answer.field("nonzero_proof")).value();
  const auto verify = [&](const std::string& S, const Ciphertext<G>& ciphertext, const NonzeroProof<G>& proof) {
    std::optional<Subject<G>> subject;
    return holds<G>(answer.public_key, [&](Batch<G>& batch) {
      subject.emplace(batch, ciphertext);
      return verify_nonzero<G>(batch, S, *subject, proof);
    });
  };
  ASSERT_TRUE(verify(original_S, candidates, original));
  EXPECT_FALSE(verify(answer.S0, candidates, original));
  EXPECT_FALSE(verify(original_S, {candidates.beta, candidates.alpha}, original));
  EXPECT_FALSE(verify(original_S, all[0], original));
  const G::Scalar one(1);
  auto changed = original;
  changed.challenge = changed.challenge + one;
  EXPECT_FALSE(verify(original_S, candidates, changed));
  changed = original;
  changed.response[0] = changed.response[0] + one;
  EXPECT_FALSE(verify(original_S, candidates, changed));
  changed = original;
  changed.response[1] = changed.response[1] + one;
  EXPECT_FALSE(verify(original_S, candidates, changed));
  changed = original;
  std::swap(changed.response[0], changed.response[1]);
  EXPECT_FALSE(verify(original_S, candidates, changed));
  changed = original;
  changed.commitment = changed.commitment * G::generator();
  EXPECT_FALSE(verify(original_S, candidates, changed));
}

// Of an encryption of 0 = g^0, with randomness 1, one can prove anything with A_0 = 1: that must not count.
TEST(Nonzero, aCommitmentOfOneIsRefused) {
  using G = Ed25519;
  const typename G::FixedBase y(G::independent_generator(3));
  const Ciphertext<G> zero{G::generator(), y.base()};  // r = 1, m = 0
  const G::Scalar w1(5);
  const G::Scalar w2(9);
  const G::Scalar s(2);
  const auto A1 = G::power_vartime(zero.alpha, w1) * G::power_vartime(G::generator(), w2);
  const auto A2 = G::power_vartime(zero.beta, w1) * G::power_vartime(y.base(), w2);
  const G::Element A0;  // β^s · y^(−s·r) for m = 0
  const std::string S = "S";
  const auto c = v1::nonzero_challenge<G>(S, A0.text(), A1.text(), A2.text());
  const NonzeroProof<G> proof{A0, c, {w1 - s * c, w2 + s * c}};
  std::optional<Subject<G>> subject;
  EXPECT_FALSE(holds<G>(y, [&](Batch<G>& batch) {
    subject.emplace(batch, zero);
    return verify_nonzero<G>(batch, S, *subject, proof);
  }));
}

template <PrimeGroup G>
void check_signature(const OriginalRecord& record) {
  const OriginalAnswer<G> answer(record, 0, 0);
  const auto credential = read_element<G>(answer.ballot_field("credential")).value();
  const json::Value signature = answer.ballot_field("signature");
  const auto hash = json::read_field(signature, "hash", json::read_string).value();
  const auto original = json::read_field(signature, "proof", read_proof<G>).value();
  const auto verify = [&](const typename G::Element& key, const std::string& text, const Proof<G>& proof) {
    return holds<G>(answer.public_key,
                    [&](Batch<G>& batch) { return verify_ballot_signature<G>(batch, key, text, proof); });
  };
  expect_only<G>(original, [&](const Proof<G>& proof) { return verify(credential, hash, proof); });
  EXPECT_FALSE(verify(credential, hash + "=", original));
  EXPECT_FALSE(verify(credential * G::generator(), hash, original));
  // The label keeps a ballot's signature from being a trustee's.
  EXPECT_FALSE(holds<G>(answer.public_key, [&](Batch<G>& batch) {
    return verify_message_signature<G>(batch, credential, hash, original);
  }));
}

TEST(Signature, ballots) {
  {
    ORIGINAL_RECORD(record, "v1-rank8-ed25519");
    check_signature<Ed25519>(record);
  }
  ORIGINAL_RECORD(rfc3526, "v1-rank8-rfc3526");
  check_signature<Rfc3526>(rfc3526);
  ORIGINAL_RECORD(belenios2048, "v1-choose1of5-blank-belenios2048");
  check_signature<Belenios2048>(belenios2048);
}

TEST(Signature, certificates) {
  ORIGINAL_RECORD(record, "v1-threshold3of5-ed25519");
  using G = Ed25519;
  const auto document = json::Document::parse(record.setup("trustees")).value();
  const json::Value certificates = at(at(document.root(), 0), 1).field("certs").value();
  const auto message = json::read_field(at(certificates, 0), "message", json::read_string).value();
  const auto original = json::read_field(at(certificates, 0), "signature", read_proof<G>).value();
  const auto keys = json::Document::parse(message).value();
  const auto key = json::read_field(keys.root(), "verification", read_element<G>).value();
  const auto encryption = json::read_field(keys.root(), "encryption", read_element<G>).value();
  const auto verify = [&](const G::Element& verification, const std::string& text, const Proof<G>& proof) {
    return holds<G>(G::fixed_generator(),
                    [&](Batch<G>& batch) { return verify_message_signature<G>(batch, verification, text, proof); });
  };
  expect_only<G>(original, [&](const Proof<G>& proof) { return verify(key, message, proof); });
  EXPECT_FALSE(verify(key, message + " ", original));
  EXPECT_FALSE(verify(encryption, message, original));
}

template <PrimeGroup G>
void check_decryption(const OriginalRecord& record) {
  const auto trustees = json::Document::parse(record.setup("trustees")).value();
  const auto tally =
      json::Document::parse(record.follow(record.payloads("EncryptedTally").at(0), "encrypted_tally")).value();
  const std::string owned = record.payloads("PartialDecryption").at(0);
  const auto owned_document = json::Document::parse(owned).value();
  const auto owner = owned_document.root().field("owner").value().integer().value();
  const auto decryption = json::Document::parse(record.follow(owned, "payload")).value();
  const auto key =
      json::read_field(at(at(trustees.root(), static_cast<std::size_t>(owner - 1)), 1), "public_key", read_element<G>)
          .value();
  const auto ciphertexts = ciphertexts_in<G>(at(tally.root(), 0));
  const json::Value factors = at(decryption.root().field("decryption_factors").value(), 0);
  const auto proofs = proofs_in<G>(at(decryption.root().field("decryption_proofs").value(), 0));
  const auto factor = read_element<G>(at(factors, 0)).value();
  const std::string phi = to_base64(sha256(record.setup("election")));

  // Once with the trustee's key as any base, once as the one with a table.
  const typename G::FixedBase table(key);
  const typename G::FixedBase other_table(key * G::generator());
  const auto verify = [&](const std::string& fingerprint, const typename G::Element& X,
                          const typename G::Element& alpha, const typename G::Element& F, const Proof<G>& proof) {
    const std::string text = X.text();
    const bool plain = holds<G>(G::fixed_generator(), [&](Batch<G>& batch) {
      return verify_decryption<G>(batch, fingerprint, batch.base(X), text, alpha, F, proof);
    });
    const bool with_table = holds<G>(X == key ? table : other_table, [&](Batch<G>& batch) {
      return verify_decryption<G>(batch, fingerprint, batch.y, text, alpha, F, proof);
    });
    EXPECT_EQ(plain, with_table);
    return plain;
  };
  const auto& alpha = ciphertexts[0].alpha;
  expect_only<G>(proofs[0], [&](const Proof<G>& proof) { return verify(phi, key, alpha, factor, proof); });
  EXPECT_FALSE(verify(phi + "A", key, alpha, factor, proofs[0]));
  EXPECT_FALSE(verify(phi, key * G::generator(), alpha, factor, proofs[0]));
  EXPECT_FALSE(verify(phi, key, ciphertexts[1].alpha, factor, proofs[0]));
  EXPECT_FALSE(verify(phi, key, alpha, factor * G::generator(), proofs[0]));
  EXPECT_FALSE(verify(phi, key, alpha, factor, proofs[1]));
}

TEST(Decryption, factors) {
  {
    ORIGINAL_RECORD(record, "v1-choose1of5-blank-ed25519");
    check_decryption<Ed25519>(record);
  }
  ORIGINAL_RECORD(belenios2048, "v1-choose1of5-blank-belenios2048");
  check_decryption<Belenios2048>(belenios2048);
}

}  // namespace
}  // namespace folkmoot::proof::test
