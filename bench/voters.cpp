// Voters by the hundred thousand, for elections that are made to be measured (bench/election.sh): their credentials,
// and their ballots, from a seed. The same seed gives the same. Their keys are drawn, not derived from credentials that
// somebody could type, which takes 1,000 rounds of PBKDF2 each and belongs to the voters' own devices.
//
//   bench_voters credentials GROUP VOTERS [SEED]    the public credentials, as the registrar publishes them
//   bench_voters ballots RECORD VOTERS [SEED]       a ballot of each voter for the record's election, one a line
#include <sodium.h>

#include <numeric>

#include "measure.hpp"
#include "secret/voter.hpp"
#include "secret/work.hpp"
#include "service/opened.hpp"

namespace folkmoot::bench {
namespace {

using group::PrimeGroup;
using secret::SecretScalar;

// So many ballots are made at a time.
constexpr std::size_t chunk = 1024;

// ChaCha20's stream for one purpose of one voter.
class SeededRandom final : public secret::Random {
 public:
  SeededRandom(std::string_view seed, std::string_view purpose, std::size_t voter)
      : key_(sha256(fmt::format("{}|{}|{}", purpose, voter, seed))) {}
  void fill(std::span<std::uint8_t> out) override {
    std::array<std::uint8_t, crypto_stream_chacha20_NONCEBYTES> nonce{};
    const std::uint64_t number = ++fills_;
    std::memcpy(nonce.data(), &number, sizeof number);
    crypto_stream_chacha20(out.data(), out.size(), nonce.data(), key_.data());
  }

 private:
  Digest key_;
  std::uint64_t fills_ = 0;
};

template <PrimeGroup G>
SecretScalar<G> key_of(std::string_view seed, std::size_t voter) {
  SeededRandom random(seed, "credential", voter);
  return SecretScalar<G>::random(random);
}

template <PrimeGroup G>
Status print_credentials(std::size_t voters, std::string_view seed) {
  std::vector<std::pair<std::string, typename G::Element>> keys(voters);
  secret::parallel_for(voters, {}, [&](std::size_t i) {
    const auto key = secret::power_of_g(key_of<G>(seed, i)).reveal();
    keys[i] = {key.text(), key};
  });
  std::ranges::sort(keys, {}, [](const auto& key) -> const std::string& { return key.first; });
  election::PublicCredentials<G> credentials;
  for (const auto& [text, key] : keys) credentials.credentials.push_back({key, 1});
  fmt::print("{}", json::to_text(credentials));
  return {};
}

// Any ranking of all candidates; one of the answers, a blank vote being one of them.
std::vector<std::int64_t> vote(const election::Question& question, secret::Random& random) {
  if (const auto* ranking = std::get_if<election::NonHomomorphicQuestion>(&question.kind)) {
    std::vector<std::int64_t> ranks(ranking->answers.size());
    std::iota(ranks.begin(), ranks.end(), 1);
    for (std::size_t i = ranks.size(); i > 1; --i) std::swap(ranks[i - 1], ranks[random.below(i)]);
    return ranks;
  }
  std::vector<std::int64_t> choices(question.ciphertexts());
  choices[random.below(choices.size())] = 1;
  return choices;
}

template <PrimeGroup G>
Status print_ballots(const service::Opened<G>& opened, std::size_t voters, std::string_view seed) {
  const auto& election = opened.setup.election;
  const secret::Booth<G> booth(election, opened.setup.fingerprint);
  for (std::size_t first = 0; first < voters; first += chunk) {
    std::vector<std::string> texts(std::min(chunk, voters - first));
    secret::parallel_for(texts.size(), {}, [&](std::size_t i) {
      SeededRandom random(seed, "ballot", first + i);
      std::vector<election::PlainAnswer> answers;
      for (const auto& question : election.questions) answers.emplace_back(vote(question, random));
      texts[i] = json::to_text(need(booth.make_ballot(key_of<G>(seed, first + i), answers, random)));
    });
    for (const std::string& text : texts) fmt::print("{}\n", text);
  }
  return {};
}

Status run(std::string_view what, const std::string& where, std::size_t voters, std::string_view seed) {
  if (what == "credentials") {
    return group::with_group(where, [&]<PrimeGroup G>() { return print_credentials<G>(voters, seed); });
  }
  if (what != "ballots") return fail("credentials or ballots, not \"{}\"", what);
  return service::with_record(
      where, [&]<PrimeGroup G>(service::Opened<G>& opened) -> Status { return print_ballots(opened, voters, seed); });
}

}  // namespace
}  // namespace folkmoot::bench

int main(int argc, char** argv) {
  if (argc < 4) {
    fmt::print(stderr, "bench_voters credentials GROUP VOTERS [SEED]\nbench_voters ballots RECORD VOTERS [SEED]\n");
    return 1;
  }
  folkmoot::need(folkmoot::bench::run(argv[1], argv[2], std::strtoul(argv[3], nullptr, 10), argc > 4 ? argv[4] : "1"));
}
