// Any text as a supplement, or as an opened ballot, in each group: reading never crashes, and what is accepted is
// written back to the same bytes.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "group/all.hpp"
#include "strict/opened.hpp"
#include "strict/supplement.hpp"

namespace {

using namespace folkmoot;

template <class Read>
void check(std::string_view text, Read read) {
  const auto document = json::Document::parse(text);
  if (!document) return;
  const auto value = read(document->root());
  if (!value) return;
  const std::string written = json::to_text(*value);
  if (!json::read_canonical(written, read)) {
    std::fprintf(stderr, "what was written cannot be read\n");
    std::abort();
  }
}

template <group::PrimeGroup G>
void check_group(bool opened, std::string_view text) {
  using namespace election;
  static const std::vector<Question> questions{{HomomorphicQuestion{{"A", "B"}, true, 0, 1, "Q"}, {}},
                                               {NonHomomorphicQuestion{{"A", "B"}, "Q"}, {}}};
  if (opened) {
    check(text, [](json::Value value) { return strict::read_opened_ballot<G>(questions, value); });
    return;
  }
  check(text, strict::read_supplement<G>);
  if (const auto supplement = json::read_canonical(text, strict::read_supplement<G>)) {
    (void)strict::head_hash(*supplement);
    (void)strict::check_spoiled(supplement->spoiled);
  }
}

}  // namespace

// The first byte chooses the group and what is read.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const bool opened = (data[0] & 4) != 0;
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  switch (data[0] & 3) {
    case 0:
      check_group<folkmoot::group::Belenios2048>(opened, text);
      break;
    case 1:
      check_group<folkmoot::group::Rfc3526>(opened, text);
      break;
    default:
      check_group<folkmoot::group::Ed25519>(opened, text);
  }
  return 0;
}
