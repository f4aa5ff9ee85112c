// Any text as a ballot of an election with each kind of question, in each group: reading never crashes, what is
// accepted is written back to the same bytes, and both ways to its hash agree.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "election/ballot.hpp"
#include "group/all.hpp"

namespace {

using namespace folkmoot;
using namespace folkmoot::election;

// Stops the fuzzer with what is wrong, whether or not assertions are compiled in.
void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

const std::vector<Question>& questions_of(std::uint8_t choice) {
  static const Question choose{HomomorphicQuestion{{"A", "B"}, {}, 0, 1, "Q"}, {}};
  static const Question blank{HomomorphicQuestion{{"A"}, true, 1, 1, "Q"}, {}};
  static const Question rank{NonHomomorphicQuestion{{"A", "B"}, "Q"}, {}};
  static const Question lists{ListsQuestion{{{"L", "A"}, {"M", "B"}}, "Q"}, {}};
  static const std::vector<std::vector<Question>> papers{{}, {choose}, {blank}, {rank}, {lists}, {rank, blank}};
  return papers[choice % papers.size()];
}

template <PrimeGroup G>
void check(const std::vector<Question>& questions, std::string_view text) {
  const auto document = json::Document::parse(text);
  if (!document) return;
  const auto ballot = read_ballot<G>(questions, document->root());
  if (!ballot) return;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    require(check_shape(questions[i], ballot->answers[i]).has_value(), "a ballot of the wrong shape was read");
  }
  // What was read has one text, whatever the text it was read from: that of read_canonical's comparison.
  const std::string written = json::to_text(*ballot);
  const auto again = json::read_canonical(written, [&](json::Value v) { return read_ballot<G>(questions, v); });
  require(again.has_value(), "what was written cannot be read");
  require(json::to_text(*again) == written, "what was written is not written the same again");
  require(signed_hash(*ballot) == signed_hash(written), "the hash of the structure is not that of its text");
}

}  // namespace

// The first byte chooses the questions and the group.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto& questions = questions_of(data[0] & 15);
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  switch (data[0] >> 4 & 3) {
    case 0:
      check<group::Belenios2048>(questions, text);
      break;
    case 1:
      check<group::Rfc3526>(questions, text);
      break;
    default:
      check<group::Ed25519>(questions, text);
  }
  return 0;
}
