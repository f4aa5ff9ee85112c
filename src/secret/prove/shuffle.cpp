#include "secret/prove/shuffle.hpp"

#include <array>

#include "secret/bulk.hpp"

namespace folkmoot::secret {
namespace {

// [u_j1, …, u_jN]: public numbers in a secret order.
template <PrimeGroup G>
std::vector<SecretScalar<G>> permuted(const std::vector<typename G::Scalar>& u, const Permutation& permutation) {
  SecretVector<typename Engine<G>::Scalar> values;
  values.reserve(u.size());
  for (const auto& number : u) values.push_back(Engine<G>::hide(number));
  std::vector<SecretScalar<G>> result;
  result.reserve(u.size());
  for (const auto& value : permutation.gather(std::move(values))) result.emplace_back(value);
  return result;
}

// The permutation's commitment: c_ji = g^r_ji·h_i, with its randomness.
template <PrimeGroup G>
std::vector<typename G::Element> commit(const Permutation& permutation, std::span<const typename G::Element> h,
                                        std::span<const SecretScalar<G>> r, const Work& work) {
  SecretVector<typename Engine<G>::Element> values;
  values.reserve(h.size());
  for (const auto& element : h) values.push_back(Engine<G>::hide(element));
  const auto placed = permutation.scatter(std::move(values));
  const Powers<G> of_g{&Base<G>::generator(), r};
  return reveal_products<G>({&of_g, 1}, placed, work);
}

// ĉ_i = g^r̂_i·ĉ_(i−1)^u'_i, from ĉ_0 = h. Written as ĉ_i = g^a_i·h^b_i, each is two powers of fixed bases, and none
// waits for the one before; and a_N is the r̂ = Σ r̂_i·v_i that the proof is about.
template <PrimeGroup G>
struct Chain {
  std::vector<SecretScalar<G>> r_hat;
  std::vector<SecretScalar<G>> a, b;  // from a_0 = 0 and b_0 = 1

  Chain(std::span<const SecretScalar<G>> u_prime, Random& random)
      : r_hat(SecretScalar<G>::random(u_prime.size(), random)) {
    a.push_back(SecretScalar<G>());
    b.push_back(SecretScalar<G>::of(1));
    for (std::size_t i = 0; i < u_prime.size(); ++i) {
      a.push_back(r_hat[i] + u_prime[i] * a[i]);
      b.push_back(u_prime[i] * b[i]);
    }
  }
};

template <PrimeGroup G>
SecretScalar<G> inner_product(std::span<const SecretScalar<G>> a, std::span<const SecretScalar<G>> b) {
  SecretScalar<G> sum;
  for (std::size_t i = 0; i < a.size(); ++i) sum = sum + a[i] * b[i];
  return sum;
}

}  // namespace

template <PrimeGroup G>
proof::ShuffleProof<G> prove_shuffle(std::span<const proof::Ciphertext<G>> before,
                                     std::span<const proof::Ciphertext<G>> after,
                                     std::span<const SecretScalar<G>> randomness, const Permutation& permutation,
                                     const Base<G>& y, std::string_view fingerprint, Random& random, const Work& work) {
  using Secret = SecretScalar<G>;
  using Element = typename G::Element;
  const std::size_t N = before.size();
  const auto stage = [&](std::size_t k) { return work.part(k * N, N, 4 * N); };

  const std::vector<Element> generators = proof::shuffle_generators<G>(N);
  const Base<G> h(generators.front());
  const auto h_i = std::span(generators).subspan(1);

  proof::ShuffleProof<G> proof;
  const auto r = SecretScalar<G>::random(N, random);
  proof.c = commit<G>(permutation, h_i, r, stage(0));
  const auto u = proof::v1::shuffle_challenges<G>(fingerprint, before, after, proof.c);
  const auto u_prime = permuted<G>(u, permutation);
  const Chain<G> chain(u_prime, random);
  // g^of_g[i]·h^of_h[i], for each i.
  const auto links = [&](std::span<const Secret> of_g, std::span<const Secret> of_h, std::size_t k) {
    const std::array<Powers<G>, 2> powers{{{&Base<G>::generator(), of_g}, {&h, of_h}}};
    return reveal_products<G>(powers, {}, stage(k));
  };
  proof.c_hat = links(std::span(chain.a).subspan(1), std::span(chain.b).subspan(1), 1);

  const auto omega = SecretScalar<G>::random(4, random);  // ω_1 … ω_4
  const auto omega_hat = SecretScalar<G>::random(N, random);
  const auto omega_prime = SecretScalar<G>::random(N, random);
  auto& t = proof.t;
  t.t1 = power_of_g(omega[0]).reveal();
  t.t2 = power_of_g(omega[1]).reveal();
  std::vector<Secret> of_g, of_h;
  for (std::size_t i = 0; i < N; ++i) {
    of_g.push_back(omega_hat[i] + omega_prime[i] * chain.a[i]);
    of_h.push_back(omega_prime[i] * chain.b[i]);
  }
  t.t_hat = links(of_g, of_h, 2);

  std::vector<Element> betas, alphas;
  for (const auto& [alpha, beta] : after) {
    alphas.push_back(alpha);
    betas.push_back(beta);
  }
  const auto product = [&](std::span<const Element> bases, std::size_t k) {
    return product_of_powers<G>(bases, omega_prime, stage(3).part(k * N, N, 3 * N));
  };
  t.t3 = (power_of_g(omega[2]) * product(h_i, 0)).reveal();
  t.t41 = (y.power(-omega[3]) * product(betas, 1)).reveal();
  t.t42 = (power_of_g(-omega[3]) * product(alphas, 2)).reveal();

  const auto c = Secret::of(proof::v1::shuffle_challenge<G>(fingerprint, y.element(), before, after, proof));
  Secret r_bar, r_tilde;
  for (std::size_t i = 0; i < N; ++i) {
    r_bar = r_bar + r[i];
    r_tilde = r_tilde + r[i] * u[i];
  }
  auto& s = proof.s;
  s.s1 = (omega[0] + c * r_bar).reveal();
  s.s2 = (omega[1] + c * chain.a[N]).reveal();
  s.s3 = (omega[2] + c * r_tilde).reveal();
  s.s4 = (omega[3] + c * inner_product<G>(randomness, u_prime)).reveal();
  for (std::size_t i = 0; i < N; ++i) {
    s.s_hat.push_back((omega_hat[i] + c * chain.r_hat[i]).reveal());
    s.s_prime.push_back((omega_prime[i] + c * u_prime[i]).reveal());
  }
  return proof;
}

#define FOLKMOOT_INSTANTIATE(G)                                                                                       \
  template proof::ShuffleProof<G> prove_shuffle<G>(                                                                   \
      std::span<const proof::Ciphertext<G>>, std::span<const proof::Ciphertext<G>>, std::span<const SecretScalar<G>>, \
      const Permutation&, const Base<G>&, std::string_view, Random&, const Work&);
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)
#undef FOLKMOOT_INSTANTIATE

}  // namespace folkmoot::secret
