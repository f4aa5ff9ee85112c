// Asking the witnesses of a log for their cosignatures: the log's side of c2sp.org/tlog-witness, over HTTP.
#pragma once

#include <map>

#include "ledger/policy.hpp"
#include "store/http_client.hpp"

namespace folkmoot::store {

// At which size of the log each witness, by its name in the policy, stood when it was last asked. Who asks again keeps
// this, in memory: it saves each witness's first refusal, and nothing else depends on it.
using WitnessSizes = std::map<std::string, std::uint64_t>;

struct Witnessed {
  struct Asked {
    std::string witness;  // its name in the policy
    // Never a conflict. `later`: the same checkpoint, or better a newer one, may be shown to it after a while; how long
    // is the caller's to say. `refused` and `alarm`: a person must see to it.
    ledger::Answer answer;
  };
  std::vector<Asked> asked;
  std::string checkpoint;  // as it was, with the cosignatures that were given
  Status quorum;           // whether that satisfies the policy, and can be published; or why not
};

// Shows a checkpoint, signed by the log, to the witnesses of the policy, all at the same time, from where each of them
// stands: to those that have a URL and have not cosigned it yet. So what this returns can be given to it again. Fails
// if the checkpoint is none, has a wrong cosignature, or the source has not the tiles that lead to it.
Result<Witnessed> gather(const ledger::Source& source, const std::string& checkpoint, const ledger::Policy& policy,
                         WitnessSizes& sizes, HttpClient& client);

}  // namespace folkmoot::store
