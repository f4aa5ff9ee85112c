// A petition: each member once, named or in private; at its threshold it tables a motion or dates a recall by itself.
//
// A signer has a pseudonym in each petition, made by the keeper of the roll from the member's reference and the
// petition's id under a secret key, so that signing twice shows and nothing else does. Those who sign by name add their
// reference; for the others the keeper adds the commitment to their entry on the roll, which an auditor can open.
#include "charter/process/motion.hpp"
#include "charter/processes.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

const Petition& petition_of(const Matter& m) { return get(m.state.petitions, m.body.text("petition")); }
const PetitionRule& rule_of(const Matter& m) { return get(m.charter.petitions, petition_of(m).rule); }
std::string path(const Petition& petition, std::string_view key) {
  return fmt::format("petitions.{}.{}", petition.rule, key);
}
std::int64_t signatures(const Petition& petition) { return static_cast<std::int64_t>(petition.signatures.size()); }

Verdict may_open(const Matter& m) {
  const std::string& name = m.body.text("rule");
  const PetitionRule& rule = get(m.charter.petitions, name);
  const std::string where = fmt::format("petitions.{}", name);
  if (!in_electorate(m.state, m.charter, rule.electorate, m.who(), m.now)) {
    return refuse(where + ".electorate", "{} is not in \"{}\"", m.who(), rule.electorate);
  }
  if (rule.triggers == "motion") {
    if (m.body.has("seat")) return refuse(where + ".triggers", "it recalls nobody");
    return check_motion_text(get(m.charter.motions, rule.motion), m.body.text("text"), m.body.text("hash"));
  }
  if (m.body.has("text")) return refuse(where + ".triggers", "a recall has no text of a charter");
  if (!m.body.has("seat")) return refuse(where + ".triggers", "which seat's holder it recalls is missing");
  const Seat& seat = get(m.state.seats, m.body.text("seat"));
  if (seat.holder.empty()) return refuse(where + ".triggers", "nobody holds that seat");
  return {};
}

void derive(const Matter& m, Body& body) {
  const PetitionRule& rule = get(m.charter.petitions, m.body.text("rule"));
  const auto all = electors(m.state, m.charter, rule.electorate, m.now).size();
  body.add("needed", rule.threshold.needed(static_cast<std::int64_t>(all)));
  body.add("closes", text(m.now + rule.open_for));
}

void open_petition(State& state, const Done& done) {
  const std::string id = new_id(state, "petition");
  Petition& petition = open(state.petitions, id, done);
  petition.rule = done.body().text("rule");
  petition.opened_by = done.who();
  petition.title = done.body().text("title");
  petition.hash = done.body().text("hash");
  petition.text = done.body().text("text");
  petition.seat = done.body().text("seat");
  petition.needed = done.body().count("needed");
  petition.closes = done.body().time("closes");
  wake(state, id, petition.closes);
}

Verdict may_add(const Matter& m) {
  const Petition& petition = petition_of(m);
  if (m.now > petition.closes) {
    return refuse(path(petition, "open_for"), "it could be signed until {}", text(petition.closes));
  }
  if (petition.signatures.contains(m.body.text("pseudonym"))) {
    return refuse(path(petition, "electorate"), "has signed already: each member once");
  }
  return {};
}

Verdict may_sign(const Matter& m) {
  const Petition& petition = petition_of(m);
  for (const auto& [pseudonym, signature] : petition.signatures) {
    if (signature.member == m.who()) return refuse(path(petition, "electorate"), "has signed: each member once");
  }
  if (!in_electorate(m.state, m.charter, rule_of(m).electorate, m.who(), m.now)) {
    return refuse(path(petition, "electorate"), "{} is not in \"{}\"", m.who(), rule_of(m).electorate);
  }
  return may_add(m);
}

Verdict may_sign_privately(const Matter& m) {
  if (!rule_of(m).private_signatures) {
    return refuse(path(petition_of(m), "private_signatures"), "this petition is signed by name");
  }
  return may_add(m);
}

void sign(State& state, const Done& done, Signature signature) {
  const std::string& id = done.body().text("petition");
  Petition& petition = get(state.petitions, id);
  petition.signatures[done.body().text("pseudonym")] = std::move(signature);
  if (signatures(petition) >= petition.needed) wake(state, id, done.act.time);
}

// By the signer, or for a private one by the keeper of the roll, whom the signer has asked.
Verdict may_withdraw(const Matter& m) {
  const Petition& petition = petition_of(m);
  const auto found = petition.signatures.find(m.body.text("pseudonym"));
  if (found == petition.signatures.end()) return refuse("lifecycle.petition", "there is no such signature");
  if (found->second.member == m.who()) return {};
  const Names& keepers = m.state.charter().posts_for("roll");
  if (found->second.member.empty() && contains(keepers, m.request.actor.office)) return {};
  return refuse("lifecycle.petition", "only the signer withdraws a signature");
}

Verdict has_reached(const Matter& m) {
  const Petition& petition = petition_of(m);
  if (signatures(petition) >= petition.needed) return {};
  return refuse(path(petition, "threshold"), "{} of {}", signatures(petition), petition.needed);
}

Verdict has_lapsed(const Matter& m) {
  const Petition& petition = petition_of(m);
  if (m.now > petition.closes && signatures(petition) < petition.needed) return {};
  return refuse(path(petition, "open_for"), "it is open until {}", text(petition.closes));
}

// R17, R20, R29: nobody has to do anything for it, and nobody can stop it.
void table(State& state, const Done& done) {
  Petition& petition = get(state.petitions, done.body().text("petition"));
  const PetitionRule& rule = get(done.charter.petitions, petition.rule);
  petition.outcome = new_id(state, rule.triggers == "motion" ? "motion" : "recall");
  if (rule.triggers == "motion") {
    Motion& motion = open(state.motions, petition.outcome, done);
    motion.rule = rule.motion;
    motion.mover = petition.opened_by;
    motion.title = petition.title;
    motion.hash = petition.hash;
    motion.text = petition.text;
    begin_debate(state, petition.outcome, done);
    return;
  }
  Recall& recall = open(state.recalls, petition.outcome, done);
  recall.petition = done.body().text("petition");
  recall.rule = petition.rule;
  recall.seat = petition.seat;
  recall.holder = get(state.seats, petition.seat).holder;
  recall.ballot_on = done.act.time + rule.ballot_within;
  wake(state, petition.outcome, done.act.time);
}

}  // namespace

const Process& petition_process() {
  static const Process process{
      .name = "petition",
      .title = "A petition of members",
      .rows = "R17 R20 R21 R29",
      .transitions = {{"", "petition.open", "collecting", "petitions.*.electorate"},
                      {"collecting", "petition.sign", "collecting", "petitions.*.electorate"},
                      {"collecting", "petition.sign_privately", "collecting", "petitions.*.private_signatures"},
                      {"collecting", "petition.withdraw_signature", "collecting", ""},
                      {"collecting", "petition.table", "tabled", "petitions.*.threshold"},
                      {"collecting", "petition.lapse", "lapsed", "petitions.*.open_for"}},
      .acts = {{.name = "petition.open",
                .about = "opens a petition",
                .who = {By::member},
                .fields = {named("rule", "@petition"), title("title"), published("hash"),
                           of_kind(Kind::text, "text").may_be_absent(), thing("seat").may_be_absent(),
                           count("needed").worked_out(), time("closes").worked_out()},
                .guard = may_open,
                .derive = derive,
                .effect = open_petition},
               {.name = "petition.sign",
                .about = "signs it by name",
                .who = {By::member},
                .fields = {thing("petition"), hash("pseudonym")},
                .moves = "petition",
                .guard = may_sign,
                .effect =
                    [](State& s, const Done& d) {
                      sign(s, d, {d.who(), ""});
                    }},
               {.name = "petition.sign_privately",
                .about = "records the signature of a member who does not want to be named",
                .who = {By::duty, "roll"},
                .fields = {thing("petition"), hash("pseudonym"), hash("leaf")},
                .moves = "petition",
                .guard = may_sign_privately,
                .effect =
                    [](State& s, const Done& d) {
                      sign(s, d, {"", d.body().text("leaf")});
                    }},
               {.name = "petition.withdraw_signature",
                .about = "withdraws a signature",
                .who = {By::anyone},
                .fields = {thing("petition"), hash("pseudonym")},
                .moves = "petition",
                .guard = may_withdraw,
                .effect =
                    [](State& s, const Done& d) {
                      get(s.petitions, d.body().text("petition")).signatures.erase(d.body().text("pseudonym"));
                    }},
               {.name = "petition.table",
                .about = "the threshold is reached: the motion is tabled, or the recall dated",
                .who = {By::clock},
                .fields = {thing("petition"), count("signatures").worked_out()},
                .moves = "petition",
                .guard = has_reached,
                .derive = [](const Matter& m, Body& b) { b.add("signatures", signatures(petition_of(m))); },
                .effect = table},
               {.name = "petition.lapse",
                .about = "its time has run out",
                .who = {By::clock},
                .fields = {thing("petition")},
                .moves = "petition",
                .guard = has_lapsed}},
      .find = find_in<&State::petitions>};
  return process;
}

}  // namespace folkmoot::charter
