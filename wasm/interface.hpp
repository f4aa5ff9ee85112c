// How the page and a module pass texts: the page writes into memory that it asks take() for, calls a function with the
// place and size of what it wrote, and reads the answer where answer_at() and answer_size() say. Answers are JSON;
// {"error":"…"} where something failed.
#pragma once

#include <string>

#include "base/json.hpp"

#define FOLKMOOT_EXPORT(NAME) extern "C" [[clang::export_name(NAME)]]

namespace folkmoot::wasm {

// Makes it the answer, in the place of the one before, which is wiped.
void answer(std::string text);
void answer(const Error& error);

}  // namespace folkmoot::wasm
