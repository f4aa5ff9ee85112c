// A log on a web site, read by anyone (c2sp.org/tlog-tiles).
#pragma once

#include "store/http_client.hpp"

namespace folkmoot::store {

// For one thread.
class HttpSource final : public ledger::Source {
 public:
  // The log's prefix, `http://…` or `https://…`, with or without a slash at its end. Nothing is asked yet.
  explicit HttpSource(std::string prefix, Patience patience = {});

  // The file at PREFIX/PATH; the path has only characters that need no escaping in a URL. Nothing if the server answers
  // 404. Fails, naming the URL, at every other status than 200, and where HttpClient does.
  [[nodiscard]] Result<std::optional<Bytes>> read(const std::string& path, std::size_t limit) const override;

 private:
  std::string prefix_;         // without a slash at its end
  mutable HttpClient client_;  // reading does not change the log, but uses the connection
};

// The log at a place that a person has named: a URL, or else a folder.
std::unique_ptr<ledger::Source> open_log(const std::string& place);

}  // namespace folkmoot::store
