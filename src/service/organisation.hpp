// An organisation at work: its charter, its ledger and its database as one. Whoever wants something done submits a
// request, with the signatures that it needs; it is decided by the charter, entered in the ledger, and only then does
// it take effect. Its folder:
//
//   settings.toml   origin of the ledger, and which database (SQLite in the folder unless it says otherwise)
//   policy          whose signatures a checkpoint needs (c2sp.org/tlog-policy): the log's, and witnesses' if any
//   public/         for everybody, as it is: checkpoint, tile/, published/ (texts, records, counts, by SHA-256)
//   private/        ledger.key, with which checkpoints are signed (mode 0600); and the database, if it is SQLite:
//                   names, addresses, salts, and the acts
//
// Several programs may work on it: one after the other on one machine, and, where they share a PostgreSQL, on several,
// each with a folder of its own and the same keys. An act is entered when the database has committed it, in a
// transaction that shuts out the others and begins with what they have entered; no number is given twice. The ledger in
// the folder follows, and only what is in it is signed and made public. So a folder may lack acts that the database
// has, never the other way round, and never has others; opening gives each what it lacks, whichever was lost.
#pragma once

#include <chrono>
#include <memory>
#include <variant>

#include "audit/history.hpp"
#include "database/database.hpp"
#include "ledger/log.hpp"
#include "service/acts.hpp"
#include "service/answered.hpp"
#include "service/notices.hpp"
#include "service/settings.hpp"
#include "store/ledger_files.hpp"
#include "store/witnesses.hpp"

namespace folkmoot::service {

// The receipt of an act under the public checkpoint (c2sp.org/tlog-proof), with the entry itself as its extra data;
// from the files of a ledger. Fails if there is no such act, or it is not public yet.
Result<std::string> receipt_of(const ledger::Source& ledger, std::uint64_t number);

// What became of a request: an act with its number, or what refused it. A recorded refusal has a number, too.
struct Outcome {
  std::optional<std::uint64_t> number;
  charter::Decided decided;
  [[nodiscard]] const charter::Act* act() const { return std::get_if<charter::Act>(&decided); }
  [[nodiscard]] const charter::Refusal* refusal() const { return std::get_if<charter::Refusal>(&decided); }
};

// A request, and the key under which it is done once; none: it is done whenever it is asked for. If the charter lets it
// be done, `obstacle` says what else stands against that act, if it is given and anything does.
struct Submission {
  const audit::SignedRequest* request;
  const RequestKey* key = nullptr;
  std::function<std::optional<charter::Refusal>(const charter::Act&)> obstacle = {};
};
// The rule under which a request is refused whose key has been used for another.
inline constexpr std::string_view key_used = "idempotency-key";

class Organisation {
 public:
  // A new folder with a key, an empty ledger and an empty database. The organisation has still to be founded: by the
  // act organisation.found.
  static Status create(const fs::path& folder, const Settings& settings);
  // Opens it for work, when no other program of this machine works on it: reads the ledger, checks every entry of it,
  // and brings ledger and database together. A node that shares a database needs no ledger of its own at first. Fails
  // if another program still works on it after so long, if ledger and database are not of the same acts, or if
  // something is damaged.
  static Result<std::unique_ptr<Organisation>> open(const fs::path& folder,
                                                    std::chrono::milliseconds patience = std::chrono::seconds(10));
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

  // The acts so far, by which signatures are checked.
  [[nodiscard]] const audit::History& history() const { return history_; }

  // Lets other programs of this machine work on it, until hold(), which everything that writes begins with: that waits
  // for them, as long as open() was told to, and sees what they have done.
  void let_go() { storage_->unlock(); }
  Status hold();
  // Whether the database has acts that have not been taken in here.
  Result<bool> is_behind();
  // Takes in what other programs and nodes have entered.
  Status follow();

  // Decides the requests in order, after what others have entered, with what the clock has to do before and after, and
  // enters what they give. When this returns the acts are on disk, in the database and in the ledger. A request that
  // lacks a signature is refused under the rule "keys", and not recorded; so is a charter that names rules of counting
  // that cannot count its contests. Fails if others can be neither shut out nor followed: nothing has been decided
  // then. Fails if the database or the ledger cannot be written: what became of the requests is known when the
  // organisation has been opened again, and until then every call fails (has_failed()).
  // Who is erased is forgotten in the same transaction (erasure.hpp).
  // What has been done under its key within a day is not done again, by whichever node: the outcome is what it was
  // then. It is refused under the rule key_used, and not recorded, if something else has.
  Result<std::vector<Outcome>> submit(std::span<const Submission> requests, charter::Time now);
  Result<std::vector<Outcome>> submit(std::span<const audit::SignedRequest> requests, charter::Time now);
  Result<Outcome> submit(const audit::SignedRequest& request, charter::Time now);
  // Lets the clock do what is due.
  Status settle(charter::Time now);
  [[nodiscard]] bool has_failed() const { return failed_; }
  // What the last of these calls has entered, with what the clock did.
  [[nodiscard]] const std::vector<Numbered>& entered() const { return entered_; }
  // The entry of that number, which has been entered.
  Result<audit::Entry> entry(std::uint64_t number);

  // Leaves nothing of those who have been erased in the database's files (erasure.hpp).
  Status purge();

  // Signs the head of the ledger, asks the witnesses of the policy for their cosignatures, and makes it public; gives
  // the checkpoint. Fails where the policy's quorum is not met, or a witness knows another history: the acts are in the
  // ledger then, and the next checkpoint that can be published covers them.
  Result<std::string> publish();
  // Whether there are acts that are not public yet.
  [[nodiscard]] bool has_unpublished() const { return log_.published_size().value_or(0) < history_.size(); }
  // receipt_of() from this ledger.
  [[nodiscard]] Result<std::string> receipt(std::uint64_t number) const { return receipt_of(*storage_, number); }

  // Keeps bytes among what is published, on disk and for the other nodes, and gives the SHA-256 by which an act can
  // name them.
  Result<std::string> publish_bytes(std::string_view bytes);

  // Whether what has that SHA-256 is published, here or on another node; then it is so on all of them.
  Result<bool> has_published(const std::string& name);
  // Whether it is published here.
  [[nodiscard]] bool has_here(const std::string& name) const;

  // Makes the database's acts again from the ledger, and gives how many those were.
  Result<std::uint64_t> rebuild();

 private:
  using Entries = std::vector<std::string>;
  using Add = std::function<Status(std::span<const Numbered>)>;
  Organisation(fs::path folder, Settings settings, std::chrono::milliseconds patience,
               std::unique_ptr<store::LedgerFiles> storage, ledger::Log log, ledger::VerifierKey key,
               std::unique_ptr<database::Database> database);
  // Connects to the database again after a failure.
  Status connect();

  // Reads the whole ledger, and hands those of its acts from that number on to `add`, some at a time.
  Status read_ledger(std::uint64_t from, const Add& add);
  // Takes what the database has from here on: some of it, whether there may be more; or all, within the transaction
  // that shuts out the others.
  Result<bool> take_some();
  Status take_all();
  // Has the ledger follow the history.
  Status write_ledger();

  // Takes an entry into the history, and notes it as to be written.
  Status enter(audit::Entry entry);
  Status enter_due(charter::Time now);
  Result<Outcome> enter_one(const Submission& submission, charter::Time now);
  // The same, unless that was done before.
  Result<Outcome> enter_once(const Submission& submission, charter::Time now);
  // What `fill` enters, written: to the database, then to the ledger.
  template <class Fill>
  Status commit(Fill fill);

  fs::path folder_;
  Settings settings_;
  std::chrono::milliseconds patience_;
  std::unique_ptr<store::LedgerFiles> storage_;
  ledger::Log log_;
  ledger::VerifierKey key_;
  std::unique_ptr<database::Database> database_;
  bool database_lost_ = false;
  audit::History history_;
  ledger::RightEdge edge_;          // of the history's entries
  Entries unwritten_;               // the last of them, which the ledger may not have yet
  std::vector<std::string> named_;  // documents that acts taken from the database name
  store::WitnessSizes witness_sizes_;
  std::vector<Numbered> entered_;
  std::vector<Notice> notices_;  // of those
  bool failed_ = false;
};

}  // namespace folkmoot::service
