// A record that grows while others may add to it: the file of one node, or one that several nodes share.
#pragma once

#include <functional>
#include <memory>
#include <string>

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
  // Not after a failure.
  [[nodiscard]] virtual const record::Chain& chain() const = 0;
};

}  // namespace folkmoot::service
