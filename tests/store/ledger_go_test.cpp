// The ledger's formats, checked by a program that is not ours: tests/ledger/go/check.go, on golang.org/x/mod's
// packages.
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "ledger/cosignature.hpp"
#include "ledger/receipt.hpp"
#include "ledger/support.hpp"
#include "ledger/text.hpp"
#include "store/ledger_files.hpp"

namespace folkmoot::store {
namespace {

namespace fs = std::filesystem;
using namespace ledger;
using namespace ledger::test;

struct Outcome {
  int status;
  std::string output;
};

Outcome run(const std::string& command) {
  Outcome outcome{-1, {}};
  FILE* const pipe = ::popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return outcome;
  std::array<char, 4096> buffer;
  while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), pipe))
    outcome.output.append(buffer.data(), got);
  outcome.status = ::pclose(pipe);
  return outcome;
}

const Signer witness = signer("witness.example/w", SignatureType::cosignature_v1, 50);

class LedgerByGo : public ::testing::Test {
 protected:
  fs::path folder = fs::path(::testing::TempDir()) / fmt::format("folkmoot-go-{}", ::getpid());
  std::string checkpoints;  // the files' names

  void SetUp() override {
    if (run("go version").status != 0) GTEST_SKIP() << "go is missing (Debian: golang-go)";
    const fs::path gopath = "/usr/share/gocode";
    if (!fs::exists(gopath / "src/golang.org/x/mod/sumdb")) {
      GTEST_SKIP() << "golang.org/x/mod is missing (Debian: golang-golang-x-mod-dev)";
    }
    fs::remove_all(folder);
    fs::create_directories(folder / "log" / "receipts");
    const auto built = run(fmt::format(
        "cd {0} && HOME={0} GOCACHE={0}/cache GOFLAGS= GO111MODULE=off GOPATH={1} go build -o {0}/check {2}",
        folder.string(), gopath.string(), FOLKMOOT_SOURCE_DIR "/tests/ledger/go/check.go"));
    ASSERT_EQ(built.status, 0) << built.output;
  }
  void TearDown() override { fs::remove_all(folder); }

  // Appends up to `size` entries, has the head cosigned, publishes it, and makes some receipts.
  void grow(Log& log, const LedgerFiles& files, std::uint64_t size) {
    while (log.head().head.size < size) {
      const std::uint64_t from = log.head().head.size;
      need(log.append(views(entries(from, std::min(size, from + 10'000)))));
    }
    Note note = need(parse_note(need(log.sign_head())));
    note.signatures.push_back(need(cosign(witness, note.text, 1'800'000'000)));
    need(log.publish(to_text(note)));
    const fs::path copy = folder / fmt::format("checkpoint.{}", size);
    std::ofstream(copy, std::ios::binary) << to_text(note);
    checkpoints += " " + copy.string();
    for (const std::uint64_t index : {std::uint64_t{0}, size / 2, size - 1}) {
      std::ofstream(folder / "log" / "receipts" / fmt::format("{}.tlog-proof", index), std::ios::binary)
          << to_text(need(make_receipt(files, to_text(note), index)));
    }
  }

  Outcome check() const {
    return run(fmt::format("{0}/check {0}/log '{1}' '{2}'{3}", folder.string(), log_signer().key.to_text(),
                           witness.key.to_text(), checkpoints));
  }
};

TEST_F(LedgerByGo, VerifiesEverySize) {
  const auto files = need(LedgerFiles::open(folder / "log"));
  Log log = need(Log::create(*files, log_signer()));
  for (const std::uint64_t size : {1, 2, 255, 256, 257, 70'000}) {
    grow(log, *files, size);
    Bytes bundles;
    for (const Bytes& one : entries(0, size)) add_to_bundle(bundles, one);
    const auto receipts = std::distance(fs::directory_iterator(folder / "log" / "receipts"), fs::directory_iterator());
    const auto [status, output] = check();
    EXPECT_EQ(status, 0) << output;
    EXPECT_EQ(output, fmt::format("{} {} {}, {} receipts\n", size, hash_text(log.head().head.root),
                                  to_hex(sha256(bundles)), receipts));
  }
}

// The program would notice: one flipped bit in any kind of file.
TEST_F(LedgerByGo, RefusesWhatIsChanged) {
  {
    const auto files = need(LedgerFiles::open(folder / "log"));
    Log log = need(Log::create(*files, log_signer()));
    grow(log, *files, 256);
    grow(log, *files, 300);
  }
  ASSERT_EQ(check().status, 0);
  for (const char* name :
       {"log/tile/0/000", "log/tile/0/001.p/44", "log/tile/1/000.p/1", "log/tile/entries/000",
        "log/tile/entries/001.p/44", "log/receipts/0.tlog-proof", "checkpoint.256", "checkpoint.300"}) {
    std::fstream file(folder / name, std::ios::in | std::ios::out | std::ios::binary);
    ASSERT_TRUE(file) << name;
    const auto flip = [&] {
      file.seekg(25);
      const auto byte = static_cast<char>(file.get());
      file.seekp(25);
      file.put(static_cast<char>(byte ^ 1)).flush();
    };
    flip();
    EXPECT_NE(check().status, 0) << name;
    flip();
  }
  EXPECT_EQ(check().status, 0);
}

}  // namespace
}  // namespace folkmoot::store
