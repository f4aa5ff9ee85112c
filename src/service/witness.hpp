// A witness of logs (c2sp.org/tlog-witness): its folder, and the order in which things happen when it is asked.
//
//   key       its secret key
//   logs      the public keys of the logs it watches, one a line; lines that begin with '#' are comments
//   records/  HASH/checkpoint for each log: what it cosigned last
#pragma once

#include <map>

#include "ledger/witness.hpp"
#include "service/files.hpp"
#include "store/ledger_files.hpp"

namespace folkmoot::service {

// Makes a folder with a new witness that watches no log yet. Gives its public key. Fails if there is one already.
Result<ledger::VerifierKey> make_witness(const fs::path& folder, const std::string& name);

// For one thread: one request after the other.
class Witness {
 public:
  // Takes up the records of those logs in the storage, which outlives this. Fails if one of them is damaged, naming
  // the file: a witness that has forgotten what it cosigned must not go on.
  static Result<Witness> restore(ledger::Storage& storage, ledger::Signer signer,
                                 std::vector<ledger::VerifierKey> logs);

  // The answer to `POST /add-checkpoint` with that body (untrusted, 64 KiB or so at most) at `time`, in seconds since
  // 1970. When it is a cosignature, its record is on disk. If storing one fails, the answer is 500, and so are all
  // later ones: what is on disk is then known only by restoring it.
  ledger::Response add_checkpoint(std::string_view body, std::uint64_t time);

  // The answer to `GET /PATH`: the checkpoint that it cosigned last of the log whose HASH/checkpoint that is, or 404.
  [[nodiscard]] ledger::Response checkpoint(std::string_view path) const;

  // Why storing failed, once it has.
  [[nodiscard]] const Status& health() const { return health_; }

 private:
  Witness(ledger::Storage& storage, ledger::Witness witness) : storage_(&storage), witness_(std::move(witness)) {}
  Status store(ledger::Witness::Record record);

  ledger::Storage* storage_;
  ledger::Witness witness_;
  std::map<std::string, std::string, std::less<>> origins_;  // of the logs, by the path of their record
  Status health_;
};

// The witness in a folder that make_witness has made, locked against others while this exists.
struct WitnessFolder {
  ledger::VerifierKey key;
  std::vector<ledger::VerifierKey> logs;
  std::unique_ptr<store::LedgerFiles> files;
  Witness witness;
};
Result<WitnessFolder> open_witness(const fs::path& folder);

}  // namespace folkmoot::service
