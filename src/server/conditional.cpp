#include "server/conditional.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "base/sha256.hpp"
#include "server/problem.hpp"

namespace folkmoot::server {
namespace {

// A number of any size; what is too large for us is larger than any file.
std::optional<std::uint64_t> read_number(std::string_view digits) {
  std::uint64_t number = 0;
  const auto [end, wrong] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (end != digits.data() + digits.size()) return std::nullopt;
  if (wrong == std::errc::result_out_of_range) return std::numeric_limits<std::uint64_t>::max();
  return wrong == std::errc() ? std::optional(number) : std::nullopt;
}

struct Range {
  std::uint64_t first = 0, size = 0;
};

// "bytes=0-499", "bytes=500-" or, the last so many, "bytes=-500", of a file of that length: what there is of it, which
// may be nothing. No value if it is none of these.
std::optional<Range> read_range(std::string_view text, std::uint64_t length) {
  constexpr std::string_view unit = "bytes=";
  const auto dash = text.find('-');
  if (!text.starts_with(unit) || dash == std::string_view::npos) return std::nullopt;
  const std::string_view begin = text.substr(unit.size(), dash - unit.size()), end = text.substr(dash + 1);
  const auto first = read_number(begin), last = read_number(end);
  if (begin.empty()) {
    if (!last) return std::nullopt;
    return Range{length - std::min(*last, length), std::min(*last, length)};
  }
  if (!first || !(last || end.empty()) || (last && *last < *first)) return std::nullopt;
  if (*first >= length) return Range{};
  return Range{*first, std::min(last.value_or(length), length - 1) - *first + 1};
}

Response no_such_range(std::uint64_t length) {
  Response response = problem(416, "no-such-range", "No such range", fmt::format("there are {} bytes", length));
  response.headers.emplace_back("Content-Range", fmt::format("bytes */{}", length));
  return response;
}

}  // namespace

Response conditional(const Request& request, Response whole, std::string_view tag) {
  if (whole.status != 200) return whole;
  whole.headers.emplace_back("ETag", tag);
  auto* file = std::get_if<FilePart>(&whole.body);
  if (file) whole.headers.emplace_back("Accept-Ranges", "bytes");
  // Between the quotes of two tags in a list stands nothing that could be one of ours.
  const std::string_view known = request.header("if-none-match");
  if (known == "*" || known.find(tag) != std::string_view::npos) {
    whole.status = 304;
    whole.body = std::string();
    return whole;
  }
  const std::string_view if_range = request.header("if-range");
  if (!file || !(if_range.empty() || if_range == tag)) return whole;
  const std::uint64_t length = file->size;
  const auto range = read_range(request.header("range"), length);
  if (!range) return whole;
  if (range->size == 0) return no_such_range(length);
  file->first += range->first;
  file->size = range->size;
  whole.status = 206;
  whole.headers.emplace_back("Content-Range",
                             fmt::format("bytes {}-{}/{}", range->first, range->first + range->size - 1, length));
  return whole;
}

Response conditional_by_time(const Request& request, Response whole) {
  const auto* file = std::get_if<FilePart>(&whole.body);
  struct stat status {};
  if (!file || ::fstat(file->file.get(), &status) != 0) return whole;
  const std::string tag =
      fmt::format("\"{:x}-{:x}-{:x}-{:x}\"", status.st_ino, file->size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
  return conditional(request, std::move(whole), tag);
}

std::string tag_of(std::string_view text) { return fmt::format("\"{}\"", sha256_hex(text).substr(0, 32)); }

Result<std::string> tag_by_end(const FilePart& file, std::size_t end) {
  std::string bytes(std::min<std::uint64_t>(end, file.size), '\0');
  const auto first = static_cast<off_t>(file.first + file.size - bytes.size());
  const ssize_t got = ::pread(file.file.get(), bytes.data(), bytes.size(), first);
  if (got != static_cast<ssize_t>(bytes.size())) return fail("the end of the file cannot be read");
  return tag_of(fmt::format("{} {}", file.size, bytes));
}

}  // namespace folkmoot::server
