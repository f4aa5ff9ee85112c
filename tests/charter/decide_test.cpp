// Whatever somebody does to a history, replaying it shows; and no request, however odd, does more than be refused.
#include "charter/decide.hpp"

#include <gtest/gtest.h>

#include "charter/organisation.hpp"

namespace folkmoot::charter {
namespace {

using test::Organisation;

// A history with a petition that is tabled, a vacancy with a deputy, and a refused attempt.
std::vector<Act> history() {
  Organisation org("campaign", 20);
  org.act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
  org.pass(days(1));
  org.refused("treasurer:", "paper.release", {{"paper", "paper-1"}}, "duties.texts");
  org.act("general-secretary:", "statement.publish", {{"title", "A notice"}, {"hash", Organisation::hash("a")}});
  org.act("Member 1", "petition.open", {{"rule", "policy"}, {"title", "t"}, {"hash", Organisation::hash("p")}});
  const std::string petition = org.last("petition");
  for (int i = 1; i <= get(org.state().petitions, petition).needed; ++i) {
    org.pass(days(1));
    org.act(Organisation::member(i), "petition.sign", {{"petition", petition}});
  }
  org.expect_replays();
  return org.acts();
}

// Where an act of that type is, from the end.
std::size_t find(const std::vector<Act>& acts, std::string_view type) {
  for (std::size_t i = acts.size(); i-- > 0;) {
    if (acts[i].type == type) return i;
  }
  ADD_FAILURE() << type;
  return 0;
}

// The message with which replaying fails; empty if it does not.
std::string failure(const std::vector<Act>& acts) {
  const auto state = replay(acts);
  return state ? "" : state.error().message;
}

TEST(Replay, NamesWhatWasTamperedWith) {
  const std::vector<Act> good = history();
  ASSERT_EQ(failure(good), "");
  const auto with = [&](auto change) {
    std::vector<Act> acts = good;
    change(acts);
    return failure(acts);
  };
  const auto named = [](std::size_t index, std::string_view type) { return fmt::format("act {} ({})", index, type); };
  const std::size_t sign = find(good, "petition.sign"), table = find(good, "petition.table"),
                    attempt = find(good, "paper.release"), open = find(good, "petition.open");
  using Acts = std::vector<Act>;
  // Edited, dropped, repeated, re-ordered, back-dated.
  EXPECT_TRUE(with([&](Acts& a) { a[open].body.set("needed", 1); }).starts_with(named(open, "petition.open")));
  EXPECT_TRUE(
      with([&](Acts& a) { a.erase(a.begin() + static_cast<int>(sign)); }).starts_with(named(sign, "petition.table")));
  EXPECT_TRUE(with([&](Acts& a) {
                a.insert(a.begin() + static_cast<int>(sign), a[sign - 1]);
              }).starts_with(named(sign, "petition.sign")));
  EXPECT_TRUE(with([&](Acts& a) { std::swap(a[sign], a[table]); }).starts_with(named(sign, "petition.table")));
  EXPECT_TRUE(
      with([&](Acts& a) { a[sign].time = a[sign - 1].time - days(1); }).starts_with(named(sign, "petition.sign")));
  // Done by somebody else, under another version, or with a second person who is not one.
  EXPECT_TRUE(with([&](Acts& a) {
                a[sign].actor.member = a[sign - 1].actor.member;
              }).starts_with(named(sign, "petition.sign")));
  EXPECT_TRUE(with([&](Acts& a) { a[sign].charter = 2; }).starts_with(named(sign, "petition.sign")));
  EXPECT_TRUE(with([&](Acts& a) { a[sign].seconded_by = {a[open].actor}; }).starts_with(named(sign, "petition.sign")));
  // A refusal that was granted after all, or for another reason; a granted act passed off as refused.
  EXPECT_TRUE(with([&](Acts& a) { a[attempt].refused.reset(); }).starts_with(named(attempt, "paper.release")));
  EXPECT_TRUE(with([&](Acts& a) { a[attempt].refused->rule = "none"; }).starts_with(named(attempt, "paper.release")));
  EXPECT_TRUE(with([&](Acts& a) {
                a[sign].refused = Refusal{"r", "m", true};
              }).starts_with(named(sign, "petition.sign")));
  // What the clock had to do left out: whoever acts next is refused.
  const std::size_t announce = find(good, "seat.announce");
  EXPECT_NE(with([&](Acts& a) { a.erase(a.begin() + static_cast<int>(announce)); }), "");
}

TEST(Decide, OddRequestsAreRefused) {
  Organisation org("cooperative", 5);
  const auto refused = [&](Request request, Time now) {
    const Decided decided = decide(org.state(), request, now);
    return std::holds_alternative<Refusal>(decided) && !std::get<Refusal>(decided).recorded;
  };
  const Actor chair = org.actor("chair:");
  const Body title{{"title", "t"}};
  EXPECT_TRUE(refused({"", chair, {}, {}}, org.now()));
  EXPECT_TRUE(refused({"caucus.form", {"", ""}, {}, title}, org.now()));
  EXPECT_TRUE(refused({"caucus.form", {"", "chair"}, {}, title}, org.now()));
  EXPECT_TRUE(refused({"caucus.form", {"somebody", ""}, {}, title}, org.now()));
  EXPECT_TRUE(refused({"caucus.form", {chair.member, "treasurer"}, {}, title}, org.now()));
  EXPECT_TRUE(refused({"caucus.form", chair, {chair}, title}, org.now()));
  EXPECT_TRUE(refused({"caucus.form", chair, {}, title}, org.now() - Length{1}));
  EXPECT_TRUE(refused({"caucus.form", chair, {}, title}, never));
  for (const Body& body : {Body{}, Body{{"title", ""}}, Body{{"title", "two\nlines"}}, Body{{"title", 1}},
                           Body{{"title", "t"}, {"more", "m"}}, Body{{"title", "t"}, {"title", "t"}},
                           Body{{"title", "\xff"}}, Body{{"title", std::string(201, 't')}}}) {
    EXPECT_TRUE(refused({"caucus.form", chair, {}, body}, org.now()));
  }
  EXPECT_FALSE(refused({"caucus.form", chair, {}, title}, org.now()));
  // Before there is an organisation nothing but its founding is possible.
  EXPECT_TRUE(std::holds_alternative<Refusal>(decide(State{}, {"caucus.form", chair, {}, title}, org.now())));
}

TEST(Act, ReadsOneFormOnly) {
  const std::string good =
      R"({"type":"caucus.form","time":"2026-01-05T09:00:00Z","actor":{"member":"m-0123456789abcdef"},"charter":1,)"
      R"("body":{"title":"t"}})";
  ASSERT_TRUE(read_act(good)) << read_act(good).error().message;
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    return text.replace(text.find(from), from.size(), to);
  };
  for (const std::string& text :
       {std::string(), std::string("{}"), good + " ", with("caucus.form", "caucus.farm"), with("09:00", "9:00"),
        with("m-01", "m-g1"), with(":1,", ":01,"), with(":1,", ":-1,"),
        with("\"title\":\"t\"", "\"title\":\"t\",\"x\":1"), with("\"title\":\"t\"", ""), with("\"t\"", "\"\\u0074\""),
        with("{\"type\"", "{\"x\":1,\"type\""), with("\"member\":", "\"clock\":true,\"member\":")}) {
    EXPECT_FALSE(read_act(text)) << text;
  }
}

}  // namespace
}  // namespace folkmoot::charter
