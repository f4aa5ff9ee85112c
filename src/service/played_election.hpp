// A whole election by invented people, each role in a folder of its own, exchanging nothing but public files: what the
// commands of the roles do one by one. Its cryptography is the real thing.
//
//   registrar/   roll.csv, credentials               voters/    ballots.jsons, trackers.csv
//   trustee-N/   the trustee's secret key            public/    all that is published: record, key ceremony, shuffles,
//   officer/     the drafted ballot paper                       decryptions
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/progress.hpp"
#include "service/files.hpp"
#include "service/invented.hpp"
#include "service/officer.hpp"
#include "service/trustee.hpp"

namespace folkmoot::service {

// What happens, for whoever watches: a sentence by one of the roles.
struct Audience {
  std::function<void(std::string_view role, std::string_view sentence)> tell = [](auto, auto) {};
  Progress progress = no_progress;
};

// How many trustees there are, and how many of them must act to decrypt.
struct Trustees {
  std::int64_t count = 5;
  std::int64_t threshold = 3;
};

class PlayedElection {
 public:
  // The officer drafts the paper, the registrar makes a credential for each member, the trustees make a key together,
  // and the election is opened. The folder must not hold anything yet; empty: demo-UUID, here.
  static Result<PlayedElection> open(InventedElection election, Trustees trustees, fs::path folder,
                                     const Audience& audience);
  // Everybody votes.
  Status fill_box();
  // Everybody votes, and the voting is closed.
  Status vote();
  // As many trustees as must decrypt shuffle what has to be shuffled, and decrypt; the result is in the record.
  Status tally();

  [[nodiscard]] const fs::path& folder() const { return folder_; }
  [[nodiscard]] fs::path published() const { return folder_ / "public"; }
  [[nodiscard]] const InventedElection& election() const { return election_; }
  [[nodiscard]] const BallotPaper& paper() const { return paper_; }
  [[nodiscard]] const fs::path& record() const { return opened_.record; }
  // Of the trustee of that number, from 1.
  [[nodiscard]] TrusteeSecret secret(std::int64_t number) const;
  [[nodiscard]] const std::string& fingerprint() const { return opened_.fingerprint; }

 private:
  PlayedElection(InventedElection election, Trustees trustees, const Audience& audience)
      : election_(std::move(election)), trustees_(trustees), audience_(audience) {}

  Status make_credentials();
  Status challenge();
  Status make_keys();
  Status open_record();
  Result<std::vector<std::string>> cast();
  Status shuffle();
  [[nodiscard]] fs::path registrar() const { return folder_ / "registrar"; }
  [[nodiscard]] fs::path voters() const { return folder_ / "voters"; }
  [[nodiscard]] fs::path ceremony() const { return published() / "ceremony"; }
  template <class... Args>
  void tell(std::string_view role, fmt::format_string<Args...> format, Args&&... args) const {
    audience_.tell(role, fmt::format(format, std::forward<Args>(args)...));
  }

  InventedElection election_;
  Trustees trustees_;
  Audience audience_;
  fs::path folder_;
  BallotPaper paper_;
  OpenedElection opened_;
};

}  // namespace folkmoot::service
