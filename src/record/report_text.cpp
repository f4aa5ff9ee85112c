// A report as JSON for programs and as text for people.
#include "base/json.hpp"
#include "base/utf8.hpp"
#include "record/report.hpp"

namespace folkmoot::record {
namespace {

std::string more(const Check& check) {
  const std::uint64_t told = check.details().size();
  return check.failures() > told ? fmt::format("… and {} more", check.failures() - told) : "";
}

// All details of a check in one string.
std::string detail(const Check& check) {
  if (!check.failed()) return check.passed() ? "" : "not made: what it is about is not there, or could not be reached";
  std::string text = fmt::format("{}", fmt::join(check.details(), "; "));
  const std::string rest = more(check);
  return rest.empty() ? text : text + "; " + rest;
}

// A line for a terminal. Names come from whoever made the record: what would not print, but move the cursor, change
// colours or the direction of writing, becomes U+FFFD.
std::string printable(std::string_view line) {
  std::string text;
  for (std::size_t i = 0; i < line.size();) {
    const auto byte = [&](std::size_t k) { return i + k < line.size() ? static_cast<unsigned char>(line[i + k]) : 0U; };
    std::size_t unprintable = 0;  // bytes of a character that must not be shown
    if (byte(0) < 0x20 || byte(0) == 0x7f) unprintable = 1;
    if (byte(0) == 0xc2 && byte(1) < 0xa0) unprintable = 2;  // C1 controls: U+0080 to U+009F
    const bool general_punctuation = byte(0) == 0xe2 && (byte(1) == 0x80 || byte(1) == 0x81);
    const unsigned in_block = (byte(1) & 1) << 6 | (byte(2) & 0x3f);  // U+2000 and up
    const bool direction = (in_block >= 0x2a && in_block <= 0x2e) || (in_block >= 0x66 && in_block <= 0x69) ||
                           in_block == 0x0e || in_block == 0x0f;
    const bool line_end = in_block == 0x28 || in_block == 0x29;
    if (general_punctuation && (direction || line_end)) unprintable = 3;
    if (unprintable > 0) {
      text += replacement_character;
      i += unprintable;
    } else {
      text += line[i++];
    }
  }
  return text;
}

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

void write(json::Writer& writer, const Check& check) {
  writer.begin_object();
  writer.key("id").plain_string(check.id());
  writer.key("title").string(check.title());
  writer.key("spec").string(check.spec());
  writer.key("items").integer(static_cast<std::int64_t>(check.items()));
  writer.key("ok");
  check.failed() || check.passed() ? writer.boolean(check.passed()) : writer.null();
  writer.key("failures").integer(static_cast<std::int64_t>(check.failures()));
  writer.key("detail").string(detail(check));
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
  for (const Check* check : report.checks()) {
    const std::string_view mark = check->failed() ? "✗" : check->passed() ? "✓" : "–";
    text += fmt::format("{} {:>2}  {:<18}{:>8}  {} [{}]\n", mark, ++number, check->id(), check->items(), check->title(),
                        check->spec());
    for (const std::string& where : check->details()) text += fmt::format("        {}\n", printable(where));
    if (const std::string rest = more(*check); !rest.empty()) text += fmt::format("        {}\n", rest);
  }
  text += "\n✓ passed   ✗ failed   – not made: what it is about is not there yet, or could not be reached\n";
  text += "[…] sections of the Belenios specification 3.3.0\n\n";
  for (const std::string& line : report.outcome) text += printable(line) + "\n";
  if (!report.outcome.empty()) text += "\n";
  return text + sentence(report) + "\n";
}

}  // namespace folkmoot::record
