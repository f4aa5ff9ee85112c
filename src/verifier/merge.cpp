// folkmoot-verify merge PART...
#include "verifier/commands.hpp"
#include "verifier/part_file.hpp"
#include "verifier/show.hpp"

namespace folkmoot::verifier {
namespace {

struct Arguments {
  std::vector<std::string> parts;
  std::string state;
  bool json = false;
};

Result<int> merge(const Arguments& arguments, const Console& console) {
  std::vector<record::Part> parts;
  for (const std::string& path : arguments.parts) parts.push_back(TRY(read_part(path)));
  const record::Part joined = TRY(record::join(std::move(parts)));
  if (!arguments.state.empty()) TRY(save_state(joined, arguments.state, console));
  return show(joined.report, joined.tracker, arguments.json, console);
}

}  // namespace

void add_merge(CLI::App& app, const Console& console, Action& action) {
  CLI::App& command = *app.add_subcommand(
      "merge",
      "the parts of a record's verification, which `record --shard` has written, as one report: the same that a single "
      "process would have made\n\n"
      "Exits as `record` does, and with 3 if the parts are not all there, or not of one record.");
  const auto arguments = std::make_shared<Arguments>();
  command.add_option("PART", arguments->parts, "all of them, in any order")->required();
  add_save_state(command, arguments->state);
  command.add_flag("--json", arguments->json, "the report as JSON");
  command.callback([=, &console, &action] { action = [=, &console] { return merge(*arguments, console); }; });
}

}  // namespace folkmoot::verifier
