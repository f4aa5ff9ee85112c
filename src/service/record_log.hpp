// A record that grows while others may add to it: the file of one node, or one that several nodes share.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <unordered_set>

#include "service/files.hpp"
#include "store/record_file.hpp"

namespace folkmoot::service {

// For one thread.
class RecordLog {
 public:
  using Visit = store::RecordFile::Visit;
  using Steps = store::RecordFile::Steps;

  // `database`: the URL of the one that the nodes share (shared_record.hpp), or empty. `visit` is told of each step of
  // the record once, in their order, whoever has added it; it must not fail after the opening.
  static Result<std::unique_ptr<RecordLog>> open(const fs::path& record, const std::string& database, Visit visit);
  virtual ~RecordLog() = default;

  // Appends in order, as RecordFile::append does, after what others have added. When this returns, each addition that
  // has a Step is durable. If it fails, whether the additions are in the record is known when they are appended again:
  // each call after a failure begins by opening the record anew.
  virtual Result<Steps> append(std::vector<record::Addition> additions) = 0;
  // Takes what others have added.
  virtual Status follow() = 0;

  // Who keeps the trackers of opened ballots for this record, in its supplement; gives how many of these it had not.
  // From now on it is told of each, whoever has noted it.
  using Keep = std::function<Result<std::size_t>(std::span<const std::string> trackers)>;
  virtual void keep_spoiled(Keep keep) { keep_ = std::move(keep); }
  // Notes that the ballot of that hash was opened, so that append() refuses it from then on, whoever appends: after
  // what others have added, and before anything else is. Nothing is noted of a ballot that has been cast, or once the
  // voting is over. When this returns it is durable. Only after keep_spoiled.
  enum class Spoiling { noted, known, cast, over };
  virtual Result<Spoiling> spoil(const Digest& ballot) = 0;
  // Whether append() refuses a ballot of that hash because it was opened. Those of which the keeper knows before it is
  // named here are for others to refuse (ballot_check.hpp).
  [[nodiscard]] bool is_spoiled(const Digest& ballot) const { return spoiled_.contains(to_base64(ballot)); }

  // Not after a failure.
  [[nodiscard]] virtual const record::Chain& chain() const = 0;

 protected:
  // What keeps a ballot from being noted, if anything does.
  static std::optional<Spoiling> obstacle(const record::Chain& chain, const Digest& ballot);
  // As RecordFile::prepare, without the ballots that were opened since they were checked.
  Result<store::RecordFile::Prepared> prepare(store::RecordFile& file, std::vector<record::Addition> additions) const;

  Keep keep_;
  std::unordered_set<std::string> spoiled_;  // trackers
};

// The log of a record that nodes share, which also keeps the supplement beside it, if there is one. Brings what is here
// and what is in the database together.
Result<std::unique_ptr<RecordLog>> open_shared_record(const fs::path& record, const std::string& database,
                                                      RecordLog::Visit visit);
// Does no more than that; gives the number of steps.
Result<std::int64_t> share_record(const fs::path& record, const std::string& database);

// A step of the tally: one of officer.hpp, done to that record.
using TallyStep = std::function<Status(const fs::path& record)>;
// Does it to a record that nodes share, which is not open here; the others hear of it. If the step itself fails nothing
// has changed.
Status step_shared_record(const fs::path& record, const std::string& database, const TallyStep& step);

}  // namespace folkmoot::service
