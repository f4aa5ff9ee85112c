#include "store/record_file.hpp"

#include <sys/file.h>

#include <algorithm>

namespace folkmoot::store {
namespace {

namespace fs = std::filesystem;
namespace tar = record::tar;

Status lock(const FileDescriptor& file, const fs::path& path) {
  if (::flock(file.get(), LOCK_EX | LOCK_NB) == 0) return {};
  if (errno == EWOULDBLOCK) return fail("{}: in use by another process", path.string());
  return system_failure(path, "cannot lock");
}

Status write_all(const FileDescriptor& file, const fs::path& path, std::uint64_t offset, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(file.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return system_failure(path, "cannot write");
    bytes.remove_prefix(static_cast<std::size_t>(written));
    offset += static_cast<std::uint64_t>(written);
  }
  return {};
}

Status sync(const FileDescriptor& file, const fs::path& path) {
  if (::fsync(file.get()) != 0) return system_failure(path, "cannot sync");
  return {};
}

// Makes the names in the folder of `path` durable.
Status sync_folder_of(const fs::path& path) {
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  const FileDescriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory.is_open()) return system_failure(folder, "cannot open");
  return sync(directory, folder);
}

bool is_unwritten(std::string_view block) {
  return std::ranges::all_of(block, [](char byte) { return byte == '\0'; });
}

// Whether the bytes from `offset` on, where an entry cannot be read, are an entry that was being written at a crash:
// the file ends before it does, or blocks of it read as zeros, as those of a file whose length reached the disk before
// its bytes did. JSON has no zeros. In neither case does another entry follow; if one does, bytes that had been
// acknowledged are damaged.
Result<bool> is_unfinished(const FileSource& source, std::uint64_t offset) {
  bool missing = false;
  std::uint64_t end = offset + tar::block_size;
  for (std::uint64_t at = offset; at < source.size(); at += tar::block_size) {
    tar::Block block{};
    const std::uint64_t size = std::min(tar::block_size, source.size() - at);
    TRY(source.read(at, std::span(block).first(size)));
    if (size < tar::block_size || is_unwritten({block.data(), size})) {
      missing = true;
      continue;
    }
    const auto header = tar::read_header(block);
    if (header.has_value() != (at == offset)) return false;
    if (header) end = offset + tar::entry_size(header->size);
  }
  return missing || end > source.size();
}

}  // namespace

Result<RecordFile> RecordFile::create(const fs::path& path, std::uint64_t timestamp) {
  if (timestamp > tar::greatest_number) return fail("{}: no time for a record: {}", path.string(), timestamp);
  std::string unfinished = path.string() + ".XXXXXX";
  RecordFile record(FileDescriptor(::mkostemp(unfinished.data(), O_CLOEXEC)), path);
  if (!record.file_.is_open()) return system_failure(path, "cannot create");
  record.header_ = {timestamp};
  const auto written = [&]() -> Status {
    TRY(lock(record.file_, path));
    if (::fchmod(record.file_.get(), 0644) != 0) return system_failure(path, "cannot make public");
    TRY(record.write_synced(record::header_entry(record.header_)));
    if (::link(unfinished.c_str(), path.c_str()) != 0) return system_failure(path, "cannot create");
    return {};
  }();
  ::unlink(unfinished.c_str());
  if (!written) return Failure(written.error());
  TRY(sync_folder_of(path));
  return record;
}

Result<RecordFile> RecordFile::open(const fs::path& path, const Visit& visit) {
  RecordFile record(FileDescriptor(::open(path.c_str(), O_RDWR | O_CLOEXEC)), path);
  if (!record.file_.is_open()) return system_failure(path, "cannot open");
  TRY(lock(record.file_, path));
  const FileSource source = TRY(FileSource::of(FileDescriptor(::fcntl(record.file_.get(), F_DUPFD_CLOEXEC, 0)), path));

  record::EntryReader entries = TRY(in(path.string(), record::EntryReader::open(source)));
  record.header_ = entries.header();
  record.size_ = entries.offset();
  while (true) {
    auto entry = entries.next();
    if (!entry) {
      if (!TRY(is_unfinished(source, entries.offset()))) return Failure(entry.error().in(path.string()));
      break;
    }
    if (!*entry) break;
    const auto step = TRY(in(path.string(), record.chain_.add(**std::move(entry))));
    if (!step) continue;
    if (visit) TRY(visit(*step));
    record.size_ = step->end();
  }
  record.chain_.drop_waiting();
  record.dropped_ = source.size() - record.size_;
  if (record.dropped_ > 0 && ::ftruncate(record.file_.get(), static_cast<off_t>(record.size_)) != 0) {
    return system_failure(path, "cannot cut the unfinished end away");
  }
  // Steps that a killed process had written but not synced are kept, so they too must be on disk from now on.
  TRY(sync(record.file_, path));
  return record;
}

Status RecordFile::write_synced(std::string_view bytes) {
  Status written = write_all(file_, path_, size_, bytes);
  if (written && ::fdatasync(file_.get()) != 0) written = system_failure(path_, "cannot sync");
  if (written) {
    size_ += bytes.size();
    return {};
  }
  // Nobody should read what may not be on the disk: after a failure to sync, memory may have what the disk has not, and
  // syncing again would not say so. If this fails too, opening the file finds whole steps, or an unfinished end.
  if (::ftruncate(file_.get(), static_cast<off_t>(size_)) != 0) {
    return fail("{}; nor can it be cut away", written.error().message);
  }
  return written;
}

Result<RecordFile::Prepared> RecordFile::prepare(std::vector<record::Addition> additions) {
  if (failed_) return fail("{}: writing has failed before; open the record again", path_.string());
  failed_ = true;  // until it is written
  Prepared prepared;
  for (record::Addition& addition : additions) {
    const std::uint64_t end = size_ + prepared.bytes.size();
    prepared.steps.push_back(record::append(prepared.bytes, chain_, header_, end, std::move(addition)));
  }
  return prepared;
}

Status RecordFile::write(const Prepared& prepared) {
  TRY(write_synced(prepared.bytes));
  failed_ = false;
  return {};
}

Result<RecordFile::Steps> RecordFile::append(std::vector<record::Addition> additions) {
  Prepared prepared = TRY(prepare(std::move(additions)));
  TRY(write(prepared));
  return std::move(prepared.steps);
}

Result<record::Step> RecordFile::append(record::Addition addition) {
  std::vector<record::Addition> additions;
  additions.push_back(std::move(addition));
  auto steps = TRY(append(std::move(additions)));
  return std::move(steps.front());
}

}  // namespace folkmoot::store
