// A record verified in parts, and from a state on, as users do it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "verifier/commands.hpp"

namespace folkmoot::verifier {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

struct PartFiles : testing::Test {
  void SetUp() override {
    const fs::path original = FOLKMOOT_SOURCE_DIR "/../shared/elections/v1-weighted-ed25519/record.bel";
    if (!fs::exists(original)) GTEST_SKIP() << "../shared/elections is not here";
    std::string name = (fs::temp_directory_path() / "folkmoot-test-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder = name;
    bytes = read(original);
    write("r.bel", bytes);
    // Up to the end of an event, somewhere among the ballots.
    std::size_t end = bytes.find(".event.json", bytes.size() / 2);
    end += 1024 - 64;
    write("early.bel", bytes.substr(0, end));
  }
  void TearDown() override { fs::remove_all(folder); }

  static std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void write(const std::string& name, std::string_view content) const {
    std::ofstream(folder / name, std::ios::binary) << content;
  }
  int run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "folkmoot-verify");
    for (std::string& argument : arguments) {
      if (argument.starts_with('@')) argument = (folder / argument.substr(1)).string();
    }
    std::vector<const char*> argv;
    for (const std::string& argument : arguments) argv.push_back(argument.c_str());
    std::ostringstream out_stream, err_stream;
    const int status = verifier::run(static_cast<int>(argv.size()), argv.data(), {out_stream, err_stream});
    out = out_stream.str();
    err = err_stream.str();
    return status;
  }

  fs::path folder;
  std::string bytes, out, err;
};

TEST_F(PartFiles, AreMergedToTheReportOfOneProcess) {
  EXPECT_EQ(run({"@r.bel"}), Exit::valid);
  const std::string whole = out;
  for (const char* shard : {"1/3", "2/3", "3/3"}) {
    EXPECT_EQ(run({"@r.bel", "--shard", shard, "--part", "@part-%"}), Exit::valid) << err;
    EXPECT_EQ(out, "");
  }
  EXPECT_EQ(run({"merge", "@part-3", "@part-1", "@part-2"}), Exit::valid) << err;
  EXPECT_EQ(out, whole);
  EXPECT_EQ(run({"merge", "@part-3", "@part-1", "@part-2", "--json"}), Exit::valid);
  EXPECT_THAT(out, HasSubstr(R"({"verdict":"valid")"));
  EXPECT_EQ(run({"@early.bel", "--shard", "1/1"}), Exit::valid);
  write("only", out);
  EXPECT_EQ(run({"merge", "@only"}), Exit::incomplete);
  EXPECT_EQ(run({"merge", "@part-1", "@part-3"}), Exit::usage);
  EXPECT_THAT(err, HasSubstr("part 2 of 3 is missing"));
}

TEST_F(PartFiles, ThatAreDamagedAreNamed) {
  run({"@r.bel", "--shard", "1/2"});
  write("one", std::string_view(out).substr(0, out.size() / 2));
  EXPECT_EQ(run({"merge", "@one"}), Exit::usage);
  EXPECT_THAT(err, HasSubstr((folder / "one").string()));
  write("one", R"({"folkmoot_part":7})");
  EXPECT_EQ(run({"merge", "@one"}), Exit::usage);
  EXPECT_THAT(err, HasSubstr("version 7"));
  EXPECT_EQ(run({"merge", "@nothing"}), Exit::usage);
  EXPECT_EQ(run({"merge", "@r.bel"}), Exit::usage);
}

TEST_F(PartFiles, TheStateOfAnEarlierRunStandsForAnEarlierCopy) {
  EXPECT_EQ(run({"@early.bel", "--save-state", "@state"}), Exit::incomplete) << out << err;
  EXPECT_EQ(run({"@r.bel", "--against", "@early.bel"}), Exit::valid);
  const std::string against_copy = out;
  EXPECT_EQ(run({"@r.bel", "--resume", "@state", "--save-state", "@state"}), Exit::valid) << err;
  EXPECT_EQ(out, fmt::format("Ballots that {} knows were not verified again: it is believed.\n{}",
                             (folder / "state").string(), against_copy));
  EXPECT_EQ(run({"@r.bel", "--against", "@state"}), Exit::usage) << "whoever gives it may have made it";
  EXPECT_THAT(err, HasSubstr("--resume"));
  EXPECT_EQ(run({"@r.bel", "--resume", "@state"}), Exit::valid);
  EXPECT_EQ(run({"@early.bel", "--resume", "@state"}), Exit::invalid);
  EXPECT_THAT(out, HasSubstr("growth"));

  const std::string state = read(folder / "state");
  write("state", std::string_view(state).substr(0, state.size() - 40));
  EXPECT_EQ(run({"@r.bel", "--resume", "@state"}), Exit::usage);
  EXPECT_THAT(err, HasSubstr((folder / "state").string()));
  std::string forged = state;
  forged.replace(forged.find(R"("sum":{"ballots":)") + 17, 1, "2");
  write("state", forged);
  EXPECT_EQ(run({"@r.bel", "--resume", "@state"}), Exit::usage);
  EXPECT_THAT(err, HasSubstr("but the record has"));
}

TEST_F(PartFiles, NoStateOfADamagedRecordIsSaved) {
  write("r.bel", std::string_view(bytes).substr(0, bytes.size() / 2 + 1));
  EXPECT_EQ(run({"@r.bel", "--save-state", "@state"}), Exit::invalid);
  EXPECT_THAT(err, HasSubstr("no state is saved"));
  EXPECT_FALSE(fs::exists(folder / "state"));
}

TEST_F(PartFiles, WrongShards) {
  for (const char* shard : {"", "1", "0/2", "3/2", "1/0", "-1/2", "1/2x", "x/2", "1/65537", "1/99999999999999999999"}) {
    EXPECT_EQ(run({"@r.bel", "--shard", shard}), Exit::usage) << shard;
  }
  ::unsetenv("OMPI_COMM_WORLD_RANK");
  EXPECT_EQ(run({"@r.bel", "--shard", "mpi"}), Exit::usage);
  EXPECT_THAT(err, HasSubstr("OMPI_COMM_WORLD_RANK is not set"));
  EXPECT_EQ(run({"@r.bel", "--part", "@p"}), Exit::usage);
  EXPECT_EQ(run({"@r.bel", "--shard", "1/2", "--save-state", "@s"}), Exit::usage);
  EXPECT_EQ(run({"@early.bel", "--shard", "1/1", "--part", "@s"}), Exit::valid);
  EXPECT_EQ(run({"@r.bel", "--shard", "1/2", "--resume", "@s"}), Exit::usage);
  EXPECT_EQ(run({"@r.bel", "--strict", "@s", "--resume", "@s"}), Exit::usage);
}

TEST_F(PartFiles, TheShardIsTheRankThatOpenMpiGives) {
  ::setenv("OMPI_COMM_WORLD_RANK", "1", 1);
  ::setenv("OMPI_COMM_WORLD_SIZE", "2", 1);
  EXPECT_EQ(run({"@r.bel", "--shard", "mpi"}), Exit::valid) << err;
  EXPECT_THAT(out, HasSubstr(R"("shard":[2,2])"));
  ::unsetenv("OMPI_COMM_WORLD_RANK");
  ::unsetenv("OMPI_COMM_WORLD_SIZE");
}

TEST(Progress, SaysHowLongItWillTakeOnceThatCanBeTold) {
  EXPECT_EQ(progress_text(0, 100, 0), "verifying … 0%");
  EXPECT_EQ(progress_text(50, 100, 1), "verifying … 50%");
  EXPECT_EQ(progress_text(25, 100, 10), "verifying … 25%, about 30 s left");
  EXPECT_EQ(progress_text(10, 100, 60), "verifying … 10%, about 9 min left");
  EXPECT_EQ(progress_text(100, 100, 60), "");
  EXPECT_EQ(progress_text(0, 0, 0), "");
}

}  // namespace
}  // namespace folkmoot::verifier
