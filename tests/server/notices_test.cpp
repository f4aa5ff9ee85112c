// Those whom an act tells get a mail of it, in their language, each once.
#include "service/notices.hpp"
#include "charter/process.hpp"
#include "server/acting.hpp"
#include "server/membership.hpp"

namespace folkmoot::server::test {
namespace {

using service::Notice;
using testing::HasSubstr;
using testing::Not;

std::int64_t letters_in(database::Database& database) {
  return std::get<std::int64_t>(ok(database.run("SELECT count(*) FROM letter")).at(0)[0]);
}

// From the act to the mail: a petition that has signatures enough goes forward.
TEST(NoticesOfActs, ReachThoseWhomTheyConcern) {
  Acting moot;
  std::vector<Mail> mails;
  service::PostOffice post_office{moot.url, moot.site, std::make_unique<Letterbox>(mails),
                                  [&] { return moot.seconds.load(); }, moot.random};
  const auto act = [&](int who, const std::string& type, charter::Body body,
                       const std::vector<std::string>& texts = {}) {
    const Response response =
        moot.act(moot.sign_in(member(who)), {{type, {member(who), ""}, {}, std::move(body)}, {}}, texts);
    ASSERT_EQ(response.status, 201) << Acting::text_of(response);
  };
  const std::string words = "Sundays, too.\n";
  act(4, "petition.open", {{"rule", "members"}, {"title", "Sundays"}, {"hash", sha256_hex(words)}}, {words});
  const std::string petition = fmt::format("petition-{}", moot.acts() - 1);
  act(8, "petition.sign", {{"petition", petition}});
  const auto stage = [&] {
    return ok(moot.clerk->look([&](const service::Organisation& o) { return o.state().petitions.at(petition).stage; }));
  };
  for (int tries = 0; stage() != "tabled" && tries < 1000; ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  ASSERT_EQ(stage(), "tabled");
  // The letters are written by the clerk, within seconds; asked for here, too, they are the same.
  const auto write = [&] {
    return ok(moot.clerk->look([&](const service::Organisation& o) {
      return ok(service::write_letters(*moot.database, o.state(), moot.time()));
    }));
  };
  while (write()) continue;
  while (ok(post_office.work())) continue;
  ASSERT_EQ(mails.size(), 2U);
  std::map<std::string, std::string> by_address;
  for (const Mail& mail : mails) by_address[mail.to] = mail.text;
  EXPECT_THAT(by_address["p4@example.org"], HasSubstr("Mae gan y ddeiseb"));
  EXPECT_THAT(by_address["p8@example.org"], HasSubstr("The petition that you opened or signed has enough signatures"));
  EXPECT_THAT(by_address["p8@example.org"], HasSubstr("https://vote.members.example/petitions\n"));
  EXPECT_THAT(by_address["p8@example.org"], HasSubstr("/api/v1/unsubscribe/"));
  moot.open();
  while (write()) continue;
  EXPECT_EQ(letters_in(*moot.database), 2) << "and none again when it is opened again";
}

class Notices : public EitherDatabase {
 protected:
  Notices() {
    for (const std::string& statement : service::notice_table()) ok(site.database->run(statement));
    state.acts = 100;
  }
  void note(const Notice& notice) {
    ok(site.database->transact([&] { return service::add_notices(*site.database, {&notice, 1}); }));
  }
  int write() {
    int slices = 0;
    while (ok(service::write_letters(*site.database, state, charter::Time{site.now}))) ++slices;
    return slices;
  }
  charter::State state;
};
ON_EITHER_DATABASE(Notices);

TEST_P(Notices, GoToAWholeElectorateInSlices) {
  charter::Election& election = state.elections["election-5"];
  for (int n = 0; n < 1200; ++n) election.electors.push_back(member(n));
  const Notice notice{17, "election.open", charter::Time{site.now}, "contest-3", "Chair", {member(3)}, "election-5"};
  note(notice);
  EXPECT_EQ(write(), 3);
  EXPECT_EQ(letters_in(*site.database), 1200) << "one each, also for the one whom it concerns besides";
  // As after a crash that a backup was brought back from.
  note(notice);
  EXPECT_EQ(write(), 3);
  EXPECT_EQ(letters_in(*site.database), 1200);
  EXPECT_TRUE(ok(site.database->run("SELECT act FROM notice")).empty());
}

TEST_P(Notices, WaitForTheirActAndDoNotOutliveTheirUse) {
  note({100, "election.open", charter::Time{site.now}, "", "", {"m-1"}, ""});
  EXPECT_EQ(write(), 0) << "this node has not seen act 100 yet";
  state.acts = 101;
  EXPECT_EQ(write(), 1);
  EXPECT_EQ(letters_in(*site.database), 1);
  note({101, "election.open", charter::Time{site.now - service::days_of_trying}, "", "", {"m-2"}, ""});
  state.acts = 102;
  EXPECT_EQ(write(), 1);
  EXPECT_EQ(letters_in(*site.database), 1) << "old news";
}

TEST_P(Notices, AreSentAsMembersChoose) {
  for (const char* who : {"m-1", "m-2"}) {
    ok(mail::Outbox(*site.database).choose(who, mail::Topic::notices, std::string_view(who) == "m-1"));
    note({static_cast<std::uint64_t>(who[2] - '0'),
          "seat.appoint",
          charter::Time{site.now},
          "seat-chair-1",
          "Chair <b>",
          {who},
          ""});
  }
  note({3, "case.open", charter::Time{site.now}, "", "", {"m-2"}, ""});
  note({4, "claim.confirm", charter::Time{site.now}, "claim-1", "", {"m-3"}, ""});
  EXPECT_EQ(write(), 4);
  while (ok(site.post_office.work())) continue;
  ASSERT_EQ(site.mails.size(), 3U);
  std::sort(site.mails.begin(), site.mails.end(),
            [](const Mail& a, const Mail& b) { return a.to + a.text < b.to + b.text; });
  EXPECT_THAT(site.mails[0].text, HasSubstr("(claim.confirm)"));
  EXPECT_THAT(site.mails[0].text, HasSubstr("sy’n ymwneud â chi")) << "an act without words of its own, in Welsh";
  EXPECT_THAT(site.mails[1].text, HasSubstr("You hold the post from now on: Chair <b>"));
  EXPECT_THAT(site.mails[1].text, HasSubstr("https://vote.members.example/ledger?about=seat-chair-1"));
  EXPECT_THAT(site.mails[2].text, HasSubstr("A case about your conduct")) << "whatever they have chosen";
  EXPECT_THAT(site.mails[2].text, Not(HasSubstr("unsubscribe")));
}

// Member 2 asks for what needs the signature of member 1, too.
TEST(WaitingRequests, CallWhomTheyWaitFor) {
  Acting moot;
  std::vector<Mail> mails;
  service::PostOffice post_office{moot.url, moot.site, std::make_unique<Letterbox>(mails),
                                  [&] { return moot.seconds.load(); }, moot.random};
  const charter::Request reset{
      "member.reset_key", {member(2), "secretary"}, {{member(1), "chair"}}, {{"member", member(5)}}};
  const std::string cookie = moot.sign_in(member(2), true);
  const Response begun = moot.act(cookie, moot.signed_by({member(2)}, reset), {}, "/api/v1/awaiting");
  ASSERT_EQ(begun.status, 201) << Acting::text_of(begun);
  while (ok(post_office.work())) continue;
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_EQ(mails[0].to, "p1@example.org");
  EXPECT_THAT(mails[0].text, HasSubstr("(member.reset_key)"));
  EXPECT_THAT(mails[0].text,
              HasSubstr("https://vote.members.example/office/awaiting/" + Acting::field(begun, "id") + "\n"));
  moot.seconds += 1;
  EXPECT_EQ(moot.act(cookie, {reset, {}}, {}, "/api/v1/awaiting").status, 400);
  while (ok(post_office.work())) continue;
  EXPECT_EQ(mails.size(), 1U) << "none of what does not wait";
}

TEST(NoticesInWords, AreOfActsThatThereAre) {
  const auto places = mail::Catalogue::in("en").places();
  int acts = 0;
  for (const auto& [name, names] : places) {
    if (name.find('.') == std::string::npos) continue;
    ++acts;
    EXPECT_TRUE(charter::find_act_type(name)) << name;
    EXPECT_THAT(names, testing::AnyOf(testing::IsEmpty(), testing::ElementsAre("about"))) << name;
  }
  EXPECT_GT(acts, 30);
  EXPECT_EQ(places.at("act"), (std::set<std::string>{"type"}));
}

}  // namespace
}  // namespace folkmoot::server::test
