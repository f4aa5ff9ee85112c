// Any single bit of any record flipped: never valid, never a crash.
#include <gtest/gtest.h>

#include <iostream>
#include <random>

#include "record/verify.hpp"
#include "tamper/support.hpp"
#include "tamper/thorough.hpp"

namespace folkmoot::tamper {
namespace {

using record::MemorySource;
using record::Verdict;

constexpr std::uint64_t seed = 20'190'112;

Verdict verdict(const std::string& bytes) {
  record::VerifyOptions options;
  options.threads = 1;
  options.stop_early = true;
  return record::verify(MemorySource(bytes), options).verdict();
}

std::string record_of(Kind kind) { return sample(kind).record; }

// Every byte of a record is hashed, or follows from what is: there is nothing that a flip could leave good.
TEST(FlippedBit, AnywhereInARecordIsFound) {
  std::cout << "seed " << seed << '\n';
  std::mt19937_64 random(seed);
  for (const Kind kind : {Kind::choice, Kind::weighted, Kind::lists, Kind::ranking, Kind::threshold}) {
    std::string bytes = record_of(kind);
    std::uniform_int_distribution<std::size_t> any_bit(0, 8 * bytes.size() - 1);
    for (int trial = 0; trial < trials(5000); ++trial) {
      const std::size_t bit = any_bit(random);
      flip(bytes, bit);
      ASSERT_EQ(verdict(bytes), Verdict::invalid) << name(kind) << ": bit " << bit;
      flip(bytes, bit);
    }
    ASSERT_EQ(verdict(bytes), Verdict::valid);
  }
}

// The first two blocks of an entry of each kind, bit by bit: header, and the beginning of the content.
TEST(FlippedBit, InEveryFieldOfAHeaderIsFound) {
  std::string bytes = record_of(Kind::choice);
  const Sample& good = sample(Kind::choice);
  for (const std::size_t entry : {std::size_t{0}, Forgery(good).entry_of(EventType::ballot, 1),
                                  Forgery(good).entry_of(EventType::ballot, 1, 1)}) {
    for (std::size_t bit = 8 * entry; bit < 8 * (entry + 1024); bit += thorough ? 1 : 13) {
      flip(bytes, bit);
      ASSERT_EQ(verdict(bytes), Verdict::invalid) << "bit " << bit;
      flip(bytes, bit);
    }
  }
}

// A forger who mends all hashes and the chain. Only the list of credentials is left out: nothing in a version 1 record
// is bound to a credential that nobody votes with, so another element in its place is as good (docs/differences.md).
TEST(FlippedBit, WithEveryHashMendedIsFound) {
  std::cout << "seed " << seed << '\n';
  std::mt19937_64 random(seed);
  for (const Kind kind : {Kind::choice, Kind::weighted, Kind::lists, Kind::ranking, Kind::threshold}) {
    const Sample& good = sample(kind);
    for (int trial = 0; trial < trials(400); ++trial) {
      Forgery forgery(good);
      auto& step = forgery.steps[random() % forgery.steps.size()];
      if (step.data.empty()) continue;
      const std::size_t part = random() % step.data.size();
      if (step.type == EventType::setup && part == 2) continue;
      // A payload's references are mended too: what it says besides is its last part.
      const std::size_t bit = random() % (8 * step.data[part].size());
      flip(step.data[part], bit);
      try {
        if (forgery.bytes() == good.record) continue;  // the flip was in a reference, which has been mended
      } catch (const std::exception&) {
        continue;  // no JSON any more, so its references cannot be mended
      }
      EXPECT_EQ(verdict(forgery.bytes()), Verdict::invalid)
          << name(kind) << ": " << record::name(step.type) << " part " << part << " bit " << bit;
    }
  }
}

}  // namespace
}  // namespace folkmoot::tamper
