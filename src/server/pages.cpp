#include "server/pages.hpp"

#include <array>

#include "server/problem.hpp"
#include "service/files.hpp"

namespace folkmoot::server {
namespace {

namespace fs = std::filesystem;

// Nothing from elsewhere, nothing inline; scripts may compile the WebAssembly that is served here.
constexpr std::string_view policy =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; "
    "connect-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

constexpr std::array<std::pair<std::string_view, std::string_view>, 8> types{{{".html", "text/html; charset=utf-8"},
                                                                              {".js", "text/javascript; charset=utf-8"},
                                                                              {".css", "text/css; charset=utf-8"},
                                                                              {".wasm", "application/wasm"},
                                                                              {".svg", "image/svg+xml"},
                                                                              {".json", "application/json"},
                                                                              {".png", "image/png"},
                                                                              {".txt", "text/plain; charset=utf-8"}}};

std::string_view type_of(const fs::path& file) {
  for (const auto& [extension, type] : types) {
    if (file.extension() == extension) return type;
  }
  return "application/octet-stream";
}

}  // namespace

Result<Pages> Pages::open(const fs::path& folder) {
  Pages pages;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
    if (!fs::is_regular_file(entry.symlink_status())) continue;  // links are not followed
    const std::string path = fs::relative(entry.path(), folder).generic_string();
    std::string content = TRY(service::read_file(entry.path()));
    const bool immutable = path.starts_with("assets/");  // as Vite names them
    pages.files_.emplace(path, File{std::move(content), std::string(type_of(entry.path())), immutable});
  }
  if (error) return fail("{}: {}", folder.string(), error.message());
  if (pages.files_.empty()) return fail("{}: there are no pages", folder.string());
  return pages;
}

const Pages::File* Pages::find(std::string_view path) const {
  path.remove_prefix(1);
  auto found = files_.find(path.empty() ? "index.html" : path);
  if (found == files_.end()) {
    const std::string_view page = path.substr(0, path.find('/'));
    if (page != "index") found = files_.find(std::string(page) + ".html");
  }
  return found == files_.end() ? nullptr : &found->second;
}

Response Pages::answer(const Request& request) const {
  const File* file = find(request.path);
  if (!file) return text_response(404, "not found\n");
  if (request.method != "GET") return method_not_allowed("GET, HEAD");
  Response response;
  response.content_type = file->type;
  response.body = file->content;
  response.headers = {{"Cache-Control", file->immutable ? "public, max-age=31536000, immutable" : "no-cache"},
                      {"Content-Security-Policy", std::string(policy)},
                      {"Referrer-Policy", "no-referrer"},
                      {"Cross-Origin-Opener-Policy", "same-origin"},
                      {"Cross-Origin-Resource-Policy", "same-origin"}};
  return response;
}

}  // namespace folkmoot::server
