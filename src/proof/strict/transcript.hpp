// How the strict profile hashes (docs/strict-profile.md, section 1): RFC 9380's expand_message_xmd with SHA-256, with a
// domain for each group and purpose. Everything that goes into a hash has a fixed length or its length before it.
#pragma once

#include <string>
#include <string_view>

#include "base/sha256.hpp"
#include "group/group.hpp"

namespace folkmoot::proof::strict {

using group::PrimeGroup;

// The "profile" field of what the profile adds to a record, and the beginning of every message that is signed.
inline constexpr std::string_view profile = "folkmoot-strict-1";

// expand_message_xmd of RFC 9380 section 5.3.1: `size` uniform bytes. `size` is at most 8160, `domain` has at most 255.
std::string expand_message_xmd(std::string_view message, std::string_view domain, std::size_t size);

// DST(purpose), for the group.
template <PrimeGroup G>
std::string domain(std::string_view purpose);

// hash_to_scalar(message, purpose): uniform modulo q but for a difference of 2^-128.
template <PrimeGroup G>
typename G::Scalar hash_to_scalar(std::string_view message, std::string_view purpose);

// I2OSP(number, size); the number must fit.
std::string big_endian(std::uint64_t number, std::size_t size);
// enc(x): two bytes of length and x, which has fewer than 2^16.
std::string encode(std::string_view x);
// ser(e).
template <PrimeGroup G>
std::string serialize(const typename G::Element& element);
// The same as the next piece of a message.
template <PrimeGroup G>
void add_serialized(Sha256& hash, const typename G::Element& element);

}  // namespace folkmoot::proof::strict
