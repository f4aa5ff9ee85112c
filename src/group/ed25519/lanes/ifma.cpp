// The backend for processors with AVX-512 IFMA (Intel since Ice Lake, AMD since Zen 4).
#if defined(__x86_64__)

#include <immintrin.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "group/batch.hpp"
#include "group/ed25519/backend.hpp"
#include "group/ed25519/lanes/digits.hpp"
#include "group/ed25519/pippenger.hpp"
#include "group/subsets.hpp"

#include "group/ed25519/lanes/begin_ifma.hpp"

#include "group/ed25519/lanes/field_ifma.hpp"

#include "group/ed25519/lanes/membership.hpp"
#include "group/ed25519/lanes/pair.hpp"
#include "group/ed25519/lanes/products.hpp"

namespace folkmoot::group::ed25519 {
namespace {

std::vector<Point> products(const Products<Ed25519>& batch) {
  return in_lanes::ProductsInLanes<ifma::Fe>(batch).compute();
}

}  // namespace
}  // namespace folkmoot::group::ed25519

#include "group/ed25519/lanes/end.hpp"

namespace folkmoot::group::ed25519 {
const Backend ifma_backend{"ifma", products, in_lanes::uncompress_all<ifma::Fe, in_lanes::Pair<ifma::Fe>>,
                           in_lanes::Buckets<ifma::Fe>::product};
}

#endif
