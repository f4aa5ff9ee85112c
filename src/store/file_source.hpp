// A file as a source of a record's bytes.
#pragma once

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "record/source.hpp"

namespace folkmoot::store {

// "PATH: what: why", after a failed system call.
inline Failure system_failure(const std::filesystem::path& path, std::string_view what) {
  return fail("{}: {}: {}", path.string(), what, std::strerror(errno));
}

// An open file; closed with its owner.
class FileDescriptor {
 public:
  explicit FileDescriptor(int descriptor = -1) : descriptor_(descriptor) {}
  FileDescriptor(FileDescriptor&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  ~FileDescriptor() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  [[nodiscard]] int get() const { return descriptor_; }
  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
  // Hands it over: the caller closes it.
  int release() { return std::exchange(descriptor_, -1); }

 private:
  int descriptor_;
};

// The file as long as it was when opened: what is appended later is not seen.
class FileSource final : public record::ByteSource {
 public:
  static Result<FileSource> open(const std::filesystem::path& path) {
    FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.is_open()) return system_failure(path, "cannot open");
    return of(std::move(file), path);
  }
  // A file that is open already, for reading.
  static Result<FileSource> of(FileDescriptor file, const std::filesystem::path& path) {
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) return system_failure(path, "cannot read its size");
    if (!S_ISREG(status.st_mode)) return fail("{}: not a file", path.string());
    return FileSource(std::move(file), path, static_cast<std::uint64_t>(status.st_size));
  }

  [[nodiscard]] std::uint64_t size() const override { return size_; }
  Status read(std::uint64_t offset, std::span<char> out) const override {
    while (!out.empty()) {
      const ssize_t got = ::pread(file_.get(), out.data(), out.size(), static_cast<off_t>(offset));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return system_failure(path_, "cannot read");
      if (got == 0) return fail("{}: has become shorter while it was read", path_.string());
      out = out.subspan(static_cast<std::size_t>(got));
      offset += static_cast<std::uint64_t>(got);
    }
    return {};
  }

 private:
  FileSource(FileDescriptor file, std::filesystem::path path, std::uint64_t size)
      : file_(std::move(file)), path_(std::move(path)), size_(size) {}

  FileDescriptor file_;
  std::filesystem::path path_;
  std::uint64_t size_;
};

}  // namespace folkmoot::store
