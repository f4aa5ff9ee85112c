#include "strict/plaintexts.hpp"

#include <algorithm>
#include <cassert>
#include <deque>
#include <numeric>

#include "group/all.hpp"

namespace folkmoot::strict {
namespace {

// So many rankings are one task for a thread.
constexpr std::size_t per_task = 256;

}  // namespace

// Many voters rank alike: what the encoder makes of the numbers is computed once for all who do.
template <PrimeGroup G>
std::vector<std::size_t> odd_plaintexts(std::span<const typename G::Element> elements,
                                        const std::vector<std::vector<std::uint64_t>>& numbers,
                                        record::Workers& workers) {
  assert(elements.size() == numbers.size());
  std::vector<std::size_t> order(numbers.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(
      order, {}, [&](std::size_t i) -> const auto& { return numbers[i]; });
  std::vector<std::span<const std::size_t>> alike;
  for (std::size_t first = 0, last = 0; first < order.size(); first = last) {
    while (last < order.size() && numbers[order[last]] == numbers[order[first]]) ++last;
    alike.push_back(std::span(order).subspan(first, last - first));
  }

  std::deque<record::Future<std::vector<std::size_t>>> found;
  for (std::size_t first = 0; first < alike.size(); first += per_task) {
    const auto some = std::span(alike).subspan(first, std::min(per_task, alike.size() - first));
    found.push_back(workers.run([some, elements, &numbers] {
      std::vector<std::vector<std::uint8_t>> ints;
      for (const auto& places : some) {
        const auto& ranking = numbers[places.front()];
        ints.emplace_back(ranking.begin(), ranking.end());
      }
      const auto canonical = group::of_ints_each<G>(ints);
      std::vector<std::size_t> odd;
      for (std::size_t i = 0; i < some.size(); ++i) {
        for (const std::size_t place : some[i]) {
          if (!canonical[i] || *canonical[i] != elements[place]) odd.push_back(place + 1);
        }
      }
      return odd;
    }));
  }
  record::Workers::wait(found);
  std::vector<std::size_t> places;
  for (auto& task : found) {
    const auto odd = task.get();
    places.insert(places.end(), odd.begin(), odd.end());
  }
  std::ranges::sort(places);
  return places;
}

#define FOLKMOOT_INSTANTIATE(G)                        \
  template std::vector<std::size_t> odd_plaintexts<G>( \
      std::span<const G::Element>, const std::vector<std::vector<std::uint64_t>>&, record::Workers&);
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)

}  // namespace folkmoot::strict
