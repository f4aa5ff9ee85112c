// Declared elections and countbacks: is the record good, is it of that election, and does counting it again give what
// was declared?
#pragma once

#include "audit/verify_acts.hpp"

namespace folkmoot::audit {

// Checks `records` and `counts`. `good`: the published files that are as they should be (check_published).
void verify_elections(const std::vector<Declared>& declared, const Library& library, const std::set<std::string>& good,
                      const VerifyOptions& options, Report& report);

}  // namespace folkmoot::audit
