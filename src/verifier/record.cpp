// folkmoot-verify record FILE
#include <memory>
#include <optional>

#include "record/verify.hpp"
#include "store/file_source.hpp"
#include "strict/verify.hpp"
#include "verifier/part_file.hpp"
#include "verifier/place.hpp"
#include "verifier/show.hpp"

namespace folkmoot::verifier {
namespace {

struct Arguments {
  std::string record;
  std::string earlier;
  std::string tracker;
  std::string supplement;
  std::string resume;
  std::string state;
  std::string shard;
  std::string part;
  unsigned threads = 0;
  bool json = false;
};

// An earlier copy of the record may come from anybody: at worst the record is found not to be its continuation. A state
// is believed, and so never taken for a copy.
Result<std::optional<store::FileSource>> open_copy(const std::string& path) {
  if (path.empty()) return std::nullopt;
  if (TRY(is_part(path))) {
    return fail("{}: a saved state, not a copy of the record; --resume goes on from a state of your own", path);
  }
  return TRY(store::FileSource::open(path));
}

Result<std::optional<record::Part>> open_state(const std::string& path) {
  if (path.empty()) return std::nullopt;
  record::Part state = TRY(read_part(path));
  TRY(in(path, record::check_state(state)));
  return state;
}

// The file of this part: a % in its name stands for the part's number.
std::string file_of(std::string name, record::Share share) {
  if (const std::size_t at = name.find('%'); at != std::string::npos) {
    name.replace(at, 1, std::to_string(share.index + 1));
  }
  return name;
}

int show(const strict::Report& report, const Arguments& arguments, const Console& console) {
  if (arguments.json) {
    console.out << strict::to_json(report) << '\n';
  } else {
    if (!arguments.tracker.empty()) console.out << about_tracker(arguments.tracker, report.record.tracked);
    console.out << strict::to_text(report);
  }
  return exit_of(report.verdict(), arguments.tracker, report.record);
}

Result<int> verify(const Arguments& arguments, const Console& console) {
  const auto source = TRY(store::FileSource::open(arguments.record));
  const auto copy = TRY(open_copy(arguments.earlier));
  const auto state = TRY(open_state(arguments.resume));
  record::VerifyOptions options;
  options.earlier = copy ? &*copy : nullptr;
  options.state = state ? &*state : nullptr;
  options.threads = arguments.threads;
  options.tracker = arguments.tracker;
  options.progress = progress_line();
  if (!arguments.supplement.empty()) {
    const std::string supplement = TRY(read_file(arguments.supplement));
    return show(strict::verify(source, supplement, options), arguments, console);
  }
  options.make_state = !arguments.state.empty() || !arguments.shard.empty();
  if (!arguments.shard.empty()) {
    options.share = TRY(in("--shard", read_share(arguments.shard)));
    const record::Part part = TRY(record::verify_part(source, options));
    TRY(write_part(part, file_of(arguments.part, options.share), console.out));
    return Exit::valid;
  }
  const record::Part part = TRY(in(arguments.resume, record::verify_part(source, options)));
  if (!arguments.state.empty()) TRY(save_state(part, arguments.state, console));
  if (state && !arguments.json) {
    console.out << "Ballots that " << arguments.resume << " knows were not verified again: it is believed.\n";
  }
  return show(part.report, arguments.tracker, arguments.json, console);
}

}  // namespace

void add_record(CLI::App& app, const Console& console, Action& action) {
  CLI::App& command = *app.add_subcommand(
      "record",
      "the public record of an election\n\n"
      "Exits with 0 if the record is valid, 1 if it is invalid, 2 if the election is not finished and all that is "
      "there "
      "is good, 3 if it was called wrongly or a file cannot be read, 4 if the record is not invalid but the tracker is "
      "not that of a counted ballot. With --shard it exits with 0 when the part has been written, whatever it says. "
      "With "
      "--strict, a record is valid only if it is so under the strict profile too; "
      "the report keeps both verdicts apart.");
  const auto arguments = std::make_shared<Arguments>();
  command.add_option("RECORD", arguments->record, "the record, a .bel file")->required();
  command
      .add_option("--against", arguments->earlier,
                  "an earlier copy, from whomever: nothing of it may have been removed or rewritten")
      ->type_name("EARLIER");
  CLI::Option* resume =
      command
          .add_option("--resume", arguments->resume,
                      "what --save-state wrote, in your own keeping: only ballots that have come since are verified")
          ->type_name("STATE")
          ->excludes(command.get_option("--against"));
  add_save_state(command, arguments->state);
  command.add_option("--tracker", arguments->tracker, "look for the ballot with this tracker")->type_name("T");
  CLI::Option* shard = command.add_option("--shard", arguments->shard,
                                          "verify the I-th of N parts, for `merge`: one of several processes, on one "
                                          "machine or many. `mpi`: as Open MPI has "
                                          "numbered this process");
  shard->type_name("I/N")->check([](const std::string& text) { return text.empty() ? "is empty" : ""; });
  command.add_option("--part", arguments->part, "where the part is written, unless to standard output; a % becomes I")
      ->type_name("FILE")
      ->needs(shard);
  shard->excludes(command.get_option("--save-state"))->excludes(resume);
  command
      .add_option(
          "--strict", arguments->supplement,
          "its supplement, a .strict.json file: what the strict profile asks beyond Belenios (docs/strict-profile.md)")
      ->type_name("SUPPLEMENT")
      ->excludes(shard)
      ->excludes(resume)
      ->excludes(command.get_option("--save-state"));
  add_threads(command, arguments->threads);
  command.add_flag("--json", arguments->json, "the report as JSON");
  command.callback([=, &console, &action] { action = [=, &console] { return verify(*arguments, console); }; });
}

}  // namespace folkmoot::verifier
