// Any bytes as a record: reading ends without a crash, and bytes that are accepted are those that the writer makes of
// what was read.
#include <cstdlib>

#include "record/archive.hpp"
#include "record_of_lines.hpp"

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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = text_of({data, size});
  read_header_block(bytes);
  read_record(bytes);
  read_record(fuzz::record_of_lines(bytes));
  return 0;
}
