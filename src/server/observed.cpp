#include "server/observed.hpp"

#include <algorithm>

#include "base/json.hpp"
#include "charter/time.hpp"

namespace folkmoot::server {
namespace {

using Clock = std::chrono::steady_clock;

// Whether the path is spelt as the pattern, part by part.
bool matches(std::string_view pattern, std::string_view path) {
  while (true) {
    const std::size_t pattern_end = std::min(pattern.find('/'), pattern.size());
    const std::size_t path_end = std::min(path.find('/'), path.size());
    const bool any = pattern.substr(0, pattern_end) == "{}" && path_end > 0;
    if (!any && pattern.substr(0, pattern_end) != path.substr(0, path_end)) return false;
    const bool pattern_ends = pattern_end == pattern.size(), path_ends = path_end == path.size();
    if (pattern_ends || path_ends) return pattern_ends && path_ends;
    pattern.remove_prefix(pattern_end + 1);
    path.remove_prefix(path_end + 1);
  }
}

std::string begin_line(std::string_view event) {
  return fmt::format(R"({{"time":"{}","event":"{}")",
                     charter::text(charter::Time{static_cast<std::int64_t>(std::time(nullptr))}), event);
}

}  // namespace

std::string_view Routes::of(const Request& request) const {
  for (const std::string_view route : routes_) {
    const std::size_t space = route.find(' ');
    if (route.substr(0, space) == request.method && matches(route.substr(space + 1), request.path)) return route;
  }
  return "other";
}

Observed::Observed(Handler handler, Routes routes, Log log)
    : handler_(std::move(handler)), routes_(std::move(routes)), log_(std::move(log)) {}

Response Observed::answer(const Request& request) {
  const auto begin = Clock::now();
  Response response = handler_(request);
  note(routes_.of(request), response.status, begin);
  return response;
}

bool Observed::take(const Taker& taker, Request& request, const Reply& reply) {
  const auto begin = Clock::now();
  const std::string_view route = routes_.of(request);
  return taker(request, [this, begin, route, reply](Response response) {
    note(route, response.status, begin);
    reply(std::move(response));
  });
}

void Observed::note(std::string_view route, int status, Moment begin) {
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  const std::string line =
      fmt::format(R"({},"route":"{}","status":{},"ms":{:.1f}}})", begin_line("request"), route, status, 1000 * seconds);
  const std::lock_guard lock(mutex_);
  auto found = numbers_.find(route);
  if (found == numbers_.end()) found = numbers_.emplace(route, Numbers()).first;
  Numbers& numbers = found->second;
  ++numbers.by_status[status];
  ++numbers.count;
  numbers.seconds += seconds;
  for (std::size_t i = 0; i < bounds.size(); ++i) numbers.within[i] += seconds <= bounds[i] ? 1 : 0;
  log_(line);
}

void Observed::say(std::string_view event, std::string_view message) {
  json::Writer writer;
  writer.string(message);
  const std::string line = fmt::format(R"({},"message":{}}})", begin_line(event), writer.text());
  const std::lock_guard lock(mutex_);
  log_(line);
}

std::string Observed::metrics() const {
  const std::lock_guard lock(mutex_);
  std::string text =
      "# HELP folkmoot_requests_total Requests answered.\n"
      "# TYPE folkmoot_requests_total counter\n";
  for (const auto& [route, numbers] : numbers_) {
    for (const auto& [status, count] : numbers.by_status) {
      text += fmt::format("folkmoot_requests_total{{route=\"{}\",status=\"{}\"}} {}\n", route, status, count);
    }
  }
  text +=
      "# HELP folkmoot_request_seconds Time from a whole request to its answer.\n"
      "# TYPE folkmoot_request_seconds histogram\n";
  for (const auto& [route, numbers] : numbers_) {
    for (std::size_t i = 0; i < bounds.size(); ++i) {
      text += fmt::format("folkmoot_request_seconds_bucket{{route=\"{}\",le=\"{}\"}} {}\n", route, bounds[i],
                          numbers.within[i]);
    }
    text += fmt::format("folkmoot_request_seconds_bucket{{route=\"{}\",le=\"+Inf\"}} {}\n", route, numbers.count);
    text += fmt::format("folkmoot_request_seconds_sum{{route=\"{}\"}} {}\n", route, numbers.seconds);
    text += fmt::format("folkmoot_request_seconds_count{{route=\"{}\"}} {}\n", route, numbers.count);
  }
  return text;
}

}  // namespace folkmoot::server
