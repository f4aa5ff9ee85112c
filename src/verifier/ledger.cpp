// folkmoot-verify ledger DIR|URL
#include "audit/verify.hpp"
#include "verifier/commands.hpp"
#include "verifier/place.hpp"

namespace folkmoot::verifier {
namespace {

struct Arguments {
  std::string place;
  Trust trust;
  std::string earlier;
  unsigned threads = 0;
  bool complete = false;
  bool json = false;
};

Result<int> verify(const Arguments& arguments, const Console& console) {
  const Place place = TRY(open_place(arguments.place));
  const auto policy = TRY(policy_of(arguments.trust));
  audit::VerifyOptions options;
  options.policy = policy ? &*policy : nullptr;
  options.complete = arguments.complete;
  options.threads = arguments.threads;
  options.progress = progress_line();
  Place earlier;
  if (!arguments.earlier.empty()) {
    const bool folder = std::filesystem::is_directory(arguments.earlier);
    if (folder) {
      earlier = TRY(open_place(arguments.earlier));
      options.earlier_log = earlier.log.get();
    }
    options.earlier = TRY(read_file(folder ? arguments.earlier + "/checkpoint" : arguments.earlier));
  }
  const audit::Report report = audit::verify(*place.log, *place.library, options);
  console.out << (arguments.json ? audit::to_json(report) + "\n" : audit::to_text(report));
  return report.valid() ? Exit::valid : Exit::invalid;
}

}  // namespace

void add_ledger(CLI::App& app, const Console& console, Action& action) {
  CLI::App& command = *app.add_subcommand(
      "ledger",
      "an organisation's ledger: its signatures, every entry, every act by the charter then in force, what is "
      "published "
      "beside it, and the counts of declared elections\n\n"
      "Exits with 0 if it is valid, 1 if it is not, 3 if it was called wrongly or a file cannot be read. Without "
      "--policy or --key nothing ties the ledger to anybody, and it is not valid.");
  const auto arguments = std::make_shared<Arguments>();
  command.add_option("DIR", arguments->place, "the folder, or URL, that has `checkpoint`, `tile/` and `published/`")
      ->required();
  add_trust(command, arguments->trust);
  command
      .add_option(
          "--against", arguments->earlier,
          "an earlier checkpoint, or folder, of it, or what a witness has stored: nothing of that may have been "
          "removed or rewritten")
      ->type_name("EARLIER");
  command.add_flag("--complete", arguments->complete, "the records and counts of all declared elections must be there");
  add_threads(command, arguments->threads);
  command.add_flag("--json", arguments->json, "the report as JSON");
  command.callback([=, &console, &action] { action = [=, &console] { return verify(*arguments, console); }; });
}

}  // namespace folkmoot::verifier
