// The commands of docs/tour.md are run as they stand there.
#include "e2e/shell.hpp"

namespace folkmoot::e2e {
namespace {

using testing::HasSubstr;

// The shell commands of a document, in order: what stands between ```sh and ```.
std::string commands_of(const std::string& document) {
  std::string commands;
  const std::string begin = "\n```sh\n";
  for (std::size_t at = document.find(begin); at != std::string::npos; at = document.find(begin, at)) {
    at += begin.size();
    const std::size_t end = document.find("\n```\n", at);
    commands += document.substr(at, end - at) + "\n";
    at = end;
  }
  return commands;
}

TEST(Tour, EveryCommandWorksAsItStands) {
  Shell shell;
  const std::string out = shell.run(commands_of(read(source / "docs/tour.md")));
  EXPECT_THAT(out, HasSubstr("Elected: Ben Birch"));
  EXPECT_THAT(out, HasSubstr("Ballot 1 of the record: replaced by the same voter's later one, " +
                             read(shell / "una.second-tracker").substr(0, 43)));
  EXPECT_THAT(out, HasSubstr("Ballot 4 of the record: it counts unless its voter votes again."));
  EXPECT_THAT(out, HasSubstr("1  blank"));
  EXPECT_THAT(out, HasSubstr("INCOMPLETE"));
  EXPECT_THAT(out, HasSubstr("VALID. Every check has passed"));
  EXPECT_THAT(out, HasSubstr("Who is to chair the choir? Ada Ash\nIs the budget approved? No\nVALID. Ballot "));
  EXPECT_THAT(out, HasSubstr("Under Belenios 3.3.0      VALID\nUnder the strict profile  VALID\n"));
  EXPECT_THAT(shell.run("cat public/*.bel"), testing::Not(HasSubstr(read(shell / "una.credential").substr(0, 24))));
}

TEST(Tour, AnOrganisationActByAct) {
  Shell shell;
  shell.define("export FOLKMOOT='" + source.string() + "'\n");
  const std::string out = shell.run(commands_of(read(source / "docs/organisation.md")));
  EXPECT_THAT(out, HasSubstr("petition.table by the clock"));
  EXPECT_THAT(out, HasSubstr("REFUSED, privileged: two people are needed"));
  EXPECT_THAT(out, HasSubstr("VALID. Every check has passed"));
  EXPECT_THAT(out, HasSubstr("VALID. The ledger has this entry."));
  EXPECT_THAT(out, HasSubstr("with a weight of 1: number "));
  EXPECT_THAT(out, HasSubstr("member.erase by"));
  EXPECT_EQ(shell.status("folkmoot-verify elector my.proof --root $(printf 'a%.0s' {1..64}) --size 9"), 1);
  EXPECT_EQ(shell.status("! grep -ra 'hana@example.org' bakery/private"), 0);
  EXPECT_THAT(out, HasSubstr("INVALID. Failed: published."));
  // Nobody's name or address is in what is public.
  EXPECT_EQ(shell.status("! grep -raE 'Ash|Birch|example.org' bakery/public"), 0);
}

}  // namespace
}  // namespace folkmoot::e2e
