// A node for tests, to be killed at any moment:
//
//   node elections ADDRESS FOLDER DATABASE   serves the elections in that folder, whose voting never ends;
//                                            DATABASE is empty if it is the only one
//   node site ADDRESS FOLDER TIME            serves the organisation in that folder, where it is that time (seconds
//   since
//                                            1970) and stays so
//   node acts ADDRESS FOLDER BEHIND          serves the acts of the organisation in that folder, whose clock is so many
//                                            seconds behind
#include <ctime>
#include <iostream>

#include "server/acts.hpp"
#include "server/elections.hpp"
#include "server/follower.hpp"
#include "server/http_server.hpp"
#include "server/site.hpp"

namespace folkmoot::server {
namespace {

Status serve(const char* address, const Handler& handler, const Taker& take = {}) {
  const auto answer = [&](const Request& request) -> Response {
    return request.path == "/health" ? text_response(200, "ok\n") : handler(request);
  };
  Limits limits;
  limits.workers = 8;
  limits.body = std::size_t{1} << 20;
  const auto http = TRY(HttpServer::listen(address, answer, limits, take));
  http->stop_on_signals();
  http->run();
  return {};
}

void say(std::string_view message) { std::cerr << message << std::endl; }

Status serve_elections(const char* address, const char* folder, const char* database) {
  const auto timetable = [](const std::string&) -> std::optional<VotingTime> {
    return VotingTime{charter::Time{0}, charter::Time{2}};
  };
  const auto elections = TRY(Elections::open(
      folder, timetable, [] { return charter::Time{1}; }, database));
  const Follower follower([&] { return elections.follow(); }, say);
  return serve(
      address, [&](const Request& request) { return elections.answer(request); },
      [&](Request& request, const Reply& reply) { return elections.take(request, reply); });
}

Status serve_acts(const char* address, const char* folder, const char* behind) {
  secret::Random& random = secret::Random::system();
  const auto clock = [behind = std::stoll(behind)] { return charter::Time{std::time(nullptr) - behind}; };
  const auto clerk = TRY(service::Clerk::open(folder, {clock, say}));
  const service::Settings settings = TRY(service::read_settings(folder));
  const service::Site site{"The Bakery", "https://vote.members.example", {"The Bakery", "moot@members.example"}};
  auto key = TRY(account::SealingKey::parse(account::SealingKey::make(random).view()));
  service::Accounts accounts(settings.database, site, std::move(key), random);
  ActCalls calls(
      *clerk, accounts, settings.database, [](const std::string&) { return std::string(); }, random);
  return serve(address, [&](const Request& request) {
    auto answer = calls.answer(request);
    return answer ? *std::move(answer) : text_response(404, "");
  });
}

Status serve_site(const char* address, const char* folder, const char* time) {
  const auto clock = [now = std::stoll(time)] { return charter::Time{now}; };
  const auto site = TRY(Site::open(folder, {}, clock));
  TRY(site->start("http://127.0.0.1:8080"));
  return serve(
      address, [&](const Request& request) { return site->answer(request); },
      [&](Request& request, const Reply& reply) { return site->take(request, reply); });
}

}  // namespace
}  // namespace folkmoot::server

int main(int argc, char** argv) {
  using namespace folkmoot;
  if (argc != 5) return 2;
  const std::string_view what = argv[1];
  const auto serve = what == "acts"   ? server::serve_acts
                     : what == "site" ? server::serve_site
                                      : server::serve_elections;
  const Status served = serve(argv[2], argv[3], argv[4]);
  if (!served) std::cerr << served.error().message << std::endl;
  return served ? 0 : 1;
}
