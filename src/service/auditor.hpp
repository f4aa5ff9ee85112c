// Anyone: verifies a record, alone or against an earlier copy (specification, section 3.5 "Audit").
#pragma once

#include <optional>
#include <string>

#include "record/verify.hpp"
#include "service/files.hpp"
#include "service/progress.hpp"
#include "strict/report.hpp"

namespace folkmoot::service {

// Verifies all of the record. `earlier` names an older copy of which nothing may have been removed. Fails only if a
// file cannot be opened; everything else is in the report.
Result<record::Report> verify_record(const fs::path& record, const std::optional<fs::path>& earlier = {},
                                     const Progress& progress = no_progress);

// The same for who is about to go on from the record, with a secret or by publishing: fails, telling what is wrong
// first, unless the record is good as far as it goes; under the strict profile too, where it has a supplement.
struct GoodRecord {
  record::Report record;
  std::optional<strict::Report> strict;
};
Result<GoodRecord> expect_good_record(const fs::path& record, const Progress& progress = no_progress);

}  // namespace folkmoot::service
