// Acts over HTTP: what is done, what is refused and by which rule, and that nobody does what is another's.
#include "server/acting.hpp"

#include <thread>

#include "audit/receipt.hpp"
#include "server/client.hpp"

namespace folkmoot::server::test {
namespace {

using charter::Body;
using testing::HasSubstr;
using testing::Not;

const std::string words = "We bake on <script>alert(1)</script> Sundays.\n";
const std::string chair = member(1), secretary = member(2), officer = member(5), anybody = member(7);

charter::Request petition(const std::string& who, const std::string& title = "Sundays") {
  return {"petition.open", {who, ""}, {}, {{"rule", "members"}, {"title", title}, {"hash", sha256_hex(words)}}};
}
charter::Request statement(const std::string& who, const std::string& office) {
  return {"statement.publish", {who, office}, {}, {{"title", "Hours"}, {"hash", sha256_hex(words)}}};
}

class Acts : public testing::TestWithParam<folkmoot::test::Kind> {
 protected:
  Acting moot{GetParam()};
  std::string cookie = moot.sign_in(anybody);
  static std::string text_of(const Response& response) { return Acting::text_of(response); }
};
INSTANTIATE_TEST_SUITE_P(On, Acts, testing::Values(folkmoot::test::Kind::sqlite, folkmoot::test::Kind::postgresql),
                         [](const auto& info) { return folkmoot::test::name(info.param); });
// What has nothing to do with the kind of database.
class ActsAlone : public Acts {};
INSTANTIATE_TEST_SUITE_P(On, ActsAlone, testing::Values(folkmoot::test::Kind::sqlite),
                         [](const auto& info) { return folkmoot::test::name(info.param); });

TEST_P(Acts, AMemberActsWithTheSessionAlone) {
  const std::int64_t before = moot.acts();
  const Response response = moot.act(cookie, {petition(anybody), {}}, {words});
  ASSERT_EQ(response.status, 201) << text_of(response);
  EXPECT_EQ(Acting::field(response, "number"), std::to_string(before));
  EXPECT_EQ(Acting::field(response, "about"), fmt::format(R"(["{}","petition-{}"])", anybody, before));
  EXPECT_EQ(moot.acts(), before + 1);
  // What it names is public, and so is a receipt.
  EXPECT_EQ(*service::read_file(moot.folder / "org" / "public" / "published" / sha256_hex(words)), words);
  const Response receipt = moot.send("", "GET", fmt::format("/api/v1/receipts/{}", before));
  ASSERT_EQ(receipt.status, 200) << text_of(receipt);
  const auto policy = ledger::Policy::parse(*service::read_file(moot.folder / "org" / "policy"));
  const audit::ReceiptReport report = audit::verify_receipt(&*policy, text_of(receipt), std::nullopt);
  EXPECT_TRUE(report.valid()) << report.problem;
  EXPECT_THAT(report.act, HasSubstr("petition.open"));
  EXPECT_EQ(moot.send("", "GET", fmt::format("/api/v1/receipts/{}", before + 1)).status, 404);
  EXPECT_EQ(moot.send("", "GET", "/api/v1/receipts/-1").status, 404);
}

TEST_P(ActsAlone, OnlyOneReceiptThatThereIsNotIsWaitedFor) {
  std::promise<void> held, release;
  std::jthread busy([&] {
    Acting::ok(moot.clerk->work([&](service::Organisation&) -> Status {
      held.set_value();
      release.get_future().wait();
      return {};
    }));
  });
  held.get_future().wait();
  constexpr int askers = 4;
  std::atomic<int> answered = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < askers; ++i) {
    threads.emplace_back([&] {
      const Response none = moot.send("", "GET", "/api/v1/receipts/4294967295");
      EXPECT_EQ(none.status, 404);
      EXPECT_THAT(text_of(none), Not(HasSubstr(moot.folder.string())));
      ++answered;
    });
  }
  for (int tries = 0; answered < askers - 1 && tries < 3000; ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_GE(answered, askers - 1) << "while somebody else works on the organisation";
  release.set_value();
}

TEST_P(ActsAlone, ARefusalNamesTheRule) {
  ASSERT_EQ(moot.act(cookie, {petition(anybody), {}}, {words}).status, 201);
  const std::string id = fmt::format("petition-{}", moot.acts() - 1);
  const charter::Request sign{"petition.sign", {anybody, ""}, {}, {{"petition", id}}};
  const Response first = moot.act(cookie, {sign, {}});
  const Response again = moot.act(cookie, {sign, {}});
  const Response& refused = first.status == 201 ? again : first;  // whether opening it signs it is the charter's
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.content_type, "application/problem+json");
  EXPECT_THAT(text_of(refused), HasSubstr(R"("type":"/problems/refused")"));
  EXPECT_NE(Acting::field(refused, "rule"), "");
  EXPECT_EQ(Acting::field(refused, "recorded"), "false");
}

TEST_P(ActsAlone, ConsideringTellsAndChangesNothing) {
  const std::int64_t before = moot.acts();
  const auto body = [](const charter::Request& request) {
    return fmt::format(R"({{"request":{}}})", json::to_text(request));
  };
  const std::string session = moot.sign_in(secretary);
  const Response allowed = moot.send(session, "POST", "/api/v1/acts/consider", body(statement(secretary, "secretary")));
  ASSERT_EQ(allowed.status, 200) << text_of(allowed);
  EXPECT_EQ(Acting::field(allowed, "allowed"), "true");
  EXPECT_THAT(Acting::field(allowed, "signers"), HasSubstr(to_hex(moot.keys.at(secretary).key.key())));
  const std::string asked = Acting::field(allowed, "asked");
  EXPECT_EQ(Acting::field(allowed, "text"), audit::signed_text("ledger.test.example", statement(secretary, "secretary"),
                                                               secretary, *charter::read_time(asked)));
  const Response refused = moot.send(cookie, "POST", "/api/v1/acts/consider", body(statement(anybody, "secretary")));
  EXPECT_EQ(Acting::field(refused, "allowed"), "false");
  EXPECT_EQ(Acting::field(refused, "rule"), "posts.secretary");
  EXPECT_THAT(Acting::field(refused, "reason"), HasSubstr("does not hold"));
  EXPECT_EQ(moot.send(cookie, "POST", "/api/v1/acts/consider", body(petition(chair))).status, 403) << "not theirs";
  const Response own = moot.send(cookie, "POST", "/api/v1/acts/consider", body(petition(anybody)));
  EXPECT_EQ(Acting::field(own, "rule"), "petitions.members.electorate") << "by the name that the charter gives";
  EXPECT_EQ(moot.acts(), before);
  EXPECT_FALSE(fs::exists(moot.folder / "org" / "public" / "published" / sha256_hex(words)));
}

// Officer acting outside their powers.
TEST_P(ActsAlone, NobodyActsBeyondTheirPowers) {
  const std::int64_t before = moot.acts();
  const auto refused = [&](const std::string& session, const audit::SignedRequest& request) {
    const Response response = moot.act(session, request, {words});
    return fmt::format("{} {}", response.status,
                       response.status == 409 ? Acting::field(response, "rule") : Acting::field(response, "type"));
  };
  const std::string with_factor = moot.sign_in(secretary, true), without = moot.sign_in(secretary);
  // As another member: in their name, in their office, or with their signature.
  EXPECT_EQ(refused(cookie, {petition(chair), {}}), "403 /problems/not-yours");
  EXPECT_EQ(refused(with_factor, {petition(chair), {}}), "403 /problems/not-yours");
  EXPECT_EQ(refused(cookie, moot.signed_by({secretary}, statement(secretary, "secretary"))), "403 /problems/not-yours");
  audit::SignedRequest seconded{petition(chair), {}};
  seconded.request.seconded_by = {{secretary, "secretary"}};
  EXPECT_EQ(refused(with_factor, seconded), "403 /problems/not-yours") << "seconding is not asking";
  EXPECT_EQ(refused(with_factor, {{"petition.lapse", {}, {}, {{"petition", "petition-1"}}}, {}}),
            "403 /problems/not-yours")
      << "nobody is the clock";
  // In an office: not without a second factor, a signature, or the office; and not what is another office's.
  EXPECT_EQ(refused(without, moot.signed_by({secretary}, statement(secretary, "secretary"))),
            "403 /problems/second-factor");
  EXPECT_EQ(refused(with_factor, {statement(secretary, "secretary"), {}}), "409 keys");
  EXPECT_EQ(refused(moot.sign_in(anybody, true), {statement(anybody, "secretary"), {}}), "409 keys");
  EXPECT_EQ(refused(moot.sign_in(chair, true), moot.signed_by({chair}, statement(chair, "secretary"))),
            "409 posts.secretary");
  EXPECT_EQ(refused(moot.sign_in(chair, true), moot.signed_by({chair}, statement(chair, "chair"))), "409 duties.texts");
  EXPECT_EQ(refused(moot.sign_in(chair), {statement(chair, ""), {}}), "409 duties.texts");
  // Nor with a key of another, or a signature of something else.
  audit::SignedRequest forged = moot.signed_by({secretary}, statement(secretary, "secretary"));
  forged.request.body.set("title", "Other");
  EXPECT_EQ(refused(with_factor, forged), "409 keys");
  EXPECT_EQ(moot.acts(), before);
  EXPECT_FALSE(fs::exists(moot.folder / "org" / "public" / "published" / sha256_hex(words)))
      << "and nothing of theirs is published";

  const audit::SignedRequest good = moot.signed_by({secretary}, statement(secretary, "secretary"));
  EXPECT_EQ(moot.act(with_factor, good, {words}).status, 201);
  EXPECT_EQ(refused(with_factor, good), "409 keys") << "once";
}

TEST_P(ActsAlone, ARecordedRefusalHasItsNumber) {
  charter::Request erase{"member.erase", {secretary, "secretary"}, {{chair, "chair"}}, {{"member", anybody}}};
  const Response response = moot.act(moot.sign_in(secretary, true), moot.signed_by({secretary, chair}, erase));
  ASSERT_EQ(response.status, 409) << text_of(response);
  EXPECT_EQ(Acting::field(response, "recorded"), "true");
  EXPECT_EQ(Acting::field(response, "number"), std::to_string(moot.acts() - 1));
  const auto person = moot.accounts->person(anybody);
  EXPECT_TRUE(person && *person) << "nobody is forgotten by what is refused";
}

TEST_P(ActsAlone, TheLedgerIsNotFilledWithRefusals) {
  const std::int64_t before = moot.acts();
  const auto read = [](const std::string& who) -> audit::SignedRequest {
    return {{"paper.read", {who, ""}, {}, {{"paper", "paper-1"}}}, {}};
  };
  for (int i = 0; i < 10; ++i) {
    const Response response = moot.act(cookie, read(anybody));
    ASSERT_EQ(response.status, 409) << text_of(response);
    EXPECT_EQ(Acting::field(response, "recorded"), "true");
  }
  const Response response = moot.act(cookie, read(anybody));
  EXPECT_EQ(response.status, 429) << text_of(response);
  EXPECT_THAT(response.headers, testing::Contains(testing::Pair("Retry-After", "60")));
  EXPECT_EQ(moot.acts(), before + 10);
  EXPECT_EQ(moot.act(cookie, {petition(anybody), {}}, {words}).status, 201) << "what is allowed still is";
  EXPECT_EQ(moot.act(moot.sign_in(member(8)), read(member(8))).status, 409) << "each has their own";
  moot.seconds += 60;
  EXPECT_EQ(moot.act(cookie, read(anybody)).status, 409);
  EXPECT_EQ(moot.act(cookie, read(anybody)).status, 429);
}

TEST_P(ActsAlone, AMemberActsOnlySoOften) {
  EXPECT_EQ(moot.act(cookie, {petition(anybody), {}}).status, 409) << "what is not entered does not count";
  for (int i = 0; i < 100; ++i) ASSERT_EQ(moot.act(cookie, {petition(anybody), {}}, {words}).status, 201) << i;
  const Response response = moot.act(cookie, {petition(anybody), {}}, {words});
  EXPECT_EQ(response.status, 429) << text_of(response);
  EXPECT_THAT(response.headers, testing::Contains(testing::Pair("Retry-After", "20")));
  EXPECT_EQ(moot.act(moot.sign_in(member(8)), {petition(member(8)), {}}, {words}).status, 201) << "each has their own";
  moot.seconds += 20;
  EXPECT_EQ(moot.act(cookie, {petition(anybody), {}}, {words}).status, 201);
  EXPECT_EQ(moot.act(cookie, {petition(anybody), {}}, {words}).status, 429);
}

TEST_P(ActsAlone, WhoeverActsInAnOfficeActsInARow) {
  const std::string session = moot.sign_in(secretary, true);
  charter::Request request = statement(secretary, "secretary");
  for (int i = 0; i < 110; ++i) {
    request.body.set("title", fmt::format("Number {}", i));
    ASSERT_EQ(moot.act(session, moot.signed_by({secretary}, request), {words}).status, 201) << i;
  }
}

TEST_P(Acts, ErasingForgets) {
  charter::Request erase{"member.erase", {secretary, "secretary"}, {{chair, "chair"}}, {{"member", anybody}}};
  EXPECT_EQ(moot.act(moot.sign_in(secretary, true), moot.signed_by({secretary, chair}, erase)).status, 409);
  EXPECT_TRUE(*moot.accounts->person(anybody)) << "is a member";
  ++moot.seconds;  // what was refused on the record used up its signatures
  ASSERT_EQ(moot.act(cookie, {{"member.leave", {anybody, ""}, {}, {{"member", anybody}}}, {}}).status, 201);
  audit::SignedRequest half = moot.signed_by({secretary}, erase);
  EXPECT_EQ(moot.act(moot.sign_in(secretary, true), half).status, 409);
  EXPECT_TRUE(*moot.accounts->person(anybody)) << "one person is not enough to forget somebody";
  const Response response = moot.act(moot.sign_in(secretary, true), moot.signed_by({secretary, chair}, erase));
  ASSERT_EQ(response.status, 201) << text_of(response);
  EXPECT_FALSE(*moot.accounts->person(anybody));
  EXPECT_EQ(moot.send(cookie, "GET", "/api/v1/me").status, 401) << "and their sessions are over";
}

// Forgotten is who the act says is erased, also where only an act before it in its group lets it be done.
TEST_P(Acts, ErasingIsOneWithItsAct) {
  const charter::Request erase{"member.erase", {secretary, "secretary"}, {{chair, "chair"}}, {{"member", anybody}}};
  const std::vector<audit::SignedRequest> requests{{{"member.leave", {anybody, ""}, {}, {{"member", anybody}}}, {}},
                                                   moot.signed_by({secretary, chair}, erase)};
  const auto outcomes = Acting::ok(moot.clerk->work(
      [&](service::Organisation& organisation) { return organisation.submit(requests, moot.time()); }));
  for (const service::Outcome& outcome : outcomes) EXPECT_TRUE(outcome.act());
  EXPECT_FALSE(*moot.accounts->person(anybody));
}

TEST_P(ActsAlone, TextsAreThoseThatTheBodyNames) {
  const Response missing = moot.act(cookie, {petition(anybody), {}});
  EXPECT_EQ(missing.status, 409);
  EXPECT_EQ(Acting::field(missing, "rule"), "texts");
  const Response another = moot.act(cookie, {petition(anybody), {}}, {words, "something else"});
  EXPECT_EQ(another.status, 409);
  EXPECT_EQ(Acting::field(another, "rule"), "texts");
  EXPECT_FALSE(fs::exists(moot.folder / "org" / "public" / "published" / sha256_hex("something else")));
  ASSERT_EQ(moot.act(cookie, {petition(anybody), {}}, {words}).status, 201);
  EXPECT_EQ(moot.act(cookie, {petition(anybody, "Again"), {}}).status, 201) << "it is published already";
}

TEST_P(ActsAlone, MarkupIsOnlyText) {
  const std::string title = "<img src=x onerror=alert(1)>\"';";
  const Response response = moot.act(cookie, {petition(anybody, title), {}}, {words});
  ASSERT_EQ(response.status, 201);
  EXPECT_EQ(response.content_type, "application/json");
  const Response mine = moot.send(cookie, "GET", "/api/v1/me");
  EXPECT_EQ(mine.content_type, "application/json");
  EXPECT_THAT(text_of(mine), HasSubstr(R"("title":"<img src=x onerror=alert(1)>\"';")"));
  const Response control = moot.act(cookie, {petition(anybody, "a\nb"), {}}, {words});
  EXPECT_EQ(control.status, 400) << "nor is a title of two lines one";
}

TEST_P(Acts, ASecondPersonIsWaitedFor) {
  charter::Request reset{"member.reset_key", {secretary, "secretary"}, {{chair, "chair"}}, {{"member", officer}}};
  const std::string first = moot.sign_in(secretary, true), second = moot.sign_in(chair, true);
  const std::string path = "/api/v1/awaiting";
  EXPECT_EQ(moot.act(moot.sign_in(secretary), moot.signed_by({secretary}, reset), {}, path).status, 403);
  EXPECT_EQ(moot.act(second, moot.signed_by({secretary}, reset), {}, path).status, 400) << "whose signature is it?";
  EXPECT_EQ(moot.act(first, {reset, {}}, {}, path).status, 400);
  EXPECT_EQ(moot.act(first, moot.signed_by({secretary}, reset), {words}, path).status, 409) << "it names no text";
  audit::SignedRequest forged = moot.signed_by({secretary}, reset);
  forged.signatures[0].signature[0] ^= 1;
  EXPECT_EQ(moot.act(first, forged, {}, path).status, 409);
  EXPECT_EQ(moot.act(first, moot.signed_by({secretary}, statement(secretary, "secretary")), {words}, path).status, 409)
      << "nobody else is needed";
  const Response waits = moot.act(first, moot.signed_by({secretary}, reset), {}, path);
  ASSERT_EQ(waits.status, 201) << text_of(waits);
  const std::string id = Acting::field(waits, "id");

  // Only the two see it.
  EXPECT_THAT(text_of(moot.send(first, "GET", path)), HasSubstr(id));
  const std::string seen = text_of(moot.send(second, "GET", path));
  EXPECT_THAT(seen, HasSubstr(id));
  EXPECT_EQ(Acting::field(moot.send(second, "GET", "/api/v1/me"), "awaiting"), "1");
  EXPECT_EQ(Acting::field(moot.send(first, "GET", "/api/v1/me"), "awaiting"), "0");
  EXPECT_EQ(text_of(moot.send(moot.sign_in(officer, true), "GET", path)), R"({"awaiting":[]})");
  EXPECT_EQ(moot.send(moot.sign_in(officer, true), "DELETE", path + "/" + id).status, 404);

  // The second adds a signature to what waits, and hands it in.
  const json::Document document = Acting::ok(json::Document::parse(seen));
  const auto one = *Acting::ok(Acting::ok(document.root().field("awaiting")).array()).begin();
  audit::SignedRequest whole{
      Acting::ok(json::read_field(one, "request", [](json::Value value) { return charter::read_request(value); })),
      moot.signed_by({secretary}, reset).signatures};
  const auto sign = [&](const service::Organisation& organisation) {
    return service::sign(whole, organisation.state(), organisation.origin(), moot.keys.at(chair), moot.time());
  };
  Acting::ok(Acting::ok(moot.clerk->look(sign)));
  EXPECT_EQ(moot.act(moot.sign_in(chair), whole).status, 403) << "the second shows a second factor, too";
  const Response done = moot.act(second, whole);
  ASSERT_EQ(done.status, 201) << text_of(done);
  EXPECT_EQ(text_of(moot.send(first, "GET", path)), R"({"awaiting":[]})");
}

TEST_P(ActsAlone, WhatWaitsCanBeGivenUpAndIsForgottenInTime) {
  const charter::Request reset{"member.reset_key", {secretary, "secretary"}, {{chair, "chair"}}, {{"member", officer}}};
  const std::string first = moot.sign_in(secretary, true);
  const auto begin = [&] {
    moot.seconds += 1;
    return moot.act(first, moot.signed_by({secretary}, reset), {}, "/api/v1/awaiting");
  };
  const std::string id = Acting::field(begin(), "id");
  EXPECT_EQ(moot.send(moot.sign_in(chair), "DELETE", "/api/v1/awaiting/" + id).status, 200);
  EXPECT_EQ(moot.send(first, "DELETE", "/api/v1/awaiting/" + id).status, 404);
  for (std::int64_t i = 0; i < service::most_awaiting; ++i) ASSERT_EQ(begin().status, 201);
  EXPECT_EQ(begin().status, 429);
  moot.seconds += 8 * 86'400;
  const std::string later = moot.sign_in(secretary, true);
  EXPECT_EQ(text_of(moot.send(later, "GET", "/api/v1/awaiting")), R"({"awaiting":[]})");
  EXPECT_EQ(moot.act(later, moot.signed_by({secretary}, reset), {}, "/api/v1/awaiting").status, 201);
}

TEST_P(ActsAlone, OtherSitesAndStrangersCanDoNothing) {
  const std::int64_t before = moot.acts();
  for (const std::string& route : ActCalls::routes()) {
    const std::string method = route.substr(0, route.find(' '));
    std::string path = route.substr(route.find(' ') + 1);
    if (path.ends_with("{}")) path.replace(path.size() - 2, 2, "7");
    const std::string body = Acting::handed_in({petition(anybody), {}}, {words});
    Request foreign = Acting::request(cookie, method, path, body);
    foreign.headers[0].second = "cross-site";
    const bool open = path == "/api/v1/acts" || path.starts_with("/api/v1/receipts");
    if (method != "GET") EXPECT_EQ(moot.calls->answer(foreign)->status, 403) << route;
    const int status = moot.send("", method, path, body).status;
    if (method != "GET" || !open) EXPECT_EQ(status, 401) << route;
  }
  EXPECT_EQ(moot.acts(), before);
}

TEST_P(ActsAlone, MalformedBodiesAreRefused) {
  const std::string good = Acting::handed_in({petition(anybody), {}}, {words});
  std::vector<std::string> bodies{"", "{", "[]", "null", "{}", R"({"request":1})", "\xFF", std::string(1000, '[')};
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string body = good;
    body.replace(body.find(from), from.size(), to);
    bodies.push_back(body);
  };
  with(R"("type":"petition.open")", R"("type":"petition.opens")");
  with(R"("type":"petition.open",)", R"("type":"petition.open","more":1,)");
  with(R"("rule":"members")", R"("rule":"members","more":1)");
  with(R"("rule":"members")", R"("rule":"members","rule":"members")");
  with(R"("rule":"members")", R"("rule":7)");
  with(R"("title":"Sundays")", R"("title":["Sundays"])");
  with(anybody, "m-7");
  with(R"("signatures":[])", R"("signatures":[{"member":"m-7"}])");
  with(R"("signatures":[])", R"("signatures":{})");
  with(R"("texts":[)", R"("texts":[1,)");
  with(R"("texts")", R"("text")");
  for (const std::string& body : bodies) {
    for (const char* path : {"/api/v1/acts", "/api/v1/acts/consider", "/api/v1/awaiting"}) {
      EXPECT_EQ(moot.send(cookie, "POST", path, body).status, 400) << body;
    }
  }
  Request form = Acting::request(cookie, "POST", "/api/v1/acts", good);
  form.headers[1].second = "text/plain";
  EXPECT_EQ(moot.calls->answer(form)->status, 400) << "not what a form of another site can send";
  EXPECT_EQ(moot.send(cookie, "PUT", "/api/v1/acts").status, 405);
  EXPECT_EQ(moot.send(cookie, "POST", "/api/v1/acts", good).status, 201);
  // Fields may come in any order, and with white space.
  EXPECT_EQ(moot.send(cookie, "POST", "/api/v1/acts",
                      fmt::format(R"({{ "request" : {{"body":{{"hash":"{}","title":"Mondays","rule":"members"}},
                                  "seconded_by":[],"actor":{{"member":"{}"}},"type":"petition.open"}} }})",
                                  sha256_hex(words), anybody))
                .status,
            201);
}

TEST_P(ActsAlone, OversizedBodiesAreRefusedUnread) {
  Running server([&](const Request& request) {
    auto answer = moot.calls->answer(request);
    return answer ? *std::move(answer) : text_response(404, "");
  });
  const std::string body(70'000, 'x');
  EXPECT_EQ(
      status_of(answer(server, fmt::format("POST /api/v1/acts HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n{}",
                                           body.size(), body))),
      413);
}

TEST_P(ActsAlone, WhatWaitsForAnOfficeIsSaidToItsHolder) {
  const charter::Request question{
      "question.put", {anybody, ""}, {}, {{"seat", "seat-chair-1"}, {"hash", sha256_hex(words)}}};
  ASSERT_EQ(moot.act(cookie, {question, {}}, {words}).status, 201);
  const auto work = [&](const std::string& who) {
    return Acting::field(moot.send(moot.sign_in(who), "GET", "/api/v1/me"), "work");
  };
  EXPECT_THAT(work(chair), HasSubstr(R"("title":"Chair","stage":"asked")"));
  EXPECT_THAT(work(chair), HasSubstr(R"([{"act":"question.answer","field":"question","office":"chair","organ":""}])"));
  EXPECT_EQ(work(officer), "[]");
  EXPECT_EQ(work(anybody), "[]");
}

// Member reading another's data.
TEST_P(Acts, NobodySeesWhatIsAnothers) {
  ASSERT_EQ(moot.act(cookie, {petition(anybody), {}}, {words}).status, 201);
  const std::string mine = text_of(moot.send(cookie, "GET", "/api/v1/me"));
  EXPECT_THAT(mine, HasSubstr(R"("name":"Person Number7")"));
  EXPECT_THAT(mine, HasSubstr(R"("role":"opened")"));
  EXPECT_THAT(mine, Not(HasSubstr("example.org")));
  const std::string others = text_of(moot.send(moot.sign_in(officer), "GET", "/api/v1/me"));
  EXPECT_THAT(others, Not(HasSubstr("petition-")));
  EXPECT_THAT(others, Not(HasSubstr(anybody)));
  EXPECT_THAT(others, HasSubstr(R"("post":"returning-officer","title":"Returning officer")"));
  EXPECT_THAT(others, HasSubstr(R"("duties":["contests"])"));

  EXPECT_EQ(moot.send(moot.sign_in(anybody, true), "GET", "/api/v1/members?name=Number1").status, 403);
  EXPECT_EQ(moot.send(moot.sign_in(secretary), "GET", "/api/v1/members?name=Number1").status, 403);
  const std::string session = moot.sign_in(secretary, true);
  const Response found = moot.send(session, "GET", "/api/v1/members?name=person%20NUMBER1");
  EXPECT_EQ(text_of(found),
            fmt::format(R"({{"members":[{{"member":"{}","name":"Person Number1","standing":"active","section":""}}]}})",
                        chair));
  EXPECT_EQ(text_of(moot.send(session, "GET", "/api/v1/members?name=%25%25")), R"({"members":[]})") << "no patterns";
  for (const char* query : {"", "?", "?name=", "?name=a", "?name=%f", "?name=%00%00", "?name=%ff%ff", "?nom=Ada"}) {
    EXPECT_EQ(moot.send(session, "GET", std::string("/api/v1/members") + query).status, 400) << query;
  }
}

TEST_P(Acts, ActsThatComeTogetherAreEnteredTogether) {
  constexpr int people = 8, each = 5;
  const std::int64_t before = moot.acts();
  std::atomic<int> done = 0;
  {
    std::vector<std::jthread> threads;
    for (int n = 1; n <= people; ++n) {
      threads.emplace_back([&, n, session = moot.sign_in(member(n))] {
        for (int i = 0; i < each; ++i) {
          const std::string title = fmt::format("Number {} of {}", i, n);
          done += moot.act(session, {petition(member(n), title), {}}, {words}).status == 201 ? 1 : 0;
        }
      });
    }
  }
  EXPECT_EQ(done, people * each);
  EXPECT_EQ(moot.acts(), before + people * each);
  const auto heads = moot.database->run("SELECT size FROM ledger_head WHERE size > $1", {before});
  EXPECT_LE(heads->size(), static_cast<std::size_t>(people * each));
  moot.open();
  EXPECT_EQ(moot.acts(), before + people * each) << "all of them are there when it is opened again";
}

const std::string key = R"("0123456789abcdef")";

// What any number of could be wanted, asked for again by whoever has not heard the answer.
TEST_P(Acts, WhatHasAKeyIsDoneOnce) {
  const std::int64_t before = moot.acts();
  const Response first = moot.act_once(cookie, key, {petition(anybody), {}}, {words});
  ASSERT_EQ(first.status, 201) << text_of(first);
  EXPECT_EQ(moot.acts(), before + 1);
  moot.seconds += 1800;
  ASSERT_EQ(moot.act_once(cookie, R"("fedcba9876543210")", {petition(anybody, "Mondays"), {}}, {words}).status, 201);
  for (int time = 0; time < 2; ++time) {
    const Response again = moot.act_once(cookie, key, {petition(anybody), {}}, {words});
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(text_of(again), text_of(first));
    moot.open();  // nor by a node that has just been started
  }
  EXPECT_EQ(moot.acts(), before + 2);
  const Response other = moot.act_once(cookie, key, {petition(anybody, "Tuesdays"), {}}, {words});
  EXPECT_EQ(other.status, 422);
  EXPECT_EQ(Acting::field(other, "type"), "/problems/key-used");
  EXPECT_EQ(moot.acts(), before + 2);
  // Keys are each member's own.
  EXPECT_EQ(moot.act_once(moot.sign_in(officer), key, {petition(officer), {}}, {words}).status, 201);
  EXPECT_EQ(moot.acts(), before + 3);
  moot.seconds += service::answers_kept.seconds;
  cookie = moot.sign_in(anybody);
  EXPECT_EQ(moot.act_once(cookie, key, {petition(anybody), {}}, {words}).status, 201);
  EXPECT_EQ(moot.acts(), before + 4) << "after a day it is another thing";
  EXPECT_EQ(moot.act(cookie, {petition(anybody), {}}, {words}).status, 201);
  EXPECT_EQ(moot.acts(), before + 5) << "and so it is without a key";
}

TEST_P(Acts, WhoeverPressesManyTimesAtOnceHasOneActAndOneAnswer) {
  const std::int64_t before = moot.acts();
  std::array<std::string, 12> answers;
  {
    std::vector<std::jthread> tabs;
    for (std::string& answer : answers) {
      tabs.emplace_back([&] { answer = text_of(moot.act_once(cookie, key, {petition(anybody), {}}, {words})); });
    }
  }
  EXPECT_THAT(answers, testing::Each(answers[0]));
  EXPECT_THAT(answers[0], HasSubstr(fmt::format(R"({{"number":{},)", before)));
  EXPECT_EQ(moot.acts(), before + 1);
}

TEST_P(ActsAlone, ARepeatMayBeSignedAnewAndNeedsNoText) {
  const std::string session = moot.sign_in(secretary, true);
  const Response first =
      moot.act_once(session, key, moot.signed_by({secretary}, statement(secretary, "secretary")), {words});
  ASSERT_EQ(first.status, 201) << text_of(first);
  const std::int64_t after = moot.acts();
  moot.seconds += 10;
  const audit::SignedRequest anew = moot.signed_by({secretary}, statement(secretary, "secretary"));
  EXPECT_EQ(text_of(moot.act_once(session, key, anew)), text_of(first));
  EXPECT_EQ(text_of(moot.act_once(session, key, {anew.request, {}}, {words})), text_of(first));
  EXPECT_EQ(moot.act_once(moot.sign_in(secretary), key, anew).status, 403) << "what bars people, bars repeats";
  EXPECT_EQ(moot.acts(), after);
}

TEST_P(ActsAlone, ARefusalIsRecordedOnceAndWhatWasNotRecordedIsDecidedAnew) {
  charter::Request erase{"member.erase", {secretary, "secretary"}, {{chair, "chair"}}, {{"member", anybody}}};
  const std::string session = moot.sign_in(secretary, true);
  const Response first = moot.act_once(session, key, moot.signed_by({secretary, chair}, erase));
  ASSERT_EQ(first.status, 409);
  ASSERT_EQ(Acting::field(first, "recorded"), "true");
  const std::int64_t after = moot.acts();
  moot.seconds += 1;
  EXPECT_EQ(text_of(moot.act_once(session, key, moot.signed_by({secretary, chair}, erase))), text_of(first));
  EXPECT_EQ(moot.acts(), after);
  EXPECT_EQ(moot.act_once(cookie, key, {petition(anybody), {}}).status, 409) << "its text is missing";
  EXPECT_EQ(moot.act_once(cookie, key, {petition(anybody), {}}, {words}).status, 201);
}

TEST_P(Acts, WhatWaitsUnderAKeyWaitsOnce) {
  const charter::Request reset{"member.reset_key", {secretary, "secretary"}, {{chair, "chair"}}, {{"member", officer}}};
  const std::string session = moot.sign_in(secretary, true), path = "/api/v1/awaiting";
  const auto ask = [&](const charter::Request& request) {
    moot.seconds += 1;
    return moot.act_once(session, key, moot.signed_by({secretary}, request), {}, path);
  };
  const Response first = ask(reset);
  ASSERT_EQ(first.status, 201) << text_of(first);
  EXPECT_EQ(text_of(ask(reset)), text_of(first));
  const std::string all = text_of(moot.send(session, "GET", path));
  EXPECT_EQ(all.find("\"id\""), all.rfind("\"id\"")) << all;
  charter::Request other = reset;
  other.body.set("member", anybody);
  EXPECT_EQ(ask(other).status, 422);
  EXPECT_EQ(moot.act_once(session, key, moot.signed_by({secretary, chair}, reset)).status, 422)
      << "doing it is not having it wait";
  EXPECT_EQ(moot.send(session, "DELETE", path + "/" + Acting::field(first, "id")).status, 200);
  EXPECT_EQ(text_of(ask(reset)), text_of(first)) << "nor does it come back";
  EXPECT_EQ(text_of(moot.send(session, "GET", path)), R"({"awaiting":[]})");
}

// A database takes no text that is not UTF-8, or that has a NUL; nobody has a thing of such a name.
TEST_P(Acts, WhatIsNoTextIsNobodys) {
  for (const std::string& odd :
       {std::string("\xff"), std::string("\xc0\xae"), std::string("a\0b", 3), std::string("%00")}) {
    EXPECT_EQ(moot.send(cookie, "DELETE", "/api/v1/awaiting/" + odd).status, 404) << odd;
    EXPECT_EQ(moot.send("__Host-folkmoot=" + odd, "GET", "/api/v1/me").status, 401) << odd;
  }
}

TEST_P(ActsAlone, AKeyIsAString) {
  const std::int64_t before = moot.acts();
  for (const std::string& wrong :
       {std::string(), std::string("0123456789abcdef"), std::string("\"\""), std::string(R"("0123456789abcde")"),
        std::string(R"("0123456789abcde ")"), std::string(R"("0123456789abcdef";a=1)"), std::string("\""),
        '"' + std::string(65, 'a') + '"', std::string("\"0123456789abcde\xff\"")}) {
    const Response response = moot.act_once(cookie, wrong, {petition(anybody), {}}, {words});
    EXPECT_EQ(response.status, 400) << wrong;
    EXPECT_EQ(Acting::field(response, "type"), "/problems/bad-key");
    EXPECT_EQ(moot.act_once(cookie, wrong, {petition(anybody), {}}, {words}, "/api/v1/awaiting").status, 400);
  }
  EXPECT_EQ(moot.acts(), before);
  const std::string longest = '"' + std::string(64, '-') + '"';
  EXPECT_EQ(moot.act_once(cookie, longest, {petition(anybody), {}}, {words}).status, 201);
}

// The organisation's own commands, while the server has it open.
TEST_P(ActsAlone, OthersOnTheMachineWorkOnItMeanwhile) {
  ASSERT_EQ(moot.act(cookie, {petition(anybody, "First"), {}}, {words}).status, 201);
  {
    const auto organisation = Acting::ok(service::Organisation::open(moot.folder / "org"));
    audit::SignedRequest request{petition(member(8), "By command"), {}};
    EXPECT_TRUE(Acting::ok(organisation->submit(request, moot.time())).act());
    Acting::ok(organisation->publish());
  }
  const std::int64_t before = moot.acts();
  ASSERT_EQ(moot.act(cookie, {petition(anybody, "Second"), {}}, {words}).status, 201);
  EXPECT_GE(moot.acts(), before + 1);
  const auto titles = Acting::ok(moot.clerk->look([](const service::Organisation& organisation) {
    std::vector<std::string> all;
    for (const auto& [id, petition] : organisation.state().petitions) all.push_back(petition.title);
    return all;
  }));
  EXPECT_THAT(titles, testing::UnorderedElementsAre("First", "By command", "Second"));
}

TEST_P(ActsAlone, TheClockDoesWhatIsDue) {
  const std::int64_t before = moot.acts();
  moot.seconds += charter::days(14 * 7).seconds;  // the treasurer's report is due
  for (int tries = 0; moot.acts() == before && tries < 1000; ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_GT(moot.acts(), before);
}

TEST_P(ActsAlone, TheClerkGoesOnAfterAnException) {
  moot.calls.reset();
  moot.clerk.reset();
  std::atomic<bool> broken = false;
  std::atomic<int> told = 0;
  const auto clock = [&] {
    if (broken) throw std::runtime_error("no time");
    return moot.time();
  };
  const auto tell = [&](std::string_view message) { told += message.empty() ? 0 : 1; };
  const auto clerk = Acting::ok(service::Clerk::open(moot.folder / "org", {clock, tell}));
  const service::Clerk::Asked asked{{petition(anybody), {}}, {words}};
  broken = true;
  EXPECT_FALSE(clerk->submit(asked));
  EXPECT_GE(told, 1);
  EXPECT_FALSE(clerk->settle());
  EXPECT_FALSE(clerk->work([](service::Organisation&) -> Status { throw std::bad_alloc(); }));
  broken = false;
  const auto done = clerk->submit(asked);
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_TRUE(done->outcome.act());
}

// Another node's clock may be a little ahead; but what is refused cannot say so.
TEST_P(ActsAlone, OnlyWhatIsDoneMovesTheClock) {
  moot.seconds = Acting::ok(moot.clerk->look([&](const service::Organisation& organisation) {
    charter::Time quiet = moot.time();  // nothing is due then
    for (const std::int64_t step : {86'400, 3'600, 60, 1}) {
      const charter::Length pause{step};
      while (charter::due(organisation.state(), quiet + pause).empty()) quiet = quiet + pause;
    }
    return quiet.seconds;
  }));
  moot.seconds -= 30;
  const std::int64_t before = moot.acts();
  const charter::Time ahead{moot.seconds + 40};
  const auto signed_ahead = [&](const std::string& who, const charter::Request& request) -> audit::SignedRequest {
    const std::string text = audit::signed_text("ledger.test.example", request, who, ahead);
    return {request, {{who, ahead, Acting::ok(moot.keys.at(secretary).sign(text))}}};
  };
  const audit::SignedRequest good = signed_ahead(secretary, statement(secretary, "secretary"));
  audit::SignedRequest forged = good;
  forged.signatures[0].signature[0] ^= 1;
  const std::string session = moot.sign_in(secretary, true);
  EXPECT_EQ(moot.act(moot.sign_in(anybody), signed_ahead(anybody, petition(anybody)), {words}).status, 409);
  EXPECT_EQ(moot.act(session, forged, {words}).status, 409);
  EXPECT_EQ(moot.act(session, signed_ahead(secretary, statement(secretary, "chair")), {words}).status, 409);
  EXPECT_EQ(moot.acts(), before) << "nothing has become due";
  EXPECT_EQ(moot.act(session, good, {words}).status, 201);
  EXPECT_GT(moot.acts(), before + 1) << "with what is due by then";
}

TEST_P(ActsAlone, TheCatalogueHasEveryActAndItsFields) {
  const std::string all = text_of(moot.send("", "GET", "/api/v1/acts"));
  EXPECT_THAT(all, HasSubstr(R"("type":"petition.open","process":"petition")"));
  EXPECT_THAT(all, HasSubstr(R"({"name":"hash","kind":"hash","of":"","document":"text","optional":false})"));
  EXPECT_THAT(all, HasSubstr(R"({"name":"post","kind":"name","of":"@post","document":"","optional":false})"));
  EXPECT_THAT(all, HasSubstr(R"("who":{"by":"duty","duty":"contests"})"));
}

}  // namespace
}  // namespace folkmoot::server::test
