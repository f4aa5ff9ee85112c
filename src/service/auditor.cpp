#include "service/auditor.hpp"

#include "store/file_source.hpp"

namespace folkmoot::service {
namespace {

Result<record::Report> verify(const fs::path& record, const std::optional<fs::path>& earlier, bool stop_early,
                              const Progress& progress) {
  const store::FileSource source = TRY(store::FileSource::open(record));
  std::optional<store::FileSource> earlier_source;
  if (earlier) earlier_source = TRY(store::FileSource::open(*earlier));
  record::VerifyOptions options;
  options.earlier = earlier_source ? &*earlier_source : nullptr;
  options.stop_early = stop_early;
  options.progress = [&](std::uint64_t done, std::uint64_t total) {
    progress("bytes of the record verified", done, total);
  };
  return record::verify(source, options);
}

}  // namespace

Result<record::Report> verify_record(const fs::path& record, const std::optional<fs::path>& earlier,
                                     const Progress& progress) {
  return verify(record, earlier, false, progress);
}

Result<record::Report> expect_good_record(const fs::path& record, const Progress& progress) {
  record::Report report = TRY(verify(record, {}, true, progress));
  for (const record::Check* check : report.checks()) {
    if (!check->failed()) continue;
    return fail("{}: the record is not good: {} (specification, section {}): {}", record.string(), check->title(),
                check->spec(), check->details().front());
  }
  return report;
}

}  // namespace folkmoot::service
