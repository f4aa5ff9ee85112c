// Reading a record: the Belenios archive of one election, a `.bel` file (specification, section 4.4).
//
//   source.hpp  where the bytes come from          archive.hpp  all of it in one: a record's steps, checked
//   tar.hpp     blocks of the tar                  append.hpp   the bytes that a next step adds
//   event.hpp   header and events, as JSON         growth.hpp   a grown record against an earlier copy
//   entry.hpp   data and events, with their hash
//   chain.hpp   which entry may follow which
//
// What the ballots and proofs in it say is not checked here: verify.hpp does that.
#pragma once

#include <optional>
#include <string>

#include "record/chain.hpp"
#include "record/entry.hpp"

namespace folkmoot::record {

// Reads a record step by step, checking tar, hashes and chain. Memory grows only with the number of data entries: their
// hashes, some 70 bytes each.
class Reader {
 public:
  // Reads the header. `source` must outlive the reader.
  static Result<Reader> open(const ByteSource& source);

  [[nodiscard]] const ArchiveHeader& header() const { return entries_.header(); }

  // The next event with its data, or nothing at the end. After an error, which names the byte of the record, there is
  // no more to read.
  Result<std::optional<Step>> next();

  // What has been read so far.
  [[nodiscard]] const Chain& chain() const { return chain_; }
  // Where the last step that was read ends.
  [[nodiscard]] std::uint64_t end() const { return end_; }
  // The content of an entry of a step: as kept, or read and checked again if it was too large to keep.
  [[nodiscard]] Result<std::string> content(const Entry& entry) const;
  // The same, which need not come into memory as a whole (EntryReader::long_content).
  [[nodiscard]] LongText long_content(const Entry& entry) const { return entries_.long_content(entry); }

 private:
  explicit Reader(EntryReader entries) : entries_(std::move(entries)), end_(entries_.offset()) {}

  EntryReader entries_;
  Chain chain_;
  std::uint64_t end_;
};

}  // namespace folkmoot::record
