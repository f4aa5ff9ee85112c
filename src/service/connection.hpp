// A connection to the database that threads share, and that is made anew after a failure.
#pragma once

#include <mutex>

#include "database/database.hpp"

namespace folkmoot::service {

class Connection {
 public:
  explicit Connection(std::string url) : url_(std::move(url)) {}

  // What `use(Database&)`, which returns a Result, gives, with the connection to itself. After an error, or if it
  // throws, the connection is not used again, whatever was begun on it: the next call opens another.
  template <class Use>
  auto with(Use use) -> decltype(use(std::declval<database::Database&>())) {
    const std::lock_guard lock(mutex_);
    if (!database_) database_ = TRY(database::open(url_));
    auto database = std::move(database_);
    auto result = use(*database);
    if (result) database_ = std::move(database);
    return result;
  }

 private:
  std::string url_;
  std::mutex mutex_;
  std::unique_ptr<database::Database> database_;
};

}  // namespace folkmoot::service
