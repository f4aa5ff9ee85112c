// Any bytes as a record: reading ends without a crash, and bytes that are accepted are those that the writer makes of
// what was read.
#include <cstdlib>

#include "record/append.hpp"
#include "record/archive.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace folkmoot;
  using namespace folkmoot::record;
  const std::string_view bytes = text_of({data, size});

  if (size >= tar::block_size) {
    tar::Block block;
    std::copy_n(bytes.begin(), block.size(), block.begin());
    if (const auto header = tar::read_header(block); header && tar::header_block(*header) != block) std::abort();
  }

  const MemorySource source(bytes);
  auto reader = Reader::open(source);
  if (!reader) return 0;
  std::string written = header_entry(reader->header());
  Chain chain;
  while (true) {
    const auto step = reader->next();
    if (!step) return 0;
    if (!*step) break;
    Addition addition{(*step)->event.type, {}};
    for (const Entry& entry : (*step)->data) addition.data.push_back(*reader->content(entry));
    if (!append(written, chain, reader->header(), written.size(), std::move(addition))) std::abort();
  }
  if (written != bytes) std::abort();
  return 0;
}
