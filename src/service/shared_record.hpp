// A record on several nodes. Each has it as a file of its own; the database that they share says in which order its
// steps come, and has them too. A step is acknowledged when the database has committed it, before any file has it; so a
// node's file may lack some, never the others' order. Records are deterministic: the same steps make the same bytes.
// The trackers of ballots that were opened stand in the database likewise, under the same lock: no node takes a ballot
// that was opened on another. So do the files beside a record, its supplement and its ballot paper, as they were when
// its last step besides ballots was taken.
#pragma once

#include "database/migration.hpp"
#include "service/record_log.hpp"

namespace folkmoot::service {

const std::vector<database::Migration>& shared_record_steps();
const database::Migration& record_files_table();
const database::Migration& record_storage();

// While it exists no other program on this machine can open the file.
class SharedRecord final : public RecordLog {
 public:
  // Brings file and database together: what one of them lacks, it gets from the other. So a record is given to the
  // nodes by opening it on one of them, and ballots that a database has lost, restored from a backup, come back from
  // any node's file. `url`: of a database that has the tables. Fails if the two have different histories (naming the
  // step), if the record is damaged, or if neither has it.
  static Result<std::unique_ptr<SharedRecord>> open(const fs::path& record, const std::string& url, Visit visit);
  // The records (their UUIDs, which name the files) that the database has.
  static Result<std::vector<std::string>> all(database::Database& database);

  SharedRecord(fs::path record, std::string url, Visit visit)
      : path_(std::move(record)), url_(std::move(url)), uuid_(path_.stem().string()), visit_(std::move(visit)) {}

  // A step is durable when it is committed. After a failure each call begins anew, with a new connection, from what
  // database and file have then.
  Result<Steps> append(std::vector<record::Addition> additions) override;
  // Does a step of the tally (officer.hpp) on a copy of the record, and of what is beside it, as all nodes have left
  // them. What the step adds to the copy is then added here; if another node has added something meanwhile, the step is
  // done again, a few times. If the step fails nothing is added. Only after keep_spoiled, if there is a supplement.
  Status step(const TallyStep& step);
  Status follow() override;
  void keep_spoiled(Keep keep) override;
  Result<Spoiling> spoil(const Digest& ballot) override;
  // As far as this node has seen it; not after a failure.
  [[nodiscard]] const record::Chain& chain() const override { return file_->chain(); }

 private:
  // Does it with file and database open, and closes both if it fails.
  template <class Body>
  Status attempt(Body&& body);
  Status join();
  // Puts the steps from that number on into the database, and the files beside them.
  Status give(std::int64_t from);
  Status add(std::span<const database::Row> steps);
  // Appends what `prepare` prepares while no other node does anything, with all that they have added here.
  template <class Prepare>
  Result<Steps> enter(Prepare prepare);
  Status write(const store::RecordFile::Prepared& prepared);
  // What is beside the record: put into the database, and taken from it, in the place of what is there or if nothing
  // is.
  Status share_files(const fs::path& record, bool replace);
  Status take_files(bool replace);
  // Takes what the database has and the file lacks.
  Status take();
  Result<bool> take_some();
  Status take_spoiled();
  Status expect_same(const record::Event& event);
  [[nodiscard]] std::pair<std::int64_t, std::size_t> place() const { return {chain().events(), spoiled_.size()}; }
  Status see(const record::Step& step);

  fs::path path_;
  std::string url_, uuid_;
  Visit visit_;
  std::int64_t seen_ = 0;  // steps that visit_ has been told of
  std::unique_ptr<database::Database> database_;
  std::optional<store::RecordFile> file_;
};

}  // namespace folkmoot::service
