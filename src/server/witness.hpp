// A witness's web site: both prefixes of c2sp.org/tlog-witness, the submission's and the monitors', are "/".
#pragma once

#include "server/http.hpp"
#include "service/witness.hpp"

namespace folkmoot::server {

// `POST /add-checkpoint` and `GET /HASH/checkpoint`. The witness outlives the handler. `clock` gives seconds since
// 1970. `tell` is given a sentence for the one who runs the witness when a log has signed what does not continue its
// history, or somebody has proven a true one wrongly.
Handler witness_calls(service::Witness& witness, std::function<std::uint64_t()> clock,
                      std::function<void(std::string_view)> tell);

}  // namespace folkmoot::server
