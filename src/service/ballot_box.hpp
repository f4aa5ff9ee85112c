// The ballot box of an election that is open: takes ballots from many people at once. Each is checked entirely, as
// accept_ballots does, and is on disk before anybody is told that it counts. Those that come while others are checked
// wait together, are checked together, and are written with one sync, while others are checked on all cores: the more
// come, the less each costs.
// Several nodes can have a box of the same election: they share a database (shared_record.hpp).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "service/files.hpp"
#include "service/seen.hpp"

namespace folkmoot::service {

// What became of a ballot that was handed in.
struct Handed {
  enum class Fate {
    accepted,  // it is on disk, and counts unless its voter votes again
    there,     // it has been accepted before: sent twice, it counts once
    refused,   // it is no good ballot of this election, or no true opening of one
    closed,    // the voting is over
    too_many,  // its voter has opened many of late: nothing is noted, until some time has passed
    failed     // it could not be written; whether it is in the record is known when it is handed in again
  };
  Fate fate = Fate::refused;
  std::string tracker;  // of a ballot that is in the record
  std::string message;  // of one that is not
};

class BallotBox {
 public:
  // Opens the box of that record, which nobody else writes to while this exists. Fails if the record is damaged, or its
  // voting is over. `database`: the URL of the one that the nodes share, or empty if there is only this one. `seen` is
  // told of each step of the record.
  static Result<std::unique_ptr<BallotBox>> open(const fs::path& record, const std::string& database = "",
                                                 const std::shared_ptr<Seen>& seen = std::make_shared<Seen>());
  virtual ~BallotBox() = default;

  // Hands in the text of a ballot: one line of canonical JSON, however hostile. From any thread; returns at once. When
  // its fate is certain, `told` is called, once, on the box's own thread: the next ballots wait for it to return. What
  // has been handed in is finished before the box goes, or by finish(), after which nothing may be handed in.
  using Told = std::function<void(Handed)>;
  virtual void hand_in(std::string ballot, Told told) = 0;
  // The same for who can wait.
  Handed hand_in(std::string ballot);
  virtual void finish() = 0;

  // Takes what other nodes have added. From any thread; each ballot that is handed in does it, too.
  virtual Status follow() = 0;

  // Notes that a ballot was opened instead of cast, so that it cannot be cast any more (docs/strict-profile.md, section
  // 8). The text is the opened ballot, however hostile: whoever shows it knows the randomness. From any thread; returns
  // when that is durable, and no node takes the ballot. Refused if the opening is not true, if the ballot has been
  // cast, or if the election is not held under the strict profile. `allow` is asked, on the calling thread and only
  // if the opening is true, whether the voter of that public credential may.
  using Allow = std::function<bool(const std::string& credential)>;
  virtual Handed spoil(std::string_view opened, const Allow& allow) = 0;
};

}  // namespace folkmoot::service
