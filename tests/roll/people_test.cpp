#include "service/people.hpp"

#include "roll/moot.hpp"
#include "service/characteristic.hpp"

namespace folkmoot::service {
namespace {

using PeopleStore = EitherStore;
ON_EITHER_STORE(PeopleStore);

const Person amara{"m-0000000000000001", "A1", "Amara Osei", "Amara@Example.org", "en", charter::Time{1615680000},
                   {"disabled", "woman"}};
const Person bo{"m-0000000000000002", "B2", "Bo Lindqvist", "amara@example.org", "", {}, {}};
const Person cleo{"m-0000000000000003", "C3", "Zoë 'Cleo' Marsh", "", "fr", charter::Time{0}, {"woman"}};

TEST_P(PeopleStore, FindsPeople) {
  People people = moot.people();
  const std::vector<Person> all{amara, bo, cleo};
  ok(people.insert(all));
  EXPECT_EQ(ok(people.by_reference(amara.reference)), amara);
  EXPECT_EQ(ok(people.by_id("C3")), cleo);
  EXPECT_EQ(ok(people.by_id("c3")), std::nullopt);
  EXPECT_EQ(ok(people.by_reference("m-0000000000000009")), std::nullopt);
  EXPECT_EQ(ok(people.by_email("AMARA@example.ORG")), (std::vector<Person>{amara, bo}));
  EXPECT_TRUE(ok(people.by_email("")).empty()) << "nobody is found by having no address";
}

TEST_P(PeopleStore, ChangesAndForgetsPeople) {
  People people = moot.people();
  ok(people.insert(std::vector{amara, bo}));
  Person changed = amara;
  changed.name = "Amara Holm";
  changed.joined.reset();
  changed.characteristics.clear();
  ok(people.update(std::vector{changed}));
  EXPECT_EQ(ok(people.by_id("A1")), changed);
  EXPECT_EQ(ok(people.by_id("B2")), bo);
  ok(people.remove(std::vector<std::string>{amara.reference}));
  EXPECT_EQ(ok(people.by_id("A1")), std::nullopt);
  EXPECT_EQ(ok(people.by_id("B2")), bo);
}

TEST_P(PeopleStore, NobodyIsThereTwice) {
  People people = moot.people();
  ok(people.insert(std::vector{amara}));
  Person other = bo;
  other.id = amara.id;
  EXPECT_FALSE(people.insert(std::vector{other}));
  other = bo;
  other.reference = amara.reference;
  EXPECT_FALSE(people.insert(std::vector{other}));
  EXPECT_EQ(ok(people.by_id("A1")), amara);
}

TEST_P(PeopleStore, VisitsEverybodyOnceInOrder) {
  std::vector<Person> all;
  for (std::size_t i = 0; i < 10'003; ++i) {  // more than a page
    all.push_back({fmt::format("m-{:016x}", i * 37), fmt::format("id {}", 20'000 - i), "n", "", "", {}, {}});
  }
  People people = moot.people();
  ok(people.insert(all));
  std::size_t next = 0;
  ok(people.each([&](Person&& person) {
    ASSERT_LT(next, all.size());
    ASSERT_EQ(person, all[next++]);
  }));
  EXPECT_EQ(next, all.size());
}

// R9: the number of applicants who have declared it is published, and nobody's answer.
TEST_P(PeopleStore, CountsWhatApplicantsDeclared) {
  test::Organisation org("campaign");
  const charter::State& state = org.state();
  org.act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
  org.act("returning-officer:", "contest.call", {{"post", "chair"}, {"seats", 1}});
  const std::string contest = org.last("contest");
  org.prepare(contest);
  org.until(charter::get(state.contests, contest).opens);
  std::vector<Person> all;
  for (int i = 1; i <= 4; ++i) {
    const std::string name = test::Organisation::member(i);
    org.act(name, "application.submit", {{"contest", contest}, {"statement", test::Organisation::hash(name)}});
    const std::string application = org.last("application");
    for (int n = 0; n < org.charter().contests.at("leader").nominations; ++n) {
      org.act(test::Organisation::member(30 + n), "application.nominate", {{"application", application}});
    }
    Person person{test::Organisation::ref(name), fmt::format("{}", i), name, "", "", {}, {}};
    if (i <= 2) person.characteristics = {"left-handed", "woman"};
    if (i == 3) person.characteristics = {"not-a-woman"};
    if (i != 4) all.push_back(person);  // of the fourth nothing is known
  }
  Person not_standing{test::Organisation::ref(test::Organisation::member(9)), "9", "", "", "", {}, {"woman"}};
  all.push_back(not_standing);
  ok(moot.people().insert(all));
  const charter::Actor officer = org.actor("returning-officer:");
  const auto count = [&](const char* characteristic) {
    const charter::Request request = ok(count_characteristic(moot.database(), state, contest, characteristic, officer));
    EXPECT_EQ(request.type, "contest.count_characteristic");
    return request.body.count("applicants");
  };
  ASSERT_EQ(charter::get(state.contests, contest).applications.size(), 4U);
  EXPECT_EQ(count("woman"), 2);
  EXPECT_EQ(count("not-a-woman"), 1);
  EXPECT_EQ(count("disabled"), 0);
  EXPECT_FALSE(count_characteristic(moot.database(), state, "contest-0", "woman", officer));
}

}  // namespace
}  // namespace folkmoot::service
