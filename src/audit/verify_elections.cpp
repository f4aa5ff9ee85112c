#include "audit/verify_elections.hpp"

#include "charter/process.hpp"
#include "strict/verify.hpp"

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

// Longer ones have no honest use: a line for each opened ballot, and a few for each trustee.
constexpr std::size_t longest_supplement = std::size_t{1} << 28;

// `supplement`: of an election that is held under the strict profile; else null.
Status check_good(const record::ByteSource& file, const record::ByteSource* supplement, unsigned threads) {
  record::VerifyOptions options;
  options.threads = threads;
  options.stop_early = true;
  strict::Report report;
  if (supplement) {
    const std::string text = TRY(in("its supplement", read_all(*supplement, longest_supplement)));
    report = strict::verify(file, text, options);
  } else {
    report.record = record::verify(file, options);
  }
  TRY(in("the record is not valid", record::first_failure(report.record)));
  if (report.record.verdict() != record::Verdict::valid) {
    return fail("the record is of an election that is not finished");
  }
  if (!supplement) return {};
  for (const Check& check : report.checks()) {
    if (check.failed())
      return fail("not valid under the strict profile: {}: {}", check.title(), check.details().front());
  }
  if (report.verdict() != record::Verdict::valid) return fail("not valid under the strict profile");
  return {};
}

Result<record::Finished> read_good_record(const record::ByteSource& file, const record::ByteSource* supplement,
                                          const Poll& poll, unsigned threads) {
  TRY(check_good(file, supplement, threads));
  record::Finished finished = TRY(record::read_finished(file));
  TRY(check_record(poll, finished));
  return finished;
}

// What the act should say.
Result<charter::Body> count(const Declared& declared, const record::Finished& finished) {
  if (const auto* vacancy = std::get_if<Vacancy>(&declared.about)) {
    const CountedBack counted = TRY(count_back(*vacancy, finished));
    return declaration(*vacancy, counted);
  }
  const Outcome outcome = TRY(count(declared.poll(), finished));
  return declaration(declared.poll(), outcome, declared.record, declared.supplement);
}

void count_again(const Declared& declared, const std::string& where, const record::Finished& finished, Check& check) {
  check.add_items();
  const auto counted = count(declared, finished);
  if (!counted) {
    check.fail(counted.error().in(where).message);
    return;
  }
  for (const charter::Field& field : charter::find_act_type(declared.type)->fields) {
    const std::string said = to_text(declared.body, field.name), found = to_text(*counted, field.name);
    if (said != found) check.fail(fmt::format("{}: {}: declared {}, counted {}", where, field.name, said, found));
  }
}

}  // namespace

void verify_elections(const std::vector<Declared>& declared, const Library& library, const std::set<std::string>& good,
                      const VerifyOptions& options, Report& report) {
  Check& records = report[CheckId::records];
  Check& counts = report[CheckId::counts];
  for (const Declared& one : declared) {
    const std::string where = fmt::format("act {} ({}), {}", one.act, one.type, one.poll().id);
    if (options.complete) {
      for (const std::string_view field : {"record", "supplement", "transcript", "other_transcript"}) {
        if (one.body.has(field) && !good.contains(one.body.text(field))) {
          records.fail(
              fmt::format("{}: its {}, published/{}, is not there as it was", where, field, one.body.text(field)));
        }
      }
    }
    const bool has_supplement = !one.supplement.empty();
    if (!good.contains(one.record) || (has_supplement && !good.contains(one.supplement))) continue;
    const auto file = library.open(one.record);
    Result<std::unique_ptr<record::ByteSource>> supplement;
    if (has_supplement) supplement = library.open(one.supplement);
    if (!file || !*file || !supplement || (has_supplement && !*supplement)) {
      records.fail(fmt::format("{}: its record could not be read again", where));
      continue;
    }
    records.add_items();
    const auto finished = read_good_record(**file, supplement->get(), one.poll(), options.threads);
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
