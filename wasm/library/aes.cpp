#include "library/aes.hpp"

#include <algorithm>
#include <bit>
#include <cassert>

#include "library/ed25519.hpp"  // wipe()

namespace folkmoot::wasm {
namespace {

using Bytes = std::span<const std::uint8_t>;
using Block = std::array<std::uint8_t, 16>;

// Four elements of GF(2^8) = GF(2)[x]/(x^8 + x^4 + x^3 + x + 1), computed with together: FIPS 197, section 4.
using Four = std::uint32_t;

Four by_x(Four a) { return (a & 0x7f7f7f7f) << 1 ^ (a >> 7 & 0x01010101) * 0x1b; }

Four multiply(Four a, Four b) {
  Four product = 0;
  for (int bit = 0; bit < 8; ++bit) {
    product ^= a & (b >> bit & 0x01010101) * 0xff;
    a = by_x(a);
  }
  return product;
}

// Each byte rotated to the left.
Four rotate_bytes(Four a, unsigned n) {
  const Four stay = (0xffU >> n) * 0x01010101;  // those bits of each byte that do not leave it on the left
  return (a & stay) << n | (a & ~stay) >> (8 - n);
}

// SubBytes: the inverse, a^254, and the affine map.
Four substitute(Four a) {
  Four inverse = 0x01010101;
  for (int i = 1; i < 8; ++i) {
    a = multiply(a, a);
    inverse = multiply(inverse, a);
  }
  Four result = inverse ^ 0x63636363;
  for (unsigned n = 1; n <= 4; ++n) result ^= rotate_bytes(inverse, n);
  return result;
}

// The state by columns, whose first byte is the lowest.
using State = std::array<Four, 4>;

State load(const Block& block) {
  State state{};
  for (std::size_t i = 0; i < block.size(); ++i) state[i / 4] |= Four{block[i]} << (8 * (i % 4));
  return state;
}
Block store(const State& state) {
  Block block;
  for (std::size_t i = 0; i < block.size(); ++i) block[i] = static_cast<std::uint8_t>(state[i / 4] >> (8 * (i % 4)));
  return block;
}

State shift_rows(const State& state) {
  State shifted{};
  for (std::size_t column = 0; column < 4; ++column) {
    for (std::size_t row = 0; row < 4; ++row) shifted[column] |= state[(column + row) % 4] & Four{0xff} << (8 * row);
  }
  return shifted;
}

Four mix_column(Four a) {
  const Four twice = by_x(a);
  return twice ^ std::rotr(twice ^ a, 8) ^ std::rotr(a, 16) ^ std::rotr(a, 24);
}

class Aes256 {
 public:
  explicit Aes256(std::span<const std::uint8_t, 32> key) {
    Four round_constant = 1;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (i < 8) {
        for (std::size_t k = 0; k < 4; ++k) words_[i] |= Four{key[4 * i + k]} << (8 * k);
        continue;
      }
      Four word = words_[i - 1];
      if (i % 8 == 0) {
        word = substitute(std::rotr(word, 8)) ^ round_constant;
        round_constant = by_x(round_constant);
      } else if (i % 8 == 4) {
        word = substitute(word);
      }
      words_[i] = words_[i - 8] ^ word;
    }
  }
  Aes256(const Aes256&) = delete;
  Aes256& operator=(const Aes256&) = delete;
  ~Aes256() { wipe(words_.data(), sizeof words_); }

  [[nodiscard]] Block encrypt(const Block& block) const {
    State state = load(block);
    add_round_key(state, 0);
    for (std::size_t round = 1; round <= rounds; ++round) {
      for (Four& column : state) column = substitute(column);
      state = shift_rows(state);
      if (round < rounds) {
        for (Four& column : state) column = mix_column(column);
      }
      add_round_key(state, round);
    }
    return store(state);
  }

 private:
  static constexpr std::size_t rounds = 14;

  void add_round_key(State& state, std::size_t round) const {
    for (std::size_t column = 0; column < 4; ++column) state[column] ^= words_[4 * round + column];
  }

  std::array<Four, 4 * (rounds + 1)> words_{};
};

// GHASH (SP 800-38D, section 6.4). Elements of GF(2^128) have their first bit highest.
class Ghash {
 public:
  explicit Ghash(const Aes256& aes) : h_(number(aes.encrypt({}))) {}
  Ghash(const Ghash&) = delete;
  Ghash& operator=(const Ghash&) = delete;
  ~Ghash() {
    wipe(&h_, sizeof h_);
    wipe(&sum_, sizeof sum_);
  }

  // The bytes, filled up with zeros to whole blocks.
  void add(Bytes bytes) {
    for (std::size_t first = 0; first < bytes.size(); first += 16) {
      Block block{};
      for (std::size_t i = 0; i < std::min<std::size_t>(16, bytes.size() - first); ++i) block[i] = bytes[first + i];
      const Number x = number(block);
      sum_ = multiplied({sum_.high ^ x.high, sum_.low ^ x.low}, h_);
    }
  }
  // The block that says how many bytes of either kind there were, and the hash.
  Block finish(std::uint64_t additional, std::uint64_t encrypted) {
    const Block sizes = block({8 * additional, 8 * encrypted});
    add(sizes);
    return block(sum_);
  }

 private:
  struct Number {
    std::uint64_t high = 0, low = 0;
  };
  static Number number(const Block& block) {
    Number result;
    for (std::size_t i = 0; i < 8; ++i) {
      result.high = result.high << 8 | block[i];
      result.low = result.low << 8 | block[8 + i];
    }
    return result;
  }
  static Block block(const Number& number) {
    Block result;
    for (std::size_t i = 0; i < 8; ++i) {
      result[i] = static_cast<std::uint8_t>(number.high >> (56 - 8 * i));
      result[8 + i] = static_cast<std::uint8_t>(number.low >> (56 - 8 * i));
    }
    return result;
  }
  static Number multiplied(const Number& x, Number v) {
    Number z;
    for (unsigned bit = 0; bit < 128; ++bit) {
      const std::uint64_t taken = 0 - ((bit < 64 ? x.high : x.low) >> (63 - bit % 64) & 1);
      z = {z.high ^ (v.high & taken), z.low ^ (v.low & taken)};
      const std::uint64_t reduced = (0 - (v.low & 1)) & std::uint64_t{0xe1} << 56;
      v = {v.high >> 1 ^ reduced, v.low >> 1 | v.high << 63};
    }
    return z;
  }

  Number h_;
  Number sum_;
};

// The counter's last four bytes count, the highest first.
void increment(Block& counter) {
  for (std::size_t i = 16; i-- > 12;) {
    if (++counter[i] != 0) return;
  }
}

Block first_counter(const Aes256& aes, Bytes iv) {
  Block counter{};
  if (iv.size() == 12) {
    for (std::size_t i = 0; i < iv.size(); ++i) counter[i] = iv[i];
    counter[15] = 1;
    return counter;
  }
  Ghash hash(aes);
  hash.add(iv);
  return hash.finish(0, iv.size());
}

// `in` in counter mode, from the block after the first.
void count(const Aes256& aes, Block counter, Bytes in, std::span<std::uint8_t> out) {
  for (std::size_t i = 0; i < in.size();) {
    increment(counter);
    Block pad = aes.encrypt(counter);
    for (std::size_t k = 0; k < pad.size() && i < in.size(); ++k, ++i) out[i] = in[i] ^ pad[k];
    wipe(pad.data(), pad.size());
  }
}

Block tag_of(const Aes256& aes, const Block& counter, Bytes ciphertext) {
  Ghash hash(aes);
  hash.add(ciphertext);
  Block tag = hash.finish(0, ciphertext.size());
  const Block pad = aes.encrypt(counter);
  for (std::size_t i = 0; i < tag.size(); ++i) tag[i] ^= pad[i];
  return tag;
}

}  // namespace

void gcm_seal(std::span<const std::uint8_t, 32> key, Bytes iv, Bytes message, std::span<std::uint8_t> sealed) {
  assert(sealed.size() == message.size() + gcm_tag_size);
  const Aes256 aes(key);
  const Block counter = first_counter(aes, iv);
  const auto ciphertext = sealed.first(message.size());
  count(aes, counter, message, ciphertext);
  const Block tag = tag_of(aes, counter, ciphertext);
  for (std::size_t i = 0; i < tag.size(); ++i) sealed[message.size() + i] = tag[i];
}

bool gcm_open(std::span<const std::uint8_t, 32> key, Bytes iv, Bytes sealed, std::span<std::uint8_t> message) {
  if (sealed.size() < gcm_tag_size) return false;
  assert(message.size() == sealed.size() - gcm_tag_size);
  const Aes256 aes(key);
  const Block counter = first_counter(aes, iv);
  const Bytes ciphertext = sealed.first(message.size());
  const Block tag = tag_of(aes, counter, ciphertext);
  unsigned difference = 0;
  for (std::size_t i = 0; i < tag.size(); ++i) difference |= tag[i] ^ sealed[message.size() + i];
  if (difference != 0) return false;
  count(aes, counter, ciphertext, message);
  return true;
}

}  // namespace folkmoot::wasm
