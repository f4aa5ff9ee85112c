// An organisation on the web, as one handler: its ledger, what may be read of it, its elections, its members' accounts,
// its pages, and what it says of itself.
#pragma once

#include <filesystem>

#include "server/accounts.hpp"
#include "server/acts.hpp"
#include "server/elections.hpp"
#include "server/example.hpp"
#include "server/follower.hpp"
#include "server/new_election.hpp"
#include "server/observed.hpp"
#include "server/organisation.hpp"
#include "server/pages.hpp"
#include "server/tally.hpp"
#include "service/post_office.hpp"

namespace folkmoot::server {

class Site {
 public:
  struct Options {
    std::filesystem::path pages;                          // for browsers; empty: none
    bool behind_proxy = false;                            // believe X-Forwarded-For
    std::function<void(std::string_view line)> log = {};  // a line of JSON for each request
    std::optional<Example> example = {};                  // of invented people, who let time pass
  };

  // Of the organisation in that folder: does what is due by the clock and publishes it, and goes on doing so; the
  // organisation's own commands can be used meanwhile. Fails if it has not been founded, or something of it is damaged.
  static Result<std::unique_ptr<Site>> open(const std::filesystem::path& folder, Options options, Clock clock);
  ~Site();

  [[nodiscard]] const std::string& name() const { return about_.name; }

  // Begins what goes on beside the requests: writing to members, following other nodes. `url` is where people reach the
  // site unless settings.toml says. Before any answer().
  Status start(const std::string& url);
  // From any thread.
  Response answer(const Request& request);
  // Does now what is done within a second otherwise: what is due by the clock, and what follows from what others did.
  [[nodiscard]] Status settle();
  // Takes ballots (Elections::take).
  bool take(Request& request, const Reply& reply);
  // How many bytes the body of a request with that head may have, beyond the usual: what an election's trustees and
  // officers hand in grows with the electorate, and nobody else may send as much. From any thread.
  [[nodiscard]] std::size_t longest_body(const Request& head) const;

 private:
  struct About {
    std::string name;
    std::filesystem::path public_folder;
    std::string database;  // that several nodes share, or empty
  };
  Site(std::filesystem::path folder, Options options, About about, Clock clock);
  // A Timetable.
  [[nodiscard]] Result<std::optional<VotingTime>> voting_time(const std::string& fingerprint) const;
  [[nodiscard]] std::vector<std::string> posts_of(const std::string& member) const;
  // Whether that is a POST of what grows with the electorate, by somebody with the role for it. Since start().
  [[nodiscard]] bool sends_much(const Request& head) const;
  Response find_answer(const Request& request);
  [[nodiscard]] std::string metrics() const;
  // What others have done since; see Follower.
  [[nodiscard]] Status follow();
  [[nodiscard]] Status close_what_is_over();

  std::filesystem::path folder_;
  Options options_;
  About about_;
  Clock clock_;
  Handler ledger_;
  std::unique_ptr<OrganisationReader> organisation_;
  std::optional<Elections> elections_;
  std::optional<Pages> pages_;
  Observed observed_;
  std::unique_ptr<service::Clerk> clerk_;
  // Since start(). They tell observed_ of what they do until they go.
  std::unique_ptr<service::PostOffice> post_office_;
  std::unique_ptr<service::Accounts> accounts_;
  std::unique_ptr<service::Provider> provider_;
  std::unique_ptr<AccountCalls> account_calls_;
  std::unique_ptr<ActCalls> act_calls_;
  struct ElectionCalls;
  std::unique_ptr<ElectionCalls> election_calls_;
  std::optional<ExampleCalls> example_calls_;
  std::optional<Follower> follower_;
  std::optional<Follower> closer_;  // closing takes minutes
};

}  // namespace folkmoot::server
