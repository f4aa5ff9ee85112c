#include "scenes/stage.hpp"

#include <algorithm>

#include "base/sha256.hpp"
#include "charter/flags.hpp"
#include "charter/signers.hpp"
#include "verifier/place.hpp"

namespace folkmoot::scenes {
namespace {

// The people who hold the posts at first, in the order of the posts' names.
constexpr std::string_view first_holders[] = {
    "Amara Holm",  "Bela Quint",    "Ciaran Voss", "Dilys Marrow", "Edda Tarn",   "Farid Lowe",  "Greta Sand",
    "Hoa Penrose", "Idris Calder",  "Jonas Wick",  "Kaya Thorne",  "Lena Brook",  "Mirek Stowe", "Nesta Fold",
    "Oskar Reed",  "Priya Dunmore", "Quin Ashby",  "Rhona Vale",   "Samir Holt",  "Tove Larch",  "Ulla Crane",
    "Viktor Moss", "Wanda Field",   "Xenia Pool",  "Yusuf Glen",   "Zora Heath",  "Alwyn Stack", "Brita Cove",
    "Corin Hale",  "Dagny Shore",   "Emrys Watt",  "Freya Locke",  "Gwil Barrow", "Hedda Frost"};
constexpr const char* founder = "Fen Founder";
constexpr std::string_view ordinary_members[] = {
    "Aled Harrow", "Bethan Moor", "Cassie Wren",  "Dewi Lane",    "Esme Fallow",  "Ffion Bright", "Gareth Dunn",
    "Hilda Marsh", "Ivor Penn",   "Jess Tolland", "Kit Garland",  "Lowri Swann",  "Milo Archer",  "Nia Copley",
    "Osian Flint", "Petra Vane",  "Rhys Oakley",  "Sian Mather",  "Toby Winslow", "Una Starling", "Vera Colwyn",
    "Will Sedge",  "Yara Linden", "Zeb Orchard",  "Anwen Rudd",   "Bram Teal",    "Carys Holt",   "Drew Fenner",
    "Elin Marlow", "Fergus Pike", "Gwenno Shaw",  "Hugh Barley",  "Isla Kerr",    "Joss Merrick", "Keira Downs",
    "Llew Carver", "Mabli Stone", "Noel Rushden", "Olwen Draper", "Perry Quayle"};

[[noreturn]] void broken(const Where& where, const std::string& what) {
  const std::string_view file = where.file_name();
  throw Broken(fmt::format("{}:{}: {}", file.substr(file.rfind('/') + 1), where.line(), what));
}

secret::SigningKey key_of(const std::string& member) { return secret::SigningKey::from_seed(seed_of(member)); }

}  // namespace

std::string id_of(const std::string& person) { return "m-" + sha256_hex(person).substr(0, 16); }
std::string member(int number) { return std::string(ordinary_members[static_cast<std::size_t>(number - 1)]); }
std::string seat_id(const std::string& post, int number) { return fmt::format("seat-{}-{}", post, number); }
std::string hash(const std::string& text) { return sha256_hex(text); }
std::array<std::uint8_t, 32> seed_of(const std::string& member) {
  return sha256("the key of the invented person " + member);
}

Stage::Stage(const Theatre& theatre) : theatre_(theatre), now_(theatre.begin) {
  const Place place = theatre.new_place();
  folder_ = place.folder;
  const service::fs::path organisation = folder_ / "organisation";
  expect(service::Organisation::create(organisation, {"ledger.folkmoot.example", place.database}));
  organisation_ = expect(service::Organisation::open(organisation));

  Names north, south;  // half of the members belong to each section, and all have been members for two years
  const auto admit = [&](const std::string& person) {
    names_[id_of(person)] = person;
    (north.size() < 30 ? north : south).push_back(id_of(person));
  };
  names_[id_of(founder)] = founder;
  for (const std::string_view holder : first_holders) admit(std::string(holder));
  for (const std::string_view one : ordinary_members) admit(std::string(one));
  for (const std::string_view person : election_staff) admit(std::string(person));

  std::vector<Request> founding;
  const auto ask = [&](const std::string& type, Body body) {
    founding.push_back({type, {id_of(founder), ""}, {}, std::move(body)});
  };
  ask("organisation.found", {{"text", theatre.charter}, {"key", to_hex(key_of(id_of(founder)).public_key())}});
  ask("member.admit", {{"members", north}, {"section", "north-shore"}, {"joined", "2024-01-01T00:00:00Z"}});
  ask("member.admit", {{"members", south}, {"section", "south-bay"}, {"joined", "2024-01-01T00:00:00Z"}});
  const auto charter = read_charter(theatre.charter);
  if (!charter) throw Broken(describe(charter.error()));
  std::size_t next = 0;
  for (const auto& [post, rule] : charter->posts) {
    for (int number = 1; number <= rule.seats; ++number) {
      ask("seat.found", {{"seat", seat_id(post, number)},
                         {"member", id_of(std::string(first_holders[next++ % std::size(first_holders)]))},
                         {"until", text(now_ + std::min(rule.term, days(365)))}});
    }
  }
  ask("organisation.constitute", {});
  std::vector<audit::SignedRequest> all;
  for (Request& request : founding) {
    audit::SignedRequest signed_request{std::move(request), {}};
    signed_request.signatures.push_back(sign_as(id_of(founder), signed_request.request));
    all.push_back(std::move(signed_request));
  }
  for (const service::Outcome& outcome : expect(organisation_->submit(all, now_))) {
    if (const Refusal* refusal = outcome.refusal()) throw Broken(refusal->rule + ": " + refusal->message);
  }
  tell();
  quiet_ = false;
}

std::unique_ptr<Stage> Stage::under(const std::string& charter_text) const {
  Theatre theatre = theatre_;
  theatre.charter = charter_text;
  return std::make_unique<Stage>(theatre);
}

Actor Stage::actor(const std::string& who) {
  if (!who.ends_with(':')) {
    names_.emplace(id_of(who), who);
    return {id_of(who), ""};
  }
  const std::string post = who.substr(0, who.size() - 1);
  const Names holding = holders(state(), post);
  if (holding.empty()) throw Broken("nobody holds " + post);
  return {holding.front(), post};
}

Request Stage::request(const std::string& who, const std::string& type, Body body, const std::string& second) {
  Request request{type, actor(who), {}, std::move(body)};
  if (!second.empty()) request.seconded_by.push_back(actor(second));
  return request;
}

audit::Signature Stage::sign_as(const std::string& member, const Request& request) {
  Time asked = now_;
  std::string text = audit::signed_text(organisation_->origin(), request, member, asked);
  while (!signed_.insert(text).second) {
    asked = asked - Length{1};
    text = audit::signed_text(organisation_->origin(), request, member, asked);
  }
  return {member, asked, key_of(member).sign(text)};
}

audit::SignedRequest Stage::sign(Request request) {
  audit::SignedRequest signed_request{std::move(request), {}};
  for (const Signer& signer : signers(state(), signed_request.request)) {
    signed_request.signatures.push_back(sign_as(signer.member, signed_request.request));
  }
  return signed_request;
}

void Stage::enrol_keys(const Request& request) {
  for (const Signer& signer : signers(state(), request)) {
    if (!signer.key.empty() || !is_active(state(), signer.member)) continue;
    const Body body{{"member", signer.member}, {"key", to_hex(key_of(signer.member).public_key())}};
    expect(organisation_->submit(sign({"member.enrol_key", {signer.member, ""}, {}, body}), now_));
    tell();
  }
}

service::Outcome Stage::submit(Request request) {
  expect(organisation_->settle(now_));
  tell();
  enrol_keys(request);
  service::Outcome outcome = expect(organisation_->submit(sign(std::move(request)), now_));
  tell();
  return outcome;
}

void Stage::tell() {
  for (const service::Numbered& done : organisation_->entered()) {
    const Act& act = acts_.emplace_back(done.entry.act);
    if (quiet_) continue;
    std::string who = act.actor.is_clock() ? "the clock" : name_of(act.actor.member);
    if (!act.actor.office.empty()) who += fmt::format(" ({})", act.actor.office);
    for (const Actor& second : act.seconded_by)
      who += fmt::format(" and {} ({})", name_of(second.member), second.office);
    *theatre_.out << fmt::format("  {:>5}  {}  {} by {}{}", done.number, text(act.time), act.type, who,
                                 act.refused ? ": REFUSED, " + act.refused->rule : "");
    if (theatre_.bodies) *theatre_.out << "  " << json::to_text(act.body);
    *theatre_.out << '\n';
  }
}

Act Stage::act(const std::string& who, const std::string& type, Body body, const std::string& second, Where where) {
  const service::Outcome outcome = submit(request(who, type, std::move(body), second));
  if (const Refusal* refusal = outcome.refusal()) {
    broken(where, fmt::format("{} by {}: {}: {}", type, who, refusal->rule, refusal->message));
  }
  return *outcome.act();
}

Refusal Stage::refused(const std::string& who, const std::string& type, Body body, const std::string& rule,
                       const std::string& second, Where where) {
  const service::Outcome outcome = submit(request(who, type, std::move(body), second));
  const Refusal* refusal = outcome.refusal();
  if (!refusal) broken(where, fmt::format("{} by {} was granted", type, who));
  if (!refusal->rule.starts_with(rule)) {
    broken(where, fmt::format("refused under another rule: {}: {}", refusal->rule, refusal->message));
  }
  *theatre_.out << "  refused: " << type << " by " << who << ": " << refusal->rule << ": " << refusal->message << '\n';
  return *refusal;
}

// Day by day, so that what the clock does has the day on which it was due.
void Stage::until(Time time) {
  while (now_ < time) {
    now_ = std::min(time, now_ + days(1));
    expect(organisation_->settle(now_));
    tell();
  }
}

std::string Stage::last(const std::string& process) const {
  const Process* found = find_process(process);
  for (std::size_t i = acts_.size(); found && i-- > 0;) {
    if (!acts_[i].refused && found->transition("", acts_[i].type)) return fmt::format("{}-{}", process, i);
  }
  throw Broken("no act has opened a " + process);
}

bool Stage::did(const std::string& type) const {
  return std::ranges::any_of(acts_, [&](const Act& act) { return act.type == type && !act.refused; });
}

const Seat& Stage::seat(const std::string& post, int number) const { return get(state().seats, seat_id(post, number)); }

const std::string& Stage::stage(const std::string& id) const {
  const Thing* thing = find_thing(state(), id);
  if (!thing) throw Broken("there is no " + id);
  return thing->stage;
}

bool Stage::flagged(const std::string& id) const {
  return std::ranges::any_of(flags(state(), now_), [&](const Flag& flag) { return flag.thing == id; });
}

std::string Stage::decide_in(const std::string& organ, const std::string& title, const Body& more) {
  const std::int64_t present = std::max<std::int64_t>(static_cast<std::int64_t>(seated(state(), organ).size()), 1);
  Body body{{"organ", organ},     {"title", title}, {"hash", hash(title)},
            {"present", present}, {"yes", present}, {"no", 0}};
  for (const auto& [name, value] : more.fields()) body.set(name, value);
  act(charter().organs.at(organ).secretary + ":", "decision.take", body);
  return last("decision");
}

audit::Report Stage::verify() {
  expect(organisation_->publish());
  const verifier::Place place = expect(verifier::open_place(organisation_->public_folder().string()));
  const auto policy = expect(verifier::policy_of({.policy = "", .key = organisation_->ledger_key().to_text()}));
  audit::VerifyOptions options;
  options.policy = &*policy;
  return audit::verify(*place.log, *place.library, options);
}

void Stage::expect_rebuilds() {
  const std::string before = to_json(state());
  const auto rows = [&] {
    database::Database& database = organisation_->database();
    return std::pair(expect(database.run("SELECT number, type, time, member, entry FROM act ORDER BY number")),
                     expect(database.run("SELECT thing, act, opened FROM mention ORDER BY thing, act")));
  };
  const auto cache = rows();
  if (expect(organisation_->rebuild()) != acts_.size()) throw Broken("the ledger has another number of acts");
  if (to_json(state()) != before) throw Broken("the state replayed from the ledger is another one");
  if (rows() != cache) throw Broken("the database's cache made from the ledger is another one");
}

void Stage::check(bool held, Where where) {
  if (!held) broken(where, "does not hold");
}

}  // namespace folkmoot::scenes
