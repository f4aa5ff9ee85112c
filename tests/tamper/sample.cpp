#include "tamper/sample.hpp"

#include <sodium.h>

#include <array>
#include <map>
#include <stdexcept>

#include "election/accumulator.hpp"
#include "election/decryption.hpp"
#include "election/shuffles.hpp"
#include "group/all.hpp"
#include "proof/decryption.hpp"
#include "record/append.hpp"
#include "record/archive.hpp"
#include "secret/credentials.hpp"
#include "secret/decrypt.hpp"
#include "secret/key_ceremony.hpp"
#include "secret/prove/knowledge.hpp"
#include "secret/prove/strict.hpp"
#include "secret/shuffle.hpp"
#include "secret/trustee.hpp"
#include "secret/voter.hpp"
#include "strict/acts.hpp"
#include "tamper/tree.hpp"

namespace folkmoot::tamper {
namespace {

using namespace election;
using group::PrimeGroup;
using record::EventType;
using secret::SecretScalar;

template <class T>
T value_of(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return *std::move(result);
}

class SeededRandom final : public secret::Random {
 public:
  explicit SeededRandom(std::uint8_t number) : seed_{number} {}
  void fill(std::span<std::uint8_t> out) override {
    randombytes_buf_deterministic(out.data(), out.size(), seed_.data());
    sodium_increment(seed_.data() + 1, seed_.size() - 1);
  }

 private:
  std::array<unsigned char, randombytes_SEEDBYTES> seed_;
};

const secret::Work one_thread{1, {}};

struct Paper {
  std::string_view questions;
  std::array<std::string_view, ballot_count> votes;  // of voters 0, 1, 2, 3 and 0 again
};

Paper paper(Kind kind) {
  switch (kind) {
    case Kind::choice:
      return {
          R"([{"answers":["Ada","Ben","Cyd"],"blank":true,"min":1,"max":2,"question":"Who?"},)"
          R"({"answers":["Yes","No"],"min":0,"max":1,"question":"Whether?"}])",
          {"[[0,1,0,0],[1,0]]", "[[1,0,0,0],[0,1]]", "[[0,1,1,0],[0,0]]", "[[0,0,0,1],[1,0]]", "[[0,0,1,1],[0,1]]"}};
    case Kind::weighted:
    case Kind::threshold:
      return {R"([{"answers":["Yes","No"],"min":1,"max":1,"question":"Whether?"}])",
              {"[[1,0]]", "[[1,0]]", "[[1,0]]", "[[1,0]]", "[[0,1]]"}};
    case Kind::lists:
      return {
          R"([{"type":"Lists","value":{"answers":[["Oak","Ada","Ben"],["Elm","Cyd"]],"question":"Which?"}}])",
          {"[[[1,1,0],[0,0]]]", "[[[0,0,0],[1,1]]]", "[[[1,1,1],[0,0]]]", "[[[1,0,1],[0,0]]]", "[[[0,0,0],[1,1]]]"}};
    case Kind::ranking:
      break;
  }
  return {R"([{"type":"NonHomomorphic","value":{"answers":["Ada","Ben","Cyd"],"question":"In which order?"}}])",
          {"[[1,2,3]]", "[[2,1,0]]", "[[3,2,1]]", "[[0,0,1]]", "[[1,3,2]]"}};
}

// Everybody of one election.
template <PrimeGroup G>
class World final : public Insider {
 public:
  World(Kind kind, std::uint8_t seed) : kind_(kind), random_(seed) {
    uuid_ = fmt::format("TamperSampLe{:02}", seed).substr(0, 14);
    for (char& digit : uuid_) {
      if (digit == '0') digit = 'z';  // no base58 digit
    }
    make_trustees();
    make_election();
    make_voters();
    booth_.emplace(election_, fingerprint_);
  }

  // Those ballots stand in the place of others.
  std::string record(const std::map<std::size_t, std::string>& others = {});
  // A supplement with nothing but a head.
  std::string head();

  std::string ballot(std::size_t voter, std::string_view votes) override { return ballot(keys_.at(voter), votes); }
  std::string foreign_ballot(std::string_view votes) override {
    return ballot(SecretScalar<G>::random(random_), votes);
  }

  std::string sign(std::string_view ballot, std::size_t voter) override {
    Tree tree = Tree::parse(ballot);
    tree.remove("signature");
    tree["credential"] = Tree::string(secret::power_of_g(keys_.at(voter)).reveal_text());
    const std::string hash = v1::text_hash(tree.text());
    const auto proof = secret::sign_ballot<G>(keys_[voter], hash, random_);
    tree["signature"] = Tree::parse(fmt::format(R"({{"hash":"{}","proof":{}}})", hash, json::to_text(proof)));
    return tree.text();
  }

  std::string shuffle(std::string_view ciphertexts) override {
    const auto document = json::Document::parse(ciphertexts).value();
    const auto read = [](json::Value value) { return json::read_array(value, proof::read_ciphertext<G>); };
    const auto questions = value_of(json::read_array(document.root(), read));
    return json::to_text(secret::shuffle<G>(questions, election_.public_key, fingerprint_, random_, one_thread));
  }

  std::string decrypt(std::size_t trustee, std::string_view tally) override {
    const auto read = value_of(json::read_canonical(tally, read_encrypted_tally<G>));
    const auto none = SecretScalar<G>::random(random_);
    const auto& key = trustee == 0 ? none : shares_.at(trustee - 1);
    return json::to_text(secret::decrypt<G>(read, key, fingerprint_, random_, one_thread));
  }

  std::string supplement(const std::string& record, std::string_view head) override;
  std::string sign_acts(const std::string& record, std::string_view supplement) override;
  std::string commit(std::size_t member, std::string_view coefexps) override;
  std::string reveal(std::size_t member, std::string_view commitments) override;
  std::string falsify(std::size_t trustee, std::string_view tally, std::string_view decryption, std::size_t question,
                      std::size_t ciphertext) override;
  std::string shuffled_tally(const std::string& record) override { return json::to_text(follow(record).tally); }
  std::string result(const std::string& record) override;
  std::string raw_ballot(std::size_t voter, Raw raw) override;
  std::string record_with(std::size_t place, std::string ballot) override {
    return record({{place, std::move(ballot)}});
  }

  std::string new_trustee() override { return json::to_text(secret::generate_key_pair<G>(random_).public_key); }

  [[nodiscard]] std::string generator() const override { return G::generator().text(); }
  [[nodiscard]] std::string identity() const override { return typename G::Element().text(); }
  [[nodiscard]] std::string multiply(std::string_view a, std::string_view b) const override {
    return (value_of(G::Element::decode(a)) * value_of(G::Element::decode(b))).text();
  }
  [[nodiscard]] std::string divide(std::string_view a, std::string_view b) const override {
    return (value_of(G::Element::decode(a)) / value_of(G::Element::decode(b))).text();
  }
  [[nodiscard]] std::string order() const override {
    // −1 is q − 1, which is even: its last digit can be raised.
    std::string text = (typename G::Scalar() - typename G::Scalar(1)).text();
    ++text.back();
    return text;
  }

 private:
  std::string ballot(const SecretScalar<G>& key, std::string_view votes) {
    const auto document = json::Document::parse(votes).value();
    const auto answers = value_of(read_plain_answers(document.root()));
    return json::to_text(value_of(booth_->make_ballot(key, answers, random_)));
  }

  void make_single_trustee() {
    auto pair = secret::generate_key_pair<G>(random_);
    trustees_.kinds.push_back(std::move(pair.public_key));
    shares_.push_back(std::move(pair.private_key));
  }
  void make_threshold_trustees(std::int64_t size, std::int64_t threshold);
  void make_trustees() {
    make_single_trustee();
    if (kind_ == Kind::threshold) {
      make_threshold_trustees(3, 2);
    } else {
      make_single_trustee();
      if (kind_ == Kind::ranking) make_single_trustee();
    }
  }

  void make_election() {
    const auto questions = json::Document::parse(paper(kind_).questions).value();
    election_.description = "Made to be tampered with.";
    election_.name = fmt::format("A sample: {}", name(kind_));
    election_.public_key = value_of(combined_key(trustees_));
    election_.questions = value_of(json::read_array(questions.root(), read_question));
    election_.uuid = uuid_;
    fingerprint_ = fingerprint(json::to_text(election_));
  }

  void make_voters() {
    std::vector<secret::Voter> voters;
    for (std::size_t i = 0; i < voter_count; ++i) {
      voters.push_back({fmt::format("voter{}", i + 1), kind_ == Kind::weighted ? i + 1 : 1});
    }
    auto batch = value_of(secret::make_credentials<G>(uuid_, voters, random_, one_thread));
    for (const auto& credential : batch.private_credentials) keys_.push_back(credential.template key<G>(uuid_));
    credentials_ = std::move(batch.public_credentials);
  }

  // What the acts of a record are about.
  struct Followed {
    std::string closing;
    EncryptedTally<G> tally;  // as last shuffled
    std::vector<Owned> shuffles;
    std::vector<std::pair<Owned, PartialDecryption<G>>> decryptions;
  };
  Followed follow(const std::string& record);
  strict::Supplement<G> read_supplement(std::string_view text) {
    return value_of(json::read_canonical(text, strict::read_supplement<G>));
  }
  // A trustee's key; somebody's, for a number that no trustee has.
  SecretScalar<G> share(std::int64_t owner) {
    const auto index = static_cast<std::size_t>(owner - 1);
    return index < shares_.size() ? shares_[index].duplicate() : SecretScalar<G>::random(random_);
  }
  void sign(strict::Supplement<G>& supplement, const std::string& closing) {
    const strict::Bond bond{supplement.fingerprint, closing, strict::head_hash(supplement)};
    for (auto& act : supplement.shuffles) {
      act.signature = secret::sign_strictly(share(act.owner), strict::signed_message(bond, act), random_);
    }
    for (auto& act : supplement.decryptions) {
      act.signature = secret::sign_strictly(share(act.owner), strict::signed_message(bond, act), random_);
    }
  }

  [[nodiscard]] std::uint64_t weight(std::size_t voter) const { return kind_ == Kind::weighted ? voter + 1 : 1; }

  Kind kind_;
  SeededRandom random_;
  std::string uuid_;
  Trustees<G> trustees_;
  std::vector<SecretScalar<G>> shares_;
  // Of the threshold group, if there is one.
  std::vector<secret::Seed> seeds_;
  secret::Certificates<G> certificates_;
  std::vector<KeyCeremony<G>> ceremonies_;
  Election<G> election_;
  std::string fingerprint_;
  std::vector<SecretScalar<G>> keys_;  // of the voters
  PublicCredentials<G> credentials_;
  std::optional<secret::Booth<G>> booth_;
};

// Pedersen's protocol, everybody in one room.
template <PrimeGroup G>
void World<G>::make_threshold_trustees(std::int64_t size, std::int64_t threshold) {
  std::vector<secret::Seed>& seeds = seeds_;
  secret::Certificates<G>& certificates = certificates_;
  for (std::int64_t index = 1; index <= size; ++index) {
    seeds.push_back(secret::Seed::generate(random_));
    const Context context{std::string(G::name), size, threshold, index};
    certificates.push_back(secret::make_certificate<G>(seeds.back(), context, random_));
  }
  std::vector<secret::Polynomial<G>> polynomials;
  for (const auto& seed : seeds)
    polynomials.push_back(value_of(secret::make_polynomial<G>(seed, certificates, random_)));
  KeyCeremony<G>& ceremony = ceremonies_.emplace_back();
  for (std::size_t i = 0; i < seeds.size(); ++i) {
    ceremony.commitments.push_back(secret::commit(seeds[i], certificates, i + 1, polynomials[i], random_));
  }
  for (std::size_t i = 0; i < seeds.size(); ++i) {
    ceremony.reveals.push_back(
        value_of(secret::sign_reveal(seeds[i], certificates, i + 1, ceremony.commitments, polynomials[i], random_)));
  }
  const auto vinputs = value_of(secret::make_vinputs(certificates, polynomials));
  std::vector<secret::Voutput<G>> voutputs;
  for (std::size_t i = 0; i < seeds.size(); ++i) {
    voutputs.push_back(value_of(secret::make_voutput<G>(seeds[i], certificates, vinputs[i], random_)));
    shares_.push_back(value_of(secret::decryption_key<G>(seeds[i], voutputs[i].private_key)));
  }
  trustees_.kinds.push_back(value_of(secret::make_threshold_parameters(certificates, polynomials, voutputs)));
}

template <PrimeGroup G>
std::string World<G>::head() {
  strict::Supplement<G> supplement;
  supplement.uuid = uuid_;
  supplement.fingerprint = fingerprint_;
  supplement.ceremonies = ceremonies_;
  supplement.spoiled.push_back(tracker(ballot(3, paper(kind_).votes[3])));
  return json::to_text(supplement);
}

template <PrimeGroup G>
typename World<G>::Followed World<G>::follow(const std::string& record) {
  const record::MemorySource source(record);
  auto reader = value_of(record::Reader::open(source));
  Followed followed;
  const auto content = [&](const record::Entry& entry) { return value_of(reader.content(entry)); };
  const auto owned = [&](const record::Step& step) {
    return value_of(json::read_canonical(content(step.payload()), read_owned));
  };
  while (const auto step = value_of(reader.next())) {
    switch (step->event.type) {
      case EventType::end_ballots:
        followed.closing = to_hex(step->entry.hash);
        break;
      case EventType::encrypted_tally:
        followed.tally = value_of(json::read_canonical(content(step->referred()), read_encrypted_tally<G>));
        break;
      case EventType::shuffle: {
        auto shuffle = value_of(json::read_canonical(content(step->referred()), read_shuffle<G>));
        followed.tally = value_of(merge_shuffled(election_, std::move(followed.tally), std::move(shuffle.ciphertexts)));
        followed.shuffles.push_back(owned(*step));
        break;
      }
      case EventType::partial_decryption:
        followed.decryptions.emplace_back(
            owned(*step), value_of(json::read_canonical(content(step->referred()), read_partial_decryption<G>)));
        break;
      default:
        break;
    }
  }
  return followed;
}

template <PrimeGroup G>
std::string World<G>::supplement(const std::string& record, std::string_view head) {
  const Followed followed = follow(record);
  strict::Supplement<G> supplement = read_supplement(head);
  supplement.shuffles.clear();
  supplement.decryptions.clear();
  for (const auto& [owner, payload] : followed.shuffles) supplement.shuffles.push_back({owner, payload, {}});
  for (const auto& [owned, decryption] : followed.decryptions) {
    const strict::Pairs<G> pairs(followed.tally, decryption);
    const auto secret = share(owned.owner);
    const auto key = secret::power_of_g(secret).reveal();
    const proof::strict::Composite<G> composite(fingerprint_, key, pairs.alphas, pairs.factors);
    supplement.decryptions.push_back(
        {owned.owner, owned.payload, secret::prove_composite(composite, secret, random_, one_thread), {}});
  }
  sign(supplement, followed.closing);
  return json::to_text(supplement);
}

template <PrimeGroup G>
std::string World<G>::sign_acts(const std::string& record, std::string_view text) {
  strict::Supplement<G> supplement = read_supplement(text);
  sign(supplement, follow(record).closing);
  return json::to_text(supplement);
}

template <PrimeGroup G>
std::string World<G>::commit(std::size_t member, std::string_view coefexps) {
  const std::string certs = certificates_hash(certificates_);
  KeyCommitment<G> made{key_commitment(certs, member, coefexps), {}};
  const secret::ChannelKeys<G> keys(seeds_.at(member - 1));
  made.signature = secret::sign_strictly(keys.signing, commitment_message(certs, member, made.commitment), random_);
  return json::to_text(made);
}

template <PrimeGroup G>
std::string World<G>::reveal(std::size_t member, std::string_view commitments) {
  const auto document = value_of(json::Document::parse(commitments));
  const auto all = value_of(json::read_array(document.root(), read_key_commitment<G>));
  const secret::ChannelKeys<G> keys(seeds_.at(member - 1));
  return json::to_text(
      secret::sign_strictly(keys.signing, reveal_message(certificates_hash(certificates_), member, all), random_));
}

// A = g^a and B = α^b are picked with a ≠ b, and the factor is what makes the proof's equations right.
template <PrimeGroup G>
std::string World<G>::falsify(std::size_t trustee, std::string_view tally, std::string_view decryption,
                              std::size_t question, std::size_t ciphertext) {
  using Scalar = typename G::Scalar;
  const auto ciphertexts = value_of(json::read_canonical(tally, read_encrypted_tally<G>));
  auto falsified = value_of(json::read_canonical(decryption, read_partial_decryption<G>));
  const Scalar x = shares_.at(trustee - 1).reveal();
  const auto alpha = ciphertexts.questions.at(question)[ciphertext].alpha;
  const Scalar a(12345), b(54321);
  const auto B = G::power_vartime(alpha, b);
  const Scalar c = proof::v1::decryption_challenge<G>(fingerprint_, G::power_vartime(G::generator(), x).text(),
                                                      G::power_vartime(G::generator(), a).text(), B.text());
  const Scalar response = a - x * c;
  falsified.factors[question][ciphertext] = G::power_vartime(B / G::power_vartime(alpha, response), c.inverse());
  falsified.proofs[question][ciphertext] = {c, response};
  return json::to_text(falsified);
}

template <PrimeGroup G>
std::string World<G>::result(const std::string& record) {
  const Followed followed = follow(record);
  std::vector<OwnedDecryption<G>> decryptions;
  for (const auto& [owned, decryption] : followed.decryptions) decryptions.push_back({owned.owner, &decryption});
  const auto combination = value_of(Combination<G>::make(trustees_, decryptions));
  return json::to_text(value_of(decrypt_result(election_, followed.tally, combination, voter_count)));
}

template <PrimeGroup G>
std::string World<G>::raw_ballot(std::size_t voter, Raw raw) {
  const std::array<std::uint8_t, 3> ints{1, 2, 3};
  auto message = value_of(G::of_ints(ints));
  if constexpr (std::is_same_v<G, group::Ed25519>) {
    if (raw != Raw::without_randomness) {
      auto bytes = message.bytes();
      if (raw == Raw::excess_bits) bytes[12] |= 0x10;  // bit 100: three numbers take the bits 14 to 37
      do {
        for (auto& byte : bytes) {
          if (++byte != 0) break;
        }
      } while (!G::Element::from_bytes(bytes));
      message = value_of(G::Element::from_bytes(bytes));
    }
  } else if (raw != Raw::without_randomness) {
    throw std::runtime_error("not made for this group");
  }
  const auto r = raw == Raw::without_randomness ? SecretScalar<G>() : SecretScalar<G>::random(random_);
  const auto credential = secret::power_of_g(keys_.at(voter)).reveal();
  const secret::Base<G> y(election_.public_key);
  const Ciphertext<G> ciphertext{secret::power_of_g(r).reveal(), y.power(r).reveal() * message};
  const auto proof = secret::prove_raw_encryption<G>(v1::ballot_prefix<G>(fingerprint_, credential),
                                                     election_.public_key.text(), ciphertext, r, random_);
  Ballot<G> ballot{uuid_, fingerprint_, credential, {NonHomomorphicAnswer<G>{ciphertext, proof}}, {}};
  ballot.signature.hash = signed_hash(ballot);
  ballot.signature.proof = secret::sign_ballot<G>(keys_[voter], ballot.signature.hash, random_);
  return json::to_text(ballot);
}

template <PrimeGroup G>
std::string World<G>::record(const std::map<std::size_t, std::string>& others) {
  const record::ArchiveHeader header{1'700'000'000};
  std::string bytes = record::header_entry(header);
  record::Chain chain;
  const auto append = [&](EventType type, std::vector<std::string> data) {
    value_of(record::append(bytes, chain, header, bytes.size(), {type, std::move(data)}));
  };
  const auto owned = [](std::size_t owner, const std::string& text) {
    return json::to_text(Owned{static_cast<std::int64_t>(owner), sha256_hex(text)});
  };

  const std::string election = json::to_text(election_);
  const std::string trustees = json::to_text(trustees_);
  const std::string credentials = json::to_text(credentials_);
  append(EventType::setup,
         {election, trustees, credentials,
          json::to_text(SetupData{sha256_hex(election), sha256_hex(trustees), sha256_hex(credentials)})});

  Accumulator<G> sum(election_);
  std::optional<Ballot<G>> first;
  for (std::size_t i = 0; i < ballot_count; ++i) {
    const std::size_t voter = i % (ballot_count - 1);
    const auto other = others.find(i);
    const std::string text = other != others.end() ? other->second : ballot(voter, paper(kind_).votes[i]);
    append(EventType::ballot, {text});
    const auto made = value_of(
        json::read_canonical(text, [&](json::Value value) { return read_ballot<G>(election_.questions, value); }));
    if (i == 0) first = made;
    if (i == ballot_count - 1) sum.remove(*first, weight(voter));
    if (const Status added = sum.add(made, weight(voter)); !added) throw std::runtime_error(added.error().message);
  }
  append(EventType::end_ballots, {});

  EncryptedTally<G> tally = sum.tally();
  const std::string tally_text = json::to_text(tally);
  append(EventType::encrypted_tally,
         {tally_text, json::to_text(SizedEncryptedTally{sum.ballots(), sum.total_weight(), sha256_hex(tally_text)})});
  if (election_.needs_shuffles()) {
    for (std::size_t owner = 1; owner <= shares_.size(); ++owner) {
      auto shuffled = secret::shuffle<G>(nonhomomorphic_ciphertexts(election_, tally), election_.public_key,
                                         fingerprint_, random_, one_thread);
      const std::string text = json::to_text(shuffled);
      append(EventType::shuffle, {text, owned(owner, text)});
      tally = value_of(merge_shuffled(election_, std::move(tally), std::move(shuffled.ciphertexts)));
    }
    append(EventType::end_shuffles, {});
  }

  std::map<std::int64_t, PartialDecryption<G>> decryptions;
  std::vector<OwnedDecryption<G>> owned_decryptions;
  for (std::size_t owner = 1; owner <= shares_.size(); ++owner) {
    if (kind_ == Kind::threshold && owner == 3) continue;
    auto& decryption = decryptions[static_cast<std::int64_t>(owner)];
    decryption = secret::decrypt<G>(tally, shares_[owner - 1], fingerprint_, random_, one_thread);
    const std::string text = json::to_text(decryption);
    append(EventType::partial_decryption, {text, owned(owner, text)});
    owned_decryptions.push_back({static_cast<std::int64_t>(owner), &decryption});
  }
  const auto combination = value_of(Combination<G>::make(trustees_, owned_decryptions));
  append(EventType::result,
         {json::to_text(value_of(decrypt_result(election_, tally, combination, sum.total_weight())))});
  return bytes;
}

std::unique_ptr<Sample> make(Kind kind, GroupId group, std::uint8_t seed) {
  const auto made = [&]<PrimeGroup G>() {
    auto world = std::make_unique<World<G>>(kind, seed);
    std::string bytes = world->record();
    std::string supplement = world->supplement(bytes, world->head());
    return std::make_unique<Sample>(Sample{kind, group, std::move(bytes), std::move(supplement), std::move(world)});
  };
  switch (group) {
    case GroupId::ed25519:
      return made.template operator()<group::Ed25519>();
    case GroupId::belenios2048:
      return made.template operator()<group::Belenios2048>();
    case GroupId::rfc3526:
      break;
  }
  return made.template operator()<group::Rfc3526>();
}

const Sample& find_or_make(Kind kind, GroupId group, std::uint8_t seed) {
  static std::map<std::tuple<Kind, GroupId, std::uint8_t>, std::unique_ptr<Sample>> samples;
  auto& sample = samples[{kind, group, seed}];
  if (!sample) sample = make(kind, group, seed);
  return *sample;
}

}  // namespace

std::string_view name(Kind kind) {
  constexpr std::array<std::string_view, 5> names{"choice", "weighted", "lists", "ranking", "threshold"};
  return names.at(static_cast<std::size_t>(kind));
}
std::string_view name(GroupId group) {
  constexpr std::array<std::string_view, 3> names{"Ed25519", "BELENIOS2048", "RFC3526"};
  return names.at(static_cast<std::size_t>(group));
}

const Sample& sample(Kind kind, GroupId group) { return find_or_make(kind, group, 1); }
const Sample& other_sample(Kind kind, GroupId group) { return find_or_make(kind, group, 2); }

}  // namespace folkmoot::tamper
