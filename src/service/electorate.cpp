#include "service/electorate.hpp"

#include <algorithm>
#include <functional>

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

Status each_stored(database::Database& database, const std::string& election,
                   const std::function<Status(const Stored&)>& visit) {
  static const std::string sql = fmt::format(
      "SELECT {} FROM elector WHERE election = $1 AND position >= $2 AND position < $3 ORDER BY position", columns);
  for (std::int64_t first = 0;; first += page) {
    const std::int64_t end = first + static_cast<std::int64_t>(page);
    const Rows rows = TRY(database.run(sql, {election, first, end}));
    for (const Row& row : rows) {
      const Stored stored = TRY(in(fmt::format("elector {}", std::get<std::int64_t>(row[0])), stored_of(row)));
      TRY(visit(stored));
    }
    if (rows.size() < page) return {};
  }
}

// The election, frozen.
Result<const charter::Election*> frozen(const State& state, const std::string& election) {
  const auto found = state.elections.find(election);
  if (found == state.elections.end()) return fail("there is no \"{}\"", election);
  if (found->second.root.empty()) return fail("{} is not frozen", election);
  return &found->second;
}

Result<merkle::TreeHead> head_of(const charter::Election& election) {
  merkle::TreeHead head{static_cast<std::uint64_t>(election.size), {}};
  TRY(in("root", from_hex(election.root, head.root)));
  return head;
}

// The tree over the commitments that are stored, which has that head.
Result<merkle::Tree> read_tree(database::Database& database, const std::string& election,
                               const merkle::TreeHead& head) {
  std::vector<Digest> commitments;
  commitments.reserve(head.size);
  const auto take = [&](const Stored& stored) -> Status {
    commitments.push_back(stored.commitment);
    return {};
  };
  TRY(each_stored(database, election, take));
  merkle::Tree tree = charter::electorate_tree(commitments);
  if (tree.head() != head) return fail("{}: the stored commitments do not lead to its root", election);
  return tree;
}

// Stores a salt for each elector; the commitments, in their order.
Result<std::vector<Digest>> store_salts(database::Database& database, const std::string& election,
                                        const std::vector<Elector>& electors, secret::Random& random) {
  std::vector<Digest> commitments;
  commitments.reserve(electors.size());
  TRY(database.run("DELETE FROM elector WHERE election = $1", {election}));
  std::vector<Salt> salts(std::min(page, electors.size()));
  Rows rows;
  for (std::size_t first = 0; first < electors.size(); first += page) {
    rows.clear();
    random.fill({salts.front().data(), salts.size() * sizeof(Salt)});
    for (std::size_t i = first; i < std::min(first + page, electors.size()); ++i) {
      const auto& [member, weight] = electors[i];
      const Salt& salt = salts[i - first];
      const Digest& commitment = commitments.emplace_back(charter::commit(salt, to_text(Entry{member, weight})));
      rows.push_back({election, static_cast<std::int64_t>(i), member, weight, Bytes(salt.begin(), salt.end()),
                      Bytes(commitment.begin(), commitment.end())});
    }
    TRY(
        database.run_all("INSERT INTO elector (election, position, member, weight, salt, commitment) "
                         "VALUES ($1, $2, $3, $4, $5, $6)",
                         rows));
  }
  return commitments;
}

}  // namespace

Result<charter::Request> freeze(database::Database& database, const State& state, const std::string& election,
                                const charter::Actor& officer, charter::Time now, secret::Random& random) {
  const auto found = state.elections.find(election);
  if (found == state.elections.end()) return fail("there is no \"{}\"", election);
  // Salts that the ledger's root rests on are never replaced.
  if (found->second.stage != "preparing")
    return fail("{} is {}, and can be frozen only once", election, found->second.stage);
  const auto& rule = state.charter_of(found->second.charter);
  const std::vector<Elector> electors = charter::electors(state, rule, found->second.electorate, now);
  std::int64_t weight = 0;
  for (const Elector& elector : electors) weight += elector.weight;
  const auto size = static_cast<std::int64_t>(electors.size());
  charter::Request request{"election.freeze", officer, {}, {{"election", election}, {"root", std::string(64, '0')}}};
  request.body.add("size", size);
  request.body.add("weight", weight);
  // Whatever the root.
  const charter::Decided decided = charter::decide(state, request, now);
  if (const auto* refusal = std::get_if<charter::Refusal>(&decided)) {
    return fail("{}: {}: {}", election, refusal->rule, refusal->message);
  }
  std::vector<Digest> commitments;
  const auto store = [&]() -> Status {
    commitments = TRY(store_salts(database, election, electors, random));
    return {};
  };
  TRY(in("private store", database.transact(store)));
  request.body.set("root", to_hex(charter::electorate_tree(commitments).head().root));
  return request;
}

Status check_electorate(database::Database& database, const State& state, const std::string& election) {
  const charter::Election& data = *TRY(frozen(state, election));
  const merkle::TreeHead head = TRY(head_of(data));
  std::int64_t weight = 0;
  std::size_t position = 0, erased = 0;
  const auto check = [&](const Stored& stored) -> Status {
    if (position == data.electors.size()) return fail("{}: more electors are stored than were frozen", election);
    const std::string& member = data.electors[position++];
    if (!stored.entry) {
      ++erased;
      return {};
    }
    if (stored.entry->member != member) return fail("{}: elector {} is not {}", election, position - 1, member);
    if (charter::commit(stored.salt, to_text(*stored.entry)) != stored.commitment) {
      return fail("{}: the commitment to {} does not open", election, member);
    }
    weight += stored.entry->weight;
    return {};
  };
  TRY(each_stored(database, election, check));
  if (position != data.electors.size()) return fail("{}: {} electors are stored of {}", election, position, data.size);
  if (weight > data.weight || (erased == 0 && weight != data.weight)) {
    return fail("{}: the weight stored is {}, and {} was frozen", election, weight, data.weight);
  }
  TRY(read_tree(database, election, head));
  return {};
}

Result<ElectorateProofs> ElectorateProofs::open(database::Database& database, const State& state,
                                                const std::string& election) {
  const charter::Election& data = *TRY(frozen(state, election));
  const merkle::TreeHead head = TRY(head_of(data));
  merkle::Tree tree = TRY(read_tree(database, election, head));
  return ElectorateProofs(database, election, std::move(tree));
}

Result<charter::ElectorProof> ElectorateProofs::prove(const std::string& member) const {
  static const std::string sql = fmt::format("SELECT {} FROM elector WHERE member = $1 AND election = $2", columns);
  const Rows rows = TRY(database_->run(sql, {member, election_}));
  if (rows.empty()) return fail("{} has no salt for {}: not on it, or erased since", member, election_);
  const Stored stored = TRY(stored_of(rows.front()));
  const auto index = static_cast<std::uint64_t>(stored.position);
  if (!stored.entry || index >= tree_.size()) return fail("{}: the store has changed", election_);
  return charter::ElectorProof{election_, *stored.entry, stored.salt, index, tree_.path(index)};
}

}  // namespace folkmoot::service
