// A contest of a small co-operative from the call to the declaration, with a real encrypted ballot: its record, and the
// count repeated, as whoever verifies the ledger does; and declarations that do not follow from the record.
#include "audit/book.hpp"
#include "audit/poll.hpp"
#include "service/supplement.hpp"
#include "service/trial.hpp"

namespace folkmoot::audit {
namespace {

using namespace test;
using charter::days;
using testing::HasSubstr;

struct Declaration {
  Book book{"cooperative", 8};
  std::string election, record, supplement;  // the bytes of the latter two
  Poll poll;
  Outcome outcome;
  charter::Body body;  // of the honest act

  Declaration() {
    run_to_ballot();
    hold_ballot();
    book.until(charter::get(book.state().elections, election).closes);
    poll = poll_of(book.state(), election, book.now);
    const record::Finished finished = need(record::read_finished(record::MemorySource(record)));
    need(check_record(poll, finished));
    outcome = need(count(poll, finished));
    body = declaration(poll, outcome, sha256_hex(record), sha256_hex(supplement));
  }

  // The ledger with that declaration in it, and record and transcript beside it.
  [[nodiscard]] Copy declared(const charter::Body& declaration) {
    Book& made = book;
    made.act("returning-officer:", "election.declare", declaration, "chair:");
    Copy copy = made.copy;
    copy.add(record);
    copy.add(supplement);
    copy.add(outcome.transcript);
    copy.publish(made.now.seconds);
    return copy;
  }

 private:
  void run_to_ballot() {
    book.act(Book::member(1), "seat.resign", {{"seat", seat_of(1)}});
    const std::string post = charter::get(book.state().seats, seat_).post;
    book.act("returning-officer:", "contest.call", {{"post", post}, {"seats", 1}});
    const std::string contest = book.last("contest");
    book.act("returning-officer:", "election.prepare", {{"of", contest}});
    election = book.last("election");
    const auto appoint = [&](const char* role, int member) {
      book.act("returning-officer:", "election.appoint",
               {{"election", election}, {"role", role}, {"member", ref_of(Book::member(member))}});
    };
    appoint("registrar", 5);
    appoint("trustee", 6);
    appoint("trustee", 2);
    book.act("secretary:", "election.freeze",
             {{"election", election}, {"root", sha256_hex("a root")}, {"size", 9}, {"weight", 9}});
    book.until(charter::get(book.state().contests, contest).opens);
    for (const int candidate : {3, 4}) {
      book.act(Book::member(candidate), "application.submit",
               {{"contest", contest}, {"statement", book.copy.add("I stand.\n")}});
      book.act(Book::member(5), "application.nominate", {{"application", book.last("application")}});
    }
    book.until(charter::get(book.state().contests, contest).closes + charter::Length{1});
    book.until(charter::get(book.state().contests, contest).ballot_from);
  }
  std::string seat_of(int member) {
    for (const auto& [id, seat] : book.state().seats) {
      const charter::Post& post = charter::get(book.state().charter().posts, seat.post);
      if (seat.holder == ref_of(Book::member(member)) && !post.contest.empty()) seat_ = id;
    }
    return seat_;
  }

  // Nine electors, of whom five vote: three for the second on the paper.
  void hold_ballot() {
    service::Trial trial(R"({"name": "Millrace", "contests": [
        {"kind": "ranking", "question": "Who is to be the officer?", "candidates": ["First", "Second"]}]})",
                         "Ed25519", service::roll_of(9), 2);
    book.act("returning-officer:", "election.open",
             {{"election", election}, {"fingerprint", to_hex(need(from_base64(trial.opened().fingerprint)))}},
             "chair:");
    for (const char* voter : {"A", "B", "C"}) trial.cast(voter, {{"Second", "First"}});
    for (const char* voter : {"D", "E"}) trial.cast(voter, {{"First"}});
    trial.tally();
    record = service::ok(service::read_file(trial.record()));
    supplement = service::ok(service::read_file(service::supplement_file(trial.record())));
  }

  std::string seat_;
};

struct DeclaredElection : testing::Test {
  Declaration election;

  [[nodiscard]] Report verify(const Copy& copy, bool complete = true) const {
    VerifyOptions options;
    options.complete = complete;
    return copy.verify(options);
  }
};

TEST_F(DeclaredElection, IsVerifiedAndCountedAgain) {
  EXPECT_EQ(election.outcome.cast, 5);
  EXPECT_EQ(election.outcome.elected, charter::Names{election.poll.candidates[1]});
  const Copy copy = election.declared(election.body);
  const Report report = verify(copy);
  EXPECT_TRUE(report.valid()) << to_text(report);
  EXPECT_EQ(report[CheckId::records].items(), 1U);
  EXPECT_EQ(report[CheckId::counts].items(), 1U);
  const charter::Election& declared = charter::get(election.book.state().elections, election.election);
  EXPECT_EQ(declared.stage, "declared");
}

// An officer who alters the supplement, and one who names none.
TEST_F(DeclaredElection, TheSupplementIsVerifiedToo) {
  const std::string honest = election.supplement;
  const std::size_t digit = election.supplement.rfind("\"response\":\"") + 12;
  election.supplement[digit] = election.supplement[digit] == '1' ? '2' : '1';
  election.body.set("supplement", sha256_hex(election.supplement));
  const Report report = verify(election.declared(election.body));
  EXPECT_EQ(failed(report), "records");
  EXPECT_THAT(details(report, CheckId::records), HasSubstr("not valid under the strict profile"));
}
TEST_F(DeclaredElection, WithoutASupplementItIsFlagged) {
  election.body.remove("supplement");
  const Report report = verify(election.declared(election.body));
  EXPECT_EQ(failed(report), "");
  EXPECT_TRUE(std::ranges::any_of(report.flags, [&](const charter::Flag& flag) {
    return flag.thing == election.election && flag.message.find("without the supplement") != std::string::npos;
  }));
}

TEST_F(DeclaredElection, SomebodyElseIsDeclaredElected) {
  election.body.set("elected", charter::Names{election.poll.candidates[0]});
  const Report report = verify(election.declared(election.body));
  EXPECT_EQ(failed(report), "counts");
  EXPECT_THAT(details(report, CheckId::counts),
              HasSubstr(fmt::format("(election.declare), {}: elected: declared [{}], counted [{}]", election.election,
                                    election.poll.candidates[0], election.poll.candidates[1])));
}

TEST_F(DeclaredElection, AnotherCountIsPublished) {
  std::string transcript = election.outcome.transcript;
  transcript.replace(transcript.find("\"papers\":5"), 10, "\"papers\":6");
  election.outcome.transcript = transcript;
  election.body.set("transcript", sha256_hex(transcript));
  const Report report = verify(election.declared(election.body));
  EXPECT_EQ(failed(report), "counts");
  EXPECT_THAT(details(report, CheckId::counts), HasSubstr("transcript: declared " + sha256_hex(transcript)));
}

TEST_F(DeclaredElection, MoreBallotsAreDeclaredThanWereCast) {
  election.body.set("cast", 7);
  const Report report = verify(election.declared(election.body));
  EXPECT_EQ(failed(report), "counts");
  EXPECT_THAT(details(report, CheckId::counts), HasSubstr("cast: declared 7, counted 5"));
}

TEST_F(DeclaredElection, TheRecordIsOfAnotherElection) {
  service::Trial trial(R"({"name": "Elsewhere", "contests": [
      {"kind": "ranking", "question": "Who?", "candidates": ["First", "Second"]}]})",
                       "Ed25519", service::roll_of(9), 2);
  trial.cast("A", {{"First"}});
  trial.tally();
  election.record = service::ok(service::read_file(trial.record()));
  election.supplement = service::ok(service::read_file(service::supplement_file(trial.record())));
  election.body.set("record", sha256_hex(election.record));
  election.body.set("supplement", sha256_hex(election.supplement));
  const Report report = verify(election.declared(election.body));
  EXPECT_EQ(failed(report), "records");
  EXPECT_THAT(details(report, CheckId::records), HasSubstr("the record is of another election"));
}

TEST_F(DeclaredElection, TheRecordIsNotValid) {
  election.record[election.record.size() / 2] ^= 1;
  election.body.set("record", sha256_hex(election.record));
  const Report report = verify(election.declared(election.body));
  EXPECT_EQ(failed(report), "records");
  EXPECT_THAT(details(report, CheckId::records), HasSubstr("the record is not valid"));
}

TEST_F(DeclaredElection, TheRecordWasAlteredAfterwards) {
  Copy copy = election.declared(election.body);
  std::string& record = copy.texts.at(sha256_hex(election.record));
  record[record.size() / 2] ^= 1;
  const Report report = verify(copy, false);
  EXPECT_EQ(failed(report), "published");
  EXPECT_EQ(failed(verify(copy)), "published records");
}

TEST_F(DeclaredElection, TheRecordIsNotGiven) {
  Copy copy = election.declared(election.body);
  copy.texts.erase(sha256_hex(election.record));
  const Report without = verify(copy, false);
  EXPECT_TRUE(without.valid());
  ASSERT_EQ(without.not_given.size(), 1U);
  EXPECT_THAT(without.not_given[0].where, HasSubstr("(election.declare): record"));
  const Report report = verify(copy);
  EXPECT_EQ(failed(report), "records");
  EXPECT_THAT(details(report, CheckId::records), HasSubstr("is not there as it was"));
}

}  // namespace
}  // namespace folkmoot::audit
