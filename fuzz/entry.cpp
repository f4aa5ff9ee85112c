// Any bytes as an entry of the ledger, and as a signed request: reading ends without a crash, and what is read is the
// same when written again; a history takes it or says why not.
#include <cstdlib>

#include "audit/history.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace folkmoot;
  const std::string_view text = text_of({data, size});
  if (const auto request = audit::read_signed_request(text); request && json::to_text(*request) != text) std::abort();
  const auto entry = audit::read_entry(text);
  if (!entry) return entry.error().message.empty() ? (std::abort(), 0) : 0;
  if (json::to_text(*entry) != text) std::abort();
  audit::History history("ledger.example/moot");
  const Status taken = history.take(*entry);
  if (!taken && (taken.error().message.empty() || history.size() != 0)) std::abort();
  if (taken && history.size() != 1) std::abort();
  return 0;
}
