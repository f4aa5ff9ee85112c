// An original record's setup, read: what most tests of this folder begin with.
#pragma once

#include "election/accumulator.hpp"
#include "election/ballot.hpp"
#include "election/credentials.hpp"
#include "election/decryption.hpp"
#include "election/shuffles.hpp"
#include "election/trustees.hpp"
#include "group/all.hpp"
#include "support/original_record.hpp"

namespace folkmoot::election::test {

using namespace folkmoot::test;

// What read_canonical makes of a text; a failed expectation with its message where it refuses.
template <class Read>
auto read(const std::string& text, Read reader) {
  auto result = json::read_canonical(text, reader);
  EXPECT_TRUE(result) << (result ? "" : result.error().message);
  return std::move(result).value();
}

template <PrimeGroup G>
struct Opened {
  explicit Opened(const OriginalRecord& record)
      : election(read(record.setup("election"), read_election<G>)),
        fingerprint(election::fingerprint(record.setup("election"))),
        trustees(read(record.setup("trustees"), read_trustees<G>)),
        credentials(read(record.setup("credentials"), read_public_credentials<G>)),
        public_key(election.public_key) {}

  [[nodiscard]] Ballot<G> ballot(const std::string& text) const {
    return read(text, [&](json::Value value) { return read_ballot<G>(election.questions, value); });
  }

  Election<G> election;
  std::string fingerprint;
  Trustees<G> trustees;
  PublicCredentials<G> credentials;
  typename G::FixedBase public_key;
};

// Calls `action.operator()<G>()` for the record's group.
template <class Action>
void with_record_group(const OriginalRecord& record, Action action) {
  const auto name = group_name(record.setup("election"));
  ASSERT_TRUE(name) << name.error().message;
  const Status known = group::with_group(*name, [&]<PrimeGroup G>() -> Status {
    action.template operator()<G>();
    return {};
  });
  ASSERT_TRUE(known) << known.error().message;
}

// A test for each original record, named after it.
class EachRecord : public testing::TestWithParam<std::string> {};

inline std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
}

}  // namespace folkmoot::election::test
