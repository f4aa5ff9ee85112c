// Shuffles of the original tools: accepted, and refused with anything changed.
#include "proof/shuffle.hpp"
#include "proof/original_proofs.hpp"

namespace folkmoot::proof::test {
namespace {

// The first shuffle of a record with one question.
template <PrimeGroup G>
struct Original {
  explicit Original(const OriginalRecord& record)
      : fingerprint(to_base64(sha256(record.setup("election")))),
        tally(json::Document::parse(record.follow(record.payloads("EncryptedTally").at(0), "encrypted_tally")).value()),
        shuffle(json::Document::parse(record.follow(record.payloads("Shuffle").at(0), "payload")).value()),
        election(json::Document::parse(record.setup("election")).value()),
        public_key(read_element<G>(election.root().field("public_key").value()).value()),
        before(ciphertexts_in<G>(at(tally.root(), 0))),
        after(ciphertexts_in<G>(at(shuffle.root().field("ciphertexts").value(), 0))),
        proof(read_shuffle_proof<G>(at(shuffle.root().field("proofs").value(), 0)).value()) {}

  [[nodiscard]] bool verify() const { return verify_shuffle<G>(fingerprint, public_key, before, after, proof); }

  std::string fingerprint;
  json::Document tally, shuffle, election;
  typename G::FixedBase public_key;
  std::vector<Ciphertext<G>> before, after;
  ShuffleProof<G> proof;
};

// Calls `action(change)` for changes of everything that a proof is made of; `change(proof)` makes one.
template <PrimeGroup G, class Action>
void for_each_change(Action action) {
  using P = ShuffleProof<G>;
  using Element = typename G::Element;
  using Scalar = typename G::Scalar;
  const auto element = [&](auto where) { action([=](P& proof) { where(proof) = where(proof) * G::generator(); }); };
  const auto scalar = [&](auto where) { action([=](P& proof) { where(proof) = where(proof) + Scalar(1); }); };
  const auto vector = [&](auto where) {
    action([=](P& proof) { std::swap(where(proof).front(), where(proof).back()); });
    action([=](P& proof) { where(proof).pop_back(); });
    action([=](P& proof) { where(proof).push_back(where(proof).back()); });
    action([=](P& proof) { where(proof).clear(); });
  };
  element([](P& p) -> Element& { return p.t.t1; });
  element([](P& p) -> Element& { return p.t.t2; });
  element([](P& p) -> Element& { return p.t.t3; });
  element([](P& p) -> Element& { return p.t.t41; });
  element([](P& p) -> Element& { return p.t.t42; });
  element([](P& p) -> Element& { return p.t.t_hat[1]; });
  element([](P& p) -> Element& { return p.c[1]; });
  element([](P& p) -> Element& { return p.c_hat[0]; });
  element([](P& p) -> Element& { return p.c_hat.back(); });
  scalar([](P& p) -> Scalar& { return p.s.s1; });
  scalar([](P& p) -> Scalar& { return p.s.s2; });
  scalar([](P& p) -> Scalar& { return p.s.s3; });
  scalar([](P& p) -> Scalar& { return p.s.s4; });
  scalar([](P& p) -> Scalar& { return p.s.s_hat[2]; });
  scalar([](P& p) -> Scalar& { return p.s.s_prime[2]; });
  vector([](P& p) -> std::vector<Element>& { return p.t.t_hat; });
  vector([](P& p) -> std::vector<Element>& { return p.c; });
  vector([](P& p) -> std::vector<Element>& { return p.c_hat; });
  vector([](P& p) -> std::vector<Scalar>& { return p.s.s_hat; });
  vector([](P& p) -> std::vector<Scalar>& { return p.s.s_prime; });
  action([](P& p) { std::swap(p.t.t41, p.t.t42); });
  action([](P& p) { std::swap(p.c, p.c_hat); });
}

TEST(Shuffle, everyChangeOfAProofIsRefused) {
  ORIGINAL_RECORD(record, "v1-rank8-ed25519");
  const Original<Ed25519> original(record);
  ASSERT_TRUE(original.verify());
  int changes = 0;
  for_each_change<Ed25519>([&](auto change) {
    auto proof = original.proof;
    change(proof);
    ASSERT_FALSE(proof == original.proof);
    EXPECT_FALSE(
        verify_shuffle<Ed25519>(original.fingerprint, original.public_key, original.before, original.after, proof))
        << "change " << changes;
    ++changes;
  });
  EXPECT_EQ(changes, 37);
}

TEST(Shuffle, everyChangeOfTheStatementIsRefused) {
  ORIGINAL_RECORD(record, "v1-rank8-ed25519");
  using G = Ed25519;
  const Original<G> o(record);
  const auto verify = [&](const std::string& fingerprint, const G::FixedBase& key,
                          const std::vector<Ciphertext<G>>& before, const std::vector<Ciphertext<G>>& after) {
    return verify_shuffle<G>(fingerprint, key, before, after, o.proof);
  };
  ASSERT_TRUE(verify(o.fingerprint, o.public_key, o.before, o.after));
  EXPECT_FALSE(verify(o.fingerprint + "x", o.public_key, o.before, o.after));
  EXPECT_FALSE(verify(o.fingerprint, G::FixedBase(o.public_key.base() * G::generator()), o.before, o.after));
  EXPECT_FALSE(verify(o.fingerprint, o.public_key, o.after, o.before));
  auto changed = o.after;
  std::swap(changed[0], changed[1]);
  EXPECT_FALSE(verify(o.fingerprint, o.public_key, o.before, changed));
  changed = o.after;
  changed[3].beta = changed[3].beta * G::generator();  // another vote
  EXPECT_FALSE(verify(o.fingerprint, o.public_key, o.before, changed));
  changed = o.after;
  changed.pop_back();
  EXPECT_FALSE(verify(o.fingerprint, o.public_key, o.before, changed));
  changed = o.before;
  changed[5] = changed[4];  // a ballot counted twice
  EXPECT_FALSE(verify(o.fingerprint, o.public_key, changed, o.after));
  changed = o.before;
  changed.push_back(changed[0]);
  EXPECT_FALSE(verify(o.fingerprint, o.public_key, changed, o.after));
}

// The responses are no part of the transcript: a wrong one leaves the challenge as it is, and fails just the equations
// that it stands in. So an equation that is not checked would show.
TEST(Shuffle, eachEquationIsChecked) {
  ORIGINAL_RECORD(record, "v1-rank8-ed25519");
  using G = Ed25519;
  const Original<G> o(record);
  const auto failing = [&](const ShuffleProof<G>& proof) {
    const ShuffleCheck<G> check(o.fingerprint, o.public_key, o.before, o.after, proof);
    std::vector<std::size_t> wrong;
    for (std::size_t which = 0; which < check.commitments; ++which) {
      if (!check.check_commitment(which)) wrong.push_back(which);
    }
    if (!check.check_chain(0, o.before.size())) wrong.push_back(check.commitments);
    return wrong;
  };
  EXPECT_THAT(failing(o.proof), testing::IsEmpty());
  const G::Scalar one(1);
  auto proof = o.proof;
  proof.s.s1 = proof.s.s1 + one;
  EXPECT_THAT(failing(proof), testing::ElementsAre(0));
  proof = o.proof;
  proof.s.s2 = proof.s.s2 + one;
  EXPECT_THAT(failing(proof), testing::ElementsAre(1));
  proof = o.proof;
  proof.s.s3 = proof.s.s3 + one;
  EXPECT_THAT(failing(proof), testing::ElementsAre(0));
  proof = o.proof;
  proof.s.s4 = proof.s.s4 + one;
  EXPECT_THAT(failing(proof), testing::ElementsAre(2, 3));
  proof = o.proof;
  proof.s.s_prime[7] = proof.s.s_prime[7] + one;
  EXPECT_THAT(failing(proof), testing::ElementsAre(0, 2, 3, 4));
  proof = o.proof;
  proof.s.s_hat[7] = proof.s.s_hat[7] + one;
  EXPECT_THAT(failing(proof), testing::ElementsAre(4));
}

TEST(Shuffle, theChainIsCheckedInParts) {
  ORIGINAL_RECORD(record, "v1-rank8-ed25519");
  using G = Ed25519;
  Original<G> o(record);
  o.proof.s.s_hat[41] = o.proof.s.s_hat[41] + G::Scalar(1);
  const ShuffleCheck<G> check(o.fingerprint, o.public_key, o.before, o.after, o.proof);
  EXPECT_TRUE(check.check_chain(0, 41));
  EXPECT_FALSE(check.check_chain(41, 42));
  EXPECT_TRUE(check.check_chain(42, o.before.size()));
}

TEST(Shuffle, inRfc3526) {
  ORIGINAL_RECORD(record, "v1-rank8-rfc3526");
  Original<Rfc3526> original(record);
  EXPECT_TRUE(original.verify());
  original.proof.s.s1 = original.proof.s.s1 + Rfc3526::Scalar(1);
  EXPECT_FALSE(original.verify());
}

TEST(Shuffle, jsonRefusesOtherShapes) {
  const auto read = [](std::string_view text) {
    const auto document = json::Document::parse(text).value();
    return read_shuffle_proof<Ed25519>(document.root());
  };
  for (const auto* text :
       {"[]", "{}", "[1,2,3,4]", "[[],[],[],[]]", "\"\"", "[[\"0\",\"0\",\"0\",[\"0\"],[]],[],[],[]]"}) {
    EXPECT_FALSE(read(text)) << text;
  }
}

}  // namespace
}  // namespace folkmoot::proof::test
