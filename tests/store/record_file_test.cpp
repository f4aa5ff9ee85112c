#include "store/record_file.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <csignal>
#include <random>
#include <set>
#include <thread>

#include "record/sample.hpp"

namespace folkmoot::store {
namespace {

namespace fs = std::filesystem;
namespace sample = record::sample;
using record::Addition;
using enum record::EventType;

constexpr std::uint64_t timestamp = sample::header.timestamp;

// A folder in memory where there is one: what is tested is the order of writes and syncs, not a disk.
class RecordFileTest : public testing::Test {
 protected:
  RecordFileTest() {
    std::string name = (fs::exists("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path()) / "record.XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for the test");
    folder_ = name;
    path_ = folder_ / "election.bel";
  }
  ~RecordFileTest() override { fs::remove_all(folder_); }

  // A record of a setup and that many ballots.
  void make_record(int ballots) const {
    auto file = RecordFile::create(path_, timestamp);
    ASSERT_TRUE(file) << file.error().message;
    ASSERT_TRUE(file->append(sample::addition(setup)));
    for (int i = 1; i <= ballots; ++i) ASSERT_TRUE(file->append(sample::addition(ballot, i)));
  }
  [[nodiscard]] std::string bytes() const { return sample::read_file(path_); }
  void put(std::string_view bytes) const { std::ofstream(path_, std::ios::binary | std::ios::trunc) << bytes; }

  fs::path folder_, path_;
};

TEST_F(RecordFileTest, WritesTheRecordOfItsAdditions) {
  auto file = RecordFile::create(path_, timestamp);
  ASSERT_TRUE(file) << file.error().message;
  std::vector<Addition> additions;
  for (const auto type : sample::election(3)) {
    additions.push_back(sample::addition(type, static_cast<int>(additions.size())));
    ASSERT_TRUE(file->append(additions.back()));
    EXPECT_EQ(file->size(), fs::file_size(path_));
  }
  EXPECT_TRUE(file->chain().finished());
  EXPECT_EQ(bytes(), sample::record_of(additions));
}

TEST_F(RecordFileTest, MakesNoFileThatExistsAndLeavesNoOther) {
  make_record(1);
  const std::string before = bytes();
  EXPECT_EQ(RecordFile::create(path_, timestamp).error().message, path_.string() + ": cannot create: File exists");
  EXPECT_FALSE(RecordFile::create(folder_ / "none" / "election.bel", timestamp));
  EXPECT_EQ(bytes(), before);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
}

TEST_F(RecordFileTest, IsOpenOnce) {
  make_record(1);
  const auto first = RecordFile::open(path_);
  ASSERT_TRUE(first);
  EXPECT_EQ(RecordFile::open(path_).error().message, path_.string() + ": in use by another process");
  const pid_t child = ::fork();
  if (child == 0) ::_exit(RecordFile::open(path_).has_value() ? 1 : 0);
  int status = -1;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_TRUE(FileSource::open(path_)) << "reading needs no lock";
}

TEST_F(RecordFileTest, OpeningHandsOutEachStep) {
  make_record(2);
  std::vector<std::string> seen;
  const auto file = RecordFile::open(path_, [&](const record::Step& step) -> Status {
    seen.push_back(fmt::format("{} {}", name(step.event.type), step.payload().content.substr(0, 12)));
    return {};
  });
  ASSERT_TRUE(file);
  EXPECT_EQ(seen, (std::vector<std::string>{"Setup {\"election\":", "Ballot {\"ballot\":1}", "Ballot {\"ballot\":2}"}));
  EXPECT_EQ(file->dropped(), 0U);
}

TEST_F(RecordFileTest, TheVisitorMayRefuseAStep) {
  make_record(2);
  const std::string before = bytes();
  const auto refuse = [](const record::Step& step) -> Status {
    if (step.event.height == 2) return fail("not this one");
    return {};
  };
  EXPECT_EQ(RecordFile::open(path_, refuse).error().message, "not this one");
  EXPECT_EQ(bytes(), before);
}

TEST_F(RecordFileTest, AppendsAGroupWithoutThoseThatMayNotFollow) {
  make_record(1);
  {
    auto file = RecordFile::open(path_);
    ASSERT_TRUE(file);
    const auto steps = file->append({sample::addition(ballot, 2), sample::addition(ballot, 1), sample::addition(result),
                                     sample::addition(ballot, 3), sample::addition(ballot, 2)});
    ASSERT_TRUE(steps);
    ASSERT_EQ(steps->size(), 5U);
    EXPECT_TRUE((*steps)[0]);
    EXPECT_EQ((*steps)[1].error().message, "data that is in the record already");
    EXPECT_EQ((*steps)[2].error().message, "event 3: Result may not follow Ballot");
    EXPECT_TRUE((*steps)[3]);
    EXPECT_FALSE((*steps)[4]);
    EXPECT_EQ((*steps)[3]->event.height, 3);
    EXPECT_EQ((*steps)[3]->end(), file->size());
  }
  EXPECT_EQ(bytes(), sample::record_of({sample::addition(setup), sample::addition(ballot, 1),
                                        sample::addition(ballot, 2), sample::addition(ballot, 3)}));
}

// A crash may leave any prefix of what was being written. All whole steps must survive, the rest must go, and
// appending must go on from there.
TEST_F(RecordFileTest, CutOffAtAnyByteKeepsEveryWholeStep) {
  const std::vector<Addition> all{sample::addition(setup), sample::addition(ballot, 1), sample::addition(ballot, 2),
                                  sample::addition(ballot, 3)};
  std::vector<std::size_t> ends;  // of the header and of each step
  for (std::size_t steps = 0; steps <= all.size(); ++steps) {
    ends.push_back(sample::record_of(std::vector(all.begin(), all.begin() + steps)).size());
  }
  const std::string whole = sample::record_of(all);
  for (std::size_t length = 0; length <= whole.size(); ++length) {
    put(whole.substr(0, length));
    auto file = RecordFile::open(path_);
    if (length < ends.front()) {
      ASSERT_FALSE(file) << "a record appears with its header whole";
      continue;
    }
    ASSERT_TRUE(file) << "cut at byte " << length << ": " << file.error().message;
    const auto steps = std::ranges::upper_bound(ends, length) - ends.begin() - 1;
    ASSERT_EQ(file->chain().events(), steps);
    ASSERT_EQ(file->size(), ends[steps]);
    ASSERT_EQ(file->dropped(), length - ends[steps]);
    ASSERT_EQ(fs::file_size(path_), ends[steps]);
    if (length % 61 != 0) continue;
    for (auto missing = static_cast<std::size_t>(steps); missing < all.size(); ++missing) {
      ASSERT_TRUE(file->append(all[missing]));
    }
    ASSERT_EQ(bytes(), whole);
  }
}

// A disk may have noted the new length of a file before it has all the blocks, which then read as zeros.
TEST_F(RecordFileTest, UnwrittenBlocksAtTheEndAreCutAway) {
  make_record(2);
  const std::string whole = bytes();
  const std::size_t last = whole.size() - 2048;  // where the last step begins
  for (std::size_t from = last; from < whole.size(); from += 512) {
    for (std::size_t more = 0; more <= 1024; more += 256) {
      std::string torn = whole;
      torn.replace(from, whole.size() - from, whole.size() - from, '\0');
      put(torn.append(more, '\0'));
      const auto file = RecordFile::open(path_);
      ASSERT_TRUE(file) << from << " " << more << ": " << file.error().message;
      ASSERT_EQ(file->chain().events(), 2);
      ASSERT_EQ(bytes(), whole.substr(0, last));
    }
  }
  for (const std::size_t more : {1U, 512U, 700U, 4096U}) {
    put(whole + std::string(more, '\0'));
    const auto file = RecordFile::open(path_);
    ASSERT_TRUE(file) << more;
    ASSERT_EQ(file->dropped(), more);
    ASSERT_EQ(bytes(), whole);
  }
}

TEST_F(RecordFileTest, DamageIsNamedAndNeverRepaired) {
  make_record(4);
  const std::string whole = bytes();
  for (std::size_t at = 0; at < whole.size(); at += 5) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << (at % 8)));
    put(damaged);
    const auto file = RecordFile::open(path_);
    ASSERT_FALSE(file) << "byte " << at;
    ASSERT_NE(file.error().message.find("at byte "), std::string::npos) << file.error().message;
    ASSERT_EQ(bytes(), damaged) << "byte " << at;
  }
}

TEST_F(RecordFileTest, LostBlocksInTheMiddleAreDamage) {
  make_record(4);
  const std::string whole = bytes();
  for (std::size_t at = 0; at + 2048 < whole.size(); at += 512) {
    std::string damaged = whole;
    damaged.replace(at, 512, 512, '\0');
    if (damaged == whole) continue;
    put(damaged);
    ASSERT_FALSE(RecordFile::open(path_)) << "block at " << at;
    ASSERT_EQ(bytes(), damaged);
  }
}

// A size field that claims more than there is looks like an entry that was cut off, but for the entries after it.
TEST_F(RecordFileTest, AFalseSizeInTheMiddleIsDamage) {
  make_record(3);
  std::string damaged = bytes();
  const std::size_t at = damaged.size() - 2 * 2048;
  record::tar::Block block;
  std::ranges::copy(damaged.substr(at, block.size()), block.begin());
  auto header = *record::tar::read_header(block);
  header.size = 1 << 20;
  block = record::tar::header_block(header);
  damaged.replace(at, block.size(), block.data(), block.size());
  put(damaged);
  EXPECT_EQ(RecordFile::open(path_).error().message,
            fmt::format("{}: at byte {}: cut off: content of 1048576 bytes, but the record ends at byte {}",
                        path_.string(), at, damaged.size()));
  EXPECT_EQ(bytes(), damaged);
}

TEST_F(RecordFileTest, ABrokenChainIsDamageEvenAtTheEnd) {
  auto additions = std::vector{sample::addition(setup), sample::addition(ballot, 1), sample::addition(result)};
  put(sample::record_of(additions));
  const std::string before = bytes();
  EXPECT_TRUE(RecordFile::open(path_).error().message.ends_with("event 2: Result may not follow Ballot"));
  EXPECT_EQ(bytes(), before);
}

TEST_F(RecordFileTest, OtherFilesAreNoRecords) {
  put("hello");
  EXPECT_FALSE(RecordFile::open(path_));
  EXPECT_EQ(bytes(), "hello");
  EXPECT_FALSE(RecordFile::open(folder_));
  EXPECT_FALSE(RecordFile::open(folder_ / "none"));
}

// Runs `work` in a process of its own; the read end of a pipe that it writes to.
template <class Work>
std::pair<pid_t, FileDescriptor> start(Work work) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    work(ends[1]);
    ::_exit(0);
  }
  ::close(ends[1]);
  return {child, FileDescriptor(ends[0])};
}

std::vector<int> read_numbers(const FileDescriptor& pipe) {
  std::vector<int> numbers;
  for (int number = 0; ::read(pipe.get(), &number, sizeof number) == sizeof number;) numbers.push_back(number);
  return numbers;
}

// A process appends groups of ballots and tells which are acknowledged, until it is killed.
TEST_F(RecordFileTest, KilledAtAnyMomentLosesNothingAcknowledged) {
  make_record(0);
  std::minstd_rand random(20261122);
  int next = 1;
  std::uint64_t torn = 0;
  for (int round = 0; round < 60; ++round) {
    auto [child, pipe] = start([&](int out) {
      auto file = RecordFile::open(path_);
      if (!file) ::_exit(1);
      for (int number = next;;) {
        // Large enough that a group takes several pages and the kill can come in the middle of one.
        std::vector<Addition> group;
        for (int i = 0; i < 8; ++i) {
          group.push_back({ballot, {fmt::format(R"({{"ballot":{},"filler":"{:0{}}"}})", number + i, 0, 40000)}});
        }
        const auto steps = file->append(std::move(group));
        if (!steps) ::_exit(2);
        for (const auto& step : *steps) {
          if (!step) ::_exit(3);
          if (::write(out, &number, sizeof number) != sizeof number) ::_exit(4);
          ++number;
        }
      }
    });
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 30000));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the process ended by itself: " << status;
    const std::vector<int> acknowledged = read_numbers(pipe);

    std::set<std::string> found;
    auto file = RecordFile::open(path_, [&](const record::Step& step) -> Status {
      found.insert(step.payload().content.substr(0, step.payload().content.find(',')));
      return {};
    });
    ASSERT_TRUE(file) << file.error().message;
    for (const int number : acknowledged) {
      ASSERT_TRUE(found.contains(fmt::format(R"({{"ballot":{})", number)))
          << "round " << round << ", ballot " << number;
    }
    torn += file->dropped() > 0 ? 1 : 0;
    next = static_cast<int>(file->chain().events());
    ASSERT_EQ(found.size(), next);
    // Keeps the test short: what has been checked may go.
    if (file->size() > (8U << 20)) {
      file = Failure(Error{});
      fs::remove(path_);
      make_record(0);
      next = 1;
    }
  }
  const auto source = FileSource::open(path_);
  ASSERT_TRUE(source);
  EXPECT_TRUE(sample::read_all(*source));
  RecordProperty("torn", static_cast<int>(torn));
}

// A full disk: the write that fails is not acknowledged, nor is anything after it until the record is opened anew.
TEST_F(RecordFileTest, AfterAFailedWriteNothingIsAcknowledged) {
  make_record(1);
  const std::uint64_t size = fs::file_size(path_);
  auto [child, pipe] = start([&](int) {
    ::signal(SIGXFSZ, SIG_IGN);
    auto file = RecordFile::open(path_);
    const rlimit limit{size + 2048 + 700, size + 2048 + 700};
    if (!file || ::setrlimit(RLIMIT_FSIZE, &limit) != 0) ::_exit(1);
    if (!file->append(sample::addition(ballot, 2))) ::_exit(2);
    if (file->append(sample::addition(ballot, 3))) ::_exit(3);
    if (file->append(sample::addition(ballot, 4))) ::_exit(4);
  });
  int status = -1;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFEXITED(status));
  ASSERT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(fs::file_size(path_), size + 2048) << "the part of the failed write that was there has been cut away";
  auto file = RecordFile::open(path_);
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->dropped(), 0U);
  EXPECT_EQ(file->chain().events(), 3);
  EXPECT_TRUE(file->append(sample::addition(ballot, 3)));
}

}  // namespace
}  // namespace folkmoot::store
