// The example organisation from its open ballot to the declared result, and on to its next election, by the server's
// calls alone; with those who try what is not theirs to do. Every status that the description has of these calls is
// played out. Then the same on two nodes.
#include <thread>

#include "database/cluster.hpp"
#include "example/clicks.hpp"
#include "service/ceremony.hpp"
#include "service/registrar.hpp"

namespace folkmoot::server::test {
namespace {

using scenes::member;
using testing::HasSubstr;

class ExampleTest : public testing::Test {
 protected:
  explicit ExampleTest(const std::string& database = "") : clicks({}, database) {}
  using Browser = Clicks::Browser;

  // What a trustee makes on their own machine, from what everybody can download and from their own key.
  std::string make(int number, bool shuffle, const std::string& id) {
    const fs::path record = clicks.download_record(id);
    const fs::path key = record.parent_path() / "trustee.key", decryption_key = record.parent_path() / "trustee.dkey";
    must(service::write_secret(key, clicks.example().trustees.at(static_cast<std::size_t>(number - 1)).key + "\n"));
    must(service::write_file(decryption_key,
                             clicks.download(fmt::format("/api/v1/ceremonies/{}/decryption-key-{}.dkey", id, number))));
    const fs::path out = record.parent_path() / "out";
    const service::TrusteeSecret secret{key, decryption_key};
    const auto made =
        shuffle ? service::shuffle_tally(record, secret, out) : service::decrypt_tally(record, secret, out);
    EXPECT_EQ(must(made).trustee, number);
    return must(service::read_file(out));
  }
  std::string tally(const std::string& id, const std::string& phase) {
    Browser anybody = clicks.nobody();
    EXPECT_EQ(anybody.status("GET", "/elections/" + id + "/tally"), 200);
    EXPECT_THAT(anybody.last, HasSubstr(fmt::format(R"("phase":"{}")", phase)));
    return anybody.last;
  }

  void look_around();
  void send_rubbish();
  void vote();
  void close();
  void nobody_elses();
  void shuffle();
  void decrypt();
  void declare();
  std::string key_of_ceremony();
  void next_election();
  void play();

  Clicks clicks;
  const std::string uuid = clicks.example().election, one = "/elections/" + uuid;
  const std::vector<std::string> steps{"/close", "/shuffles/end", "/result", "/declaration"};
};

// Who is who, and what time it is.
void ExampleTest::look_around() {
  Browser anybody = clicks.nobody();
  EXPECT_EQ(anybody.status("GET", "/example"), 200);
  EXPECT_EQ(anybody.status("GET", "/example/keys"), 200);
  EXPECT_EQ(content_of(clicks.unchecked("GET", "/api/v1/sign-in")), R"({"provider":"","example":true})");
  EXPECT_EQ(anybody.status("POST", "/example/session", "{}"), 400);
  EXPECT_EQ(anybody.status("POST", "/example/session", R"({"member":"m-0000000000000000"})"), 404);
  EXPECT_EQ(anybody.status("POST", "/example/session", R"({"member":"m-0000000000000000"})", false), 403);
  EXPECT_EQ(anybody.status("POST", "/example/clock", R"({"seconds":0})"), 400) << "time does not go back";
  EXPECT_EQ(anybody.status("POST", "/example/clock", R"({"seconds":1})", false), 403);
  Browser chair = clicks.as("chair");
  const std::string before = chair.cookie;
  EXPECT_EQ(chair.status("POST", "/example/clock", R"({"seconds":7200})"), 200);
  EXPECT_NE(chair.cookie, before) << "who lets time pass stays signed in";
}

// Bodies that are none.
void ExampleTest::send_rubbish() {
  Browser officer = clicks.as("returning-officer");
  const std::string deep(100'000, '[');
  for (const std::string& body :
       {std::string(), std::string("[]"), std::string("null"), std::string(R"({"a":)"),
        std::string(R"({"election":1,"member":1,"group":1})"), std::string("\xff\x00", 2), deep}) {
    for (const char* path : {"/elections", "/elections/draft", "/ceremonies", "/example/clock", "/example/session"}) {
      EXPECT_EQ(officer.status("POST", path, body), 400) << path << ": " << body.substr(0, 20);
    }
  }
}

void ExampleTest::vote() {
  const scenes::ExampleVoter& voter = clicks.example().voters.front();
  Browser browser = clicks.as_member(voter.member);
  const auto credential = must(secret::PrivateCredential::parse(voter.credential));
  const auto ballot =
      must(service::make_ballot(clicks.download_record(uuid), credential, {{{member(21), member(20)}}, {}}));
  tally(uuid, "open");
  Browser officer = clicks.as("returning-officer");
  EXPECT_EQ(officer.status("POST", one + "/close"), 409) << "people may still vote";
  EXPECT_THAT(officer.last, HasSubstr("not-now"));
  EXPECT_EQ(clicks.as("trustee").status("POST", one + "/shuffles", R"({"ciphertexts":[]})"), 409);
  EXPECT_EQ(field_of(clicks.unchecked("POST", "/api/v1" + one + "/ballots", ballot.text), "tracker"), ballot.tracker);
}

void ExampleTest::close() {
  Browser officer = clicks.as("returning-officer");
  clicks.wait_until(must(charter::read_time(field_of(clicks.unchecked("GET", "/api/v1" + one), "closes"))));
  // Whoever was signed in is no longer: nobody did anything for days.
  EXPECT_EQ(officer.status("POST", one + "/close"), 401);
  EXPECT_THAT(tally(uuid, "shuffling"), HasSubstr(R"("needed":2,"shuffles":0,"decryptions":0)"));
  officer = clicks.as("returning-officer");
  EXPECT_EQ(officer.status("POST", one + "/close"), 200) << "the server has done it already";
}

// Whoever is not its returning officer, or not entirely.
void ExampleTest::nobody_elses() {
  Browser anybody = clicks.nobody(), chair = clicks.as("chair"), plain = clicks.as("member"),
          trustee = clicks.as("trustee"), officer = clicks.as("returning-officer"),
          half = clicks.without_second_factor(clicks.person("returning-officer").member);
  for (const std::string& step : steps) {
    EXPECT_EQ(anybody.status("POST", one + step), 401) << step;
    EXPECT_EQ(officer.status("POST", one + step, "", false), 403) << step;
    for (Browser* other : {&chair, &plain, &trustee}) {
      EXPECT_EQ(other->status("POST", one + step), 403) << step;
      EXPECT_THAT(other->last, HasSubstr("not-yours"));
    }
    EXPECT_EQ(half.status("POST", one + step), 403) << step;
    EXPECT_THAT(half.last, HasSubstr("second-factor"));
    EXPECT_EQ(officer.status("POST", "/elections/none" + step), 404) << step;
    const int now = step == "/close" ? 200 : 409;
    EXPECT_EQ(officer.status("POST", one + step), now) << step;
  }
  for (const std::string what : {"/shuffles", "/decryptions"}) {
    EXPECT_EQ(anybody.status("POST", one + what, "{}"), 401) << what;
    EXPECT_EQ(plain.status("POST", one + what, "{}"), 403) << what;
    EXPECT_EQ(trustee.status("POST", one + what, "{}", false), 403) << what;
    EXPECT_EQ(trustee.status("POST", "/elections/none" + what, "{}"), 404) << what;
    EXPECT_EQ(trustee.status("POST", one + what, "{}"), 422) << what;
    EXPECT_TRUE(trustee.may_send_much(one + what)) << what;
    EXPECT_TRUE(officer.may_send_much(one + what)) << what;
    EXPECT_FALSE(trustee.may_send_much("/elections/none" + what)) << what;
    for (Browser* other : {&anybody, &chair, &plain}) EXPECT_FALSE(other->may_send_much(one + what)) << what;
  }
  EXPECT_TRUE(officer.may_send_much("/elections"));
  for (Browser* other : {&anybody, &chair, &plain, &trustee, &half}) EXPECT_FALSE(other->may_send_much("/elections"));
  EXPECT_FALSE(officer.may_send_much(one + "/ballots"));
  EXPECT_EQ(anybody.status("GET", "/elections/none/tally"), 404);
}

void ExampleTest::shuffle() {
  Browser trustee = clicks.as_member(clicks.example().trustees[0].member);
  const std::string made = make(1, true, uuid);

  // As another trustee's; with something else changed in it; as what it is not; of another election.
  std::string other = made;
  other.replace(other.find(R"({"owner":1)"), 10, R"({"owner":2)");
  EXPECT_EQ(trustee.status("POST", one + "/shuffles", other), 422);
  std::string forged = made;
  const std::size_t digit = forged.find_first_of("0123456789", 100);
  forged[digit] = forged[digit] == '1' ? '2' : '1';
  const std::string_view rest = std::string_view(forged).substr(forged.find('\n'));
  const std::string text = forged.substr(0, forged.find('\n'));
  EXPECT_EQ(trustee.status("POST", one + "/shuffles", forged), 422) << "another hash";
  std::string rehashed = text + std::string(rest);
  const std::string old = sha256_hex(made.substr(0, made.find('\n'))), fresh = sha256_hex(text);
  for (std::size_t at = rehashed.find(old); at != std::string::npos; at = rehashed.find(old)) {
    rehashed.replace(at, old.size(), fresh);
  }
  EXPECT_EQ(trustee.status("POST", one + "/shuffles", rehashed), 422) << "not what the trustee signed";
  EXPECT_EQ(trustee.status("POST", one + "/shuffles", made.substr(0, made.rfind('\n', made.size() - 2) + 1)), 422)
      << "not signed at all";
  EXPECT_EQ(trustee.status("POST", one + "/decryptions", made), 422);
  service::Trial elsewhere(R"({"name": "Who?", "contests": [
      {"kind": "ranking", "question": "Who?", "candidates": ["Ada", "Ben", "Cas"], "rule": "av", "seats": 1}]})",
                           "Ed25519", service::roll_of(3), 1);
  elsewhere.cast("A", {{"Ada"}});
  elsewhere.cast("B", {{"Ben"}});
  elsewhere.close();
  const fs::path theirs = elsewhere.shuffle(1);
  EXPECT_EQ(trustee.status("POST", one + "/shuffles", must(service::read_file(theirs))), 422);
  must(service::collect(elsewhere.record(), theirs));
  EXPECT_THAT(tally(uuid, "shuffling"), HasSubstr(R"("shuffles":0)"));

  // The officer may hand it in for a trustee; handed in again it is there once.
  EXPECT_EQ(trustee.status("POST", one + "/shuffles", made), 201) << trustee.last;
  EXPECT_EQ(trustee.last, R"({"trustee":1})");
  EXPECT_EQ(clicks.as("returning-officer").status("POST", one + "/shuffles", made), 200);
  const std::string second = make(2, true, uuid);
  EXPECT_EQ(trustee.status("POST", one + "/shuffles", second), 201) << trustee.last;
  EXPECT_THAT(tally(uuid, "shuffling"), HasSubstr(R"("shuffles":2)"));

  // Too early.
  must(service::end_shuffles(elsewhere.record()));
  const std::string early = must(service::read_file(elsewhere.decrypt(1)));
  EXPECT_EQ(trustee.status("POST", one + "/decryptions", early), 409);

  Browser officer = clicks.as("returning-officer");
  EXPECT_EQ(officer.status("POST", one + "/shuffles/end"), 200) << officer.last;
  EXPECT_EQ(officer.status("POST", one + "/shuffles/end"), 200) << "done once";
  EXPECT_EQ(trustee.status("POST", one + "/decryptions", early), 422) << "of another election";
  EXPECT_EQ(trustee.status("POST", one + "/shuffles", rehashed), 409) << "too late";
}

void ExampleTest::decrypt() {
  Browser officer = clicks.as("returning-officer");
  for (const int number : {2, 3}) {
    tally(uuid, "decrypting");
    EXPECT_EQ(officer.status("POST", one + "/result"), 409) << "decryptions are missing";
    Browser trustee = clicks.as_member(clicks.example().trustees.at(static_cast<std::size_t>(number - 1)).member);
    const std::string made = make(number, false, uuid);
    EXPECT_EQ(trustee.status("POST", one + "/decryptions", made), 201) << trustee.last;
    EXPECT_EQ(trustee.status("POST", one + "/decryptions", made), 200);
  }
  EXPECT_EQ(officer.status("POST", one + "/declaration"), 409);
  EXPECT_EQ(officer.status("POST", one + "/result"), 200) << officer.last;
  EXPECT_EQ(officer.status("POST", one + "/result"), 200);
  tally(uuid, "result");
}

void ExampleTest::declare() {
  Browser officer = clicks.as("returning-officer");
  ASSERT_EQ(officer.status("POST", one + "/declaration"), 200) << officer.last;
  const std::string again = officer.last;
  EXPECT_EQ(officer.status("POST", one + "/declaration"), 200);
  EXPECT_EQ(officer.last, again);
  const json::Document document = must(json::Document::parse(officer.last));
  const auto* type = charter::find_act_type("election.declare");
  const charter::Body fields = must(charter::read_body(document.root(), type->fields, false));
  clicks.act("election.declare", "returning-officer", "chair", fields);
  tally(uuid, "declared");
  EXPECT_EQ(officer.status("POST", one + "/declaration"), 409);
  EXPECT_EQ(fields.list("elected").size(), 1U);
  const audit::Report report = clicks.verify();
  EXPECT_TRUE(report.valid()) << audit::to_text(report);
}

// The trustees make a key together, each in a browser; gives the ceremony's id.
std::string ExampleTest::key_of_ceremony() {
  Browser anybody = clicks.nobody(), officer = clicks.as("returning-officer");
  const std::string agreed = R"({"group":"Ed25519","trustees":3,"threshold":2})";
  EXPECT_EQ(anybody.status("POST", "/ceremonies", agreed), 401);
  EXPECT_EQ(clicks.as("chair").status("POST", "/ceremonies", agreed), 403);
  EXPECT_EQ(officer.status("POST", "/ceremonies", R"({"group":"Ed25519","trustees":2,"threshold":3})"), 400);
  const std::string id = field_of(officer.call("POST", "/ceremonies", agreed), "id"), path = "/ceremonies/" + id;
  EXPECT_EQ(anybody.status("GET", "/ceremonies/none"), 404);
  for (const char* file : {"/settings", "/member-1", "/..%2fsettings", "/certificate-01.json", "/-1.json",
                           "/certificate-.json", "/certificate-1", "/decryption-key-.dkey"}) {
    EXPECT_EQ(anybody.status("GET", path + file), 404) << file;
  }
  EXPECT_EQ(clicks.unchecked("GET", "/api/v1" + path + "/../settings").status, 404);

  std::vector<Browser> trustees;
  for (const auto& trustee : clicks.example().trustees) trustees.push_back(clicks.as_member(trustee.member));
  const auto folder = [&](int number) { return clicks.folder() / fmt::format("ceremony-{}", number); };
  const auto key = [&](int number) { return clicks.folder() / fmt::format("seat-{}", number) / "trustee.key"; };
  const auto state = [&] {
    anybody.status("GET", path);
    return anybody.last;
  };
  // What a trustee does with a copy of the ceremony's folder, and what of it they send.
  const auto take_part = [&](int number, const auto& step, const std::vector<std::string>& messages) {
    const std::string described = state();
    const json::Document document = must(json::Document::parse(described));
    fs::create_directories(folder(number));
    for (const auto& file : must(json::read_array(must(document.root().field("files")), json::read_string))) {
      if (!fs::exists(folder(number) / file))
        must(service::write_file(folder(number) / file, content_of(anybody.call("GET", path + "/" + file))));
    }
    step(folder(number), key(number), number);
    Browser& browser = trustees.at(static_cast<std::size_t>(number - 1));
    for (const std::string& message : messages) {
      const std::string name = fmt::format("/{}-{}.json", message, number);
      const std::string text = must(service::read_file(folder(number) / name.substr(1)));
      EXPECT_EQ(browser.status("PUT", path + name, text), 201) << browser.last;
      EXPECT_EQ(browser.status("PUT", path + name, text), 200) << "sent again";
    }
  };
  const auto join = [](const fs::path& at, const fs::path& secret, int number) {
    must(service::join_ceremony(at, {"Ed25519", 3, 2, number}, secret));
  };
  EXPECT_THAT(state(), HasSubstr(R"("waiting":"certificates","missing":[1,2,3])"));
  Browser half = clicks.without_second_factor(clicks.example().trustees.front().member);
  EXPECT_EQ(half.status("PUT", path + "/certificate-1.json", "{}"), 403) << "a mail is not enough";
  EXPECT_THAT(half.last, HasSubstr("/problems/second-factor"));
  take_part(1, join, {"certificate"});
  const std::string first = must(service::read_file(folder(1) / "certificate-1.json"));
  EXPECT_EQ(anybody.status("PUT", path + "/certificate-2.json", first), 401);
  EXPECT_EQ(trustees[1].status("PUT", path + "/certificate-1.json", first), 403) << "somebody else's seat";
  EXPECT_EQ(clicks.as("member").status("PUT", path + "/certificate-2.json", first), 403) << "no trustee";
  EXPECT_EQ(trustees[0].status("PUT", path + "/certificate-2.json", first), 403) << "two seats";
  EXPECT_EQ(trustees[1].status("PUT", path + "/certificate-2.json", first), 422) << "of another seat";
  EXPECT_EQ(trustees[1].status("PUT", path + "/commitment-2.json", "{}"), 403) << "has not joined";
  EXPECT_EQ(trustees[0].status("PUT", path + "/certificate-1.json", "{}"), 409) << "what is in stays";
  EXPECT_EQ(trustees[0].status("PUT", path + "/threshold.json", "{}"), 404);
  EXPECT_EQ(trustees[0].status("PUT", path + "/certificate-4.json", "{}"), 404);
  take_part(2, join, {"certificate"});
  take_part(3, join, {"certificate"});
  EXPECT_THAT(state(), HasSubstr(R"("waiting":"commitments","missing":[1,2,3])"));
  EXPECT_EQ(trustees[0].status("PUT", path + "/commitment-1.json", "{}"), 422);
  const auto commit = [](const fs::path& at, const fs::path& secret, int) {
    must(service::send_commitment(at, secret));
  };
  const auto reveal = [](const fs::path& at, const fs::path& secret, int) {
    must(service::send_polynomial(at, secret));
  };
  const auto share = [](const fs::path& at, const fs::path& secret, int) { must(service::send_share(at, secret)); };
  for (const int number : {1, 2, 3}) take_part(number, commit, {"commitment"});
  for (const int number : {1, 2, 3}) take_part(number, reveal, {"polynomial", "reveal"});
  EXPECT_THAT(state(), HasSubstr(R"("waiting":"shares","missing":[1,2,3])"));
  for (const int number : {1, 2, 3}) take_part(number, share, {"voutput"});
  EXPECT_THAT(state(), HasSubstr(R"("waiting":"nobody","missing":[])"));
  EXPECT_THAT(state(), HasSubstr(R"("name":"Tomas Trustee")"));
  return id;
}

// From the candidates of another contest to its first ballot, without the server having been started again.
void ExampleTest::next_election() {
  std::string id, contest, declared;
  charter::Time ballot_from;
  charter::Names electors;
  clicks.state([&](const charter::State& state) {
    for (const auto& [name, election] : state.elections) {
      if (election.stage == "declared") declared = name;
      if (election.stage != "frozen") continue;
      id = name;
      contest = election.of;
      electors = election.electors;
      ballot_from = charter::get(state.contests, contest).ballot_from;
    }
    return 0;
  });
  clicks.wait_until(ballot_from);
  const std::string ceremony = key_of_ceremony();
  Browser officer = clicks.as("returning-officer"), anybody = clicks.nobody();

  const auto asking = [](const std::string& election, const std::string& group) {
    return fmt::format(R"({{"election":"{}","question":"Who is to be the treasurer?","group":"{}"}})", election, group);
  };
  EXPECT_EQ(anybody.status("POST", "/elections/draft", asking(id, "Ed25519")), 401);
  EXPECT_EQ(clicks.as("chair").status("POST", "/elections/draft", asking(id, "Ed25519")), 403);
  EXPECT_EQ(officer.status("POST", "/elections/draft", "{}"), 400);
  EXPECT_EQ(officer.status("POST", "/elections/draft", asking(declared, "Ed25519")), 409);
  EXPECT_EQ(officer.status("POST", "/elections/draft", asking(id, "Ed25518")), 422);
  EXPECT_EQ(officer.status("POST", "/elections/draft", asking(id, "Ed25519")), 201) << officer.last;
  const std::string paper = officer.last;
  const service::BallotPaper drafted = must(service::read_ballot_paper(paper));

  const fs::path registrar = clicks.folder() / "registrar";
  const auto credentials = [&](const fs::path& folder, std::size_t voters) {
    std::string csv = "id\n";
    for (const std::string& elector : std::span(electors).first(voters)) csv += elector + "\n";
    must(service::make_credentials(charter::read_roll(csv).value(), drafted.uuid, "Ed25519", folder));
    return must(service::read_lines(folder / "public_creds.json")).front();
  };
  const std::string list = credentials(registrar, electors.size());
  const auto making = [&](const std::string& election, const std::string& with, const std::string& keys) {
    return fmt::format(R"({{"election":"{}","paper":{},"ceremony":"{}","credentials":{}}})", election, paper, keys,
                       with);
  };
  const std::string good = making(id, list, ceremony);
  EXPECT_EQ(anybody.status("POST", "/elections", good), 401);
  EXPECT_EQ(clicks.as("trustee").status("POST", "/elections", good), 403);
  EXPECT_EQ(officer.status("POST", "/elections", "{}"), 400);
  std::string with_keys = good;  // of whoever the officer says
  with_keys.replace(with_keys.find("\"ceremony\":"), 11 + 2 + ceremony.size(), R"("trustees":[])");
  EXPECT_EQ(officer.status("POST", "/elections", with_keys), 400);
  EXPECT_EQ(officer.status("POST", "/elections", making(declared, list, ceremony)), 409);
  EXPECT_EQ(officer.status("POST", "/elections", making(id, list, "none")), 422);
  EXPECT_EQ(officer.status("POST", "/elections",
                           making(id, credentials(clicks.folder() / "fewer", electors.size() - 1), ceremony)),
            422)
      << "somebody has no credential";
  ASSERT_EQ(officer.status("POST", "/elections", good), 201) << officer.last;
  const json::Document made = must(json::Document::parse(officer.last));
  const std::string fingerprint = must(json::read_field(made.root(), "fingerprint", json::read_string));
  EXPECT_EQ(officer.status("POST", "/elections", good), 200) << "made once";
  EXPECT_EQ(officer.status("POST", "/elections",
                           making(id, credentials(clicks.folder() / "others", electors.size()), ceremony)),
            409)
      << "the list of credentials stays what it is";
  EXPECT_EQ(must(json::read_field(made.root(), "uuid", json::read_string)), drafted.uuid);
  tally(drafted.uuid, "open");

  clicks.act("election.open", "returning-officer", "chair", {{"election", id}, {"fingerprint", fingerprint}});
  must(service::check_published_credentials(registrar, clicks.download_record(drafted.uuid)));
  const auto credential =
      must(secret::PrivateCredential::parse(must(service::recover_credential(registrar, electors.front())).view()));
  const auto ballot = must(service::make_ballot(clicks.download_record(drafted.uuid), credential,
                                                {{{drafted.contests.front().candidates.front()}}, {}}));
  // The server takes in what another program has entered within a second.
  const auto cast = [&] {
    return clicks.unchecked("POST", "/api/v1/elections/" + drafted.uuid + "/ballots", ballot.text).status;
  };
  auto status = cast();
  for (int tries = 0; status == 409 && tries < 100; ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    status = cast();
  }
  EXPECT_EQ(status, 201);
}

void ExampleTest::play() {
  vote();
  close();
  nobody_elses();
  shuffle();
  decrypt();
  declare();
  next_election();
}

TEST_F(ExampleTest, FromTheOpenBallotToTheDeclaredResultAndTheNext) {
  look_around();
  send_rubbish();
  play();
  std::set<std::string> described = clicks.description.described;
  // Of a ledger, a record or a database that cannot be read.
  std::erase_if(described, [](const std::string& name) { return name.ends_with(" 503"); });
  EXPECT_EQ(clicks.description.seen, described);
}

struct SharedDatabase {
  const folkmoot::test::TemporaryDatabase database{folkmoot::test::Kind::postgresql};
};
class OnTwoNodes : SharedDatabase, public ExampleTest {
 protected:
  OnTwoNodes() : ExampleTest(database.url()) {}

  // Each public file of that folder of a node, by its path.
  static std::map<std::string, std::string> files_of(const fs::path& node, const char* name) {
    std::map<std::string, std::string> files;
    const fs::path folder = node / "public" / name;
    for (const auto& file : fs::recursive_directory_iterator(folder)) {
      if (file.is_regular_file()) files[fs::relative(file, folder)] = must(service::read_file(file));
    }
    return files;
  }
};

// Each message, each step and each download comes to the other node than the one before.
TEST_F(OnTwoNodes, FromTheOpenBallotToTheDeclaredResultAndTheNext) {
  play();
  for (std::size_t node = 0; node < clicks.nodes().size(); ++node) (void)clicks.site();  // hears of the other
  for (const char* folder : {"elections", "ceremonies", "published"}) {
    const auto one = files_of(clicks.nodes().front(), folder), two = files_of(clicks.nodes().back(), folder);
    EXPECT_GT(one.size(), 2U) << folder;
    EXPECT_EQ(one.size(), two.size()) << folder;
    for (const auto& [name, bytes] : one) EXPECT_TRUE(two.contains(name) && two.at(name) == bytes) << folder << name;
  }
}

}  // namespace
}  // namespace folkmoot::server::test
