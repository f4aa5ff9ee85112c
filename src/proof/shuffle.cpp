#include "proof/shuffle.hpp"

#include <algorithm>
#include <atomic>

#include "group/all.hpp"
#include "proof/transcript.hpp"

namespace folkmoot::proof {
namespace {

using json::read_array;

// The values of an array of exactly `size`.
Result<std::vector<json::Value>> read_tuple(json::Value value, std::size_t size) {
  const json::Array array = TRY(value.array(size));
  std::vector<json::Value> values;
  for (const json::Value item : array) values.push_back(item);
  return values;
}

template <PrimeGroup G>
Result<typename ShuffleProof<G>::Commitments> read_commitments(json::Value value) {
  const auto t = TRY(read_tuple(value, 5));
  const auto t4 = TRY(in("[3]", read_tuple(t[3], 2)));
  auto t1 = TRY(in("[0]", read_element<G>(t[0])));
  auto t2 = TRY(in("[1]", read_element<G>(t[1])));
  auto t3 = TRY(in("[2]", read_element<G>(t[2])));
  auto t41 = TRY(in("[3][0]", read_element<G>(t4[0])));
  auto t42 = TRY(in("[3][1]", read_element<G>(t4[1])));
  auto t_hat = TRY(in("[4]", read_array(t[4], read_element<G>)));
  return typename ShuffleProof<G>::Commitments{std::move(t1),  std::move(t2),  std::move(t3),
                                               std::move(t41), std::move(t42), std::move(t_hat)};
}

template <PrimeGroup G>
Result<typename ShuffleProof<G>::Responses> read_responses(json::Value value) {
  const auto s = TRY(read_tuple(value, 6));
  auto s1 = TRY(in("[0]", read_scalar<G>(s[0])));
  auto s2 = TRY(in("[1]", read_scalar<G>(s[1])));
  auto s3 = TRY(in("[2]", read_scalar<G>(s[2])));
  auto s4 = TRY(in("[3]", read_scalar<G>(s[3])));
  auto s_hat = TRY(in("[4]", read_array(s[4], read_scalar<G>)));
  auto s_prime = TRY(in("[5]", read_array(s[5], read_scalar<G>)));
  return typename ShuffleProof<G>::Responses{std::move(s1), std::move(s2),    std::move(s3),
                                             std::move(s4), std::move(s_hat), std::move(s_prime)};
}

// Elements or scalars, as an array of their texts.
template <class T>
void write_texts(json::Writer& writer, const std::vector<T>& values) {
  writer.begin_array();
  for (const T& value : values) writer.decoded(value);
  writer.end_array();
}

// The function [[…]] of section 6: each element's text with a comma after it. Some at a time go into the hash.
template <PrimeGroup G>
class Serialized {
 public:
  explicit Serialized(Sha256& hash) : hash_(hash) {}
  Serialized(const Serialized&) = delete;
  Serialized& operator=(const Serialized&) = delete;
  ~Serialized() { hash_.add(text_); }

  Serialized& add(const typename G::Element& element) {
    element.append_to(text_);
    text_ += ',';
    if (text_.size() < 4096) return *this;
    hash_.add(text_);
    text_.clear();
    return *this;
  }
  Serialized& add(std::span<const typename G::Element> elements) {
    for (const auto& element : elements) add(element);
    return *this;
  }
  Serialized& add(std::span<const Ciphertext<G>> ciphertexts) {
    for (const auto& [alpha, beta] : ciphertexts) add(alpha).add(beta);
    return *this;
  }
  // str_c = [[e]] [[e']] [[c]]
  Serialized& add_statement(std::span<const Ciphertext<G>> before, std::span<const Ciphertext<G>> after,
                            std::span<const typename G::Element> c) {
    return add(before).add(after).add(c);
  }

 private:
  Sha256& hash_;
  std::string text_;
};

// H of GetNIZKPChallenges, and u_(i+1) with it.
template <PrimeGroup G>
std::string statement_hash(std::string_view fingerprint, std::span<const Ciphertext<G>> before,
                           std::span<const Ciphertext<G>> after, std::span<const typename G::Element> c) {
  Sha256 hash;
  hash.add("shuffle-challenges|").add(fingerprint).add("|");
  Serialized<G>(hash).add_statement(before, after, c);
  return to_hex(hash.digest());
}
template <PrimeGroup G>
typename G::Scalar challenge_at(const std::string& H, std::size_t i) {
  return v1::hash_to_scalar<G>(H, sha256_hex(std::to_string(i)));
}

// So many ciphertexts are one task for a thread.
constexpr std::size_t part = std::size_t{1} << 13;
constexpr std::size_t parts_of(std::size_t size) { return (size + part - 1) / part; }

template <PrimeGroup G>
struct Power {
  const typename G::Element* base;
  typename G::Scalar exponent;
};

// The product of term(i) for 0 ≤ i < n, for each of the terms; some at a time, so that memory does not grow.
template <PrimeGroup G, class... Term>
typename G::Element product_over(std::size_t n, Term... term) {
  constexpr std::size_t at_a_time = std::size_t{1} << 13;
  typename G::Element product;
  std::vector<typename G::Element> bases;
  std::vector<typename G::Scalar> exponents;
  const auto add = [&](const Power<G>& power) {
    bases.push_back(*power.base);
    exponents.push_back(power.exponent);
  };
  for (std::size_t i = 0; i < n; ++i) {
    (add(term(i)), ...);
    if (bases.size() < at_a_time && i + 1 < n) continue;
    product = product * G::product_of_powers_vartime(bases, exponents);
    bases.clear();
    exponents.clear();
  }
  return product;
}

}  // namespace

template <PrimeGroup G>
Result<ShuffleProof<G>> read_shuffle_proof(json::Value value) {
  const auto parts = TRY(read_tuple(value, 4));
  auto t = TRY(in("[0]", read_commitments<G>(parts[0])));
  auto s = TRY(in("[1]", read_responses<G>(parts[1])));
  auto c = TRY(in("[2]", read_array(parts[2], read_element<G>)));
  auto c_hat = TRY(in("[3]", read_array(parts[3], read_element<G>)));
  return ShuffleProof<G>{std::move(t), std::move(s), std::move(c), std::move(c_hat)};
}

template <PrimeGroup G>
void write(json::Writer& writer, const ShuffleProof<G>& proof) {
  const auto& [t, s, c, c_hat] = proof;
  writer.begin_array();

  writer.begin_array();
  for (const auto* element : {&t.t1, &t.t2, &t.t3}) writer.decoded(*element);
  writer.begin_array().decoded(t.t41).decoded(t.t42).end_array();
  write_texts(writer, t.t_hat);
  writer.end_array();

  writer.begin_array();
  for (const auto* scalar : {&s.s1, &s.s2, &s.s3, &s.s4}) writer.decoded(*scalar);
  write_texts(writer, s.s_hat);
  write_texts(writer, s.s_prime);
  writer.end_array();

  write_texts(writer, c);
  write_texts(writer, c_hat);
  writer.end_array();
}

template <PrimeGroup G>
std::vector<typename G::Element> shuffle_generators(std::size_t count) {
  // GetSecondaryGenerator() is GetGenerator(-1), and h_i is GetGenerator(i - 1).
  return G::independent_generators(-1, count + 1);
}

template <PrimeGroup G>
std::vector<typename G::Scalar> v1::shuffle_challenges(std::string_view fingerprint,
                                                       std::span<const Ciphertext<G>> before,
                                                       std::span<const Ciphertext<G>> after,
                                                       std::span<const typename G::Element> c) {
  const std::string H = statement_hash<G>(fingerprint, before, after, c);
  std::vector<typename G::Scalar> u;
  u.reserve(before.size());
  for (std::size_t i = 0; i < before.size(); ++i) u.push_back(challenge_at<G>(H, i));
  return u;
}

template <PrimeGroup G>
typename G::Scalar v1::shuffle_challenge(std::string_view fingerprint, const typename G::Element& public_key,
                                         std::span<const Ciphertext<G>> before, std::span<const Ciphertext<G>> after,
                                         const ShuffleProof<G>& proof) {
  const auto& t = proof.t;
  Sha256 hash;
  hash.add("shuffle-challenge|").add(fingerprint).add("|");
  Serialized<G>(hash)
      .add(t.t1)
      .add(t.t2)
      .add(t.t3)
      .add(t.t41)
      .add(t.t42)
      .add(t.t_hat)
      .add_statement(before, after, proof.c)
      .add(proof.c_hat);
  hash.add(public_key.text());
  return G::Scalar::from_hash(hash.digest());
}

template <PrimeGroup G>
bool well_formed(std::span<const Ciphertext<G>> before, std::span<const Ciphertext<G>> after,
                 const ShuffleProof<G>& proof) {
  const std::size_t N = before.size();
  return after.size() == N && proof.c.size() == N && proof.c_hat.size() == N && proof.t.t_hat.size() == N &&
         proof.s.s_hat.size() == N && proof.s.s_prime.size() == N;
}

template <PrimeGroup G>
ShuffleCheck<G>::ShuffleCheck(std::string_view fingerprint, const typename G::FixedBase& public_key,
                              std::span<const Ciphertext<G>> before, std::span<const Ciphertext<G>> after,
                              const ShuffleProof<G>& proof, const ForEach& for_each)
    : public_key_(public_key),
      before_(before),
      after_(after),
      proof_(proof),
      well_formed_(well_formed<G>(before, after, proof)) {
  if (!well_formed_) return;
  const std::size_t N = before.size();
  std::string H;
  Sha256 responses;
  h_.resize(N + 1);
  minus_cu_.resize(N);
  for_each(3 + parts_of(N + 1), [&](std::size_t task) {
    if (task == 0) {
      challenge_ = v1::shuffle_challenge<G>(fingerprint, public_key.base(), before, after, proof);
    } else if (task == 1) {
      H = statement_hash<G>(fingerprint, before, after, proof.c);
    } else if (task == 2) {
      add_responses(responses);
    } else {
      const std::size_t first = (task - 3) * part;
      const auto some = G::independent_generators(static_cast<std::int64_t>(first) - 1, std::min(part, N + 1 - first));
      std::ranges::copy(some, h_.begin() + static_cast<std::ptrdiff_t>(first));
    }
  });
  weights_seed_ = to_hex(responses.add(challenge_.text()).digest());
  std::vector<Scalar> products(parts_of(N), Scalar(1));
  for_each(products.size(), [&](std::size_t p) {
    for (std::size_t i = p * part; i < std::min((p + 1) * part, N); ++i) {
      const Scalar u = challenge_at<G>(H, i);
      products[p] = products[p] * u;
      minus_cu_[i] = -(challenge_ * u);
    }
  });
  for (const Scalar& product : products) product_of_u_ = product_of_u_ * product;
}

// ĉ = ĉ_N / h^u, with u = Π u_i
template <PrimeGroup G>
typename G::Element ShuffleCheck<G>::chain_end() const {
  const auto& last = proof_.c_hat.empty() ? h_[0] : proof_.c_hat.back();
  return last / G::power_vartime(h_[0], product_of_u_);
}

// t_1 = c̄^(−c) · g^s_1, with c̄ = Π c_i / Π h_i, and t_3 = g^s_3 · (Π c_i^u_i)^(−c) · Π h_i^s'_i, in one: if one of them
// does not hold, at most one in 2^128 of the weights w makes this hold, the product of the second and of the first to
// w:
//   t_3 · t_1^w = g^(s_3 + w·s_1) · Π c_i^(−c·u_i − c·w) · Π h_i^(s'_i + c·w).
template <PrimeGroup G>
bool ShuffleCheck<G>::check_permutation() const {
  const auto& [t, s, c, c_hat] = proof_;
  const Scalar w = weight("t_1"), cw = challenge_ * w;
  const Element product = product_over<G>(
      minus_cu_.size(),
      [&](std::size_t i) {
        return Power<G>{&c[i], minus_cu_[i] - cw};
      },
      [&](std::size_t i) {
        return Power<G>{&h_[i + 1], s.s_prime[i] + cw};
      });
  return t.t3 * G::power_vartime(t.t1, w) == G::fixed_generator().power_vartime(s.s3 + w * s.s1) * product;
}

template <PrimeGroup G>
bool ShuffleCheck<G>::check_commitment(std::size_t which) const {
  if (!well_formed_) return false;
  const auto& [t, s, c, c_hat] = proof_;
  const auto g_to = [](const Scalar& exponent) { return G::fixed_generator().power_vartime(exponent); };
  // (Π before_i^u_i)^(−c) · Π after_i^s'_i
  const auto reencrypted = [&](auto of_ciphertext) {
    return product_over<G>(
        minus_cu_.size(),
        [&](std::size_t i) {
          return Power<G>{&(before_[i].*of_ciphertext), minus_cu_[i]};
        },
        [&](std::size_t i) {
          return Power<G>{&(after_[i].*of_ciphertext), proof_.s.s_prime[i]};
        });
  };
  switch (which) {
    case 0:
      return check_permutation();
    case 1:
      return t.t2 == G::power_vartime(chain_end(), -challenge_) * g_to(s.s2);
    case 2:
      return t.t41 == public_key_.power_vartime(-s.s4) * reencrypted(&Ciphertext<G>::beta);
    default:
      return t.t42 == g_to(-s.s4) * reencrypted(&Ciphertext<G>::alpha);
  }
}

template <PrimeGroup G>
bool ShuffleCheck<G>::check_chain(std::size_t first, std::size_t last) const {
  if (!well_formed_) return false;
  // For each i it must hold that t̂_i = ĉ_i^(−c) · g^ŝ_i · ĉ_(i−1)^s'_i. All are elements of a group of prime order, so
  // that if one does not hold, at most one in 2^128 of the weights w_i makes this hold:
  //   Π t̂_i^w_i · Π ĉ_i^(c·w_i) · Π ĉ_(i−1)^(−s'_i·w_i) = g^(Σ ŝ_i·w_i).
  const std::size_t n = last - first;
  std::vector<Scalar> w;
  w.reserve(n);
  Scalar of_g;
  for (std::size_t i = first; i < last; ++i) {
    w.push_back(weight(std::to_string(i)));
    of_g = of_g + proof_.s.s_hat[i] * w.back();
  }
  const auto t_hat = [&](std::size_t i) { return Power<G>{&proof_.t.t_hat[first + i], w[i]}; };
  // ĉ_(first+i−1), with what it is raised to in its own equation and in the next.
  const auto c_hat = [&](std::size_t i) {
    const Scalar own = i == 0 ? Scalar() : challenge_ * w[i - 1];
    return Power<G>{first + i == 0 ? &h_[0] : &proof_.c_hat[first + i - 1],
                    i == n ? own : own - proof_.s.s_prime[first + i] * w[i]};
  };
  return product_over<G>(n, t_hat) * product_over<G>(n + 1, c_hat) == G::fixed_generator().power_vartime(of_g);
}

// 128 bits, of what is named. Who makes a proof must not know them while anything can still be changed: they are a hash
// of the challenge, which is one of the statement and the commitments, and of the responses.
template <PrimeGroup G>
typename G::Scalar ShuffleCheck<G>::weight(std::string_view of) const {
  Digest weight = Sha256().add(weights_seed_).add(of).digest();
  std::fill_n(weight.begin(), weight.size() / 2, std::uint8_t{0});
  return Scalar::from_hash(weight);
}

template <PrimeGroup G>
void ShuffleCheck<G>::add_responses(Sha256& hash) const {
  const auto& s = proof_.s;
  hash.add("shuffle-weights|");
  std::string text;
  const auto add = [&](const Scalar& scalar) {
    scalar.append_to(text);
    text += ',';
    if (text.size() < 4096) return;
    hash.add(text);
    text.clear();
  };
  for (const auto* scalar : {&s.s1, &s.s2, &s.s3, &s.s4}) add(*scalar);
  for (const auto& scalar : s.s_hat) add(scalar);
  for (const auto& scalar : s.s_prime) add(scalar);
  hash.add(text);
}

template <PrimeGroup G>
bool verify_shuffle(std::string_view fingerprint, const typename G::FixedBase& public_key,
                    std::span<const Ciphertext<G>> before, std::span<const Ciphertext<G>> after,
                    const ShuffleProof<G>& proof, const ForEach& for_each) {
  constexpr std::size_t links_per_task = 8192;
  const ShuffleCheck<G> check(fingerprint, public_key, before, after, proof, for_each);
  const std::size_t chains = std::max<std::size_t>(1, (before.size() + links_per_task - 1) / links_per_task);
  std::atomic<bool> good = true;
  for_each(check.commitments + chains, [&](std::size_t task) {
    const std::size_t first = task < check.commitments ? 0 : (task - check.commitments) * links_per_task;
    if (!(task < check.commitments ? check.check_commitment(task)
                                   : check.check_chain(first, std::min(first + links_per_task, before.size())))) {
      good = false;
    }
  });
  return good;
}

#define FOLKMOOT_INSTANTIATE(G)                                                                                        \
  template Result<ShuffleProof<G>> read_shuffle_proof<G>(json::Value);                                                 \
  template void write(json::Writer&, const ShuffleProof<G>&);                                                          \
  template std::vector<typename G::Element> shuffle_generators<G>(std::size_t);                                        \
  template std::vector<typename G::Scalar> v1::shuffle_challenges<G>(std::string_view, std::span<const Ciphertext<G>>, \
                                                                     std::span<const Ciphertext<G>>,                   \
                                                                     std::span<const typename G::Element>);            \
  template typename G::Scalar v1::shuffle_challenge<G>(std::string_view, const typename G::Element&,                   \
                                                       std::span<const Ciphertext<G>>, std::span<const Ciphertext<G>>, \
                                                       const ShuffleProof<G>&);                                        \
  template bool well_formed<G>(std::span<const Ciphertext<G>>, std::span<const Ciphertext<G>>,                         \
                               const ShuffleProof<G>&);                                                                \
  template class ShuffleCheck<G>;                                                                                      \
  template bool verify_shuffle<G>(std::string_view, const typename G::FixedBase&, std::span<const Ciphertext<G>>,      \
                                  std::span<const Ciphertext<G>>, const ShuffleProof<G>&, const ForEach&);
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)

}  // namespace folkmoot::proof
