// A petition: each member once, named or in private; at its threshold it tables a motion or dates a recall by itself.
//
// Where signatures may be private, the keeper of the roll freezes those who have not signed by name: a Merkle root over
// salted entries, as of an electorate (commitment.hpp), whose leaves stand in no order that tells whose they are. A
// private signature shows a leaf and its path, so that everybody sees that its signer is on the roll and has signed
// once, and only the keeper, who has the salts, whose it is. Whoever signs by name from then on opens their leaf, lest
// they sign a second time in private.
#include "charter/commitment.hpp"
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

Verdict may_freeze(const Matter& m) {
  const Petition& petition = petition_of(m);
  if (!rule_of(m).private_signatures) {
    return refuse(path(petition, "private_signatures"), "this petition is signed by name");
  }
  if (!petition.root.empty()) return refuse("lifecycle.petition", "it is frozen already");
  std::int64_t size = 0;
  for (const Elector& elector : electors(m.state, m.charter, rule_of(m).electorate, m.now)) {
    size += petition.named.contains(elector.member) ? 0 : 1;
  }
  if (size == m.body.count("size")) return {};
  return refuse(path(petition, "electorate"), "{} may sign it and have not, not {}", size, m.body.count("size"));
}

void freeze(State& state, const Done& done) {
  Petition& petition = get(state.petitions, done.body().text("petition"));
  petition.root = done.body().text("root");
  petition.size = done.body().count("size");
  petition.outside = petition.named;
}

// Of a field that has its form.
Digest digest(const std::string& hexadecimal) {
  Digest digest{};
  [[maybe_unused]] const Status good = from_hex(hexadecimal, digest);
  assert(good);
  return digest;
}

// The leaf that a signature by name opens.
std::string opened_leaf(const Body& body, const std::string& member) {
  return to_hex(commit(digest(body.text("salt")), to_text(Entry{member, 1})));
}

// Whether the body's path leads from that leaf to the root.
Verdict is_on_roll(const Matter& m, const std::string& leaf) {
  const Petition& petition = petition_of(m);
  if (petition.signatures.contains(leaf)) return refuse(path(petition, "electorate"), "has signed: each member once");
  const merkle::TreeHead head{static_cast<std::uint64_t>(petition.size), digest(petition.root)};
  merkle::Proof proof;
  for (const std::string& hash : m.body.list("path")) proof.push_back(digest(hash));
  const auto index = static_cast<std::uint64_t>(m.body.count("index"));
  if (merkle::verify_inclusion(merkle::leaf_hash(digest(leaf)), index, head, proof)) return {};
  return refuse(path(petition, "private_signatures"), "the path does not lead from the leaf to the frozen root");
}

Verdict is_in_time(const Matter& m) {
  const Petition& petition = petition_of(m);
  if (m.now <= petition.closes) return {};
  return refuse(path(petition, "open_for"), "it could be signed until {}", text(petition.closes));
}

Verdict may_sign(const Matter& m) {
  const Petition& petition = petition_of(m);
  if (petition.named.contains(m.who())) return refuse(path(petition, "electorate"), "has signed: each member once");
  if (!in_electorate(m.state, m.charter, rule_of(m).electorate, m.who(), m.now)) {
    return refuse(path(petition, "electorate"), "{} is not in \"{}\"", m.who(), rule_of(m).electorate);
  }
  if (const Verdict late = is_in_time(m)) return late;
  const bool has_leaf = !petition.root.empty() && !petition.outside.contains(m.who());
  const bool opens = m.body.has("salt") && m.body.has("index") && m.body.has("path");
  const bool bare = !m.body.has("salt") && !m.body.has("index") && !m.body.has("path");
  if (has_leaf && !opens) {
    return refuse(path(petition, "private_signatures"),
                  "those who may sign are frozen: salt, index and path are wanted");
  }
  if (!has_leaf && !bare) {
    return refuse(path(petition, "private_signatures"), "there is no leaf of {} to be opened", m.who());
  }
  return opens ? is_on_roll(m, opened_leaf(m.body, m.who())) : Verdict();
}

void sign(State& state, const Done& done) {
  const std::string& id = done.body().text("petition");
  Petition& petition = get(state.petitions, id);
  const bool is_named = done.act.type == "petition.sign";
  if (is_named) petition.named.insert(done.who());
  const std::string key = !is_named                 ? done.body().text("leaf")
                          : done.body().has("salt") ? opened_leaf(done.body(), done.who())
                                                    : done.who();
  petition.signatures[key] = is_named ? done.who() : "";
  if (signatures(petition) >= petition.needed) wake(state, id, done.act.time);
}

Verdict may_sign_privately(const Matter& m) {
  if (petition_of(m).root.empty()) {
    return refuse(path(petition_of(m), "private_signatures"), "those who may sign are not frozen");
  }
  if (const Verdict late = is_in_time(m)) return late;
  return is_on_roll(m, m.body.text("leaf"));
}

// By the signer; a private one by the keeper of the roll, whom the signer has asked.
Verdict may_withdraw(const Matter& m) {
  const Petition& petition = petition_of(m);
  if (!m.body.has("leaf")) {
    if (petition.named.contains(m.who())) return {};
    return refuse("lifecycle.petition", "has not signed by name");
  }
  const auto found = petition.signatures.find(m.body.text("leaf"));
  if (found == petition.signatures.end() || !found->second.empty()) {
    return refuse("lifecycle.petition", "there is no such private signature");
  }
  if (contains(m.state.charter().posts_for("roll"), m.request.actor.office)) return {};
  return refuse("lifecycle.petition", "the keeper of the roll withdraws a private signature, for its signer");
}

void withdraw(State& state, const Done& done) {
  Petition& petition = get(state.petitions, done.body().text("petition"));
  if (done.body().has("leaf")) {
    petition.signatures.erase(done.body().text("leaf"));
    return;
  }
  petition.named.erase(done.who());
  std::erase_if(petition.signatures, [&](const auto& signature) { return signature.second == done.who(); });
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
                      {"collecting", "petition.freeze", "collecting", "petitions.*.private_signatures"},
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
               {.name = "petition.freeze",
                .about = "commits to those who have not signed and may, so that they can do so in private",
                .who = {By::duty, "roll"},
                .fields = {thing("petition"), hash("root"), count("size")},
                .moves = "petition",
                .guard = may_freeze,
                .effect = freeze},
               {.name = "petition.sign",
                .about = "signs it by name",
                .who = {By::member},
                .fields = {thing("petition"), hash("salt").may_be_absent(), count("index").may_be_absent(),
                           of_kind(Kind::hashes, "path").may_be_absent()},
                .moves = "petition",
                .guard = may_sign,
                .effect = sign},
               {.name = "petition.sign_privately",
                .about = "records the signature of a member who does not want to be named",
                .who = {By::duty, "roll"},
                .fields = {thing("petition"), hash("leaf"), count("index"), of_kind(Kind::hashes, "path")},
                .moves = "petition",
                .guard = may_sign_privately,
                .effect = sign},
               {.name = "petition.withdraw_signature",
                .about = "withdraws a signature",
                .who = {By::anyone},
                .fields = {thing("petition"), hash("leaf").may_be_absent()},
                .moves = "petition",
                .guard = may_withdraw,
                .effect = withdraw},
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
