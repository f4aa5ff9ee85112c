#include "election/discrete_log.hpp"

#include <algorithm>
#include <cmath>

#include "group/all.hpp"

namespace folkmoot::election {
namespace {

constexpr std::uint64_t most_steps = 1 << 20;

template <PrimeGroup G>
std::size_t key(const typename G::Element& element) {
  return std::hash<std::string>{}(element.text());
}

template <PrimeGroup G>
typename G::Element g_to(std::uint64_t exponent) {
  return G::fixed_generator().power_vartime(typename G::Scalar(exponent));
}

}  // namespace

template <PrimeGroup G>
DiscreteLog<G>::DiscreteLog(std::uint64_t max)
    : max_(max), steps_(std::min(static_cast<std::uint64_t>(std::sqrt(static_cast<double>(max))) + 1, most_steps)) {
  typename G::Element power;
  powers_.reserve(steps_);
  for (std::uint32_t i = 0; i < steps_; ++i) {
    powers_.emplace(key<G>(power), i);
    power = power * G::generator();
  }
  giant_ = typename G::Element() / power;
}

template <PrimeGroup G>
std::optional<std::uint64_t> DiscreteLog<G>::find(const typename G::Element& element) const {
  typename G::Element rest = element;
  for (std::uint64_t base = 0;; base += steps_) {
    const auto [first, last] = powers_.equal_range(key<G>(rest));
    for (auto entry = first; entry != last; ++entry) {
      const std::uint64_t m = base + entry->second;
      if (m <= max_ && g_to<G>(m) == element) return m;
    }
    if (max_ - base < steps_) return std::nullopt;
    rest = rest * giant_;
  }
}

#define FOLKMOOT_INSTANTIATE(G) template class DiscreteLog<G>;
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)

}  // namespace folkmoot::election
