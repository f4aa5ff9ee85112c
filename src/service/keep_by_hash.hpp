// What is published is kept in files that are named by the SHA-256 of their bytes, by which acts name it.
#pragma once

#include "base/sha256.hpp"
#include "service/files.hpp"

namespace folkmoot::service {

// Keeps the bytes in the folder, on disk, and gives the name. They may be there already.
inline Result<std::string> keep_by_hash(const fs::path& folder, std::string_view bytes) {
  std::string name = sha256_hex(bytes);
  std::error_code none;
  if (fs::exists(folder / name, none)) return name;
  const Status written = write_file(folder / name, bytes);
  // Somebody else may have kept the same meanwhile.
  if (!written && !fs::exists(folder / name, none)) return Failure(written.error());
  return name;
}

}  // namespace folkmoot::service
