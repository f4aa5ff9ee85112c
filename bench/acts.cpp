// bench_acts [ACTS [MEMBERS [CHARTER]]]: a million acts in an organisation of 570,000 members, under the example
// charter: signatures to a petition and their withdrawals, decided, entered in the ledger and in SQLite in groups of
// 1,000, with a checkpoint published each second; then everything read again from the ledger, each act decided anew.
// The floors, measured beside it: SHA-256 of the same entries, and SQLite inserting them into the same table.
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

#include "base/sha256.hpp"
#include "measure.hpp"
#include "scenes/stage.hpp"

namespace folkmoot {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t group = 1000;
constexpr std::size_t longest_list = 2000;  // members in one act of admission

template <class Work>
double measure(std::string_view what, std::size_t acts, Work work) {
  const double begin = clock_seconds();
  work();
  const double seconds = clock_seconds() - begin;
  fmt::print("{:<44} {:8.2f} s {:9.0f} acts/s  (peak {} MiB)\n", what, seconds, static_cast<double>(acts) / seconds,
             peak_mebibytes());
  std::fflush(stdout);
  return seconds;
}

std::string reference(std::size_t number) { return fmt::format("m-{:016x}", 0xABCD'0000'0000 + number); }

void admit(scenes::Stage& stage, std::size_t members) {
  for (std::size_t first = 0; first < members; first += longest_list) {
    std::vector<std::string> references;
    for (std::size_t i = first; i < std::min(members, first + longest_list); ++i) references.push_back(reference(i));
    stage.act("membership-secretary:", "member.admit",
              {{"members", std::move(references)}, {"section", "north-shore"}, {"joined", "2024-01-01T00:00:00Z"}});
  }
}

void sign_and_withdraw(scenes::Stage& stage, const std::string& petition, std::size_t acts, std::size_t members) {
  double published = clock_seconds();
  std::vector<audit::SignedRequest> requests;
  for (std::size_t act = 0; act < acts; ++act) {
    const std::string member = reference(act / 2 % members);
    requests.push_back(
        {{act % 2 == 0 ? "petition.sign" : "petition.withdraw_signature", {member, ""}, {}, {{"petition", petition}}},
         {}});
    if (requests.size() < group && act + 1 < acts) continue;
    for (const service::Outcome& outcome : need(stage.organisation().submit(requests, stage.now()))) {
      if (outcome.refusal()) need(Result<void>(fail("{}", outcome.refusal()->message)));
    }
    requests.clear();
    if (clock_seconds() - published < 1) continue;
    need(stage.organisation().publish());
    published = clock_seconds();
  }
  need(stage.organisation().publish());
}

int run(std::size_t acts, std::size_t members, const std::string& charter) {
  std::string folder = (fs::temp_directory_path() / "folkmoot-bench-acts-XXXXXX").string();
  if (!::mkdtemp(folder.data())) return 1;
  std::ofstream nowhere;
  std::ifstream file(charter);
  std::stringstream text;
  text << file.rdbuf();
  const fs::path place = fs::path(folder) / "organisation";
  auto stage = std::make_unique<scenes::Stage>(scenes::Theatre{[&] {
                                                                 return scenes::Place{place, ""};
                                                               },
                                                               text.str(), &nowhere});
  measure(fmt::format("{} members admitted", members), members / longest_list, [&] { admit(*stage, members); });
  stage->act(scenes::member(1), "petition.open",
             {{"rule", "policy"}, {"title", "Open ferries"}, {"hash", scenes::hash("open ferries")}});
  const std::string petition = stage->last("petition");
  measure("decided, entered, committed", acts, [&] { sign_and_withdraw(*stage, petition, acts, members); });
  stage.reset();

  std::unique_ptr<service::Organisation> organisation;
  measure("opened again: all read, checked, decided", acts,
          [&] { organisation = need(service::Organisation::open(place)); });

  const auto rows =
      need(organisation->database().run("SELECT number, type, time, member, entry FROM act ORDER BY number"));
  std::string all;
  for (const database::Row& row : rows) all += std::get<std::string>(row[4]);
  measure(fmt::format("floor: SHA-256 of their {} MB", all.size() / 1'000'000), rows.size(), [&] { sha256(all); });
  measure("floor: SQLite, inserted in one transaction", rows.size(), [&] {
    const auto database = need(database::open_sqlite((fs::path(folder) / "floor.db").string()));
    need(
        database->run("CREATE TABLE act (number BIGINT PRIMARY KEY, type TEXT, time BIGINT, member TEXT, entry TEXT)"));
    need(database->run_all("INSERT INTO act (number, type, time, member, entry) VALUES ($1, $2, $3, $4, $5)", rows));
  });
  fs::remove_all(folder);
  return 0;
}

}  // namespace
}  // namespace folkmoot

int main(int argc, char** argv) {
  const std::size_t acts = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
  const std::size_t members = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 570'000;
  return folkmoot::run(acts, members, argc > 3 ? argv[3] : "examples/campaign.toml");
}
