// Files that hold one canonical JSON text.
#pragma once

#include "base/json.hpp"
#include "service/files.hpp"

namespace folkmoot::service {

// Reads the file with `read(Value) → Result<T>`; refuses what is not canonical, but for one line end after it. Errors
// name the file.
template <class Read>
auto read_as(const fs::path& path, Read read) -> std::invoke_result_t<Read, json::Value> {
  const std::string content = TRY(read_file(path));
  std::string_view text = content;
  if (text.ends_with('\n')) text.remove_suffix(1);
  return in(path.string(), json::read_canonical(text, read));
}

}  // namespace folkmoot::service
