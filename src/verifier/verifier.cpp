#include "verifier/verifier.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <vector>

#include "verifier/commands.hpp"

namespace folkmoot::verifier {
namespace {

constexpr std::array<std::string_view, 8> first_words{"record", "merge",   "ledger", "receipt",
                                                      "ballot", "elector", "--help", "-h"};

}  // namespace

std::function<void(std::uint64_t, std::uint64_t)> progress_line() {
  if (::isatty(STDERR_FILENO) == 0) return {};
  return [last = std::string(), begin = std::chrono::steady_clock::now()](std::uint64_t done,
                                                                          std::uint64_t total) mutable {
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
    std::string line = progress_text(done, total, passed.count());
    if (line == last) return;
    last = std::move(line);
    fmt::print(stderr, "\r\033[K{}", last);
    std::fflush(stderr);
  };
}

std::string progress_text(std::uint64_t done, std::uint64_t total, double seconds) {
  if (done >= total) return "";
  const double part = static_cast<double>(done) / static_cast<double>(total);
  std::string text = fmt::format("verifying … {}%", static_cast<int>(100 * part));
  if (seconds < 2 || part < 0.01) return text;
  const double left = seconds * (1 - part) / part;
  if (left < 90) return fmt::format("{}, about {:.0f} s left", text, left);
  return fmt::format("{}, about {:.0f} min left", text, left / 60);
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
  add_merge(app, console, action);
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
