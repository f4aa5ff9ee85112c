// Any bytes as a charter: reading ends without a crash, says what is wrong, and what is accepted can be used: it founds
// an organisation, and is the same when read again.
#include <cstdlib>

#include "charter/decide.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace folkmoot::charter;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto charter = read_charter(text);
  if (!charter) {
    if (charter.error().empty() || describe(charter.error()).empty()) std::abort();
    return 0;
  }
  State state;
  Request request{"organisation.found", {"m-0123456789abcdef", ""}, {}, {}};
  request.body.add("text", text);
  request.body.add("key", std::string(64, 'a'));
  const Time now{1'700'000'000};
  const Decided decided = decide(state, request, now);
  if (const auto* act = std::get_if<Act>(&decided)) {
    state = apply(std::move(state), *act);
    settle(state, now + days(4000));
    if (state.version() != 1 || to_json(state).empty()) std::abort();
  } else if (text.size() < 20'000) {
    std::abort();  // only an act that is too long may be refused, and escapes lengthen a text at most sixfold
  }
  return 0;
}
