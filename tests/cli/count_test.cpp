// `folkmoot count` and the commands below it, as a returning officer calls them.
#include "base/json.hpp"
#include "cli/command_test.hpp"

namespace folkmoot::cli {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr const char* leader = "3 1\n4 1 3 0\n3 2 0\n2 3 2 0\n0\n\"Ada\"\n\"Ben\"\n\"Cy\"\n\"Leader\"\n";
constexpr const char* board =
    "5 2\n20 1 2 0\n15 2 3 0\n9 3 0\n8 4 3 0\n4 5 4 0\n0\n\"Ada\"\n\"Ben\"\n\"Cy\"\n\"Dora\"\n\"Eve\"\n\"Board\"\n";
constexpr const char* tie = "2 1\n1 1 0\n1 2 0\n0\n\"Ada\"\n\"Ben\"\n\"Tie\"\n";

TEST_F(CommandTest, CountsAFile) {
  const std::string file = write("papers.blt", leader);
  EXPECT_EQ(folkmoot({"count", "--rule", "av", file}), Exit::done);
  EXPECT_THAT(out, HasSubstr("Elected: Ben"));
  EXPECT_EQ(folkmoot({"count", "--rule", "av", "--json", file}), Exit::done);
  EXPECT_THAT(out, HasSubstr(R"("winners":["Ben"])"));
  EXPECT_THAT(out, HasSubstr(R"("rule":"av")"));
  EXPECT_EQ(folkmoot({"count", "--rule", "scottish-2011", "--seats", "2", "--json", file}), Exit::done);
  EXPECT_THAT(out, HasSubstr(R"("seats":2)"));
  EXPECT_EQ(folkmoot({"count", "--rule", "guess", file}), Exit::failed);
  EXPECT_THAT(err, HasSubstr("there is no counting rule called “guess”"));
  EXPECT_EQ(folkmoot({"count", "--rule", "av", write("bad.blt", "3 x")}), Exit::failed);
  EXPECT_THAT(err, HasSubstr("bad.blt: line 1"));
  EXPECT_EQ(folkmoot({"count", "--rule", "av", write("what", "?")}), Exit::failed);
  EXPECT_THAT(err, HasSubstr("give --format"));
  EXPECT_EQ(folkmoot({"count", "--rule", "av", "--format", "blt", write("papers", leader)}), Exit::done);
  EXPECT_EQ(folkmoot({"count", "--rule", "av", "--withdraw", "Ben", "--withdraw", "Cy", file}), Exit::done);
  EXPECT_THAT(out, HasSubstr("Elected: Ada"));
}

TEST_F(CommandTest, WritesACountInEachForm) {
  const std::string file = write("papers.blt", board);
  const auto in_form = [&](const std::string& form) {
    EXPECT_EQ(folkmoot({"count", "--rule", "scottish-2011", form, file}), Exit::done) << err;
    return out;
  };
  EXPECT_TRUE(json::Document::parse(in_form("--json")));
  EXPECT_THAT(in_form("--html"), StartsWith("<!doctype html>"));
  EXPECT_THAT(in_form("--csv"), HasSubstr("\"Ada\",20.00000"));
  EXPECT_THAT(in_form("--svg"), StartsWith("<svg"));
  EXPECT_THAT(in_form("--rctab"), HasSubstr(R"("numWinners":2)"));
  EXPECT_EQ(folkmoot({"count", "--rule", "av", "--json", "--html", file}), Exit::usage);
}

TEST_F(CommandTest, JoinsFilesOfOneContest) {
  const std::string one = write("one.csv", "count,rank1,rank2\n3,Ada,Ben\n2,Ben,\n");
  const std::string two = write("two.csv", "count,rank1,rank2\n4,Cy,Ben\n2,Ben,Ada\n");
  EXPECT_EQ(folkmoot({"count", "--rule", "av", "--seats", "1", "--json", "--join", two, one}), Exit::done) << err;
  EXPECT_THAT(out, HasSubstr(R"("papers":11)"));
  EXPECT_THAT(out, HasSubstr(R"("candidates":["Ada","Ben","Cy"])"));
}

TEST_F(CommandTest, DrawsLotsFromASeedOrAtThePrompt) {
  const std::string file = write("tie.blt", tie);
  EXPECT_EQ(folkmoot({"count", "--rule", "av", file}), Exit::failed);
  EXPECT_THAT(err, HasSubstr("a tie has to be decided by lot"));
  EXPECT_EQ(folkmoot({"count", "--rule", "av", "--ties", "seed:s", file}), Exit::done);
  EXPECT_THAT(out, HasSubstr("SHA-256 of “s,0”"));
  EXPECT_EQ(folkmoot({"count", "--rule", "av", "--ties", "prompt", file}, "3\nBen\n2\n"), Exit::done);
  EXPECT_THAT(err, HasSubstr("  2  Ben"));
  EXPECT_THAT(err, HasSubstr("Enter a number from 1 to 2."));
  EXPECT_THAT(out, HasSubstr("Elected: Ben"));
  EXPECT_THAT(out, HasSubstr("lot drawn by hand"));
  EXPECT_EQ(folkmoot({"count", "--rule", "av", "--ties", "prompt", file}, "1\n"), Exit::done);
  EXPECT_THAT(out, HasSubstr("Elected: Ada"));
  EXPECT_EQ(folkmoot({"count", "--rule", "av", "--ties", "prompt", file}, "7\n"), Exit::failed);
  EXPECT_EQ(folkmoot({"count", "--rule", "av", "--ties", "dice", file}), Exit::failed);
}

TEST_F(CommandTest, KeepsConstraints) {
  const std::string file = write("papers.blt", board);
  const auto elected = [&](std::vector<std::string> more) {
    std::vector<std::string> call{"count", "--rule", "scottish-2011"};
    call.insert(call.end(), more.begin(), more.end());
    call.push_back(file);
    EXPECT_EQ(folkmoot(call), Exit::done) << err;
    const std::size_t at = out.find("Elected: ");
    return out.substr(at, out.find('\n', at) - at);
  };
  EXPECT_EQ(elected({}), "Elected: Ada and Ben");
  EXPECT_EQ(elected({"--constraint", "new members >= 1: Dora; Eve"}), "Elected: Ada and Dora");
  EXPECT_EQ(elected({"--constraint", "new members = 1..2: Dora; Eve", "--recount"}), "Elected: Ada and Dora");
  const std::string names = write("names.txt", "Dora\nEve\n");
  EXPECT_EQ(elected({"--constraint", "new members = 2: @" + names}), "Elected: Dora and Eve");
  EXPECT_EQ(elected({"--constraint", "new members >= 1: Dora; Eve", "--constraint", "old members <= 0: Ada"}),
            "Elected: Ben and Dora");
  EXPECT_EQ(folkmoot({"count", "--rule", "av", "--constraint", "x: Ada", file}), Exit::failed);
  EXPECT_THAT(err, HasSubstr("expected >=, <= or = after the name of the group"));
  EXPECT_EQ(folkmoot({"count", "--rule", "av", "--constraint", "x >= 1: Zoe", file}), Exit::failed);
  EXPECT_THAT(err, HasSubstr("there is no candidate called “Zoe”"));
  EXPECT_EQ(folkmoot({"count", "--rule", "scottish-2011", "--constraint", "x >= 2: Ada", file}), Exit::failed);
  EXPECT_THAT(err, HasSubstr("“at least 2 of x” can’t be kept"));
}

TEST_F(CommandTest, ExplainsComparesAndFollows) {
  const std::string file = write("papers.blt", board);
  EXPECT_EQ(folkmoot({"count", "explain", "--rule", "scottish-2011", file, "Dora"}), Exit::done) << err;
  EXPECT_THAT(out, HasSubstr("Dora was excluded after stage"));
  EXPECT_EQ(folkmoot({"count", "explain", "--rule", "scottish-2011", file, "Zoe"}), Exit::failed);
  EXPECT_EQ(folkmoot({"count", "explain", "--rule", "scottish-2011", file}), Exit::usage);
  EXPECT_EQ(folkmoot({"count", "explain", "--rule", "av", "--ties", "prompt", write("t.blt", tie), "Ada"}, "2\n"),
            Exit::done)
      << err;
  EXPECT_THAT(out, HasSubstr("a tie between Ada and Ben was decided"));
  EXPECT_EQ(folkmoot({"count", "compare", "--rule", "scottish-2011", "--rule", "schulze", file}), Exit::done) << err;
  EXPECT_THAT(out, HasSubstr("scottish-2011  Ada and Ben\n"));
  EXPECT_EQ(folkmoot({"count", "compare", "--ties", "seed:s", file}), Exit::done) << err;
  for (const char* rule : {"meek-nz", "ers97", "approval", "copeland"}) EXPECT_THAT(out, HasSubstr(rule));
  EXPECT_EQ(folkmoot({"count", "compare", "--rule", "guess", file}), Exit::failed);
  EXPECT_EQ(folkmoot({"count", "trail", "--rule", "scottish-2011", file, "53"}), Exit::done) << err;
  EXPECT_THAT(out, HasSubstr("Paper 53: 1. Eve, 2. Dora"));
  EXPECT_EQ(folkmoot({"count", "trail", "--rule", "scottish-2011", file, "57"}), Exit::failed);
}

TEST_F(CommandTest, FillsAVacancy) {
  const std::string file = write("papers.blt", board);
  EXPECT_EQ(folkmoot({"count", "vacancy", "--rule", "scottish-2011", file, "Ada", "--json"}), Exit::done) << err;
  EXPECT_THAT(out, HasSubstr(R"("winners":["Cy"])"));
  EXPECT_EQ(folkmoot({"count", "vacancy", "--rule", "scottish-2011", "--how", "recount-kept", "--contestant", "Eve",
                      file, "Ada", "--json"}),
            Exit::done)
      << err;
  EXPECT_THAT(out, HasSubstr(R"("winners":["Eve"])"));
  EXPECT_EQ(folkmoot({"count", "vacancy", "--rule", "act-2021", "--how", "act-countback", "--ties", "seed:s", file,
                      "Ada", "--json"}),
            Exit::done)
      << err;
  EXPECT_THAT(out, HasSubstr(R"("rule":"countback-act-2021")"));
  EXPECT_EQ(folkmoot({"count", "vacancy", "--rule", "scottish-2011", file, "Eve"}), Exit::failed);
  EXPECT_THAT(err, HasSubstr("Eve was not elected"));
}

TEST_F(CommandTest, ConvertsBetweenFormats) {
  const std::string file = write("papers.blt", board);
  for (const std::string format : {"preflib", "abif", "cdf", "blt"}) {
    EXPECT_EQ(folkmoot({"count", "convert", "--to", format, file}), Exit::done) << err;
    const std::string converted = write("converted", out);
    EXPECT_EQ(folkmoot({"count", "--rule", "meek-nz", "--seats", "2", "--json", "--format", format, converted}),
              Exit::done)
        << format << err;
    EXPECT_THAT(out, HasSubstr(R"("winners":["Ada","Ben"])")) << format;
  }
  EXPECT_EQ(folkmoot({"count", "convert", "--to", "docx", file}), Exit::usage);
}

TEST_F(CommandTest, ListsTheRules) {
  EXPECT_EQ(folkmoot({"count", "rules"}), Exit::done);
  for (const char* rule : {"av", "scottish-2011", "plurality", "SSI 2011/399"}) EXPECT_THAT(out, HasSubstr(rule));
}

}  // namespace
}  // namespace folkmoot::cli
