// Decimals with more places than 64 bits hold, with the interface of Fixed; for counts that iterate to many places.
#pragma once

#include "count/exact.hpp"

namespace folkmoot::count {

template <int Places>
class BigFixed {
 public:
  static constexpr int places = Places;

  BigFixed() = default;
  explicit BigFixed(std::int64_t whole) : units_(unit() * static_cast<long>(whole)) {}
  static BigFixed of_units(mpz_class units) {
    BigFixed value;
    value.units_ = std::move(units);
    return value;
  }

  [[nodiscard]] const mpz_class& units() const { return units_; }
  [[nodiscard]] Rational rational() const {
    Rational value(units_, unit());
    value.canonicalize();
    return value;
  }

  BigFixed& operator+=(const BigFixed& other) {
    units_ += other.units_;
    return *this;
  }
  BigFixed& operator-=(const BigFixed& other) {
    units_ -= other.units_;
    return *this;
  }
  friend BigFixed operator+(BigFixed a, const BigFixed& b) { return a += b; }
  friend BigFixed operator-(BigFixed a, const BigFixed& b) { return a -= b; }
  friend BigFixed operator*(const BigFixed& a, std::int64_t times) {
    return of_units(a.units_ * static_cast<long>(times));
  }
  friend bool operator==(const BigFixed& a, const BigFixed& b) { return a.units_ == b.units_; }
  friend std::strong_ordering operator<=>(const BigFixed& a, const BigFixed& b) {
    return cmp(a.units_, b.units_) <=> 0;
  }

  friend BigFixed multiply(const BigFixed& a, const BigFixed& b, Round round) {
    return muldiv(a, b, of_units(unit()), round);
  }
  friend BigFixed divide(const BigFixed& a, const BigFixed& b, Round round) {
    return muldiv(a, of_units(unit()), b, round);
  }
  friend BigFixed muldiv(const BigFixed& a, const BigFixed& b, const BigFixed& c, Round round) {
    mpz_class quotient = a.units_ * b.units_;
    if (round == Round::up) quotient += c.units_ - 1;
    quotient /= c.units_;
    return of_units(std::move(quotient));
  }

 private:
  static const mpz_class& unit() {
    static const mpz_class power = [] {
      mpz_class value;
      mpz_ui_pow_ui(value.get_mpz_t(), 10, Places);
      return value;
    }();
    return power;
  }

  mpz_class units_;
};

}  // namespace folkmoot::count
