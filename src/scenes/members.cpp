// R17–R29: what members start, and what binds those who lead.
#include "charter/flags.hpp"
#include "scenes/scene.hpp"
#include "secret/random.hpp"
#include "service/electorate.hpp"
#include "service/petition_signature.hpp"

namespace folkmoot::scenes {
namespace {

std::string petition(Stage& org, const std::string& rule, Body more = {}) {
  Body body{{"rule", rule}, {"title", "What we ask"}, {"hash", hash("what we ask")}};
  for (const auto& [name, value] : more.fields()) body.set(name, value);
  org.act(member(1), "petition.open", body);
  return org.last("petition");
}
void sign(Stage& org, const std::string& id, int who) { org.act(member(who), "petition.sign", {{"petition", id}}); }
// Signed by as many as it needs, the last of whom tables it.
void reach(Stage& org, const std::string& id) {
  const auto needed = get(org.state().petitions, id).needed;
  for (int i = 1; i <= needed; ++i) sign(org, id, i);
  org.equal(org.stage(id), "tabled");
}

void a_petition_forces_a_member_vote(Stage& org) {
  const std::string id = petition(org, "policy");
  reach(org, id);
  const std::string motion = get(org.state().petitions, id).outcome;
  org.equal(org.stage(motion), "debate");
  const std::string election = org.prepare(motion);
  org.until(get(org.state().motions, motion).debate_until + days(1));
  org.open(election);
  org.declare(election, 40, 20);
  org.equal(org.stage(motion), "carried");
  org.equal(get(org.state().decisions, get(org.state().motions, motion).decision).organ, "membership");
}

void local_groups_may_dissent(Stage& org) {
  org.act(member(10), "motion.propose", {{"rule", "policy"}, {"title", "Free ferries"}, {"hash", hash("m")}});
  const std::string motion = org.last("motion");
  org.act("general-secretary:", "recommendation.publish",
          {{"organ", "coordinating"}, {"on", motion}, {"position", "for"}, {"hash", hash("yes")}});
  org.act("north-shore-secretary:", "recommendation.publish",
          {{"organ", "north-shore"}, {"on", motion}, {"position", "against"}, {"hash", hash("no")}});
  const std::string dissent = org.last("recommendation");
  org.refused("general-secretary:", "recommendation.withdraw", {{"organ", "coordinating"}, {"recommendation", dissent}},
              "organs.north-shore");
  org.refused("general-secretary:", "recommendation.withdraw", {{"organ", "north-shore"}, {"recommendation", dissent}},
              "organs.north-shore.secretary");
  org.equal(org.stage(dissent), "published");
  org.equal(org.state().recommendations.size(), 2U);
}

void affiliates_have_a_voice(Stage& org) {
  const std::string id = petition(org, "policy");
  reach(org, id);
  const std::string motion = get(org.state().petitions, id).outcome;
  org.act("rowers-delegate:", "view.give", {{"organ", "rowers"}, {"on", motion}, {"hash", hash("v")}});
  const std::string view = org.last("view");
  const std::string election = org.prepare(motion);
  org.until(get(org.state().motions, motion).debate_until + days(1));
  org.open(election);
  org.check(org.flagged(view));
  org.act("general-secretary:", "view.respond", {{"organ", "coordinating"}, {"view", view}, {"hash", hash("r")}});
  org.check(!org.flagged(view));
}

void petitions_signed_by_members(Stage& org) {
  const std::string id = petition(org, "policy");
  org.equal(get(org.state().petitions, id).needed, 4);  // 5 % of 78
  sign(org, id, 1);
  org.refused(member(1), "petition.sign", {{"petition", id}}, "petitions.policy.electorate");
  sign(org, id, 2);
  sign(org, id, 3);
  org.act(member(3), "petition.withdraw_signature", {{"petition", id}});
  org.equal(org.stage(id), "collecting");
  sign(org, id, 3);  // again, having withdrawn
  org.equal(org.stage(id), "collecting");
  sign(org, id, 5);
  org.equal(org.stage(id), "tabled");
  // Anyone counts them again from the acts.
  std::set<std::string> signatures;
  for (const Act& act : org.acts()) {
    if (act.type == "petition.sign" && !act.refused) signatures.insert(act.actor.member);
    if (act.type == "petition.withdraw_signature") signatures.erase(act.actor.member);
  }
  org.equal(static_cast<std::int64_t>(signatures.size()), get(org.state().petitions, id).needed);
}

// One signs by name before the petition is frozen; then one in private, and one by name who opens their leaf.
void named_or_private_signatories(Stage& org) {
  const std::string id = petition(org, "policy");
  const auto signatures = [&] { return get(org.state().petitions, id).signatures; };
  database::Database& database = org.organisation().database();
  const Actor keeper = org.actor("membership-secretary:");
  const auto in_private = [&](int who) {
    return expect(service::sign_privately(database, org.state(), id, id_of(member(who)), keeper)).body;
  };
  const auto by_name = [&](int who) {
    return expect(service::sign_by_name(database, org.state(), id, id_of(member(who)))).body;
  };
  const auto is_refused = [&](const std::string& who, const std::string& type, const Body& body,
                              const std::string& rule) { org.refused(who, type, body, "petitions.policy." + rule); };
  sign(org, id, 1);
  org.check(org.flagged(id));  // nobody can sign it in private yet
  org.refused("membership-secretary:", "petition.freeze", {{"petition", id}, {"root", hash("r")}, {"size", 78}},
              "petitions.policy.electorate");
  const Request frozen =
      expect(service::freeze(database, org.state(), id, keeper, org.now(), secret::Random::system()));
  org.act("membership-secretary:", frozen.type, frozen.body);
  org.check(!org.flagged(id));
  org.equal(get(org.state().petitions, id).size, 77);

  const Body second = in_private(2);
  org.act("membership-secretary:", "petition.sign_privately", second);
  org.equal(signatures().at(second.text("leaf")), "");
  // Once only, in whichever way; and nobody who is not on the roll.
  is_refused("membership-secretary:", "petition.sign_privately", second, "electorate");
  is_refused(member(2), "petition.sign", by_name(2), "electorate");
  is_refused(member(1), "petition.sign", {{"petition", id}}, "electorate");
  org.check(!service::sign_privately(database, org.state(), id, id_of(member(1)), keeper));
  Body invented = in_private(3);
  invented.set("leaf", hash("entry of somebody"));
  is_refused("membership-secretary:", "petition.sign_privately", invented, "private_signatures");
  org.refused(member(3), "petition.sign_privately", in_private(3), "duties.roll");

  is_refused(member(3), "petition.sign", {{"petition", id}}, "private_signatures");
  is_refused(member(4), "petition.sign", by_name(3), "private_signatures");
  org.act(member(3), "petition.sign", by_name(3));
  is_refused("membership-secretary:", "petition.sign_privately", in_private(3), "electorate");
  org.equal(signatures().size(), 3U);

  // Who signs in private withdraws through the keeper, and may sign again, by name.
  const Request withdrawn = expect(service::withdraw_privately(database, org.state(), id, id_of(member(2)), keeper));
  org.act("membership-secretary:", withdrawn.type, withdrawn.body);
  org.act(member(1), "petition.withdraw_signature", {{"petition", id}});
  org.equal(signatures().size(), 1U);
  org.act(member(2), "petition.sign", by_name(2));
  sign(org, id, 1);
  org.act("membership-secretary:", "petition.sign_privately", in_private(4));
  org.equal(org.stage(id), "tabled");
  expect(service::check_electorate(database, org.state(), id));
  org.check(org.verify().valid());
}

void a_changed_charter_is_a_new_version(Stage& org) {
  std::string text = org.charter().text;
  const std::string old_rule = "seats = 4\nappointed_by = \"coordinating\"";
  text.replace(text.find(old_rule), old_rule.size(), "seats = 1\nappointed_by = \"coordinating\"");
  const std::string before = [&] {
    org.act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
    return org.call("chair");
  }();
  const std::string id = petition(org, "rule-change", {{"text", text}, {"hash", hash(text)}});
  reach(org, id);
  const std::string motion = get(org.state().petitions, id).outcome;
  const std::string election = org.prepare(motion);
  org.until(get(org.state().motions, motion).debate_until + days(1));
  org.act("returning-officer:", "election.open", {{"election", election}, {"fingerprint", hash("f")}}, "treasurer:");
  org.until(get(org.state().elections, election).closes);
  org.act(
      "returning-officer:", "election.declare",
      {{"election", election}, {"record", hash("r")}, {"transcript", hash("t")}, {"cast", 60}, {"yes", 50}, {"no", 10}},
      "treasurer:");
  org.equal(org.state().version(), 2);
  org.equal(org.stage(motion), "in-force");
  org.equal(org.seat("adviser", 2).stage, "abolished");
  org.equal(org.seat("adviser", 2).holder, "");
  org.equal(get(org.state().contests, before).charter, 1);  // and is finished under it
  // A charter that cannot work is refused before anybody debates it.
  std::string broken = text;
  broken.replace(broken.find("quorum = \"majority\""), 19, "quorum = 99");
  const Refusal refusal = org.refused(
      member(1), "petition.open", {{"rule", "rule-change"}, {"title", "t"}, {"hash", hash(broken)}, {"text", broken}},
      "motions.rule-change.changes_charter");
  org.check(refusal.message.find("organs.coordinating.quorum") != std::string::npos);
}

// One that the mover takes up needs no ballot. Of two that are seconded the first to be proposed is voted on first; the
// motion's own ballot waits for both.
void amendments_are_voted_on(Stage& org) {
  org.act(member(10), "motion.propose", {{"rule", "policy"}, {"title", "Free ferries"}, {"hash", hash("m")}});
  const std::string motion = org.last("motion");
  for (int i = 1; i <= 2; ++i) org.act(member(i), "motion.second", {{"motion", motion}});
  const auto propose = [&](int who, const std::string& text) {
    org.act(member(who), "amendment.propose", {{"motion", motion}, {"hash", hash(text)}});
    return org.last("amendment");
  };
  const auto second = [&](const std::string& amendment, int who) {
    org.act(member(who), "amendment.second", {{"amendment", amendment}});
  };
  const std::string carried = propose(11, "free on Sundays"), failed = propose(12, "free at night"),
                    unseconded = propose(13, "free for dogs"), accepted = propose(14, "free for all");
  org.act(member(10), "amendment.accept", {{"amendment", accepted}});
  org.equal(get(org.state().motions, motion).hash, hash("free for all"));
  for (const std::string& amendment : {carried, failed}) {
    for (int i = 1; i <= 2; ++i) second(amendment, i);
    org.refused(member(1), "amendment.second", {{"amendment", amendment}}, "motions.policy.amendment_seconders");
  }
  org.refused(member(13), "amendment.second", {{"amendment", unseconded}}, "motions.policy.amendment_seconders");
  second(unseconded, 1);
  const std::string of_motion = org.prepare(motion);
  org.until(get(org.state().motions, motion).debate_until + days(1));
  org.equal(org.stage(unseconded), "lapsed");
  org.equal(org.stage(carried), "ready");

  const std::string of_failed = org.prepare(failed), of_carried = org.prepare(carried);
  for (const std::string& early : {of_motion, of_failed}) {
    org.refused("returning-officer:", "election.open", {{"election", early}, {"fingerprint", hash("f")}},
                "motions.policy", "chair:");
  }
  org.open(of_carried);
  org.declare(of_carried, 30, 20);
  org.equal(org.stage(carried), "carried");
  org.equal(get(org.state().motions, motion).hash, hash("free on Sundays"));
  org.refused("returning-officer:", "election.open",
              {{"election", of_failed}, {"fingerprint", get(org.state().elections, of_carried).fingerprint}},
              "elections", "chair:");
  org.open(of_failed);
  org.declare(of_failed, 20, 20);  // not more for it than against it
  org.equal(org.stage(failed), "failed");
  org.open(of_motion);
  org.declare(of_motion, 40, 2);
  org.equal(org.stage(motion), "carried");
  org.equal(get(org.state().decisions, get(org.state().motions, motion).decision).hash, hash("free on Sundays"));
}

void deliberation_before_decision(Stage& org) {
  org.act(member(10), "motion.propose", {{"rule", "policy"}, {"title", "Free ferries"}, {"hash", hash("m")}});
  const std::string motion = org.last("motion");
  for (int i = 1; i <= 2; ++i) org.act(member(i), "motion.second", {{"motion", motion}});
  org.equal(org.stage(motion), "debate");
  const std::string election = org.prepare(motion);
  org.refused("returning-officer:", "election.open", {{"election", election}, {"fingerprint", hash("f")}}, "motions",
              "chair:");
  org.act(member(5), "amendment.propose", {{"motion", motion}, {"hash", hash("better")}});
  org.act(member(10), "amendment.accept", {{"amendment", org.last("amendment")}});
  org.equal(get(org.state().motions, motion).hash, hash("better"));
  org.pass(days(8));
  org.refused(member(6), "amendment.propose", {{"motion", motion}, {"hash", hash("late")}},
              "motions.policy.amendments");
  org.until(get(org.state().motions, motion).debate_until + days(1));
  org.open(election);
  org.declare(election, 10, 50);
  org.equal(org.stage(motion), "rejected");
}

void conference_cannot_be_overruled_unseen(Stage& org) {
  const std::string policy = org.decide_in("conference", "No dredging in the bay", {{"power", "policy"}});
  org.pass(days(30));
  const std::string contrary = org.decide_in("coordinating", "Some dredging in the bay", {{"contrary_to", policy}});
  org.equal(org.stage(contrary), "in-breach");
  org.equal(org.stage(policy), "in-force");
  org.check(org.flagged(contrary));
  const std::string later = org.decide_in("conference", "The coordinating group may allow dredging once");
  org.act("general-secretary:", "decision.justify",
          {{"organ", "coordinating"}, {"decision", contrary}, {"citing", later}});
  org.equal(org.stage(contrary), "in-force");
  org.equal(org.stage(policy), "reversed");
  org.check(!org.flagged(contrary));
}

void organs_keep_their_powers(Stage& org) {
  const Refusal refusal = org.refused("general-secretary:", "decision.take",
                                      {{"organ", "coordinating"},
                                       {"power", "policy"},
                                       {"title", "A new policy"},
                                       {"hash", hash("p")},
                                       {"present", 10},
                                       {"yes", 10},
                                       {"no", 0}},
                                      "organs.conference.reserved");
  org.check(refusal.recorded);
  org.equal(org.state().attempts.size(), 1U);
  org.equal(org.state().attempts.front().rule, "organs.conference.reserved");
}

void the_leadership_answers(Stage& org) {
  org.act(member(3), "question.put", {{"seat", "seat-chair-1"}, {"hash", hash("why?")}});
  const std::string question = org.last("question");
  org.pass(days(15));
  org.check(org.flagged(question));
  org.refused("treasurer:", "question.answer", {{"question", question}, {"hash", hash("because")}}, "accountability");
  org.act("chair:", "question.answer", {{"question", question}, {"hash", hash("because")}});
  org.check(!org.flagged(question));
  org.check(get(org.state().questions, question).late);
  org.pass(days(26 * 7));
  org.check(org.did("report.fall_due"));
  org.check(org.flagged(org.last("report")));
  org.act("chair:", "report.give", {{"report", org.last("report")}, {"hash", hash("what we did")}});
  org.check(!org.flagged(org.last("report")));
}

void a_recall_that_nobody_can_cancel(Stage& org) {
  const std::string treasurer = org.seat("treasurer").holder;
  const std::string id = petition(org, "recall", {{"seat", "seat-treasurer-1"}});
  reach(org, id);
  const std::string recall = get(org.state().petitions, id).outcome;
  org.equal(get(org.state().recalls, recall).ballot_on, org.now() + days(28));
  const std::string election = org.prepare(recall);
  org.until(get(org.state().recalls, recall).ballot_on);
  org.open(election);
  org.refused("returning-officer:", "election.annul", {{"election", election}, {"reasons", hash("r")}},
              "lifecycle.recall", "chair:");
  org.declare(election, 50, 10);
  org.equal(org.stage(recall), "carried");
  org.equal(org.seat("treasurer").stage, "vacant");
  org.check(org.seat("treasurer").holder != treasurer);
}

void a_majority_elected_by_members(Stage& org) {
  // As a charter: 14 of 28 seats are refused, 15 accepted.
  const auto with = [&](int elected) {
    std::string text = org.charter().text;
    const auto set = [&](const std::string& from, const std::string& to) {
      text.replace(text.find(from), from.size(), to);
    };
    // 3 officers and the coordinators are elected; the general secretary, two affiliates and the advisers are not.
    set("seats = 9", fmt::format("seats = {}", elected - 3));
    set("seats = 4\nappointed_by = \"coordinating\"",
        fmt::format("seats = {}\nappointed_by = \"coordinating\"", 28 - elected - 3));
    return read_charter(text);
  };
  org.check(with(15).has_value());
  org.check(!with(14).has_value());
  const std::string expected = "14 of 28 seats are elected by \"members\", and 15 are needed";
  org.check(describe(with(14).error()).find(expected) != std::string::npos);
  // As seated: at the founding nobody is elected, which is flagged; nobody else may be appointed until it is mended.
  org.check(org.flagged("coordinating"));
  org.act("general-secretary:", "seat.resign", {{"seat", "seat-general-secretary-1"}});
  org.act("adviser:", "seat.resign", {{"seat", "seat-adviser-1"}});
}

void checked_again_after_each_vacancy(Stage& org) {
  const std::string decision = org.decide_in("coordinating", "To appoint an adviser");
  org.act("adviser:", "seat.resign", {{"seat", "seat-adviser-1"}});
  const Refusal refusal = org.refused(
      "general-secretary:", "seat.appoint",
      {{"seat", "seat-adviser-1"}, {"organ", "coordinating"}, {"member", id_of(member(1))}, {"decision", decision}},
      "organs.coordinating.composition[0].share");
  org.check(refusal.recorded);
}

constexpr Scene list[] = {
    {17, "A petition forces a member vote", a_petition_forces_a_member_vote},
    {18, "Local groups may dissent", local_groups_may_dissent},
    {19, "Affiliates have a voice", affiliates_have_a_voice},
    {20, "Petitions signed by members", petitions_signed_by_members},
    {21, "Named or private signatories", named_or_private_signatories},
    {22, "A majority elected by members", a_majority_elected_by_members},
    {22, "Checked again after each vacancy", checked_again_after_each_vacancy},
    {23, "A changed charter is a new version", a_changed_charter_is_a_new_version},
    {25, "Amendments are voted on", amendments_are_voted_on},
    {25, "Deliberation before decision", deliberation_before_decision},
    {26, "Conference cannot be overruled unseen", conference_cannot_be_overruled_unseen},
    {27, "Organs keep their powers", organs_keep_their_powers},
    {28, "The leadership answers", the_leadership_answers},
    {29, "A recall that nobody can cancel", a_recall_that_nobody_can_cancel},
};

}  // namespace

std::span<const Scene> member_scenes() { return list; }

}  // namespace folkmoot::scenes
