#include "strict/good.hpp"

namespace folkmoot::strict {
namespace {

Status expect(std::string_view document, const Check& check) {
  if (!check.failed()) return {};
  return fail("the record is not good: {} ({}, section {}): {}", check.title(), document, check.spec(),
              check.details().front());
}

}  // namespace

Result<GoodRecord> expect_good(const record::ByteSource& source, std::optional<std::string_view> supplement,
                               record::VerifyOptions options) {
  options.stop_early = true;
  GoodRecord good;
  if (supplement) {
    good.strict = verify(source, *supplement, std::move(options));
    good.record = good.strict->record;
  } else {
    good.record = record::verify(source, options);
  }
  for (const Check* check : good.record.checks()) TRY(expect("specification", *check));
  if (good.strict) {
    for (const Check& check : good.strict->checks()) TRY(expect("docs/strict-profile.md", check));
  }
  return good;
}

}  // namespace folkmoot::strict
