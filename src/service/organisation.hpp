// An organisation at work: its charter, its ledger and its database as one. Whoever wants something done submits a
// request, with the signatures that it needs; it is decided by the charter, entered in the ledger, and only then does
// it take effect. Its folder:
//
//   settings.toml   origin of the ledger, and which database (SQLite in the folder unless it says otherwise)
//   policy          whose signatures a checkpoint needs (c2sp.org/tlog-policy): the log's, and witnesses' if any
//   public/         for everybody, as it is: checkpoint, tile/, published/ (texts, records, counts, by SHA-256)
//   private/        ledger.key, with which checkpoints are signed (mode 0600); and the database, if it is SQLite:
//                   names, addresses, salts, and a cache of the ledger
//
// The ledger is what counts: after a crash, and whenever rebuild() is asked to, the database's cache is made from it.
#pragma once

#include <memory>
#include <variant>

#include "audit/history.hpp"
#include "database/database.hpp"
#include "ledger/log.hpp"
#include "service/acts.hpp"
#include "service/settings.hpp"
#include "store/witnesses.hpp"

namespace folkmoot::service {

// What became of a request: an act with its number, or what refused it. A recorded refusal has a number, too.
struct Outcome {
  std::optional<std::uint64_t> number;
  charter::Decided decided;
  [[nodiscard]] const charter::Act* act() const { return std::get_if<charter::Act>(&decided); }
  [[nodiscard]] const charter::Refusal* refusal() const { return std::get_if<charter::Refusal>(&decided); }
};

class Organisation {
 public:
  // A new folder with a key, an empty ledger and an empty database. The organisation has still to be founded: by the
  // act organisation.found.
  static Status create(const fs::path& folder, const Settings& settings);
  // Opens it for work, for one process at a time: reads the ledger, checks every entry of it, and brings the database's
  // cache up to it.
  static Result<std::unique_ptr<Organisation>> open(const fs::path& folder);
  ~Organisation();
  Organisation(const Organisation&) = delete;
  Organisation& operator=(const Organisation&) = delete;

  [[nodiscard]] const std::string& origin() const { return history_.origin(); }
  [[nodiscard]] const charter::State& state() const { return history_.state(); }
  [[nodiscard]] database::Database& database() { return *database_; }
  // What is for everybody.
  [[nodiscard]] fs::path public_folder() const;
  // For policies: whoever verifies checkpoints of this ledger needs it.
  [[nodiscard]] const ledger::VerifierKey& ledger_key() const { return key_; }

  // What would become of the request now, after what the clock has to do first. Changes nothing.
  [[nodiscard]] charter::Decided consider(const audit::SignedRequest& request, charter::Time now) const;

  // Decides the requests in order, with what the clock has to do before and after, and enters what they give. When this
  // returns the acts are on disk in the ledger, and in the database. A request that lacks a signature is refused under
  // the rule "keys", and not recorded; so is a charter that names rules of counting that cannot count its contests.
  // Fails if the ledger or the database cannot be written: what became of the requests is known when the organisation
  // has been opened again, and until then every call fails.
  Result<std::vector<Outcome>> submit(std::span<const audit::SignedRequest> requests, charter::Time now);
  Result<Outcome> submit(const audit::SignedRequest& request, charter::Time now);
  // Lets the clock do what is due.
  Status settle(charter::Time now);
  // What the last of these calls has entered, with what the clock did.
  [[nodiscard]] const std::vector<Numbered>& entered() const { return entered_; }

  // Signs the head of the ledger, asks the witnesses of the policy for their cosignatures, and makes it public; gives
  // the checkpoint. Fails where the policy's quorum is not met, or a witness knows another history: the acts are in the
  // ledger then, and the next checkpoint that can be published covers them.
  Result<std::string> publish();
  // The receipt of an act under the public checkpoint (c2sp.org/tlog-proof), with the entry itself as its extra data.
  [[nodiscard]] Result<std::string> receipt(std::uint64_t number);

  // Keeps bytes among what is published, on disk, and gives the SHA-256 by which an act can name them.
  Result<std::string> publish_bytes(std::string_view bytes);

  // Makes the database's cache again from the ledger, and gives how many acts that were.
  Result<std::uint64_t> rebuild();

 private:
  Organisation(fs::path folder, std::unique_ptr<ledger::Storage> storage, ledger::Log log, ledger::VerifierKey key,
               std::unique_ptr<database::Database> database);
  // Takes an entry into the history, and notes it as to be written.
  Status enter(audit::Entry entry);
  Status enter_due(charter::Time now);
  Result<Outcome> enter_one(const audit::SignedRequest& request, charter::Time now);
  // What `fill` enters, written: to the ledger, then to the database.
  template <class Fill>
  Status commit(Fill fill);
  Status write();
  // Reads the whole ledger, and gives the database those of its acts from that number on.
  Status read_ledger(std::uint64_t from);

  fs::path folder_;
  std::unique_ptr<ledger::Storage> storage_;
  ledger::Log log_;
  ledger::VerifierKey key_;
  std::unique_ptr<database::Database> database_;
  audit::History history_;
  store::WitnessSizes witness_sizes_;
  std::vector<Numbered> entered_;
  bool failed_ = false;
};

}  // namespace folkmoot::service
