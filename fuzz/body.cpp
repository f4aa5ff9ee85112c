// Any text as the body of a call that begins a key ceremony or makes an election (POST /api/v1/ceremonies,
// /api/v1/elections): reading ends without a crash, and gives nothing but what the call was told it may be.
#include <cstdlib>

#include "server/body.hpp"
#include "service/ballot_paper.hpp"

namespace {

using namespace folkmoot;
using server::Body;

void expect_line(const std::string& text) {
  if (text.size() > 4096 || std::ranges::any_of(text, [](unsigned char c) { return c < 0x20; })) std::abort();
}

void read_ceremony(const server::Request& request) {
  (void)server::read_body(request, {"group", "trustees", "threshold"}, [](const Body& body) -> Status {
    const std::string group = TRY(body.string("group"));
    const std::int64_t trustees = TRY(body.integer("trustees", 1, 100));
    const std::int64_t threshold = TRY(body.integer("threshold", 1, trustees));
    expect_line(group);
    if (trustees < 1 || trustees > 100 || threshold < 1 || threshold > trustees) std::abort();
    return {};
  });
}

void read_election(const server::Request& request) {
  const auto texts = [](json::Value value) { return json::read_array(value, json::read_string); };
  (void)server::read_body(request, {"election", "paper", "ceremony", "credentials"}, [&](const Body& body) -> Status {
    const std::string election = TRY(body.string("election"));
    const json::Value paper = TRY(body.value("paper"));
    const std::string text = TRY(paper.text());
    const auto read = TRY(service::read_ballot_paper(text));
    const json::Value credentials = TRY(body.value("credentials"));
    TRY(texts(credentials));
    expect_line(election);
    expect_line(TRY(body.string("ceremony")));
    const std::string written = json::to_text(read);
    if (!service::read_ballot_paper(written)) std::abort();
    return {};
  });
}

}  // namespace

// The first byte says which.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const std::string text(reinterpret_cast<const char*>(data + 1), size - 1);
  const server::Request request{"POST", "/", text, "", {{"content-type", "application/json"}}, ""};
  data[0] % 2 == 0 ? read_ceremony(request) : read_election(request);
  return 0;
}
