#include "library/sha256.hpp"

#include <algorithm>
#include <bit>

namespace folkmoot::wasm {
namespace {

using Bytes = std::span<const std::uint8_t>;

// The first 32 bits of the fractional parts of the cube roots of the first 64 primes (section 4.2.2), computed:
// ⌊∛n·2^32⌋ is the largest r with r³ ≤ n·2^96.
constexpr std::array<std::uint32_t, 64> K = [] {
  __extension__ using Wide = unsigned __int128;
  std::array<std::uint32_t, 64> constants{};
  std::size_t found = 0;
  for (std::uint64_t n = 2; found < constants.size(); ++n) {
    bool prime = true;
    for (std::uint64_t d = 2; d * d <= n; ++d) prime = prime && n % d != 0;
    if (!prime) continue;
    std::uint64_t root = 0;
    for (int bit = 34; bit >= 0; --bit) {
      const std::uint64_t r = root | std::uint64_t{1} << bit;
      // r³ ≤ n·2^96 just if r² ≤ n·2^96/r; both sides are cut to what 128 bits hold.
      if (static_cast<Wide>(r) * r <= (static_cast<Wide>(n) << 96) / r) root = r;
    }
    constants[found++] = static_cast<std::uint32_t>(root);
  }
  return constants;
}();
static_assert(K.front() == 0x428a2f98 && K.back() == 0xc67178f2);

std::uint32_t big_endian(const std::uint8_t* bytes) {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 | std::uint32_t{bytes[2]} << 8 | bytes[3];
}

}  // namespace

// Section 6.2.2.
void Sha256State::compress(const std::uint8_t* block) {
  std::array<std::uint32_t, 64> W;
  for (std::size_t t = 0; t < 16; ++t) W[t] = big_endian(block + 4 * t);
  for (std::size_t t = 16; t < 64; ++t) {
    const std::uint32_t s0 = std::rotr(W[t - 15], 7) ^ std::rotr(W[t - 15], 18) ^ W[t - 15] >> 3;
    const std::uint32_t s1 = std::rotr(W[t - 2], 17) ^ std::rotr(W[t - 2], 19) ^ W[t - 2] >> 10;
    W[t] = s1 + W[t - 7] + s0 + W[t - 16];
  }
  auto [a, b, c, d, e, f, g, h] = h_;
  for (std::size_t t = 0; t < 64; ++t) {
    const std::uint32_t S1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
    const std::uint32_t T1 = h + S1 + ((e & f) ^ (~e & g)) + K[t] + W[t];
    const std::uint32_t S0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
    const std::uint32_t T2 = S0 + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = d + T1;
    d = c;
    c = b;
    b = a;
    a = T1 + T2;
  }
  const std::array<std::uint32_t, 8> add{a, b, c, d, e, f, g, h};
  for (std::size_t i = 0; i < 8; ++i) h_[i] += add[i];
}

void Sha256State::add(Bytes bytes) {
  const auto used = static_cast<std::size_t>(size_ % 64);
  size_ += bytes.size();
  if (used != 0) {
    const std::size_t fits = std::min(64 - used, bytes.size());
    std::copy_n(bytes.begin(), fits, block_.begin() + static_cast<std::ptrdiff_t>(used));
    if (used + fits < 64) return;
    compress(block_.data());
    bytes = bytes.subspan(fits);
  }
  for (; bytes.size() >= 64; bytes = bytes.subspan(64)) compress(bytes.data());
  std::ranges::copy(bytes, block_.begin());
}

// Section 5.1.1: a one, zeros, and the size in bits as 64 of them.
Sha256State::Digest Sha256State::digest() {
  const std::uint64_t bits = size_ * 8;
  std::array<std::uint8_t, 72> padding{0x80};
  const auto zeros = static_cast<std::size_t>((119 - size_ % 64) % 64);
  for (std::size_t i = 0; i < 8; ++i) padding[1 + zeros + i] = static_cast<std::uint8_t>(bits >> (56 - 8 * i));
  add(Bytes(padding).first(1 + zeros + 8));
  Digest digest;
  for (std::size_t i = 0; i < 32; ++i) digest[i] = static_cast<std::uint8_t>(h_[i / 4] >> (24 - 8 * (i % 4)));
  return digest;
}

Sha256State::Digest hmac_sha256(Bytes key, Bytes first, Bytes second) {
  std::array<std::uint8_t, 64> block{};
  if (key.size() > block.size()) {
    Sha256State hash;
    hash.add(key);
    std::ranges::copy(hash.digest(), block.begin());
  } else {
    std::ranges::copy(key, block.begin());
  }
  Sha256State inner;
  Sha256State outer;
  for (auto& byte : block) byte ^= 0x36;
  inner.add(block);
  for (auto& byte : block) byte ^= 0x36 ^ 0x5c;
  outer.add(block);
  inner.add(first);
  inner.add(second);
  outer.add(inner.digest());
  return outer.digest();
}

Sha256State::Digest pbkdf2_sha256(Bytes password, Bytes salt, unsigned iterations) {
  constexpr std::array<std::uint8_t, 4> first_block{0, 0, 0, 1};
  auto u = hmac_sha256(password, salt, first_block);
  auto sum = u;
  for (unsigned i = 1; i < iterations; ++i) {
    u = hmac_sha256(password, u, {});
    for (std::size_t j = 0; j < sum.size(); ++j) sum[j] ^= u[j];
  }
  return sum;
}

}  // namespace folkmoot::wasm
