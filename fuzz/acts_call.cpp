// Any text as what a page hands in (POST /api/v1/acts): reading ends without a crash, takes nothing but a request of a
// known type with the fields that it has, and gives what the commands read from a file of the same content.
#include <cstdlib>

#include "server/acts_json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace folkmoot;
  const auto document = json::Document::parse(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!document) return 0;
  const auto asked = server::read_asked(document->root());
  if (!asked) return 0;
  const std::string written = json::to_text(asked->request);
  const auto again = audit::read_signed_request(written);
  // A request may be handed in with more signatures than an entry can have; whoever enters it counts them.
  if (!again && asked->request.signatures.size() <= 2) std::abort();
  if (again && json::to_text(*again) != written) std::abort();
  (void)audit::signed_text("ledger.example", asked->request.request, "m-0000000000000007", charter::Time{0});
  return 0;
}
