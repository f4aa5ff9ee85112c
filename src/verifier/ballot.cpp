// folkmoot-verify ballot RECORD --opened FILE
#include "store/file_source.hpp"
#include "strict/opened.hpp"
#include "verifier/commands.hpp"
#include "verifier/place.hpp"

namespace folkmoot::verifier {
namespace {

struct Arguments {
  std::string record;
  std::string opened;
  std::string tracker;
};

Result<int> verify(const Arguments& arguments, const Console& console) {
  const auto source = TRY(store::FileSource::open(arguments.record));
  std::string text = TRY(read_file(arguments.opened));
  if (text.ends_with('\n')) text.pop_back();
  auto report = TRY(in(arguments.record, strict::verify_opened(source, text)));
  if (!arguments.tracker.empty() && report.tracker != arguments.tracker) {
    report.wrong.push_back(fmt::format("it is another ballot than {}", arguments.tracker));
  }
  for (const std::string& vote : report.votes) console.out << printable(vote) << '\n';
  if (!report.wrong.empty()) {
    for (const std::string& wrong : report.wrong) console.out << "INVALID. " << printable(wrong) << '\n';
    return Exit::invalid;
  }
  console.out << fmt::format("VALID. Ballot {} encrypts just that, and has not been cast.\n", report.tracker);
  return Exit::valid;
}

}  // namespace

void add_ballot(CLI::App& app, const Console& console, Action& action) {
  CLI::App& command = *app.add_subcommand(
      "ballot",
      "a ballot that was opened instead of cast: what it would have voted, and whether the device encrypted that\n\n"
      "Exits with 0 if it is valid, 1 if it is not, 3 if it was called wrongly or a file cannot be read.");
  const auto arguments = std::make_shared<Arguments>();
  command.add_option("RECORD", arguments->record, "the election's record, a .bel file")->required();
  command.add_option("--opened", arguments->opened, "the opened ballot, as `folkmoot open` writes it")
      ->required()
      ->type_name("FILE");
  command.add_option("--tracker", arguments->tracker, "the tracker that was noted before the ballot was opened")
      ->type_name("T");
  command.callback([=, &console, &action] { action = [=, &console] { return verify(*arguments, console); }; });
}

}  // namespace folkmoot::verifier
