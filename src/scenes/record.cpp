// R11, R36, R43, R44: what is on the record can be checked by anyone, and what is private is not in it.
#include <algorithm>
#include <fstream>

#include "base/merkle.hpp"
#include "ledger/receipt.hpp"
#include "scenes/scene.hpp"
#include "secret/random.hpp"
#include "service/electorate.hpp"
#include "service/people.hpp"

namespace folkmoot::scenes {
namespace {

// Whoever is erased is gone from the private store, with the salts that tie them to frozen electorates; the ledger
// replays as before, and so do the proofs of everybody else.
void erasure_leaves_the_record_whole(Stage& org) {
  database::Database& database = org.organisation().database();
  service::People people(database);
  const Names both{id_of(member(5)), id_of(member(6))};
  expect(database.transact([&] {
    return people.insert(std::vector<service::Person>{{both[0], "5", "Member Five", "five@example.org", "en", {}, {}},
                                                      {both[1], "6", "Member Six", "six@example.org", "en", {}, {}}});
  }));
  org.act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
  org.act("returning-officer:", "contest.call", {{"post", "chair"}, {"seats", 1}});
  org.act("returning-officer:", "election.prepare", {{"of", org.last("contest")}});
  const std::string election = org.last("election");
  const Actor secretary = org.actor("membership-secretary:");
  const Request frozen =
      expect(service::freeze(database, org.state(), election, secretary, org.now(), secret::Random::system()));
  org.act("membership-secretary:", frozen.type, frozen.body);

  const Election& electorate = get(org.state().elections, election);
  merkle::TreeHead head{static_cast<std::uint64_t>(electorate.size), {}};
  expect(from_hex(electorate.root, head.root));
  const auto proves = [&](const std::string& who) {
    const auto proofs = expect(service::ElectorateProofs::open(database, org.state(), election));
    const auto proof = proofs.prove(who);
    return proof && verify(*proof, head);
  };
  org.check(proves(both[0]) && proves(both[1]));

  org.act(member(5), "member.leave", {{"member", both[0]}});
  org.act("membership-secretary:", "member.erase", {{"member", both[0]}}, "chair:");
  org.equal(get(org.state().members, both[0]).stage, "erased");
  org.check(!expect(people.by_reference(both[0])) && !proves(both[0]));
  org.check(expect(people.by_reference(both[1])) && proves(both[1]));
  org.check(org.verify().valid());
}

// An auditor takes what concerns a case, each act with the proof that it is in the ledger, and needs nobody to check
// it.
void an_evidence_pack_proves_itself(Stage& org) {
  org.act("conduct-officer:", "case.open",
          {{"member", id_of(member(8))}, {"rule", "harassment"}, {"evidence", hash("e")}, {"notice", hash("n")}});
  const std::string id = org.last("case");
  org.act(member(8), "case.reply", {{"case", id}, {"statement", hash("s")}});
  expect(org.organisation().publish());
  const ledger::Policy policy =
      expect(ledger::Policy::parse(fmt::format("log {}\nquorum none\n", org.organisation().ledger_key().to_text())));
  const auto pack = expect(service::timeline(org.organisation().database(), id));
  org.equal(pack.size(), 2U);
  for (const service::Numbered& act : pack) {
    const auto receipt = expect(ledger::parse_receipt(expect(org.organisation().receipt(act.number))));
    const std::string entry = json::to_text(act.entry);
    org.check(ledger::verify_receipt(policy, receipt, merkle::leaf_hash(bytes_of(entry))).has_value());
    std::string forged = entry;
    forged.replace(forged.find("2026-"), 5, "2025-");
    org.check(!ledger::verify_receipt(policy, receipt, merkle::leaf_hash(bytes_of(forged))).has_value());
  }
}

// As happened to a report in the press: a line of spam stands in a published text one morning.
void defacement_is_detected(Stage& org) {
  const std::string good = "Members decide on 1 May.\n";
  const std::string name = expect(org.organisation().publish_bytes(good));
  org.act("general-secretary:", "statement.publish", {{"title", "The ballot"}, {"hash", name}});
  const auto file = org.organisation().public_folder() / "published" / name;
  org.check(org.verify().valid());
  std::ofstream(file, std::ios::app) << "Cheap watches!\n";
  const audit::Report report = org.verify();
  org.check(!report.valid() && report[audit::CheckId::published].failed());
  org.say(report[audit::CheckId::published].details().front());
  // The last good text is the one with that hash, whoever kept it.
  service::fs::remove(file);
  org.equal(expect(org.organisation().publish_bytes(good)), name);
  org.check(org.verify().valid());
}

// What an officer has not signed is not the organisation's, even if it lies beside what is.
void provenance_of_official_text(Stage& org) {
  const auto publish = [&](const char* text) { return expect(org.organisation().publish_bytes(text)); };
  org.act("general-secretary:", "statement.publish", {{"title", "The ballot"}, {"hash", publish("one")}});
  const std::string id = org.last("statement");
  org.act("general-secretary:", "statement.revise", {{"statement", id}, {"hash", publish("two")}});
  org.equal(get(org.state().statements, id).office, "general-secretary");
  org.equal(get(org.state().statements, id).versions, (Names{hash("one"), hash("two")}));
  org.refused(member(1), "statement.publish", {{"title", "Buy this"}, {"hash", publish("three")}}, "duties.texts");
  const audit::Report report = org.verify();
  org.check(report.valid());
  org.equal(report.unnamed, (std::vector<std::string>{hash("three")}));
}

constexpr Scene list[] = {
    {11, "Erasure leaves the record whole", erasure_leaves_the_record_whole},
    {36, "An evidence pack proves itself", an_evidence_pack_proves_itself},
    {43, "Defacement is detected", defacement_is_detected},
    {44, "Provenance of official text", provenance_of_official_text},
};

}  // namespace

std::span<const Scene> record_scenes() { return list; }

}  // namespace folkmoot::scenes
