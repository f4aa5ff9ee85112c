// Asking a witness for its cosignature: the log's side of c2sp.org/tlog-witness.
#pragma once

#include "ledger/checkpoint.hpp"
#include "ledger/source.hpp"

namespace folkmoot::ledger {

// The body of `POST <submission prefix>/add-checkpoint`.
struct AddCheckpoint {
  std::uint64_t old_size = 0;  // of the checkpoint that the witness cosigned last
  Proof consistency;
  std::string checkpoint;  // a signed note
};
std::string to_text(const AddCheckpoint& request);
// The reverse. What is read has been checked for form only.
Result<AddCheckpoint> parse_add_checkpoint(std::string_view body);

// The request by which a witness that last cosigned the log at `old_size` comes to `checkpoint`. Fails if that is less
// than old_size, or if the tiles are missing or not the checkpoint's.
Result<AddCheckpoint> make_add_checkpoint(const Source& source, std::string_view checkpoint, std::uint64_t old_size);

struct Response {
  int status = 0;  // of HTTP
  std::string content_type;
  std::string body;
};

// What a witness's answer means, and so what the log does next.
struct Answer {
  enum Kind {
    cosigned,  // add `cosignature` to the checkpoint
    conflict,  // the witness has the log at `size`: ask again from there, at once
    later,     // it cannot answer now: ask again after a while
    refused,   // it will not, and asking again changes nothing: a person must see to it (the log is not configured
               // there, its key is not trusted there, or one of the two speaks the protocol wrongly)
    // The witness knows a history that this checkpoint does not continue: somebody has been shown another log. (Or the
    // log has grown meanwhile, and its newer checkpoint was cosigned.)
    alarm,
  };
  Kind kind;
  std::uint64_t size = 0;
  SignatureLine cosignature;
  std::uint64_t time = 0;  // of the cosignature, in seconds since 1970
  std::string message;     // for a person, of refused, later and alarm
};
// Reads the answer to a request that carried `checkpoint`, from the witness with that key (of type `cosignature_v1`).
// Never fails: an answer that makes no sense is a refusal.
Answer read_answer(const VerifierKey& witness, const SignedCheckpoint& checkpoint, const Response& response);

}  // namespace folkmoot::ledger
