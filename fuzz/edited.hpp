// A text that is made at the start, with keys of its own, and that the fuzzer's input changes here and there.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>

namespace folkmoot {

// The text after the edits that the bytes say: each a place (three bytes, modulo the text's size), how many bytes are
// taken out there, how many are put in, and these.
inline std::string edited(std::string text, std::span<const std::uint8_t> edits) {
  constexpr std::size_t head = 5;
  while (edits.size() >= head && !text.empty()) {
    const std::size_t place = (std::size_t{edits[0]} << 16 | std::size_t{edits[1]} << 8 | edits[2]) % text.size();
    const std::size_t out = edits[3] % 32, in = std::min<std::size_t>(edits[4] % 32, edits.size() - head);
    text.replace(place, out, std::string(edits.begin() + head, edits.begin() + head + static_cast<std::ptrdiff_t>(in)));
    edits = edits.subspan(head + in);
  }
  return text;
}

}  // namespace folkmoot
