// Pippenger's method (pippenger.cpp) in lanes: each lane fills a bucket of its own, those of one window that have about
// equally many points at the same time; then each lane adds up the buckets of a window of its own. A part of the points
// at a time, so that they stay in the cache.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

#include "group/ed25519/lanes/points.hpp"
#include "group/ed25519/pippenger.hpp"

namespace folkmoot::group::ed25519::in_lanes {

template <class Fe>
class Buckets {
 public:
  // Π bases[i]^exponents[i].
  static Point product(std::span<const Element> bases, std::span<const Scalar> exponents) {
    Buckets all;
    constexpr std::size_t part = std::size_t{1} << 11;
    const std::size_t parts = (bases.size() + part - 1) / part;
    std::size_t bits = 0;
    for (const Scalar& exponent : exponents) bits = std::max(bits, bit_length(exponent));
    if (parts == 0 || bits == 0) return {};
    all.shape_ = best_shape((bases.size() + parts - 1) / parts, bits);
    all.sums_.resize(all.shape_.windows);
    for (std::size_t i = 0; i < parts; ++i) {
      const std::size_t first = bases.size() * i / parts, last = bases.size() * (i + 1) / parts;
      all.add(bases.subspan(first, last - first), exponents.subspan(first, last - first));
    }
    Point result;
    for (std::size_t w = all.shape_.windows; w-- > 0;) {
      for (std::size_t i = 0; i < all.shape_.width; ++i) result = twice(projective(result)).point();
      result = (result + ed25519::cached(all.sums_[w])).point();
    }
    return result;
  }

  // The sums of subsets of the points, which have Z = 1: bit b of numbers[g·points.size() + i] tells whether the i-th
  // is in subset g·width + b.
  static std::vector<Point> subset_sums(std::span<const Point> points, std::span<const std::int16_t> numbers,
                                        std::size_t width) {
    Buckets all;
    const std::size_t n = points.size();
    all.shape_ = {width + 1, numbers.size() / n};
    all.sums_.resize(width * all.shape_.windows);
    all.make_rows(points);
    all.make_buckets();
    for (std::size_t first = 0; first < all.shape_.windows; first += lanes) {
      const std::size_t count = std::min(lanes, all.shape_.windows - first);
      for (std::size_t w = 0; w < count; ++w) all.fill(numbers.subspan((first + w) * n, n), all.bucket(w, 1));
      // Once a subset has its sum, the buckets that have its bit go into those that differ in this bit only.
      for (std::size_t bit = width; bit-- > 0;) {
        const std::size_t half = std::size_t{1} << bit;
        Extended sum = Extended::identity();
        for (std::size_t j = half; j < 2 * half; ++j) sum = all.plus_buckets(sum, count, j);
        Point of_window[lanes];
        all.store_windows(sum, of_window);
        for (std::size_t w = 0; w < count; ++w) all.sums_[(first + w) * width + bit] = of_window[w];
        for (std::size_t j = 1; j < half; ++j) all.join_buckets(count, j, half + j);
      }
    }
    return all.sums_;
  }

 private:
  static constexpr std::size_t lanes = Fe::lanes;
  using Extended = in_lanes::Extended<Fe>;
  static constexpr std::size_t row_words = 16, bucket_words = 20;

  void add(std::span<const Element> bases, std::span<const Scalar> exponents) {
    const std::size_t n = bases.size();
    affine_.clear();
    affine_.reserve(n);
    for (const Element& base : bases) affine_.push_back(base.point());
    normalize(affine_);
    make_rows(affine_);
    digits_.resize(shape_.windows * n);
    for (std::size_t i = 0; i < n; ++i) recode(exponents[i], shape_, &digits_[i], n);
    make_buckets();
    for (std::size_t first = 0; first < shape_.windows; first += lanes) {
      const std::size_t count = std::min(lanes, shape_.windows - first);
      for (std::size_t w = 0; w < count; ++w) fill(std::span(digits_).subspan((first + w) * n, n), bucket(w, 1));
      add_up(first, count);
    }
  }
  [[nodiscard]] std::size_t bucket_count() const { return std::size_t{1} << (shape_.width - 1); }
  void make_buckets() {
    buckets_.resize(lanes * bucket_count() * bucket_words + bucket_words);  // the last for lanes that have none
  }
  // The j-th bucket of the window in lane w, j ≥ 1.
  std::uint64_t* bucket(std::size_t w, std::size_t j) { return &buckets_[(w * bucket_count() + j - 1) * bucket_words]; }

  // The points as Niels, in rows; the last is the identity.
  void make_rows(std::span<const Point> points) {
    const std::size_t n = points.size();
    rows_.resize((n + 1) * row_words + lanes * row_words);
    const Fe factor = Fe::all(two_d);
    for (std::size_t i = 0; i <= n; i += lanes) {
      const Point identity;
      const Point* point[lanes];
      std::uint64_t* row[lanes];
      for (std::size_t lane = 0; lane < lanes; ++lane) {
        point[lane] = i + lane < n ? &points[i + lane] : &identity;
        row[lane] = &rows_[(i + lane) * row_words];
      }
      const Extended p = load_points<Fe>(point);
      store(Niels<Fe>{p.S, p.D, carry(p.T * factor)}, row);
    }
    identity_ = static_cast<std::uint32_t>(n);
  }

  // Bucket j of a window gets the product of the factors whose digit is ±j.
  void fill(std::span<const std::int16_t> digits, std::uint64_t* buckets) {
    // The factors in the order of their buckets.
    const std::size_t count = bucket_count();
    begin_.assign(count + 2, 0);
    for (const int digit : digits) ++begin_[static_cast<std::size_t>(std::abs(digit)) + 1];
    std::size_t largest = 0;
    for (std::size_t j = 1; j <= count; ++j) largest = std::max<std::size_t>(largest, begin_[j + 1]);
    begin_[1] = 0;  // bucket 0 is none
    by_size_.assign(largest + 2, 0);
    for (std::size_t j = 1; j <= count; ++j) ++by_size_[largest - begin_[j + 1] + 1];
    for (std::size_t size = 1; size < by_size_.size(); ++size) by_size_[size] += by_size_[size - 1];
    bucket_order_.resize(count);
    for (std::size_t j = 1; j <= count; ++j)
      bucket_order_[by_size_[largest - begin_[j + 1]]++] = static_cast<std::uint32_t>(j);
    for (std::size_t j = 1; j <= count; ++j) begin_[j + 1] += begin_[j];
    next_.assign(begin_.begin(), begin_.end());
    factor_order_.resize(digits.size() + 1);
    for (std::size_t i = 0; i < digits.size(); ++i) {
      const int digit = digits[i];
      if (digit != 0)
        factor_order_[next_[static_cast<std::size_t>(std::abs(digit))]++] =
            static_cast<std::uint32_t>(2 * i + (digit < 0 ? 1 : 0));
    }
    for (std::size_t i = 0; i < count; i += lanes) fill_group(i, buckets);
  }

  // Those from the i-th of bucket_order_, one a lane.
  void fill_group(std::size_t i, std::uint64_t* buckets) {
    std::uint32_t at[lanes], end[lanes];
    std::uint64_t* to[lanes];
    std::size_t steps = 0;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      const bool has_bucket = i + lane < bucket_order_.size();
      const std::size_t j = has_bucket ? bucket_order_[i + lane] : 0;
      at[lane] = has_bucket ? begin_[j] : 0;
      end[lane] = has_bucket ? begin_[j + 1] : 0;
      to[lane] = has_bucket ? buckets + (j - 1) * bucket_words : &buckets_[buckets_.size() - bucket_words];
      steps = std::max<std::size_t>(steps, end[lane] - at[lane]);
    }
    Extended sum = Extended::identity();
    for (std::size_t step = 0; step < steps; ++step) {
      const std::uint64_t* row[lanes];
      unsigned negative = 0;
      for (std::size_t lane = 0; lane < lanes; ++lane) {
        std::uint32_t factor = 2 * identity_;
        if (at[lane] < end[lane]) {
          factor = factor_order_[at[lane]++];
          __builtin_prefetch(&rows_[(factor_order_[at[lane]] >> 1) * row_words]);
          __builtin_prefetch(&rows_[(factor_order_[at[lane]] >> 1) * row_words + 8]);
        }
        row[lane] = &rows_[(factor >> 1) * row_words];
        negative |= (factor & 1) << lane;
      }
      sum = in_lanes::add(sum, load_niels<Fe>(row), Fe::Mask::of(negative)).extended();
    }
    store(cached(sum), to);
  }

  // Π bucket[j]^j, the product over all j of the product of the buckets from j on, for each of these windows.
  void add_up(std::size_t first, std::size_t count) {
    Extended tail = Extended::identity(), sum = Extended::identity();
    for (std::size_t j = bucket_count(); j > 0; --j) {
      tail = plus_buckets(tail, count, j);
      sum = in_lanes::add(sum, cached(tail), Fe::Mask::of(0)).extended();
    }
    Point of_window[lanes];
    store_windows(sum, of_window);
    for (std::size_t w = 0; w < count; ++w) {
      Point& whole = sums_[first + w];
      whole = (whole + ed25519::cached(of_window[w])).point();
    }
  }
  // In lane w the sum and bucket j of window w.
  Extended plus_buckets(const Extended& sum, std::size_t count, std::size_t j) {
    const std::uint64_t* row[lanes];
    for (std::size_t lane = 0; lane < lanes; ++lane) row[lane] = bucket(std::min(lane, count - 1), j);
    return in_lanes::add(sum, load_cached<Fe>(row), Fe::Mask::of(0)).extended();
  }
  // In each window, the second of two buckets is added to the first.
  void join_buckets(std::size_t count, std::size_t to, std::size_t from) {
    std::uint64_t* row[lanes];
    for (std::size_t lane = 0; lane < lanes; ++lane)
      row[lane] = lane < count ? bucket(lane, to) : &buckets_[buckets_.size() - bucket_words];
    store(cached(plus_buckets(extended(load_cached<Fe>(row)), count, from)), row);
  }
  static void store_windows(const Extended& sum, Point* of_window) {
    Point* to[lanes];
    for (std::size_t lane = 0; lane < lanes; ++lane) to[lane] = of_window + lane;
    store_points(sum, to);
  }

  Shape shape_{};
  std::vector<Point> sums_;  // of the windows
  std::vector<Point> affine_;
  std::vector<std::uint64_t> rows_, buckets_;
  std::uint32_t identity_ = 0;
  std::vector<std::int16_t> digits_;  // window by window
  std::vector<std::uint32_t> begin_, next_, by_size_, bucket_order_, factor_order_;
};

}  // namespace folkmoot::group::ed25519::in_lanes
