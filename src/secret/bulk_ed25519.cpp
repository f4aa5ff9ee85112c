#include "secret/bulk_ed25519.hpp"

#include <sodium.h>

#include <bit>

#include "group/ed25519/backend.hpp"

namespace folkmoot::secret::ed25519 {

using namespace group::ed25519;

Nibbles::Nibbles(const Exponent& exponent) {
  const auto bytes = std::bit_cast<std::array<std::uint64_t, 4>>(exponent.value().bytes);
  __extension__ typedef unsigned __int128 Wide;
  Wide sum = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    sum += Wide{bytes[i]} + eights;
    word_[i] = static_cast<std::uint64_t>(sum);
    sum >>= 64;
  }
}
Nibbles::~Nibbles() { sodium_memzero(word_.data(), sizeof word_); }

FixedTable::FixedTable(const G::Element& base) {
  std::vector<Point> points;
  points.reserve(Nibbles::count * powers);
  Point first = base.point();  // base^(16^i)
  for (std::size_t i = 0; i < Nibbles::count; ++i) {
    const Cached step = cached(first);
    points.push_back(first);
    for (std::size_t j = 1; j < powers; ++j) points.push_back((points.back() + step).point());
    first = twice(projective(points.back())).point();
  }
  normalize(points);
  words_.reserve(points.size() * words);
  for (const Point& point : points) {
    const Niels form = niels(point);
    for (const Fe& coordinate : {tight(form.y_plus_x), tight(form.y_minus_x), form.xy2d})
      words_.insert(words_.end(), coordinate.limb.begin(), coordinate.limb.end());
  }
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
