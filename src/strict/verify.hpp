// Verifies a record with its supplement (docs/strict-profile.md): all that record/verify.hpp does, and in the same
// reading of the record the checks of the strict profile.
#pragma once

#include <string_view>

#include "record/verify.hpp"
#include "strict/report.hpp"

namespace folkmoot::strict {

// `supplement` is the text of UUID.strict.json. Never fails, whatever the bytes. `options.observers` is not used. The
// report is the same for any number of threads.
Report verify(const record::ByteSource& source, std::string_view supplement, record::VerifyOptions options = {});

// The same by one process of several, which all verify their parts of the record (record::verify_part): this one also
// makes the checks of the strict profile, of all of the record, in `report`; whose `record` is what is joined of the
// parts.
Result<record::Part> verify_part(const record::ByteSource& source, std::string_view supplement,
                                 record::VerifyOptions options, Report& report);

}  // namespace folkmoot::strict
