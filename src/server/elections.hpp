// Elections, for voters and for whoever checks them: the records in a folder, and the ballot boxes of those that are
// open.
//
//   GET  /elections/UUID.bel                             the record, as it is now
//   GET  /api/v1/elections                               all of them
//   GET  /api/v1/elections/UUID                          one: its election.json, its fingerprint, how far it is
//   GET  /api/v1/elections/UUID/ballots?from=N           trackers of the ballots in the record, a thousand at a time
//   POST /api/v1/elections/UUID/ballots                  hands in a ballot; what comes back is certain
#pragma once

#include <filesystem>
#include <map>

#include "base/json.hpp"
#include "server/http.hpp"
#include "service/ballot_box.hpp"

namespace folkmoot::server {

class Elections {
 public:
  // Opens every record of the folder (*.bel), and the box of each whose voting is open: while this exists, nobody else
  // writes to those. Fails if one cannot be read or is damaged.
  static Result<Elections> open(const std::filesystem::path& folder);

  // Answers requests whose path begins with /elections/ or /api/v1/elections. From any thread.
  [[nodiscard]] Response answer(const Request& request) const;

 private:
  struct Election {
    std::filesystem::path record;
    std::string text;                         // election.json
    std::string fingerprint;                  // φ
    std::string stage;                        // "open", "closed" (being tallied), "finished"
    std::unique_ptr<service::BallotBox> box;  // while it is open
    std::vector<std::string> trackers;        // when it is not open
  };
  static Result<Election> read(const std::filesystem::path& record);

  static void write(json::Writer& writer, const Election& election);
  [[nodiscard]] Response list() const;
  [[nodiscard]] static Response describe(const Election& election);
  [[nodiscard]] static Response list_trackers(const Election& election, std::string_view query);
  [[nodiscard]] static Response hand_in(const Election& election, const Request& request);

  std::map<std::string, Election, std::less<>> elections_;  // by their uuid
};

}  // namespace folkmoot::server
