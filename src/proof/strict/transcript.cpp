#include "proof/strict/transcript.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "base/sha256.hpp"
#include "group/all.hpp"

namespace folkmoot::proof::strict {
namespace {

constexpr std::size_t hash_size = 32;
constexpr std::size_t block_size = 64;  // of SHA-256's input

// ⌈(⌈log2 q⌉ + 128) / 8⌉ (RFC 9380 section 5.1).
constexpr std::size_t uniform_size(std::size_t q_bits) { return (q_bits + 128 + 7) / 8; }
template <class G>
constexpr std::size_t scalar_size = uniform_size(253);
template <>
constexpr std::size_t scalar_size<group::Belenios2048> = uniform_size(group::modp::Belenios2048Parameters::q_bits);
template <>
constexpr std::size_t scalar_size<group::Rfc3526> = uniform_size(group::modp::Rfc3526Parameters::q_bits);

// A big-endian number of any length, modulo q: 32 bytes at a time.
template <PrimeGroup G>
typename G::Scalar reduce(std::string_view number) {
  using Scalar = typename G::Scalar;
  Digest greatest;
  greatest.fill(0xff);
  static const Scalar two_to_256 = Scalar::from_hash(greatest) + Scalar(1);
  Scalar result;
  for (std::size_t size = (number.size() - 1) % hash_size + 1; !number.empty(); size = hash_size) {
    Digest digits{};
    std::ranges::copy(number.substr(0, size), digits.end() - static_cast<std::ptrdiff_t>(size));
    result = result * two_to_256 + Scalar::from_hash(digits);
    number.remove_prefix(size);
  }
  return result;
}

std::array<std::uint8_t, 32> bytes_of_element(const group::Ed25519::Element& element) { return element.bytes(); }
template <class Parameters>
std::array<std::uint8_t, 8 * group::modp::p_limbs> bytes_of_element(const group::modp::Element<Parameters>& element) {
  const auto number = element.number();  // limbs of 64 bits, the least significant first
  std::array<std::uint8_t, 8 * group::modp::p_limbs> bytes;
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[bytes.size() - 1 - i] = static_cast<std::uint8_t>(number[i / 8] >> (8 * (i % 8)));
  return bytes;
}

}  // namespace

std::string expand_message_xmd(std::string_view message, std::string_view domain, std::size_t size) {
  assert(domain.size() <= 255 && size <= 255 * hash_size);
  const std::string domain_prime = std::string(domain) + big_endian(domain.size(), 1);
  const Digest b_0 = Sha256()
                         .add(std::string(block_size, '\0'))
                         .add(message)
                         .add(big_endian(size, 2))
                         .add(std::string_view("\0", 1))
                         .add(domain_prime)
                         .digest();
  std::string uniform;
  uniform.reserve(size + hash_size);
  Digest block{};  // b_0 XOR b_(i−1), with nothing for b_0 at first
  for (std::size_t i = 1; uniform.size() < size; ++i) {
    for (std::size_t k = 0; k < hash_size; ++k) block[k] ^= b_0[k];
    block = Sha256().add(block).add(big_endian(i, 1)).add(domain_prime).digest();
    uniform += text_of(block);
  }
  uniform.resize(size);
  return uniform;
}

template <PrimeGroup G>
std::string domain(std::string_view purpose) {
  return fmt::format("FolkmootStrictV1-{}-{}", G::name, purpose);
}

template <PrimeGroup G>
typename G::Scalar hash_to_scalar(std::string_view message, std::string_view purpose) {
  return reduce<G>(expand_message_xmd(message, domain<G>(purpose), scalar_size<G>));
}

std::string big_endian(std::uint64_t number, std::size_t size) {
  assert(size >= sizeof number || number >> (8 * size) == 0);
  std::string bytes(size, '\0');
  for (std::size_t i = size; i-- > 0; number >>= 8) bytes[i] = static_cast<char>(number & 0xff);
  return bytes;
}

std::string encode(std::string_view x) { return big_endian(x.size(), 2).append(x); }

template <PrimeGroup G>
std::string serialize(const typename G::Element& element) {
  const auto bytes = bytes_of_element(element);
  return std::string(text_of(bytes));
}

template <PrimeGroup G>
void add_serialized(Sha256& hash, const typename G::Element& element) {
  hash.add(ByteView(bytes_of_element(element)));
}

#define FOLKMOOT_INSTANTIATE(G)                                                      \
  template std::string domain<G>(std::string_view);                                  \
  template typename G::Scalar hash_to_scalar<G>(std::string_view, std::string_view); \
  template std::string serialize<G>(const typename G::Element&);                     \
  template void add_serialized<G>(Sha256&, const typename G::Element&);
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)

}  // namespace folkmoot::proof::strict
