// folkmoot count: counts papers from a file; no election is needed.
#include <ostream>

#include "cli/commands.hpp"
#include "count/count.hpp"
#include "count/format/blt.hpp"
#include "count/render/text.hpp"
#include "service/files.hpp"

namespace folkmoot::cli {
namespace {

struct Count {
  std::string file, rule, seed;
  std::size_t seats = 0;
  bool json = false;
};

Result<int> count(const Count& arguments, Console& console) {
  const std::string text = TRY(service::read_file(arguments.file));
  const count::Contest contest = TRY(in(arguments.file, count::read_blt(text)));
  for (const std::string& note : contest.notes) say(console.err, "{}: {}", arguments.file, note);
  count::Options options;
  options.seats = arguments.seats;
  if (!arguments.seed.empty()) options.lots = count::seeded_lots(arguments.seed);
  const auto transcript = TRY(in(arguments.file, count::count(arguments.rule, contest, options)));
  console.out << (arguments.json ? count::to_json(transcript) + "\n" : count::to_table(transcript)) << std::flush;
  return Exit::done;
}

Result<int> list_rules(Console& console) {
  for (const count::Rule* rule : count::rules()) {
    say(console.out, "{:<16} {:<44} {}", rule->name, rule->title, rule->source);
  }
  return Exit::done;
}

}  // namespace

void add_count(CLI::App& app, Action& action) {
  struct None {};
  const auto arguments = std::make_shared<Count>();
  CLI::App& command = *app.add_subcommand("count", "count the papers of a BLT file by a rule");
  command.add_option("FILE", arguments->file, "the papers, in BLT");
  command.add_option("--rule", arguments->rule, "one of `folkmoot count rules`");
  command.add_option("--seats", arguments->seats, "how many are to be elected; unless given, as the file says");
  command.add_option("--seed", arguments->seed, "the published seed from which lots are drawn");
  command.add_flag("--json", arguments->json, "the transcript as JSON");
  command.require_subcommand(0, 1);
  CLI::App& rules = *command.add_subcommand("rules", "list the rules");
  rules.callback([&action] { action = list_rules; });
  command.callback([&action, &rules, arguments] {
    if (rules.parsed()) return;
    if (arguments->file.empty()) throw CLI::RequiredError("FILE");
    if (arguments->rule.empty()) throw CLI::RequiredError("--rule");
    action = [arguments](Console& console) { return count(*arguments, console); };
  });
}

}  // namespace folkmoot::cli
