// folkmoot serve: an organisation on the web.
#include <sys/resource.h>

#include <algorithm>
#include <ostream>
#include <sstream>
#include <thread>

#include "cli/commands.hpp"
#include "cli/moot.hpp"
#include "scenes/example.hpp"
#include "server/http_server.hpp"
#include "server/site.hpp"

namespace folkmoot::cli {
namespace {

struct ServeArguments {
  std::string folder;
  std::string address = "127.0.0.1:8080";
  std::string pages;
  bool proxied = false;
  bool log = false;
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

// A connection is an open file, of which a program may have 1,024 unless it asks for as many as it is allowed.
void allow_open_files() {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = files.rlim_max;
  (void)::setrlimit(RLIMIT_NOFILE, &files);
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
  return scenes::make_example({folder, ""}, now, acts, progress_on(console));
}

// The same as the server takes it.
server::Example for_server(const scenes::Example& example) {
  server::Example served;
  served.election = example.election;
  for (const auto& [member, name, role, seed] : example.people) served.people.push_back({member, name, role, seed});
  for (const auto& [number, member, name, key] : example.trustees)
    served.trustees.push_back({number, member, name, key});
  for (const auto& [member, name, credential] : example.voters) served.voters.push_back({member, name, credential});
  return served;
}

void tell(const scenes::Example& example, std::string_view address, Console& console) {
  say(console.out, "Be anybody in it, and let time pass, at http://{}/example", address);
  say(console.out, "Vote at http://{}/vote/{}, for example with the credential of", address, example.election);
  for (const scenes::ExampleVoter& voter : example.voters) say(console.out, "  {}  ({})", voter.credential, voter.name);
}

Result<int> serve(const ServeArguments& arguments, Console& console) {
  const auto clock = [] { return charter::Time{static_cast<std::int64_t>(std::time(nullptr))}; };
  std::optional<scenes::Example> example;
  if (arguments.example) example = TRY(example_in(arguments.folder, clock(), console));
  const std::string folder = example                    ? example->organisation.string()
                             : arguments.folder.empty() ? "."
                                                        : arguments.folder;
  server::Site::Options options{.pages = arguments.pages.empty() ? pages_of_program() : arguments.pages,
                                .behind_proxy = arguments.proxied};
  if (example) options.example = for_server(*example);
  if (arguments.log) options.log = [&](std::string_view line) { console.err << line << std::endl; };
  const auto site = TRY(server::Site::open(folder, std::move(options), clock));

  server::Limits limits;
  limits.connections = 5000;
  limits.body = std::size_t{1} << 20;  // ballots of the 2048-bit groups are long
  limits.longer_body = [&](const server::Request& head) { return site->longest_body(head); };
  // Most of them wait, for a database or a file.
  limits.workers = std::max<std::size_t>(64, 8 * std::size_t{std::thread::hardware_concurrency()});
  const auto answer = [&](const server::Request& request) { return site->answer(request); };
  const auto take = [&](server::Request& request, const server::Reply& reply) { return site->take(request, reply); };
  allow_open_files();
  const auto http = TRY(server::HttpServer::listen(arguments.address, answer, limits, take));
  TRY(site->start("http://" + http->address()));
  http->stop_on_signals();
  say(console.out, "{} is at http://{}", site->name(), http->address());
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
        auto* const listen =
            command.add_option("--listen", arguments.address, "where to listen; 127.0.0.1:8080 unless given")
                ->type_name("ADDRESS:PORT");
        command
            .add_option_function<std::uint16_t>(
                "--port", [&arguments](std::uint16_t port) { arguments.address = fmt::format("127.0.0.1:{}", port); },
                "the port to listen at, for this machine only")
            ->excludes(listen);
        command
            .add_option("--pages", arguments.pages,
                        "the pages for browsers, as tools/web makes them; those of this program unless given")
            ->type_name("FOLDER");
        command.add_flag(
            "--behind-proxy", arguments.proxied,
            "believe the last address of X-Forwarded-For: only where nobody but a proxy reaches the server");
        command.add_flag("--log", arguments.log, "write a line of JSON for each request to the standard error output");
        command.add_flag("--example", arguments.example,
                         "make an example organisation first, with a ballot that is open; in a new folder unless --dir "
                         "names one that is empty or not there");
      },
      serve);
}

}  // namespace folkmoot::cli
