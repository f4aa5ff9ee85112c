// Making a ballot: what a voter's device does. One thread.
#include "exponentiations.hpp"
#include "secret/voter.hpp"

namespace folkmoot::bench {
namespace {

using election::PlainAnswer;
using election::Question;
using group::Belenios2048;
using group::Ed25519;
using group::Rfc3526;

std::vector<std::string> names(std::size_t count) { return std::vector<std::string>(count, "Ada"); }

template <group::PrimeGroup G>
void make_ballots(benchmark::State& state, const Question& question, const PlainAnswer& answer, std::size_t powers_of_g,
                  std::size_t powers_of_y) {
  secret::Random& random = secret::Random::system();
  election::Election<G> election;
  election.uuid = "uTmyc3uinoeoKM";
  election.public_key = secret::power_of_g(secret::SecretScalar<G>::random(random)).reveal();
  election.questions = {question};
  const secret::Booth<G> booth(election, election::fingerprint(json::to_text(election)));
  const auto key = secret::SecretScalar<G>::random(random);
  // Besides, one power of g for the credential and one to sign.
  measure(state, 1, exponentiation_cost<G>().of(powers_of_g + 2, powers_of_y),
          [&] { benchmark::DoNotOptimize(booth.make_ballot(key, {answer}, random)); });
}

// A choice costs a power each of g and of y for its ciphertext; of each value it could have, a proof costs two powers
// of g and one of y.
template <group::PrimeGroup G>
void choose(benchmark::State& state) {
  const auto answers = static_cast<std::size_t>(state.range(0));
  const auto max = static_cast<std::size_t>(state.range(1));
  const bool blank = state.range(2) != 0;
  const Question question{election::HomomorphicQuestion{names(answers), blank, 0, state.range(1), "Who?"}, {}};
  std::vector<std::int64_t> answer(answers + (blank ? 1 : 0));
  answer.back() = 1;
  const std::size_t values = 2 * answer.size() + max + 1 + (blank ? 3 : 0);
  make_ballots<G>(state, question, answer, answer.size() + 2 * values, answer.size() + values);
}

// The ciphertext costs a power each of g and y, the proof one of g.
template <group::PrimeGroup G>
void rank(benchmark::State& state) {
  const auto answers = static_cast<std::size_t>(state.range(0));
  const Question question{election::NonHomomorphicQuestion{names(answers), "In which order?"}, {}};
  std::vector<std::int64_t> answer(answers);
  for (std::size_t i = 0; i < answers; ++i) answer[i] = static_cast<std::int64_t>(i);
  make_ballots<G>(state, question, answer, 2, 1);
}

#define FOLKMOOT_CHOOSE(G)                    \
  BENCHMARK(choose<G>)                        \
      ->ArgNames({"answers", "max", "blank"}) \
      ->Args({5, 1, 0})                       \
      ->Args({5, 1, 1})                       \
      ->Args({20, 9, 0})                      \
      ->Unit(benchmark::kMillisecond);
FOLKMOOT_CHOOSE(Ed25519)
FOLKMOOT_CHOOSE(Belenios2048)
BENCHMARK(choose<Rfc3526>)->ArgNames({"answers", "max", "blank"})->Args({5, 1, 1})->Unit(benchmark::kMillisecond);
BENCHMARK(rank<Ed25519>)->ArgName("answers")->Arg(20)->Unit(benchmark::kMillisecond);
BENCHMARK(rank<Rfc3526>)->ArgName("answers")->Arg(20)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace folkmoot::bench

BENCHMARK_MAIN();
