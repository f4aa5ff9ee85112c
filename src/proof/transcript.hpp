// How version 1 of the protocol turns a statement and its commitments into a challenge: SHA-256 of a label and the
// texts of everything the proof is about, with "|" and "," between them, read as a 256-bit big-endian number modulo q.
// Each proof file gives its own label and order. Another version of the protocol would have another of these.
#pragma once

#include <ranges>
#include <string_view>

#include "base/sha256.hpp"
#include "group/batch.hpp"

namespace folkmoot::proof::v1 {

// H("a|" S "|" …): `hash_to_scalar<G>("prove|", S, "|", alpha, ",", beta, …)`.
template <group::PrimeGroup G, std::convertible_to<std::string_view>... Pieces>
typename G::Scalar hash_to_scalar(const Pieces&... pieces) {
  Sha256 hash;
  (hash.add(std::string_view(pieces)), ...);
  return G::Scalar::from_hash(hash.digest());
}

// Commitments as texts: a vector of strings, or a view that takes them out of a batch.
template <class Texts>
concept TextRange = std::ranges::input_range<const Texts> && !std::convertible_to<const Texts&, std::string_view> &&
                    std::convertible_to<std::ranges::range_reference_t<const Texts>, std::string_view>;

// The same for a number of commitments that is known only at run time: `Transcript(label, S, "|")`, then
// `.list(text)` for each, or `.list(texts)` for all: they stand with commas between them.
class Transcript {
 public:
  template <std::convertible_to<std::string_view>... Pieces>
  explicit Transcript(const Pieces&... pieces) {
    (hash_.add(std::string_view(pieces)), ...);
  }
  Transcript& list(std::string_view text) {
    if (listed_) hash_.add(",");
    listed_ = true;
    hash_.add(text);
    return *this;
  }
  template <TextRange Texts>
  Transcript& list(const Texts& texts) {
    for (const auto& text : texts) list(std::string_view(text));
    return *this;
  }
  template <group::PrimeGroup G>
  typename G::Scalar challenge() {
    return G::Scalar::from_hash(hash_.digest());
  }

 private:
  Sha256 hash_;
  bool listed_ = false;
};

}  // namespace folkmoot::proof::v1
