#include "store/ledger_files.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "ledger/reader.hpp"
#include "ledger/replay.hpp"
#include "ledger/support.hpp"

namespace folkmoot::store {
namespace {

namespace fs = std::filesystem;
using namespace ledger;
using namespace ledger::test;

class LedgerFilesTest : public ::testing::Test {
 protected:
  fs::path folder = fs::path(::testing::TempDir()) / fmt::format("folkmoot-ledger-{}", ::getpid());
  void SetUp() override { fs::remove_all(folder); }
  void TearDown() override { fs::remove_all(folder); }
};

TEST_F(LedgerFilesTest, AFolderHoldsWhatMemoryWould) {
  MemoryStorage memory;
  const std::string note = make_log(memory, 700, 90);
  {
    const auto files = need(LedgerFiles::open(folder / "deep" / "log"));
    EXPECT_EQ(make_log(*files, 700, 90), note);
  }
  const LedgerFolder reader(folder / "deep" / "log");
  std::size_t count = 0;
  for (const auto& file : fs::recursive_directory_iterator(folder / "deep" / "log")) {
    if (!file.is_regular_file() || file.path().filename() == "lock") continue;
    ++count;
    const std::string path = fs::relative(file.path(), folder / "deep" / "log").string();
    EXPECT_EQ(need(reader.read(path, 1 << 20)), memory.files.at(path)) << path;
  }
  EXPECT_EQ(count, memory.files.size());
  EXPECT_EQ(need(reader.read("tile/0/999", 8192)), std::nullopt);
  EXPECT_EQ(need(reader.read("checkpoint/000", 8192)), std::nullopt);
}

TEST_F(LedgerFilesTest, HasOneWriter) {
  const auto files = need(LedgerFiles::open(folder));
  const auto second = LedgerFiles::open(folder);
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().message, ::testing::HasSubstr("open elsewhere"));
}

TEST_F(LedgerFilesTest, HostileFilesAreErrors) {
  fs::create_directories(folder / "tile" / "0" / "000");
  std::ofstream(folder / "checkpoint") << std::string(5000, 'x');
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  const LedgerFolder reader(folder);
  EXPECT_FALSE(reader.read("tile/0/000", 8192));
  EXPECT_THAT(reader.read("checkpoint", 4999).error().message, ::testing::HasSubstr("5000 bytes where at most 4999"));
  EXPECT_TRUE(reader.read("checkpoint", 5000));
  EXPECT_FALSE(reader.read("pipe", 8192));
}

// A writer in a process of its own, which says on the pipe what it has signed and what was acknowledged.
[[noreturn]] void write_until_killed(const fs::path& folder, int pipe, std::uint8_t life) {
  const auto say = [&](char what, const std::string& text) {
    const std::string line = what + to_hex(bytes_of(text)) + '\n';
    if (::write(pipe, line.data(), line.size()) != static_cast<ssize_t>(line.size())) ::_exit(3);
  };
  const auto files = LedgerFiles::open(folder);
  if (!files) ::_exit(4);
  Signer recording = log_signer();
  recording.sign = [&, sign = recording.sign](std::string_view text) {
    say('S', std::string(text));
    return sign(text);
  };
  auto log = fs::exists(folder / "journal") ? Log::open(**files, recording) : Log::create(**files, recording);
  if (!log) ::_exit(5);
  for (std::size_t count = 1;; count = count * 5 % 301) {
    const std::vector<Bytes> group(count, Bytes(40, life));
    if (!log->append(views(group))) ::_exit(6);
    say('A', std::to_string(log->head().head.size));
    const auto note = log->sign_head();
    if (!note || !log->publish(*note)) ::_exit(7);
    say('P', std::to_string(log->head().head.size));
  }
}

TEST_F(LedgerFilesTest, SurvivesBeingKilledAtAnyMoment) {
  std::mt19937 random(2024);
  std::vector<Checkpoint> signed_heads;
  std::uint64_t acknowledged = 0, published = 0;
  for (std::uint8_t life = 0; life < 30; ++life) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::close(ends[0]);
      write_until_killed(folder, ends[1], life);
    }
    ::close(ends[1]);
    // Listens for a while, kills in the middle of something, and hears what was said until then.
    std::string heard;
    const auto listen = [&] {
      char buffer[4096];
      const ssize_t got = ::read(ends[0], buffer, sizeof buffer);
      if (got > 0) heard.append(buffer, static_cast<std::size_t>(got));
      return got > 0;
    };
    const auto lines = random() % 12;
    while (std::ranges::count(heard, '\n') < static_cast<std::ptrdiff_t>(lines)) ASSERT_TRUE(listen());
    ::usleep(static_cast<useconds_t>(random() % 3000));
    ::kill(child, SIGKILL);
    while (listen()) continue;
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "exit " << WEXITSTATUS(status);

    for (std::string_view rest = heard; rest.find('\n') != std::string_view::npos;) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(line.size() + 1);
      const Bytes bytes = need(from_hex(line.substr(1)));
      if (line[0] == 'S') signed_heads.push_back(need(parse_checkpoint(text_of(bytes))));
      if (line[0] == 'A') acknowledged = std::stoull(std::string(text_of(bytes)));
      if (line[0] == 'P') published = std::stoull(std::string(text_of(bytes)));
    }
    if (!fs::exists(folder / "journal")) continue;
    const auto files = need(LedgerFiles::open(folder));
    const Log log = need(Log::open(*files, log_signer()));
    const TreeHead head = log.head().head;
    ASSERT_GE(head.size, acknowledged);
    ASSERT_GE(log.published_size().value_or(0), published);
    RightEdge edge;
    const auto result = replay(*files, edge, head);
    ASSERT_TRUE(result) << result.error().message;
    TileReader reader(*files, head);
    for (const Checkpoint& earlier : signed_heads) {
      ASSERT_EQ(need(reader.consistency(earlier.head.size)).earlier, earlier.head) << "life " << int{life};
    }
  }
  EXPECT_GT(signed_heads.size(), 30U);
}

}  // namespace
}  // namespace folkmoot::store
