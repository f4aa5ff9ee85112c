// The organisation for everybody, to be read (openapi.json describes it):
//
//   GET /api/v1/organisation              name, charter in short, organs, posts and who holds them by what election
//   GET /api/v1/contests                  all of them, the newest first
//   GET /api/v1/contests/ID               one, with candidates, endorsements, recommendations, elections, timeline
//   GET /api/v1/petitions                 with how many signatures they have, and need
//   GET /api/v1/motions                   with amendments, recommendations, elections
//   GET /api/v1/cases                     with their deadlines; about whom, by reference
//   GET /api/v1/spending                  the limit, mandates, and what has been entered
//   GET /api/v1/roll                      how many people have which standing, by section
//   GET /api/v1/ledger?from=N&limit=M     acts from that number on: 100 unless told, at most 256
//   GET /api/v1/ledger?about=THING        the acts that are about a thing and what was opened for it
//
// Each answer has an entity tag and is to be asked for again each time (If-None-Match; RFC 9110 section 13.1.2): it is
// what the published ledger says now. Errors are problem details (problem.hpp).
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <shared_mutex>

#include "server/http.hpp"
#include "server/json_object.hpp"
#include "server/organisation_history.hpp"
#include "server/organisation_json.hpp"
#include "service/connection.hpp"

namespace folkmoot::server {

class OrganisationReader {
 public:
  using Clock = std::function<charter::Time()>;

  // Of the organisation in that folder, which may be at work meanwhile, in this process or another. Fails if its ledger
  // or its database cannot be read, or it has not been founded and published yet.
  static Result<std::unique_ptr<OrganisationReader>> open(const std::filesystem::path& folder, Clock clock);

  // Whether a request of that path is for this.
  static bool is_for(std::string_view path);
  static std::vector<std::string> routes();
  // Answers it. From any thread.
  [[nodiscard]] Response answer(const Request& request);

  // Shows what the published ledger says now, and the names that are public: only for a moment, since nobody can catch
  // up meanwhile. From any thread. Fails if it cannot be read.
  using Look = std::function<void(const charter::State& state, const PublicNames& names)>;
  [[nodiscard]] Status look(const Look& look);

 private:
  OrganisationReader(const std::filesystem::path& ledger, const std::string& origin, const std::string& database,
                     Clock clock)
      : history_(ledger, origin), connection_(database), clock_(std::move(clock)) {}
  Status catch_up();
  Result<PublicNames> read_names();
  // The answer's JSON; a problem instead, if there is one.
  tl::expected<std::string, Response> find(std::string_view path, std::string_view query);
  tl::expected<std::string, Response> ledger(const OrganisationView& view, std::string_view query);
  // As service::timeline.
  Result<std::vector<RuledAct>> timeline(std::string_view thing, std::uint64_t from, std::size_t most);
  [[nodiscard]] std::vector<RuledAct> with_rules(std::vector<service::Numbered> acts) const;

  std::shared_mutex mutex_;  // of what follows: many read, one catches up
  OrganisationHistory history_;
  PublicNames names_;
  bool has_names_ = false;  // those of the history
  service::Connection connection_;
  Clock clock_;
};

}  // namespace folkmoot::server
