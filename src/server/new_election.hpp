// A new election over HTTP (service/officer.hpp): its record, made of what its returning officer, registrar and
// trustees have prepared.
//
//   POST /api/v1/elections/draft   {"election","question","group"}: the paper that the charter calls for, drafted
//   POST /api/v1/elections         {"election","paper","ceremony","credentials"}: makes the record
//
// Both are for the election's returning officer, with a second factor, once its electorate is frozen. What is made is
// held against what the acts say, so that the audit will not find it to be of another election: the paper is what the
// charter calls for (but for how the candidates' names are spelt), there is a credential for each elector, and the
// trustees are those appointed: the key is one that they have made in a ceremony here, each in a session of their own,
// as nobody could tell whose keys an officer hands in. The election is held under the strict profile. It opens with the
// act election.open, which names the fingerprint that this gives.
#pragma once

#include "server/ceremonies.hpp"
#include "server/elections.hpp"
#include "service/answer.hpp"

namespace folkmoot::server {

class NewElection {
 public:
  // All of them outlive this.
  NewElection(const Elections& elections, const Roles& roles, const Ceremonies& ceremonies)
      : elections_(elections), roles_(roles), ceremonies_(ceremonies) {}

  // Answers requests to these paths, and nothing to others. From any thread.
  [[nodiscard]] std::optional<Response> answer(const Request& request);
  static std::vector<std::string> routes();

 private:
  struct Asked;
  static Result<Asked> read(const Request& request);
  [[nodiscard]] Response draft(const Request& request) const;
  [[nodiscard]] Response make(const Request& request);
  // The ceremony that made the key; refused if anything does not fit what the acts say.
  [[nodiscard]] service::Answer<Ceremonies::Made> check(const Asked& asked) const;

  const Elections& elections_;
  const Roles& roles_;
  const Ceremonies& ceremonies_;
  std::mutex mutex_;  // one at a time
};

}  // namespace folkmoot::server
