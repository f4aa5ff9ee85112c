// The 2048-bit groups by GMP's side-channel silent functions.
#include <gmp.h>
#include <sodium.h>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>
#include <vector>

#include "secret/decimal.hpp"
#include "secret/engine.hpp"

namespace folkmoot::secret {
namespace {

using group::modp::limbs;
using group::modp::Number;
using group::modp::p_limbs;

static_assert(std::endian::native == std::endian::little);

// Limbs for a function to compute in, wiped when they go.
class Scratch {
 public:
  explicit Scratch(mp_size_t limbs) : limbs_(static_cast<std::size_t>(limbs)) {}
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { sodium_memzero(limbs_.data(), limbs_.size() * sizeof(mp_limb_t)); }
  mp_limb_t* data() { return limbs_.data(); }

 private:
  std::vector<mp_limb_t> limbs_;
};

template <class Parameters>
const mp_limb_t* q() {
  return limbs(group::modp::Scalar<Parameters>::q());
}
template <class Parameters>
const mp_limb_t* p() {
  return limbs(group::modp::field<Parameters>().p());
}

// The number of `size` limbs, which is used up, modulo one of N.
template <std::size_t N>
Number<N> remainder(mp_limb_t* number, mp_size_t size, const mp_limb_t* modulus) {
  Scratch scratch(mpn_sec_div_r_itch(size, N));
  mpn_sec_div_r(number, size, modulus, N, scratch.data());
  Number<N> result;
  std::copy_n(number, N, limbs(result));
  return result;
}

template <std::size_t N>
Number<N> product(const Number<N>& a, const Number<N>& b, const mp_limb_t* modulus) {
  Scratch wide(2 * N);
  Scratch scratch(mpn_sec_mul_itch(N, N));
  mpn_sec_mul(wide.data(), limbs(a), N, limbs(b), N, scratch.data());
  return remainder<N>(wide.data(), 2 * N, modulus);
}

template <std::size_t N>
SecretText decimal(const Number<N>& number) {
  auto digits = std::bit_cast<std::array<std::uint32_t, 2 * N>>(number);
  return decimal_text(digits);
}

}  // namespace

template <class P>
auto ModpEngine<P>::reduce(std::span<const std::uint8_t> little_endian) -> Scalar {
  constexpr std::size_t size = std::max<std::size_t>(8, q_limbs + 2);
  assert(little_endian.size() <= 8 * size);
  Scratch number(size);
  if (!little_endian.empty()) std::memcpy(number.data(), little_endian.data(), little_endian.size());
  return {remainder<q_limbs>(number.data(), size, q<P>())};
}

template <class P>
auto ModpEngine<P>::add(const Scalar& a, const Scalar& b) -> Scalar {
  Scalar sum;
  Scratch difference(q_limbs);
  mp_limb_t* const r = limbs(sum.number);
  const mp_limb_t carry = mpn_add_n(r, limbs(a.number), limbs(b.number), q_limbs);
  const mp_limb_t borrow = mpn_sub_n(difference.data(), r, q<P>(), q_limbs);
  mpn_cnd_sub_n(carry | (borrow ^ 1), r, r, q<P>(), q_limbs);
  return sum;
}

template <class P>
auto ModpEngine<P>::subtract(const Scalar& a, const Scalar& b) -> Scalar {
  Scalar difference;
  mp_limb_t* const r = limbs(difference.number);
  const mp_limb_t borrow = mpn_sub_n(r, limbs(a.number), limbs(b.number), q_limbs);
  mpn_cnd_add_n(borrow, r, r, q<P>(), q_limbs);
  return difference;
}

template <class P>
auto ModpEngine<P>::multiply(const Scalar& a, const Scalar& b) -> Scalar {
  return {product<q_limbs>(a.number, b.number, q<P>())};
}

template <class P>
SecretText ModpEngine<P>::text(const Scalar& a) {
  return decimal(a.number);
}

template <class P>
auto ModpEngine<P>::reveal(const Element& a) -> typename G::Element {
  return G::Element::from_subgroup_form(group::modp::field<P>().from_number(a.number));
}

template <class P>
SecretText ModpEngine<P>::text(const Element& a) {
  return decimal(a.number);
}

template <class P>
auto ModpEngine<P>::multiply(const Element& a, const Element& b) -> Element {
  return {product<p_limbs>(a.number, b.number, p<P>())};
}

template <class P>
auto ModpEngine<P>::power(const Base& base, const Scalar& exponent) -> Element {
  Element result;
  Scratch scratch(mpn_sec_powm_itch(p_limbs, P::q_bits, p_limbs));
  mpn_sec_powm(limbs(result.number), limbs(base.number), p_limbs, limbs(exponent.number), P::q_bits, p<P>(), p_limbs,
               scratch.data());
  return result;
}

template struct ModpEngine<group::modp::Belenios2048Parameters>;
template struct ModpEngine<group::modp::Rfc3526Parameters>;

}  // namespace folkmoot::secret
