// A small election in a folder of its own, played through the roles' use cases, for tests.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <stdexcept>

#include "charter/roll.hpp"
#include "secret/credentials.hpp"
#include "service/auditor.hpp"
#include "service/ceremony.hpp"
#include "service/declaration.hpp"
#include "service/officer.hpp"
#include "service/registrar.hpp"
#include "service/shared_record.hpp"
#include "service/trustee.hpp"
#include "service/voter.hpp"

namespace folkmoot::service {

// The value of a Result; throws, which fails the test, with why there is none.
template <class T>
T ok(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return detail::value_of(std::move(result));
}

// The message of a Result that must be an error.
template <class T>
std::string error_of(const Result<T>& result) {
  return result ? "(no error)" : result.error().message;
}

// A folder that goes with the test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "folkmoot-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() { fs::remove_all(path_); }
  [[nodiscard]] const fs::path& path() const { return path_; }
  [[nodiscard]] fs::path operator/(std::string_view name) const { return path_ / name; }

 private:
  fs::path path_;
};

// The tables of records that nodes share.
inline std::vector<database::Migration> shared_record_tables() {
  auto tables = shared_record_steps();
  for (const auto* more : {&record_files_table(), &record_storage()}) tables.push_back(*more);
  return tables;
}

// What voters 1, 2, 3, … put on the paper: names for each question.
using Names = std::vector<std::vector<std::string>>;

// An election from its ballot paper on. Each step throws, with the message, if it fails: the tests of what must fail
// call the use cases themselves.
class Trial {
 public:
  // `roll` in CSV; single trustees, besides a threshold group (if its size is not 0).
  Trial(const std::string& paper, const std::string& group, const std::string& roll, int singles, int threshold = 0,
        int of = 0)
      : singles_(singles), threshold_(threshold), of_(of) {
    paper_ = ok(draft(ok(read_ballot_paper(paper)), group, secret::Random::system()));
    ok(make_credentials(charter::read_roll(roll).value(), paper_.uuid, group, registrar()));
    std::vector<fs::path> keys;
    for (int i = 1; i <= singles; ++i) {
      const auto files = ok(make_trustee_key(group, folder_ / fmt::format("trustee-{}", i)));
      secrets_.push_back({files.private_key, {}});
      keys.push_back(files.public_key);
    }
    if (of > 0) {
      hold_ceremony(group);
      keys.push_back(ceremony() / "threshold.json");
    }
    const auto credentials = ok(read_lines(registrar() / "public_creds.json"));
    opened_ = ok(open_election(paper_, ok(assemble_trustees(group, keys)), credentials.front(), folder_ / "public"));
  }

  [[nodiscard]] const TemporaryFolder& folder() const { return folder_; }
  [[nodiscard]] fs::path registrar() const { return folder_ / "registrar"; }
  [[nodiscard]] fs::path ceremony() const { return folder_ / "ceremony"; }
  [[nodiscard]] const fs::path& record() const { return opened_.record; }
  [[nodiscard]] const OpenedElection& opened() const { return opened_; }
  [[nodiscard]] const BallotPaper& paper() const { return paper_; }
  [[nodiscard]] const std::vector<TrusteeSecret>& secrets() const { return secrets_; }
  [[nodiscard]] bool needs_shuffles() const {
    return std::ranges::any_of(paper_.contests, [](const Contest& c) { return c.kind == Contest::Kind::ranking; });
  }

  [[nodiscard]] secret::PrivateCredential credential(const std::string& voter) const {
    return ok(secret::PrivateCredential::parse(ok(recover_credential(registrar(), voter)).view()));
  }
  // The ballot of a voter, not cast.
  [[nodiscard]] MadeBallot ballot(const std::string& voter, const Names& names) const {
    return ok(make_ballot(record(), credential(voter), {names, {}}));
  }
  // A new file with that content.
  fs::path file(std::string_view content) {
    const fs::path path = folder_ / fmt::format("file-{}", next_file_++);
    ok(write_file(path, content));
    return path;
  }
  // The ballot, taken into the record. Gives its tracker.
  std::string cast(const std::string& voter, const Names& names) {
    const MadeBallot made = ballot(voter, names);
    const Acceptance acceptance = ok(accept_ballots(record(), {file(made.text + "\n")}));
    if (acceptance.accepted != 1) throw std::runtime_error(acceptance.refused.at(0).reason);
    return made.tracker;
  }

  ClosedVoting close() { return ok(close_voting(record())); }
  fs::path shuffle(int trustee) {
    const fs::path path = folder_ / fmt::format("shuffle-{}", trustee);
    ok(shuffle_tally(record(), secrets_.at(static_cast<std::size_t>(trustee - 1)), path));
    return path;
  }
  fs::path decrypt(int trustee) {
    const fs::path path = folder_ / fmt::format("decryption-{}", trustee);
    ok(decrypt_tally(record(), secrets_.at(static_cast<std::size_t>(trustee - 1)), path));
    return path;
  }
  // From the last ballot to the result: two shuffles where there are two trustees, then the single trustees and the
  // last ones of the threshold group decrypt.
  std::string tally() {
    close();
    if (needs_shuffles()) {
      for (int i = 1; i <= std::min(2, singles_ + of_); ++i) ok(collect(record(), shuffle(i)));
      ok(end_shuffles(record()));
    }
    for (int i = 1; i <= singles_; ++i) ok(collect(record(), decrypt(i)));
    for (int i = of_ - threshold_ + 1; i <= of_; ++i) ok(collect(record(), decrypt(singles_ + i)));
    return ok(publish_result(record()));
  }
  [[nodiscard]] Declaration declaration() const { return ok(declare(record(), paper_, {})); }

 private:
  void hold_ceremony(const std::string& group) {
    for (int i = 1; i <= of_; ++i) {
      const fs::path key = folder_ / fmt::format("member-{}", i) / "trustee.key";
      ok(join_ceremony(ceremony(), {group, of_, threshold_, i}, key));
      secrets_.push_back({key, ceremony() / fmt::format("decryption-key-{}.dkey", i)});
    }
    const auto members = std::span(secrets_).last(static_cast<std::size_t>(of_));
    ok(advance_ceremony(ceremony()));
    for (const TrusteeSecret& member : members) ok(send_commitment(ceremony(), member.key));
    ok(advance_ceremony(ceremony()));
    for (const TrusteeSecret& member : members) ok(send_polynomial(ceremony(), member.key));
    ok(advance_ceremony(ceremony()));
    for (const TrusteeSecret& member : members) ok(send_share(ceremony(), member.key));
    ok(advance_ceremony(ceremony()));
  }

  TemporaryFolder folder_;
  int singles_, threshold_, of_;
  BallotPaper paper_;
  std::vector<TrusteeSecret> secrets_;
  OpenedElection opened_;
  int next_file_ = 0;
};

// Rolls: voters A, B, C, …; with weights 1, 2, 3, ….
inline std::string roll_of(int voters, bool weighted = false) {
  std::string csv = weighted ? "id,weight\n" : "id\n";
  for (int i = 0; i < voters; ++i) {
    csv += static_cast<char>('A' + i);
    if (weighted) csv += fmt::format(",{}", i + 1);
    csv += '\n';
  }
  return csv;
}

}  // namespace folkmoot::service
