// What computes in bulk on Ed25519: portable code, or vectors of four or eight field elements where the processor has
// the instructions (lanes/). All of them give the same results; each is tested against the others.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "group/ed25519/group.hpp"

namespace folkmoot::group::ed25519 {

struct Backend {
  std::string_view name;
  // The products of a batch, as points with Z = 1.
  std::vector<Point> (*products)(const Products<Ed25519>& batch);
  // The points with Z = 1 that have these encodings (see uncompress() in point.hpp), and, if `members` is asked for,
  // lie in the subgroup of order q.
  std::vector<std::optional<Point>> (*uncompress)(std::span<const Encoding> encodings, bool members);
  // Π bases[i]^exponents[i], for many factors (the spans are equally long); least time for short exponents.
  Point (*product)(std::span<const Element> bases, std::span<const Scalar> exponents);
};

// Those that this processor can run, the fastest first; portable code is the last.
std::span<const Backend* const> backends();

// The one in use: the fastest, or, for tests and measurements, the one that the environment variable FOLKMOOT_ED25519
// names ("ifma", "avx2" or "portable") if the processor can run it.
const Backend& backend();

extern const Backend portable_backend;
#if defined(__x86_64__)
extern const Backend ifma_backend, avx2_backend;
#endif

}  // namespace folkmoot::group::ed25519
