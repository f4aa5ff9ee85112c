// folkmoot demo: a whole election in one go.
#include <chrono>
#include <ostream>

#include "cli/commands.hpp"
#include "service/demo.hpp"

namespace folkmoot::cli {
namespace {

struct Demo {
  service::DemoOptions options;
  std::string folder, ballots;
};

Result<int> demo(const Demo& arguments, Console& console) {
  service::DemoOptions options = arguments.options;
  if (!arguments.folder.empty()) options.folder = arguments.folder;
  if (!arguments.ballots.empty()) options.ballots = arguments.ballots;
  const auto begin = std::chrono::steady_clock::now();
  service::Audience audience;
  audience.progress = progress_on(console);
  audience.tell = [&](std::string_view role, std::string_view sentence) {
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
    if (console.err_is_terminal) console.err << "\r\033[K";
    say(console.err, "{:7.1f} s  {:<10} {}", elapsed.count(), role, sentence);
  };
  const auto outcome = TRY(service::run_demo(options, audience));
  say(console.out, "{}", service::to_text(outcome.declaration));
  say(console.out, "{}", record::to_text(outcome.declaration.report));
  say(console.out, "The count of the decrypted ballots {} that of the votes as they were meant.",
      outcome.counts_agree ? "is" : "IS NOT");
  say(console.out,
      "\nEverything is in {}/ (public/, and a folder for each role). Verify it yourself:\n"
      "  folkmoot-verify {}",
      outcome.folder.string(), outcome.record.string());
  return outcome.good() ? Exit::done : Exit::failed;
}

}  // namespace

void add_demo(CLI::App& app, Action& action) {
  add_command<Demo>(
      app, action, "demo", "an invented organisation holds an election, from the roll to the verified result",
      [](CLI::App& command, Demo& arguments) {
        service::DemoOptions& options = arguments.options;
        auto* members = command.add_option("--members", options.members, "how many members it has: 1000 unless given")
                            ->check(CLI::Range(std::size_t{1}, std::size_t{1'000'000}));
        command.add_option("--dir", arguments.folder, "the folder for all files, to be made: demo-UUID unless given");
        auto* ballots = command.add_option("--ballots", arguments.ballots, "cast the papers of this BLT file instead")
                            ->excludes(members);
        command.add_option("--seats", options.seats, "with --ballots: unless given, as the file says")->needs(ballots);
        command.add_option("--rule", options.rule, "with --ballots: scottish-2011 unless given")->needs(ballots);
      },
      demo);
}

}  // namespace folkmoot::cli
