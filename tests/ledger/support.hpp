// What the tests of the ledger share: keys that sign, the tree by its definition, a storage in memory that can crash.
#pragma once

#include <gtest/gtest.h>
#include <sodium.h>

#include <bit>
#include <map>
#include <random>

#include "ledger/log.hpp"

namespace folkmoot::ledger::test {

// Fails the test with the error's message instead of dereferencing nothing.
template <class T>
T need(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

// A signer whose key is made from its number.
inline Signer signer(const std::string& name, SignatureType type, std::uint8_t number) {
  std::array<std::uint8_t, 32> seed{};
  seed[0] = number;
  PublicKey key;
  std::array<std::uint8_t, 64> secret;
  crypto_sign_seed_keypair(key.data(), secret.data(), seed.data());
  return {need(VerifierKey::make(name, type, key)), [secret](std::string_view message) -> Result<Signature> {
            Signature signature;
            crypto_sign_detached(signature.data(), nullptr, bytes_of(message).data(), message.size(), secret.data());
            return signature;
          }};
}

inline const std::string origin = "ledger.example/moot";
inline Signer log_signer() { return signer(origin, SignatureType::note, 1); }

// Entry number i of the tests' logs: of varying length, some empty.
inline Bytes entry(std::uint64_t i) {
  const std::string text = fmt::format("entry {} ", i);
  Bytes bytes;
  while (bytes.size() < i * 7 % 61) bytes.insert(bytes.end(), text.begin(), text.end());
  return bytes;
}
inline std::vector<Bytes> entries(std::uint64_t from, std::uint64_t to) {
  std::vector<Bytes> all;
  for (std::uint64_t i = from; i < to; ++i) all.push_back(entry(i));
  return all;
}
inline std::vector<ByteView> views(const std::vector<Bytes>& all) { return {all.begin(), all.end()}; }

// MTH(D[begin:end]) as RFC 6962 section 2.1 defines it.
inline Hash mth(const std::vector<Bytes>& all, std::size_t begin, std::size_t end) {
  if (begin == end) return empty_root();
  if (end - begin == 1) return leaf_hash(all[begin]);
  const std::size_t middle = begin + std::bit_floor(end - begin - 1);
  return node_hash(mth(all, begin, middle), mth(all, middle, end));
}
inline TreeHead head_of(const std::vector<Bytes>& all, std::size_t size) { return {size, mth(all, 0, size)}; }

// PATH(m, D[begin:end]), likewise.
inline Proof path(const std::vector<Bytes>& all, std::size_t m, std::size_t begin, std::size_t end) {
  if (end - begin == 1) return {};
  const std::size_t middle = begin + std::bit_floor(end - begin - 1);
  Proof proof = m < middle ? path(all, m, begin, middle) : path(all, m, middle, end);
  proof.push_back(m < middle ? mth(all, middle, end) : mth(all, begin, middle));
  return proof;
}

// SUBPROOF(m, D[begin:end], whole), likewise; m counts from 0.
inline Proof subproof(const std::vector<Bytes>& all, std::size_t m, std::size_t begin, std::size_t end, bool whole) {
  if (m == end) return whole ? Proof{} : Proof{mth(all, begin, end)};
  const std::size_t middle = begin + std::bit_floor(end - begin - 1);
  Proof proof = m <= middle ? subproof(all, m, begin, middle, whole) : subproof(all, m, middle, end, false);
  proof.push_back(m <= middle ? mth(all, middle, end) : mth(all, begin, middle));
  return proof;
}

// Files in memory. With a budget set, the operation that exceeds it fails, as does every later one; crash() then leaves
// what a loss of power may leave: of each write that was not synced, the old file or the new one.
class MemoryStorage final : public Storage {
 public:
  std::map<std::string, Bytes> files;
  std::int64_t budget = std::numeric_limits<std::int64_t>::max();
  std::int64_t operations = 0;

  [[nodiscard]] Result<std::optional<Bytes>> read(const std::string& path, std::size_t limit) const override {
    const auto found = files.find(path);
    if (found == files.end()) return std::nullopt;
    if (found->second.size() > limit) return fail("{}: too long", path);
    return found->second;
  }
  Status write(const std::string& path, ByteView bytes) override {
    TRY(spend());
    if (const auto old = files.find(path); old != files.end()) {
      unsynced_.try_emplace(path, old->second);
    } else {
      unsynced_.try_emplace(path, std::nullopt);
    }
    files[path] = Bytes(bytes.begin(), bytes.end());
    return {};
  }
  Status sync() override {
    TRY(spend());
    unsynced_.clear();
    return {};
  }
  Status discard(const std::string& folder) override {
    TRY(spend());
    const auto begin = files.lower_bound(folder + "/"), end = files.lower_bound(folder + "0");  // '0' follows '/'
    files.erase(begin, end);
    return {};
  }

  void crash(std::mt19937& random) {
    for (const auto& [path, old] : unsynced_) {
      if (random() % 2 == 0) continue;
      if (old) {
        files[path] = *old;
      } else {
        files.erase(path);
      }
    }
    unsynced_.clear();
    budget = std::numeric_limits<std::int64_t>::max();
  }

 private:
  Status spend() {
    ++operations;
    if (budget-- > 0) return {};
    budget = 0;
    return fail("the storage has failed");
  }
  std::map<std::string, std::optional<Bytes>> unsynced_;  // what was there before
};

// A log of that many entries, published, in groups of `group`.
inline std::string make_log(Storage& storage, std::uint64_t size, std::uint64_t group = 1000) {
  Log log = need(Log::create(storage, log_signer()));
  for (std::uint64_t i = 0; i < size; i += group) {
    const auto all = entries(i, std::min(size, i + group));
    need(log.append(views(all)));
  }
  const std::string note = need(log.sign_head());
  need(log.publish(note));
  return note;
}

}  // namespace folkmoot::ledger::test
