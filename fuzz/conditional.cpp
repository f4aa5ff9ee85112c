// Any texts, a line each, as Range, If-Range, If-None-Match and Accept-Encoding of a request: what is answered is the
// whole file, a range that it has, or nothing; and what is wanted of a coding is a weight.
#include <fcntl.h>

#include <cstdlib>
#include <sstream>

#include "server/conditional.hpp"
#include "server/encoding.hpp"

using namespace folkmoot;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::uint64_t length = 1000;
  std::istringstream lines(std::string(reinterpret_cast<const char*>(data), size));
  server::Request request{"GET", "/elections/file.bel", "", "", {}};
  for (const char* name : {"range", "if-range", "if-none-match", "accept-encoding"}) {
    if (std::string line; std::getline(lines, line)) request.headers.emplace_back(name, line);
  }
  server::Response whole;
  whole.body = server::FilePart{store::FileDescriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC)), 0, length};
  const server::Response response = server::conditional(request, std::move(whole), "\"tag-1\"");
  const auto* part = std::get_if<server::FilePart>(&response.body);
  switch (response.status) {
    case 200:
      if (part == nullptr || part->first != 0 || part->size != length) std::abort();
      break;
    case 206:
      if (part == nullptr || part->size == 0 || part->first > length || part->size > length - part->first) std::abort();
      break;
    case 304:
    case 416:
      if (part != nullptr && part->size != 0) std::abort();
      break;
    default:
      std::abort();
  }
  for (const char* coding : {"br", "gzip", "identity"}) {
    const int wanted = server::wanted_encoding(request.header("accept-encoding"), coding);
    if (wanted < 0 || wanted > 1000) std::abort();
  }
  return 0;
}
