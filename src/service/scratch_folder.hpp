// A folder for what is made in several files before it is kept, or thrown away.
#pragma once

#include <stdlib.h>

#include "service/files.hpp"

namespace folkmoot::service {

// Nobody else can look into it; it goes with this object.
class ScratchFolder {
 public:
  static Result<ScratchFolder> make() {
    std::string name = (fs::temp_directory_path() / "folkmoot-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) return fail("{}: cannot be made", name);
    return ScratchFolder(name);
  }
  ScratchFolder(ScratchFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  ScratchFolder& operator=(ScratchFolder&&) = delete;
  ~ScratchFolder() {
    std::error_code none;
    if (!path_.empty()) fs::remove_all(path_, none);
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  explicit ScratchFolder(fs::path path) : path_(std::move(path)) {}
  fs::path path_;
};

}  // namespace folkmoot::service
