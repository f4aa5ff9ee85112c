#include "server/log_files.hpp"

#include "ledger/tile.hpp"

namespace folkmoot::server {

namespace fs = std::filesystem;

Response file_response(const fs::path& path, std::string_view content_type, std::string_view cache) {
  // Without waiting for whoever writes to a pipe of that name.
  store::FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.is_open() && (errno == ENOENT || errno == ENOTDIR)) return text_response(404, "not found\n");
  struct stat status {};
  if (!file.is_open() || ::fstat(file.get(), &status) != 0) return text_response(500, "the file cannot be read\n");
  if (!S_ISREG(status.st_mode)) return text_response(404, "not found\n");
  Response response;
  response.content_type = content_type;
  response.body = std::move(file);
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
    return checkpoint ? file_response(folder / path, "text/plain; charset=utf-8", "no-cache")
                      : file_response(folder / path, "application/octet-stream", "public, max-age=31536000, immutable");
  };
}

}  // namespace folkmoot::server
