// A ledger's folder as a web site (c2sp.org/tlog-tiles).
#pragma once

#include <filesystem>

#include "server/http.hpp"

namespace folkmoot::server {

// The file of that name in that folder, which is for everybody, or in a folder of it ("tile/0/000"); 404 if there is
// none; its whole length as it is now. Links are not followed, nor does any name lead out of the folder. `cache`: the
// value of Cache-Control.
Response file_response(const std::filesystem::path& folder, std::string_view name, std::string_view content_type,
                       std::string_view cache);

// Serves `checkpoint`, the tiles and bundles of the log in that folder, and what is published beside it under its
// SHA-256 (`published/`), and nothing else of it: a path is served if it is spelt as one of theirs, so that none leads
// out of the folder, or to what is the log's own.
Handler log_files(std::filesystem::path folder);

}  // namespace folkmoot::server
