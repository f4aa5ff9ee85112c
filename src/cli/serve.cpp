// folkmoot serve: an organisation on the web.
#include <algorithm>
#include <ostream>
#include <thread>

#include "cli/commands.hpp"
#include "cli/moot.hpp"
#include "server/accounts.hpp"
#include "server/description.hpp"
#include "server/elections.hpp"
#include "server/http_server.hpp"
#include "server/log_files.hpp"
#include "server/observed.hpp"
#include "server/pages.hpp"
#include "server/problem.hpp"
#include "service/poll.hpp"

namespace folkmoot::cli {
namespace {

struct ServeArguments {
  std::string folder = ".";
  std::string address = "127.0.0.1:8080";
  std::string pages;
  bool proxied = false;
  bool log = false;
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

// Which posts the members hold.
using Posts = std::map<std::string, std::vector<std::string>>;
Posts posts_of(const charter::State& state) {
  Posts posts;
  for (const auto& [id, seat] : state.seats) {
    if (!seat.holder.empty()) posts[seat.holder].push_back(seat.post);
  }
  return posts;
}

// What the pages need to know of the organisation, which is then free for its officers' commands.
struct About {
  std::string name;
  service::fs::path folder;  // that everybody may read
  server::Timetable timetable;
  Posts posts;
};
Result<About> about_organisation(const std::string& folder, charter::Time now) {
  const auto organisation = TRY(service::Organisation::open(folder));
  if (organisation->state().charters.empty()) return fail("{}: the organisation has not been founded", folder);
  TRY(organisation->settle(now));
  return About{organisation->state().charter().name, organisation->public_folder(), timetable_of(organisation->state()),
               posts_of(organisation->state())};
}

// Part of a site, below a path.
server::Request below(std::string_view prefix, const server::Request& request) {
  server::Request rest = request;
  rest.path = request.path.substr(prefix.size());
  return rest;
}

// Mails as numbers.
std::string mail_metrics(const service::PostOffice& post_office) {
  using mail::Fate;
  std::string text =
      "# HELP folkmoot_letters_total Letters by what became of them; waiting: tries that did not succeed.\n"
      "# TYPE folkmoot_letters_total counter\n";
  for (const Fate fate : {Fate::waiting, Fate::delivered, Fate::failed, Fate::unknown, Fate::unwanted}) {
    text += fmt::format("folkmoot_letters_total{{fate=\"{}\"}} {}\n", mail::name_of(fate), post_office.count(fate));
  }
  return text;
}

server::Response metrics_response(std::string text) {
  server::Response response = server::text_response(200, std::move(text));
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

// Members' accounts, and the post office that writes to them.
struct Members {
  std::unique_ptr<service::PostOffice> post_office;
  std::unique_ptr<service::Accounts> accounts;
  std::unique_ptr<server::AccountCalls> calls;
};
Result<Members> open_members(const std::string& folder, const About& about, const std::string& url) {
  const auto clock = [] { return static_cast<std::int64_t>(std::time(nullptr)); };
  secret::Random& random = secret::Random::system();
  const service::Settings settings = TRY(service::read_settings(folder));
  const service::Site site = TRY(in("settings.toml", service::site_of(settings, about.name, url)));
  auto transport = TRY(in("settings.toml", service::transport_of(folder, settings)));
  auto key = TRY(service::sealing_key(folder, random));
  const std::string database = service::database_url(folder, settings);
  Members members;
  members.post_office = std::make_unique<service::PostOffice>(database, site, std::move(transport), clock, random);
  members.accounts = std::make_unique<service::Accounts>(database, site, std::move(key), random);
  const auto posts = [&about](const std::string& member) {
    const auto found = about.posts.find(member);
    return found == about.posts.end() ? std::vector<std::string>() : found->second;
  };
  const server::AccountCalls::Needs needs{clock, posts, [&office = *members.post_office] { office.wake(); }};
  members.calls = std::make_unique<server::AccountCalls>(*members.accounts, needs, random);
  return members;
}

Result<int> serve(const ServeArguments& arguments, Console& console) {
  const auto clock = [] { return charter::Time{static_cast<std::int64_t>(std::time(nullptr))}; };
  const About about = TRY(about_organisation(arguments.folder, clock()));
  const auto elections = TRY(server::Elections::open(about.folder / "elections", about.timetable, clock));
  std::optional<server::Pages> pages;
  if (!arguments.pages.empty()) pages = TRY(server::Pages::open(arguments.pages));
  const auto ledger = server::log_files(about.folder);
  Members members;

  const auto find_answer = [&](const server::Request& request) -> server::Response {
    const std::string_view path = request.path;
    if (path.starts_with("/ledger/")) return ledger(below("/ledger", request));
    if (path.starts_with("/elections/") || path.starts_with("/api/v1/elections")) return elections.answer(request);
    if (path == "/api/openapi.json") {
      return request.method == "GET" ? server::description() : server::method_not_allowed("GET, HEAD");
    }
    if (path.starts_with("/api/")) {
      auto answer = members.calls->answer(request);
      return answer ? *std::move(answer) : server::problem(404, "not-found", "Not found", "there is no such call");
    }
    if (path == "/health") return server::text_response(200, "ok\n");
    return pages ? pages->answer(request) : server::text_response(404, "not found\n");
  };
  const auto write_line = [&](std::string_view line) {
    if (arguments.log) console.err << line << std::endl;
  };
  server::Observed observed(find_answer, server::Routes(server::routes()), write_line);
  const auto answer = [&](const server::Request& request) {
    if (request.path == "/metrics") return metrics_response(observed.metrics() + mail_metrics(*members.post_office));
    return observed.answer(arguments.proxied ? server::behind_proxy(request) : request);
  };
  server::Limits limits;
  limits.connections = 5000;
  // Most of them wait for a ballot box, which works for all that wait.
  limits.workers = std::max<std::size_t>(64, 8 * std::size_t{std::thread::hardware_concurrency()});
  const auto http = TRY(server::HttpServer::listen(arguments.address, answer, limits));
  members = TRY(open_members(arguments.folder, about, "http://" + http->address()));
  members.post_office->start([&](std::string_view message) { observed.say("mail", message); });
  http->stop_on_signals();
  say(console.out, "{} is at http://{}", about.name, http->address());
  http->run();
  members = {};  // which tells of what it does until it goes
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
        command.add_flag(
            "--behind-proxy", arguments.proxied,
            "believe the last address of X-Forwarded-For: only where nobody but a proxy reaches the server");
        command.add_flag("--log", arguments.log, "write a line of JSON for each request to the standard error output");
      },
      serve);
}

}  // namespace folkmoot::cli
