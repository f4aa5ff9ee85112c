#include "server/log_files.hpp"

#include "ledger/tile.hpp"
#include "server/conditional.hpp"
#include "server/problem.hpp"

namespace folkmoot::server {

namespace fs = std::filesystem;

namespace {

// Opens it part by part, as a link could stand for any of them; without waiting for whoever writes to a pipe of that
// name. Not open, with errno set, if it is not there.
store::FileDescriptor open_below(const fs::path& folder, std::string_view name) {
  store::FileDescriptor at(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  while (at.is_open()) {
    const std::string part(name.substr(0, name.find('/')));
    const bool is_last = part.size() == name.size();
    if (part.empty() || part == "." || part == ".." || part.find('\0') != std::string::npos) {
      errno = ENOENT;
      return store::FileDescriptor();
    }
    const int kind = is_last ? O_NONBLOCK : O_DIRECTORY;
    at = store::FileDescriptor(::openat(at.get(), part.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | kind));
    if (is_last) break;
    name.remove_prefix(part.size() + 1);
  }
  return at;
}

}  // namespace

Response file_response(const fs::path& folder, std::string_view name, std::string_view content_type,
                       std::string_view cache) {
  store::FileDescriptor file = open_below(folder, name);
  const bool is_none = errno == ENOENT || errno == ENOTDIR || errno == ELOOP || errno == ENAMETOOLONG;
  if (!file.is_open() && is_none) return text_response(404, "not found\n");
  struct stat status {};
  if (!file.is_open() || ::fstat(file.get(), &status) != 0) return text_response(500, "the file cannot be read\n");
  if (!S_ISREG(status.st_mode)) return text_response(404, "not found\n");
  Response response;
  response.content_type = content_type;
  response.body = FilePart{std::move(file), 0, static_cast<std::uint64_t>(status.st_size)};
  response.headers.emplace_back("Cache-Control", cache);
  return response;
}

namespace {

// What acts name by its SHA-256: "published/" and 64 hexadecimal digits.
bool is_published(std::string_view path) {
  constexpr std::string_view folder = "published/";
  Digest digest;
  return path.starts_with(folder) && from_hex(path.substr(folder.size()), digest);
}

}  // namespace

Handler log_files(fs::path folder) {
  return [folder = std::move(folder)](const Request& request) {
    const std::string path = request.path.substr(1);
    const bool checkpoint = path == "checkpoint";
    if (!checkpoint && !is_published(path) && !ledger::Tile::parse(path)) return text_response(404, "not found\n");
    if (request.method != "GET") return method_not_allowed("GET, HEAD");
    return conditional_by_time(
        request, checkpoint
                     ? file_response(folder, path, "text/plain; charset=utf-8", "no-cache")
                     : file_response(folder, path, "application/octet-stream", "public, max-age=31536000, immutable"));
  };
}

}  // namespace folkmoot::server
