#include "verifier/verifier.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "verifier/commands.hpp"

namespace folkmoot::verifier {
namespace {

constexpr std::array<std::string_view, 7> first_words{"record",  "ledger", "receipt", "ballot",
                                                      "elector", "--help", "-h"};

}  // namespace

std::function<void(std::uint64_t, std::uint64_t)> progress_line() {
  if (::isatty(STDERR_FILENO) == 0) return {};
  return [shown = std::uint64_t{0}](std::uint64_t done, std::uint64_t total) mutable {
    const std::uint64_t percent = total == 0 ? 100 : done * 100 / total;
    if (percent == shown) return;
    shown = percent;
    fmt::print(stderr, "\rverifying … {}%{}", percent, done == total ? "\r\033[K" : "");
    std::fflush(stderr);
  };
}

void add_threads(CLI::App& command, unsigned& threads) {
  command.add_option("--threads", threads, "as many as there are cores, unless given")
      ->type_name("N")
      ->check(CLI::Range(1U, 1024U));
}

int run(int argc, const char* const* argv, const Console& console) {
  CLI::App app(
      "Verifies what an organisation publishes: that the ballots of an election are good, are the ones counted, and "
      "give the result; that every act of power in its ledger kept the organisation's own rules.\n\n"
      "`folkmoot-verify RECORD.bel` is short for `folkmoot-verify record RECORD.bel`. Exits with 0 if all is valid, 1 "
      "if something is invalid, 3 if it was called wrongly or a file cannot be read.",
      "folkmoot-verify");
  app.require_subcommand(1);
  Action action;
  add_record(app, console, action);
  add_ledger(app, console, action);
  add_receipt(app, console, action);
  add_ballot(app, console, action);
  add_elector(app, console, action);

  std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
  const bool names_one = !arguments.empty() && std::ranges::find(first_words, arguments.front()) != first_words.end();
  if (!names_one && !arguments.empty()) arguments.insert(arguments.begin(), "record");
  std::ranges::reverse(arguments);  // as CLI11 takes them
  try {
    app.parse(std::move(arguments));
  } catch (const CLI::ParseError& error) {
    return app.exit(error, console.out, console.err) == 0 ? Exit::valid : Exit::usage;
  }
  const auto status = action();
  if (status) return *status;
  console.err << "folkmoot-verify: " << status.error().message << '\n';
  return Exit::usage;
}

}  // namespace folkmoot::verifier
