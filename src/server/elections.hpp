// Elections, for voters and for whoever checks them: the records in a folder, and the ballot boxes of those that are
// open. A record has one writer at a time: the box as long as there is one, and then each step of the tally
// (tally.hpp).
//
//   GET  /elections/UUID.bel                         the record, as it is now
//   GET  /elections/UUID.strict.json                 its supplement, if it is held under the strict profile
//   GET  /elections/UUID.paper.json                  its ballot paper, if the election was made here
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
#include <memory>
#include <set>
#include <shared_mutex>
#include <unordered_set>

#include "account/limiter.hpp"
#include "base/json.hpp"
#include "charter/time.hpp"
#include "database/database.hpp"
#include "server/http.hpp"
#include "service/ballot_box.hpp"
#include "service/officer.hpp"
#include "service/record_log.hpp"
#include "service/tally_state.hpp"

namespace folkmoot::server {

// When the organisation lets people vote in an election.
struct VotingTime {
  charter::Time opens, closes;
  bool annulled = false;  // so nobody votes any more
};
// By the election's fingerprint φ (base64), as the acts have it now; nothing if they have not opened it. Fails
// if the acts cannot be read now, which says nothing about the election. Asked from any thread; may wait.
using Timetable = std::function<Result<std::optional<VotingTime>>(const std::string& fingerprint)>;
using Clock = std::function<charter::Time()>;

class Elections {
 public:
  // Reads every record of the folder (*.bel), and opens the box of each whose voting is not over: nobody else writes to
  // those meanwhile. An election that the timetable does not have takes no ballots until it does. `database`: the URL
  // of the one that several nodes share (service/shared_record.hpp), whose records are brought here first; empty if
  // this is the only node. Fails if a record cannot be read or is damaged.
  static Result<Elections> open(const std::filesystem::path& folder, Timetable timetable, Clock clock,
                                const std::string& database = "");

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  // Whether several nodes hold these elections.
  [[nodiscard]] bool are_shared() const { return !database_.empty(); }
  // Reads the records that have come into the folder since, or onto other nodes. The last failure, if there was one:
  // the others are read all the same. From any thread.
  [[nodiscard]] Status look_again() const;
  // Takes a new record, and what is beside it, from another folder; all nodes have it then. Of an election that is not
  // here. Fails if there is another record of that election on another node.
  [[nodiscard]] Status add(const std::filesystem::path& record) const;

  // Why what was handed in since this was last asked could not be stored, if so; for whoever runs the server. From any
  // thread.
  [[nodiscard]] Status stored() const;

  // Takes what other nodes have added to the records that have no result yet. The last failure, if there was one. From
  // any thread.
  [[nodiscard]] Status follow() const;

  // The uuid of the election with that fingerprint (in hexadecimal); empty if its record is not here.
  [[nodiscard]] std::string find_uuid(const std::string& fingerprint) const;

  // Takes a ballot that is handed in; it waits for others without a thread that waits for it. A Taker (http.hpp): gives
  // false for every other request, and for one that a worker has to look into: when the time to vote was last asked for
  // more than a second ago, or the box is not open.
  [[nodiscard]] bool take(Request& request, const Reply& reply) const;
  // Answers requests whose path begins with /elections/ or /api/v1/elections. From any thread.
  [[nodiscard]] Response answer(const Request& request) const;

  // What it answers: "GET /api/v1/elections/{}", and so on, with {} for what varies.
  static std::vector<std::string> routes();

  // What has to be known of an election for its tally.
  struct Known {
    std::string uuid;
    std::filesystem::path record;
    std::string fingerprint;  // φ
    bool over = false;        // the time to vote is over, as far as is known, or the record has been closed
    std::size_t ballots = 0;
  };
  [[nodiscard]] std::optional<Known> find(std::string_view uuid) const;
  [[nodiscard]] std::vector<Known> all() const;

  // How far the tally of that election has come. Of one that is here; from any thread.
  [[nodiscard]] Result<service::TallyState> tally(std::string_view uuid) const;
  // Does a step of the tally, `step(record)`, while nobody else does one. The first of them, close_voting, comes when
  // the time to vote is over: the box gives the record up, once the ballots that it is working on are in it, and takes
  // no more. Of an election that is here; from any thread; others go on meanwhile. Of a record that nodes share it is
  // done on a copy, and again if other nodes have added something meanwhile.
  [[nodiscard]] Status step(std::string_view uuid, const service::TallyStep& step) const;

 private:
  struct Election;
  using Map = std::map<std::string, std::shared_ptr<Election>, std::less<>>;  // by their uuid
  // What many read and few change, behind a pointer so that Elections can be moved.
  struct Held {
    std::shared_mutex mutex;
    Map elections;
    std::mutex following;
    std::mutex looking;                            // for new records
    std::unique_ptr<database::Database> database;  // which is asked for them
  };
  static Result<std::shared_ptr<Election>> read(const std::filesystem::path& record);
  // Opens the log of a record that nodes share and that has no box.
  Status open_log(Election& election) const;
  // Takes what other nodes have added to that record. While no step is done.
  Status follow(Election& election) const;

  // Takes the files of records that nodes share, but for those.
  Status take_records(const std::set<std::filesystem::path>& known) const;
  Status take_in(const std::filesystem::path& record) const;
  [[nodiscard]] Map elections() const;
  [[nodiscard]] std::shared_ptr<Election> at(std::string_view uuid) const;
  using Time = std::optional<VotingTime>;  // nothing: the acts have not opened the election
  // The time to vote, as the acts have it now; and, if they cannot be read now, as they had it when they last could.
  [[nodiscard]] Result<Time> time_now(Election& election) const;
  [[nodiscard]] Result<Time> time_known(Election& election) const;
  // Whether it is time to vote, by what was found out a moment ago. Waits for nothing.
  [[nodiscard]] bool is_surely_open(Election& election) const;
  // Opens the box if it is not open, and it is time for that.
  Status open_box(Election& election, const Time& time) const;
  [[nodiscard]] Known known(Election& election) const;
  static Result<service::TallyState> look_at_tally(Election& election, bool closed);
  // After a step: how far it is now.
  static Status note_tally(Election& election);
  // "announced", "open", "closed" or "declared".
  [[nodiscard]] std::string_view phase(Election& election, const Time& time) const;
  [[nodiscard]] Response record_file(std::string_view name, const Request& request) const;
  [[nodiscard]] Response record_itself(Election& election, const Request& request) const;
  [[nodiscard]] Response about(Election& election, std::string_view what, const Request& request) const;
  [[nodiscard]] Status write(json::Writer& writer, Election& election) const;
  [[nodiscard]] Response list() const;
  [[nodiscard]] Response describe(Election& election) const;
  [[nodiscard]] static Response list_trackers(Election& election, std::string_view query);
  // Why no ballot is taken, if none is.
  [[nodiscard]] std::optional<Response> not_open(Election& election) const;
  [[nodiscard]] Response hand_in(Election& election, const Request& request) const;
  [[nodiscard]] Response spoil(Election& election, const Request& request) const;
  static service::Handed without_box(const Election& election);
  static Response answer_to(Election& election, const service::Handed& handed, std::string_view refusal);

  std::filesystem::path folder_;
  Timetable timetable_;
  Clock clock_;
  std::string database_;
  std::unique_ptr<Held> held_;
  // Of opened ballots, each of which is checked and then kept for ever: how many a network may show, and how many a
  // voter may have noted.
  struct Opening {
    account::Limiter by_network{60, 10, secret::Random::system()};
    account::Limiter by_voter{10, 120, secret::Random::system()};
  };
  std::unique_ptr<Opening> opening_ = std::make_unique<Opening>();
};

}  // namespace folkmoot::server
