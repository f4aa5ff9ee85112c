#include "service/auditor.hpp"

#include "service/supplement.hpp"
#include "store/file_source.hpp"

namespace folkmoot::service {
namespace {

record::VerifyOptions options_with(const Progress& progress) {
  record::VerifyOptions options;
  options.progress = [&](std::uint64_t done, std::uint64_t total) {
    progress("bytes of the record verified", done, total);
  };
  return options;
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
  std::optional<std::string> supplement;
  if (fs::exists(supplement_file(record))) supplement = TRY(read_file(supplement_file(record)));
  return in(record.string(), strict::expect_good(source, supplement, options_with(progress)));
}

}  // namespace folkmoot::service
