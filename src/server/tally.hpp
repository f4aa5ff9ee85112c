// The tally of an election over HTTP, from the end of the voting to what its returning officer declares
// (service/officer.hpp).
//
//   GET  /api/v1/elections/UUID/tally          how far it has come, and who its trustees are
//   POST /api/v1/elections/UUID/close          ends the voting, once its time is over
//   POST /api/v1/elections/UUID/shuffles       a trustee's shuffle, as `folkmoot trustee shuffle` writes it
//   POST /api/v1/elections/UUID/shuffles/end   ends the shuffling
//   POST /api/v1/elections/UUID/decryptions    a trustee's partial decryption, as `folkmoot trustee decrypt` writes it
//   POST /api/v1/elections/UUID/result         puts the result into the record
//   POST /api/v1/elections/UUID/declaration    counts and publishes, and gives the fields of the act election.declare
//
// What trustees send is taken from those whom the acts name as trustees of that election, and from its returning
// officer, after all its proofs have been checked. The other steps are the returning officer's, with a second factor.
// Each can be sent again, and to another node (deploy/README.md): what is done is done once.
#pragma once

#include <chrono>
#include <map>
#include <mutex>

#include "server/caller.hpp"
#include "server/ceremonies.hpp"
#include "server/elections.hpp"
#include "server/organisation.hpp"
#include "server/roles.hpp"
#include "service/poll.hpp"

namespace folkmoot::server {

class TallyCalls {
 public:
  // All of them outlive this. `publish` keeps bytes beside the ledger, on all nodes.
  TallyCalls(const Elections& elections, const Roles& roles, const Ceremonies& ceremonies, service::Publish publish)
      : elections_(elections), roles_(roles), ceremonies_(ceremonies), publish_(std::move(publish)) {}

  // Answers requests to these paths, and nothing to others. From any thread.
  [[nodiscard]] std::optional<Response> answer(const Request& request) const;
  static std::vector<std::string> routes();

  // Ends the voting of those elections that the ledger says are closed (election.close) and in which somebody has
  // voted. One where that fails is tried again after a minute, or when the returning officer asks for it. The last
  // failure, if there was one: the others are closed all the same.
  [[nodiscard]] Status close_what_is_over();

 private:
  using Known = Elections::Known;
  struct Step;
  static const std::vector<Step>& steps();

  // Closes that one, if the ledger says so and it has not been done.
  [[nodiscard]] Status close(const Known& election);
  [[nodiscard]] Response describe(const Known& election) const;
  [[nodiscard]] Response take_step(const Known& election, const Step& step, const Request& request) const;
  [[nodiscard]] Response collect(const Known& election, bool shuffle, const Request& request) const;
  [[nodiscard]] Response declare(const Known& election, const Request& request) const;

  const Elections& elections_;
  const Roles& roles_;
  const Ceremonies& ceremonies_;
  service::Publish publish_;
  std::mutex mutex_;
  using Moment = std::chrono::steady_clock::time_point;
  std::map<std::string, Moment> failed_;  // uuids of those that could not be closed, and when they last could not
};

}  // namespace folkmoot::server
