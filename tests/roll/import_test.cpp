#include <rapidcheck/gtest.h>

#include "roll/moot.hpp"

namespace folkmoot::service {
namespace {

using testing::HasSubstr;

class RollImport : public EitherStore {
 protected:
  static std::vector<std::string> types(const std::vector<charter::Request>& requests) {
    std::vector<std::string> all;
    for (const auto& request : requests) all.push_back(request.type);
    return all;
  }
};
ON_EITHER_STORE(RollImport);

const std::string first_list =
    "id,name,email,section,joined,status,supporter\n"
    "1,Amara Osei,amara@example.org,North Shore,2020-04-03,active,\n"
    "2,Bo Lindqvist,bo@example.org,South Bay,2020-11-30,active,\n"
    "3,Cleo Marsh,,North Shore,2026-02-20,active,\n"
    "4,Dara Holt,dara@example.org,,,active,yes\n"
    "5,Esi Vale,esi@example.org,South Bay,2011-01-01,lapsed,\n";

TEST_P(RollImport, AdmitsWhoIsNew) {
  const RollPlan plan = moot.plan(first_list);
  EXPECT_EQ(describe(plan),
            "5 lines: 0 unchanged\n"
            "to admit: 4\n"
            "  1, 2, 3, 4\n"
            "  of them without a date of joining, who join on the day of the import: 1\n"
            "not admitted, because the list has them as lapsed or left: 1\n"
            "on the roll without details in the private store: 79\n");
  const auto requests = moot.apply(plan);
  EXPECT_EQ(types(requests),
            (std::vector<std::string>{"member.admit", "member.admit", "member.admit", "supporter.admit"}));
  for (const auto& request : requests) EXPECT_EQ(json::to_text(request).find("Amara"), std::string::npos);
  moot.submit(requests);
  EXPECT_EQ(moot.stage("1"), "active");
  EXPECT_EQ(moot.stage("4"), "supporter");
  EXPECT_EQ(moot.stage("5"), "not on the roll");
  EXPECT_EQ(moot.membership("1").section, "north-shore");
  EXPECT_EQ(moot.membership("2").section, "south-bay");
  // No rule asks for more than 180 days, so that the day on which the first two joined concerns nobody.
  EXPECT_EQ(text(moot.membership("1").joined), "2020-01-01T00:00:00Z");
  EXPECT_EQ(text(moot.membership("3").joined), "2026-02-20T00:00:00Z");
  EXPECT_EQ(text(*ok(moot.people().by_id("1"))->joined), "2020-04-03T00:00:00Z");
  EXPECT_FALSE(ok(moot.people().by_id("5"))) << "nothing is kept of who is not admitted";
  const RollPlan again = moot.plan(first_list);
  EXPECT_TRUE(again.empty()) << describe(again);
  EXPECT_EQ(again.unchanged, 4U);
  EXPECT_TRUE(moot.apply(again).empty());
}

TEST_P(RollImport, FollowsTheList) {
  moot.import(first_list);
  const RollPlan plan = moot.plan(
      "id,name,email,section,joined,status,supporter\n"
      "1,Amara Osei,amara@example.org,South Bay,2020-04-03,active,\n"
      "2,Bo Lindqvist,,South Bay,2020-11-30,left,\n"
      "4,Dara Holt,dara@example.org,Hill Side,,active,no\n"
      "6,Fia Stone,fia@example.org,North Shore,2025-01-01,active,\n");
  EXPECT_EQ(describe(plan),
            "4 lines: 0 unchanged\n"
            "to admit: 1\n"
            "  6\n"
            "supporters to promote to members: 1\n"
            "  4\n"
            "to move to another section: 2\n"
            "  1, 4\n"
            "to lapse: 1\n"
            "  2\n"
            "  of them left, in the list: they end their membership by an act of their own, or are erased: 1\n"
            "details changed, in the private store only: 1\n"
            "  2\n"
            "sections new to the roll: 1\n"
            "  hill-side\n"
            "not in the list, and left as they are: 1\n"
            "  \"3\": active\n"
            "on the roll without details in the private store: 79\n");
  EXPECT_EQ(moot.stage("1"), "active");
  EXPECT_EQ(moot.membership("1").section, "north-shore") << "a plan changes nothing";
  const auto requests = moot.apply(plan);
  EXPECT_EQ(types(requests),
            (std::vector<std::string>{"member.admit", "member.promote", "member.move", "member.move", "member.lapse"}));
  moot.submit(requests);
  EXPECT_EQ(moot.stage("2"), "lapsed");
  EXPECT_EQ(moot.stage("3"), "active") << "nobody is removed because a list is short";
  EXPECT_EQ(moot.stage("4"), "active");
  EXPECT_EQ(moot.membership("4").section, "hill-side");
  EXPECT_EQ(ok(moot.people().by_id("2"))->email, "");
  EXPECT_EQ(types(moot.apply(moot.plan("id,section,status\n2,North Shore,active\n"))),
            (std::vector<std::string>{"member.renew", "member.move"}));
  EXPECT_EQ(ok(moot.people().by_id("2"))->name, "Bo Lindqvist") << "a column that is not there changes nothing";
}

TEST_P(RollImport, LeavesConflictsToPeople) {
  moot.import(first_list);
  const std::string amara = moot.reference("1");
  moot.submit({"member.leave", {amara, ""}, {}, {{"member", amara}}});
  const RollPlan plan = moot.plan(
      "id,email,section,joined,status,supporter\n"
      "1,amara@example.org,,,active,\n"
      "3,,,,active,yes\n"
      "4,dara@example.org,,,lapsed,yes\n"
      "7,x@example.org,,,active,\n"
      "7,x@example.org,,,lapsed,\n"
      "8,BO@example.org,,,active,\n"
      "9,new@example.org,,2030-01-01,active,\n"
      "10,same@example.org,,,active,\n"
      "11,Same@example.org,,,active,\n");
  EXPECT_THAT(describe(plan, 10),
              HasSubstr("not in the list, and left as they are: 1\n"
                        "  \"2\": active\n"
                        "conflicts, and left as they are: 7\n"
                        "  line 2, \"1\": has left: once erased, the same person can be admitted as a new member\n"
                        "  line 3, \"3\": is a supporter in the list, and active as a member on the roll\n"
                        "  line 4, \"4\": is a supporter, who leaves by an act of their own\n"
                        "  line 5, \"7\": the id is on several lines\n"
                        "  line 6, \"7\": the id is also on line 5\n"
                        "  line 7, \"8\": has the e-mail address of \"2\", who is not in the list: the same person "
                        "under another id?\n"
                        "  line 8, \"9\": joins only on 2030-01-01T00:00:00Z\n"
                        "shared e-mail addresses: 1\n"
                        "  line 10, \"11\": has the same e-mail address as \"10\"\n"));
  moot.submit(moot.apply(plan));
  EXPECT_EQ(moot.stage("7"), "not on the roll");
  EXPECT_EQ(moot.stage("8"), "not on the roll");
  EXPECT_EQ(moot.stage("10"), "active") << "families share addresses";
  EXPECT_EQ(moot.stage("11"), "active");
}

TEST_P(RollImport, SuspendedMembersStaySuspended) {
  moot.import(first_list);
  charter::Membership& bo = moot.state.members.at(moot.reference("2"));
  bo.stage = "suspended";
  bo.suspended_by = "case-7";
  EXPECT_TRUE(moot.plan("id,section\n2,South Bay\n").empty());
  EXPECT_THAT(describe(moot.plan("id,status\n2,lapsed\n")), HasSubstr("is suspended by case-7 and cannot lapse"));
  EXPECT_THAT(describe(moot.plan("id,section\n2,Hill\n")), HasSubstr("who is suspended cannot be moved"));
}

TEST_P(RollImport, NoSupportersWhereTheCharterKnowsNone) {
  auto charter = std::make_shared<charter::Charter>(moot.state.charter());
  charter->supporters = false;
  moot.state.charters.back() = charter;
  const RollPlan plan = moot.plan("id,supporter\n1,yes\n");
  EXPECT_TRUE(plan.empty());
  EXPECT_THAT(describe(plan), HasSubstr("is a supporter, and the charter knows none"));
}

TEST_P(RollImport, ActsOfAdmissionAreOfLimitedLength) {
  std::string list = "id,section,joined\n";
  for (int i = 0; i < 4500; ++i) list += fmt::format("{},{},2015-06-{:02}\n", i, i < 4100 ? "a" : "b", i % 28 + 1);
  const auto requests = moot.apply(moot.plan(list));
  ASSERT_EQ(requests.size(), 4U);
  std::vector<std::size_t> sizes;
  charter::Names references;
  for (const auto& request : requests) {
    const charter::Names& members = request.body.list("members");
    sizes.push_back(members.size());
    EXPECT_TRUE(std::ranges::is_sorted(members)) << "the order of the list would say something about people";
    references.insert(references.end(), members.begin(), members.end());
  }
  EXPECT_EQ(sizes, (std::vector<std::size_t>{2000, 2000, 100, 400}));
  moot.submit(requests);
  EXPECT_TRUE(moot.plan(list).empty());
}

// Wherever an import is interrupted, importing the same list again does the rest, and nobody is on the roll twice.
TEST_P(RollImport, ConvergesAfterAnInterruption) {
  const std::string second_list =
      "id,name,section,joined,status\n"
      "1,Amara Holm,South Bay,2020-04-03,active\n"
      "2,Bo Lindqvist,South Bay,2020-11-30,lapsed\n"
      "3,Cleo Marsh,North Shore,2026-02-20,active\n"
      "20,Nia Reed,North Shore,2019-01-01,active\n"
      "21,Ove Strand,South Bay,2019-01-01,active\n";
  const auto state_of_all = [&] {
    std::string all;
    for (const char* id : {"1", "2", "3", "4", "20", "21"}) {
      const auto person = ok(moot.people().by_id(id));
      all += fmt::format("{} {} {} {}\n", id, person->name, moot.stage(id), moot.membership(id).section);
    }
    return all + fmt::format("{}", moot.state.members.size());
  };
  moot.import(first_list);
  moot.import(second_list);
  const std::string expected = state_of_all();
  for (std::size_t submitted = 0; submitted < 4; ++submitted) {
    moot.begin_anew();
    moot.import(first_list);
    const auto requests = moot.apply(moot.plan(second_list));
    ASSERT_EQ(requests.size(), 4U);
    moot.submit(std::span(requests).first(submitted));  // and never the others
    const auto rest = moot.apply(moot.plan(second_list));
    EXPECT_EQ(rest.size(), requests.size() - submitted);
    moot.submit(rest);
    EXPECT_EQ(state_of_all(), expected) << submitted;
    EXPECT_TRUE(moot.plan(second_list).empty());
  }
}

TEST_P(RollImport, PeopleWhoWereOnlyPreparedAreForgotten) {
  moot.apply(moot.plan("id,name\n30,Gil Moor\n31,Hana Tye\n"));  // and the acts are lost
  EXPECT_TRUE(ok(moot.people().by_id("30")));
  const RollPlan plan = moot.plan("id,name\n31,Hana Tye\n");
  EXPECT_THAT(describe(plan), HasSubstr("prepared by an unfinished import, not in this list, and forgotten: 1\n"));
  moot.submit(moot.apply(plan));
  EXPECT_FALSE(ok(moot.people().by_id("30")));
  EXPECT_EQ(moot.stage("31"), "active");
}

TEST_P(RollImport, APlanIsAppliedOnce) {
  const RollPlan plan = moot.plan(first_list);
  moot.submit(moot.apply(plan));
  const std::string reference = moot.reference("1");
  EXPECT_FALSE(apply_import(moot.database(), moot.state, plan, moot.officer(), moot.now, moot.random));
  EXPECT_EQ(moot.reference("1"), reference);
  EXPECT_TRUE(moot.plan(first_list).empty());
}

// After an import the roll says what the list says, whatever it said before, and importing again changes nothing.
struct Listed {
  int id = 0;
  std::string name, email, section, status;
};
std::string list_of(const std::vector<Listed>& people) {
  std::string list = "id,name,email,section,status\n0,Always Here,,hill,active\n";
  for (const auto& one : people) {
    list += fmt::format("{},{},{},{},{}\n", one.id, one.name, one.email, one.section, one.status);
  }
  return list;
}
std::vector<Listed> any_list() {
  std::vector<Listed> people;
  for (int id = 1; id < 14; ++id) {
    if (*rc::gen::weightedElement<bool>({{1, false}, {3, true}})) {
      people.push_back({id, *rc::gen::element<std::string>("Ada", "Bea", "Zoë"),
                        *rc::gen::element<std::string>("", fmt::format("m{}@example.org", id)),
                        *rc::gen::element<std::string>("hill", "shore", "bay"),
                        *rc::gen::element<std::string>("active", "active", "active", "lapsed", "left")});
    }
  }
  return people;
}

TEST_P(RollImport, TheRollSaysWhatTheListSays) {
  rc::check([&] {
    moot.begin_anew();
    const std::size_t founders = moot.state.members.size();
    std::map<int, bool> on_roll;
    for (int round = 0; round < 4; ++round) {
      const auto people = any_list();
      const std::string list = list_of(people);
      moot.import(list);
      for (const Listed& one : people) {
        const std::string id = std::to_string(one.id);
        on_roll[one.id] = on_roll[one.id] || one.status == "active";
        if (!on_roll[one.id]) {
          RC_ASSERT(moot.stage(id) == "not on the roll");
          continue;
        }
        RC_ASSERT(moot.stage(id) == (one.status == "active" ? "active" : "lapsed"));
        if (one.status == "active") RC_ASSERT(moot.membership(id).section == one.section);
        const auto person = ok(moot.people().by_id(id));
        RC_ASSERT(person->name == one.name);
        RC_ASSERT(person->email == one.email);
      }
      const RollPlan again = moot.plan(list);
      RC_ASSERT(again.empty());
      RC_ASSERT(again.conflicts.empty());
      const auto on = std::ranges::count_if(on_roll, [](const auto& entry) { return entry.second; });
      RC_ASSERT(moot.state.members.size() == founders + 1 + static_cast<std::size_t>(on));
    }
  });
}

}  // namespace
}  // namespace folkmoot::service
