// Elections as voters' browsers and auditors get them.
#include "server/elections.hpp"

#include "election/election.hpp"
#include "service/trial.hpp"

namespace folkmoot::server {
namespace {

using service::ok;
using testing::HasSubstr;

const std::string paper = R"({"name": "Who?", "contests": [
    {"kind": "choice", "question": "Who?", "candidates": ["Ada", "Ben"], "min": 1, "rule": "plurality", "seats": 1}]})";

struct ElectionsTest : testing::Test {
  service::Trial trial{paper, "Ed25519", service::roll_of(3), 1};
  charter::Time now{2000};
  std::string uuid = trial.paper().uuid;

  [[nodiscard]] Elections open() {
    const auto timetable = [&](const std::string& fingerprint) -> std::optional<VotingTime> {
      EXPECT_EQ(fingerprint, trial.opened().fingerprint);
      return VotingTime{charter::Time{1000}, charter::Time{3000}};
    };
    return ok(Elections::open(trial.record().parent_path(), timetable, [&] { return now; }));
  }
  [[nodiscard]] std::string call(std::string_view rest) const {
    return fmt::format("/api/v1/elections/{}{}", uuid, rest);
  }
};

std::string text_of(const Response& response) { return std::get<std::string>(response.body); }
Response get(const Elections& elections, const std::string& path, const std::string& query = "") {
  return elections.answer({"GET", path, "", query, {}});
}
Response post(const Elections& elections, const std::string& path, std::string body) {
  return elections.answer({"POST", path, std::move(body), "", {}});
}

TEST_F(ElectionsTest, TakesABallotOnceAndListsIt) {
  const service::MadeBallot ballot = trial.ballot("A", {{"Ada"}});
  const Elections elections = open();
  const Response accepted = post(elections, call("/ballots"), ballot.text);
  EXPECT_EQ(accepted.status, 201);
  EXPECT_EQ(text_of(accepted), fmt::format(R"({{"tracker":"{}"}})", ballot.tracker));
  const Response again = post(elections, call("/ballots"), ballot.text);
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(text_of(again), text_of(accepted));
  EXPECT_EQ(text_of(get(elections, call("/ballots"))),
            fmt::format(R"({{"from":0,"ballots":1,"trackers":["{}"]}})", ballot.tracker));
  EXPECT_EQ(text_of(get(elections, call("/ballots"), "from=1")), R"({"from":1,"ballots":1,"trackers":[]})");
  EXPECT_EQ(get(elections, call("/ballots"), "from=x").status, 400);
  EXPECT_EQ(get(elections, call("/ballots"), "from=-1").status, 400);
}

TEST_F(ElectionsTest, SaysWhyABallotIsRefused) {
  const Elections elections = open();
  const Response refused = post(elections, call("/ballots"), "{}");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.content_type, "application/problem+json");
  EXPECT_THAT(text_of(refused), HasSubstr(R"("type":"/problems/refused")"));
  const std::string ballot = trial.ballot("A", {{"Ada"}}).text;
  now = charter::Time{999};
  EXPECT_THAT(text_of(post(elections, call("/ballots"), ballot)), HasSubstr("/problems/not-open"));
  now = charter::Time{3000};
  EXPECT_THAT(text_of(post(elections, call("/ballots"), ballot)), HasSubstr("/problems/closed"));
  now = charter::Time{2999};
  EXPECT_EQ(post(elections, call("/ballots"), ballot).status, 201);
}

// The field's value, with the quotes of a text.
std::string field(const std::string& ballot, const std::string& name) {
  const std::size_t begin = ballot.find('"' + name + "\":") + name.size() + 3;
  const char last = ballot[begin] == '"' ? '"' : ballot[begin] == '{' ? '}' : ']';
  return ballot.substr(begin, ballot.find(last, begin + 1) + 1 - begin);
}

TEST_F(ElectionsTest, NobodyVotesWithAnothersCredential) {
  const std::string mine = trial.ballot("A", {{"Ada"}}).text, theirs = trial.ballot("B", {{"Ben"}}).text;
  const Elections elections = open();
  const auto with = [&](std::string ballot, const std::string& from, std::initializer_list<const char*> names) {
    for (const char* name : names) {
      const std::string was = field(ballot, name);
      ballot.replace(ballot.find(was), was.size(), field(from, name));
    }
    return ballot;
  };
  ASSERT_NE(field(mine, "credential"), field(theirs, "credential"));
  for (const std::string& forged : {with(mine, theirs, {"credential"}),                  // my vote in their name
                                    with(mine, theirs, {"credential", "signature"}),     // with the signature of theirs
                                    with(theirs, mine, {"signature"}),                   // theirs, signed by me
                                    with(theirs, mine, {"credential", "signature"})}) {  // their vote copied as mine
    ASSERT_NE(forged, mine);
    ASSERT_NE(forged, theirs);
    const Response response = post(elections, call("/ballots"), forged);
    EXPECT_EQ(response.status, 422) << text_of(response);
  }
  EXPECT_EQ(post(elections, call("/ballots"), mine).status, 201);
  EXPECT_EQ(post(elections, call("/ballots"), theirs).status, 201);
  EXPECT_THAT(text_of(get(elections, call("/ballots"))), HasSubstr(R"("ballots":2)"));
}

TEST_F(ElectionsTest, NotesAnOpenedBallot) {
  const service::fs::path prepared = trial.folder() / "prepared", shown = trial.folder() / "shown";
  const std::string tracker =
      ok(service::prepare_ballot(trial.record(), trial.credential("A"), {{{"Ada"}}, {}}, prepared));
  ok(service::open_prepared(prepared, shown));
  std::string opened = ok(service::read_file(shown));
  opened.pop_back();
  const Elections elections = open();
  const Response noted = post(elections, call("/opened"), opened);
  EXPECT_EQ(noted.status, 201) << text_of(noted);
  EXPECT_EQ(text_of(noted), fmt::format(R"({{"tracker":"{}"}})", tracker));
  EXPECT_EQ(post(elections, call("/opened"), opened).status, 200);
  EXPECT_EQ(post(elections, call("/opened"), "[]").status, 422);
  EXPECT_EQ(get(elections, call("/opened")).status, 405);
  now = charter::Time{3000};
  EXPECT_EQ(post(elections, call("/opened"), opened).status, 409);
}

TEST_F(ElectionsTest, AVoterCannotOpenBallotsWithoutEnd) {
  const Elections elections = open();
  const auto show = [&](const std::string& who, int number) {
    const service::fs::path prepared = trial.folder() / fmt::format("{}{}", who, number),
                            shown = trial.folder() / fmt::format("{}{}-shown", who, number);
    ok(service::prepare_ballot(trial.record(), trial.credential(who), {{{"Ada"}}, {}}, prepared));
    ok(service::open_prepared(prepared, shown));
    std::string opened = ok(service::read_file(shown));
    opened.pop_back();
    return post(elections, call("/opened"), opened);
  };
  for (int number = 0; number < 10; ++number) EXPECT_EQ(show("A", number).status, 201);
  const Response refused = show("A", 10);
  EXPECT_EQ(refused.status, 429) << text_of(refused);
  EXPECT_THAT(refused.headers, testing::Contains(std::pair<std::string, std::string>("Retry-After", "120")));
  EXPECT_EQ(show("B", 0).status, 201);
  now = charter::Time{2000 + 120};
  EXPECT_EQ(show("A", 11).status, 201);
}

TEST_F(ElectionsTest, DescribesAnElection) {
  const Elections elections = open();
  const std::string text = text_of(get(elections, call("")));
  EXPECT_THAT(text, HasSubstr(R"("phase":"open","opens":"1970-01-01T00:16:40Z","closes":"1970-01-01T00:50:00Z")"));
  const json::Document document = ok(json::Document::parse(text));
  const std::string election = ok(json::read_field(document.root(), "election", json::read_string));
  EXPECT_EQ(election::fingerprint(election), trial.opened().fingerprint) << "the election is given to the byte";
  EXPECT_THAT(text_of(get(elections, "/api/v1/elections")), HasSubstr(uuid));

  const json::Document ballot = ok(json::Document::parse(trial.ballot("A", {{"Ada"}}).text));
  const std::string key = ok(json::read_field(ballot.root(), "credential", json::read_string));
  EXPECT_EQ(get(elections, call("/credentials/" + key)).status, 200);
  EXPECT_EQ(get(elections, call("/credentials/" + std::string(64, 'a'))).status, 404);
}

TEST_F(ElectionsTest, GivesTheRecordAndNothingElse) {
  const Elections elections = open();
  const Response record = get(elections, "/elections/" + uuid + ".bel");
  EXPECT_EQ(record.status, 200);
  EXPECT_TRUE(std::holds_alternative<store::FileDescriptor>(record.body));
  for (const char* path : {"/elections/", "/elections/x.bel", "/elections/../private/ledger.key", "/elections/.bel"}) {
    EXPECT_EQ(get(elections, path).status, 404) << path;
  }
  for (const char* rest : {"/", "/ballots/", "/ballots/x", "/private"})
    EXPECT_EQ(get(elections, call(rest)).status, 404);
  EXPECT_EQ(get(elections, "/api/v1/elections/nothing").status, 404);
  EXPECT_EQ(get(elections, "/api/v1/electionsx").status, 404);
  EXPECT_EQ(elections.answer({"DELETE", call("/ballots"), "", "", {}}).status, 405);
}

TEST_F(ElectionsTest, OfARecordThatIsClosedOrDeclaredNothingIsTaken) {
  const service::MadeBallot ballot = trial.ballot("A", {{"Ada"}});
  trial.cast("A", {{"Ben"}});
  trial.close();
  {
    const Elections elections = open();
    EXPECT_THAT(text_of(get(elections, call(""))), HasSubstr(R"("phase":"closed")"));
    EXPECT_EQ(post(elections, call("/ballots"), ballot.text).status, 409);
    EXPECT_THAT(text_of(get(elections, call("/ballots"))), HasSubstr(R"("ballots":1)"));
  }
}

}  // namespace
}  // namespace folkmoot::server
