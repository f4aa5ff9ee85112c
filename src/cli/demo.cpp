// folkmoot demo: a whole election, or a whole year of an organisation, in one go.
#include <chrono>
#include <ostream>

#include "audit/verify.hpp"
#include "cli/commands.hpp"
#include "scenes/year.hpp"
#include "service/demo.hpp"
#include "service/supplement.hpp"
#include "verifier/place.hpp"

namespace folkmoot::cli {
namespace {

struct Demo {
  service::DemoOptions options;
  std::string folder, ballots;
  bool year = false;
};

Result<int> year(const std::string& folder, Console& console) {
  const scenes::Year year =
      TRY(scenes::play_year(folder.empty() ? "demo-year" : folder, console.out, progress_on(console)));
  const auto place = TRY(verifier::open_place(year.ledger.string()));
  verifier::Trust trust;
  trust.key = year.key;
  const auto policy = TRY(verifier::policy_of(trust));
  audit::VerifyOptions options;
  options.policy = &*policy;
  options.complete = true;
  const audit::Report report = audit::verify(*place.log, *place.library, options);
  say(console.out, "\n{}", audit::to_text(report));
  say(console.out, "{} acts and {} secret ballots. Verify them yourself:\n  folkmoot-verify ledger {} --key {}",
      year.acts, year.elections, year.ledger.string(), year.key);
  return report.valid() ? Exit::done : Exit::failed;
}

Result<int> demo(const Demo& arguments, Console& console) {
  if (arguments.year) return year(arguments.folder, console);
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
  say(console.out, "{}", strict::to_text(*outcome.declaration.strict));
  say(console.out, "The count of the decrypted ballots {} that of the votes as they were meant.",
      outcome.counts_agree ? "is" : "IS NOT");
  say(console.out,
      "\nEverything is in {}/ (public/, and a folder for each role). Verify it yourself:\n"
      "  folkmoot-verify {} --strict {}",
      outcome.folder.string(), outcome.record.string(), service::supplement_file(outcome.record).string());
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
        command.add_option("--dir", arguments.folder,
                           "the folder for all files, to be made: demo-UUID, or demo-year, unless given");
        command.add_flag("--year", arguments.year, "a year of a campaign organisation instead, with its ledger")
            ->excludes(members);
        auto* ballots = command.add_option("--ballots", arguments.ballots, "cast the papers of this BLT file instead")
                            ->excludes(members);
        command.add_option("--seats", options.seats, "with --ballots: unless given, as the file says")->needs(ballots);
        command.add_option("--rule", options.rule, "with --ballots: scottish-2011 unless given")->needs(ballots);
      },
      demo);
}

}  // namespace folkmoot::cli
