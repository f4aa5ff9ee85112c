// Attacks on a good ledger, each named by the check that finds it, and where. Some have only the public files to work
// on; the worse ones have the log's own key, as whoever runs the server has, and write all of it anew.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "audit/book.hpp"

namespace folkmoot::audit {
namespace {

using namespace test;
using charter::days;
using testing::HasSubstr;

// Some weeks of a campaign organisation: a hundred acts, among them privileged ones, an attempt that was refused, and
// an official text in three versions.
const Book& weeks() {
  static const Book book = [] {
    Book made("campaign", 12);
    const auto text = [&](const std::string& content) { return made.copy.add(content); };
    made.act("general-secretary:", "statement.publish", {{"title", "Who we are"}, {"hash", text("We walk.\n")}});
    const std::string statement = made.last("statement");
    made.pass(days(3));
    made.act("general-secretary:", "statement.revise", {{"statement", statement}, {"hash", text("We walk daily.\n")}});
    made.act(Book::member(9), "petition.open", {{"rule", "policy"}, {"title", "A path"}, {"hash", text("A path.\n")}});
    made.act("general-secretary:", "decision.take",  // which is for conference to take: refused, and on the record
             {{"organ", "coordinating"},
              {"power", "policy"},
              {"title", "Fewer paths"},
              {"hash", text("Fewer paths.\n")},
              {"present", 10},
              {"yes", 9},
              {"no", 0}});
    made.act("membership-secretary:", "member.reset_key", {{"member", ref_of(Book::member(11))}}, "chair:");
    for (int i = 1; made.copy.entries.size() < 100; ++i) {
      made.act("membership-secretary:", "member.admit",
               {{"members", std::vector<std::string>{ref_of(fmt::format("New member {}", i))}}});
      made.pass(charter::Length{3600});
    }
    made.act("general-secretary:", "statement.revise", {{"statement", statement}, {"hash", text("We walk a lot.\n")}});
    made.copy.publish(made.now.seconds);
    return made;
  }();
  return book;
}

// A copy to work on.
struct Tamper : testing::Test {
  Copy copy = weeks().copy;
  const std::int64_t now = weeks().now.seconds;

  [[nodiscard]] std::size_t find(const std::string& type, std::size_t from = 0) const {
    for (std::size_t i = from; i < copy.entries.size(); ++i) {
      if (copy.entries[i].starts_with(R"({"act":{"type":")" + type + '"')) return i;
    }
    throw std::runtime_error("no act " + type);
  }
  void replace(std::size_t entry, const std::string& from, const std::string& to) {
    const auto at = copy.entries[entry].find(from);
    ASSERT_NE(at, std::string::npos) << from << " in " << copy.entries[entry];
    copy.entries[entry].replace(at, from.size(), to);
  }
  // Puts an act by the chair (with others as given) behind all that is there; `asked` is signed by whoever must.
  [[nodiscard]] Entry next_entry(const SignedRequest& request) const {
    const charter::Decided decided = charter::decide(weeks().state(), request.request, weeks().now);
    return {std::get<charter::Act>(decided), request.signatures};
  }
  [[nodiscard]] SignedRequest statement() const {
    return weeks().signed_request(weeks().request("general-secretary:", "statement.publish",
                                                  {{"title", "News"}, {"hash", sha256_hex("News\n")}}));
  }
  // The bytes of one of the log's files.
  Bytes& file(const std::string& path) {
    const auto found = copy.files.find(path);
    if (found == copy.files.end()) throw std::runtime_error("no file " + path);
    return found->second;
  }
  [[nodiscard]] std::string partial(const std::string& path) const {
    return fmt::format("{}.p/{}", path, copy.entries.size());
  }
};

TEST_F(Tamper, TheGoodLedgerIsValid) {
  const Report report = copy.verify();
  EXPECT_TRUE(report.valid()) << to_text(report);
  EXPECT_GE(copy.entries.size(), 100U);
  EXPECT_EQ(report.judged, copy.entries.size());
  EXPECT_EQ(report[CheckId::tiles].items(), copy.entries.size());
  EXPECT_EQ(report[CheckId::published].items(), 5U);
  EXPECT_TRUE(report.not_given.empty());
  EXPECT_TRUE(report.unnamed.empty());
  EXPECT_FALSE(report.flags.empty());  // R46: holders without an election
  EXPECT_EQ(report.organisation, "Friends of the Open Shore");
  const std::string text = to_text(report);
  EXPECT_THAT(text, HasSubstr("VALID. Every check has passed"));
  EXPECT_THAT(text, HasSubstr("cosigned by w1 at 2026-"));
  EXPECT_THAT(text, HasSubstr("held by " + ref_of(Book::member(1)) + " without an election (founding)"));
  EXPECT_TRUE(json::Document::parse(to_json(report)).has_value());
  EXPECT_THAT(to_json(report), HasSubstr(R"({"verdict":"valid","ledger":{"origin":"ledger.example/moot")"));
}

TEST_F(Tamper, AnEntryIsEditedInItsBundle) {
  const std::size_t edited = find("statement.publish");
  Bytes& bundle = file(partial("tile/entries/000"));
  const std::string text(text_of(bundle));
  bundle[text.find("Who we are")] = 'w';
  const Report report = copy.verify();
  EXPECT_THAT(details(report, CheckId::tiles),
              HasSubstr(fmt::format("entry {}: {} does not have its hash", edited, partial("tile/0/000"))));
  EXPECT_FALSE(report.valid());
}

TEST_F(Tamper, ATileIsTruncatedOrGone) {
  const std::string path = partial("tile/0/000");
  file(path).resize(file(path).size() - 1);
  EXPECT_THAT(details(copy.verify(), CheckId::tiles), HasSubstr(path + ": expected "));
  copy.files.erase(path);
  EXPECT_THAT(details(copy.verify(), CheckId::tiles), HasSubstr(path + ": there is none"));
}

TEST_F(Tamper, ABundleIsTruncated) {
  const std::string path = partial("tile/entries/000");
  file(path).resize(file(path).size() - 1);
  const Report report = copy.verify();
  EXPECT_EQ(failed(report), "tiles");
  EXPECT_THAT(details(report, CheckId::tiles), HasSubstr(path));
}

TEST_F(Tamper, ASignedActIsEditedByWhoeverHasTheLogsKey) {
  const std::size_t edited = find("statement.publish");
  replace(edited, "Who we are", "Who they are");
  copy.publish(now);
  const Report report = copy.verify();
  EXPECT_EQ(failed(report), "signers");
  EXPECT_THAT(details(report, CheckId::signers),
              HasSubstr(fmt::format("act {} (statement.publish): the signature of {} "
                                    "is wrong",
                                    edited, weeks().actor("general-secretary:").member)));
}

TEST_F(Tamper, WhatWasWorkedOutIsEdited) {
  const std::size_t edited = find("petition.open");
  replace(edited, R"("needed":1)", R"("needed":2)");
  copy.publish(now);
  const Report report = copy.verify();
  EXPECT_EQ(failed(report), "acts");
  EXPECT_THAT(details(report, CheckId::acts),
              HasSubstr(fmt::format("act {} (petition.open): what was worked out differs; later acts were not judged",
                                    edited)));
  EXPECT_EQ(report.judged, edited);
}

TEST_F(Tamper, ARefusalIsEditedAway) {
  const std::size_t edited = find("decision.take");
  const auto at = copy.entries[edited].find(R"(,"refused":)");
  const auto end = copy.entries[edited].find(R"(},"signatures")");
  copy.entries[edited].erase(at, end - at);
  copy.publish(now);
  const Report report = copy.verify();
  EXPECT_EQ(failed(report), "acts");
  EXPECT_THAT(details(report, CheckId::acts),
              HasSubstr(fmt::format("act {} (decision.take): against the rules: organs.conference.reserved", edited)));
}

TEST_F(Tamper, AnActIsDropped) {
  const std::string before = copy.checkpoint();
  MemoryStorage whole;
  whole.files = copy.files;
  const std::size_t dropped = find("statement.publish");
  copy.entries.erase(copy.entries.begin() + static_cast<std::ptrdiff_t>(dropped));
  copy.publish(now);
  // What followed from it cannot be any more; and whoever has kept a checkpoint sees the other head, and where.
  VerifyOptions options;
  options.earlier = before;
  options.earlier_log = &whole;
  const Report report = copy.verify(options);
  EXPECT_EQ(failed(report), "growth acts");
  EXPECT_THAT(details(report, CheckId::acts), HasSubstr("(statement.revise): against the rules"));
  EXPECT_THAT(details(report, CheckId::growth), HasSubstr("two heads of the same log: 101 entries with root "));
  EXPECT_THAT(details(report, CheckId::growth), HasSubstr(", cosigned by w1 at "));
  EXPECT_THAT(details(report, CheckId::growth), HasSubstr(fmt::format("they differ from entry {} on", dropped)));
}

TEST_F(Tamper, TheLastActsAreDropped) {
  VerifyOptions options;
  options.earlier = copy.checkpoint();
  copy.entries.resize(90);
  copy.publish(now);
  EXPECT_TRUE(copy.verify().valid());  // as anybody would think who has not seen more
  const Report report = copy.verify(options);
  EXPECT_EQ(failed(report), "growth");
  EXPECT_THAT(details(report, CheckId::growth), HasSubstr("and 90 entries with root "));
  EXPECT_THAT(details(report, CheckId::growth), HasSubstr("has fewer"));
}

TEST_F(Tamper, ActsAreReordered) {
  const std::size_t later = find("statement.revise");
  std::swap(copy.entries[later], copy.entries[later - 1]);
  copy.publish(now);
  const Report report = copy.verify();
  EXPECT_EQ(failed(report), "times acts");
  EXPECT_THAT(details(report, CheckId::times), HasSubstr(fmt::format("act {} (", later)));
  EXPECT_THAT(details(report, CheckId::times), HasSubstr(", and the act before it 2026-"));
}

TEST_F(Tamper, AnActIsBackDatedBeforeTheOneBeforeIt) {
  const std::size_t edited = find("statement.revise");
  const std::string time = charter::text(need(read_entry(copy.entries[edited])).act.time);
  replace(edited, R"("time":")" + time, R"("time":"2025-12-31T23:59:59Z)");
  copy.publish(now);
  const Report report = copy.verify();
  EXPECT_EQ(failed(report), "times signers acts");  // nobody can have asked for it later, either
  EXPECT_THAT(details(report, CheckId::times),
              HasSubstr(fmt::format("act {} (statement.revise) is dated 2025-12-31T23:59:59Z", edited)));
}

// In order, and signed for that day: only a witness knows that it was not there yet.
TEST_F(Tamper, AnActIsBackDatedBehindACosignedCheckpoint) {
  Copy then = copy;
  then.publish(now + 3 * 86'400);
  VerifyOptions options;
  options.earlier = then.checkpoint();
  const std::size_t added = copy.entries.size();
  copy.entries.push_back(json::to_text(next_entry(statement())));
  copy.publish(now + 4 * 86'400);
  EXPECT_TRUE(copy.verify().valid());
  const Report report = copy.verify(options);
  EXPECT_EQ(failed(report), "times");
  EXPECT_THAT(details(report, CheckId::times), HasSubstr(fmt::format("act {} (statement.publish) is dated", added)));
  EXPECT_THAT(details(report, CheckId::times), HasSubstr("was not in the log when that was cosigned at"));
}

TEST_F(Tamper, AnActIsDatedAfterItWasCosigned) {
  copy.publish(now - 2 * 86'400);
  const Report report = copy.verify();
  EXPECT_EQ(failed(report), "times");
  EXPECT_THAT(details(report, CheckId::times), HasSubstr("and was in the log when it was cosigned at"));
}

TEST_F(Tamper, AnOfficersActIsForgedWithoutTheirKey) {
  SignedRequest forged = statement();
  const std::size_t added = copy.entries.size();
  forged.signatures[0].signature = sign(forged.request, ref_of("Somebody else"), weeks().now).signature;
  copy.entries.push_back(json::to_text(next_entry(forged)));
  copy.publish(now);
  Report report = copy.verify();
  EXPECT_EQ(failed(report), "signers");
  EXPECT_THAT(details(report, CheckId::signers),
              HasSubstr(fmt::format("act {} (statement.publish): the signature", added)));

  forged.signatures.clear();
  copy.entries.back() = json::to_text(next_entry(forged));
  copy.publish(now);
  report = copy.verify();
  EXPECT_EQ(failed(report), "signers");
  EXPECT_THAT(details(report, CheckId::signers), HasSubstr("has not signed it"));
}

TEST_F(Tamper, TheSecondPersonOfAPrivilegedActDidNotSign) {
  const std::size_t edited = find("member.reset_key");
  Entry entry = need(read_entry(copy.entries[edited]));
  entry.signatures.pop_back();
  copy.entries[edited] = json::to_text(entry);
  copy.publish(now);
  const Report report = copy.verify();
  EXPECT_EQ(failed(report), "signers");
  EXPECT_THAT(details(report, CheckId::signers),
              HasSubstr(fmt::format("act {} (member.reset_key): {} has not signed it", edited,
                                    weeks().actor("chair:").member)));
}

TEST_F(Tamper, AnActIsDuplicated) {
  const std::size_t original = find("statement.publish");
  copy.entries.insert(copy.entries.begin() + static_cast<std::ptrdiff_t>(original), copy.entries[original]);
  copy.publish(now);
  const Report report = copy.verify();
  EXPECT_THAT(details(report, CheckId::signers),
              HasSubstr(fmt::format("act {} (statement.publish): what {} signed at", original + 1,
                                    weeks().actor("general-secretary:").member)));
  EXPECT_THAT(details(report, CheckId::signers), HasSubstr("was used before"));
}

TEST_F(Tamper, AnActAgainstTheCharterHasAValidSignature) {
  const SignedRequest request = weeks().signed_request(
      weeks().request("returning-officer:", "statement.publish", {{"title", "Mine"}, {"hash", sha256_hex("Mine\n")}}));
  const std::size_t added = copy.entries.size();
  copy.entries.push_back(
      json::to_text(Entry{{request.request.type, weeks().now, request.request.actor, {}, 1, request.request.body, {}},
                          request.signatures}));
  copy.entries.push_back(json::to_text(next_entry(statement())));
  copy.publish(now);
  const Report report = copy.verify();
  EXPECT_EQ(failed(report), "acts");
  EXPECT_THAT(details(report, CheckId::acts),
              HasSubstr(fmt::format("act {} (statement.publish): against the rules: duties.texts: this is the work of "
                                    "general-secretary; later acts were not judged",
                                    added)));
  EXPECT_EQ(report.judged, added);
  EXPECT_EQ(report[CheckId::signers].failures(), 0U);
}

// Where acts are not judged any more, their signatures still are.
TEST_F(Tamper, ALaterSignatureIsWrongToo) {
  replace(find("petition.open"), R"("needed":1)", R"("needed":2)");
  const std::size_t edited = find("statement.revise", find("member.reset_key"));
  replace(edited, sha256_hex("We walk a lot.\n"), sha256_hex("We run.\n"));
  copy.publish(now);
  const Report report = copy.verify();
  EXPECT_EQ(failed(report), "signers acts");
  EXPECT_THAT(details(report, CheckId::signers),
              HasSubstr(fmt::format("act {} (statement.revise): the signature", edited)));
  EXPECT_EQ(report[CheckId::acts].failures(), 1U);
}

TEST_F(Tamper, AnEntryIsNoAct) {
  copy.entries[60] += ' ';
  copy.publish(now);
  const Report report = copy.verify();
  EXPECT_EQ(failed(report), "entries acts");
  EXPECT_THAT(details(report, CheckId::entries), HasSubstr("entry 60: "));
  EXPECT_THAT(details(report, CheckId::acts), HasSubstr("entry 60 is no act: later acts were not judged"));
}

// The log shows the witness one history and the world another.
TEST_F(Tamper, TheWitnessWasShownAnotherHistory) {
  Copy shown = copy;
  shown.entries.resize(95);
  shown.entries.push_back(shown.entries[94]);
  shown.publish(now);  // cosigned: what the witness has stored
  copy.publish(0);
  Report report = copy.verify();
  EXPECT_EQ(failed(report), "witnesses");
  EXPECT_THAT(details(report, CheckId::witnesses), HasSubstr("not cosigned by w1"));
  VerifyOptions options;
  options.earlier = shown.checkpoint();
  report = copy.verify(options);
  EXPECT_EQ(failed(report), "witnesses growth");
  EXPECT_THAT(details(report, CheckId::growth), HasSubstr("two heads of the same log: 96 entries"));
  EXPECT_THAT(details(report, CheckId::growth), HasSubstr("cosigned by w1"));
}

TEST_F(Tamper, TwoHeadsOfOneSize) {
  Copy other = copy;
  other.entries.back() = json::to_text(next_entry(statement()));
  other.publish(now);
  VerifyOptions options;
  options.earlier = other.checkpoint();
  MemoryStorage log;
  log.files = other.files;
  options.earlier_log = &log;
  const Report report = copy.verify(options);
  EXPECT_EQ(failed(report), "growth");
  EXPECT_THAT(details(report, CheckId::growth),
              HasSubstr(fmt::format("they differ from entry {} on", copy.entries.size() - 1)));
}

TEST_F(Tamper, AnEarlierCheckpointMustBeTheLogsOwn) {
  VerifyOptions options;
  std::string forged = copy.checkpoint();
  forged.replace(forged.find("\n101\n"), 5, "\n100\n");
  options.earlier = forged;
  EXPECT_THAT(details(copy.verify(options), CheckId::growth), HasSubstr("the earlier checkpoint: "));
  options.earlier = "no checkpoint";
  EXPECT_EQ(failed(copy.verify(options)), "growth");
  options.earlier = copy.checkpoint();
  EXPECT_TRUE(copy.verify(options).valid());
}

TEST_F(Tamper, TheCheckpointIsOfNobodyThatIsKnown) {
  const ledger::Policy other = need(ledger::Policy::parse(fmt::format(
      "log {}\nquorum none\n", ledger::test::signer(origin, ledger::SignatureType::note, 9).key.to_text())));
  VerifyOptions options;
  options.policy = &other;
  Report report = copy.verify_with(options);
  EXPECT_EQ(failed(report), "signature");
  EXPECT_THAT(details(report, CheckId::signature), HasSubstr("no key that you know"));
  report = copy.verify_with({});
  EXPECT_EQ(failed(report), "signature");
  EXPECT_FALSE(report.valid());
  EXPECT_THAT(details(report, CheckId::signature), HasSubstr("could not be tied to anybody you know"));
  EXPECT_EQ(report.judged, copy.entries.size());
}

TEST_F(Tamper, ThereIsNoCheckpoint) {
  copy.files.erase("checkpoint");
  const Report report = copy.verify();
  EXPECT_EQ(failed(report), "checkpoint");
  EXPECT_FALSE(report.valid());
}

// R43: as happened to one of the reports from which the requirements come.
TEST_F(Tamper, SpamIsInjectedInAPublishedText) {
  const std::string hash = sha256_hex("We walk daily.\n");
  copy.texts.at(hash).insert(8, "BUY CHEAP SHOES ");
  const Report report = copy.verify();
  EXPECT_EQ(failed(report), "published");
  const std::string detail = details(report, CheckId::published);
  EXPECT_THAT(detail, HasSubstr("published/" + hash + " has been altered"));
  EXPECT_THAT(detail, HasSubstr(fmt::format("act {} (statement.revise): hash", find("statement.revise"))));
  EXPECT_THAT(detail, HasSubstr("it is \"Who we are\""));
  EXPECT_THAT(detail, HasSubstr("its version 3, published/" + sha256_hex("We walk a lot.\n")));
}

TEST_F(Tamper, TheLastGoodTextIsNamed) {
  for (const char* text : {"We walk a lot.\n", "We walk daily.\n"}) copy.texts.at(sha256_hex(text)) += "spam";
  const std::string detail = details(copy.verify(), CheckId::published);
  EXPECT_THAT(detail, HasSubstr("its version 1, published/" + sha256_hex("We walk.\n")));
  copy.texts.at(sha256_hex("We walk.\n")) = "spam";
  EXPECT_THAT(details(copy.verify(), CheckId::published), HasSubstr("is there as it was"));
}

// R44: what no act names is not the organisation's, and said to be so.
TEST_F(Tamper, ATextIsAddedThatNobodyPublished) {
  const std::string hash = copy.add("A promotion.\n");
  const Report report = copy.verify();
  EXPECT_TRUE(report.valid());
  EXPECT_THAT(report.unnamed, testing::ElementsAre(hash));
  EXPECT_THAT(to_text(report), HasSubstr("not the organisation's:\n  " + hash));
  copy.listed = false;
  EXPECT_TRUE(copy.verify().unnamed.empty());
}

TEST_F(Tamper, ATextIsNotThereAnyMore) {
  copy.texts.erase(sha256_hex("A path.\n"));
  const Report report = copy.verify();
  EXPECT_TRUE(report.valid());
  ASSERT_EQ(report.not_given.size(), 1U);
  EXPECT_EQ(report.not_given[0].where, fmt::format("act {} (petition.open): hash", find("petition.open")));
}

// One bit of anything that is published.
TEST_F(Tamper, NoFlippedBitVerifies) {
  std::vector<std::pair<std::string, std::size_t>> log_files;
  for (const auto& [path, bytes] : copy.files) log_files.emplace_back(path, bytes.size());
  ASSERT_EQ(log_files.size(), 3U);  // checkpoint, bundle, tile
  const std::size_t texts = copy.texts.size();
  rc::check("a flipped bit is found", [&] {
    const auto which = *rc::gen::inRange<std::size_t>(0, log_files.size() + texts);
    Copy flipped = copy;
    if (which < log_files.size()) {
      const auto& [path, size] = log_files[which];
      const auto bit = *rc::gen::inRange<std::size_t>(0, size * 8);
      flipped.files[path][bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
    } else {
      auto text = flipped.texts.begin();
      std::advance(text, which - log_files.size());
      const auto bit = *rc::gen::inRange<std::size_t>(0, text->second.size() * 8);
      text->second[bit / 8] = static_cast<char>(text->second[bit / 8] ^ (1 << bit % 8));
    }
    RC_ASSERT(!flipped.verify().valid());
  });
}

// Each bit of the checkpoint, on a ledger that is verified fast.
TEST(TamperCheckpoint, NoFlippedBitVerifies) {
  Copy copy;
  copy.entries.push_back(weeks().copy.entries.front());
  copy.publish(weeks().now.seconds);
  ASSERT_TRUE(copy.verify().valid());
  Bytes& checkpoint = copy.files.at("checkpoint");
  for (std::size_t bit = 0; bit < checkpoint.size() * 8; ++bit) {
    checkpoint[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
    const auto known = policy();
    EXPECT_FALSE(ledger::verify_checkpoint(known, text_of(checkpoint))) << bit;
    if (bit % 16 == 0) {
      EXPECT_FALSE(copy.verify().valid()) << bit;
    }
    checkpoint[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
  }
}

}  // namespace
}  // namespace folkmoot::audit
