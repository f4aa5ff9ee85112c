// The backend for processors with AVX2 (Intel since Haswell, AMD since Excavator).
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

#include "group/ed25519/lanes/begin_avx2.hpp"

#include "group/ed25519/lanes/field_avx2.hpp"

#include "group/ed25519/lanes/membership.hpp"
#include "group/ed25519/lanes/products.hpp"

namespace folkmoot::group::ed25519 {
namespace {

std::vector<Point> products(const Products<Ed25519>& batch) {
  return in_lanes::ProductsInLanes<avx2::Fe>(batch).compute();
}

}  // namespace
}  // namespace folkmoot::group::ed25519

#include "group/ed25519/lanes/end.hpp"

namespace folkmoot::group::ed25519 {
const Backend avx2_backend{"avx2", products, in_lanes::uncompress_all<avx2::Fe>, in_lanes::Buckets<avx2::Fe>::product};
}

#endif
