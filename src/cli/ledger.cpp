// folkmoot ledger: the public log of all acts.
#include <ostream>

#include "cli/moot.hpp"
#include "server/http_server.hpp"
#include "server/log_files.hpp"

namespace folkmoot::cli {
namespace {

Result<int> rebuild(const Moot& moot, Console& console) {
  const auto organisation = TRY(moot.open());
  const std::uint64_t acts = TRY(organisation->rebuild());
  say(console.out, "{} acts, each checked again.", acts);
  return Exit::done;
}

struct Proof {
  Moot moot;
  std::string out;
  std::uint64_t number = 0;
};

Result<int> prove(const Proof& arguments, Console& console) {
  const auto organisation = TRY(arguments.moot.open());
  const std::string receipt = TRY(organisation->receipt(arguments.number));
  if (arguments.out.empty()) {
    console.out << receipt << std::flush;
  } else {
    TRY(service::write_file(arguments.out, receipt));
  }
  return Exit::done;
}

struct Serve {
  std::string folder;
  std::string address = "127.0.0.1:8080";
};

Result<int> serve(const Serve& arguments, Console& console) {
  const auto http = TRY(server::HttpServer::listen(arguments.address, server::log_files(arguments.folder)));
  http->stop_on_signals();
  say(console.out, "{} at http://{}", arguments.folder, http->address());
  http->run();
  return Exit::done;
}

}  // namespace

void add_ledger(CLI::App& app, Action& action) {
  CLI::App& ledger = *app.add_subcommand("ledger", "the public log of all acts");
  ledger.require_subcommand(1);
  add_command<Moot>(
      ledger, action, "rebuild", "make the database's cache again from the ledger",
      [](CLI::App& command, Moot& moot) { moot.define(command); }, rebuild);
  add_command<Proof>(
      ledger, action, "proof", "the receipt of an act, to be kept",
      [](CLI::App& command, Proof& arguments) {
        command.add_option("NUMBER", arguments.number, "of the act")->required();
        arguments.moot.define(command);
        command.add_option("--out", arguments.out, "to a file")->type_name("FILE");
      },
      prove);
  add_command<Serve>(
      ledger, action, "serve-files", "serve a ledger's folder over HTTP until stopped by SIGTERM",
      [](CLI::App& command, Serve& arguments) {
        command.add_option("FOLDER", arguments.folder, "with checkpoint and tile/")->required();
        command.add_option("--listen", arguments.address, "where to listen; 127.0.0.1:8080 unless given")
            ->type_name("ADDRESS:PORT");
      },
      serve);
}

}  // namespace folkmoot::cli
