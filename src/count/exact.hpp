// Exact numbers for counting votes. Nothing here is binary floating point, and no overflow passes unseen: an operation
// whose result does not fit throws Overflow, which `count()` turns into an Error.
//
//   Fixed<D>   decimals with D places, for the rules that prescribe them; each division and product says how it rounds
//   Exact      exact fractions with the same interface
//   Rational   exact fractions (GMP), for the rules that don't round, and for every figure of a transcript
#pragma once

#include <gmpxx.h>

#include <compare>
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace folkmoot::count {

using Rational = mpq_class;
__extension__ using Int128 = __int128;

struct Overflow : std::exception {
  [[nodiscard]] const char* what() const noexcept override { return "a number of votes is too large to count exactly"; }
};

inline std::int64_t checked_add(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) throw Overflow();
  return sum;
}
inline std::int64_t checked_subtract(std::int64_t a, std::int64_t b) {
  std::int64_t difference = 0;
  if (__builtin_sub_overflow(a, b, &difference)) throw Overflow();
  return difference;
}
inline std::int64_t checked_multiply(std::int64_t a, std::int64_t b) {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(a, b, &product)) throw Overflow();
  return product;
}
inline std::int64_t checked_narrow(Int128 wide) {
  const auto narrow = static_cast<std::int64_t>(wide);
  if (narrow != wide) throw Overflow();
  return narrow;
}

enum class Round { down, up };

// a·b/c for a, b ≥ 0 and c > 0, rounded to an integer. The product is exact.
inline std::int64_t multiply_divide(std::int64_t a, std::int64_t b, std::int64_t c, Round round) {
  const Int128 product = static_cast<Int128>(a) * b;
  return checked_narrow((product + (round == Round::up ? c - 1 : 0)) / c);
}

constexpr std::int64_t power_of_ten(int exponent) { return exponent == 0 ? 1 : 10 * power_of_ten(exponent - 1); }

// A decimal with exactly `Places` places. Sums, differences and multiples are exact; products and quotients name their
// rounding, and take numbers that are not negative.
template <int Places>
class Fixed {
 public:
  static constexpr int places = Places;
  static constexpr std::int64_t unit = power_of_ten(Places);

  constexpr Fixed() = default;
  explicit Fixed(std::int64_t whole) : units_(checked_multiply(whole, unit)) {}
  static constexpr Fixed of_units(std::int64_t units) {
    Fixed value;
    value.units_ = units;
    return value;
  }
  // The smallest positive value.
  static constexpr Fixed epsilon() { return of_units(1); }

  [[nodiscard]] constexpr std::int64_t units() const { return units_; }
  [[nodiscard]] Rational rational() const {
    Rational value{mpz_class(static_cast<long>(units_)), mpz_class(static_cast<long>(unit))};
    value.canonicalize();
    return value;
  }

  Fixed& operator+=(Fixed other) { return *this = of_units(checked_add(units_, other.units_)); }
  Fixed& operator-=(Fixed other) { return *this = of_units(checked_subtract(units_, other.units_)); }
  friend Fixed operator+(Fixed a, Fixed b) { return a += b; }
  friend Fixed operator-(Fixed a, Fixed b) { return a -= b; }
  friend Fixed operator*(Fixed a, std::int64_t times) { return of_units(checked_multiply(a.units_, times)); }
  friend constexpr auto operator<=>(Fixed, Fixed) = default;

  friend Fixed multiply(Fixed a, Fixed b, Round round) { return muldiv(a, b, Fixed::of_units(unit), round); }
  friend Fixed divide(Fixed a, Fixed b, Round round) { return muldiv(a, Fixed::of_units(unit), b, round); }
  // a·b/c, rounded once.
  friend Fixed muldiv(Fixed a, Fixed b, Fixed c, Round round) {
    return of_units(multiply_divide(a.units_, b.units_, c.units_, round));
  }

 private:
  std::int64_t units_ = 0;
};

// An exact fraction with the interface of Fixed: it never rounds.
class Exact {
 public:
  static constexpr int places = -1;

  Exact() = default;
  explicit Exact(std::int64_t whole) : value_(static_cast<long>(whole)) {}
  explicit Exact(Rational value) : value_(std::move(value)) {}

  [[nodiscard]] const Rational& rational() const { return value_; }

  Exact& operator+=(const Exact& other) {
    value_ += other.value_;
    return *this;
  }
  Exact& operator-=(const Exact& other) {
    value_ -= other.value_;
    return *this;
  }
  friend Exact operator+(Exact a, const Exact& b) { return a += b; }
  friend Exact operator-(Exact a, const Exact& b) { return a -= b; }
  friend Exact operator*(const Exact& a, std::int64_t times) {
    return Exact(Rational(a.value_ * static_cast<long>(times)));
  }
  friend bool operator==(const Exact& a, const Exact& b) { return a.value_ == b.value_; }
  friend std::strong_ordering operator<=>(const Exact& a, const Exact& b) { return cmp(a.value_, b.value_) <=> 0; }

  friend Exact multiply(const Exact& a, const Exact& b, Round) { return Exact(Rational(a.value_ * b.value_)); }
  friend Exact divide(const Exact& a, const Exact& b, Round) { return Exact(Rational(a.value_ / b.value_)); }
  friend Exact muldiv(const Exact& a, const Exact& b, const Exact& c, Round) {
    return Exact(Rational(a.value_ * b.value_ / c.value_));
  }

 private:
  Rational value_;
};

inline Rational rational(std::int64_t whole) { return Rational(mpz_class(static_cast<long>(whole))); }

// The number with `places` decimals, rounded down if it has more; with places < 0 exactly, as an integer or `p/q`.
std::string to_text(const Rational& value, int places);

// `text` as an unsigned decimal ("12", "0.25") exactly; an empty optional-like zero is never returned for bad input.
bool from_text(std::string_view text, Rational& out);

}  // namespace folkmoot::count
