// bench_roll [MEMBERS [CHARTER [FOLDER]]]: the roll of a large organisation. 570,000 invented members are imported from
// one CSV into an organisation under the example charter, imported again unchanged and with a twentieth changed, and
// frozen into the electorate of an election; in a temporary folder, unless one is given. The floors, measured beside
// it: SHA-256 of the list's bytes, and SQLite inserting the same rows into the same table in one transaction.
#include <sqlite3.h>

#include <cstdlib>
#include <ctime>
#include <filesystem>

#include "charter/decide.hpp"
#include "charter/standing.hpp"
#include "measure.hpp"
#include "secret/random.hpp"
#include "service/awaiting.hpp"
#include "service/electorate.hpp"
#include "service/erasure.hpp"
#include "service/files.hpp"
#include "service/roll_import.hpp"

namespace folkmoot {
namespace {

namespace fs = std::filesystem;

// Runs the work and prints how long it took, beside a floor if there is one.
template <class Work>
double measure(std::string_view what, Work work, double floor = 0) {
  const double begin = clock_seconds();
  work();
  const double seconds = clock_seconds() - begin;
  fmt::print("{:<52} {:7.2f} s", what, seconds);
  if (floor > 0) fmt::print("  {:5.1f} × SQLite's insert", seconds / floor);
  fmt::print("  (peak {} MiB)\n", peak_mebibytes());
  std::fflush(stdout);
  return seconds;
}

// 650 sections, dates of joining over twenty years. `changed`: every twentieth has moved, lapsed or has a new address.
std::string make_list(std::size_t members, bool changed) {
  std::string list = "Member number,First name,Last name,E-mail,Language,Branch,Date joined,Status\n";
  for (std::size_t i = 0; i < members; ++i) {
    const std::size_t mixed = i * 2654435761 % 4294967296;
    const bool other = changed && i % 20 == 7;
    fmt::format_to(std::back_inserter(list),
                   "M{:07},Invented{},Person{},member.{}{}@example.org,en,Branch {},{}-{:02}-{:02},{}\n", i,
                   mixed % 1000, mixed / 1000 % 10'000, i, other && i % 3 == 0 ? ".new" : "",
                   (mixed / 7 + (other && i % 3 == 1 ? 1 : 0)) % 650, 2006 + mixed / 11 % 20, 1 + mixed / 13 % 12,
                   1 + mixed / 17 % 28, other && i % 3 == 2 ? "lapsed" : "active");
  }
  return list;
}

charter::Roll read(const std::string& list) {
  auto roll = charter::read_roll(list, charter::members_form());
  if (!roll) std::abort();
  return *std::move(roll);
}

// An organisation in which the founder keeps the roll: what the acts say is decided and applied, in memory.
class Moot {
 public:
  explicit Moot(const std::string& charter) {
    submit({"organisation.found", founder, {}, {{"text", charter}, {"key", std::string(64, '0')}}});
    // One keeps the roll and has the chair, another has every other post: privileged acts need two.
    submit({"member.admit", founder, {}, {{"members", charter::Names{other, keeper}}}});
    for (const auto& [name, post] : state.charter().posts) {
      const bool keeps = name == "chair" || charter::contains(state.charter().posts_for("roll"), name);
      for (int seat = 1; seat <= post.seats; ++seat) {
        submit({"seat.found",
                founder,
                {},
                {{"seat", fmt::format("seat-{}-{}", name, seat)},
                 {"member", keeps ? keeper : other},
                 {"until", text(now + charter::days(300))}}});
      }
    }
    submit({"organisation.constitute", founder, {}, {}});
  }

  void submit(const charter::Request& request) {
    const charter::Decided decided = charter::decide(state, request, now);
    if (const auto* refusal = std::get_if<charter::Refusal>(&decided)) {
      fmt::print(stderr, "{}: {}: {}\n", request.type, refusal->rule, refusal->message);
      std::exit(1);
    }
    state = charter::apply(std::move(state), std::get<charter::Act>(decided));
    charter::settle(state, now);
  }

  const std::string other = "m-00000000000000fe", keeper = "m-00000000000000ff";
  const charter::Actor founder{"m-0000000000000001", ""};
  charter::State state;
  charter::Time now = *charter::read_time("2026-03-01T12:00:00Z");
};

// The floor: the same rows by SQLite's own interface.
double insert_rows(const fs::path& path, const std::vector<service::Person>& people) {
  sqlite3* database = nullptr;
  if (sqlite3_open(path.c_str(), &database) != SQLITE_OK) std::abort();
  const auto run = [&](const std::string& sql) {
    if (sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) std::abort();
  };
  run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536");
  for (const std::string& statement : service::private_steps().front()) run(statement);
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(database, "INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?)", -1, &statement, nullptr);
  const double seconds = measure("SQLite inserts the same rows", [&] {
    run("BEGIN");
    for (const service::Person& person : people) {
      int column = 0;
      const auto bind = [&](const std::string& text) {
        sqlite3_bind_text(statement, ++column, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
      };
      bind(person.reference);
      bind(person.id);
      bind(person.name);
      bind(person.email);
      bind(person.language);
      sqlite3_bind_int64(statement, ++column, person.joined->seconds);
      sqlite3_bind_text(statement, ++column, "", 0, SQLITE_STATIC);
      if (sqlite3_step(statement) != SQLITE_DONE) std::abort();
      sqlite3_reset(statement);
    }
    run("COMMIT");
  });
  sqlite3_finalize(statement);
  sqlite3_close(database);
  return seconds;
}

void import(std::string_view what, database::Database& database, Moot& moot, const std::string& list,
            const charter::Actor& officer, double floor) {
  charter::Roll roll;
  service::RollPlan plan;
  std::vector<charter::Request> requests;
  double all = measure(fmt::format("{}: read the CSV", what), [&] { roll = read(list); });
  all += measure(fmt::format("{}: plan", what),
                 [&] { plan = need(service::plan_import(database, moot.state, std::move(roll), moot.now)); });
  all += measure(fmt::format("{}: private rows", what), [&] {
    requests = need(service::apply_import(database, moot.state, plan, officer, moot.now, secret::Random::system()));
  });
  all += measure(fmt::format("{}: {} acts decided and applied", what, requests.size()), [&] {
    for (const charter::Request& request : requests) moot.submit(request);
  });
  fmt::print("{:<52} {:7.2f} s  {:5.1f} × SQLite's insert\n", fmt::format("{}: together", what), all, all / floor);
}

// The rows as the import makes them: with references in order, and everything else mixed.
std::vector<service::Person> rows_of(const std::string& list) {
  const charter::Roll roll = read(list);
  const std::size_t size = roll.members.size();
  std::vector<service::Person> people(size);
  for (std::size_t i = 0; i < size; ++i) {
    const charter::Member& member = roll.members[i * 2654435761 % size];  // by a prime: everybody once
    people[i].reference = fmt::format("m-{:016x}", i * (~std::uint64_t{0} / size));
    people[i].id = member.id;
    service::update(people[i], member, roll);
  }
  return people;
}

void freeze(database::Database& database, Moot& moot, const charter::Actor& officer, double floor) {
  const auto& posts = moot.state.charter().posts_for("contests");
  const charter::Actor returning{moot.other, posts.front()};
  moot.submit({"seat.resign", {moot.keeper, ""}, {}, {{"seat", "seat-chair-1"}}});
  moot.submit({"contest.call", returning, {}, {{"post", "chair"}, {"seats", 1}}});
  const std::string contest = moot.state.contests.begin()->first;
  // Another than the keeper of the roll prepares it.
  moot.submit({"election.prepare", returning, {}, {{"of", contest}}});
  const std::string election = moot.state.elections.begin()->first;
  charter::Request request;
  measure(
      "freeze: salts, commitments, root",
      [&] {
        request = need(service::freeze(database, moot.state, election, officer, moot.now, secret::Random::system()));
      },
      floor);
  measure("freeze: the act decided and applied", [&] { moot.submit(request); });
  measure("the electorate checked against the ledger",
          [&] { need(service::check_electorate(database, moot.state, election)); });
  std::optional<service::ElectorateProofs> proofs;
  measure("its proofs opened", [&] { proofs = need(service::ElectorateProofs::open(database, moot.state, election)); });
  const charter::Election& frozen = moot.state.elections.begin()->second;
  merkle::TreeHead head{static_cast<std::uint64_t>(frozen.size), {}};
  need(from_hex(frozen.root, head.root));
  measure("1000 members' proofs made, read and verified", [&] {
    for (std::size_t i = 0; i < 1000; ++i) {
      const std::string& member = frozen.electors[i * 7919 % frozen.electors.size()];
      const std::string text = charter::to_text(need(proofs->prove(member)));
      need(charter::verify(need(charter::read_elector_proof(text)), head));
    }
  });
  fmt::print("{} electors\n", frozen.size);
}

int run(std::size_t members, const fs::path& folder, const std::string& charter) {
  fs::remove_all(folder);
  fs::create_directories(folder);
  std::string list = make_list(members, false);
  fmt::print("{} members, a list of {} MiB (peak {} MiB)\n", members, list.size() >> 20, peak_mebibytes());
  measure("SHA-256 of the list", [&] { sha256(list); });
  const double floor = insert_rows(folder / "floor.db", rows_of(list));
  {
    const auto database = need(database::open("sqlite:" + (folder / "people.db").string()));
    std::vector<database::Migration> steps = service::private_steps();
    for (const auto* table : {&service::awaiting_table(), &service::erased_table()}) steps.push_back(*table);
    need(database::migrate(*database, steps));
    Moot moot(charter);
    const charter::Actor officer{moot.keeper, moot.state.charter().posts_for("roll").front()};
    import("first", *database, moot, list, officer, floor);
    import("unchanged", *database, moot, list, officer, floor);
    list = make_list(members, true);
    import("one in twenty changed", *database, moot, list, officer, floor);
    freeze(*database, moot, officer, floor);
    measure(
        "erase one, and purge",
        [&] {
          need(database->transact([&] { return service::forget(*database, moot.keeper); }));
          need(service::purge_forgotten(*database));
        },
        floor);
  }
  fs::remove_all(folder);
  return 0;
}

}  // namespace
}  // namespace folkmoot

int main(int argc, char** argv) {
  const std::size_t members = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 570'000;
  const std::string charter = argc > 2 ? argv[2] : "examples/campaign.toml";
  const std::filesystem::path parent = argc > 3 ? argv[3] : std::filesystem::temp_directory_path().string();
  if (members == 0) return 1;
  return folkmoot::run(members, parent / "folkmoot-bench-roll", folkmoot::need(folkmoot::service::read_file(charter)));
}
