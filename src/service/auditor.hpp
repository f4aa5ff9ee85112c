// Anyone: verifies a record, alone or against an earlier copy (specification, section 3.5 "Audit").
#pragma once

#include <optional>
#include <string>

#include "base/progress.hpp"
#include "record/verify.hpp"
#include "service/files.hpp"
#include "strict/good.hpp"

namespace folkmoot::service {

// Verifies all of the record. `earlier` names an older copy of which nothing may have been removed. Fails only if a
// file cannot be opened; everything else is in the report.
Result<record::Report> verify_record(const fs::path& record, const std::optional<fs::path>& earlier = {},
                                     const Progress& progress = no_progress);

// strict::expect_good of that file and its supplement, if it has one. Errors name the file.
using strict::GoodRecord;
Result<GoodRecord> expect_good_record(const fs::path& record, const Progress& progress = no_progress);

}  // namespace folkmoot::service
