#include "server/http_head.hpp"

#include <fmt/chrono.h>

#include <boost/beast/http/status.hpp>

namespace folkmoot::server {
namespace {

// RFC 9110 section 5.6.7. It is made once a second, whatever the number of responses.
const std::string& date_now() {
  thread_local std::time_t made = 0;
  thread_local std::string date;
  const std::time_t now = std::time(nullptr);
  if (now != made || date.empty()) {
    made = now;
    date = fmt::format("{:%a, %d %b %Y %H:%M:%S GMT}", fmt::gmtime(now));
  }
  return date;
}

// RFC 9112 section 9.3: what is not said is that 1.1 lasts, and 1.0 does not.
std::string_view connection_field(Manner manner) {
  if (manner.version >= 11) return manner.keep_alive ? "" : "Connection: close\r\n";
  return manner.keep_alive ? "Connection: keep-alive\r\n" : "";
}

}  // namespace

std::string head_of(const Response& response, std::uint64_t size, Manner manner) {
  const auto status = boost::beast::http::int_to_status(static_cast<unsigned>(response.status));
  const std::string_view reason = boost::beast::http::obsolete_reason(status);
  std::string head =
      fmt::format("HTTP/{}.{} {} {}\r\nDate: {}\r\nX-Content-Type-Options: nosniff\r\n{}", manner.version / 10,
                  manner.version % 10, response.status, reason, date_now(), connection_field(manner));
  // RFC 9110 section 8.6: with these there is no content, and its length would be that of what is not sent.
  if (response.status != 204 && response.status != 304)
    fmt::format_to(std::back_inserter(head), "Content-Type: {}\r\nContent-Length: {}\r\n", response.content_type, size);
  for (const auto& [name, value] : response.headers) head.append(name).append(": ").append(value).append("\r\n");
  return head += "\r\n";
}

}  // namespace folkmoot::server
