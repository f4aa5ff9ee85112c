#include "secret/permutation.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <numeric>
#include <set>

#include "secret/base58.hpp"
#include "secret/work.hpp"
#include "support.hpp"

namespace folkmoot::secret::test {
namespace {

using Numbers = SecretVector<std::uint64_t>;

Numbers counted(std::size_t size) {
  Numbers numbers(size);
  std::iota(numbers.begin(), numbers.end(), std::uint64_t{0});
  return numbers;
}

RC_GTEST_PROP(SortObliviously, SortsKeysAndItems, (const std::vector<std::uint64_t>& input)) {
  std::vector<std::uint64_t> keys = input;
  std::vector<std::array<std::uint64_t, 3>> items;
  for (const auto key : keys) items.push_back({key, ~key, key + 1});
  detail::sort_obliviously<std::array<std::uint64_t, 3>>(keys, items);
  std::vector<std::uint64_t> expected = input;
  std::ranges::sort(expected);
  RC_ASSERT(keys == expected);
  for (std::size_t i = 0; i < keys.size(); ++i) RC_ASSERT(items[i] == (std::array{keys[i], ~keys[i], keys[i] + 1}));
}

TEST(SortObliviously, ComparesTheWholeRange) {
  constexpr auto greatest = ~std::uint64_t{0};
  for (const std::uint64_t a : {std::uint64_t{0}, std::uint64_t{1}, greatest / 2, greatest / 2 + 1, greatest}) {
    for (const std::uint64_t b : {std::uint64_t{0}, std::uint64_t{1}, greatest / 2, greatest / 2 + 1, greatest}) {
      EXPECT_EQ(detail::mask_if_greater(a, b), a > b ? greatest : 0) << a << ' ' << b;
    }
  }
}

TEST(Permutation, HasEachPositionOnce) {
  SeededRandom random(2);
  for (const std::size_t size : {0, 1, 2, 3, 7, 8, 9, 100, 1000}) {
    const auto permutation = Permutation::random(size, random);
    EXPECT_EQ(permutation.size(), size);
    Numbers psi = permutation.gather(counted(size));  // j_1, …, j_N
    std::ranges::sort(psi);
    EXPECT_EQ(psi, counted(size));
  }
}

TEST(Permutation, GathersAndScattersByTheSamePositions) {
  SeededRandom random(3);
  const auto permutation = Permutation::random(50, random);
  const Numbers psi = permutation.gather(counted(50));
  Numbers x(50);
  for (auto& number : x) number = random.below(1000);
  const Numbers gathered = permutation.gather(x);
  const Numbers scattered = permutation.scatter(x);
  for (std::size_t i = 0; i < 50; ++i) {
    EXPECT_EQ(gathered[i], x[psi[i]]);
    EXPECT_EQ(scattered[psi[i]], x[i]);
  }
}

TEST(Permutation, IsAnyOfThemEquallyOften) {
  SeededRandom random(4);
  std::map<Numbers, int> seen;
  for (int i = 0; i < 6000; ++i) ++seen[Permutation::random(3, random).gather(counted(3))];
  EXPECT_EQ(seen.size(), 6U);
  // The deviation of each is below 30; ten of them is never.
  for (const auto& [psi, times] : seen) EXPECT_NEAR(times, 1000, 300);
}

// Gives the same keys twice, then others.
class RepeatingRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> out) override {
    ++calls;
    if (calls == 1) {
      std::ranges::fill(out, std::uint8_t{7});
    } else {
      random_.fill(out);
    }
  }
  int calls = 0;

 private:
  SeededRandom random_{5};
};

TEST(Permutation, DrawsAgainIfKeysAreTheSame) {
  RepeatingRandom random;
  Numbers psi = Permutation::random(4, random).gather(counted(4));
  EXPECT_EQ(random.calls, 2);
  std::ranges::sort(psi);
  EXPECT_EQ(psi, counted(4));
}

TEST(Random, StaysBelow) {
  Random& random = Random::system();
  EXPECT_EQ(random.below(1), 0U);
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(random.below(5));
  EXPECT_EQ(seen, (std::set<std::uint64_t>{0, 1, 2, 3, 4}));
  constexpr std::uint64_t most = (std::uint64_t{1} << 63) + 1;  // nearly half of all 64-bit numbers are refused
  for (int i = 0; i < 100; ++i) EXPECT_LT(random.below(most), most);
}

TEST(Random, MakesBase58OfAllDigits) {
  SeededRandom random(6);
  const SecretText text = random_base58(5800, random);
  ASSERT_EQ(text.view().size(), 5800U);
  for (const char digit : base58_digits)
    EXPECT_GT(std::ranges::count(text.view(), digit), 30) << digit;  // 100 expected, 10 the deviation
  EXPECT_EQ(text.view().find_first_not_of(base58_digits), std::string_view::npos);
}

TEST(Work, DoesEachStepOnceAndReports) {
  for (const unsigned threads : {0U, 1U, 3U}) {
    for (const std::size_t count : {0, 1, 2, 63, 1000}) {
      std::vector<std::atomic<int>> times(count);
      std::size_t last = 0;
      const Work work{threads, [&](std::size_t done, std::size_t all) {
                        EXPECT_EQ(all, 2 * count);
                        EXPECT_GE(done, last);
                        last = done;
                      }};
      parallel_for(count, work.part(count, count, 2 * count), [&](std::size_t i) { ++times[i]; });
      EXPECT_EQ(last, 2 * count);
      for (const auto& n : times) EXPECT_EQ(n, 1);
    }
  }
}

}  // namespace
}  // namespace folkmoot::secret::test
