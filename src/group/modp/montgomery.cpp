#include "group/modp/montgomery.hpp"

#include <algorithm>

namespace folkmoot::group::modp {

Montgomery::Montgomery(const Residue& modulus) : p_(modulus) {
  // Newton: each step doubles the number of right bits, beginning with the 3 of p·p ≡ 1 mod 8.
  std::uint64_t inverse = p_[0];
  for (int bits = 3; bits < 64; bits *= 2) inverse *= 2 - p_[0] * inverse;
  minus_inverse_ = -inverse;
  Number<2 * p_limbs + 1> r2{};
  r2[2 * p_limbs] = 1;
  Number<p_limbs + 2> quotient;
  mpn_tdiv_qr(limbs(quotient), limbs(r2_), 0, limbs(r2), 2 * p_limbs + 1, limbs(p_), p_limbs);
  Residue number_one{1};
  one_ = from_number(number_one);
}

// product/2^2048 mod p: multiples of p are added that make the lower half zero, limb by limb; the carries of these
// additions are kept in the limbs that become zero, and added at the end.
void Montgomery::reduce(Residue& out, Number<2 * p_limbs>& product) const {
  mp_limb_t* t = limbs(product);
  for (std::size_t i = 0; i < p_limbs; ++i, ++t)
    *t = mpn_addmul_1(t, limbs(p_), p_limbs, *t * static_cast<mp_limb_t>(minus_inverse_));
  const auto carry = mpn_add_n(limbs(out), t, limbs(product), p_limbs);
  if (carry != 0 || mpn_cmp(limbs(out), limbs(p_), p_limbs) >= 0) mpn_sub_n(limbs(out), limbs(out), limbs(p_), p_limbs);
}

void Montgomery::multiply(Residue& out, const Residue& a, const Residue& b) const {
  Number<2 * p_limbs> product;
  mpn_mul_n(limbs(product), limbs(a), limbs(b), p_limbs);
  reduce(out, product);
}

void Montgomery::square(Residue& out, const Residue& a) const {
  Number<2 * p_limbs> product;
  mpn_sqr(limbs(product), limbs(a), p_limbs);
  reduce(out, product);
}

Residue Montgomery::from_number(const Residue& number) const {
  Residue form;
  multiply(form, number, r2_);
  return form;
}

Residue Montgomery::to_number(const Residue& form) const {
  Number<2 * p_limbs> product{};
  std::ranges::copy(form, product.begin());
  Residue number;
  reduce(number, product);
  return number;
}

namespace {

// A number's value, as GMP's mpz functions read it.
class Integer {
 public:
  explicit Integer(std::span<const std::uint64_t> number) {
    mpz_roinit_n(value_, reinterpret_cast<const mp_limb_t*>(number.data()), static_cast<mp_size_t>(number.size()));
  }
  operator mpz_srcptr() const { return value_; }

 private:
  mpz_t value_;
};

// An mpz that a GMP function writes a result below p into.
class Output {
 public:
  Output() { mpz_init(value_); }
  ~Output() { mpz_clear(value_); }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  operator mpz_ptr() { return value_; }
  [[nodiscard]] Residue residue() const {
    Residue number{};
    std::copy_n(mpz_limbs_read(value_), mpz_size(value_), limbs(number));
    return number;
  }

 private:
  mpz_t value_;
};

}  // namespace

Residue Montgomery::power_of_number(const Residue& base, std::span<const std::uint64_t> exponent) const {
  Output power;
  mpz_powm(power, Integer(base), Integer(exponent), Integer(p_));
  return power.residue();
}

Residue Montgomery::inverse_of_number(const Residue& number) const {
  Output inverse;
  mpz_invert(inverse, Integer(number), Integer(p_));
  return inverse.residue();
}

bool Montgomery::is_square(const Residue& number) const { return mpz_jacobi(Integer(number), Integer(p_)) == 1; }

}  // namespace folkmoot::group::modp
