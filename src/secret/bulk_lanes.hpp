// Powers with secret exponents in lanes, for any field in lanes (group/ed25519/lanes/). The steps are the same whatever
// the secrets: each digit of each exponent, 0 or not, costs the same addition, and a table is read whole to take one of
// its points, the wanted one by masks. Secrets are the exponents and the factors; bases are public.
#pragma once

#include "group/ed25519/lanes/decode.hpp"
#include "group/ed25519/lanes/points.hpp"
#include "secret/bulk_ed25519.hpp"

namespace folkmoot::secret::ed25519 {

namespace in_lanes = group::ed25519::in_lanes;
using group::ed25519::Encoding;

template <class Fe>
class BulkInLanes {
 public:
  static void fixed(std::span<const FixedPowers> powers, std::span<const Engine<G>::Element> factors,
                    std::span<Point> out) {
    for (std::size_t first = 0; first < out.size(); first += part) {
      const std::size_t n = std::min(part, out.size() - first);
      Extended sums[groups];
      for (std::size_t i = 0; i < n; i += lanes) {
        Extended sum = Extended::identity();
        for (const auto& [table, exponents] : powers)
          sum = times_fixed(sum, *table, exponents.subspan(first + i, std::min(lanes, n - i)));
        sums[i / lanes] = factors.empty() ? sum : times(sum, factors.subspan(first + i, std::min(lanes, n - i)));
      }
      store_affine(sums, out.subspan(first, n));
    }
  }

  static void variable(std::span<const G::Element> bases, std::span<const std::span<const Exponent>> exponents,
                       std::span<const std::span<Point>> out) {
    constexpr std::size_t most = 2;
    assert(exponents.size() <= most && out.size() == exponents.size());
    for (std::size_t first = 0; first < bases.size(); first += part) {
      const std::size_t n = std::min(part, bases.size() - first);
      Extended sums[most][groups];
      for (std::size_t i = 0; i < n; i += lanes) {
        const std::size_t count = std::min(lanes, n - i);
        const Halves halves(bases.subspan(first + i, count));
        for (std::size_t k = 0; k < exponents.size(); ++k)
          sums[k][i / lanes] = halves.power(Digits<Nibbles>(exponents[k].subspan(first + i, count)));
      }
      for (std::size_t k = 0; k < exponents.size(); ++k) store_affine(sums[k], out[k].subspan(first, n));
    }
  }

  // Each table is made once and used for all digits of its exponents, while it is in the cache; the doublings come in
  // the end, for all of them.
  static Point product(std::span<const G::Element> bases, std::span<const Exponent> exponents) {
    Extended of_digit[Nibbles::count];  // the product of all powers of the bases by this digit
    for (Extended& sum : of_digit) sum = Extended::identity();
    for (std::size_t first = 0; first < bases.size(); first += lanes) {
      const std::size_t count = std::min(lanes, bases.size() - first);
      const Table table(load(bases.subspan(first, count)));
      const Digits<Nibbles> digits(exponents.subspan(first, count));
      for (std::size_t i = 0; i < Nibbles::count; ++i) {
        std::uint64_t size[lanes];
        const auto negative = digits.read(i, size);
        of_digit[i] = add(of_digit[i], table.choose(size), negative).extended();
      }
    }
    Completed running = Completed::identity();
    for (std::size_t i = Nibbles::count; i-- > 0;) {
      for (int k = 0; k < 4; ++k) running = twice(running.projective());
      running = add(running.extended(), cached(of_digit[i]), none());
    }
    const Extended sum = running.extended();
    Point of_lane[lanes];
    store_affine(&sum, of_lane);
    Point all;
    for (const Point& lane : of_lane) all = (all + group::ed25519::cached(lane)).point();
    const auto z_inverse = group::ed25519::invert(all.Z);
    const auto x = all.X * z_inverse, y = all.Y * z_inverse;
    return {x, y, group::ed25519::one, x * y};
  }

 private:
  static constexpr std::size_t lanes = Fe::lanes, part = 256, groups = part / lanes;
  using Extended = in_lanes::Extended<Fe>;
  using Completed = in_lanes::Completed<Fe>;
  using Cached = in_lanes::Cached<Fe>;
  using Niels = in_lanes::Niels<Fe>;
  static auto none() { return Fe::Mask::of(0); }

  // The digits of an exponent in each lane; in lanes that have none, 0.
  template <class OfOne>
  struct Digits {
    OfOne lane[lanes];

    explicit Digits(std::span<const Exponent> exponents) {
      for (std::size_t i = 0; i < exponents.size(); ++i) lane[i] = OfOne(exponents[i]);
    }
    // The i-th: its absolute values, and where it is negative.
    typename Fe::Mask read(std::size_t i, std::uint64_t* size) const {
      std::uint64_t negative = 0;
      for (std::size_t k = 0; k < lanes; ++k) {
        const std::uint64_t digit = lane[k][i] - OfOne::half, sign = digit >> 63;
        size[k] = (digit ^ (0 - sign)) + sign;
        negative |= sign << k;
      }
      return Fe::Mask::of(static_cast<unsigned>(negative));
    }
  };

  // The powers 1 to 8 of a base in each lane.
  struct Table {
    static constexpr std::size_t powers = Nibbles::half;
    Cached power[powers];

    Table() = default;
    explicit Table(Extended p) {
      power[0] = cached(p);
      for (std::size_t i = 1; i < powers; ++i) {
        p = add(p, power[0], none()).extended();
        power[i] = cached(p);
      }
    }
    [[nodiscard]] Cached choose(const std::uint64_t* size) const {
      const Fe one = Fe::all(group::ed25519::one);
      Cached chosen{one, one, carry(typename Fe::Columns(one) + typename Fe::Columns(one)), Fe::zero()};
      for (std::size_t i = 0; i < powers; ++i) {
        const auto here = Fe::lanes_with(size, i + 1);
        chosen.y_plus_x = select(here, power[i].y_plus_x, chosen.y_plus_x);
        chosen.y_minus_x = select(here, power[i].y_minus_x, chosen.y_minus_x);
        chosen.z2 = select(here, power[i].z2, chosen.z2);
        chosen.t2d = select(here, power[i].t2d, chosen.t2d);
      }
      return chosen;
    }
  };

  static Extended load(std::span<const G::Element> bases) {
    Point point[lanes];  // the identity where there is no base
    const Point* base[lanes];
    for (std::size_t i = 0; i < lanes; ++i) {
      if (i < bases.size()) point[i] = bases[i].point();
      base[i] = &point[i];
    }
    return in_lanes::load_points<Fe>(base);
  }

  // A base in each lane and its power 2^128, so that a power of it takes half the doublings.
  struct Halves {
    static constexpr std::size_t steps = Nibbles::count / 2;
    Table lower, upper;

    explicit Halves(std::span<const G::Element> bases) {
      const Extended p = load(bases);
      lower = Table(p);
      Completed shifted = twice(p.projective());
      for (std::size_t i = 1; i < 4 * steps; ++i) shifted = twice(shifted.projective());
      upper = Table(shifted.extended());
    }
    [[nodiscard]] Extended power(const Digits<Nibbles>& digits) const {
      Completed running = Completed::identity();
      for (std::size_t i = steps; i-- > 0;) {
        for (int k = 0; k < 4; ++k) running = twice(running.projective());
        std::uint64_t size[lanes];
        const auto negative = digits.read(i, size);
        running = add(running.extended(), lower.choose(size), negative);
        const auto upper_negative = digits.read(steps + i, size);
        running = add(running.extended(), upper.choose(size), upper_negative);
      }
      return running.extended();
    }
  };

  static Extended times_fixed(Extended sum, const FixedTable& table, std::span<const Exponent> exponents) {
    const Digits<FixedDigits> digits(exponents);
    const Fe one = Fe::all(group::ed25519::one), zero = Fe::zero();
    for (std::size_t i = 0; i < FixedDigits::count; ++i) {
      std::uint64_t size[lanes];
      const auto negative = digits.read(i, size);
      const auto is_zero = Fe::lanes_with(size, 0);
      for (std::uint64_t& number : size) number = (number - 1) % FixedTable::powers;
      const std::uint64_t* words = table.window(i);
      constexpr std::size_t next = 5 * FixedTable::powers;  // the words of one coordinate
      const Niels chosen{select(is_zero, one, Fe::pick(words, size)),
                         select(is_zero, one, Fe::pick(words + next, size)),
                         select(is_zero, zero, Fe::pick(words + 2 * next, size))};
      sum = add(sum, chosen, negative).extended();
    }
    return sum;
  }

  // The factors are elements of the group, as everybody has made sure who has one.
  static Extended times(const Extended& sum, std::span<const Engine<G>::Element> factors) {
    const Encoding* encoding[lanes];
    for (std::size_t i = 0; i < lanes; ++i) encoding[i] = &factors[std::min(i, factors.size() - 1)].bytes;
    const auto [x, y, good] = in_lanes::uncompress<Fe>(encoding);
    using Columns = typename Fe::Columns;
    return add(sum,
               Niels{carry(Columns(y) + Columns(x)), carry(difference(y, x)),
                     carry(carry(x * y) * Fe::all(group::ed25519::two_d))},
               none())
        .extended();
  }

  // The sums, divided by their Z with a single inversion.
  static void store_affine(const Extended* sums, std::span<Point> out) {
    const std::size_t count = (out.size() + lanes - 1) / lanes;
    Fe before[groups];
    Fe all = Fe::all(group::ed25519::one);
    for (std::size_t i = 0; i < count; ++i) {
      before[i] = all;
      all = carry(all * sums[i].projective().Z);
    }
    Fe inverse = in_lanes::invert(all);
    Point unused;
    for (std::size_t i = count; i-- > 0;) {
      const auto [X, Y, Z] = sums[i].projective();
      const Fe z_inverse = carry(inverse * before[i]);
      inverse = carry(inverse * Z);
      const Fe x = carry(X * z_inverse), y = carry(Y * z_inverse);
      Point* to[lanes];
      for (std::size_t k = 0; k < lanes; ++k) to[k] = i * lanes + k < out.size() ? &out[i * lanes + k] : &unused;
      in_lanes::store_points(x, y, Fe::all(group::ed25519::one), carry(x * y), to);
    }
  }
};

}  // namespace folkmoot::secret::ed25519
