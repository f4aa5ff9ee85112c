#include "group/modp/membership.hpp"

#include <algorithm>

#include "group/modp/scalar.hpp"
#include "group/subsets.hpp"

namespace folkmoot::group::modp {
namespace {

// From here on this is cheaper than the exact check of each number; by one product of each subset it is as dear.
constexpr std::size_t many = 192;

// The elements of some subsets, multiplied: bucket j has those that are just in the subsets of j's bits.
template <class Parameters>
class Buckets {
 public:
  explicit Buckets(std::size_t width) : width_(width), buckets_(std::size_t{1} << width) {}

  void add(std::size_t bucket, const Residue& form) {
    if (bucket != 0) multiply(buckets_[bucket], form);
  }
  // Whether the product of each subset is an element. Leaves the buckets empty.
  bool are_in_subgroup() {
    bool all = true;
    // Once a subset has its product, the buckets that have its bit go into those that differ in this bit only.
    for (std::size_t bit = width_; all && bit-- > 0;) {
      const std::size_t half = std::size_t{1} << bit;
      std::optional<Residue> product;
      for (std::size_t j = half; j < 2 * half; ++j) {
        if (buckets_[j]) multiply(product, *buckets_[j]);
        if (buckets_[j] && j > half) multiply(buckets_[j - half], *buckets_[j]);
      }
      all = !product || in_subgroup<Parameters>(field<Parameters>().to_number(*product));
    }
    std::ranges::fill(buckets_, std::nullopt);
    return all;
  }

 private:
  // Nothing stands for 1, which needs no multiplication.
  static void multiply(std::optional<Residue>& by, const Residue& form) {
    by ? field<Parameters>().multiply(*by, *by, form) : void(by = form);
  }

  std::size_t width_;
  std::vector<std::optional<Residue>> buckets_;
};

template <class Parameters>
bool all_in_subgroup(std::span<const Residue> forms) {
  const std::size_t width = subset_width(forms.size(), 1);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(forms.data());
  const auto numbers = draw_subsets({bytes, forms.size() * sizeof(Residue)}, forms.size(), width);
  Buckets<Parameters> buckets(width);
  for (std::size_t group = 0; group < numbers.size() / forms.size(); ++group) {
    for (std::size_t i = 0; i < forms.size(); ++i)
      buckets.add(static_cast<std::size_t>(numbers[group * forms.size() + i]), forms[i]);
    if (!buckets.are_in_subgroup()) return false;
  }
  return true;
}

}  // namespace

template <class Parameters>
bool in_field(const Residue& number) {
  const bool zero = std::ranges::all_of(number, [](auto limb) { return limb == 0; });
  return !zero && mpn_cmp(limbs(number), limbs(field<Parameters>().p()), p_limbs) < 0;
}

template <class Parameters>
bool in_subgroup(const Residue& number) {
  const Montgomery& p = field<Parameters>();
  if constexpr (Parameters::cofactor_is_2) return p.is_square(number);
  return p.power_of_number(number, Scalar<Parameters>::q()) == Residue{1};
}

template <class Parameters>
std::vector<std::optional<Residue>> members(std::span<const Residue> numbers) {
  std::vector<std::optional<Residue>> all(numbers.size());
  std::vector<Residue> forms;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (!in_field<Parameters>(numbers[i])) continue;
    all[i] = field<Parameters>().from_number(numbers[i]);
    forms.push_back(*all[i]);
  }
  if (forms.size() >= many && all_in_subgroup<Parameters>(forms)) return all;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (all[i] && !in_subgroup<Parameters>(numbers[i])) all[i].reset();
  }
  return all;
}

template bool in_field<Belenios2048Parameters>(const Residue&);
template bool in_field<Rfc3526Parameters>(const Residue&);
template bool in_subgroup<Belenios2048Parameters>(const Residue&);
template bool in_subgroup<Rfc3526Parameters>(const Residue&);
template std::vector<std::optional<Residue>> members<Belenios2048Parameters>(std::span<const Residue>);

}  // namespace folkmoot::group::modp
