// folkmoot verify: anyone. The program folkmoot-verify does the same, and links nothing that touches a secret.
#include <ostream>

#include "cli/commands.hpp"
#include "service/auditor.hpp"

namespace folkmoot::cli {
namespace {

struct Verify {
  std::string record, earlier;
  bool json = false;
};

int exit_of(record::Verdict verdict) {
  switch (verdict) {
    case record::Verdict::valid:
      return Exit::done;
    case record::Verdict::incomplete:
      return Exit::incomplete;
    case record::Verdict::invalid:
      break;
  }
  return Exit::failed;
}

Result<int> verify(const Verify& arguments, Console& console) {
  std::optional<service::fs::path> earlier;
  if (!arguments.earlier.empty()) earlier = arguments.earlier;
  const auto report = service::verify_record(arguments.record, earlier, progress_on(console));
  if (!report) {
    say(console.err, "folkmoot: {}", report.error().message);
    return Exit::usage;
  }
  console.out << (arguments.json ? record::to_json(*report) + "\n" : record::to_text(*report)) << std::flush;
  return exit_of(report->verdict());
}

}  // namespace

void add_auditor(CLI::App& app, Action& action) {
  add_command<Verify>(
      app, action, "verify", "verify the record of an election",
      [](CLI::App& command, Verify& arguments) {
        command.add_option("RECORD", arguments.record, "the election's record, a .bel file")->required();
        command.add_option("--against", arguments.earlier, "an earlier copy: nothing of it may have been removed");
        command.add_flag("--json", arguments.json, "the report as JSON");
      },
      verify);
}

}  // namespace folkmoot::cli
