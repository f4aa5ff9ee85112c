// A report as JSON for programs and as text for people.
#include "record/report.hpp"

namespace folkmoot::record {
namespace {

void write_optional(json::Writer& writer, const std::optional<std::string>& json) {
  json ? writer.raw(*json) : writer.null();
}

void write_tracked(json::Writer& writer, const TrackedBallot& tracked) {
  writer.begin_object();
  writer.key("number").integer(static_cast<std::int64_t>(tracked.number));
  writer.key("weight").integer(static_cast<std::int64_t>(tracked.weight));
  writer.key("replaced_by");
  tracked.replaced_by ? writer.plain_string(*tracked.replaced_by) : writer.null();
  writer.end_object();
}

std::string sentence(const Report& report) {
  switch (report.verdict()) {
    case Verdict::valid:
      return "VALID. Every check has passed: the result is what the recorded ballots decrypt to.";
    case Verdict::incomplete:
      return "INCOMPLETE. The election is not finished; all that is there is good.";
    case Verdict::invalid:
      break;
  }
  std::vector<std::string_view> failed;
  for (const Check* check : report.checks()) {
    if (check->failed()) failed.push_back(check->id());
  }
  return fmt::format("INVALID. Failed: {}.", fmt::join(failed, ", "));
}

}  // namespace

std::string to_json(const Report& report) {
  json::Writer writer;
  writer.begin_object();
  writer.key("verdict").plain_string(name(report.verdict()));
  writer.key("election");
  if (const auto& election = report.election) {
    writer.begin_object();
    writer.key("uuid").string(election->uuid);
    writer.key("name").string(election->name);
    writer.key("fingerprint").plain_string(election->fingerprint);
    writer.end_object();
  } else {
    writer.null();
  }
  writer.key("ballots").integer(static_cast<std::int64_t>(report.ballots));
  writer.key("tallied").integer(static_cast<std::int64_t>(report.tallied));
  writer.key("result");
  write_optional(writer, report.result);
  if (report.tracked) {
    writer.key("tracked");
    write_tracked(writer, *report.tracked);
  }
  writer.key("checks").begin_array();
  for (const Check* check : report.checks()) write(writer, *check);
  writer.end_array().end_object();
  return writer.take();
}

std::string to_text(const Report& report) {
  std::string text;
  if (const auto& election = report.election) {
    text += fmt::format("Election     {}\n", printable(election->name));
    text += fmt::format("             uuid {}, fingerprint {}\n", election->uuid, election->fingerprint);
  }
  text +=
      fmt::format("Ballots      {}, of which {} count (the last of each voter)\n\n", report.ballots, report.tallied);
  std::size_t number = 0;
  for (const Check* check : report.checks()) text += folkmoot::to_text(*check, ++number);
  text += fmt::format("\n{}\n", legend_of_checks);
  text += "[…] sections of the Belenios specification 3.3.0\n\n";
  for (const std::string& line : report.outcome) text += printable(line) + "\n";
  if (!report.outcome.empty()) text += "\n";
  return text + sentence(report) + "\n";
}

}  // namespace folkmoot::record
