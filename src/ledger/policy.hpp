// Whose signatures make a checkpoint valid: known logs, known witnesses, and a quorum (c2sp.org/tlog-policy).
#pragma once

#include "ledger/checkpoint.hpp"

namespace folkmoot::ledger {

class Policy {
 public:
  struct Log {
    VerifierKey key;  // its name is the log's origin
    std::string url;  // empty if the policy gives none
  };
  struct Witness {
    std::string name;  // within the policy
    VerifierKey key;
    std::string url;
  };

  // Reads a policy file of at most 1 MiB. Errors name the line. Keys of logs are Ed25519 note keys, those of witnesses
  // cosignature/v1 keys; other types are refused, as they could not be verified.
  static Result<Policy> parse(std::string_view text);

  [[nodiscard]] const std::vector<Log>& logs() const { return logs_; }
  [[nodiscard]] const std::vector<Witness>& witnesses() const { return witnesses_; }
  // Whether these witnesses suffice: cosigned[i] says whether witnesses()[i] has cosigned.
  [[nodiscard]] bool quorum(const std::vector<bool>& cosigned) const;

 private:
  struct Parser;
  // A witness or a group, in order of definition. A group's members stand before it, so that one pass decides.
  struct Node {
    std::size_t witness = 0;           // an index, if there are no members
    std::size_t threshold = 0;         // 1..members.size()
    std::vector<std::size_t> members;  // indices of nodes
  };

  std::vector<Log> logs_;
  std::vector<Witness> witnesses_;
  std::vector<Node> nodes_;
  std::optional<std::size_t> quorum_;  // a node, or none is needed
};

// A checkpoint that satisfies a policy, and which of its witnesses cosigned it when (seconds since 1970).
struct Cosigned {
  std::string witness;  // its name within the policy
  std::uint64_t time;
};
struct VerifiedCheckpoint {
  Checkpoint checkpoint;
  std::vector<Cosigned> cosignatures;
};

// Reads a signed checkpoint and checks it: signed by a key that the policy lists for its origin, no wrong signature by
// a known key, and a quorum of cosignatures. Signatures by unknown keys are ignored. Whether times lie in the future is
// for the caller to say, who knows what time it is.
Result<VerifiedCheckpoint> verify_checkpoint(const Policy& policy, std::string_view note);

}  // namespace folkmoot::ledger
