// Any bytes, and any texts in a well-made archive, as a record to verify: the verifier never crashes, its report does
// not depend on the number of threads, and a record that can be read has grown out of itself.
#include <cstdint>
#include <cstdlib>

#include "record/verify.hpp"
#include "record_of_lines.hpp"

namespace {

using namespace folkmoot;
using namespace folkmoot::record;

void verify_both_ways(std::string_view bytes) {
  const MemorySource source(bytes);
  VerifyOptions options;
  options.threads = 1;
  const std::string alone = to_json(verify(source, options));
  options.threads = 2;
  if (to_json(verify(source, options)) != alone) std::abort();
  options.earlier = &source;
  const Report grown = verify(source, options);
  if (!grown[CheckId::archive].failed() && grown[CheckId::growth].failed()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = text_of({data, size});
  verify_both_ways(bytes);
  verify_both_ways(fuzz::record_of_lines(bytes));
  return 0;
}
