// Secret exponents in bulk for processors with AVX-512 IFMA.
#if defined(__x86_64__)

#include <immintrin.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "group/ed25519/point.hpp"
#include "secret/bulk_ed25519.hpp"

#include "group/ed25519/lanes/begin_ifma.hpp"

#include "group/ed25519/lanes/field_ifma.hpp"
#include "secret/bulk_lanes.hpp"

#include "group/ed25519/lanes/end.hpp"

namespace folkmoot::secret::ed25519 {
using InLanes = BulkInLanes<group::ed25519::ifma::Fe>;
const Bulk ifma_bulk{InLanes::fixed, InLanes::variable, InLanes::product};
}  // namespace folkmoot::secret::ed25519

#endif
