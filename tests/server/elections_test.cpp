// Elections as voters' browsers and auditors get them.
#include "server/elections.hpp"

#include <fstream>
#include <thread>

#include "election/election.hpp"
#include "service/supplement.hpp"
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
  EXPECT_TRUE(std::holds_alternative<FilePart>(record.body));
  for (const char* path : {"/elections/", "/elections/x.bel", "/elections/../private/ledger.key", "/elections/.bel"}) {
    EXPECT_EQ(get(elections, path).status, 404) << path;
  }
  for (const char* rest : {"/", "/ballots/", "/ballots/x", "/private"})
    EXPECT_EQ(get(elections, call(rest)).status, 404);
  EXPECT_EQ(get(elections, "/api/v1/elections/nothing").status, 404);
  EXPECT_EQ(get(elections, "/api/v1/electionsx").status, 404);
  EXPECT_EQ(elections.answer({"DELETE", call("/ballots"), "", "", {}}).status, 405);
}

std::string header(const Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return "";
}

// What would be sent of a file.
std::string bytes_of(const Response& response) {
  const auto& part = std::get<FilePart>(response.body);
  std::string bytes(part.size, '\0');
  EXPECT_EQ(::pread(part.file.get(), bytes.data(), part.size, static_cast<off_t>(part.first)),
            static_cast<ssize_t>(part.size));
  return bytes;
}

// As an auditor does while people vote: what has come is the record, whenever it was asked for.
TEST_F(ElectionsTest, OfARecordThatGrowsWhatIsNewIsEnough) {
  std::optional<Elections> elections = open();
  const auto ask = [&](const std::string& name, const std::string& value) {
    return elections->answer({"GET", "/elections/" + uuid + ".bel", "", "", {{name, value}}});
  };
  const auto rest_of = [&](const std::string& known) { return ask("range", fmt::format("bytes={}-", known.size())); };
  const Response first = ask("", "");
  const std::string tag = header(first, "ETag");
  std::string copy = bytes_of(first);
  EXPECT_EQ(header(first, "Cache-Control"), "no-cache");
  EXPECT_EQ(ask("if-none-match", tag).status, 304);
  EXPECT_EQ(rest_of(copy).status, 416) << "nothing has come";
  for (const char* voter : {"A", "B"}) {
    EXPECT_EQ(post(*elections, call("/ballots"), trial.ballot(voter, {{"Ada"}}).text).status, 201);
    const Response rest = rest_of(copy);
    EXPECT_EQ(rest.status, 206);
    EXPECT_NE(header(rest, "ETag"), tag);
    copy += bytes_of(rest);
    EXPECT_EQ(copy, ok(service::read_file(trial.record())));
  }
  EXPECT_EQ(ask("if-none-match", tag).status, 200);
  // A part of a ballot that is being written, and may be cut away again, is not yet in the record.
  std::ofstream(trial.record(), std::ios::app) << std::string(1500, 'x');
  EXPECT_EQ(bytes_of(ask("", "")), copy);
  EXPECT_EQ(rest_of(copy).status, 416);
  service::fs::resize_file(trial.record(), copy.size());

  // After the voting, all that there is.
  ok(elections->step(uuid, [](const auto& record) -> Status {
    TRY(service::close_voting(record));
    return {};
  }));
  copy += bytes_of(rest_of(copy));
  EXPECT_EQ(copy, ok(service::read_file(trial.record())));
  EXPECT_EQ(ok(service::verify_record(trial.record())).ballots, 2U);

  // Another node has the same bytes, whenever it wrote them.
  const std::string last = header(ask("", ""), "ETag");
  elections.reset();
  service::fs::last_write_time(trial.record(), service::fs::file_time_type::clock::now() - std::chrono::hours(1));
  elections = open();
  EXPECT_EQ(header(ask("", ""), "ETag"), last);
}

TEST_F(ElectionsTest, ASupplementHasATagOfItsOwn) {
  const Elections elections = open();
  const std::string path = "/elections/" + uuid + ".strict.json";
  const Response supplement = get(elections, path);
  const Request again{"GET", path, "", "", {{"if-none-match", header(supplement, "ETag")}}};
  EXPECT_EQ(elections.answer(again).status, 304);
  const service::fs::path file = service::supplement_file(trial.record());
  ok(service::replace_file(file, ok(service::read_file(file)) + "\n"));
  EXPECT_EQ(elections.answer(again).status, 200);
}

// Before the act that opens it, while those who compare its record do so; and after one that annuls it.
TEST_F(ElectionsTest, TakesBallotsAsLongAsTheActsSay) {
  std::optional<VotingTime> time;
  const Elections elections = ok(Elections::open(
      trial.record().parent_path(), [&](const std::string&) { return time; }, [&] { return now; }));
  const std::string ballot = trial.ballot("A", {{"Ada"}}).text;
  const auto hand_in = [&] { return post(elections, call("/ballots"), ballot); };
  const auto phase = [&] { return text_of(get(elections, call(""))); };
  EXPECT_THAT(phase(), HasSubstr(R"("phase":"announced")"));
  EXPECT_EQ(hand_in().status, 409);
  EXPECT_THAT(text_of(hand_in()), HasSubstr("/problems/not-open"));
  time = VotingTime{charter::Time{1000}, charter::Time{3000}};
  EXPECT_EQ(hand_in().status, 201);
  time->annulled = true;
  EXPECT_THAT(phase(), HasSubstr(R"("phase":"closed")"));
  EXPECT_THAT(text_of(hand_in()), HasSubstr("/problems/closed"));
}

// Whoever can put a link into the folder need not be allowed to publish what it leads to.
TEST_F(ElectionsTest, FollowsNoLinks) {
  const service::fs::path folder = trial.folder() / "linked", secret = trial.folder() / "secret";
  ok(service::write_file(secret, "a secret"));
  service::fs::create_directories(folder);
  const auto open_there = [&] {
    return ok(Elections::open(
        folder, [](const std::string&) { return std::nullopt; }, [&] { return now; }));
  };
  service::fs::create_symlink(trial.record(), folder / trial.record().filename());
  service::fs::create_symlink(secret, folder / "other.bel");
  EXPECT_EQ(text_of(get(open_there(), "/api/v1/elections")), "[]");
  service::fs::remove(folder / trial.record().filename());
  service::fs::copy(trial.record(), folder / trial.record().filename());
  service::fs::create_symlink(secret, folder / (uuid + ".paper.json"));
  const Elections elections = open_there();
  EXPECT_EQ(get(elections, "/elections/" + uuid + ".bel").status, 200);
  EXPECT_EQ(get(elections, "/elections/" + uuid + ".paper.json").status, 404);
  EXPECT_EQ(get(elections, "/elections/other.bel").status, 404);
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

TEST_F(ElectionsTest, NoBallotIsLostWhenTheVotingIsClosed) {
  const std::vector<std::string> voters{"A", "B", "C"};
  std::map<std::string, std::vector<std::string>> ballots;
  for (const std::string& voter : voters) {
    for (int i = 0; i < 4; ++i) ballots[voter].push_back(trial.ballot(voter, {{i % 2 == 0 ? "Ada" : "Ben"}}).text);
  }
  const Elections elections = open();
  ASSERT_EQ(post(elections, call("/ballots"), trial.ballot("A", {{"Ben"}}).text).status, 201);
  std::atomic<int> accepted = 1, refused = 0;
  Status closed;
  {
    std::vector<std::jthread> people;
    for (const std::string& voter : voters) {
      people.emplace_back([&, &mine = ballots.at(voter)] {
        for (const std::string& ballot : mine) {
          const int status = post(elections, call("/ballots"), ballot).status;
          ++(status == 201 ? accepted : refused);
          EXPECT_TRUE(status == 201 || status == 409) << status;
        }
      });
    }
    closed = elections.step(uuid, [](const auto& record) -> Status {
      TRY(service::close_voting(record));
      return {};
    });
  }
  ASSERT_TRUE(closed) << closed.error().message;
  EXPECT_EQ(accepted + refused, 13);
  EXPECT_EQ(static_cast<int>(ok(service::verify_record(trial.record())).ballots), accepted);
  EXPECT_THAT(text_of(get(elections, call("/ballots"))), HasSubstr(fmt::format("\"ballots\":{},", accepted.load())));
  EXPECT_EQ(post(elections, call("/ballots"), trial.ballot("A", {{"Ada"}}).text).status, 409);
  EXPECT_EQ(ok(elections.tally(uuid)).last, record::EventType::encrypted_tally);
}

// As when nobody has voted: there is nothing to tally, and who still has time may vote.
TEST_F(ElectionsTest, AStepThatFailsLeavesTheBoxAsItWas) {
  const Elections elections = open();
  EXPECT_FALSE(elections.step(uuid, [](const auto& record) -> Status {
    TRY(service::close_voting(record));
    return {};
  }));
  EXPECT_EQ(post(elections, call("/ballots"), trial.ballot("A", {{"Ada"}}).text).status, 201);
}

TEST_F(ElectionsTest, FindsARecordThatComesLater) {
  const service::fs::path folder = trial.folder() / "later";
  service::fs::create_directories(folder);
  std::optional<VotingTime> time;
  const Elections elections = ok(Elections::open(
      folder, [&](const std::string&) { return time; }, [&] { return now; }));
  const std::string ballot = trial.ballot("A", {{"Ada"}}).text;
  EXPECT_EQ(post(elections, call("/ballots"), ballot).status, 404);
  for (const service::fs::path& file : {service::supplement_file(trial.record()), trial.record()}) {
    ok(service::write_file(folder / file.filename(), ok(service::read_file(file))));
  }
  // Others that cannot be read, wherever they stand in the folder, do not keep it out.
  for (int i = 0; i < 20; ++i) ok(service::write_file(folder / fmt::format("{}.bel", i), "no record"));
  const Status looked = elections.look_again();
  ASSERT_FALSE(looked);
  EXPECT_THAT(looked.error().message, HasSubstr(".bel"));
  EXPECT_EQ(post(elections, call("/ballots"), ballot).status, 409) << "the acts have not opened it";
  EXPECT_EQ(get(elections, "/elections/" + uuid + ".strict.json").status, 200);
  EXPECT_EQ(get(elections, "/elections/" + uuid + ".paper.json").status, 404);
  time = VotingTime{charter::Time{1000}, charter::Time{3000}};
  EXPECT_EQ(post(elections, call("/ballots"), ballot).status, 201);
  now = charter::Time{3000};
  EXPECT_TRUE(elections.find(uuid)->over);
}

}  // namespace
}  // namespace folkmoot::server
