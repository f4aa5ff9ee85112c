#include "store/ledger_files.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <thread>

namespace folkmoot::store {
namespace {

namespace fs = std::filesystem;

Failure system_failure(const fs::path& path, std::string_view what) {
  return fail("{}: {}: {}", path.string(), what, std::strerror(errno));
}

// A file that is open as long as this exists.
class Open {
 public:
  Open(const fs::path& path, int flags) : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0644)) {}
  Open(const Open&) = delete;
  Open& operator=(const Open&) = delete;
  ~Open() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  [[nodiscard]] bool failed() const { return descriptor_ < 0; }
  [[nodiscard]] int get() const { return descriptor_; }
  int release() { return std::exchange(descriptor_, -1); }

 private:
  int descriptor_;
};

Status write_all(const fs::path& path, ByteView bytes) {
  const Open file(path, O_WRONLY | O_CREAT | O_TRUNC);
  if (file.failed()) return system_failure(path, "cannot make");
  while (!bytes.empty()) {
    const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return system_failure(path, "cannot write");
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

Status sync_path(const fs::path& path, int flags) {
  const Open file(path, flags);
  if (file.failed()) return system_failure(path, "cannot open");
  if (::fsync(file.get()) != 0) return system_failure(path, "cannot sync");
  return {};
}

fs::path beside(const fs::path& place) { return fs::path(place) += ".new"; }

}  // namespace

Result<std::optional<Bytes>> LedgerFolder::read(const std::string& path, std::size_t limit) const {
  const fs::path place = folder_ / path;
  const Open file(place, O_RDONLY | O_NONBLOCK);  // a folder from elsewhere may hold a pipe, which must not stop us
  if (file.failed() && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
  if (file.failed()) return system_failure(place, "cannot open");
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return system_failure(place, "cannot read its size");
  if (!S_ISREG(status.st_mode)) return fail("{}: not a file", place.string());
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size > limit) return fail("{}: {} bytes where at most {} can be", place.string(), size, limit);
  Bytes bytes(size);
  for (std::size_t read = 0; read < size;) {
    const ssize_t got = ::read(file.get(), bytes.data() + read, size - read);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_failure(place, "cannot read");
    if (got == 0) return fail("{}: has become shorter while it was read", place.string());
    read += static_cast<std::size_t>(got);
  }
  return bytes;
}

Result<std::unique_ptr<LedgerFiles>> LedgerFiles::open(const fs::path& folder, std::chrono::milliseconds patience) {
  std::unique_ptr<LedgerFiles> files(new LedgerFiles(fs::absolute(folder).lexically_normal()));
  TRY(files->make_folder(files->folder_));
  const fs::path place = files->folder_ / "lock";
  Open lock(place, O_RDWR | O_CREAT);
  if (lock.failed()) return system_failure(place, "cannot open");
  files->lock_ = lock.release();
  TRY(files->lock(patience));
  return files;
}

Status LedgerFiles::lock(std::chrono::milliseconds patience) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!locked_ && ::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) return system_failure(folder_ / "lock", "cannot lock");
    if (std::chrono::steady_clock::now() >= end) return fail("{}: the log is open elsewhere", folder_.string());
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  locked_ = true;
  return {};
}

void LedgerFiles::unlock() {
  ::flock(lock_, LOCK_UN);
  locked_ = false;
}

LedgerFiles::~LedgerFiles() {
  if (lock_ >= 0) ::close(lock_);
}

Result<std::optional<Bytes>> LedgerFiles::read(const std::string& path, std::size_t limit) const {
  return LedgerFolder(folder_).read(path, limit);
}

Status LedgerFiles::make_folder(const fs::path& folder) {
  if (::mkdir(folder.c_str(), 0755) == 0) {
    changed_.insert(folder.parent_path());
    return {};
  }
  if (errno == EEXIST) return {};
  if (errno != ENOENT) return system_failure(folder, "cannot make the folder");
  TRY(make_folder(folder.parent_path()));
  return make_folder(folder);
}

Status LedgerFiles::write(const std::string& path, ByteView bytes) {
  const fs::path place = folder_ / path;
  TRY(make_folder(place.parent_path()));
  TRY(write_all(beside(place), bytes));
  written_.push_back(place);
  return {};
}

Status LedgerFiles::sync() {
  // A disk takes about as long to sync a file as to sync everything.
  if (written_.size() > 8) {
    if (::syncfs(lock_) != 0) return system_failure(folder_, "cannot sync");
  } else {
    for (const fs::path& place : written_) TRY(sync_path(beside(place), O_RDONLY));
  }
  for (const fs::path& place : written_) {
    if (::rename(beside(place).c_str(), place.c_str()) != 0) return system_failure(place, "cannot rename to it");
    changed_.insert(place.parent_path());
  }
  for (const fs::path& folder : changed_) TRY(sync_path(folder, O_RDONLY | O_DIRECTORY));
  written_.clear();
  changed_.clear();
  return {};
}

Status LedgerFiles::discard(const std::string& folder) {
  std::error_code error;
  fs::remove_all(folder_ / folder, error);
  if (error) return fail("{}: cannot remove: {}", (folder_ / folder).string(), error.message());
  changed_.erase(folder_ / folder);
  return {};
}

}  // namespace folkmoot::store
