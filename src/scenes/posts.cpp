// R1–R10: posts and contests.
#include "charter/notices.hpp"
#include "scenes/scene.hpp"

namespace folkmoot::scenes {
namespace {

void an_office_holder_stands_down(Stage& org) {
  const std::string chair = org.seat("chair").holder;
  const std::string deputy = org.seat("deputy-chair").holder;
  org.act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
  org.check(org.did("seat.announce"));
  org.equal(org.seat("chair").stage, "interim");
  org.equal(org.seat("chair").holder, deputy);
  org.check(chair != deputy);
  org.equal(org.seat("chair").vacant_since, org.now());
  org.equal(org.seat("chair").call_by, org.now() + days(14));
  const Act call = org.act("returning-officer:", "contest.call", {{"post", "chair"}, {"seats", 1}});
  org.equal(call.body.time("closes"), org.now() + days(28));
}

void a_holder_will_not_stand_again(Stage& org) {
  org.act("deputy-chair:", "seat.resign", {{"seat", "seat-deputy-chair-1"}});
  const std::string contest = org.call("deputy-chair");
  const std::string application = org.stand(contest, member(1));
  // Not while an application is open; those who nominated the member are told.
  org.refused(member(1), "member.decline", {{"post", "deputy-chair"}}, "lifecycle.application");
  org.act(member(1), "application.withdraw", {{"application", application}});
  const Act declaration = org.act(member(1), "member.decline", {{"post", "deputy-chair"}});
  org.equal(told(org.state(), declaration).people, (Names{id_of(member(30)), id_of(member(31))}));
  const Refusal refusal =
      org.refused(member(1), "application.submit", {{"contest", contest}, {"statement", hash("I will after all")}},
                  "posts.deputy-chair");
  org.check(refusal.recorded);
}

void one_person_several_offices(Stage& org) {
  org.act("deputy-chair:", "seat.resign", {{"seat", "seat-deputy-chair-1"}});
  const std::string holder = org.seat("coordinator").holder;
  const std::string name = org.name_of(holder);
  const std::string contest = org.call("deputy-chair");
  org.stand(contest, name);
  org.stand(contest, member(1));
  org.campaign(contest);
  const std::string election = get(org.state().contests, contest).election;
  org.open(election);
  org.declare(election, {name});
  org.equal(org.seat("deputy-chair").holder, holder);
  org.equal(org.seat("coordinator").holder, holder);
  org.act(name, "seat.resign", {{"seat", "seat-deputy-chair-1"}});
  org.equal(org.seat("deputy-chair").stage, "vacant");
  org.equal(org.seat("coordinator").holder, holder);
  org.check(contains(seated(org.state(), "coordinating"), holder));
}

void resignation_while_a_case_is_open(Stage& org) {
  org.act("conduct-officer:", "case.open",
          {{"member", org.seat("treasurer").holder},
           {"rule", "misuse-of-funds"},
           {"evidence", hash("e")},
           {"notice", hash("n")}});
  const std::string id = org.last("case");
  const Case before = get(org.state().cases, id);
  org.act("treasurer:", "seat.resign", {{"seat", "seat-treasurer-1"}});
  org.equal(org.seat("treasurer").stage, "vacant");
  const Case& after = get(org.state().cases, id);
  org.equal(after.stage, "noticed");
  org.equal(after.reply_by, before.reply_by);
  org.equal(after.decide_by, before.decide_by);
}

void appointment_by_a_committee(Stage& org) {
  org.act("adviser:", "seat.resign", {{"seat", "seat-adviser-1"}});
  org.act("general-secretary:", "seat.resign", {{"seat", "seat-general-secretary-1"}});
  const std::string contest = [&] {
    org.act("returning-officer:", "contest.call", {{"post", "general-secretary"}, {"seats", 1}});
    return org.last("contest");
  }();
  const std::string election = org.prepare(contest);
  const Election& frozen = get(org.state().elections, election);
  org.equal(frozen.electors, seated(org.state(), "coordinating"));
  // Somebody who comes to the committee later has no vote in it.
  const std::string delegates = [&] {
    org.act("convener:", "seat.resign", {{"seat", "seat-convener-1"}});
    return org.call("convener");
  }();
  org.check(!delegates.empty());
  org.refused("Rua Registrar", "election.issue", {{"election", election}, {"member", id_of(member(5))}},
              "electorates.coordinating");
  org.act("Rua Registrar", "election.issue", {{"election", election}, {"member", org.seat("chair").holder}});
}

void applications_with_a_deadline(Stage& org) {
  org.act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
  const std::string contest = org.call("chair");
  const Time closes = get(org.state().contests, contest).closes;
  // Nobody moves the deadline alone, or forward.
  org.refused("returning-officer:", "contest.move_deadline",
              {{"contest", contest}, {"closes", text(closes + days(2))}, {"reasons", hash("r")}}, "privileged");
  org.refused("returning-officer:", "contest.move_deadline",
              {{"contest", contest}, {"closes", text(closes - days(2))}, {"reasons", hash("r")}},
              "contests.leader.applications", "treasurer:");
  org.until(closes);
  org.stand(contest, member(1));
  org.until(closes + Length{1});
  const Refusal late = org.refused(member(2), "application.submit", {{"contest", contest}, {"statement", hash("s")}},
                                   "contests.*.applications");
  org.check(late.recorded);
  org.equal(org.acts().back().time, closes + Length{1});
  org.check(org.acts().back().refused.has_value());
}

void withdrawal_before_the_deadline(Stage& org) {
  org.act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
  const std::string contest = org.call("chair");
  const std::string first = org.stand(contest, member(1));
  org.stand(contest, member(2));
  const Time closes = get(org.state().contests, contest).closes;
  org.until(closes - days(2));
  const Act withdrawal = org.act(member(1), "application.withdraw", {{"application", first}});
  org.equal(told(org.state(), withdrawal).election, get(org.state().contests, contest).election);
  org.check(get(org.state().contests, contest).extension_offered);
  org.until(closes + Length{1});
  // One candidate for one seat: nobody is elected unopposed, so the contest is short and opens again.
  org.equal(org.stage(contest), "short");
  org.equal(org.seat("chair").stage, "interim");
  org.act("returning-officer:", "contest.reopen", {{"contest", contest}});
  org.equal(org.stage(contest), "applications");
  org.stand(contest, member(3));
  org.campaign(contest);
}

void the_extension_is_offered(Stage& org) {
  org.act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
  const std::string contest = org.call("chair");
  const std::string first = org.stand(contest, member(1));
  org.refused("returning-officer:", "contest.extend", {{"contest", contest}}, "contests.leader.withdrawal_window");
  const Time closes = get(org.state().contests, contest).closes;
  org.until(closes - days(2));
  org.act(member(1), "application.withdraw", {{"application", first}});
  org.act("returning-officer:", "contest.extend", {{"contest", contest}});
  org.equal(get(org.state().contests, contest).closes, closes + days(5));
}

void a_minimum_is_checked_at_the_close(Stage& org) {
  for (int i = 1; i <= 2; ++i) {
    const std::string name = org.name_of(org.seat("coordinator", i).holder);
    org.act(name, "seat.resign", {{"seat", seat_id("coordinator", i)}});
  }
  const std::string contest = org.call("coordinator", 2);
  for (int i = 1; i <= 4; ++i) org.stand(contest, member(i));
  org.until(get(org.state().contests, contest).closes + Length{1});
  org.equal(org.stage(contest), "closed");
  org.act("returning-officer:", "contest.count_characteristic",
          {{"contest", contest}, {"characteristic", "woman"}, {"applicants", 3}});
  org.equal(org.stage(contest), "short");
  org.act("returning-officer:", "contest.reopen", {{"contest", contest}});
  for (int i = 5; i <= 6; ++i) org.stand(contest, member(i));
  org.campaign(contest);
}

void any_eligible_member_may_stand(Stage& org) {
  org.act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
  const std::string contest = org.call("chair");
  org.act("membership-secretary:", "member.admit", {{"members", std::vector<std::string>{id_of("New Nils")}}});
  org.refused("New Nils", "application.submit", {{"contest", contest}, {"statement", hash("s")}},
              "contests.leader.member_for");
  const std::string application = org.stand(contest, member(1));
  org.act("returning-officer:", "application.reject",
          {{"application", application}, {"rule", "false-statement"}, {"reasons", hash("r")}});
  org.equal(get(org.state().applications, application).rule, "false-statement");
  org.act(member(1), "application.appeal", {{"application", application}, {"statement", hash("a")}});
  org.act("appeals-convener:", "application.allow",
          {{"organ", "appeals"}, {"application", application}, {"reasons", hash("x")}});
  org.equal(org.stage(application), "standing");
}

constexpr Scene list[] = {
    {1, "An office holder stands down", an_office_holder_stands_down},
    {2, "A holder will not stand again", a_holder_will_not_stand_again},
    {3, "One person several offices", one_person_several_offices},
    {4, "Resignation while a case is open", resignation_while_a_case_is_open},
    {6, "Appointment by a committee", appointment_by_a_committee},
    {7, "Applications with a deadline", applications_with_a_deadline},
    {8, "Withdrawal before the deadline", withdrawal_before_the_deadline},
    {8, "The extension is offered", the_extension_is_offered},
    {9, "A minimum is checked at the close", a_minimum_is_checked_at_the_close},
    {10, "Any eligible member may stand", any_eligible_member_may_stand},
};

}  // namespace

std::span<const Scene> post_scenes() { return list; }

}  // namespace folkmoot::scenes
