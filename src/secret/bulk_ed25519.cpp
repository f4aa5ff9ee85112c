#include "secret/bulk_ed25519.hpp"

#include <sodium.h>

#include <bit>

#include "group/ed25519/backend.hpp"

namespace folkmoot::secret::ed25519 {

using namespace group::ed25519;

template <unsigned bits>
SecretDigits<bits>::SecretDigits(const Exponent& exponent) : word_(halves()) {
  const auto bytes = std::bit_cast<std::array<std::uint64_t, 4>>(exponent.value().bytes);
  __extension__ typedef unsigned __int128 Wide;
  Wide sum = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    sum += Wide{bytes[i]} + word_[i];
    word_[i] = static_cast<std::uint64_t>(sum);
    sum >>= 64;
  }
}
template <unsigned bits>
SecretDigits<bits>::~SecretDigits() {
  sodium_memzero(word_.data(), sizeof word_);
}
template class SecretDigits<4>;
template class SecretDigits<5>;

FixedTable::FixedTable(const G::Element& base) : words_(FixedDigits::count * powers * words) {
  std::vector<Point> points;
  points.reserve(FixedDigits::count * powers);
  Point first = base.point();  // base^(32^i)
  for (std::size_t i = 0; i < FixedDigits::count; ++i) {
    const Cached step = cached(first);
    points.push_back(first);
    for (std::size_t j = 1; j < powers; ++j) points.push_back((points.back() + step).point());
    first = twice(projective(points.back())).point();
  }
  normalize(points);
  for (std::size_t k = 0; k < points.size(); ++k) {
    const Niels form = niels(points[k]);
    std::size_t at = k / powers * powers * words + k % powers;
    for (const Fe& coordinate : {tight(form.y_plus_x), tight(form.y_minus_x), form.xy2d})
      for (const std::uint64_t limb : coordinate.limb) {
        words_[at] = limb;
        at += powers;
      }
  }
}

const FixedTable& FixedTable::of_generator() {
  static const FixedTable table(G::generator());
  return table;
}

const Bulk* bulk() {
#if defined(__x86_64__)
  const Backend& in_use = backend();
  if (&in_use == &ifma_backend) return &ifma_bulk;
  if (&in_use == &avx2_backend) return &avx2_bulk;
#endif
  return nullptr;
}

}  // namespace folkmoot::secret::ed25519
