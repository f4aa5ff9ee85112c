// The organisation as everybody can read it.
#include "server/organisation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/sha256.hpp"
#include "database/cluster.hpp"
#include "server/named_rule.hpp"
#include "service/organisation.hpp"
#include "service/people.hpp"
#include "service/request.hpp"

namespace folkmoot::server {
namespace {

namespace fs = std::filesystem;
using charter::Body;
using testing::HasSubstr;
using testing::Not;

const std::string founder = "m-00000000000000ff";
std::string member(int n) { return fmt::format("m-{:016x}", n); }

template <class T>
T ok(Result<T> result) {
  EXPECT_TRUE(result) << result.error().message;
  return *std::move(result);
}

// A bakery of eight, founded and constituted; a petition has been opened.
class OrganisationReaderTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "folkmoot-reader-XXXXXX").string();
    ASSERT_TRUE(::mkdtemp(name.data()));
    folder = name;
    ASSERT_TRUE(service::Organisation::create(folder / "org", {"ledger.test.example", url}));
    ASSERT_TRUE(service::make_member_key(founder, folder / "founder.key"));
    key = ok(service::read_member_key(folder / "founder.key"));
    organisation = ok(service::Organisation::open(folder / "org"));
    const std::string charter = ok(service::read_file(FOLKMOOT_SOURCE_DIR "/examples/cooperative.toml"));
    ask("organisation.found", {{"text", charter}, {"key", to_hex(key->key.key())}});
    std::vector<std::string> all;
    std::vector<service::Person> people;
    for (int n = 1; n <= 8; ++n) {
      all.push_back(member(n));
      const std::string id = std::to_string(n);
      people.push_back(
          {member(n), id, fmt::format("Person Number{}", n), fmt::format("p{}@example.org", n), "en", {}, {}});
    }
    ask("member.admit", {{"members", all}, {"joined", "2024-01-01T00:00:00Z"}});
    int n = 1;
    for (const char* seat : {"chair-1", "secretary-1", "treasurer-1", "committee-member-1", "committee-member-2",
                             "convener-1", "appeals-member-1", "appeals-member-2"}) {
      ask("seat.found", {{"seat", fmt::format("seat-{}", seat)},
                         {"member", member(n <= 6 ? n : 6)},
                         {"until", "2026-08-01T00:00:00Z"}});
      ++n;
    }
    ask("seat.found", {{"seat", "seat-returning-officer-1"}, {"member", member(5)}, {"until", "2026-08-01T00:00:00Z"}});
    ask("organisation.constitute", {});
    service::People table(organisation->database());
    ASSERT_TRUE(organisation->database().transact([&] { return table.insert(people); }));
    ask("petition.open", {{"rule", "members"}, {"title", "Sundays <b>"}, {"hash", sha256_hex("text")}}, member(4));
    ok(organisation->publish());
    reader = ok(OrganisationReader::open(folder / "org", [this] { return now; }));
  }
  void TearDown() override {
    reader.reset();
    organisation.reset();
    fs::remove_all(folder);
  }

  void ask(const std::string& type, Body body, const std::string& who = founder) {
    audit::SignedRequest request{{type, {who, ""}, {}, std::move(body)}, {}};
    if (who == founder) {
      ASSERT_TRUE(service::sign(request, organisation->state(), organisation->origin(), *key, now));
    }
    const service::Outcome outcome = ok(organisation->submit(request, now));
    ASSERT_TRUE(outcome.act()) << type << ": " << outcome.refusal()->message;
    now = now + charter::Length{1};
  }
  Response get(const std::string& path, const std::string& query = "", const std::string& tag = "") {
    Request request{"GET", "/api/v1/" + path, "", query, {}};
    if (!tag.empty()) request.headers.emplace_back("if-none-match", tag);
    return reader->answer(request);
  }
  static std::string text_of(const Response& response) { return std::get<std::string>(response.body); }
  std::string read(const std::string& path, const std::string& query = "") {
    const Response response = get(path, query);
    EXPECT_EQ(response.status, 200) << text_of(response);
    return text_of(response);
  }

  fs::path folder;
  std::string url;  // of a database that is not in the folder
  charter::Time now = *charter::read_time("2026-01-05T09:00:00Z");
  std::optional<ledger::Signer> key;
  std::unique_ptr<service::Organisation> organisation;
  std::unique_ptr<OrganisationReader> reader;
};

TEST_F(OrganisationReaderTest, SaysWhoHoldsWhatAndByWhat) {
  const std::string text = read("organisation");
  EXPECT_THAT(text, HasSubstr(R"("holder":{"member":"m-0000000000000001","name":"Person Number1"})"));
  EXPECT_THAT(text, HasSubstr(R"("by":"founding")"));
  EXPECT_THAT(text, HasSubstr(R"x("message":"held by m-0000000000000001 without an election (founding)")x"));
}

TEST_F(OrganisationReaderTest, NamesNobodyWhoDoesNothingInPublic) {
  for (const char* path : {"organisation", "contests", "petitions", "motions", "cases", "spending", "roll", "ledger"}) {
    EXPECT_THAT(read(path), Not(HasSubstr("Person Number8"))) << path;
    EXPECT_THAT(read(path), Not(HasSubstr("@example.org"))) << path;
  }
  EXPECT_THAT(read("petitions"), HasSubstr(R"("title":"Sundays <b>")"));
  EXPECT_THAT(read("petitions"), HasSubstr(R"("opened_by":{"member":"m-0000000000000004","name":"Person Number4"})"));
}

TEST_F(OrganisationReaderTest, FollowsTheLedgerOnceItIsPublished) {
  const std::string before = read("motions");
  EXPECT_EQ(before, "[]");
  const Response first = get("petitions");
  const std::string tag = first.headers.back().second;
  EXPECT_EQ(get("petitions", "", tag).status, 304);
  EXPECT_EQ(text_of(get("petitions", "", tag)), "");
  const std::string petition = organisation->state().petitions.begin()->first;
  ask("petition.sign", {{"petition", petition}}, member(7));
  EXPECT_EQ(get("petitions", "", tag).status, 304) << "nothing has been published";
  ok(organisation->publish());
  const Response then = get("petitions", "", tag);
  EXPECT_EQ(then.status, 200);
  EXPECT_THAT(text_of(then), HasSubstr(R"("stage":"tabled")"));
  EXPECT_THAT(read("motions"), HasSubstr(fmt::format(R"("petition":"{}")", petition)));
}

TEST_F(OrganisationReaderTest, GivesEachActWithTheRuleThatAllowedIt) {
  const auto acts = static_cast<std::uint64_t>(organisation->state().acts);
  const std::string last = read("ledger", fmt::format("from={}", acts - 1));
  EXPECT_THAT(last, HasSubstr(R"("type":"petition.open")"));
  EXPECT_THAT(last, HasSubstr(R"("rule":"petitions.members.electorate")"));
  EXPECT_THAT(last, HasSubstr(fmt::format(R"("acts":{},)", acts)));
  EXPECT_THAT(read("ledger", "from=2&limit=1"), HasSubstr(R"("entries":[{"number":2,)"));
  EXPECT_THAT(read("ledger", "from=100000"), HasSubstr(R"("entries":[])"));
  const std::string petition = organisation->state().petitions.begin()->first;
  EXPECT_THAT(read("ledger", "about=" + petition), HasSubstr(R"("type":"petition.open")"));
  EXPECT_THAT(read("ledger", "about='--"), HasSubstr(R"("entries":[])"));
  EXPECT_EQ(get("ledger", "about=\xff").status, 400);
  const std::string whole = read("ledger", "about=" + founder);
  std::string pages;
  int count = 0;
  for (std::string next = "0"; !next.empty(); ++count) {
    const std::string page = read("ledger", "about=" + founder + "&limit=3&from=" + next);
    const std::size_t begin = page.find('[') + 1, end = page.rfind(']');
    pages += (pages.empty() ? "" : ",") + page.substr(begin, end - begin);
    const auto more = page.find(R"("next":)", end);
    next = more == std::string::npos ? "" : page.substr(more + 7, page.find('}', more) - more - 7);
  }
  EXPECT_EQ(count, 4);
  EXPECT_EQ(whole.substr(whole.find('[') + 1, whole.rfind(']') - whole.find('[') - 1), pages);
}

// The state is plain data: acts that lead to it are played elsewhere (tests/charter,
// web/tests/browser/offices.test.ts).
TEST_F(OrganisationReaderTest, ShowsCasesWithTheirDeadlinesAndNamesNoAccused) {
  EXPECT_EQ(read("cases"), "[]");
  charter::State state = organisation->state();
  charter::Case& older = state.cases["case-9"];
  older.stage = "dismissed";
  charter::Case& one = state.cases["case-31"];
  one.stage = "noticed";
  one.since = now;
  one.member = member(1);  // the chair, whose name is public
  one.rule = "respect";
  one.officer = member(2);
  one.panel = {member(3)};
  one.reply_by = now + charter::days(7);
  one.decide_by = charter::never;
  const PublicNames names{{member(1), "Person Number1"}, {member(2), "Person Number2"}};
  const std::string text = OrganisationView{state, "o", names, now}.cases();
  EXPECT_THAT(text, testing::StartsWith(fmt::format(
                        R"([{{"id":"case-31","stage":"noticed","since":"{}","member":"{}","rule":"respect",)"
                        R"("officer":{{"member":"{}","name":"Person Number2"}},"panel":[{{"member":"{}"}}],)"
                        R"("reply_by":"{}","decide_by":null,"appeal_by":null,"breaches":0,"outcome":null,)"
                        R"("until":null}},{{"id":"case-9","stage":"dismissed",)",
                        charter::text(now), member(1), member(2), member(3), charter::text(one.reply_by))));
  EXPECT_THAT(text, Not(HasSubstr("Person Number1")));
}

TEST_F(OrganisationReaderTest, ShowsSpendingBesideItsLimit) {
  EXPECT_EQ(read("spending"), R"({"limit":50000,"organ":"The committee","mandates":[],"spends":[]})");
  charter::State state = organisation->state();
  state.decisions["decision-20"].title = "An oven";
  charter::Mandate& mandate = state.mandates["mandate-21"];
  mandate.stage = "open";
  mandate.since = now;
  mandate.decision = "decision-20";
  mandate.amount = 90'000;
  mandate.spent = 60'000;
  mandate.until = now + charter::days(30);
  charter::Spend& spend = state.spends["spend-22"];
  spend.stage = "passed";
  spend.since = now;
  spend.amount = 60'000;
  spend.mandate = "mandate-21";
  spend.purpose = sha256_hex("oven");
  spend.entered_by = member(3);
  spend.second = member(1);
  const std::string at = charter::text(now);
  EXPECT_EQ(
      (OrganisationView{state, "o", {}, now}.spending()),
      fmt::format(
          R"({{"limit":50000,"organ":"The committee","mandates":[{{"id":"mandate-21","stage":"open",)"
          R"("since":"{}","decision":"decision-20","title":"An oven","amount":90000,"spent":60000,"until":"{}"}}],)"
          R"("spends":[{{"id":"spend-22","stage":"passed","since":"{}","amount":60000,"mandate":"mandate-21",)"
          R"("purpose":"{}","entered_by":{{"member":"{}"}},"second":{{"member":"{}"}},"referred_by":null,)"
          R"("decision":null}}]}})",
          at, charter::text(mandate.until), at, spend.purpose, member(3), member(1)));
}

TEST_F(OrganisationReaderTest, CountsTheRollByStandingAndSection) {
  charter::State state = organisation->state();
  state.members.at(member(7)).section = "shop";
  state.members.at(member(8)).stage = "lapsed";
  EXPECT_EQ((OrganisationView{state, "o", {}, now}.roll()),
            R"([{"section":null,"standing":"active","members":7},{"section":null,"standing":"lapsed","members":1},)"
            R"({"section":"shop","standing":"active","members":1}])");
  EXPECT_EQ(read("roll"), R"([{"section":null,"standing":"active","members":9}])");
}

TEST_F(OrganisationReaderTest, NamesTheRuleOfAnActThatIsStillToBeDone) {
  charter::State state = organisation->state();
  state.decisions["decision-20"].organ = "appeals";
  const auto named = [&](const std::string& type, Body body, std::string_view rule) {
    charter::Act act;
    act.type = type;
    act.body = std::move(body);
    return named_rule(state, act, rule, service::things_of({99, {act, {}}}));
  };
  EXPECT_EQ(named("contest.call", {{"post", "chair"}, {"seats", 1}}, "contests.*.notice"), "contests.yearly.notice");
  EXPECT_EQ(named("motion.propose", {{"rule", "rules"}}, "motions.*.electorate"), "motions.rules.electorate");
  EXPECT_EQ(named("decision.take", {{"organ", "committee"}, {"citing", "decision-20"}}, "organs.*.quorum"),
            "organs.committee.quorum");
  EXPECT_EQ(named("decision.flag", {{"decision", "decision-20"}}, "organs.*.above"), "organs.appeals.above");
  EXPECT_EQ(named("seat.resign", {{"seat", "seat-chair-1"}}, "posts.*.term"), "posts.chair.term");
  EXPECT_EQ(named("case.open", {{"rule", "respect"}}, "discipline.rules"), "discipline.rules");
  EXPECT_EQ(named("motion.table", {{"motion", "motion-98"}}, "motions.*.seconders"), "motions.*.seconders");
}

TEST_F(OrganisationReaderTest, AnswersWhatItDoesNotKnowWithAProblem) {
  for (const char* query : {"from=x", "from=-1", "limit=1e3", "x", "from", "from=99999999999"}) {
    EXPECT_EQ(get("ledger", query).status, 400) << query;
  }
  const Response missing = get("contests/contest-1");
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(missing.content_type, "application/problem+json");
  EXPECT_EQ(reader->answer({"POST", "/api/v1/motions", "", "", {}}).status, 405);
  EXPECT_FALSE(OrganisationReader::is_for("/api/v1/motionsx"));
  EXPECT_FALSE(OrganisationReader::is_for("/api/v1/elections"));
  EXPECT_TRUE(OrganisationReader::is_for("/api/v1/contests/contest-1"));

  fs::remove(folder / "org" / "public" / "checkpoint");
  EXPECT_EQ(get("motions").status, 503);
}

class OrganisationReaderOnPostgresql : public OrganisationReaderTest {
 protected:
  OrganisationReaderOnPostgresql() { url = shared.url(); }
  // Ends everybody's connections, as a PostgreSQL that is started again does.
  void disconnect() const {
    const auto ended =
        ok(shared.open()->run("SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE "
                              "datname = current_database() AND backend_type = 'client backend' AND "
                              "pid <> pg_backend_pid()"));
    EXPECT_GE(ended.size(), 1U);
    for (const database::Row& row : ended) EXPECT_EQ(std::get<std::int64_t>(row[0]), 1);
  }
  // The answer once the lost connection has been noticed.
  std::string read_again(const std::string& path, const std::string& query = "") {
    const Response lost = get(path, query);
    EXPECT_EQ(lost.status, 503);
    EXPECT_THAT(text_of(lost), testing::AllOf(Not(HasSubstr("SELECT")), Not(HasSubstr("PostgreSQL"))));
    return read(path, query);
  }
  const folkmoot::test::TemporaryDatabase shared{folkmoot::test::Kind::postgresql};
};

TEST_F(OrganisationReaderOnPostgresql, ConnectsAgain) {
  ask("petition.open", {{"rule", "members"}, {"title", "Mondays"}, {"hash", sha256_hex("text")}}, member(7));
  ok(organisation->publish());
  disconnect();
  const std::string petitions = read_again("petitions");
  EXPECT_THAT(petitions, HasSubstr("Person Number7"));
  EXPECT_THAT(petitions, HasSubstr("Person Number4"));
  disconnect();
  const std::string petition = organisation->state().petitions.begin()->first;
  EXPECT_THAT(read_again("ledger", "about=" + petition), HasSubstr(R"("type":"petition.open")"));
}

TEST(OrganisationReaderFolder, NeedsAnOrganisation) {
  EXPECT_FALSE(OrganisationReader::open("/nowhere", [] { return charter::Time{}; }));
}

}  // namespace
}  // namespace folkmoot::server
