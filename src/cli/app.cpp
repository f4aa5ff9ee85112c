#include "cli/app.hpp"

#include <chrono>
#include <iostream>

#include "cli/commands.hpp"

namespace folkmoot::cli {
namespace {

constexpr const char* about =
    "Elections that anyone can verify: secret ballots under the Belenios protocol, counted by published rules.\n";
constexpr const char* statuses =
    "Exit status: 0 done; 1 it could not be done, and the message says why; 3 called wrongly.\n"
    "`verify`: 0 valid, 1 invalid, 2 not finished and good so far, 3 cannot be read.\n"
    "`officer accept`: 2 if some ballots were refused.\n"
    "`folkmoot COMMAND --help` tells more. docs/tour.md walks through an election.";

}  // namespace

int run(int argc, const char* const* argv, Console& console) {
  CLI::App app(about, "folkmoot");
  app.footer(statuses);
  app.require_subcommand(1);
  app.option_defaults()->always_capture_default(false);
  Action action;
  add_demo(app, action);
  add_officer(app, action);
  add_registrar(app, action);
  add_trustee(app, action);
  add_voter(app, action);
  add_auditor(app, action);
  add_count(app, action);
  add_organisation(app, action);
  add_act(app, action);
  add_roll(app, action);
  add_ledger(app, action);
  add_scene(app, action);
  add_witness(app, action);
  add_serve(app, action);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error, console.out, console.err) == 0 ? Exit::done : Exit::usage;
  }
  const Result<int> status = action(console);
  if (status) return *status;
  say(console.err, "folkmoot: {}", status.error().message);
  return Exit::failed;
}

Progress progress_on(Console& console) {
  if (!console.err_is_terminal) return no_progress;
  using Clock = std::chrono::steady_clock;
  return [&console, last = Clock::time_point()](std::string_view what, std::size_t done, std::size_t total) mutable {
    const bool finished = done == total;
    if (!finished && Clock::now() - last < std::chrono::milliseconds(100)) return;
    last = Clock::now();
    std::string line = total == 0 ? fmt::format("{} {}", done, what) : fmt::format("{} % {}", done * 100 / total, what);
    console.err << '\r' << (finished ? "" : line) << "\033[K" << std::flush;
  };
}

}  // namespace folkmoot::cli
