// folkmoot serve: an organisation on the web.
#include <algorithm>
#include <ostream>
#include <sstream>
#include <thread>

#include "cli/commands.hpp"
#include "cli/moot.hpp"
#include "scenes/example.hpp"
#include "server/elections.hpp"
#include "server/http_server.hpp"
#include "server/log_files.hpp"
#include "server/organisation.hpp"
#include "server/pages.hpp"
#include "server/problem.hpp"
#include "service/poll.hpp"

namespace folkmoot::cli {
namespace {

struct ServeArguments {
  std::string folder;
  std::string address = "127.0.0.1:8080";
  std::string pages;
  bool example = false;
};

// Where the build, or an installation, has put the pages, beside this program; empty if they are not there.
std::string pages_of_program() {
  std::error_code error;
  const service::fs::path program = service::fs::read_symlink("/proc/self/exe", error);
  const service::fs::path prefix = program.parent_path().parent_path();
  for (const service::fs::path& folder : {prefix.parent_path() / "web", prefix / "share" / "folkmoot" / "web"}) {
    if (service::fs::exists(folder / "index.html", error)) return folder.string();
  }
  return "";
}

// An example organisation in that folder, or in a new one.
Result<scenes::Example> example_in(std::string folder, charter::Time now, Console& console) {
  if (folder.empty()) {
    folder = (service::fs::temp_directory_path() / "folkmoot-example-XXXXXX").string();
    if (!::mkdtemp(folder.data())) return fail("{}: cannot be made", folder);
  }
  say(console.out, "The example organisation is made in {}: a year with five secret ballots. It takes a minute.",
      folder);
  console.out.flush();
  std::ostringstream acts;
  return scenes::make_example(folder, now, acts, progress_on(console));
}

void tell(const scenes::Example& example, std::string_view address, Console& console) {
  say(console.out, "Vote at http://{}/vote/{}, for example with the credential of", address, example.election);
  for (const scenes::ExampleVoter& voter : example.voters) say(console.out, "  {}  ({})", voter.credential, voter.name);
}

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
};
Result<About> about_organisation(const std::string& folder, charter::Time now, Console& console) {
  const auto organisation = TRY(service::Organisation::open(folder));
  if (organisation->state().charters.empty()) return fail("{}: the organisation has not been founded", folder);
  TRY(organisation->settle(now));
  // What has just become due is on disk; that witnesses cannot be reached is no reason to serve nothing.
  if (const auto published = organisation->publish(); !published) say(console.err, "{}", published.error().message);
  return About{organisation->state().charter().name, organisation->public_folder(),
               timetable_of(organisation->state())};
}

// Part of a site, below a path.
server::Request below(std::string_view prefix, const server::Request& request) {
  server::Request rest = request;
  rest.path = request.path.substr(prefix.size());
  return rest;
}

Result<int> serve(const ServeArguments& arguments, Console& console) {
  const auto clock = [] { return charter::Time{static_cast<std::int64_t>(std::time(nullptr))}; };
  std::optional<scenes::Example> example;
  if (arguments.example) example = TRY(example_in(arguments.folder, clock(), console));
  const std::string folder = example                    ? example->organisation.string()
                             : arguments.folder.empty() ? "."
                                                        : arguments.folder;
  const About about = TRY(about_organisation(folder, clock(), console));
  const auto elections = TRY(server::Elections::open(about.folder / "elections", about.timetable, clock));
  const auto organisation = TRY(server::OrganisationReader::open(folder, clock));
  const std::string page_folder = arguments.pages.empty() ? pages_of_program() : arguments.pages;
  std::optional<server::Pages> pages;
  if (!page_folder.empty()) pages = TRY(server::Pages::open(page_folder));
  const auto ledger = server::log_files(about.folder);

  const auto answer = [&](const server::Request& request) -> server::Response {
    const std::string_view path = request.path;
    if (path.starts_with("/ledger/")) return ledger(below("/ledger", request));
    if (path.starts_with("/elections/") || path.starts_with("/api/v1/elections")) return elections.answer(request);
    if (server::OrganisationReader::is_for(path)) return organisation->answer(request);
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
  say(console.out, "{} is at http://{}", about.name, http->address());
  if (example) tell(*example, http->address(), console);
  console.out.flush();
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
        command
            .add_option("--pages", arguments.pages,
                        "the pages for browsers, as tools/web makes them; those of this program unless given")
            ->type_name("FOLDER");
        command.add_flag("--example", arguments.example,
                         "make an example organisation first, with a ballot that is open; in a new folder unless --dir "
                         "names one that is empty or not there");
      },
      serve);
}

}  // namespace folkmoot::cli
