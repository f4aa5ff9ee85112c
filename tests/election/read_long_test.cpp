// Reading in pieces gives what reading as a whole gives, and says of wrong texts what that says.
#include "election/read_long.hpp"

#include <rapidcheck/gtest.h>

#include <thread>

#include "election/opened_record.hpp"

namespace folkmoot::election::test {
namespace {

const ForEach one_thread_each = [](std::size_t count, const std::function<void(std::size_t)>& step) {
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < count; ++i) threads.emplace_back([&step, i] { step(i); });
};

// The text of what is read, or the error.
template <class T>
std::string outcome(const Result<T>& result) {
  return result ? json::to_text(*result) : "error: " + result.error().message;
}

template <class ReadLong, class ReadWhole>
void expect_same(const std::string& text, ReadLong read_long, ReadWhole read_whole, std::size_t piece) {
  const std::string whole = outcome(json::read_canonical(text, read_whole));
  EXPECT_EQ(outcome(read_long(LongText::of(text), one_by_one, piece)), whole);
}

template <PrimeGroup G, class Visit>
void each_text(const OriginalRecord& record, Visit visit) {
  for (const auto& [type, payload] : record.events) {
    if (type == "EncryptedTally")
      visit(record.follow(payload, "encrypted_tally"), read_long_encrypted_tally<G>, read_encrypted_tally<G>);
    if (type == "Shuffle") visit(record.follow(payload, "payload"), read_long_shuffle<G>, read_shuffle<G>);
    if (type == "PartialDecryption")
      visit(record.follow(payload, "payload"), read_long_partial_decryption<G>, read_partial_decryption<G>);
  }
}

class ReadLong : public EachRecord {};

TEST_P(ReadLong, agreesWithReadingAsAWhole) {
  ORIGINAL_RECORD(record, GetParam());
  with_record_group(record, [&]<PrimeGroup G>() {
    each_text<G>(record, [](const std::string& text, auto read_long, auto read_whole) {
      for (const std::size_t piece : {std::size_t{1}, std::size_t{700}, usual_piece}) {
        expect_same(text, read_long, read_whole, piece);
      }
      EXPECT_EQ(outcome(read_long(LongText::of(text), one_thread_each, 5000)), text);
    });
  });
}

INSTANTIATE_TEST_SUITE_P(Each, ReadLong, testing::ValuesIn(original_record_names()), test_name);

// A byte changed, left out, or put in, where the text has its form and where its values are.
RC_GTEST_PROP(ReadLongChanged, saysWhatReadingAsAWholeSays, ()) {
  static const auto* record = original_record("v1-rank8-ed25519");
  if (record == nullptr) GTEST_SKIP() << "../shared/elections is not there";
  each_text<group::Ed25519>(*record, [](std::string text, auto read_long, auto read_whole) {
    const bool early = *rc::gen::arbitrary<bool>();
    const std::size_t at = *rc::gen::inRange<std::size_t>(0, early ? 40 : text.size());
    const char byte = *rc::gen::elementOf(std::string("\"\\,:[]{}0af "));
    const std::string before = text.substr(0, at);
    text = *rc::gen::element(before + byte + text.substr(at + 1), before + text.substr(at + 1),
                             before + byte + text.substr(at), before);
    RC_ASSERT(outcome(read_long(LongText::of(text), one_by_one, 300)) ==
              outcome(json::read_canonical(text, read_whole)));
  });
}

TEST(ReadLong, theCiphertextsOfAShuffle) {
  using G = group::Ed25519;
  ORIGINAL_RECORD(record, "v1-rank8-ed25519");
  const std::string& text = record.follow(record.payloads("Shuffle").at(0), "payload");
  const auto whole = json::read_canonical(text, read_shuffle<G>).value();
  EXPECT_TRUE(read_long_shuffled<G>(LongText::of(text), one_by_one, 100).value() == whole.ciphertexts);
  const std::string cut = text.substr(0, text.size() / 4);
  EXPECT_FALSE(read_long_shuffled<G>(LongText::of(cut), one_by_one));
}

TEST(ReadLong, aMediumThatFailsIsAnError) {
  const LongText text{1 << 22, [](std::uint64_t, std::span<char>) -> Status { return fail("the disk is gone"); }};
  const auto read = read_long_shuffle<group::Ed25519>(text, one_by_one);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().message, "the disk is gone");
}

}  // namespace
}  // namespace folkmoot::election::test
