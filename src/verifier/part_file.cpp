#include "verifier/part_file.hpp"

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "store/file_source.hpp"
#include "verifier/place.hpp"

namespace folkmoot::verifier {
namespace {

namespace fs = std::filesystem;

// The ciphertexts of ten million rankings.
constexpr std::size_t largest_part = std::size_t{2} << 30;

Result<std::uint64_t> read_number(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return fail("\"{}\" is no number", text);
  return number;
}

Result<std::uint64_t> from_environment(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr) return fail("{} is not set: this process was not started by Open MPI's mpirun", name);
  return in(name, read_number(value));
}

Result<record::Share> share_of(std::uint64_t number, std::uint64_t of) {
  if (of < 1 || of > record::Share::most) return fail("1 to {} parts, not {}", record::Share::most, of);
  if (number < 1 || number > of) return fail("parts count from 1 to {}: there is no part {}", of, number);
  return record::Share{number - 1, of};
}

}  // namespace

Result<record::Share> read_share(const std::string& text) {
  if (text == "mpi") {
    const std::uint64_t rank = TRY(from_environment("OMPI_COMM_WORLD_RANK"));
    const std::uint64_t size = TRY(from_environment("OMPI_COMM_WORLD_SIZE"));
    return share_of(rank + 1, size);
  }
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) return fail("\"{}\" is not of the form 2/5", text);
  const std::uint64_t number = TRY(read_number(std::string_view(text).substr(0, slash)));
  const std::uint64_t of = TRY(read_number(std::string_view(text).substr(slash + 1)));
  return share_of(number, of);
}

Result<bool> is_part(const std::string& path) {
  const auto file = TRY(store::FileSource::open(path));
  char first = '\0';
  if (file.size() > 0) TRY(file.read(0, std::span(&first, 1)));
  return first == '{';
}

Result<record::Part> read_part(const std::string& path) {
  std::string text = TRY(read_file(path, largest_part));
  if (text.ends_with('\n')) text.pop_back();
  return in(path, json::read_canonical(text, record::read_part));
}

Status write_part(const record::Part& part, const std::string& path, std::ostream& out) {
  const std::string text = json::to_text(part);
  if (path.empty()) {
    out << text << '\n';
    return {};
  }
  const fs::path unfinished = path + ".unfinished";
  std::ofstream file(unfinished, std::ios::binary);
  file << text << '\n';
  file.close();
  if (!file) return fail("{}: cannot write", unfinished.string());
  std::error_code error;
  fs::rename(unfinished, path, error);
  if (error) return fail("{}: {}", path, error.message());
  return {};
}

}  // namespace folkmoot::verifier
