// The entries of an archive after its header: data and events, each named after the SHA-256 of its content
// (specification, section 4.4).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/long_text.hpp"
#include "base/sha256.hpp"
#include "record/event.hpp"
#include "record/source.hpp"
#include "record/tar.hpp"

namespace folkmoot::record {

enum class EntryKind { data, event };

struct Entry {
  EntryKind kind = EntryKind::data;
  Digest hash{};             // of the content: checked
  std::uint64_t offset = 0;  // of the entry's first byte in the archive
  std::uint64_t size = 0;    // of the content, in bytes
  std::string content;       // empty if it has more than largest_kept bytes: EntryReader::read_at gets it

  [[nodiscard]] bool kept() const { return content.size() == size; }
  // The same without the memory that its content takes.
  [[nodiscard]] Entry without_content() const { return {kind, hash, offset, size, {}}; }
  // Where the next entry begins.
  [[nodiscard]] std::uint64_t end() const { return offset + tar::entry_size(size); }
};

// Larger contents (credentials, an encrypted tally or a shuffle of a large election) are checked in passing, not kept.
inline constexpr std::uint64_t largest_kept = std::uint64_t{1} << 20;
// An event is some 230 bytes; one that claims more is refused unread.
inline constexpr std::uint64_t largest_event = 512;

// The entry of the header of an archive, with which it begins.
std::string header_entry(const ArchiveHeader& header);
// The entry of a content, at `offset` in an archive, and the bytes that it takes there, appended to `out`.
Entry append_entry(std::string& out, const ArchiveHeader& header, EntryKind kind, std::string content,
                   std::uint64_t offset);

// Reads the entries in order, with a buffer whose size is independent of the archive's. Every byte is checked: headers
// and padding exact, time that of the archive, name the hash of the content. Errors name the byte of the archive.
class EntryReader {
 public:
  // Reads the header. `source` must outlive the reader.
  static Result<EntryReader> open(const ByteSource& source);

  [[nodiscard]] const ArchiveHeader& header() const { return header_; }
  // Where next() reads.
  [[nodiscard]] std::uint64_t offset() const { return offset_; }

  // The next entry, or nothing at the end of the source. After an error the reader stays where it was.
  Result<std::optional<Entry>> next();

  // The entry at `offset`, an Entry's, with its whole content, checked anew: the source may have changed.
  [[nodiscard]] Result<Entry> read_at(std::uint64_t offset) const;

  // The content of an entry that next() has given, which must outlive it: to be read from the source where it was not
  // kept. That the source does not change while it is read is for its owner to see to.
  [[nodiscard]] LongText long_content(const Entry& entry) const;

 private:
  EntryReader(const ByteSource& source, std::uint64_t window) : source_(&source), window_(window) {}
  Result<tar::Header> header_at(std::uint64_t offset);
  Result<Entry> read(std::uint64_t offset, std::uint64_t keep);
  Result<std::string_view> bytes(std::uint64_t offset, std::uint64_t size);

  const ByteSource* source_;
  std::uint64_t window_;
  ArchiveHeader header_;
  std::uint64_t offset_ = 0;
  // A window on the source: its bytes from buffer_offset_ on.
  std::string buffer_;
  std::uint64_t buffer_offset_ = 0;
};

}  // namespace folkmoot::record
