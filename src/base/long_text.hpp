// A text that need not be in memory: what is read of it is.
#pragma once

#include <cassert>
#include <cstdint>
#include <cstring>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace folkmoot {

struct LongText {
  std::uint64_t size = 0;  // in bytes
  // Fills `out` with the bytes from `at` on, which are within the size; from any thread. Fails when the medium does.
  std::function<Status(std::uint64_t at, std::span<char> out)> read;

  // One that is in memory, and stays there.
  static LongText of(std::string_view text) {
    return {text.size(), [text](std::uint64_t at, std::span<char> out) -> Status {
              assert(at <= text.size() && out.size() <= text.size() - at);
              std::memcpy(out.data(), text.data() + at, out.size());
              return {};
            }};
  }

  [[nodiscard]] Result<std::string> part(std::uint64_t at, std::uint64_t length) const {
    std::string bytes(length, '\0');
    TRY(read(at, bytes));
    return bytes;
  }
};

}  // namespace folkmoot
