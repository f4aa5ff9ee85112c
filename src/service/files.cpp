#include "service/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

namespace folkmoot::service {
namespace {

Failure failure(const fs::path& path, std::string_view what) {
  return fail("{}: {}: {}", path.string(), what, std::strerror(errno));
}

Status make_folder(const fs::path& folder, mode_t mode) {
  if (folder.empty() || fs::is_directory(folder)) return {};
  TRY(make_folder(folder.parent_path(), 0755));
  if (::mkdir(folder.c_str(), mode) != 0 && errno != EEXIST) return failure(folder, "cannot make the folder");
  return {};
}

Status write_all(int file, std::string_view content, const fs::path& path) {
  while (!content.empty()) {
    const ssize_t written = ::write(file, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return failure(path, "cannot write");
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(file) != 0) return failure(path, "cannot write");
  return {};
}

// Written under a name of its own and then put in its place: link(), unlike rename(), refuses to replace a file.
enum class Existing { keep, replace };
Status write_whole(const fs::path& path, std::string_view content, mode_t mode, mode_t folder_mode,
                   Existing existing = Existing::keep) {
  TRY(make_folder(path.parent_path(), folder_mode));
  std::string temporary = path.string() + ".XXXXXX";
  const int file = ::mkstemp(temporary.data());
  if (file < 0) return failure(path, "cannot make the file");
  Status status = write_all(file, content, path);
  if (status && ::fchmod(file, mode) != 0) status = failure(path, "cannot set its mode");
  ::close(file);
  if (status && existing == Existing::replace) {
    if (::rename(temporary.c_str(), path.c_str()) != 0) status = failure(path, "cannot replace");
  } else if (status && ::link(temporary.c_str(), path.c_str()) != 0) {
    status = errno == EEXIST ? Status(fail("{}: is there already, and is not overwritten", path.string()))
                             : Status(failure(path, "cannot make the file"));
  }
  ::unlink(temporary.c_str());
  return status;
}

}  // namespace

Result<std::string> read_file(const fs::path& path) {
  if (fs::is_directory(path)) return fail("{}: is a folder", path.string());
  std::ifstream file(path, std::ios::binary);
  if (!file) return failure(path, "cannot open");
  std::string content{std::istreambuf_iterator<char>(file), {}};
  if (file.bad()) return failure(path, "cannot read");
  return content;
}

Result<std::vector<std::string>> read_lines(const fs::path& path) {
  const std::string content = TRY(read_file(path));
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < content.size();) {
    const std::size_t end = std::min(content.find('\n', begin), content.size());
    std::string_view line(content.data() + begin, end - begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty()) lines.emplace_back(line);
    begin = end + 1;
  }
  return lines;
}

Result<secret::SecretText> read_secret(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return failure(path, "cannot open");
  // A pipe has no size; a secret that comes through one is short.
  struct stat status {};
  const bool is_file = ::fstat(file, &status) == 0 && S_ISREG(status.st_mode);
  std::vector<char> buffer(is_file ? static_cast<std::size_t>(status.st_size) : std::size_t{1} << 16);
  std::size_t size = 0;
  ssize_t got = 0;
  while (size < buffer.size() && (got = ::read(file, buffer.data() + size, buffer.size() - size)) > 0) {
    size += static_cast<std::size_t>(got);
  }
  Result<secret::SecretText> text = secret::SecretText(std::string_view(buffer.data(), size));
  if (got < 0) text = failure(path, "cannot read");
  ::explicit_bzero(buffer.data(), buffer.size());
  ::close(file);
  return text;
}

Status write_file(const fs::path& path, std::string_view content) { return write_whole(path, content, 0644, 0755); }

Status replace_file(const fs::path& path, std::string_view content) {
  return write_whole(path, content, 0644, 0755, Existing::replace);
}

Status write_secret(const fs::path& path, std::string_view content) { return write_whole(path, content, 0600, 0700); }

Status remove_file(const fs::path& path) {
  if (::unlink(path.c_str()) != 0) return failure(path, "cannot delete");
  return {};
}

std::vector<fs::path> files_with_extension(const fs::path& folder, std::string_view extension) {
  std::vector<fs::path> files;
  std::error_code missing;
  for (const auto& entry : fs::directory_iterator(folder, missing)) {
    if (entry.is_regular_file() && entry.path().extension() == extension) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace folkmoot::service
