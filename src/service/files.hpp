// Files of the roles. Nothing that exists is overwritten, unless by replace_file; a secret file is readable by its
// owner only.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "secret/text.hpp"

namespace folkmoot::service {

namespace fs = std::filesystem;

// Whether there is such a file or folder; if that cannot be told, there is none.
inline bool is_there(const fs::path& path) {
  std::error_code none;
  return fs::exists(path, none);
}

// The whole content of a file. Errors name it.
Result<std::string> read_file(const fs::path& path);

// The lines of a file without their line ends ("\n" or "\r\n"); empty ones are left out.
Result<std::vector<std::string>> read_lines(const fs::path& path);

// A secret file; no copy of it is left in memory besides the one returned.
Result<secret::SecretText> read_secret(const fs::path& path);

// Makes a file with that content, synced, and its folder where that is missing. It appears whole or not at all. Fails
// if there is a file of that name already.
Status write_file(const fs::path& path, std::string_view content);

// The same for a file that grows: what was there is replaced, all at once. Whoever calls this sees to it that nobody
// else does meanwhile.
Status replace_file(const fs::path& path, std::string_view content);

// The same as write_file, mode 0600, in a folder that is made with mode 0700 where it is missing.
Status write_secret(const fs::path& path, std::string_view content);

// Deletes a file.
Status remove_file(const fs::path& path);

// The regular files of a folder with that extension (".json"), by name. A folder that is not there has none.
std::vector<fs::path> files_with_extension(const fs::path& folder, std::string_view extension);

}  // namespace folkmoot::service
