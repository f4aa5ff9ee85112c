// Any bytes as a policy: reading ends without a crash, and a quorum of all witnesses is one, of none only if none is
// asked for.
#include <cstdlib>

#include "ledger/policy.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace folkmoot;
  const auto policy = ledger::Policy::parse(text_of({data, size}));
  if (!policy) return policy.error().message.empty() ? (std::abort(), 0) : 0;
  if (!policy->quorum(std::vector<bool>(policy->witnesses().size(), true))) std::abort();
  const bool none = policy->quorum(std::vector<bool>(policy->witnesses().size(), false));
  if (none != (text_of({data, size}).find("none") != std::string_view::npos) && none) std::abort();
  return 0;
}
