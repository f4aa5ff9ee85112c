#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mail/transport.hpp"

namespace folkmoot::mail {
namespace {

namespace fs = std::filesystem;

// All of it, and on the disk.
bool write_out(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(file) == 0;
}

class Folder final : public Transport {
 public:
  explicit Folder(fs::path folder) : folder_(std::move(folder)) {}

  Outcome send(const Envelope& envelope, const std::string& mime) override {
    const bool stored = store(envelope.id + ".eml", mime);
    return stored ? Outcome{Outcome::Kind::taken, "file"} : Outcome{Outcome::Kind::unreachable, "cannot write"};
  }

 private:
  // Whole or not at all.
  [[nodiscard]] bool store(const std::string& name, std::string_view bytes) const {
    if (::mkdir(folder_.c_str(), 0700) != 0 && errno != EEXIST) return false;
    const fs::path temporary = folder_ / ("." + name);
    const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return false;
    const bool written = write_out(file, bytes);
    const bool closed = ::close(file) == 0;
    const int entries = written && closed && ::rename(temporary.c_str(), (folder_ / name).c_str()) == 0
                            ? ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
                            : -1;
    if (entries < 0) {
      ::unlink(temporary.c_str());
      return false;
    }
    const bool synced = ::fsync(entries) == 0;
    ::close(entries);
    return synced;
  }

  fs::path folder_;
};

}  // namespace

std::unique_ptr<Transport> into_folder(fs::path folder) { return std::make_unique<Folder>(std::move(folder)); }

}  // namespace folkmoot::mail
