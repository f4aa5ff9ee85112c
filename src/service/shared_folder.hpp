// A folder whose folders have small files that are written once and for all, as the messages of a ceremony are. Where
// nodes share a database it has them, too, and says which of two came first; each node has all of them as files.
#pragma once

#include <functional>
#include <mutex>

#include "database/migration.hpp"
#include "service/files.hpp"

namespace folkmoot::service {

const database::Migration& shared_folder_table();

// For several threads.
class SharedFolder {
 public:
  // `database`: URL of the one that the nodes share, which has the table; empty if this is the only node.
  SharedFolder(fs::path folder, std::string database) : folder_(std::move(folder)), url_(std::move(database)) {}

  [[nodiscard]] const fs::path& path() const { return folder_; }

  // Takes what other nodes have added; the first time, and after a failure, gives them what only this one has. Fails if
  // a file here is another one in the database, naming it.
  Status follow();

  // Does `work`, which adds files to the folder of that name (made if it is not there), while nobody else does: once on
  // a copy of it, and then, unless that fails, for good, on all nodes. It has to do the same each time. Fails with
  // nothing added if the work fails on the copy; after another failure all of it may be there, or, on an only node,
  // some, and it can be done again.
  using Work = std::function<Status(const fs::path& folder)>;
  Status change(const std::string& name, const Work& work);

 private:
  template <class Body>
  Status attempt(Body&& body);
  Status join();
  Status take();

  const fs::path folder_;
  const std::string url_;
  std::mutex mutex_;
  std::unique_ptr<database::Database> database_;
  std::int64_t taken_ = 0;  // so many files of the database are here
};

}  // namespace folkmoot::service
