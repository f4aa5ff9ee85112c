#include "interface.hpp"

#include <__verbose_abort>
#include <cstdlib>

#include "library/ed25519.hpp"

namespace folkmoot::wasm {
namespace {

std::string& last_answer() {
  static std::string text;
  return text;
}

}  // namespace

void answer(std::string text) {
  wipe(last_answer().data(), last_answer().size());
  last_answer() = std::move(text);
}

void answer(const Error& error) {
  json::Writer writer;
  writer.begin_object();
  writer.key("error").string(error.message);
  answer(writer.end_object().take());
}

FOLKMOOT_EXPORT("take") void* take(std::size_t size) { return std::malloc(size == 0 ? 1 : size); }
// Wiped first: what the page hands over may be a secret.
FOLKMOOT_EXPORT("give_back") void give_back(void* memory, std::size_t size) {
  wipe(memory, size);
  std::free(memory);
}
FOLKMOOT_EXPORT("answer_at") const char* answer_at() { return last_answer().data(); }
FOLKMOOT_EXPORT("answer_size") std::size_t answer_size() { return last_answer().size(); }

}  // namespace folkmoot::wasm

// What ends the program otherwise writes to a standard error that a page has not got. All of them are broken invariants
// or want of memory; the page sees a trap.
extern "C" void __assert_fail(const char*, const char*, int, const char*) { __builtin_trap(); }
extern "C" void abort() { __builtin_trap(); }
extern "C" void abort_message(const char*, ...) { __builtin_trap(); }
_LIBCPP_BEGIN_NAMESPACE_STD
void __libcpp_verbose_abort(const char*, ...) { __builtin_trap(); }
_LIBCPP_END_NAMESPACE_STD
