#include "store/http_source.hpp"

#include "store/ledger_files.hpp"

namespace folkmoot::store {

HttpSource::HttpSource(std::string prefix, Patience patience) : prefix_(std::move(prefix)), client_(patience) {
  while (prefix_.ends_with('/')) prefix_.pop_back();
}

Result<std::optional<Bytes>> HttpSource::read(const std::string& path, std::size_t limit) const {
  const HttpClient::Request request{fmt::format("{}/{}", prefix_, path), std::nullopt, limit};
  const auto [status, type, body] = TRY(client_.ask(request));
  if (status == 404) return std::nullopt;
  if (status != 200) return fail("{}: the server answers {}", request.url, status);
  const ByteView bytes = bytes_of(body);
  return Bytes(bytes.begin(), bytes.end());
}

std::unique_ptr<ledger::Source> open_log(const std::string& place) {
  if (place.starts_with("http://") || place.starts_with("https://")) return std::make_unique<HttpSource>(place);
  return std::make_unique<LedgerFolder>(place);
}

}  // namespace folkmoot::store
