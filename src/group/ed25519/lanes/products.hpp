// Many products of powers (batch.hpp) in lanes: as many products at a time as the field has lanes, each product in a
// lane, by the method of straus.hpp with digits at fixed places, so that all lanes go through the same steps.
//
// Exponents are written in 64 digits from −8 to 7. A base has a table of its powers 0 to 8; one that is used often has
// more of them ("rows", of base^(16^length), base^(16^(2·length)), …), so that a product needs `length` · 4 squarings
// only. Tables are made for several bases at a time, and kept so that any lane can use any of them: a row a point,
// turned into lanes when it is read. g and y have tables for digits of eight bits (fixed_base.hpp): no squarings.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <tuple>
#include <vector>

#include "group/batch.hpp"
#include "group/ed25519/group.hpp"
#include "group/ed25519/lanes/digits.hpp"
#include "group/ed25519/lanes/exponents.hpp"
#include "group/ed25519/lanes/points.hpp"

namespace folkmoot::group::ed25519::in_lanes {

template <class Fe>
class ProductsInLanes {
 public:
  explicit ProductsInLanes(const Products<Ed25519>& batch) : batch_(batch), place_(batch.bases.size(), none) {
    constexpr std::array<std::uint64_t, 20> identity{1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2};
    identity_ = identity;
  }

  // The products as affine points, in their order.
  std::vector<Point> compute() {
    std::vector<Point> points(batch_.ends.size());
    for (std::size_t first = 0; first < points.size(); first += part)
      compute(first, std::min(first + part, points.size()), points);
    return points;
  }

 private:
  static constexpr std::size_t part = 256;  // products whose tables are in the cache together
  static constexpr std::uint32_t g = 0, y = 1, first_base = 2;
  static constexpr std::uint32_t none = UINT32_MAX;
  using Completed = in_lanes::Completed<Fe>;
  using Extended = in_lanes::Extended<Fe>;
  static constexpr std::size_t lanes = Fe::lanes;
  static constexpr std::size_t max_groups = part / lanes;

  struct BaseUse {
    std::uint32_t base, uses;
    std::uint32_t rows, table;  // the place of the table, in rows
  };
  // A row's table with the digits that it is for: those from `at`, in each of `length` steps.
  struct Slot {
    const std::uint64_t* table;
    const Digits* digits;
    std::uint32_t at, length;
  };
  struct Task {
    std::uint32_t product;
    std::uint32_t length = 0;  // steps
    std::uint32_t first_slot = 0, slots = 0;
    bool has_g = false, has_y = false;
  };

  [[nodiscard]] std::span<const TermRef> terms(std::size_t product) const {
    const std::size_t begin = product == 0 ? 0 : batch_.ends[product - 1];
    return std::span(batch_.terms).subspan(begin, batch_.ends[product] - begin);
  }

  void compute(std::size_t first, std::size_t last, std::vector<Point>& points) {
    make_tables(first, last);
    make_tasks(first, last);
    const std::size_t groups = (tasks_.size() + lanes - 1) / lanes;
    for (std::size_t i = 0; i < groups; ++i)
      sums_[i] = product(std::span(tasks_).subspan(i * lanes, std::min(lanes, tasks_.size() - i * lanes)));
    store_affine(groups, points);
    for (const BaseUse& use : uses_) place_[use.base] = none;
  }

  // Counts what each base is used for and makes its tables.
  void make_tables(std::size_t first, std::size_t last) {
    uses_.clear();
    for (std::size_t i = first; i < last; ++i)
      for (const TermRef& term : terms(i)) {
        if (term.base < first_base) continue;
        std::uint32_t& place = place_[term.base - first_base];
        if (place == none) {
          place = static_cast<std::uint32_t>(uses_.size());
          uses_.push_back({term.base - first_base, 0, 0, 0});
        }
        // A short exponent reads few rows: it does not count as a use.
        if (batch_.exponents[term.exponent].limbs()[3] != 0) ++uses_[place].uses;
      }
    std::uint32_t rows = 0;
    for (BaseUse& use : uses_) {
      use.rows = static_cast<std::uint32_t>(rows_for(use.uses));
      use.table = rows;
      rows += use.rows;
    }
    tables_.resize((rows + 1) * table_words);  // and one for lanes that have no base
    order_.clear();
    for (const BaseUse& use : uses_) order_.push_back(&use);
    std::ranges::sort(order_, {}, [](const BaseUse* use) { return use->rows; });
    for (std::size_t i = 0; i < order_.size();) {
      const std::size_t most = std::min(lanes, order_.size() - i), wanted = order_[i]->rows;
      std::size_t n = 1;  // of bases with as many rows
      while (n < most && order_[i + n]->rows == wanted) ++n;
      Point point[lanes];
      const Point* base[lanes];
      for (std::size_t lane = 0; lane < lanes; ++lane) {
        point[lane] = batch_.bases[order_[i + std::min(lane, n - 1)]->base].point();
        base[lane] = &point[lane];
      }
      Extended power = load_points<Fe>(base);
      for (std::size_t row = 0; row < wanted; ++row) {
        if (row > 0) power = squared(power, 4 * Digits::count / wanted);
        std::uint64_t* table[lanes];
        for (std::size_t lane = 0; lane < lanes; ++lane)
          table[lane] = tables_.data() + (lane < n ? order_[i + lane]->table + row : rows) * table_words;
        store_table(power, table);
      }
      i += n;
    }
  }

  static Extended squared(const Extended& p, std::size_t times) {
    auto completed = twice(p.projective());
    for (std::size_t i = 1; i < times; ++i) completed = twice(completed.projective());
    return completed.extended();
  }

  // The powers 0 to 8.
  void store_table(const Extended& base, std::uint64_t* const* table) const {
    std::uint64_t* row[lanes];
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      std::ranges::copy(identity_, table[lane]);
      row[lane] = table[lane] + 20;
    }
    const Cached<Fe> step = cached(base);
    store(step, row);
    Extended power = base;
    for (std::size_t i = 2; i < table_points; ++i) {
      power = add(power, step, Fe::Mask::of(0)).extended();
      for (auto& at : row) at += 20;
      store(cached(power), row);
    }
  }

  void make_tasks(std::size_t first, std::size_t last) {
    tasks_.clear();
    slots_.clear();
    fixed_.clear();
    digits_.clear();
    digits_.reserve(terms_in(first, last));  // slots point to them
    for (std::size_t i = first; i < last; ++i) {
      Task task{static_cast<std::uint32_t>(i)};
      task.first_slot = static_cast<std::uint32_t>(slots_.size());
      auto& fixed = fixed_.emplace_back();
      for (const auto& [base, exponent] : terms(i)) {
        const Scalar& scalar = batch_.exponents[exponent];
        if (base < first_base) {
          fixed[base] = (base == g ? task.has_g : task.has_y) ? fixed[base] + scalar : scalar;
          (base == g ? task.has_g : task.has_y) = true;
          continue;
        }
        const BaseUse& use = uses_[place_[base - first_base]];
        const Digits& digits = digits_.emplace_back(scalar);
        const std::size_t length = Digits::count / use.rows;
        for (std::size_t row = 0; row < use.rows && row * length < digits.used(); ++row)
          slots_.push_back({tables_.data() + (use.table + row) * table_words, &digits,
                            static_cast<std::uint32_t>(row * length), static_cast<std::uint32_t>(length)});
        task.length = std::max(task.length, static_cast<std::uint32_t>(std::min(length, digits.used())));
      }
      task.slots = static_cast<std::uint32_t>(slots_.size()) - task.first_slot;
      tasks_.push_back(task);
    }
    first_ = first;
    std::ranges::sort(tasks_, {}, [](const Task& t) { return std::tuple(t.length, t.slots, t.has_g, t.has_y); });
  }
  [[nodiscard]] std::size_t terms_in(std::size_t first, std::size_t last) const {
    return batch_.ends[last - 1] - (first == 0 ? 0 : batch_.ends[first - 1]);
  }

  // The products of one group of tasks, one a lane.
  Extended product(std::span<const Task> tasks) const {
    std::size_t length = 0, slots = 0;
    for (const Task& task : tasks) {
      length = std::max<std::size_t>(length, task.length);
      slots = std::max<std::size_t>(slots, task.slots);
    }
    Completed running = Completed::identity();
    for (std::size_t i = length; i-- > 0;) {
      if (i + 1 < length)
        for (int k = 0; k < 4; ++k) running = twice(running.projective());
      for (std::size_t s = 0; s < slots; ++s) {
        const std::uint64_t* row[lanes];
        unsigned negative = 0;
        for (std::size_t lane = 0; lane < lanes; ++lane) {
          row[lane] = identity_.data();
          if (lane >= tasks.size() || s >= tasks[lane].slots) continue;
          const Slot& slot = slots_[tasks[lane].first_slot + s];
          if (i >= slot.length) continue;
          const int digit = (*slot.digits)[slot.at + i];
          row[lane] = slot.table + 20 * static_cast<std::size_t>(std::abs(digit));
          negative |= (digit < 0 ? 1u : 0u) << lane;
        }
        running = add(running.extended(), load_cached<Fe>(row), Fe::Mask::of(negative));
      }
    }
    Extended sum = running.extended();
    if (std::ranges::any_of(tasks, &Task::has_g)) sum = times_fixed(sum, Ed25519::fixed_generator(), g, tasks);
    if (std::ranges::any_of(tasks, &Task::has_y)) sum = times_fixed(sum, *batch_.y, y, tasks);
    return sum;
  }

  // sum · base^exponent.
  Extended times_fixed(Extended sum, const FixedBase& base, std::uint32_t which, std::span<const Task> tasks) const {
    std::array<FixedBase::Digits, lanes> digits{};
    for (std::size_t lane = 0; lane < tasks.size(); ++lane)
      digits[lane] = FixedBase::digits(fixed_[tasks[lane].product - first_][which]);
    for (std::size_t window = 0; window < FixedBase::windows; ++window) {
      const std::uint64_t* row[lanes];
      unsigned negative = 0;
      for (std::size_t lane = 0; lane < lanes; ++lane) {
        const int digit = digits[lane][window];
        row[lane] = base.row(window, static_cast<std::size_t>(std::abs(digit)));
        if (window + 1 < FixedBase::windows) {
          const auto* next = base.row(window + 1, static_cast<std::size_t>(std::abs(digits[lane][window + 1])));
          __builtin_prefetch(next);
          __builtin_prefetch(next + 8);
        }
        negative |= (digit < 0 ? 1u : 0u) << lane;
      }
      sum = add(sum, load_niels<Fe>(row), Fe::Mask::of(negative)).extended();
    }
    return sum;
  }

  // The sums, divided by their Z with a single inversion, to where their products are asked for.
  void store_affine(std::size_t groups, std::vector<Point>& points) const {
    using Columns = typename Fe::Columns;
    Fe before[max_groups];  // the product of all Z that come before
    Fe all = Fe::all(one);
    for (std::size_t i = 0; i < groups; ++i) {
      before[i] = all;
      all = carry(all * carry(Columns(sums_[i].Z) + Columns(sums_[i].Z)));
    }
    Fe inverse = invert(all);
    Point unused;
    for (std::size_t i = groups; i-- > 0;) {
      const Extended& sum = sums_[i];
      const Fe z_inverse = carry(inverse * before[i]);
      inverse = carry(inverse * carry(Columns(sum.Z) + Columns(sum.Z)));
      const Fe X = carry(carry(difference(sum.S, sum.D)) * z_inverse);
      const Fe Y = carry(carry(Columns(sum.S) + Columns(sum.D)) * z_inverse);
      Point* to[lanes];
      for (std::size_t lane = 0; lane < lanes; ++lane) {
        const std::size_t task = i * lanes + lane;
        to[lane] = task < tasks_.size() ? &points[tasks_[task].product] : &unused;
      }
      store_points(X, Y, Fe::all(one), carry(X * Y), to);
    }
  }

  const Products<Ed25519>& batch_;
  std::array<std::uint64_t, 20> identity_;
  std::vector<std::uint32_t> place_;  // of a base in uses_
  std::vector<BaseUse> uses_;
  std::vector<const BaseUse*> order_;
  std::vector<std::uint64_t> tables_;
  std::size_t first_ = 0;
  std::vector<Task> tasks_;
  std::vector<Slot> slots_;
  std::vector<Digits> digits_;
  std::vector<std::array<Scalar, 2>> fixed_;  // the exponents of g and y
  Extended sums_[max_groups];                 // no vector: the library's code is not compiled for such types
};

}  // namespace folkmoot::group::ed25519::in_lanes
