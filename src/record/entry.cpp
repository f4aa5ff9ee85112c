#include "record/entry.hpp"

#include <algorithm>
#include <cassert>

namespace folkmoot::record {
namespace {

constexpr std::string_view header_name = "BELENIOS";
constexpr std::uint64_t largest_header = 64;  // {"version":1,"timestamp":"…"}
constexpr std::size_t hash_digits = 64;
// How much is read from the source at once: of entries in their order, and of one by itself, which most are shorter
// than.
constexpr std::uint64_t window_in_order = std::uint64_t{1} << 20;
constexpr std::uint64_t window_of_one = std::uint64_t{1} << 13;
// The pieces in which a content is taken from that.
constexpr std::uint64_t piece_size = std::uint64_t{1} << 16;

std::string_view suffix(EntryKind kind) { return kind == EntryKind::data ? ".data.json" : ".event.json"; }

struct Name {
  EntryKind kind;
  Digest hash;
};

Result<Name> read_name(std::string_view name) {
  Name read{};
  if (name.ends_with(suffix(EntryKind::data))) {
    read.kind = EntryKind::data;
  } else if (name.ends_with(suffix(EntryKind::event))) {
    read.kind = EntryKind::event;
  } else {
    return fail("a file that is neither data nor event");
  }
  name.remove_suffix(suffix(read.kind).size());
  if (name.size() != hash_digits) return fail("a file whose name is no SHA-256");
  TRY(from_hex(name, read.hash));
  return read;
}

bool is_zero(std::string_view bytes) {
  return std::ranges::all_of(bytes, [](char byte) { return byte == '\0'; });
}

Error at(std::uint64_t offset, const Error& error) { return error.in(fmt::format("at byte {}", offset)); }

}  // namespace

std::string header_entry(const ArchiveHeader& header) {
  std::string out;
  tar::append_entry(out, header_name, header.timestamp, json::to_text(header));
  return out;
}

Entry append_entry(std::string& out, const ArchiveHeader& header, EntryKind kind, std::string content,
                   std::uint64_t offset) {
  assert(content.size() <= tar::greatest_number);
  const Digest hash = sha256(content);
  tar::append_entry(out, to_hex(hash).append(suffix(kind)), header.timestamp, content);
  const std::uint64_t size = content.size();
  return {kind, hash, offset, size, std::move(content)};
}

// The bytes [offset, offset + size) of the source, a piece at most, by way of the window; valid until the next call.
// They need not all exist.
Result<std::string_view> EntryReader::bytes(std::uint64_t offset, std::uint64_t size) {
  assert(size <= piece_size);
  const std::uint64_t available = source_->size();
  if (offset > available || size > available - offset) {
    return fail("cut off: the record ends at byte {}", available);
  }
  if (offset < buffer_offset_ || offset + size > buffer_offset_ + buffer_.size()) {
    buffer_.resize(std::min(std::max(window_, size), available - offset));
    buffer_offset_ = offset;
    if (auto read = source_->read(offset, buffer_); !read) {
      buffer_.clear();
      return Failure(read.error());
    }
  }
  return std::string_view(buffer_).substr(offset - buffer_offset_, size);
}

Result<tar::Header> EntryReader::header_at(std::uint64_t offset) {
  tar::Block block;
  std::ranges::copy(TRY(bytes(offset, tar::block_size)), block.begin());
  tar::Header header = TRY(tar::read_header(block));
  if (header.size > source_->size() - offset - tar::block_size) {
    return fail("cut off: content of {} bytes, but the record ends at byte {}", header.size, source_->size());
  }
  return header;
}

Result<EntryReader> EntryReader::open(const ByteSource& source) {
  EntryReader reader(source, window_in_order);
  const auto read = [&]() -> Status {
    const tar::Header header = TRY(reader.header_at(0));
    if (header.name != header_name) return fail("not a record: does not begin with a file \"{}\"", header_name);
    if (header.size > largest_header) return fail("header of {} bytes", header.size);
    const std::string text(TRY(reader.bytes(tar::block_size, header.size)));
    reader.header_ = TRY(json::read_canonical(text, read_archive_header));
    const std::string expected = header_entry(reader.header_);
    if (TRY(reader.bytes(0, expected.size())) != expected) return fail("time or padding is not as it must be");
    reader.offset_ = expected.size();
    return {};
  }();
  if (!read) return Failure(at(0, read.error()));
  return reader;
}

Result<Entry> EntryReader::read(std::uint64_t offset, std::uint64_t keep) {
  const tar::Header header = TRY(header_at(offset));
  const Name name = TRY(read_name(header.name));
  if (header.time != header_.timestamp) return fail("time {} instead of {}", header.time, header_.timestamp);
  if (name.kind == EntryKind::event && header.size > largest_event) return fail("event of {} bytes", header.size);

  Entry entry{name.kind, name.hash, offset, header.size, {}};
  if (header.size <= keep) entry.content.reserve(header.size);
  Sha256 hash;
  for (std::uint64_t done = 0; done < header.size;) {
    const std::uint64_t size = std::min(header.size - done, piece_size);
    const std::string_view piece = TRY(bytes(offset + tar::block_size + done, size));
    hash.add(piece);
    if (header.size <= keep) entry.content.append(piece);
    done += size;
  }
  if (!is_zero(TRY(bytes(offset + tar::block_size + header.size, tar::padding(header.size))))) {
    return fail("padding is not zero");
  }
  if (hash.digest() != entry.hash) return fail("the content's SHA-256 is not the one in its name");
  return entry;
}

Result<std::optional<Entry>> EntryReader::next() {
  if (offset_ == source_->size()) return std::nullopt;
  auto entry = read(offset_, largest_kept);
  if (!entry) return Failure(at(offset_, entry.error()));
  offset_ = entry->end();
  return *std::move(entry);
}

LongText EntryReader::long_content(const Entry& entry) const {
  if (entry.kept()) return LongText::of(entry.content);
  return {entry.size, [source = source_, begin = entry.offset + tar::block_size](
                          std::uint64_t at, std::span<char> out) { return source->read(begin + at, out); }};
}

Result<Entry> EntryReader::read_at(std::uint64_t offset) const {
  EntryReader reader(*source_, window_of_one);
  reader.header_ = header_;
  auto entry = reader.read(offset, source_->size());
  if (!entry) return Failure(at(offset, entry.error()));
  return entry;
}

}  // namespace folkmoot::record
