// folkmoot witness: cosigns the logs of others, so that nobody can be shown another log than everybody.
#include <ctime>
#include <ostream>

#include "cli/commands.hpp"
#include "server/http_server.hpp"
#include "server/witness.hpp"

namespace folkmoot::cli {
namespace {

struct WitnessArguments {
  std::string folder, name;
  std::string address = "127.0.0.1:8090";
};

Result<int> make(const WitnessArguments& arguments, Console& console) {
  const auto key = TRY(service::make_witness(arguments.folder, arguments.name));
  say(console.out, "Made a witness. Its public key, for the policies of those who trust it:\n{}", key.to_text());
  say(console.out, "Write the keys of the logs that it is to watch into {}/logs, then start it.", arguments.folder);
  return Exit::done;
}

Result<int> serve(const WitnessArguments& arguments, Console& console) {
  auto [key, logs, files, witness] = TRY(service::open_witness(arguments.folder));
  std::unique_ptr<server::HttpServer> http;
  const auto clock = [] { return static_cast<std::uint64_t>(std::time(nullptr)); };
  const auto tell = [&](std::string_view what) { say(console.err, "{}", what); };
  const auto answer = [&, calls = server::witness_calls(witness, clock, tell)](const server::Request& request) {
    server::Response response = calls(request);
    if (!witness.health()) http->stop();
    return response;
  };
  http = TRY(server::HttpServer::listen(arguments.address, answer));
  http->stop_on_signals();
  say(console.out, "{} watches {} at http://{}", key.name(),
      logs.size() == 1 ? "1 log" : fmt::format("{} logs", logs.size()), http->address());
  http->run();
  TRY(Status(witness.health()));
  return Exit::done;
}

}  // namespace

void add_witness(CLI::App& app, Action& action) {
  add_command<WitnessArguments>(
      app, action, "witness", "cosign the logs of others: serve C2SP's tlog-witness until stopped by SIGTERM",
      [](CLI::App& command, WitnessArguments& arguments) {
        command.add_option("--dir", arguments.folder, "the witness's folder")->required()->type_name("FOLDER");
        auto* listen =
            command.add_option("--listen", arguments.address, "where to listen; 127.0.0.1:8090 unless given")
                ->type_name("ADDRESS:PORT");
        command.add_option("--new", arguments.name, "make the folder, with a new key of that name, and serve nothing")
            ->type_name("NAME")
            ->excludes(listen);
      },
      [](const WitnessArguments& arguments, Console& console) {
        return arguments.name.empty() ? serve(arguments, console) : make(arguments, console);
      });
}

}  // namespace folkmoot::cli
