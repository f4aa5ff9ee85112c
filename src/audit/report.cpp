#include "audit/report.hpp"

#include <algorithm>
#include <array>

#include "ledger/text.hpp"

namespace folkmoot::audit {
namespace {

// In the order of CheckId.
constexpr std::array<CheckRow, check_count> rows{{
    {"checkpoint", "the checkpoint is a well-formed signed note", "C2SP tlog-checkpoint"},
    {"signature", "the log has signed it, with a key that you know", "C2SP signed-note"},
    {"witnesses", "a quorum of witnesses has cosigned it", "C2SP tlog-policy, tlog-cosignature"},
    {"growth", "it continues the earlier checkpoint: nothing was taken out or rewritten", "RFC 6962 2.1.2"},
    {"tiles", "every entry and every tile is there, and leads to the checkpoint's root", "C2SP tlog-tiles"},
    {"entries", "every entry is an act in its one canonical form", "docs/ledger.md"},
    {"times", "acts stand in the order of their times, and none is dated otherwise than it was made", "docs/ledger.md"},
    {"signers", "whoever answers for an act has signed it, with their own key, for this act only", "docs/ledger.md"},
    {"acts", "every act is what the charter then in force allowed, and makes of it", "docs/charter.md"},
    {"published", "what is published is what the acts name", "docs/ledger.md"},
    {"records", "the given records of declared elections are valid, and of those elections", "docs/ledger.md"},
    {"counts", "counted again by the charter's rule, they give what was declared", "docs/counting.md"},
}};

void write_ledger(json::Writer& writer, const Report& report) {
  if (!report.checkpoint) {
    writer.null();
    return;
  }
  writer.begin_object();
  writer.key("origin").string(report.checkpoint->origin);
  writer.key("size").integer(static_cast<std::int64_t>(report.checkpoint->head.size));
  writer.key("root").plain_string(ledger::hash_text(report.checkpoint->head.root));
  writer.key("cosignatures");
  write_cosignatures(writer, report.cosignatures);
  writer.end_object();
}

// The lines of a list, the first of them.
template <class T, class Line>
std::string lines_of(std::string_view title, const std::vector<T>& list, Line line) {
  constexpr std::size_t most = 50;
  if (list.empty()) return "";
  std::string text = fmt::format("{}:\n", title);
  for (std::size_t i = 0; i < std::min(most, list.size()); ++i) text += fmt::format("  {}\n", printable(line(list[i])));
  if (list.size() > most) text += fmt::format("  … and {} more\n", list.size() - most);
  return text + "\n";
}

std::string sentence(const Report& report) {
  if (report.valid()) return "VALID. Every check has passed: these are the acts, and each kept the rules of its time.";
  std::vector<std::string_view> failed;
  for (const Check* check : report.checks()) {
    if (check->failed()) failed.push_back(check->id());
  }
  return fmt::format("INVALID. Failed: {}.", fmt::join(failed, ", "));
}

}  // namespace

Report::Report() {
  checks_.reserve(check_count);
  for (const CheckRow& row : rows) checks_.emplace_back(row);
}

std::vector<const Check*> Report::checks() const {
  std::vector<const Check*> made;
  for (const Check& check : checks_) {
    if (&check != &(*this)[CheckId::growth] || compares_growth_) made.push_back(&check);
  }
  return made;
}

charter::Time moment(const ledger::Cosigned& cosigned) {
  const auto latest = static_cast<std::uint64_t>(charter::never.seconds);
  return {static_cast<std::int64_t>(std::min(cosigned.time, latest))};
}

void write_cosignatures(json::Writer& writer, const std::vector<ledger::Cosigned>& cosignatures) {
  writer.begin_array();
  for (const ledger::Cosigned& by : cosignatures) {
    writer.begin_object();
    writer.key("witness").string(by.witness);
    writer.key("time").plain_string(charter::text(moment(by)));
    writer.end_object();
  }
  writer.end_array();
}

bool Report::valid() const { return std::ranges::all_of(checks(), &Check::passed); }

std::string to_json(const Report& report) {
  json::Writer writer;
  writer.begin_object();
  writer.key("verdict").plain_string(report.valid() ? "valid" : "invalid");
  writer.key("ledger");
  write_ledger(writer, report);
  writer.key("organisation").begin_object();
  writer.key("name").string(report.organisation);
  writer.key("charters").integer(report.charters);
  writer.end_object();
  writer.key("judged").integer(static_cast<std::int64_t>(report.judged));
  writer.key("as_of").plain_string(charter::text(report.as_of));
  writer.key("checks").begin_array();
  for (const Check* check : report.checks()) write(writer, *check);
  writer.end_array();
  writer.key("flags").begin_array();
  for (const charter::Flag& flag : report.flags) {
    writer.begin_object();
    writer.key("rule").string(flag.rule);
    writer.key("thing").string(flag.thing);
    writer.key("message").string(flag.message);
    writer.end_object();
  }
  writer.end_array();
  writer.key("not_given").begin_array();
  for (const NotGiven& missing : report.not_given) {
    writer.begin_object();
    writer.key("hash").plain_string(missing.hash);
    writer.key("where").string(missing.where);
    writer.end_object();
  }
  writer.end_array();
  writer.key("unnamed").begin_array();
  for (const std::string& name : report.unnamed) writer.string(name);
  writer.end_array().end_object();
  return writer.take();
}

std::string to_text(const Report& report) {
  std::string text;
  if (const auto& checkpoint = report.checkpoint) {
    text += fmt::format("Ledger       {}\n", printable(checkpoint->origin));
    text += fmt::format("             {} entries, root {}\n", checkpoint->head.size,
                        ledger::hash_text(checkpoint->head.root));
    for (const ledger::Cosigned& by : report.cosignatures) {
      text += fmt::format("             cosigned by {} at {}\n", printable(by.witness), charter::text(moment(by)));
    }
  }
  if (!report.organisation.empty()) {
    text += fmt::format("Organisation {} (charter: version {})\n", printable(report.organisation), report.charters);
  }
  text += fmt::format("Acts judged  {}\n\n", report.judged);
  std::size_t number = 0;
  for (const Check* check : report.checks()) text += to_text(*check, ++number);
  text += fmt::format("\n{}\n\n", legend_of_checks);
  text += lines_of(
      fmt::format("Not as it should be, as of {}", charter::text(report.as_of)), report.flags,
      [](const charter::Flag& flag) { return fmt::format("{}: {} [{}]", flag.thing, flag.message, flag.rule); });
  text += lines_of("Published, but named by no act, and so not the organisation's", report.unnamed,
                   [](const std::string& name) { return name; });
  text += lines_of("Named by an act, and not given", report.not_given,
                   [](const NotGiven& missing) { return fmt::format("{}  {}", missing.hash, missing.where); });
  return text + sentence(report) + "\n";
}

}  // namespace folkmoot::audit
