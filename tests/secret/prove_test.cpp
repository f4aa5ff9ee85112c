// Each prover against the verifier of the same statement: what is proved verifies, and does not verify for another
// statement.
#include <functional>

#include "secret/prove/blank.hpp"
#include "secret/prove/interval.hpp"
#include "secret/prove/knowledge.hpp"
#include "secret/prove/list.hpp"
#include "secret/prove/nonzero.hpp"
#include "support.hpp"

namespace folkmoot::secret::test {
namespace {

using proof::Subject;

template <class G>
class ProveTest : public testing::Test {
 protected:
  using Batch = group::Batch<G>;
  static constexpr std::string_view S = "fingerprint|credential";

  bool holds(const std::function<typename Batch::Claim(Batch&)>& verify) {
    const typename G::FixedBase table(y.element());
    Batch batch(table);
    const auto claim = verify(batch);
    batch.run();
    return batch.holds(claim);
  }
  bool interval_holds(const Encryption<G>& m, std::uint64_t min, std::uint64_t max,
                      std::span<const proof::Proof<G>> proofs, std::string_view prefix = S) {
    std::optional<Subject<G>> subject;
    return holds([&](Batch& batch) {
      subject.emplace(batch, m.ciphertext);
      return proof::verify_interval<G>(batch, prefix, *subject, min, max, proofs);
    });
  }
  // A statement about two ciphertexts.
  using VerifyTwo = std::function<typename Batch::Claim(Batch&, const Subject<G>&, const Subject<G>&)>;
  bool two_hold(const Encryption<G>& a, const Encryption<G>& b, const VerifyTwo& verify) {
    std::optional<Subject<G>> first, second;
    return holds([&](Batch& batch) {
      return verify(batch, first.emplace(batch, a.ciphertext), second.emplace(batch, b.ciphertext));
    });
  }

  // An encryption of a small number: the sum of encrypted bits.
  Encryption<G> number(int m) {
    auto sum = encrypt(y, SecretBit(false), random);
    for (int i = 0; i < m; ++i) sum = sum * encrypt(y, SecretBit(true), random);
    return sum;
  }

  SeededRandom random{10};
  SecretScalar<G> x = SecretScalar<G>::random(random);
  Base<G> y{power_of_g(x).reveal()};
};
TYPED_TEST_SUITE(ProveTest, Groups, GroupNames);

TYPED_TEST(ProveTest, EncryptsBitsThatAddUp) {
  using G = TypeParam;
  for (const int m : {0, 1, 3}) {
    const auto encryption = this->number(m);
    const auto& [alpha, beta] = encryption.ciphertext;
    EXPECT_EQ(alpha, power_of_g(encryption.randomness).reveal());
    EXPECT_EQ(beta / G::power_vartime(alpha, this->x.reveal()),
              G::power_vartime(G::generator(), typename G::Scalar(static_cast<std::uint64_t>(m))));
  }
}

TYPED_TEST(ProveTest, Interval) {
  using G = TypeParam;
  struct Case {
    int m;
    std::uint64_t min, max;
  };
  for (const auto& [m, min, max] :
       {Case{0, 0, 1}, Case{1, 0, 1}, Case{1, 1, 1}, Case{0, 0, 0}, Case{2, 0, 3}, Case{3, 2, 4}}) {
    const auto encryption = this->number(m);
    const auto proofs = prove_interval<G>(this->S, this->y, encryption, min, max, this->random);
    EXPECT_EQ(proofs.size(), max - min + 1);
    EXPECT_TRUE(this->interval_holds(encryption, min, max, proofs)) << m << " in " << min << ".." << max;
    EXPECT_FALSE(this->interval_holds(encryption, min + 1, max + 1, proofs));
    EXPECT_FALSE(this->interval_holds(encryption, min, max, proofs, "another prefix"));
    EXPECT_FALSE(this->interval_holds(this->number(m), min, max, proofs));
  }
}

TYPED_TEST(ProveTest, IntervalDoesNotShowWhich) {
  // The challenge and the response of the claim that holds look like the others: none is 0 or repeated.
  using G = TypeParam;
  const auto proofs = prove_interval<G>(this->S, this->y, this->number(1), 0, 2, this->random);
  std::vector<std::string> texts{typename G::Scalar().text()};
  for (const auto& proof : proofs) {
    for (const auto& scalar : {proof.challenge, proof.response}) {
      EXPECT_EQ(std::ranges::count(texts, scalar.text()), 0);
      texts.push_back(scalar.text());
    }
  }
}

TYPED_TEST(ProveTest, Blank) {
  using G = TypeParam;
  const auto verify = [&](const auto& proofs) {
    return [&](auto& batch, const auto& blank, const auto& sum) {
      return proof::verify_blank<G>(batch, this->S, blank, sum, proofs);
    };
  };
  for (const auto& [blank, sum] : {std::pair{0, 0}, std::pair{0, 2}, std::pair{1, 0}}) {
    const auto m0 = this->number(blank);
    const auto m = this->number(sum);
    const auto proofs = prove_blank<G>(this->S, this->y, m0, m, this->random);
    EXPECT_TRUE(this->two_hold(m0, m, verify(proofs))) << blank << ' ' << sum;
    EXPECT_FALSE(this->two_hold(m, m0, verify(proofs)));
  }
}

TYPED_TEST(ProveTest, BlankOverall) {
  using G = TypeParam;
  const auto verify = [&](const auto& proofs, std::uint64_t min, std::uint64_t max) {
    return [&, min, max](auto& batch, const auto& blank, const auto& sum) {
      return proof::verify_blank_overall<G>(batch, this->S, blank, sum, min, max, proofs);
    };
  };
  // m_0, m_Σ: in the last, both claims hold.
  for (const auto& [blank, sum, min] :
       {std::tuple{0, 2, 1U}, std::tuple{0, 1, 1U}, std::tuple{1, 0, 1U}, std::tuple{1, 0, 0U}}) {
    const auto m0 = this->number(blank);
    const auto m = this->number(sum);
    const auto proofs = prove_blank_overall<G>(this->S, this->y, m0, m, min, 2, this->random);
    EXPECT_TRUE(this->two_hold(m0, m, verify(proofs, min, 2))) << blank << ' ' << sum;
    EXPECT_FALSE(this->two_hold(m0, m, verify(proofs, min + 1, 3)));
    EXPECT_FALSE(this->two_hold(m, m0, verify(proofs, min, 2)));
  }
}

TYPED_TEST(ProveTest, List) {
  using G = TypeParam;
  const auto verify = [&](const auto& proofs) {
    return [&](auto& batch, const auto& list, const auto& candidates) {
      return proof::verify_list<G>(batch, this->S, list, candidates, proofs);
    };
  };
  for (const auto& [list, candidates] : {std::pair{1, 2}, std::pair{0, 0}, std::pair{1, 0}}) {
    const auto L = this->number(list);
    const auto C = this->number(candidates);
    const auto proofs = prove_list<G>(this->S, this->y, L, C, this->random);
    EXPECT_TRUE(this->two_hold(L, C, verify(proofs))) << list << ' ' << candidates;
    EXPECT_FALSE(this->two_hold(C, L, verify(proofs)));
  }
}

TYPED_TEST(ProveTest, Nonzero) {
  using G = TypeParam;
  std::optional<Subject<G>> subject;
  const auto nonzero_holds = [&](const Encryption<G>& m, const proof::NonzeroProof<G>& proof) {
    return this->holds([&](auto& batch) {
      subject.emplace(batch, m.ciphertext);
      return proof::verify_nonzero<G>(batch, this->S, *subject, proof);
    });
  };
  for (const int m : {1, 2}) {
    const auto encryption = this->number(m);
    const auto proof = prove_nonzero<G>(this->S, this->y, encryption, this->random);
    EXPECT_TRUE(nonzero_holds(encryption, proof));
    EXPECT_FALSE(nonzero_holds(this->number(m), proof));
  }
  const auto zero = this->number(0);
  EXPECT_FALSE(nonzero_holds(zero, prove_nonzero<G>(this->S, this->y, zero, this->random)));
}

TYPED_TEST(ProveTest, Knowledge) {
  using G = TypeParam;
  const auto& X = this->y.element();
  const auto proof = prove_knowledge(this->x, X.text(), this->random);
  EXPECT_TRUE(this->holds([&](auto& batch) { return proof::verify_knowledge<G>(batch, X, proof); }));
  EXPECT_FALSE(this->holds([&](auto& batch) { return proof::verify_knowledge<G>(batch, X * X, proof); }));
}

TYPED_TEST(ProveTest, RawEncryption) {
  using G = TypeParam;
  const std::string key = this->y.element().text();
  const auto encryption = this->number(1);
  const auto proof = prove_raw_encryption<G>(this->S, key, encryption.ciphertext, encryption.randomness, this->random);
  std::optional<Subject<G>> subject;
  const auto raw_holds = [&](std::string_view public_key) {
    return this->holds([&](auto& batch) {
      subject.emplace(batch, encryption.ciphertext);
      return proof::verify_raw_encryption<G>(batch, this->S, public_key, *subject, proof);
    });
  };
  EXPECT_TRUE(raw_holds(key));
  EXPECT_FALSE(raw_holds("another key"));
}

TYPED_TEST(ProveTest, Signatures) {
  using G = TypeParam;
  const auto& X = this->y.element();
  const auto ballot = sign_ballot(this->x, "hash", this->random);
  const auto message = sign_message(this->x, "message", this->random);
  EXPECT_TRUE(this->holds([&](auto& b) { return proof::verify_ballot_signature<G>(b, X, "hash", ballot); }));
  EXPECT_FALSE(this->holds([&](auto& b) { return proof::verify_ballot_signature<G>(b, X, "Hash", ballot); }));
  EXPECT_FALSE(this->holds([&](auto& b) { return proof::verify_message_signature<G>(b, X, "hash", ballot); }));
  EXPECT_TRUE(this->holds([&](auto& b) { return proof::verify_message_signature<G>(b, X, "message", message); }));
  EXPECT_FALSE(this->holds([&](auto& b) { return proof::verify_message_signature<G>(b, X, "Message", message); }));
}

TYPED_TEST(ProveTest, Decryption) {
  using G = TypeParam;
  const std::string X = this->y.element().text();
  const auto alpha = power_of_g(SecretScalar<G>::random(this->random)).reveal();
  const auto factor = Base<G>(alpha).power(this->x).reveal();
  const auto proof = prove_decryption("fingerprint", X, Base<G>(alpha), this->x, this->random);
  const auto decryption_holds = [&](std::string_view fingerprint, const auto& claimed) {
    return this->holds([&](auto& batch) {
      return proof::verify_decryption<G>(batch, fingerprint, batch.y, X, alpha, claimed, proof);
    });
  };
  EXPECT_TRUE(decryption_holds("fingerprint", factor));
  EXPECT_FALSE(decryption_holds("another", factor));
  EXPECT_FALSE(decryption_holds("fingerprint", factor * alpha));
}

}  // namespace
}  // namespace folkmoot::secret::test
