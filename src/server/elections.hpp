// Elections, for voters and for whoever checks them: the records in a folder, and the ballot boxes of those that are
// open.
//
//   GET  /elections/UUID.bel                         the record, as it is now
//   GET  /api/v1/elections                           all of them
//   GET  /api/v1/elections/UUID                      one: its election.json, in what phase it is, when it is open
//   GET  /api/v1/elections/UUID/credentials/KEY      whether that public credential is one of its (404 if not)
//   GET  /api/v1/elections/UUID/ballots?from=N       trackers of the ballots in the record, a thousand at a time
//   POST /api/v1/elections/UUID/ballots              hands in a ballot; what comes back is certain
//   POST /api/v1/elections/UUID/opened               an opened ballot, which must not be cast any more; likewise
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <unordered_set>

#include "base/json.hpp"
#include "charter/time.hpp"
#include "server/http.hpp"
#include "service/ballot_box.hpp"
#include "service/record_log.hpp"

namespace folkmoot::server {

// When the organisation lets people vote in an election.
struct VotingTime {
  charter::Time opens, closes;
};
// By the election's fingerprint φ (base64); nothing if it is none of the organisation's.
using Timetable = std::function<std::optional<VotingTime>(const std::string& fingerprint)>;
using Clock = std::function<charter::Time()>;

class Elections {
 public:
  // Opens every record of the folder (*.bel), and the box of each whose voting is not over: while this exists, nobody
  // else writes to those. An election that the timetable does not have takes no ballots. `database`: the URL of the one
  // that several nodes share (service/shared_record.hpp), whose records are brought here first; empty if this is the
  // only node. Fails if a record cannot be read or is damaged.
  static Result<Elections> open(const std::filesystem::path& folder, const Timetable& timetable, Clock clock,
                                const std::string& database = "");

  // Takes what other nodes have added to the records that have no result yet. The last failure, if there was one.
  // From one thread at a time.
  [[nodiscard]] Status follow() const;

  // The uuid of the election with that fingerprint (in hexadecimal); empty if its record is not here.
  [[nodiscard]] std::string find_uuid(const std::string& fingerprint) const;

  // Answers requests whose path begins with /elections/ or /api/v1/elections. From any thread.
  [[nodiscard]] Response answer(const Request& request) const;

  // What it answers: "GET /api/v1/elections/{}", and so on, with {} for what varies.
  static std::vector<std::string> routes();

 private:
  struct Election {
    std::filesystem::path record;
    std::string text;         // election.json
    std::string fingerprint;  // φ
    std::optional<VotingTime> voting;
    std::shared_ptr<std::atomic<bool>> finished;  // its result is in the record
    std::unordered_set<std::string> credentials;  // public ones
    std::unique_ptr<service::BallotBox> box;      // while the record takes ballots
    std::vector<std::string> trackers;            // of a record that takes none
    std::unique_ptr<service::RecordLog> log;      // of one that takes none, but may grow: nodes share it
  };
  static Result<Election> read(const std::filesystem::path& record, const Timetable& timetable,
                               const std::string& database);

  // "announced", "open", "closed" or "declared".
  [[nodiscard]] std::string_view phase(const Election& election) const;
  [[nodiscard]] Response about(const Election& election, std::string_view what, const Request& request) const;
  void write(json::Writer& writer, const Election& election) const;
  [[nodiscard]] Response list() const;
  [[nodiscard]] Response describe(const Election& election) const;
  [[nodiscard]] static Response list_trackers(const Election& election, std::string_view query);
  [[nodiscard]] Response hand_in(const Election& election, const Request& request) const;
  [[nodiscard]] Response spoil(const Election& election, const Request& request) const;

  std::map<std::string, Election, std::less<>> elections_;  // by their uuid
  Clock clock_;
};

}  // namespace folkmoot::server
