// The verifier's module: a whole record to its report, or a part of one, and parts to the report that they make
// together; with the record's supplement, also what the strict profile asks (docs/strict-profile.md). It asks the page
// for the record's bytes as it needs them, and tells it how far it is; no secret is within its reach, and nothing of
// the world but these two functions.
//
//   verify(tracker, supplement, size, strict)
//                                {"report": as record::to_json has it, "outcome": the result in words, line by line,
//                                "strict": {"checks","remarks"} as strict::to_json has them; null if `strict` is 0:
//                                there is no supplement}
//   verify_part(tracker, supplement, size, strict, index, of)
//                                {"part": a text, "strict": as before}: what the Worker of that index, from 0, has
//                                verified, of so many; one of them with the supplement, for all of the record
//   join(parts)                  all of these texts, one a line, to the report and outcome of verify
//   verify_opened(opened, size)  {"tracker","votes":[…],"wrong":[…]}: a ballot that was opened instead of cast
#include <algorithm>
#include <optional>

#include "interface.hpp"
#include "page_source.hpp"
#include "record/verify.hpp"
#include "strict/opened.hpp"
#include "strict/verify.hpp"

extern "C" [[clang::import_module("page"), clang::import_name("progress")]] void folkmoot_progress(double done,
                                                                                                   double total);

namespace folkmoot::wasm {
namespace {

record::VerifyOptions options_for(std::string_view tracker) {
  record::VerifyOptions options;
  options.threads = 1;
  options.tracker = tracker;
  options.progress = [](std::uint64_t done, std::uint64_t total) {
    folkmoot_progress(static_cast<double>(done), static_cast<double>(total));
  };
  return options;
}

void write_lines(json::Writer& writer, std::string_view key, const std::vector<std::string>& lines) {
  writer.key(key).begin_array();
  for (const std::string& line : lines) writer.string(line);
  writer.end_array();
}

std::optional<std::string_view> given(double strict, std::string_view supplement) {
  return strict == 0 ? std::nullopt : std::optional(supplement);
}

void write_report(json::Writer& writer, const record::Report& report) {
  writer.key("report").raw(record::to_json(report));
  write_lines(writer, "outcome", report.outcome);
}

// Verifies a part of the record, or all of it, and writes what the supplement's checks have found, if there is one.
Result<record::Part> verify(json::Writer& writer, double size, std::optional<std::string_view> supplement,
                            const record::VerifyOptions& options) {
  const PageSource source(size);
  writer.key("strict");
  if (!supplement) {
    writer.null();
    return record::verify_part(source, options);
  }
  strict::Report found;
  auto part = strict::verify_part(source, *supplement, options, found);
  writer.begin_object();
  writer.key("checks").begin_array();
  for (const Check& check : found.checks()) write(writer, check);
  writer.end_array();
  write_lines(writer, "remarks", found.remarks);
  writer.end_object();
  return part;
}

Result<record::Part> join(std::string_view texts) {
  std::vector<record::Part> parts;
  while (!texts.empty()) {
    const std::string_view text = texts.substr(0, texts.find('\n'));
    parts.push_back(TRY(json::read_canonical(text, record::read_part)));
    texts.remove_prefix(std::min(text.size() + 1, texts.size()));
  }
  return record::join(std::move(parts));
}

}  // namespace

FOLKMOOT_EXPORT("verify")
void export_verify(const char* tracker, std::size_t tracker_size, const char* supplement, std::size_t supplement_size,
                   double size, double strict) {
  json::Writer writer;
  writer.begin_object();
  const auto all =
      verify(writer, size, given(strict, {supplement, supplement_size}), options_for({tracker, tracker_size}));
  if (!all) return answer(all.error());
  write_report(writer, all->report);
  answer(writer.end_object().take());
}

FOLKMOOT_EXPORT("verify_part")
void export_verify_part(const char* tracker, std::size_t tracker_size, const char* supplement,
                        std::size_t supplement_size, double size, double strict, double index, double of) {
  record::VerifyOptions options = options_for({tracker, tracker_size});
  options.share = {static_cast<std::uint64_t>(index), static_cast<std::uint64_t>(of)};
  json::Writer writer;
  writer.begin_object();
  const auto part = verify(writer, size, given(strict, {supplement, supplement_size}), options);
  if (!part) return answer(part.error());
  writer.key("part").string(json::to_text(*part));
  answer(writer.end_object().take());
}

FOLKMOOT_EXPORT("join") void export_join(const char* parts, std::size_t size) {
  const auto joined = join({parts, size});
  if (!joined) return answer(joined.error());
  json::Writer writer;
  writer.begin_object();
  write_report(writer, joined->report);
  answer(writer.end_object().take());
}

FOLKMOOT_EXPORT("verify_opened")
void export_verify_opened(const char* opened, std::size_t opened_size, double size) {
  const PageSource source(size);
  const auto report = strict::verify_opened(source, {opened, opened_size});
  if (!report) return answer(report.error());
  json::Writer writer;
  writer.begin_object();
  writer.key("tracker").string(report->tracker);
  write_lines(writer, "votes", report->votes);
  write_lines(writer, "wrong", report->wrong);
  answer(writer.end_object().take());
}

}  // namespace folkmoot::wasm
