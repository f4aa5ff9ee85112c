#include "record/archive.hpp"

namespace folkmoot::record {

Result<Reader> Reader::open(const ByteSource& source) { return Reader(TRY(EntryReader::open(source))); }

Result<std::optional<Step>> Reader::next() {
  while (auto entry = TRY(entries_.next())) {
    auto step = TRY(chain_.add(*std::move(entry)));
    if (!step) continue;
    end_ = step->end();
    return step;
  }
  TRY(chain_.end());
  return std::nullopt;
}

Result<std::string> Reader::content(const Entry& entry) const {
  if (entry.kept()) return entry.content;
  Entry read = TRY(entries_.read_at(entry.offset));
  if (read.hash != entry.hash) return fail("at byte {}: another entry than before", entry.offset);
  return std::move(read.content);
}

}  // namespace folkmoot::record
