// What comes before an election opens: files, ballot papers, credentials, keys.
#include <sys/stat.h>

#include "service/trial.hpp"

namespace folkmoot::service {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

mode_t mode_of(const fs::path& path) {
  struct stat status {};
  EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 0777;
}

TEST(Files, AreNeverOverwritten) {
  const TemporaryFolder folder;
  const fs::path path = folder / "new/file";
  ok(write_file(path, "one"));
  EXPECT_THAT(error_of(write_file(path, "two")), HasSubstr("not overwritten"));
  EXPECT_THAT(error_of(write_secret(path, "two")), HasSubstr("not overwritten"));
  EXPECT_EQ(ok(read_file(path)), "one");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder / "new"), {}), 1) << "nothing is left beside it";
}

TEST(Files, SecretsAreTheirOwnersAlone) {
  const TemporaryFolder folder;
  ok(write_secret(folder / "mine/secret", "s"));
  EXPECT_EQ(mode_of(folder / "mine/secret"), 0600U);
  EXPECT_EQ(mode_of(folder / "mine"), 0700U);
  EXPECT_EQ(ok(read_secret(folder / "mine/secret")).view(), "s");
  EXPECT_THAT(error_of(write_file("/dev/null/x", "")), HasSubstr("/dev/null"));
}

TEST(BallotPaper, SaysWhatIsWrongAndWhere) {
  const auto error = [](const std::string& contest) {
    return error_of(read_ballot_paper(R"({"name": "N", "contests": [)" + contest + "]}"));
  };
  EXPECT_THAT(error_of(read_ballot_paper("{")), HasSubstr("not JSON"));
  EXPECT_THAT(error_of(read_ballot_paper(R"({"name": "N"})")), HasSubstr("contests"));
  EXPECT_THAT(error_of(read_ballot_paper(R"({"name": "N", "contests": []})")), HasSubstr("there is none"));
  EXPECT_THAT(error_of(read_ballot_paper(R"({"name": "N", "seats": 1, "contests": []})")), HasSubstr("unknown field"));
  const std::string contest = R"({"kind": "choice", "question": "?", "candidates": ["A"]})";
  for (const char* uuid : {R"(AAAAAAAAAAAAAA\",\"administrator\":\"x/y)", "../AAAAAAAAAAAAAA", "short"}) {
    const std::string paper = fmt::format(R"({{"uuid": "{}", "name": "N", "contests": [{}]}})", uuid, contest);
    EXPECT_THAT(error_of(read_ballot_paper(paper)), HasSubstr("uuid")) << uuid;
  }
  EXPECT_THAT(error(R"({"kind": "poll", "question": "?"})"), HasSubstr("expected ranking, choice, lists"));
  EXPECT_THAT(error(R"({"kind": "ranking", "question": "?", "candidates": ["A"], "max": 1})"), HasSubstr("\"max\""));
  EXPECT_THAT(error(R"({"kind": "ranking", "question": "?", "candidates": ["A", "A"]})"), HasSubstr("candidates"));
  EXPECT_THAT(error(R"({"kind": "ranking", "question": "?", "candidates": ["A"], "rule": "guess", "seats": 1})"),
              HasSubstr("guess"));
  EXPECT_THAT(error(R"({"kind": "ranking", "question": "?", "candidates": ["A"], "rule": "av", "seats": 2})"),
              HasSubstr("not 2"));
  EXPECT_THAT(error(R"({"kind": "ranking", "question": "?", "candidates": ["A"], "rule": "av"})"),
              HasSubstr("number of seats"));
  EXPECT_THAT(error(R"({"kind": "choice", "question": "?", "candidates": ["A"], "rule": "av", "seats": 1})"),
              HasSubstr("rule: av"));
  EXPECT_THAT(error(R"({"kind": "lists", "question": "?", "lists": [["L", "A"]], "rule": "av"})"),
              HasSubstr("unknown field \"rule\""));
}

TEST(BallotPaper, KeepsItsMeaningWhenWrittenAndRead) {
  const std::string text = R"({"uuid":"","group":"","name":"N","description":"D","lots":"L","contests":[)"
                           R"({"kind":"ranking","question":"?","candidates":["A","B"],"rule":"av","seats":1},)"
                           R"({"kind":"choice","question":"?","candidates":["A"],"min":0,"max":1,"blank":true},)"
                           R"({"kind":"lists","question":"?","lists":[["L","A"]]}]})";
  EXPECT_EQ(json::to_text(ok(read_ballot_paper(text))), text);
}

TEST(BallotPaper, IsDraftedForAGroupThatCanCarryIt) {
  const BallotPaper paper = ok(read_ballot_paper(
      R"({"name": "N", "contests": [{"kind": "ranking", "question": "?", "candidates": ["A", "B"]}]})"));
  auto& random = secret::Random::system();
  EXPECT_THAT(error_of(draft(paper, "Ed448", random)), HasSubstr("unknown group"));
  EXPECT_THAT(error_of(draft(paper, "BELENIOS-2048", random)), HasSubstr("contests[0]"));
  const BallotPaper drafted = ok(draft(paper, "Ed25519", random));
  EXPECT_EQ(drafted.uuid.size(), 14U);
  EXPECT_NE(drafted.uuid, ok(draft(paper, "Ed25519", random)).uuid);
}

TEST(Registrar, MakesACredentialForEachVoterAndKeepsItApart) {
  const TemporaryFolder folder;
  const auto roll = charter::read_roll("name,id,email,weight\n\"Ash, Ada\",1,ada@example.org,2\nBen,2,,1\n").value();
  const MadeCredentials made = ok(make_credentials(roll, "AAAAAAAAAAAAAA", "Ed25519", folder.path()));
  EXPECT_EQ(made.voters, 2U);
  EXPECT_EQ(made.total_weight, 3U);
  EXPECT_TRUE(made.weighted);
  EXPECT_EQ(mode_of(folder / "private"), 0700U);
  EXPECT_EQ(mode_of(folder / "private/private_creds.csv"), 0600U);
  EXPECT_EQ(mode_of(folder / "private/mail-merge.csv"), 0600U);

  const std::string ada(ok(recover_credential(folder.path(), "1")).view());
  EXPECT_TRUE(secret::PrivateCredential::parse(ada));
  EXPECT_THAT(error_of(recover_credential(folder.path(), "3")), HasSubstr("no voter \"3\""));
  EXPECT_THAT(ok(read_file(folder / "private/mail-merge.csv")),
              HasSubstr("1,\"Ash, Ada\",ada@example.org,,2,AAAAAAAAAAAAAA," + ada + "\r\n"));
  EXPECT_THAT(ok(read_file(folder / "public_creds.json")), testing::Not(HasSubstr(ada)));
  EXPECT_THAT(error_of(make_credentials(roll, "AAAAAAAAAAAAAA", "Ed25519", folder.path())),
              HasSubstr("not overwritten"));
}

constexpr const char* simple_paper = R"({"name": "N", "contests": [
  {"kind": "ranking", "question": "?", "candidates": ["A", "B"], "rule": "av", "seats": 1}]})";

TEST(Registrar, FindsExactlyTheListMadeInTheRecord) {
  const Trial trial(simple_paper, "Ed25519", roll_of(2), 1);
  const Trial other(simple_paper, "Ed25519", roll_of(2), 1);
  ok(check_published_credentials(trial.registrar(), trial.record()));
  EXPECT_THAT(error_of(check_published_credentials(trial.registrar(), other.record())), HasSubstr("SHA-256"));
}

TEST(Opening, RefusesWeightsWithRankings) {
  EXPECT_THROW(Trial(simple_paper, "Ed25519", roll_of(2, true), 1), std::runtime_error);
}

TEST(Opening, RefusesKeysOfAnotherGroupAndKeysThatDoNotProveThemselves) {
  const TemporaryFolder folder;
  const auto other = ok(make_trustee_key("BELENIOS-2048", folder.path()));
  EXPECT_THAT(error_of(assemble_trustees("Ed25519", {other.public_key})), HasSubstr(other.public_key.string()));
  EXPECT_THAT(error_of(assemble_trustees("Ed25519", {})), HasSubstr("at least one trustee"));
  const auto one = ok(make_trustee_key("Ed25519", folder.path()));
  const auto two = ok(make_trustee_key("Ed25519", folder.path()));
  const auto key = [](const fs::path& path) {
    const std::string text = ok(read_file(path));
    return text.substr(text.find("\"public_key\""));
  };
  std::string text = ok(read_file(one.public_key));
  text.replace(text.find("\"public_key\""), std::string::npos, key(two.public_key));
  ok(write_file(folder / "false.pubkey", text));
  EXPECT_THAT(error_of(assemble_trustees("Ed25519", {folder / "false.pubkey"})), HasSubstr("false.pubkey"));
  EXPECT_EQ(mode_of(one.private_key), 0600U);
}

// Three trustees, of whom two are to decrypt.
struct CeremonyTest : testing::Test {
  TemporaryFolder folder;
  fs::path ceremony = folder / "public";

  fs::path key(std::int64_t i) { return folder / fmt::format("trustee-{}/key", i); }
  Status join(std::int64_t i) { return join_ceremony(ceremony, {"Ed25519", 3, 2, i}, key(i)); }
  CeremonyStage advance() { return ok(advance_ceremony(ceremony)); }
};

TEST_F(CeremonyTest, GoesStepByStepAndSaysWhoIsMissing) {
  using Waiting = CeremonyStage::Waiting;
  EXPECT_THAT(error_of(advance_ceremony(ceremony)), HasSubstr("no trustee has joined"));
  ok(join(2));
  EXPECT_EQ(mode_of(key(2)), 0600U);
  EXPECT_THAT(error_of(join(2)), HasSubstr("somebody else has joined as trustee 2"));
  EXPECT_THAT(advance().missing, ElementsAre(1, 3));
  EXPECT_THAT(error_of(send_polynomial(ceremony, key(2))), HasSubstr("has not collected the certificates"));
  ok(join(1));
  ok(join(3));
  EXPECT_EQ(advance().waiting, Waiting::commitments);
  EXPECT_THAT(error_of(send_polynomial(ceremony, key(3))), HasSubstr("has not collected the commitments"));
  EXPECT_EQ(ok(send_commitment(ceremony, key(3))), 3);
  EXPECT_EQ(mode_of(key(3).string() + ".polynomial"), 0600U);
  EXPECT_THAT(error_of(send_commitment(ceremony, key(3))), HasSubstr("not overwritten"));
  EXPECT_THAT(advance().missing, ElementsAre(1, 2));
  ok(send_commitment(ceremony, key(1)));
  ok(send_commitment(ceremony, key(2)));
  EXPECT_EQ(advance().waiting, Waiting::polynomials);
  EXPECT_EQ(ok(send_polynomial(ceremony, key(3))), 3);
  EXPECT_THAT(error_of(send_polynomial(ceremony, key(3))), HasSubstr("not overwritten"));
  EXPECT_THAT(error_of(send_share(ceremony, key(3))), HasSubstr("not all trustees' polynomials"));
  EXPECT_THAT(advance().missing, ElementsAre(1, 2));
  ok(send_polynomial(ceremony, key(1)));
  ok(send_polynomial(ceremony, key(2)));
  EXPECT_EQ(advance().waiting, Waiting::shares);
  for (const std::int64_t i : {1, 2, 3}) EXPECT_EQ(ok(send_share(ceremony, key(i))), i);
  EXPECT_EQ(advance().waiting, Waiting::nobody);
  EXPECT_EQ(advance().waiting, Waiting::nobody) << "and again";
  const AssembledTrustees trustees = ok(assemble_trustees("Ed25519", {ceremony / "threshold.json"}));
  ASSERT_TRUE(trustees.ceremonies);
  EXPECT_THAT(*trustees.ceremonies, HasSubstr("\"reveals\""));
  fs::remove(ceremony / "threshold.strict.json");
  EXPECT_FALSE(ok(assemble_trustees("Ed25519", {ceremony / "threshold.json"})).ceremonies);
}

TEST_F(CeremonyTest, RefusesToRevealAnythingButWhatWasCommittedTo) {
  for (const std::int64_t i : {1, 2, 3}) ok(join(i));
  advance();
  for (const std::int64_t i : {1, 2, 3}) ok(send_commitment(ceremony, key(i)));
  advance();
  // Trustee 2 has seen what the others reveal, and takes another polynomial: first alone, then with the officer, who
  // puts another commitment into the list.
  for (const std::int64_t i : {1, 3}) ok(send_polynomial(ceremony, key(i)));
  fs::remove(key(2).string() + ".polynomial");
  const std::string agreed = ok(read_file(ceremony / "commitments.jsons"));
  fs::remove(ceremony / "commitment-2.json");
  ok(send_commitment(ceremony, key(2)));
  EXPECT_THAT(error_of(send_polynomial(ceremony, key(2))), HasSubstr("not those that were committed to"));
  std::string list = agreed;
  const std::size_t second = list.find('\n') + 1;
  list.replace(second, list.find('\n', second) + 1 - second, ok(read_file(ceremony / "commitment-2.json")));
  fs::remove(ceremony / "commitments.jsons");
  ok(write_file(ceremony / "commitments.jsons", list));
  ok(send_polynomial(ceremony, key(2)));
  EXPECT_THAT(error_of(advance_ceremony(ceremony)), HasSubstr("trustee 1: has not signed that all had committed"));
}

TEST_F(CeremonyTest, RefusesStrangersAndImpossibleNumbers) {
  EXPECT_THAT(error_of(join_ceremony(ceremony, {"Ed25519", 3, 4, 1}, key(1))), HasSubstr("a threshold of 4"));
  EXPECT_THAT(error_of(join_ceremony(ceremony, {"Ed25519", 3, 2, 4}, key(1))), HasSubstr("trustee 4"));
  EXPECT_THAT(error_of(join_ceremony(ceremony, {"Ed25519", 0, 0, 0}, key(1))), HasSubstr("0 trustees"));
  for (const std::int64_t i : {1, 2, 3}) ok(join(i));
  advance();
  ok(join_ceremony(folder / "elsewhere", {"Ed25519", 3, 2, 1}, folder / "stranger"));
  EXPECT_THAT(error_of(send_polynomial(ceremony, folder / "stranger")), HasSubstr("none of the 3 certificates"));
}

TEST_F(CeremonyTest, NamesTheTrusteeWhoseMessageIsWrong) {
  for (const std::int64_t i : {1, 2, 3}) ok(join(i));
  advance();
  for (const std::int64_t i : {1, 2, 3}) ok(send_commitment(ceremony, key(i)));
  advance();
  for (const std::int64_t i : {1, 2, 3}) ok(send_polynomial(ceremony, key(i)));
  fs::remove(ceremony / "polynomial-2.json");
  fs::copy(ceremony / "polynomial-1.json", ceremony / "polynomial-2.json");
  EXPECT_THAT(error_of(advance_ceremony(ceremony)), HasSubstr("polynomial-2.json"));
}

TEST_F(CeremonyTest, RefusesCertificatesThatDoNotAgree) {
  ok(join(1));
  ok(join(2));
  ok(join_ceremony(ceremony, {"Ed25519", 3, 3, 3}, key(3)));
  EXPECT_FALSE(advance_ceremony(ceremony));
  EXPECT_FALSE(fs::exists(ceremony / "certs.jsons"));
}

}  // namespace
}  // namespace folkmoot::service
