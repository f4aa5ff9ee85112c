// An organisation on the web, as one handler: its ledger, what may be read of it, its elections, its members' accounts,
// its pages, and what it says of itself.
#pragma once

#include <filesystem>

#include "server/accounts.hpp"
#include "server/acts.hpp"
#include "server/elections.hpp"
#include "server/follower.hpp"
#include "server/observed.hpp"
#include "server/organisation.hpp"
#include "server/pages.hpp"
#include "service/post_office.hpp"

namespace folkmoot::server {

class Site {
 public:
  struct Options {
    std::filesystem::path pages;                          // for browsers; empty: none
    bool behind_proxy = false;                            // believe X-Forwarded-For
    std::function<void(std::string_view line)> log = {};  // a line of JSON for each request
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

 private:
  struct About {
    std::string name;
    std::filesystem::path public_folder;
    std::string database;  // that several nodes share, or empty
  };
  Site(std::filesystem::path folder, Options options, About about);
  // As the acts have it now.
  [[nodiscard]] std::optional<VotingTime> voting_time(const std::string& fingerprint) const;
  [[nodiscard]] std::vector<std::string> posts_of(const std::string& member) const;
  Response find_answer(const Request& request);
  [[nodiscard]] std::string metrics() const;

  std::filesystem::path folder_;
  Options options_;
  About about_;
  Handler ledger_;
  std::optional<Elections> elections_;
  std::unique_ptr<OrganisationReader> organisation_;
  std::optional<Pages> pages_;
  Observed observed_;
  std::unique_ptr<service::Clerk> clerk_;
  // Since start(). They tell observed_ of what they do until they go.
  std::unique_ptr<service::PostOffice> post_office_;
  std::unique_ptr<service::Accounts> accounts_;
  std::unique_ptr<AccountCalls> account_calls_;
  std::unique_ptr<ActCalls> act_calls_;
  std::optional<Follower> follower_;
};

}  // namespace folkmoot::server
