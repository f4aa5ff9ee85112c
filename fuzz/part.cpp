// Any text as a part or a state of a verification: reading never crashes, what is read is written back to the same
// bytes, and neither joining nor going on from it crashes.
#include <cstdint>
#include <cstdlib>

#include "record/verify.hpp"
#include "record_of_lines.hpp"

// The first line is the part; the others are a record for it to be a state of.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace folkmoot;
  const std::string_view input = text_of({data, size});
  const std::size_t line = std::min(input.find('\n'), input.size());
  const auto part = json::read_canonical(input.substr(0, line), record::read_part);
  if (!part) return 0;
  if (json::to_text(*part) != input.substr(0, line)) std::abort();
  (void)record::join({*part});
  record::Part other = *part;
  other.share.index = (other.share.index + 1) % other.share.of;
  (void)record::join({*part, other});
  if (!record::check_state(*part)) return 0;
  const std::string record = fuzz::record_of_lines(input.substr(line));
  const record::MemorySource source(record);
  record::VerifyOptions options;
  options.threads = 1;
  options.state = &*part;
  (void)record::verify_part(source, options);
  return 0;
}
