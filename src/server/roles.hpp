// Who may do what in an election, as the published acts have it now: roles are given by election.prepare and
// election.appoint, and whoever uses an officer's has to hold an office with the duty "contests" still.
#pragma once

#include "server/caller.hpp"
#include "server/organisation.hpp"

namespace folkmoot::server {

// What the acts say of an election.
struct ActedElection {
  std::string id;           // "election-17"
  std::string stage;        // of its lifecycle (docs/state/election.md)
  charter::Names officers;  // its returning officer, unless they have left the office
  charter::Names trustees;
  std::int64_t electors = 0, weight = 0;  // once they are frozen
};

class Roles {
 public:
  // Both outlive this.
  Roles(const Door& door, OrganisationReader& organisation, std::function<charter::Time()> clock)
      : door_(door), organisation_(organisation), clock_(std::move(clock)) {}

  // The election of that id; the one that was opened with that fingerprint φ (base64), and not annulled since. Nothing
  // if there is none.
  [[nodiscard]] Result<std::optional<ActedElection>> election(const std::string& id) const;
  [[nodiscard]] Result<std::optional<ActedElection>> opened(const std::string& fingerprint) const;
  // Calls it with what has been published, which it must not keep.
  [[nodiscard]] Status look(const OrganisationReader::Look& look) const { return organisation_.look(look); }

  // Whoever calls, or the answer to those who may not: the election's returning officer, with a second factor; one of
  // its trustees, or its returning officer; somebody with the duty "contests", and a second factor; anybody with a
  // second factor.
  using Let = tl::expected<Caller, Response>;
  [[nodiscard]] Let officer_of(const std::optional<ActedElection>& election, const Request& request) const;
  [[nodiscard]] Let trustee_of(const std::optional<ActedElection>& election, const Request& request) const;
  [[nodiscard]] Let officer(const Request& request) const;
  [[nodiscard]] Let anybody(const Request& request) const;

  [[nodiscard]] charter::Time now() const { return clock_(); }

 private:
  const Door& door_;
  OrganisationReader& organisation_;
  std::function<charter::Time()> clock_;
};

}  // namespace folkmoot::server
