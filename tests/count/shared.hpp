// The shared collection of real ballot files with expected results (../shared/count, which not every machine has).
#pragma once

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "count/lots.hpp"

namespace folkmoot::count::test {

inline const std::string shared = FOLKMOOT_SOURCE_DIR "/../shared/count/";

inline std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline bool have_shared() { return std::ifstream(shared + "INDEX.tsv").good(); }

inline std::vector<std::string> split(const std::string& text, std::string_view separator) {
  std::vector<std::string> parts;
  std::size_t start = 0;
  for (std::size_t end = 0; (end = text.find(separator, start)) != std::string::npos; start = end + separator.size())
    parts.push_back(text.substr(start, end - start));
  parts.push_back(text.substr(start));
  return parts;
}

// Lots as most reference programs draw them: the first in order of nomination.
inline DrawLot first_lot() {
  return [](const LotQuestion&) -> Result<Lot> { return Lot{0, "the first in order"}; };
}

}  // namespace folkmoot::count::test

// Skips a test by name where the collection is missing.
#define NEED_SHARED() \
  if (!::folkmoot::count::test::have_shared()) GTEST_SKIP() << "needs ../shared/count/INDEX.tsv"
