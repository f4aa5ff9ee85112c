#include "service/electorate.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "charter/decide.hpp"
#include "charter/standing.hpp"

namespace folkmoot::service {
namespace {

using charter::Elector;
using charter::Entry;
using charter::Salt;
using charter::State;
using database::Row;
using database::Rows;
using database::Value;

// Rows pass through memory a page at a time.
constexpr std::size_t page = 10'000;

// What is stored of an elector; of one who was erased, the commitment alone.
struct Stored {
  std::int64_t position = 0;
  std::optional<Entry> entry;
  Salt salt{};
  Digest commitment{};
};

Result<Digest> digest_of(const Value& value) {
  const auto* bytes = std::get_if<Bytes>(&value);
  Digest digest;
  if (!bytes || bytes->size() != digest.size()) return fail("not 32 bytes");
  std::ranges::copy(*bytes, digest.begin());
  return digest;
}

// A row of: position, member, weight, salt, commitment.
Result<Stored> stored_of(const Row& row) {
  Stored stored;
  stored.position = std::get<std::int64_t>(row[0]);
  stored.commitment = TRY(in("commitment", digest_of(row[4])));
  const auto* member = std::get_if<std::string>(&row[1]);
  const auto* weight = std::get_if<std::int64_t>(&row[2]);
  if (!member || !weight) return stored;
  stored.salt = TRY(in("salt", digest_of(row[3])));
  stored.entry = Entry{*member, *weight};
  return stored;
}

constexpr std::string_view columns = "position, member, weight, salt, commitment";

Status each_stored(database::Database& database, const std::string& id,
                   const std::function<Status(const Stored&)>& visit) {
  static const std::string sql = fmt::format(
      "SELECT {} FROM elector WHERE frozen_for = $1 AND position >= $2 AND position < $3 ORDER BY position", columns);
  for (std::int64_t first = 0;; first += page) {
    const std::int64_t end = first + static_cast<std::int64_t>(page);
    const Rows rows = TRY(database.run(sql, {id, first, end}));
    for (const Row& row : rows) {
      const Stored stored = TRY(in(fmt::format("elector {}", std::get<std::int64_t>(row[0])), stored_of(row)));
      TRY(visit(stored));
    }
    if (rows.size() < page) return {};
  }
}

// The head of what was frozen for the election or petition.
Result<merkle::TreeHead> frozen_head(const State& state, const std::string& id) {
  const auto election = state.elections.find(id);
  const auto petition = state.petitions.find(id);
  const bool votes = election != state.elections.end();
  if (!votes && petition == state.petitions.end()) return fail("there is no election or petition \"{}\"", id);
  const std::string& root = votes ? election->second.root : petition->second.root;
  const std::int64_t size = votes ? election->second.size : petition->second.size;
  if (root.empty()) return fail("{} is not frozen", id);
  merkle::TreeHead head{static_cast<std::uint64_t>(size), {}};
  TRY(in("root", from_hex(root, head.root)));
  return head;
}

// The tree over the commitments that are stored, which has that head.
Result<merkle::Tree> read_tree(database::Database& database, const std::string& id, const merkle::TreeHead& head) {
  std::vector<Digest> commitments;
  commitments.reserve(head.size);
  const auto take = [&](const Stored& stored) -> Status {
    commitments.push_back(stored.commitment);
    return {};
  };
  TRY(each_stored(database, id, take));
  merkle::Tree tree = charter::electorate_tree(commitments);
  if (tree.head() != head) return fail("{}: the stored commitments do not lead to its root", id);
  return tree;
}

struct Salted {
  const Elector* elector = nullptr;
  Salt salt{};
  Digest commitment{};
};

// A salt for each, in the order of the commitments.
std::vector<Salted> salted(const std::vector<Elector>& electors, secret::Random& random) {
  std::vector<Salted> entries(electors.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    entries[i].elector = &electors[i];
    random.fill(entries[i].salt);
    entries[i].commitment = charter::commit(entries[i].salt, to_text(Entry{electors[i].member, electors[i].weight}));
  }
  std::ranges::sort(entries, {}, &Salted::commitment);
  return entries;
}

Status store(database::Database& database, const std::string& id, const std::vector<Salted>& entries) {
  TRY(database.run("DELETE FROM elector WHERE frozen_for = $1", {id}));
  Rows rows;
  for (std::size_t first = 0; first < entries.size(); first += page) {
    rows.clear();
    for (std::size_t i = first; i < std::min(first + page, entries.size()); ++i) {
      const auto& [elector, salt, commitment] = entries[i];
      rows.push_back({id, static_cast<std::int64_t>(i), elector->member, elector->weight,
                      Bytes(salt.begin(), salt.end()), Bytes(commitment.begin(), commitment.end())});
    }
    TRY(
        database.run_all("INSERT INTO elector (frozen_for, position, member, weight, salt, commitment) "
                         "VALUES ($1, $2, $3, $4, $5, $6)",
                         rows));
  }
  return {};
}

// Who may vote in that election now, and the act that says so, but for the root.
struct ToFreeze {
  std::vector<Elector> electors;
  charter::Request request;
};
Result<ToFreeze> electorate_of(const State& state, const std::string& id, const charter::Election& election,
                               charter::Time now) {
  // Salts that the ledger's root rests on are never replaced.
  if (election.stage != "preparing") return fail("{} is {}, and can be frozen only once", id, election.stage);
  ToFreeze freezing{charter::electors(state, state.charter_of(election.charter), election.electorate, now), {}};
  std::int64_t weight = 0;
  for (const Elector& elector : freezing.electors) weight += elector.weight;
  freezing.request.type = "election.freeze";
  freezing.request.body.set("election", id);
  freezing.request.body.set("weight", weight);
  return freezing;
}
// Who may sign that petition now and has not. A signature has no weight.
Result<ToFreeze> signatories_of(const State& state, const std::string& id, const charter::Petition& petition,
                                charter::Time now) {
  if (!petition.root.empty()) return fail("{} is frozen, and can be only once", id);
  const charter::Charter& charter = state.charter_of(petition.charter);
  ToFreeze freezing;
  const std::string& electorate = charter::get(charter.petitions, petition.rule).electorate;
  for (const Elector& elector : charter::electors(state, charter, electorate, now)) {
    if (!petition.named.contains(elector.member)) freezing.electors.push_back({elector.member, 1});
  }
  freezing.request.type = "petition.freeze";
  freezing.request.body.set("petition", id);
  return freezing;
}
Result<ToFreeze> to_freeze(const State& state, const std::string& id, charter::Time now) {
  const auto election = state.elections.find(id);
  if (election != state.elections.end()) return electorate_of(state, id, election->second, now);
  const auto petition = state.petitions.find(id);
  if (petition != state.petitions.end()) return signatories_of(state, id, petition->second, now);
  return fail("there is no election or petition \"{}\"", id);
}

}  // namespace

Result<charter::Request> freeze(database::Database& database, const State& state, const std::string& id,
                                const charter::Actor& officer, charter::Time now, secret::Random& random) {
  auto [electors, request] = TRY(to_freeze(state, id, now));
  request.actor = officer;
  request.body.set("size", static_cast<std::int64_t>(electors.size()));
  request.body.set("root", std::string(64, '0'));
  // Whatever the root.
  const charter::Decided decided = charter::decide(state, request, now);
  if (const auto* refusal = std::get_if<charter::Refusal>(&decided)) {
    return fail("{}: {}: {}", id, refusal->rule, refusal->message);
  }
  const std::vector<Salted> entries = salted(electors, random);
  TRY(in("private store", database.transact([&] { return store(database, id, entries); })));
  std::vector<Digest> commitments;
  for (const Salted& entry : entries) commitments.push_back(entry.commitment);
  request.body.set("root", to_hex(charter::electorate_tree(commitments).head().root));
  return request;
}

Status check_electorate(database::Database& database, const State& state, const std::string& id) {
  const merkle::TreeHead head = TRY(frozen_head(state, id));
  const auto election = state.elections.find(id);
  const charter::Election* votes = election == state.elections.end() ? nullptr : &election->second;
  std::int64_t weight = 0;
  std::size_t stored_entries = 0;
  std::set<std::string> members;
  const auto check = [&](const Stored& stored) -> Status {
    ++stored_entries;
    if (!stored.entry) return {};
    const std::string& member = stored.entry->member;
    if (!members.insert(member).second) return fail("{}: {} is stored twice", id, member);
    if (votes && !std::ranges::binary_search(votes->electors, member)) return fail("{}: {} is no elector", id, member);
    if (charter::commit(stored.salt, to_text(*stored.entry)) != stored.commitment) {
      return fail("{}: the commitment to {} does not open", id, member);
    }
    weight += stored.entry->weight;
    return {};
  };
  TRY(each_stored(database, id, check));
  if (stored_entries != head.size) return fail("{}: {} electors are stored of {}", id, stored_entries, head.size);
  const bool all = members.size() == stored_entries;  // nobody was erased
  if (votes && (weight > votes->weight || (all && weight != votes->weight))) {
    return fail("{}: the weight stored is {}, and {} was frozen", id, weight, votes->weight);
  }
  TRY(read_tree(database, id, head));
  return {};
}

Result<ElectorateProofs> ElectorateProofs::open(database::Database& database, const State& state,
                                                const std::string& id) {
  const merkle::TreeHead head = TRY(frozen_head(state, id));
  merkle::Tree tree = TRY(read_tree(database, id, head));
  return ElectorateProofs(database, id, std::move(tree));
}

Result<charter::ElectorProof> ElectorateProofs::prove(const std::string& member) const {
  static const std::string sql = fmt::format("SELECT {} FROM elector WHERE member = $1 AND frozen_for = $2", columns);
  const Rows rows = TRY(database_->run(sql, {member, id_}));
  if (rows.empty()) return fail("{} has no salt for {}: not on it, or erased since", member, id_);
  const Stored stored = TRY(stored_of(rows.front()));
  const auto index = static_cast<std::uint64_t>(stored.position);
  if (!stored.entry || index >= tree_.size()) return fail("{}: the store has changed", id_);
  return charter::ElectorProof{id_, *stored.entry, stored.salt, index, tree_.path(index)};
}

}  // namespace folkmoot::service
