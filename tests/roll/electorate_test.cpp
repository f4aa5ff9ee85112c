#include "service/electorate.hpp"

#include <filesystem>
#include <fstream>

#include "roll/moot.hpp"
#include "service/erasure.hpp"

namespace folkmoot::service {
namespace {

namespace fs = std::filesystem;

class Electorate : public EitherStore {
 protected:
  static std::string id(int i) { return fmt::format("ID-{:05}-unmistakable", i); }
  static std::string name(int i) { return fmt::format("Ximena Unmistakable {:05}", i); }
  static std::string email(int i) { return fmt::format("unmistakable.{:05}@example.org", i); }

  // A contest with an election in preparation, and so many imported members.
  void prepare(int members) {
    std::string list = "id,name,email,section,joined\n";
    for (int i = 0; i < members; ++i) {
      list += fmt::format("{},{},{},{},2020-05-05\n", id(i), name(i), email(i), i % 2 ? "north-shore" : "south-bay");
    }
    moot.import(list);
    const std::string chair = charter::holders(moot.state, "chair").front();
    moot.submit({"seat.resign", {chair, ""}, {}, {{"seat", "seat-chair-1"}}});
    moot.submit({"contest.call", moot.officer("returning-officer"), {}, {{"post", "chair"}, {"seats", 1}}});
    const std::string contest = moot.state.contests.rbegin()->first;
    moot.submit({"election.prepare", moot.officer("returning-officer"), {}, {{"of", contest}}});
    election = moot.state.elections.rbegin()->first;
  }
  Result<charter::Request> try_to_freeze() {
    return freeze(moot.database(), moot.state, election, moot.officer(), moot.now, moot.random);
  }
  [[nodiscard]] const charter::Election& frozen() const { return charter::get(moot.state.elections, election); }
  [[nodiscard]] merkle::TreeHead head() const {
    merkle::TreeHead head{static_cast<std::uint64_t>(frozen().size), {}};
    EXPECT_TRUE(from_hex(frozen().root, head.root));
    return head;
  }
  // As the organisation does it.
  void erase_member(const std::string& member) {
    moot.submit({"member.erase", moot.officer(), {moot.officer("general-secretary")}, {{"member", member}}});
    ok(moot.database().transact([&] { return forget(moot.database(), member); }));
  }

  std::string election;
};
ON_EITHER_STORE(Electorate);

TEST_P(Electorate, EveryElectorCanProveItAndNobodyElse) {
  prepare(20);
  moot.submit(ok(try_to_freeze()));
  EXPECT_EQ(frozen().stage, "frozen");
  EXPECT_EQ(frozen().size, static_cast<std::int64_t>(frozen().electors.size()));
  EXPECT_GT(frozen().size, 20);
  ok(check_electorate(moot.database(), moot.state, election));
  const auto proofs = ok(ElectorateProofs::open(moot.database(), moot.state, election));
  std::set<Digest> salts;
  for (const std::string& member : frozen().electors) {
    const charter::ElectorProof proof = ok(proofs.prove(member));
    EXPECT_EQ(proof.entry, (charter::Entry{member, 1}));
    // Whoever gets the text needs nothing but the ledger.
    ok(charter::verify(ok(charter::read_elector_proof(charter::to_text(proof))), head()));
    salts.insert(proof.salt);
  }
  EXPECT_EQ(salts.size(), frozen().electors.size());
  EXPECT_FALSE(proofs.prove("m-00000000000000ff"));
}

TEST_P(Electorate, MembersWhoCameLaterAreNotOnIt) {
  prepare(3);
  moot.submit(ok(try_to_freeze()));
  moot.import("id,joined\nlate,2020-01-01\n");
  EXPECT_EQ(moot.stage("late"), "active");
  EXPECT_FALSE(ok(ElectorateProofs::open(moot.database(), moot.state, election)).prove(moot.reference("late")));
}

TEST_P(Electorate, IsFrozenOnceAndByWhoeverMay) {
  prepare(3);
  EXPECT_FALSE(freeze(moot.database(), moot.state, election, moot.officer("returning-officer"), moot.now, moot.random));
  EXPECT_FALSE(freeze(moot.database(), moot.state, "election-1", moot.officer(), moot.now, moot.random));
  EXPECT_FALSE(ElectorateProofs::open(moot.database(), moot.state, election)) << "not frozen yet";
  const auto first = ok(try_to_freeze());
  // The first was never submitted, as after a crash: the salts of the second count.
  const auto second = ok(try_to_freeze());
  EXPECT_NE(first.body.text("root"), second.body.text("root"));
  moot.submit(second);
  ok(check_electorate(moot.database(), moot.state, election));
  EXPECT_THAT(try_to_freeze().error().message, testing::HasSubstr("can be frozen only once"));
  ok(check_electorate(moot.database(), moot.state, election));
}

TEST_P(Electorate, WhatDoesNotOpenTheCommitmentIsFound) {
  const auto found = [&](const std::string& change) {
    ok(moot.database().run(change));
    const Status status = check_electorate(moot.database(), moot.state, election);
    const bool proves = ElectorateProofs::open(moot.database(), moot.state, election).has_value();
    return status ? std::string("nothing") : status.error().message + (proves ? "" : "; no proofs");
  };
  prepare(5);
  moot.submit(ok(try_to_freeze()));
  const std::string opens = "UPDATE elector SET ";
  const auto second = ok(moot.database().run("SELECT member FROM elector WHERE position = 2"))[0][0];
  EXPECT_THAT(found(opens + "weight = 2 WHERE position = 1"), testing::HasSubstr("does not open"));
  ok(moot.database().run(opens + "weight = 1 WHERE position = 1"));
  EXPECT_THAT(found(opens + "member = 'm-0000000000000000' WHERE position = 2"), testing::HasSubstr("is no elector"));
  ok(moot.database().run(opens + "member = $1 WHERE position = 2", {second}));
  EXPECT_EQ(found(opens + "weight = 1"), "nothing");
  EXPECT_THAT(found("DELETE FROM elector WHERE position = 4"), testing::HasSubstr("no proofs"));
}

TEST_P(Electorate, TheErasedLeaveAndEverybodyElseStillProves) {
  prepare(8);
  moot.submit(ok(try_to_freeze()));
  const std::string gone = moot.reference(id(3));
  const std::string root = frozen().root;
  moot.submit({"member.leave", {gone, ""}, {}, {{"member", gone}}});
  erase_member(gone);
  EXPECT_EQ(charter::get(moot.state.members, gone).stage, "erased");
  EXPECT_EQ(ok(moot.people().by_reference(gone)), std::nullopt);
  EXPECT_EQ(frozen().root, root);
  ok(check_electorate(moot.database(), moot.state, election));
  const auto proofs = ok(ElectorateProofs::open(moot.database(), moot.state, election));
  for (const std::string& member : frozen().electors) {
    const auto proof = proofs.prove(member);
    EXPECT_EQ(proof.has_value(), member != gone);
    if (proof) ok(charter::verify(*proof, head()));
  }
}

// The bytes of those files, and of all in those folders.
std::string content_of(const std::vector<fs::path>& places) {
  std::string all;
  const auto add = [&](const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    all.append(std::istreambuf_iterator<char>(file), {});
  };
  for (const fs::path& place : places) {
    if (!fs::is_directory(place)) {
      add(place);  // nothing, if it isn't there
      continue;
    }
    for (const auto& entry : fs::recursive_directory_iterator(place)) {
      if (entry.is_regular_file()) add(entry.path());
    }
  }
  return all;
}

TEST_P(Electorate, NothingOfTheErasedIsInTheDatabasesFiles) {
  prepare(3000);
  moot.submit(ok(try_to_freeze()));
  // Rows have moved between pages: everybody has been changed once.
  std::string list = "id,name,email,section,joined\n";
  for (int i = 0; i < 3000; ++i) {
    list += fmt::format("{},{} {},{},north-shore,2020-05-05\n", id(i), name(i), std::string(100, 'z'), email(i));
  }
  moot.import(list);
  std::vector<fs::path> places;
  if (GetParam() == test::Kind::sqlite) {
    const std::string path = moot.url().substr(std::string_view("sqlite:").size());
    places = {path, path + "-wal", path + "-journal", path + "-shm"};
  } else {
    places = {fs::path(std::get<std::string>(ok(moot.database().run("SHOW data_directory"))[0][0])) / "base"};
  }
  const auto on_disk = [&] {
    // PostgreSQL writes its pages when it likes.
    if (GetParam() == test::Kind::postgresql) ok(moot.database().run("CHECKPOINT"));
    return content_of(places);
  };
  std::vector<std::string> personal;
  charter::Names gone;
  const auto proofs = ok(ElectorateProofs::open(moot.database(), moot.state, election));
  for (const int i : {7, 1500, 2999}) {
    const std::string member = gone.emplace_back(moot.reference(id(i)));
    const auto proof = ok(proofs.prove(member));
    for (std::string one : {id(i), name(i), email(i), member, std::string(text_of(proof.salt))}) {
      personal.push_back(std::move(one));
    }
    moot.submit({"member.leave", {member, ""}, {}, {{"member", member}}});
  }
  if (GetParam() == test::Kind::postgresql) ok(moot.database().run("ANALYZE"));  // as it does by itself, at times
  const std::string before = on_disk();
  for (const std::string& one : personal) EXPECT_NE(before.find(one), std::string::npos) << one;
  for (const std::string& member : gone) erase_member(member);
  ok(purge_forgotten(moot.database()));
  const std::string after = on_disk();
  for (const std::string& one : personal) EXPECT_EQ(after.find(one), std::string::npos) << one;
  EXPECT_NE(after.find(name(8)), std::string::npos);
  ok(check_electorate(moot.database(), moot.state, election));
}

}  // namespace
}  // namespace folkmoot::service
