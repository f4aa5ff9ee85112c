// folkmoot-verify: verifies the public record of an election. It links nothing that touches a secret.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <optional>

#include "record/verify.hpp"
#include "store/file_source.hpp"

namespace folkmoot {
namespace {

// What the program exits with.
enum Exit { valid = 0, invalid = 1, incomplete = 2, usage = 3, tracker_not_counted = 4 };

struct Arguments {
  std::string record;
  std::string earlier;
  std::string tracker;
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

// A line on standard error that overwrites itself; nothing where that is not a terminal.
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

Result<record::Report> verify(const Arguments& arguments) {
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
  return record::verify(source, options);
}

int run(int argc, char** argv) {
  CLI::App app(
      "Verifies the public record of an election: that the ballots are good, that they are the ones counted, and that "
      "the result is what they decrypt to.\n\n"
      "Exits with 0 if the record is valid, 1 if it is invalid, 2 if the election is not finished and all that is "
      "there "
      "is good, 3 if it was called wrongly or a file cannot be read, 4 if the record is not invalid but the tracker is "
      "not that of a counted ballot.",
      "folkmoot-verify");
  Arguments arguments;
  app.add_option("RECORD", arguments.record, "the record, a .bel file")->required();
  app.add_option("--against", arguments.earlier, "an earlier copy: nothing of it may have been removed or rewritten")
      ->type_name("EARLIER");
  app.add_option("--tracker", arguments.tracker, "look for the ballot with this tracker")->type_name("T");
  app.add_option("--threads", arguments.threads, "as many as there are cores, unless given")
      ->type_name("N")
      ->check(CLI::Range(1U, 1024U));
  app.add_flag("--json", arguments.json, "the report as JSON");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? Exit::valid : Exit::usage;
  }

  const auto report = verify(arguments);
  if (!report) {
    fmt::print(stderr, "folkmoot-verify: {}\n", report.error().message);
    return Exit::usage;
  }
  if (arguments.json) {
    fmt::print("{}\n", record::to_json(*report));
  } else {
    if (!arguments.tracker.empty()) fmt::print("{}", about_tracker(arguments.tracker, report->tracked));
    fmt::print("{}", record::to_text(*report));
  }
  const int verdict = exit_of(report->verdict());
  const bool counts = report->tracked && !report->tracked->replaced_by;
  return verdict != Exit::invalid && !arguments.tracker.empty() && !counts ? Exit::tracker_not_counted : verdict;
}

}  // namespace
}  // namespace folkmoot

int main(int argc, char** argv) { return folkmoot::run(argc, argv); }
