#include "audit/verify_elections.hpp"

#include "charter/process.hpp"
#include "record/verify.hpp"

namespace folkmoot::audit {
namespace {

std::string to_text(const charter::Body& body, std::string_view field) {
  const charter::Value* value = body.find(field);
  if (!value) return "nothing";
  if (const auto* text = std::get_if<std::string>(value)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(value)) return fmt::format("{}", *number);
  const auto* list = std::get_if<std::vector<std::string>>(value);
  return list ? fmt::format("[{}]", fmt::join(*list, ", ")) : "";
}

Result<record::Finished> read_good_record(const record::ByteSource& file, const Poll& poll, unsigned threads) {
  record::VerifyOptions options;
  options.threads = threads;
  options.stop_early = true;
  const record::Report report = record::verify(file, options);
  TRY(in("the record is not valid", record::first_failure(report)));
  if (report.verdict() != record::Verdict::valid) return fail("the record is of an election that is not finished");
  record::Finished finished = TRY(record::read_finished(file));
  TRY(check_record(poll, finished));
  return finished;
}

void count_again(const Declared& declared, const std::string& where, const record::Finished& finished, Check& check) {
  check.add_items();
  const auto outcome = count(declared.poll, finished);
  if (!outcome) {
    check.fail(outcome.error().in(where).message);
    return;
  }
  const charter::Body counted = declaration(declared.poll, *outcome, declared.body.text("record"));
  for (const charter::Field& field : charter::find_act_type("election.declare")->fields) {
    const std::string said = to_text(declared.body, field.name), found = to_text(counted, field.name);
    if (said != found) check.fail(fmt::format("{}: {}: declared {}, counted {}", where, field.name, said, found));
  }
}

}  // namespace

void verify_elections(const std::vector<Declared>& declared, const Library& library, const std::set<std::string>& good,
                      const VerifyOptions& options, Report& report) {
  Check& records = report[CheckId::records];
  Check& counts = report[CheckId::counts];
  for (const Declared& one : declared) {
    const std::string where = fmt::format("act {} (election.declare), {}", one.act, one.poll.id);
    if (options.complete) {
      for (const std::string_view field : {"record", "transcript", "other_transcript"}) {
        if (one.body.has(field) && !good.contains(one.body.text(field))) {
          records.fail(
              fmt::format("{}: its {}, published/{}, is not there as it was", where, field, one.body.text(field)));
        }
      }
    }
    if (!good.contains(one.body.text("record"))) continue;
    const auto file = library.open(one.body.text("record"));
    if (!file || !*file) {
      records.fail(fmt::format("{}: its record could not be read again", where));
      continue;
    }
    records.add_items();
    const auto finished = read_good_record(**file, one.poll, options.threads);
    if (!finished) {
      records.fail(finished.error().in(where).message);
      continue;
    }
    count_again(one, where, *finished, counts);
  }
  records.finish();
  counts.finish();
}

}  // namespace folkmoot::audit
