#include "server/pages.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "server/conditional.hpp"
#include "server/encoding.hpp"
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

// The better first.
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> codings{{{".br", "br"}, {".gz", "gzip"}}};

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
    std::string bytes = TRY(service::read_file(entry.path()));
    std::string tag = tag_of(bytes);
    const bool immutable = path.starts_with("assets/");  // as Vite names them
    File& file = pages.files_[path];
    file = {std::string(type_of(entry.path())), immutable, {}};
    file.contents.push_back({"", std::move(bytes), std::move(tag)});
  }
  if (error) return fail("{}: {}", folder.string(), error.message());
  if (pages.files_.empty()) return fail("{}: there are no pages", folder.string());
  pages.attach_compressed();
  return pages;
}

void Pages::attach_compressed() {
  for (const auto& [extension, coding] : codings) {
    for (auto file = files_.begin(); file != files_.end();) {
      const std::string_view path = file->first;
      const auto plain =
          path.ends_with(extension) ? files_.find(path.substr(0, path.size() - extension.size())) : files_.end();
      if (plain == files_.end()) {
        ++file;
        continue;
      }
      Content& content = plain->second.contents.emplace_back(std::move(file->second.contents.front()));
      content.coding = coding;
      file = files_.erase(file);
    }
  }
}

const Pages::Content& Pages::choose(const File& file, std::string_view accepted) {
  const Content* best = &file.contents.front();
  int most = std::max(wanted_encoding(accepted, "identity"), 1);
  for (const Content& content : std::span(file.contents).subspan(1)) {
    const int wanted = wanted_encoding(accepted, content.coding);
    if (wanted < most || (wanted == most && !best->coding.empty())) continue;
    best = &content;
    most = wanted;
  }
  return *best;
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
  const Content& content = choose(*file, request.header("accept-encoding"));
  response.content_type = file->type;
  response.body = content.bytes;
  response.headers = {{"Cache-Control", file->immutable ? "public, max-age=31536000, immutable" : "no-cache"},
                      {"Content-Security-Policy", std::string(policy)},
                      {"Referrer-Policy", "no-referrer"},
                      {"Cross-Origin-Opener-Policy", "same-origin"},
                      {"Cross-Origin-Resource-Policy", "same-origin"}};
  if (file->contents.size() > 1) response.headers.emplace_back("Vary", "Accept-Encoding");
  if (!content.coding.empty()) response.headers.emplace_back("Content-Encoding", content.coding);
  return conditional(request, std::move(response), content.tag);
}

}  // namespace folkmoot::server
