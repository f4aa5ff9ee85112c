// One test for each row of REQUIREMENTS.md, named by its number. Each prints its acts and refusals.
#pragma once

#include "scenes/organisation.hpp"

namespace folkmoot::scenes {

using namespace charter;

class Scenes : public ::testing::Test {
 protected:
  void TearDown() override { org.expect_replays(); }

  [[nodiscard]] const Seat& seat(const std::string& post, int number = 1) const {
    return get(org.state().seats, Organisation::seat(post, number));
  }
  static std::string ref(const std::string& person) { return Organisation::ref(person); }
  static std::string hash(const std::string& text) { return Organisation::hash(text); }
  static std::string member(int number) { return Organisation::member(number); }

  // A contest for the post, called, with its election frozen and applications open.
  std::string call(const std::string& post, int seats = 1) {
    org.act("returning-officer:", "contest.call", {{"post", post}, {"seats", seats}});
    const std::string contest = org.last("contest");
    org.prepare(contest);
    org.until(get(org.state().contests, contest).opens);
    EXPECT_EQ(get(org.state().contests, contest).stage, "applications");
    return contest;
  }
  // An application with as many nominations as it needs, which makes the person a candidate.
  std::string stand(const std::string& contest, const std::string& person) {
    org.act(person, "application.submit", {{"contest", contest}, {"statement", hash("statement of " + person)}});
    const std::string application = org.last("application");
    const std::string rule = get(org.state().contests, contest).rule;
    for (int i = 0; i < org.charter().contests.at(rule).nominations; ++i) {
      org.act(member(30 + i), "application.nominate", {{"application", application}});
    }
    EXPECT_EQ(get(org.state().applications, application).stage, "standing");
    return application;
  }
  // To the end of the campaign.
  void campaign(const std::string& contest) {
    org.until(get(org.state().contests, contest).closes + days(1));
    if (!org.charter().contests.at(get(org.state().contests, contest).rule).minima.empty()) {
      org.act("returning-officer:", "contest.count_characteristic",
              {{"contest", contest}, {"characteristic", "woman"}, {"applicants", 4}});
    }
    org.until(get(org.state().contests, contest).ballot_from);
    EXPECT_EQ(get(org.state().contests, contest).stage, "candidates");
  }
  const std::string& stage(const std::string& id) const { return find_thing(org.state(), id)->stage; }
  // A decision of an organ with all present and in favour.
  std::string decide_in(const std::string& organ, const std::string& title, Body more = {}) {
    const auto present = static_cast<std::int64_t>(seated(org.state(), organ).size());
    Body body{{"organ", organ},
              {"title", title},
              {"hash", hash(title)},
              {"present", std::max<std::int64_t>(present, 1)},
              {"yes", std::max<std::int64_t>(present, 1)},
              {"no", 0}};
    for (const auto& [name, value] : more.fields()) body.set(name, value);
    org.act(org.charter().organs.at(organ).secretary + ":", "decision.take", body);
    return org.last("decision");
  }

  Organisation org{"campaign"};
};

}  // namespace folkmoot::scenes
