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

}  // namespace folkmoot::strict
