// A witness: it cosigns a checkpoint only if that continues everything it cosigned of the same log before, so that
// whoever asks for its cosignature knows that all others have been shown the same log (c2sp.org/tlog-witness).
//
// Like the charter, decide() and apply() are pure; the server around them does, one request at a time:
//
//   decision = witness.decide(body, now)
//   if decision.record: write it to its path, sync; then witness.apply(it); if that fails, answer 500 instead
//   answer decision.response
//
// The record is the cosigned checkpoint itself, and its path the one under which anyone may fetch it ("Monitor
// Retrieval Mechanism"): a witness's folder is its web site.
#pragma once

#include <map>

#include "ledger/submission.hpp"

namespace folkmoot::ledger {

class Witness {
 public:
  // The witness's own key, of type `cosignature_v1`, and the keys (of type `note`) of the logs that it watches, each
  // named as its log's origin. Of those with one name each is trusted for that log.
  Witness(Signer signer, std::vector<VerifierKey> logs) : signer_(std::move(signer)), logs_(std::move(logs)) {}

  // Where the record of a log is: "HASH/checkpoint", the SHA-256 of its origin in hexadecimal.
  static std::string record_path(std::string_view origin);

  // At the start: the record of that log as it was stored. Fails if it is not one that this witness has cosigned; the
  // witness must then not run.
  Status restore(std::string_view origin, std::string_view record);

  struct Record {
    std::string origin;
    TreeHead head;
    std::string note;  // the checkpoint with the log's signatures and the witness's: what is stored
  };
  struct Decision {
    Response response;
    std::optional<Record> record;  // to be stored, for good, before the response is sent
  };
  // The answer to `POST /add-checkpoint` with that body (untrusted; the server limits it to 64 KiB or so) at `time`, in
  // seconds since 1970.
  [[nodiscard]] Decision decide(std::string_view body, std::uint64_t time) const;

  // After the record has been stored. It must come from the last decision: nothing was applied in between.
  void apply(Record record);

  // The record of a log, if there is one: the answer to `GET /HASH/checkpoint`.
  [[nodiscard]] const Record* record(std::string_view origin) const;

 private:
  // The log's keys by which the note is signed; empty if none is. Fails if one of them has a wrong signature.
  [[nodiscard]] Result<std::vector<const VerifierKey*>> log_signers(const SignedCheckpoint& checkpoint) const;

  Signer signer_;
  std::vector<VerifierKey> logs_;
  std::map<std::string, Record, std::less<>> latest_;  // by origin
};

}  // namespace folkmoot::ledger
