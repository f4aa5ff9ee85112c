// Any text: reading never crashes, and what is read is written to a text that reads and writes the same.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "base/json.hpp"

namespace {

using namespace folkmoot;

// Stops the fuzzer with what is wrong, whether or not assertions are compiled in.
void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

// Uses every kind of access on a value, and on what is inside it.
void touch(json::Value value) {
  (void)value.string();
  (void)value.integer();
  (void)value.integer(-5, 5);
  (void)value.boolean();
  (void)value.array(2);
  (void)value.field("a");
  (void)value.has("a");
  if (const auto array = value.array()) {
    std::size_t count = 0;
    for (const json::Value item : *array) {
      touch(item);
      ++count;
    }
    require(count == array->size(), "an array has another size than values");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto document = json::Document::parse(text);
  if (!document) return 0;
  touch(document->root());
  const auto written = document->root().text();
  if (!written) return 0;  // an object has a field twice
  const auto again = json::Document::parse(*written);
  require(again.has_value(), "what was written cannot be read");
  require(again->root().text() == written, "what was written is not written the same again");
  return 0;
}
