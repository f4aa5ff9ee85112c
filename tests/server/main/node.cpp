// A node for tests, to be killed at any moment: node ADDRESS FOLDER DATABASE serves the elections in that folder, whose
// voting never ends, until then. DATABASE is empty if it is the only one.
#include <iostream>

#include "server/follower.hpp"
#include "server/http_server.hpp"

int main(int argc, char** argv) {
  using namespace folkmoot;
  if (argc != 4) return 2;
  const auto timetable = [](const std::string&) -> std::optional<server::VotingTime> {
    return server::VotingTime{charter::Time{0}, charter::Time{2}};
  };
  const auto elections = server::Elections::open(
      argv[2], timetable, [] { return charter::Time{1}; }, argv[3]);
  if (!elections) {
    std::cerr << elections.error().message << '\n';
    return 1;
  }
  const auto answer = [&](const server::Request& request) -> server::Response {
    return request.path == "/health" ? server::text_response(200, "ok\n") : elections->answer(request);
  };
  server::Limits limits;
  limits.workers = 8;
  const auto take = [&](server::Request& request, const server::Reply& reply) {
    return elections->take(request, reply);
  };
  const auto http = server::HttpServer::listen(argv[1], answer, limits, take);
  if (!http) {
    std::cerr << http.error().message << '\n';
    return 1;
  }
  const server::Follower follower([&] { return elections->follow(); },
                                  [](std::string_view message) { std::cerr << message << '\n'; });
  (*http)->stop_on_signals();
  (*http)->run();
  return 0;
}
