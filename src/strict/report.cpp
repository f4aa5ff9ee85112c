#include "strict/report.hpp"

#include <algorithm>
#include <array>

namespace folkmoot::strict {
namespace {

using record::Verdict;

// In the order of CheckId. Sections are those of docs/strict-profile.md.
constexpr std::array<CheckRow, check_count> rows{{
    {"supplement", "the supplement is well-formed, and of this election", "2"},
    {"elements", "every element of the record is of the group of order q, and none is 1", "6"},
    {"key-ceremony", "threshold keys are those that every trustee committed to before any was revealed", "5"},
    {"spoiled", "no ballot that was opened has been cast", "8"},
    {"shuffle-signatures", "each shuffle is signed by the trustee who made it", "4"},
    {"batched-proofs", "each partial decryption is proved as a whole: ciphertexts, factors and key", "3"},
    {"decryption-signatures", "each partial decryption is signed by the trustee who made it", "4"},
    {"plaintexts", "rankings have been compared with what an honest device encrypts", "7"},
}};

std::string_view word(Verdict verdict) {
  switch (verdict) {
    case Verdict::valid:
      return "VALID";
    case Verdict::incomplete:
      return "INCOMPLETE";
    case Verdict::invalid:
      break;
  }
  return "INVALID";
}

std::string failed(const Report& report) {
  std::vector<std::string_view> ids;
  for (const Check& check : report.checks()) {
    if (check.failed()) ids.push_back(check.id());
  }
  return ids.empty() ? "" : fmt::format(": {}", fmt::join(ids, ", "));
}

}  // namespace

Report::Report() {
  checks_.reserve(check_count);
  for (const CheckRow& row : rows) checks_.emplace_back(row);
}

Verdict Report::verdict() const {
  if (std::ranges::any_of(checks_, &Check::failed)) return Verdict::invalid;
  if (record.verdict() != Verdict::valid) return record.verdict();
  return std::ranges::all_of(checks_, &Check::passed) ? Verdict::valid : Verdict::incomplete;
}

std::string to_json(const Report& report) {
  json::Writer writer;
  writer.begin_object();
  writer.key("belenios").raw(record::to_json(report.record));
  writer.key("strict").begin_object();
  writer.key("verdict").plain_string(record::name(report.verdict()));
  writer.key("checks").begin_array();
  for (const Check& check : report.checks()) write(writer, check);
  writer.end_array();
  writer.key("remarks").begin_array();
  for (const std::string& remark : report.remarks) writer.string(remark);
  writer.end_array();
  writer.end_object();
  writer.end_object();
  return writer.take();
}

std::string to_text(const Report& report) {
  std::string text = record::to_text(report.record) + "\nThe strict profile (docs/strict-profile.md)\n";
  std::size_t number = 0;
  for (const Check& check : report.checks()) text += folkmoot::to_text(check, ++number);
  for (const std::string& remark : report.remarks) text += "Remark: " + printable(remark) + "\n";
  text += fmt::format("\nUnder Belenios 3.3.0      {}\n", word(report.record.verdict()));
  text += fmt::format("Under the strict profile  {}{}\n", word(report.verdict()), failed(report));
  return text;
}

}  // namespace folkmoot::strict
