#include "verifier/show.hpp"

#include "verifier/part_file.hpp"

namespace folkmoot::verifier {

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

int exit_of(record::Verdict verdict, const std::string& tracker, const record::Report& report) {
  const bool counts = report.tracked && !report.tracked->replaced_by;
  const bool missed = verdict != record::Verdict::invalid && !tracker.empty() && !counts;
  return missed ? Exit::tracker_not_counted : exit_of(verdict);
}

std::string about_tracker(const std::string& tracker, const std::optional<record::TrackedBallot>& found) {
  if (!found) return fmt::format("Tracker      {} is not in this record\n", tracker);
  const std::string where =
      fmt::format("Tracker      {} is ballot {}, of weight {}", tracker, found->number, found->weight);
  if (found->replaced_by)
    return fmt::format("{}; its voter's later ballot {} replaces it\n", where, *found->replaced_by);
  return where + ": it counts\n";
}

int show(const record::Report& report, const std::string& tracker, bool as_json, const Console& console) {
  if (as_json) {
    console.out << record::to_json(report) << '\n';
  } else {
    if (!tracker.empty()) console.out << about_tracker(tracker, report.tracked);
    console.out << record::to_text(report);
  }
  return exit_of(report.verdict(), tracker, report);
}

void add_save_state(CLI::App& command, std::string& path) {
  command
      .add_option(
          "--save-state", path,
          "write what has been found out to FILE: with `--resume FILE` the next run on the record verifies only "
          "the ballots that have come since")
      ->type_name("FILE");
}

Status save_state(const record::Part& part, const std::string& path, const Console& console) {
  if (const Status good = record::check_state(part); !good) {
    console.err << "folkmoot-verify: no state is saved: " << good.error().message << '\n';
    return {};
  }
  return write_part(part, path, console.out);
}

}  // namespace folkmoot::verifier
