#include "service/auditor.hpp"

#include "service/supplement.hpp"
#include "store/file_source.hpp"
#include "strict/verify.hpp"

namespace folkmoot::service {
namespace {

record::VerifyOptions options_with(const Progress& progress) {
  record::VerifyOptions options;
  options.progress = [&](std::uint64_t done, std::uint64_t total) {
    progress("bytes of the record verified", done, total);
  };
  return options;
}

// Fails with the first of the checks that has failed.
template <class Checks>
Status expect_all(const fs::path& record, std::string_view document, const Checks& checks) {
  for (const Check* check : checks) {
    if (!check->failed()) continue;
    return fail("{}: the record is not good: {} ({}, section {}): {}", record.string(), check->title(), document,
                check->spec(), check->details().front());
  }
  return {};
}

}  // namespace

Result<record::Report> verify_record(const fs::path& record, const std::optional<fs::path>& earlier,
                                     const Progress& progress) {
  const store::FileSource source = TRY(store::FileSource::open(record));
  std::optional<store::FileSource> earlier_source;
  if (earlier) earlier_source = TRY(store::FileSource::open(*earlier));
  record::VerifyOptions options = options_with(progress);
  options.earlier = earlier_source ? &*earlier_source : nullptr;
  return record::verify(source, options);
}

Result<GoodRecord> expect_good_record(const fs::path& record, const Progress& progress) {
  const store::FileSource source = TRY(store::FileSource::open(record));
  record::VerifyOptions options = options_with(progress);
  options.stop_early = true;
  GoodRecord good;
  if (fs::exists(supplement_file(record))) {
    const std::string supplement = TRY(read_file(supplement_file(record)));
    good.strict = strict::verify(source, supplement, options);
    good.record = good.strict->record;
  } else {
    good.record = record::verify(source, options);
  }
  TRY(expect_all(record, "specification", good.record.checks()));
  if (good.strict) {
    std::vector<const Check*> checks;
    for (const Check& check : good.strict->checks()) checks.push_back(&check);
    TRY(expect_all(supplement_file(record), "docs/strict-profile.md", checks));
  }
  return good;
}

}  // namespace folkmoot::service
