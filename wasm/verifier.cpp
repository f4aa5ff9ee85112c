// The verifier's module: a whole record to its report. It asks the page for the record's bytes as it needs them, and
// tells it how far it is; no secret is within its reach, and nothing of the world but these two functions.
//
//   verify(tracker, size)          {"report": as record::to_json has it, "outcome": the result in words, line by line}
//   verify_opened(opened, size)    {"tracker","votes":[…],"wrong":[…]}: a ballot that was opened instead of cast
#include "interface.hpp"
#include "page_source.hpp"
#include "record/verify.hpp"
#include "strict/opened.hpp"

extern "C" [[clang::import_module("page"), clang::import_name("progress")]] void folkmoot_progress(double done,
                                                                                                   double total);

namespace folkmoot::wasm {
namespace {

void write_lines(json::Writer& writer, std::string_view key, const std::vector<std::string>& lines) {
  writer.key(key).begin_array();
  for (const std::string& line : lines) writer.string(line);
  writer.end_array();
}

}  // namespace

FOLKMOOT_EXPORT("verify") void export_verify(const char* tracker, std::size_t tracker_size, double size) {
  const PageSource source(size);
  record::VerifyOptions options;
  options.threads = 1;
  options.tracker = std::string(tracker, tracker_size);
  options.progress = [](std::uint64_t done, std::uint64_t total) {
    folkmoot_progress(static_cast<double>(done), static_cast<double>(total));
  };
  const record::Report report = record::verify(source, options);
  json::Writer writer;
  writer.begin_object();
  writer.key("report").raw(record::to_json(report));
  write_lines(writer, "outcome", report.outcome);
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
