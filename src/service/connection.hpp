// A connection to the database that threads share, and that is made anew after a failure.
#pragma once

#include <mutex>

#include "database/database.hpp"

namespace folkmoot::service {

class Connection {
 public:
  explicit Connection(std::string url) : url_(std::move(url)) {}

  // What `use(Database&)`, which returns a Result, gives, with the connection to itself. An error is taken for one of
  // the connection: the next call opens another.
  template <class Use>
  auto with(Use use) -> decltype(use(std::declval<database::Database&>())) {
    const std::lock_guard lock(mutex_);
    if (!database_) database_ = TRY(database::open(url_));
    auto result = use(*database_);
    if (!result) database_.reset();
    return result;
  }

 private:
  std::string url_;
  std::mutex mutex_;
  std::unique_ptr<database::Database> database_;
};

}  // namespace folkmoot::service
