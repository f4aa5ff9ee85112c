// Any bytes as a record: reading ends without a crash, and bytes that are accepted are those that the writer makes of
// what was read.
#include <cstdlib>

#include "record/append.hpp"
#include "record/archive.hpp"

namespace {

using namespace folkmoot;
using namespace folkmoot::record;

void read_header_block(std::string_view bytes) {
  if (bytes.size() < tar::block_size) return;
  tar::Block block;
  std::copy_n(bytes.begin(), block.size(), block.begin());
  if (const auto header = tar::read_header(block); header && tar::header_block(*header) != block) std::abort();
}

void read_record(std::string_view bytes) {
  const MemorySource source(bytes);
  auto reader = Reader::open(source);
  if (!reader) return;
  std::string written = header_entry(reader->header());
  Chain chain;
  while (true) {
    const auto step = reader->next();
    if (!step) return;
    if (!*step) break;
    Addition addition{(*step)->event.type, {}};
    for (const Entry& entry : (*step)->data) addition.data.push_back(*reader->content(entry));
    if (!append(written, chain, reader->header(), written.size(), std::move(addition))) std::abort();
  }
  if (written != bytes) std::abort();
}

// A record with right checksums and hashes, which the input alone would hardly find: its lines are the contents. One
// that begins with a digit is an event that goes on from the one before, of the type of that number; with '!', an event
// of whatever stands there; any other is data.
std::string record_of_lines(std::string_view lines) {
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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = text_of({data, size});
  read_header_block(bytes);
  read_record(bytes);
  read_record(record_of_lines(bytes));
  return 0;
}
