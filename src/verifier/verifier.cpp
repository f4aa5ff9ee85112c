#include "verifier/verifier.hpp"

#include <array>
#include <string>
#include <vector>

#include "verifier/commands.hpp"

namespace folkmoot::verifier {
namespace {

constexpr std::array<std::string_view, 5> first_words{"record", "ledger", "receipt", "--help", "-h"};

}  // namespace

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
