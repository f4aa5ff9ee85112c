// The pages for browsers, as web/ builds them: read once, served from memory, under a policy that lets them load
// nothing from anywhere else (W3C Content Security Policy Level 3).
#pragma once

#include <filesystem>
#include <map>

#include "server/http.hpp"

namespace folkmoot::server {

class Pages {
 public:
  // Reads every file of the folder and its folders. Fails if there is none, or one cannot be read.
  static Result<Pages> open(const std::filesystem::path& folder);

  // A path that is a file's gives that file; "/vote/…" gives vote.html whatever follows, which is for the page to read
  // (so for each page but index.html, which is "/"). A path that is none of them: 404.
  [[nodiscard]] Response answer(const Request& request) const;

 private:
  struct File {
    std::string content, type;
    bool immutable = false;  // its name has a hash of its content
  };
  [[nodiscard]] const File* find(std::string_view path) const;

  std::map<std::string, File, std::less<>> files_;  // by their path from the folder
};

}  // namespace folkmoot::server
