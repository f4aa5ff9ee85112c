// One of the elections that are here (elections.hpp), and who works on its record.
#pragma once

#include "server/elections.hpp"

namespace folkmoot::server {

struct Elections::Election {
  std::string uuid;
  std::filesystem::path record;
  std::string text;                             // election.json
  std::string fingerprint;                      // φ
  std::unordered_set<std::string> credentials;  // public ones

  const std::shared_ptr<service::Seen> seen = std::make_shared<service::Seen>();  // of the record
  std::atomic<bool> giving_up = false;                                            // the box, to a step of the tally

  std::mutex failure_mutex;
  std::string failure;  // the last to store what was handed in, for whoever runs the server; told by stored()

  std::shared_mutex mutex;                  // of what follows: many hand in ballots, one opens the box or gives it up
  std::unique_ptr<service::BallotBox> box;  // while the record takes ballots
  std::unique_ptr<service::RecordLog> log;  // without a box, of a record that nodes share and that may still grow

  std::mutex time_mutex;
  struct Asked {
    Time time;
    std::chrono::steady_clock::time_point when;
  };
  std::optional<Asked> asked;  // what the acts last said of when to vote

  std::mutex steps;                                 // are done one after the other
  std::atomic<std::uint64_t> settled = UINT64_MAX;  // so much of the record stays, whatever becomes of the step
  std::mutex tally_mutex;
  struct Tally {
    std::uintmax_t size = 0;  // of the record then; 0 before the voting was closed
    service::TallyState state;
  };
  std::optional<Tally> tally;  // when it was last looked at
};

}  // namespace folkmoot::server
