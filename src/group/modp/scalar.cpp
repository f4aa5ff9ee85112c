#include "group/modp/scalar.hpp"

#include <cassert>

#include "group/decimal.hpp"

namespace folkmoot::group::modp {
namespace {

template <std::size_t N>
bool less(const Number<N>& a, const Number<N>& b) {
  return mpn_cmp(limbs(a), limbs(b), N) < 0;
}

}  // namespace

template <class Parameters>
const typename Scalar<Parameters>::Limbs& Scalar<Parameters>::q() {
  static const Limbs number = [] {
    Limbs q{};
    [[maybe_unused]] const bool read = read_decimal(Parameters::q, q);
    assert(read);
    return q;
  }();
  return number;
}

template <class Parameters>
Result<Scalar<Parameters>> Scalar<Parameters>::decode(std::string_view text) {
  Scalar scalar;
  if (!read_decimal(text, scalar.limb_) || !less(scalar.limb_, q()))
    return fail("not a canonical decimal number below the order of {}", Parameters::name);
  return scalar;
}

template <class Parameters>
Scalar<Parameters> Scalar<Parameters>::from_hash(const Digest& digest) {
  Limbs number{};
  for (std::size_t i = 0; i < digest.size(); ++i)
    number[i / 8] |= std::uint64_t{digest[digest.size() - 1 - i]} << (8 * (i % 8));
  return from_limbs(number);
}

template <class Parameters>
Scalar<Parameters> Scalar<Parameters>::from_limbs(const Limbs& number) {
  Scalar scalar;
  Number<1> quotient;  // q's highest limb is not 0
  mpn_tdiv_qr(modp::limbs(quotient), modp::limbs(scalar.limb_), 0, modp::limbs(number), limb_count, modp::limbs(q()),
              limb_count);
  return scalar;
}

template <class Parameters>
void Scalar<Parameters>::append_to(std::string& out) const {
  append_decimal(out, limb_);
}

template <class Parameters>
std::string Scalar<Parameters>::text() const {
  std::string out;
  append_to(out);
  return out;
}

template <class Parameters>
Scalar<Parameters> Scalar<Parameters>::operator+(const Scalar& b) const {
  Scalar sum;
  auto* s = modp::limbs(sum.limb_);
  const auto carry = mpn_add_n(s, modp::limbs(limb_), modp::limbs(b.limb_), limb_count);
  if (carry != 0 || !less(sum.limb_, q())) mpn_sub_n(s, s, modp::limbs(q()), limb_count);
  return sum;
}

template <class Parameters>
Scalar<Parameters> Scalar<Parameters>::operator-(const Scalar& b) const {
  Scalar difference;
  auto* s = modp::limbs(difference.limb_);
  if (mpn_sub_n(s, modp::limbs(limb_), modp::limbs(b.limb_), limb_count) != 0)
    mpn_add_n(s, s, modp::limbs(q()), limb_count);
  return difference;
}

template <class Parameters>
Scalar<Parameters> Scalar<Parameters>::operator*(const Scalar& b) const {
  Number<2 * limb_count> product;
  mpn_mul_n(modp::limbs(product), modp::limbs(limb_), modp::limbs(b.limb_), limb_count);
  Number<limb_count + 1> quotient;
  Scalar remainder;
  mpn_tdiv_qr(modp::limbs(quotient), modp::limbs(remainder.limb_), 0, modp::limbs(product), 2 * limb_count,
              modp::limbs(q()), limb_count);
  return remainder;
}

template <class Parameters>
Scalar<Parameters> Scalar<Parameters>::inverse() const {
  assert(*this != Scalar());
  mpz_t a, modulus, inverse;
  mpz_init(inverse);
  mpz_invert(inverse, mpz_roinit_n(a, modp::limbs(limb_), limb_count),
             mpz_roinit_n(modulus, modp::limbs(q()), limb_count));
  Scalar result;
  std::copy_n(mpz_limbs_read(inverse), mpz_size(inverse), modp::limbs(result.limb_));
  mpz_clear(inverse);
  return result;
}

template class Scalar<Belenios2048Parameters>;
template class Scalar<Rfc3526Parameters>;

}  // namespace folkmoot::group::modp
