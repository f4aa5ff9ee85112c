// A record on disk that grows, so that what was acknowledged survives a crash at any moment.
//
// Additions are written after the last acknowledged byte and synced before they are acknowledged. So after a crash the
// file holds all that was acknowledged, then perhaps more: whole steps, which are kept, and an entry that the end of
// the file cuts off or data whose event is missing, which are cut away. Anything else that is wrong is damage, is never
// repaired, and is an error that names the byte.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <vector>

#include "record/append.hpp"
#include "record/archive.hpp"
#include "store/file_source.hpp"

namespace folkmoot::store {

// For one thread; while it exists no other RecordFile, of this process or another, can open the file. Readers need no
// lock: store::FileSource reads what there is.
class RecordFile {
 public:
  // Makes the file, which must not exist, with the header of a new election that begins at `timestamp` (seconds since
  // 1970). It appears with its header whole and synced, or not at all.
  static Result<RecordFile> create(const std::filesystem::path& path, std::uint64_t timestamp);

  // Opens the file for appending: reads and checks all of it, hands each step to `visit` (which may refuse it), cuts an
  // unacknowledged end away and syncs. Fails if it is open elsewhere, damaged, or not a record.
  using Visit = std::function<Status(const record::Step&)>;
  static Result<RecordFile> open(const std::filesystem::path& path, const Visit& visit = {});

  // Appends the additions in order with one write and one sync; when this returns, each one that has a Step is on disk.
  // An addition that may not follow (by the rules of record::Chain: a ballot that is there already, one after
  // EndBallots) fails by itself, the others go on. If writing itself fails, the result is one error, and every later
  // call fails too: what is on disk is then known only by opening the file again.
  Result<std::vector<Result<record::Step>>> append(std::vector<record::Addition> additions);
  Result<record::Step> append(record::Addition addition);

  [[nodiscard]] const record::ArchiveHeader& header() const { return header_; }
  [[nodiscard]] const record::Chain& chain() const { return chain_; }
  // In bytes: all of it acknowledged.
  [[nodiscard]] std::uint64_t size() const { return size_; }
  // How many bytes of an unacknowledged end open() has cut away.
  [[nodiscard]] std::uint64_t dropped() const { return dropped_; }

 private:
  RecordFile(FileDescriptor file, std::filesystem::path path) : file_(std::move(file)), path_(std::move(path)) {}
  Status write_synced(std::string_view bytes);

  FileDescriptor file_;
  std::filesystem::path path_;
  record::ArchiveHeader header_;
  record::Chain chain_;
  std::uint64_t size_ = 0;
  std::uint64_t dropped_ = 0;
  bool failed_ = false;
};

}  // namespace folkmoot::store
