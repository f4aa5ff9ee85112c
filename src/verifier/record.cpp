// folkmoot-verify record FILE
#include <memory>
#include <optional>

#include "record/verify.hpp"
#include "store/file_source.hpp"
#include "strict/verify.hpp"
#include "verifier/commands.hpp"
#include "verifier/place.hpp"

namespace folkmoot::verifier {
namespace {

struct Arguments {
  std::string record;
  std::string earlier;
  std::string tracker;
  std::string supplement;
  unsigned threads = 0;
  bool json = false;
};

int exit_of(record::Verdict verdict) {
  switch (verdict) {
    case record::Verdict::valid:
      return Exit::valid;
    case record::Verdict::incomplete:
      return Exit::incomplete;
    case record::Verdict::invalid:
      break;
  }
  return Exit::invalid;
}

// What became of the ballot that was asked for, in a sentence.
std::string about_tracker(const std::string& tracker, const std::optional<record::TrackedBallot>& found) {
  if (!found) return fmt::format("Tracker      {} is not in this record\n", tracker);
  const std::string where =
      fmt::format("Tracker      {} is ballot {}, of weight {}", tracker, found->number, found->weight);
  if (found->replaced_by)
    return fmt::format("{}; its voter's later ballot {} replaces it\n", where, *found->replaced_by);
  return where + ": it counts\n";
}

Result<int> verify(const Arguments& arguments, const Console& console) {
  const auto source = TRY(store::FileSource::open(arguments.record));
  std::optional<store::FileSource> earlier;
  record::VerifyOptions options;
  if (!arguments.earlier.empty()) {
    earlier = TRY(store::FileSource::open(arguments.earlier));
    options.earlier = &*earlier;
  }
  options.threads = arguments.threads;
  options.tracker = arguments.tracker;
  options.progress = progress_line();
  std::optional<strict::Report> strict;
  if (!arguments.supplement.empty()) {
    const std::string supplement = TRY(read_file(arguments.supplement));
    strict = strict::verify(source, supplement, options);
  }
  const record::Report report = strict ? strict->record : record::verify(source, options);
  if (arguments.json) {
    console.out << (strict ? strict::to_json(*strict) : record::to_json(report)) << '\n';
  } else {
    if (!arguments.tracker.empty()) console.out << about_tracker(arguments.tracker, report.tracked);
    console.out << (strict ? strict::to_text(*strict) : record::to_text(report));
  }
  const int verdict = exit_of(strict ? strict->verdict() : report.verdict());
  const bool counts = report.tracked && !report.tracked->replaced_by;
  return verdict != Exit::invalid && !arguments.tracker.empty() && !counts ? Exit::tracker_not_counted : verdict;
}

}  // namespace

void add_record(CLI::App& app, const Console& console, Action& action) {
  CLI::App& command = *app.add_subcommand(
      "record",
      "the public record of an election\n\n"
      "Exits with 0 if the record is valid, 1 if it is invalid, 2 if the election is not finished and all that is "
      "there "
      "is good, 3 if it was called wrongly or a file cannot be read, 4 if the record is not invalid but the tracker is "
      "not that of a counted ballot. With --strict, a record is valid only if it is so under the strict profile too; "
      "the report keeps both verdicts apart.");
  const auto arguments = std::make_shared<Arguments>();
  command.add_option("RECORD", arguments->record, "the record, a .bel file")->required();
  command
      .add_option("--against", arguments->earlier, "an earlier copy: nothing of it may have been removed or rewritten")
      ->type_name("EARLIER");
  command.add_option("--tracker", arguments->tracker, "look for the ballot with this tracker")->type_name("T");
  command
      .add_option(
          "--strict", arguments->supplement,
          "its supplement, a .strict.json file: what the strict profile asks beyond Belenios (docs/strict-profile.md)")
      ->type_name("SUPPLEMENT");
  add_threads(command, arguments->threads);
  command.add_flag("--json", arguments->json, "the report as JSON");
  command.callback([=, &console, &action] { action = [=, &console] { return verify(*arguments, console); }; });
}

}  // namespace folkmoot::verifier
