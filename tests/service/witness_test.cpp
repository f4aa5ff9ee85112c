#include "service/witness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "ledger/support.hpp"
#include "service/signer.hpp"

namespace folkmoot::service {
namespace {

using namespace ledger::test;
using ledger::AddCheckpoint, ledger::Checkpoint, ledger::Note, ledger::Response, ledger::SignatureType, ledger::Signer;
using ::testing::HasSubstr;

Signer witness_signer() { return signer("witness.example/w1", SignatureType::cosignature_v1, 60); }

// One of two histories of the log, the second with other entries from `fork` on.
struct Side {
  std::vector<Bytes> all = entries(0, 40);
  explicit Side(std::size_t fork = 40) {
    for (std::size_t i = fork; i < all.size(); ++i) all[i] = {9, static_cast<std::uint8_t>(i)};
  }
  [[nodiscard]] std::string request(std::size_t from, std::size_t to) const {
    const std::string text = to_text(Checkpoint{origin, head_of(all, to), {}});
    const std::string note = to_text(Note{text, {need(sign_note(log_signer(), text))}});
    return to_text(AddCheckpoint{from, from == 0 ? ledger::Proof{} : subproof(all, from, 0, to, true), note});
  }
};

struct WitnessTest : ::testing::Test {
  fs::path folder = fs::path(::testing::TempDir()) / fmt::format("folkmoot-witness-{}", ::getpid());
  WitnessTest() { fs::remove_all(folder); }
  ~WitnessTest() override { fs::remove_all(folder); }
  void watch(const std::string& lines) const { std::ofstream(folder / "logs", std::ios::app) << lines; }
};

TEST_F(WitnessTest, IsMadeOnceAndOpenedByOne) {
  const auto made = need(make_witness(folder, "witness.example/w"));
  EXPECT_EQ(made.name(), "witness.example/w");
  EXPECT_EQ(made.type(), SignatureType::cosignature_v1);
  struct stat status {};
  ASSERT_EQ(::stat((folder / "key").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
  EXPECT_THAT(make_witness(folder, "other").error().message, HasSubstr("is there already"));
  EXPECT_FALSE(make_witness(folder / "bad", "a name with spaces"));
  EXPECT_FALSE(fs::exists(folder / "bad" / "key"));

  watch(log_signer().key.to_text() + "\n\n# another\n" + signer("other", SignatureType::note, 3).key.to_text() + "\n");
  const auto opened = need(open_witness(folder));
  EXPECT_EQ(opened.key.to_text(), made.to_text());
  EXPECT_EQ(opened.logs.size(), 2U);
  EXPECT_THAT(open_witness(folder).error().message, HasSubstr("open elsewhere"));
}

TEST_F(WitnessTest, RefusesWhatItCannotRead) {
  EXPECT_FALSE(open_witness(folder));
  need(make_witness(folder, "w"));
  watch("nonsense\n");
  EXPECT_THAT(open_witness(folder).error().message, HasSubstr("logs: nonsense"));
  std::ofstream(folder / "logs") << signer("w2", SignatureType::cosignature_v1, 3).key.to_text() << "\n";
  EXPECT_THAT(open_witness(folder).error().message, HasSubstr("not the key of a log"));
  std::ofstream(folder / "logs") << "";
  EXPECT_TRUE(open_witness(folder));
  std::ofstream(folder / "key") << "PRIVATE+KEY+w+00000000+AAAA";
  EXPECT_THAT(open_witness(folder).error().message, HasSubstr((folder / "key").string()));
  // The key of a log signs notes, and no cosignatures.
  fs::remove(folder / "key");
  need(make_signer(folder / "key", "w", SignatureType::note));
  EXPECT_THAT(open_witness(folder).error().message, HasSubstr("type"));
  EXPECT_TRUE(read_signer(folder / "key", SignatureType::note));
}

TEST_F(WitnessTest, RemembersWhatItHasCosigned) {
  need(make_witness(folder, "witness.example/w"));
  watch(log_signer().key.to_text() + "\n");
  const Side log, fork(5);
  const std::string path = ledger::Witness::record_path(origin);
  std::string record;
  {
    auto opened = need(open_witness(folder));
    EXPECT_EQ(opened.witness.checkpoint(path).status, 404);
    EXPECT_EQ(opened.witness.add_checkpoint(log.request(0, 8), 1000).status, 200);
    const Response answer = opened.witness.checkpoint(path);
    EXPECT_EQ(answer.status, 200);
    record = answer.body;
    EXPECT_EQ(opened.witness.checkpoint("key").status, 404);
    EXPECT_EQ(opened.witness.checkpoint(ledger::Witness::record_path("other")).status, 404);
  }
  {
    auto opened = need(open_witness(folder));
    EXPECT_EQ(opened.witness.checkpoint(path).body, record);
    EXPECT_EQ(opened.witness.add_checkpoint(fork.request(8, 12), 1001).status, 422);
    EXPECT_EQ(opened.witness.add_checkpoint(log.request(0, 12), 1001).status, 409);
    EXPECT_EQ(opened.witness.add_checkpoint(log.request(8, 12), 1001).status, 200);
  }
  // Any change to what it has cosigned is noticed: it then does not start.
  const auto damaged = [&](const std::string& text) {
    std::ofstream(folder / "records" / path) << text;
    const auto opened = open_witness(folder);
    return !opened && opened.error().message.find(path) != std::string::npos;
  };
  EXPECT_TRUE(damaged(""));
  EXPECT_TRUE(damaged(record.substr(0, record.size() - 1)));
  // The log's own signature is for those who fetch the record; the witness goes by its cosignature.
  const std::size_t logs_line = record.find("— " + origin), own_line = record.find("— witness");
  for (std::size_t i = 0; i < record.size(); i += 7) {
    if (i >= logs_line && i < own_line) continue;
    std::string flipped = record;
    flipped[i] ^= 1;
    EXPECT_TRUE(damaged(flipped)) << i;
  }
  EXPECT_FALSE(damaged(record));
}

// Every operation of the storage fails once, or the witness is killed there: what it cosigns before and after, asked
// from two histories, lies on one.
TEST(Witness, NeverCosignsTwoHistoriesWhateverFails) {
  const Side sides[] = {Side(), Side(3)};
  std::mt19937 random(7);
  std::size_t failures = 0;
  for (std::int64_t budget = 0; budget < 12; ++budget) {
    for (int trial = 0; trial < 20; ++trial) {
      MemoryStorage storage;
      std::vector<ledger::TreeHead> cosigned;
      for (int life = 0; life < 3; ++life) {
        storage.budget = life == 0 ? budget : 1000;
        Witness witness = need(Witness::restore(storage, witness_signer(), {log_signer().key}));
        for (int request = 0; request < 12; ++request) {
          const Side& side = sides[random() % 2];
          std::size_t from = random() % 20;
          const std::size_t to = from + random() % 20;
          Response response = witness.add_checkpoint(side.request(from, to), 1000);
          if (response.status == 409) {
            from = std::stoul(response.body);
            if (from <= to) response = witness.add_checkpoint(side.request(from, to), 1000);
          }
          if (response.status == 200) cosigned.push_back(head_of(side.all, to));
          if (response.status == 500) {
            ++failures;
            ASSERT_FALSE(witness.health());
          }
        }
        storage.crash(random);
      }
      const auto on = [&](const Side& side) {
        return std::ranges::all_of(cosigned, [&](const auto& head) { return head == head_of(side.all, head.size); });
      };
      ASSERT_TRUE(on(sides[0]) || on(sides[1])) << budget << " " << trial;
      ASSERT_TRUE(std::ranges::is_sorted(cosigned, {}, &ledger::TreeHead::size)) << budget << " " << trial;
    }
  }
  EXPECT_GT(failures, 50U);
}

}  // namespace
}  // namespace folkmoot::service
