// folkmoot serve: an organisation on the web.
#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <ostream>
#include <thread>

#include "cli/commands.hpp"
#include "cli/moot.hpp"
#include "server/elections.hpp"
#include "server/http_server.hpp"
#include "server/log_files.hpp"
#include "server/pages.hpp"
#include "server/problem.hpp"
#include "service/poll.hpp"
#include "service/settings.hpp"

namespace folkmoot::cli {
namespace {

struct ServeArguments {
  std::string folder = ".";
  std::string address = "127.0.0.1:8080";
  std::string pages;
};

// When the acts let people vote in the elections that have been opened, by the fingerprints that the acts name.
server::Timetable timetable_of(const charter::State& state) {
  std::map<std::string, server::VotingTime> times;
  for (const auto& [id, election] : state.elections) {
    if (!election.fingerprint.empty()) times[election.fingerprint] = {election.opened, election.closes};
  }
  return [times = std::move(times)](const std::string& fingerprint) -> std::optional<server::VotingTime> {
    const auto hexadecimal = service::fingerprint_in_hex(fingerprint);
    const auto found = hexadecimal ? times.find(*hexadecimal) : times.end();
    return found == times.end() ? std::nullopt : std::optional(found->second);
  };
}

// What the pages need to know of the organisation, which is then free for its officers' commands.
struct About {
  std::string name;
  service::fs::path folder;  // that everybody may read
  server::Timetable timetable;
  std::string database;  // that several nodes share, or empty
};
Result<About> about_organisation(const std::string& folder, charter::Time now) {
  const auto organisation = TRY(service::Organisation::open(folder));
  if (organisation->state().charters.empty()) return fail("{}: the organisation has not been founded", folder);
  TRY(organisation->settle(now));
  const auto settings = TRY(service::read_settings(folder));
  return About{organisation->state().charter().name, organisation->public_folder(), timetable_of(organisation->state()),
               settings.database};
}

// Part of a site, below a path.
server::Request below(std::string_view prefix, const server::Request& request) {
  server::Request rest = request;
  rest.path = request.path.substr(prefix.size());
  return rest;
}

// Takes what other nodes add, each second. A failure is said once, and so is its end: nodes outlive their database.
void follow(const server::Elections& elections, const std::stop_token& stop, Console& console) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  std::string said;
  while (!stopped.wait_for(lock, stop, std::chrono::seconds(1), [&] { return stop.stop_requested(); })) {
    const Status followed = elections.follow();
    std::string failure = followed ? "" : followed.error().message;
    if (failure != said) say(console.err, "other nodes: {}", failure.empty() ? "followed again" : failure);
    said = std::move(failure);
  }
}

Result<int> serve(const ServeArguments& arguments, Console& console) {
  const auto clock = [] { return charter::Time{static_cast<std::int64_t>(std::time(nullptr))}; };
  const About about = TRY(about_organisation(arguments.folder, clock()));
  const auto elections =
      TRY(server::Elections::open(about.folder / "elections", about.timetable, clock, about.database));
  std::optional<server::Pages> pages;
  if (!arguments.pages.empty()) pages = TRY(server::Pages::open(arguments.pages));
  const auto ledger = server::log_files(about.folder);

  const auto answer = [&](const server::Request& request) -> server::Response {
    const std::string_view path = request.path;
    if (path.starts_with("/ledger/")) return ledger(below("/ledger", request));
    if (path.starts_with("/elections/") || path.starts_with("/api/v1/elections")) return elections.answer(request);
    if (path.starts_with("/api/")) return server::problem(404, "not-found", "Not found", "there is no such call");
    if (path == "/health") return server::text_response(200, "ok\n");
    return pages ? pages->answer(request) : server::text_response(404, "not found\n");
  };
  server::Limits limits;
  limits.connections = 5000;
  // Most of them wait for a ballot box, which works for all that wait.
  limits.workers = std::max<std::size_t>(64, 8 * std::size_t{std::thread::hardware_concurrency()});
  const auto http = TRY(server::HttpServer::listen(arguments.address, answer, limits));
  http->stop_on_signals();
  std::jthread following;
  if (!about.database.empty())
    following = std::jthread([&](const std::stop_token& stop) { follow(elections, stop, console); });
  say(console.out, "{} is at http://{}", about.name, http->address());
  http->run();
  return Exit::done;
}

}  // namespace

void add_serve(CLI::App& app, Action& action) {
  add_command<ServeArguments>(
      app, action, "serve", "put an organisation's ledger, its elections and its pages on the web, until SIGTERM",
      [](CLI::App& command, ServeArguments& arguments) {
        command.add_option("--dir", arguments.folder, "the organisation's folder; the one you are in unless given")
            ->type_name("FOLDER");
        command.add_option("--listen", arguments.address, "where to listen; 127.0.0.1:8080 unless given")
            ->type_name("ADDRESS:PORT");
        command.add_option("--pages", arguments.pages, "the pages for browsers, as `npm run build` makes them in web/")
            ->type_name("FOLDER");
      },
      serve);
}

}  // namespace folkmoot::cli
