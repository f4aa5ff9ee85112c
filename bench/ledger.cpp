// A million acts: appended in groups, each with a signed checkpoint, and replayed with every hash checked; in memory
// and in a folder (given as the argument, or a temporary one). The floor is SHA-256 of the same bytes in one piece,
// measured beside it; hashing them as a Merkle tree, one entry and one node each, is the next.
#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <map>

#include "ledger/log.hpp"
#include "ledger/replay.hpp"
#include "measure.hpp"
#include "secret/signing_key.hpp"
#include "store/ledger_files.hpp"

namespace folkmoot {
namespace {

constexpr std::size_t count = 1'000'000;
constexpr std::size_t entry_bytes = 300;

// Seconds: what this process has computed for, and what the clock on the wall says.
struct Time {
  double computed;
  double passed;
};

template <class Work>
Time measure(Work work) {
  const Time begin{clock_seconds(CLOCK_PROCESS_CPUTIME_ID), clock_seconds(CLOCK_MONOTONIC)};
  work();
  return {clock_seconds(CLOCK_PROCESS_CPUTIME_ID) - begin.computed, clock_seconds(CLOCK_MONOTONIC) - begin.passed};
}

class Memory final : public ledger::Storage {
 public:
  [[nodiscard]] Result<std::optional<Bytes>> read(const std::string& path, std::size_t) const override {
    const auto found = files_.find(path);
    return found == files_.end() ? std::nullopt : std::optional(found->second);
  }
  Status write(const std::string& path, ByteView bytes) override {
    files_[path].assign(bytes.begin(), bytes.end());
    return {};
  }
  Status sync() override { return {}; }
  Status discard(const std::string& folder) override {
    files_.erase(files_.lower_bound(folder + "/"), files_.lower_bound(folder + "0"));
    return {};
  }

 private:
  std::map<std::string, Bytes> files_;
};

ledger::Signer new_signer() {
  auto key = std::make_shared<secret::SigningKey>(secret::SigningKey::generate(secret::Random::system()));
  return {need(ledger::VerifierKey::make("ledger.example/bench", ledger::SignatureType::note, key->public_key())),
          [key](std::string_view message) -> Result<ledger::Signature> { return key->sign(message); }};
}

// The ratio of computing is to SHA-256 of the same bytes, that of time passed (where there is one) to the disk's floor.
void report(std::string_view what, Time time, Time hash, Time disk = {}) {
  fmt::print("{:<42} {:6.2f} s computed ({:5.1f} × SHA-256), {:7.2f} s passed", what, time.computed,
             time.computed / hash.computed, time.passed);
  if (disk.passed > 0) fmt::print(" ({:5.1f} × the disk's floor)", time.passed / disk.passed);
  fmt::print("\n");
}

void run_log(std::string_view where, ledger::Storage& storage, const std::vector<ByteView>& entries, std::size_t group,
             Time hash, Time disk = {}) {
  auto log = need(ledger::Log::create(storage, new_signer()));
  const Time append = measure([&] {
    for (std::size_t i = 0; i < count; i += group) {
      need(log.append(std::span(entries).subspan(i, std::min(group, count - i))));
      need(log.publish(need(log.sign_head())));
    }
  });
  report(fmt::format("{}: append", where), append, hash, disk);
  ledger::RightEdge edge;
  std::size_t seen = 0;
  const Time replay = measure([&] {
    const auto visit = [&](std::uint64_t, ByteView) -> Status { return ++seen, Status(); };
    need(ledger::replay(storage, edge, log.head().head, visit));
  });
  if (seen != count) std::abort();
  report(fmt::format("{}: replay", where), replay, hash);
}

// All bytes appended to one file, synced after each group.
void write_in_one_file(const std::filesystem::path& path, ByteView bytes, std::size_t group) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  for (; !bytes.empty(); bytes = bytes.subspan(std::min(group, bytes.size()))) {
    const ByteView piece = bytes.first(std::min(group, bytes.size()));
    if (::write(file, piece.data(), piece.size()) != static_cast<ssize_t>(piece.size()) || ::fsync(file) != 0)
      std::abort();
  }
  ::close(file);
}

int run(const std::filesystem::path& folder) {
  Bytes all(count * entry_bytes);
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::uint8_t>(i * i >> 7);
  std::vector<ByteView> entries;
  for (std::size_t i = 0; i < count; ++i) entries.push_back(ByteView(all).subspan(i * entry_bytes, entry_bytes));

  fmt::print("{} entries of {} bytes\n", count, entry_bytes);
  const Time hash = measure([&] { sha256(all); });
  report("SHA-256 of them in one piece", hash, hash);
  const Time tree = measure([&] {
    ledger::RightEdge edge;
    for (const ByteView entry : entries) edge.add(ledger::leaf_hash(entry));
  });
  report("the tree's hashes alone", tree, hash);
  {
    Memory memory;
    run_log("memory, 1000 a checkpoint", memory, entries, 1000, hash);
  }
  for (const std::size_t group : {10'000, 1000}) {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    const Time disk = measure([&] { write_in_one_file(folder / "floor", all, group * entry_bytes); });
    report(fmt::format("one file, {} a sync", group), disk, hash, disk);
    const auto files = need(store::LedgerFiles::open(folder / "log"));
    run_log(fmt::format("folder, {} a checkpoint", group), *files, entries, group, hash, disk);
  }
  std::filesystem::remove_all(folder);
  fmt::print("peak memory {} MiB, of which {} are the entries and {} the log in memory\n", peak_mebibytes(),
             all.size() >> 20, (all.size() + count * 34) >> 20);
  return 0;
}

}  // namespace
}  // namespace folkmoot

int main(int argc, char** argv) {
  const std::filesystem::path parent = argc > 1 ? argv[1] : std::filesystem::temp_directory_path().string();
  return folkmoot::run(parent / "folkmoot-bench-ledger");
}
