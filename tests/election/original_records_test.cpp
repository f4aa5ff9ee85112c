// Everything in the records of the original tools is read, written back to the same bytes, and verified.
#include <set>

#include "election/claims.hpp"
#include "election/opened_record.hpp"

namespace folkmoot::election::test {
namespace {

// Reads and writes every text with `reader`; which ones were seen goes to `seen`.
template <class Read>
void expect_round_trip(const std::string& text, Read reader, std::set<std::string>& seen) {
  const auto result = json::read_canonical(text, reader);
  EXPECT_TRUE(result) << (result ? "" : result.error().message) << "\n" << text.substr(0, 200);
  seen.insert(sha256_hex(text));
}

class OriginalRecords : public EachRecord {};

TEST_P(OriginalRecords, everyFileIsWrittenBackToTheSameBytes) {
  ORIGINAL_RECORD(record, GetParam());
  with_record_group(record, [&]<PrimeGroup G>() {
    std::set<std::string> seen;
    const Opened<G> opened(record);
    for (const auto* field : {"election", "trustees", "credentials"}) seen.insert(sha256_hex(record.setup(field)));
    const auto read_ballot_here = [&](json::Value v) { return read_ballot<G>(opened.election.questions, v); };
    for (const auto& [type, payload] : record.events) {
      if (type == "Setup") expect_round_trip(payload, read_setup_data, seen);
      if (type == "Ballot") expect_round_trip(payload, read_ballot_here, seen);
      if (type == "EncryptedTally") {
        expect_round_trip(payload, read_sized_encrypted_tally, seen);
        expect_round_trip(record.follow(payload, "encrypted_tally"), read_encrypted_tally<G>, seen);
      }
      if (type == "Shuffle") {
        expect_round_trip(payload, read_owned, seen);
        expect_round_trip(record.follow(payload, "payload"), read_shuffle<G>, seen);
      }
      if (type == "PartialDecryption") {
        expect_round_trip(payload, read_owned, seen);
        expect_round_trip(record.follow(payload, "payload"), read_partial_decryption<G>, seen);
      }
      if (type == "Result") expect_round_trip(payload, read_election_result, seen);
    }
    EXPECT_EQ(seen.size(), record.data.size()) << "a data file that no event leads to";
  });
}

TEST_P(OriginalRecords, theSetupVerifies) {
  ORIGINAL_RECORD(record, GetParam());
  const bool lacks_signatures = GetParam() == "v1-by-2.0-threshold3of5-belenios2048";
  with_record_group(record, [&]<PrimeGroup G>() {
    const Opened<G> opened(record);
    EXPECT_THAT(check_election(opened.election), testing::IsEmpty());
    EXPECT_TRUE(combined_key(opened.trustees).value() == opened.election.public_key);
    const auto messages = check_trustees(opened.trustees);
    if (lacks_signatures) {
      EXPECT_THAT(messages,
                  testing::ElementsAre("item 2: the threshold keys lack the signatures that the specification "
                                       "requires since versions 2.5.1 and 3.0"));
    } else {
      EXPECT_THAT(messages, testing::IsEmpty());
    }
  });
}

// In one batch, as a verifier of many ballots does; returns how many have failures.
template <PrimeGroup G>
std::size_t failing_ballots(const Opened<G>& opened, const std::vector<std::string>& texts) {
  Batch<G> batch(opened.public_key);
  std::vector<Ballot<G>> ballots;
  for (const std::string& text : texts) ballots.push_back(opened.ballot(text));
  std::vector<BallotClaims<G>> claims;
  for (std::size_t i = 0; i < ballots.size(); ++i) {
    claims.emplace_back(batch, opened.election, opened.fingerprint, ballots[i], texts[i]);
  }
  batch.run();
  std::size_t failing = 0;
  for (const auto& ballot : claims) {
    const auto failures = ballot.failures(batch);
    if (failures.empty()) continue;
    EXPECT_THAT(failures, testing::ElementsAre(testing::Field(&BallotFailure::message, "answers[0]: proof: wrong")));
    ++failing;
  }
  return failing;
}

TEST_P(OriginalRecords, everyBallotVerifiesButTheBadOne) {
  ORIGINAL_RECORD(record, GetParam());
  with_record_group(record, [&]<PrimeGroup G>() {
    const Opened<G> opened(record);
    const std::size_t bad = GetParam() == "v1-bad-one-ballot-proof-ed25519" ? 1 : 0;
    EXPECT_EQ(failing_ballots(opened, record.payloads("Ballot")), bad);
  });
}

TEST_P(OriginalRecords, theTallyIsThatOfTheLastBallots) {
  ORIGINAL_RECORD(record, GetParam());
  with_record_group(record, [&]<PrimeGroup G>() {
    const Opened<G> opened(record);
    std::map<std::string, std::uint64_t> weights;
    for (const auto& credential : opened.credentials.credentials) weights[credential.key.text()] = credential.weight;
    std::map<std::string, Ballot<G>> last;
    Accumulator<G> accumulator(opened.election);
    for (const std::string& text : record.payloads("Ballot")) {
      const auto ballot = opened.ballot(text);
      const std::string credential = ballot.credential.text();
      ASSERT_TRUE(weights.contains(credential));
      if (last.contains(credential)) accumulator.remove(last[credential], weights[credential]);
      ASSERT_TRUE(accumulator.add(ballot, weights[credential]));
      last[credential] = ballot;
    }
    const std::string payload = record.payloads("EncryptedTally").at(0);
    const auto sized = read(payload, read_sized_encrypted_tally);
    EXPECT_EQ(accumulator.ballots(), sized.num_tallied);
    EXPECT_EQ(accumulator.total_weight(), sized.total_weight);
    EXPECT_TRUE(check_shape(opened.election, accumulator.tally(), sized.num_tallied));
    EXPECT_EQ(sha256_hex(json::to_text(accumulator.tally())), sized.encrypted_tally);
  });
}

// The tally after all shuffles, each of which is checked.
template <PrimeGroup G>
EncryptedTally<G> shuffled_tally(const OriginalRecord& record, const Opened<G>& opened) {
  auto tally = read(record.follow(record.payloads("EncryptedTally").at(0), "encrypted_tally"), read_encrypted_tally<G>);
  for (const std::string& payload : record.payloads("Shuffle")) {
    const auto shuffle = read(record.follow(payload, "payload"), read_shuffle<G>);
    EXPECT_THAT(check_shuffle<G>(opened.fingerprint, opened.public_key,
                                 nonhomomorphic_ciphertexts(opened.election, tally), shuffle),
                testing::IsEmpty());
    tally = merge_shuffled(opened.election, std::move(tally), shuffle.ciphertexts).value();
  }
  return tally;
}

TEST_P(OriginalRecords, shufflesDecryptionsAndResultVerify) {
  ORIGINAL_RECORD(record, GetParam());
  with_record_group(record, [&]<PrimeGroup G>() {
    const Opened<G> opened(record);
    const auto tally = shuffled_tally(record, opened);
    const auto keys = opened.trustees.verification_keys();

    std::vector<std::unique_ptr<PartialDecryption<G>>> decryptions;
    std::vector<OwnedDecryption<G>> owned;
    for (const std::string& payload : record.payloads("PartialDecryption")) {
      const std::int64_t owner = read(payload, read_owned).owner;
      ASSERT_LE(static_cast<std::size_t>(owner), keys.size());
      decryptions.push_back(
          std::make_unique<PartialDecryption<G>>(read(record.follow(payload, "payload"), read_partial_decryption<G>)));
      owned.push_back({owner, decryptions.back().get()});
      const typename G::FixedBase key(keys[static_cast<std::size_t>(owner - 1)]);
      EXPECT_THAT(check_partial_decryption(opened.fingerprint, key, tally, *decryptions.back()), testing::IsEmpty());
    }
    const auto combination = Combination<G>::make(opened.trustees, owned).value();
    const auto result = read(record.payloads("Result").at(0), read_election_result);
    EXPECT_THAT(check_result(opened.election, tally, combination, result), testing::IsEmpty());

    const auto sized = read(record.payloads("EncryptedTally").at(0), read_sized_encrypted_tally);
    const auto computed = decrypt_result(opened.election, tally, combination, sized.total_weight);
    ASSERT_TRUE(computed) << computed.error().message;
    EXPECT_EQ(json::to_text(*computed), record.payloads("Result").at(0));
  });
}

INSTANTIATE_TEST_SUITE_P(Each, OriginalRecords, testing::ValuesIn(original_record_names()), test_name);

}  // namespace
}  // namespace folkmoot::election::test
