// Records for fuzzers: bytes that a fuzzer changes would hardly keep their checksums and hashes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "record/append.hpp"

namespace folkmoot::fuzz {

// A record with right checksums and hashes: the lines are the contents of its entries. One that begins with a digit is
// an event that goes on from the one before, of the type of that number; with '!', an event of whatever stands there;
// any other is data.
inline std::string record_of_lines(std::string_view lines) {
  using namespace record;
  constexpr ArchiveHeader header{1};
  std::string bytes = header_entry(header);
  std::optional<Digest> parent, payload;
  std::int64_t height = 0;
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(lines.size(), line.size() + 1));
    const auto add = [&](EntryKind kind, std::string content) {
      return append_entry(bytes, header, kind, std::move(content), bytes.size()).hash;
    };
    if (!line.empty() && line[0] >= '0' && line[0] <= '7') {
      parent =
          add(EntryKind::event, json::to_text(Event{parent, height++, static_cast<EventType>(line[0] - '0'), payload}));
      payload.reset();
    } else if (line.starts_with('!')) {
      add(EntryKind::event, std::string(line.substr(1)));
    } else {
      payload = add(EntryKind::data, std::string(line));
    }
  }
  return bytes;
}

}  // namespace folkmoot::fuzz
