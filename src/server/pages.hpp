// The pages for browsers, as web/ builds them: read once, served from memory, compressed if the browser takes it, under
// a policy that lets them load nothing from anywhere else (W3C Content Security Policy Level 3).
#pragma once

#include <filesystem>
#include <map>

#include "server/http.hpp"

namespace folkmoot::server {

class Pages {
 public:
  // Reads every file of the folder and its folders. FILE.br and FILE.gz beside a FILE are it, compressed, and no files
  // of their own. Fails if there is none, or one cannot be read.
  static Result<Pages> open(const std::filesystem::path& folder);

  // A path that is a file's gives that file; "/vote/…" gives vote.html whatever follows, which is for the page to read
  // (so for each page but index.html, which is "/"). A path that is none of them: 404.
  [[nodiscard]] Response answer(const Request& request) const;

 private:
  struct Content {
    std::string coding;  // "" for the file itself
    std::string bytes, tag;
  };
  struct File {
    std::string type;
    bool immutable = false;         // its name has a hash of its content
    std::vector<Content> contents;  // itself, then compressed, the better the earlier
  };
  void attach_compressed();
  [[nodiscard]] const File* find(std::string_view path) const;
  // What of the file to send to who accepts those codings.
  static const Content& choose(const File& file, std::string_view accepted);

  std::map<std::string, File, std::less<>> files_;  // by their path from the folder
};

}  // namespace folkmoot::server
