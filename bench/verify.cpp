// Verifying, from the text on: what an auditor's computer does for each ballot, each shuffled ciphertext and each
// decryption factor. One thread; FOLKMOOT_ED25519 chooses the backend. Hashing and parsing are in it, reading the file
// is not.
#include <fmt/format.h>

#include "election/claims.hpp"
#include "election/decryption.hpp"
#include "exponentiations.hpp"
#include "group/ahead.hpp"
#include "group/ed25519/backend.hpp"
#include "measure.hpp"
#include "proof/shuffle.hpp"
#include "secret/decrypt.hpp"
#include "secret/shuffle.hpp"
#include "secret/voter.hpp"

namespace folkmoot::bench {
namespace {

using election::PlainAnswer;
using election::Question;
using G = group::Ed25519;
using Secret = secret::SecretScalar<G>;

secret::Random& random() { return secret::Random::system(); }
G::Element any_element() { return secret::power_of_g(Secret::random(random())).reveal(); }

// Ballots with this answer, verified 512 at a time as a record's are.
void verify_ballots(benchmark::State& state, const Question& question, const PlainAnswer& answer, std::size_t of_g,
                    std::size_t of_others) {
  constexpr std::size_t count = 512;
  election::Election<G> election;
  election.uuid = "uTmyc3uinoeoKM";
  election.public_key = any_element();
  election.questions = {question};
  const std::string fingerprint = election::fingerprint(json::to_text(election));
  const secret::Booth<G> booth(election, fingerprint);
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < count; ++i)
    texts.push_back(json::to_text(need(booth.make_ballot(Secret::random(random()), {answer}, random()))));
  const G::FixedBase y(election.public_key);
  measure(state, count, exponentiation_cost<G>().of(count * of_g, count * of_others), [&] {
    group::Batch<G> batch(y);
    std::vector<election::Ballot<G>> ballots;
    std::vector<election::BallotClaims<G>> claims;
    ballots.reserve(count);
    const group::DecodeAhead<G> ahead({texts.begin(), texts.end()});
    for (const std::string& text : texts) {
      ballots.push_back(need(json::read_canonical(
          text, [&](json::Value value) { return election::read_ballot<G>(election.questions, value); })));
      claims.emplace_back(batch, election, fingerprint, ballots.back(), text);
    }
    batch.run();
    for (const auto& claim : claims)
      if (!claim.failures(batch).empty()) state.SkipWithError("a good ballot is refused");
  });
}

// Of each value that a ciphertext could have, a proof costs a power of g, or two if it is not 0, and three of others.
void ballot_of_choices(benchmark::State& state) {
  const auto answers = static_cast<std::size_t>(state.range(0));
  const auto max = static_cast<std::size_t>(state.range(1));
  const bool blank = state.range(2) != 0;
  const Question question{
      election::HomomorphicQuestion{std::vector<std::string>(answers, "Ada"), blank, 0, state.range(1), "Who?"}, {}};
  std::vector<std::int64_t> answer(answers + (blank ? 1 : 0));
  answer.back() = 1;
  const std::size_t values = 2 * answer.size() + max + 1 + (blank ? 3 : 0);
  const std::size_t not_0 = answer.size() + max + (blank ? 1 : 0);
  verify_ballots(state, question, answer, values + not_0 + 1, 3 * values + 1);
}
BENCHMARK(ballot_of_choices)
    ->ArgNames({"choices", "max", "blank"})
    ->Args({5, 1, 0})
    ->Args({5, 1, 1})
    ->Args({20, 9, 0})
    ->Unit(benchmark::kMillisecond);

void ballot_with_ranking(benchmark::State& state) {
  const Question question{election::NonHomomorphicQuestion{std::vector<std::string>(8, "Ada"), "In which order?"}, {}};
  verify_ballots(state, question, std::vector<std::int64_t>{1, 2, 3, 4, 5, 6, 7, 8}, 2, 2);
}
BENCHMARK(ballot_with_ranking)->Unit(benchmark::kMillisecond);

std::vector<proof::Ciphertext<G>> ciphertexts(std::size_t count) {
  std::vector<proof::Ciphertext<G>> result;
  for (std::size_t i = 0; i < count; ++i) result.push_back({any_element(), any_element()});
  return result;
}

// In t_3, t_4,1 and t_4,2 two powers each, in t̂ three.
void shuffle(benchmark::State& state) {
  const auto N = static_cast<std::size_t>(state.range(0));
  const G::FixedBase y(any_element());
  const std::vector<std::vector<proof::Ciphertext<G>>> before{ciphertexts(N)};
  const std::string text = json::to_text(secret::shuffle<G>(before, y.base(), "fingerprint", random(), {1, nullptr}));
  measure(state, N, exponentiation_cost<G>().of(N, 8 * N), [&] {
    const group::DecodeAhead<G> ahead({text});
    const auto shuffle = need(json::read_canonical(text, election::read_shuffle<G>));
    if (!proof::verify_shuffle<G>("fingerprint", y, before[0], shuffle.ciphertexts[0], shuffle.proofs[0]))
      state.SkipWithError("a good shuffle is refused");
  });
}
BENCHMARK(shuffle)->ArgName("ciphertexts")->Arg(4096)->Unit(benchmark::kMillisecond);

// g^response·X^challenge and α^response·factor^challenge.
void decryption(benchmark::State& state) {
  const auto N = static_cast<std::size_t>(state.range(0));
  const auto key = Secret::random(random());
  const G::FixedBase X(secret::power_of_g(key).reveal());
  election::EncryptedTally<G> tally;
  tally.questions.emplace_back().values = ciphertexts(N);
  const std::string text = json::to_text(secret::decrypt<G>(tally, key, "fingerprint", random(), {1, nullptr}));
  measure(state, N, exponentiation_cost<G>().of(N, 3 * N), [&] {
    const group::DecodeAhead<G> ahead({text});
    const auto decryption = need(json::read_canonical(text, election::read_partial_decryption<G>));
    if (!election::check_partial_decryption<G>("fingerprint", X, tally, decryption).empty())
      state.SkipWithError("a good decryption is refused");
  });
}
BENCHMARK(decryption)->ArgName("factors")->Arg(4096)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace folkmoot::bench

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  benchmark::AddCustomContext("backend", std::string(folkmoot::group::ed25519::backend().name));
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
