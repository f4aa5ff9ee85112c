#include "secret/scalar.hpp"

#include <sodium.h>

#include <algorithm>
#include <bit>
#include <cassert>

namespace folkmoot::secret {
namespace {

// The object of `one` where the mask is all ones, else that of `zero`.
template <class T>
T choose_object(std::uint64_t mask, const T& one, const T& zero) {
  using Words = std::array<std::uint64_t, sizeof(T) / sizeof(std::uint64_t)>;
  const auto a = std::bit_cast<Words>(one);
  auto chosen = std::bit_cast<Words>(zero);
  for (std::size_t i = 0; i < chosen.size(); ++i) chosen[i] ^= mask & (chosen[i] ^ a[i]);
  return std::bit_cast<T>(chosen);
}

}  // namespace

SecretBit SecretBit::from_mask(std::uint64_t all_ones_or_zero) {
  SecretBit bit;
  bit.mask_ = all_ones_or_zero;
  return bit;
}

template <PrimeGroup G>
SecretScalar<G>::SecretScalar(SecretScalar&& other) noexcept : value_(other.value_) {
  sodium_memzero(&other.value_, sizeof other.value_);
}
template <PrimeGroup G>
SecretScalar<G>& SecretScalar<G>::operator=(SecretScalar&& other) noexcept {
  std::swap(value_, other.value_);
  return *this;
}
template <PrimeGroup G>
SecretScalar<G>::~SecretScalar() {
  sodium_memzero(&value_, sizeof value_);
}

template <PrimeGroup G>
SecretScalar<G> SecretScalar<G>::random(Random& random) {
  // 128 bits more than q has: the remainder is uniform but for a difference that nobody can observe.
  std::array<std::uint8_t, sizeof(typename Engine<G>::Scalar) + 16> bytes;
  random.fill(bytes);
  SecretScalar result(Engine<G>::reduce(bytes));
  sodium_memzero(bytes.data(), bytes.size());
  return result;
}
template <PrimeGroup G>
std::vector<SecretScalar<G>> SecretScalar<G>::random(std::size_t count, Random& random) {
  constexpr std::size_t at_a_time = 64, size = sizeof(typename Engine<G>::Scalar) + 16;
  std::array<std::uint8_t, at_a_time * size> bytes;
  std::vector<SecretScalar> scalars;
  scalars.reserve(count);
  while (scalars.size() < count) {
    const auto some = std::span(bytes).first(std::min(at_a_time, count - scalars.size()) * size);
    random.fill(some);
    for (std::size_t at = 0; at < some.size(); at += size)
      scalars.push_back(SecretScalar(Engine<G>::reduce(some.subspan(at, size))));
  }
  sodium_memzero(bytes.data(), bytes.size());
  return scalars;
}
template <PrimeGroup G>
SecretScalar<G> SecretScalar<G>::of(std::uint64_t number) {
  const auto bytes = std::bit_cast<std::array<std::uint8_t, 8>>(number);
  return SecretScalar(Engine<G>::reduce(bytes));
}
template <PrimeGroup G>
SecretScalar<G> SecretScalar<G>::of(const typename G::Scalar& number) {
  return SecretScalar(Engine<G>::hide(number));
}
template <PrimeGroup G>
SecretScalar<G> SecretScalar<G>::from_big_endian(std::span<const std::uint8_t> bytes) {
  assert(bytes.size() <= 64);
  std::array<std::uint8_t, 64> reversed{};
  std::ranges::reverse_copy(bytes, reversed.begin());
  SecretScalar result(Engine<G>::reduce({reversed.data(), bytes.size()}));
  sodium_memzero(reversed.data(), reversed.size());
  return result;
}

template <PrimeGroup G>
Result<SecretScalar<G>> SecretScalar<G>::decode_unreduced(std::string_view decimal) {
  if (decimal.empty() || decimal.size() > 1000) return fail("expected a decimal number of 1 to 1000 digits");
  constexpr std::array<std::uint64_t, 10> powers_of_10{1,       10,        100,        1'000,       10'000,
                                                       100'000, 1'000'000, 10'000'000, 100'000'000, 1'000'000'000};
  SecretScalar result;
  while (!decimal.empty()) {
    const std::string_view some = decimal.substr(0, 9);
    decimal.remove_prefix(some.size());
    std::uint64_t number = 0;
    for (const char digit : some) {
      if (digit < '0' || digit > '9') return fail("expected a decimal number: digits only");
      number = number * 10 + static_cast<std::uint64_t>(digit - '0');
    }
    result = result * of(powers_of_10[some.size()]) + of(number);
  }
  return result;
}
template <PrimeGroup G>
Result<SecretScalar<G>> SecretScalar<G>::decode(std::string_view decimal) {
  auto result = TRY(decode_unreduced(decimal));
  // A leading zero, or a number that the order was taken from, shows in that the text does not come back.
  const SecretText canonical = result.text();
  if (canonical.view().size() != decimal.size() ||
      sodium_memcmp(canonical.view().data(), decimal.data(), decimal.size()) != 0) {
    return fail("expected a decimal number below the group's order, without leading zeros");
  }
  return result;
}
template <PrimeGroup G>
SecretText SecretScalar<G>::text() const {
  return Engine<G>::text(value_);
}

template <PrimeGroup G>
SecretScalar<G> SecretScalar<G>::operator+(const SecretScalar& other) const {
  return SecretScalar(Engine<G>::add(value_, other.value_));
}
template <PrimeGroup G>
SecretScalar<G> SecretScalar<G>::operator-(const SecretScalar& other) const {
  return SecretScalar(Engine<G>::subtract(value_, other.value_));
}
template <PrimeGroup G>
SecretScalar<G> SecretScalar<G>::operator*(const SecretScalar& other) const {
  return SecretScalar(Engine<G>::multiply(value_, other.value_));
}
template <PrimeGroup G>
SecretBit SecretScalar<G>::is_zero() const {
  const int zero = sodium_is_zero(reinterpret_cast<const unsigned char*>(&value_), sizeof value_);
  return SecretBit::from_mask(-static_cast<std::uint64_t>(zero));
}
template <PrimeGroup G>
SecretScalar<G> SecretScalar<G>::choose(SecretBit bit, const SecretScalar& one, const SecretScalar& zero) {
  return SecretScalar(choose_object(bit.mask(), one.value_, zero.value_));
}
template <PrimeGroup G>
typename G::Scalar SecretScalar<G>::reveal() const {
  return Engine<G>::reveal(value_);
}

template <PrimeGroup G>
SecretElement<G>::SecretElement(const typename G::Element& element) : value_(Engine<G>::hide(element)) {}
template <PrimeGroup G>
SecretElement<G>::SecretElement(SecretElement&& other) noexcept : value_(other.value_) {
  sodium_memzero(&other.value_, sizeof other.value_);
}
template <PrimeGroup G>
SecretElement<G>& SecretElement<G>::operator=(SecretElement&& other) noexcept {
  std::swap(value_, other.value_);
  return *this;
}
template <PrimeGroup G>
SecretElement<G>::~SecretElement() {
  sodium_memzero(&value_, sizeof value_);
}
template <PrimeGroup G>
SecretElement<G> SecretElement<G>::operator*(const SecretElement& other) const {
  return SecretElement(Engine<G>::multiply(value_, other.value_));
}
template <PrimeGroup G>
SecretText SecretElement<G>::text() const {
  return Engine<G>::text(value_);
}
template <PrimeGroup G>
SecretElement<G> SecretElement<G>::choose(SecretBit bit, const SecretElement& one, const SecretElement& zero) {
  return SecretElement(choose_object(bit.mask(), one.value_, zero.value_));
}
template <PrimeGroup G>
typename G::Element SecretElement<G>::reveal() const {
  return Engine<G>::reveal(value_);
}

template <PrimeGroup G>
Base<G>::Base(const typename G::Element& element) : element_(element), base_(Engine<G>::base(element)) {}
template <PrimeGroup G>
const Base<G>& Base<G>::generator() {
  static const Base base(G::generator());
  return base;
}
template <PrimeGroup G>
SecretElement<G> Base<G>::power(const SecretScalar<G>& exponent) const {
  return SecretElement<G>(Engine<G>::power(base_, exponent.value()));
}

#define FOLKMOOT_INSTANTIATE(G)    \
  template class SecretScalar<G>;  \
  template class SecretElement<G>; \
  template class Base<G>;
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)
#undef FOLKMOOT_INSTANTIATE

}  // namespace folkmoot::secret
