// What the server says of itself: a line for each request, and numbers for whoever watches it (Prometheus' text format,
// version 0.0.4). Neither says who it was: no addresses, no members, no paths beyond the route, no headers, no bodies.
#pragma once

#include <array>
#include <chrono>
#include <map>
#include <mutex>

#include "server/http.hpp"

namespace folkmoot::server {

// The routes by which requests are told apart: "GET /api/v1/elections/{}/ballots", {} for one part that varies.
class Routes {
 public:
  explicit Routes(std::vector<std::string> routes) : routes_(std::move(routes)) {}
  // The route of that request, or "other".
  [[nodiscard]] std::string_view of(const Request& request) const;

 private:
  std::vector<std::string> routes_;
};

class Observed {
 public:
  using Log = std::function<void(std::string_view line)>;  // called from one thread at a time
  Observed(Handler handler, Routes routes, Log log);

  // What the handler answers. From any thread.
  Response answer(const Request& request);
  // What the taker replies to, if it takes the request; a taker itself (http.hpp), for one thread.
  bool take(const Taker& taker, Request& request, const Reply& reply);

  // A line about something else: {"time":…,"event":"…","message":"…"}. The caller sees to it that nothing personal is
  // in it.
  void say(std::string_view event, std::string_view message);

  // The numbers of the requests so far, as Prometheus reads them.
  [[nodiscard]] std::string metrics() const;

 private:
  static constexpr std::array<double, 6> bounds{0.001, 0.01, 0.1, 1, 10, 60};  // seconds
  struct Numbers {
    std::map<int, std::uint64_t> by_status;
    std::array<std::uint64_t, bounds.size()> within{};  // of those that took no longer
    std::uint64_t count = 0;
    double seconds = 0;
  };

  using Moment = std::chrono::steady_clock::time_point;
  void note(std::string_view route, int status, Moment begin);

  Handler handler_;
  Routes routes_;
  Log log_;
  mutable std::mutex mutex_;
  std::map<std::string, Numbers, std::less<>> numbers_;  // by route
};

}  // namespace folkmoot::server
