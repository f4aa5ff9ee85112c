// Whether one may go on from a record, with a secret or by publishing: it is good as far as it goes, and under the
// strict profile, where it has a supplement, too.
#pragma once

#include <optional>
#include <string_view>

#include "strict/report.hpp"
#include "strict/verify.hpp"

namespace folkmoot::strict {

struct GoodRecord {
  record::Report record;
  std::optional<Report> strict;
};
// Verifies all of the record, with its supplement if there is one (docs/strict-profile.md, section 2). Fails with what
// is wrong first. `options.observers` is not used.
Result<GoodRecord> expect_good(const record::ByteSource& source, std::optional<std::string_view> supplement,
                               record::VerifyOptions options = {});

}  // namespace folkmoot::strict
