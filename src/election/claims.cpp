#include "election/claims.hpp"

#include "group/all.hpp"
#include "proof/blank.hpp"
#include "proof/interval.hpp"
#include "proof/list.hpp"
#include "proof/raw_encryption.hpp"
#include "proof/signature.hpp"

namespace folkmoot::election {
namespace {

using proof::Subject;

// The encryption of the sum of what the ciphertexts encrypt.
template <PrimeGroup G>
Ciphertext<G> sum(std::span<const Ciphertext<G>> ciphertexts) {
  Ciphertext<G> product;
  for (const auto& ciphertext : ciphertexts) product = product * ciphertext;
  return product;
}

// S, from the texts that the subjects have already.
template <PrimeGroup G>
std::string answer_prefix(std::string_view S0, std::span<const Subject<G>> choices) {
  std::string S(S0);
  char separator = '|';
  for (const auto& choice : choices) {
    S += separator;
    S += choice.text();
    separator = ',';
  }
  return S;
}

}  // namespace

template <PrimeGroup G>
BallotClaims<G>::BallotClaims(Batch<G>& batch, const Election<G>& election, std::string_view fingerprint,
                              const Ballot<G>& ballot, const Hashed& hashed)
    : texts_(std::make_unique<Texts>()) {
  const auto refuse = [&](BallotFailure::Kind kind, std::string message) {
    refused_.push_back({kind, std::move(message)});
  };
  using enum BallotFailure::Kind;
  if (ballot.election_uuid != election.uuid) {
    refuse(form, fmt::format("election_uuid: \"{}\" instead of \"{}\"", ballot.election_uuid, election.uuid));
  }
  if (ballot.election_hash != fingerprint) {
    refuse(form, fmt::format("election_hash: \"{}\" instead of \"{}\"", ballot.election_hash, fingerprint));
  }
  if (ballot.signature.hash != hashed.hash) refuse(signature, "signature: the hash is not the ballot's");
  if (ballot.answers.size() != election.questions.size()) {
    refuse(form, fmt::format("answers: {} for {} questions", ballot.answers.size(), election.questions.size()));
    return;
  }

  texts_->S0 = v1::ballot_prefix<G>(fingerprint, ballot.credential);
  if (election.needs_shuffles()) texts_->public_key = election.public_key.text();
  texts_->answers.resize(ballot.answers.size());
  for (std::size_t i = 0; i < ballot.answers.size(); ++i) {
    const Status fits = check_shape(election.questions[i], ballot.answers[i]);
    if (!fits) {
      refuse(form, fits.error().in(fmt::format("answers[{}]", i)).message);
      continue;
    }
    std::visit(
        [&](const auto& question, const auto& answer) {
          if constexpr (requires { add(batch, i, question, answer); }) add(batch, i, question, answer);
        },
        election.questions[i].kind, ballot.answers[i]);
  }
  claims_.push_back(
      {proof::verify_ballot_signature<G>(batch, ballot.credential, ballot.signature.hash, ballot.signature.proof),
       Statement::signature});
}

template <PrimeGroup G>
void BallotClaims<G>::add_choice(Batch<G>& batch, std::size_t i, const Ciphertext<G>& choice,
                                 const std::vector<Proof<G>>& proofs) {
  auto& subjects = texts_->answers[i].subjects;
  const auto& subject = subjects.emplace_back(batch, choice);
  claims_.push_back(
      {proof::verify_interval<G>(batch, texts_->S0, subject, 0, 1, proofs), Statement::choice, i, subjects.size() - 1});
}

template <PrimeGroup G>
const Subject<G>& BallotClaims<G>::add_sum(Batch<G>& batch, std::size_t i, std::span<const Ciphertext<G>> choices) {
  return texts_->answers[i].subjects.emplace_back(Subject<G>::computed(batch, sum<G>(choices)));
}

template <PrimeGroup G>
void BallotClaims<G>::add(Batch<G>& batch, std::size_t i, const HomomorphicQuestion& question,
                          const HomomorphicAnswer<G>& answer) {
  auto& [S, subjects] = texts_->answers[i];
  subjects.reserve(answer.choices.size() + 1);  // the claims refer to them: they must not move
  for (std::size_t k = 0; k < answer.choices.size(); ++k) {
    add_choice(batch, i, answer.choices[k], answer.individual_proofs[k]);
  }
  S = answer_prefix<G>(texts_->S0, subjects);
  const auto min = static_cast<std::uint64_t>(question.min);
  const auto max = static_cast<std::uint64_t>(question.max);
  const std::span choices(answer.choices);
  if (question.blank_allowed()) {
    const auto& chosen = add_sum(batch, i, choices.subspan(1));
    const auto& blank = subjects[0];
    claims_.push_back({proof::verify_blank_overall<G>(batch, S, blank, chosen, min, max, answer.overall_proof),
                       Statement::overall, i});
    claims_.push_back({proof::verify_blank<G>(batch, S, blank, chosen, answer.blank_proof), Statement::blank, i});
  } else {
    const auto& chosen = add_sum(batch, i, choices);
    claims_.push_back(
        {proof::verify_interval<G>(batch, S, chosen, min, max, answer.overall_proof), Statement::overall, i});
  }
}

template <PrimeGroup G>
void BallotClaims<G>::add(Batch<G>& batch, std::size_t i, const NonHomomorphicQuestion&,
                          const NonHomomorphicAnswer<G>& answer) {
  const auto& subject = texts_->answers[i].subjects.emplace_back(batch, answer.choices);
  claims_.push_back({proof::verify_raw_encryption<G>(batch, texts_->S0, texts_->public_key, subject, answer.proof),
                     Statement::raw_encryption, i});
}

template <PrimeGroup G>
void BallotClaims<G>::add(Batch<G>& batch, std::size_t i, const ListsQuestion& question, const ListsAnswer<G>& answer) {
  const std::size_t lists = answer.choices.size();
  std::size_t choices = 0;
  for (const auto& list : question.answers) choices += list.size();
  auto& [S, subjects] = texts_->answers[i];
  subjects.reserve(choices + lists + 2);  // the claims refer to them: they must not move
  for (std::size_t k = 0; k < lists; ++k) {
    for (std::size_t j = 0; j < answer.choices[k].size(); ++j) {
      add_choice(batch, i, answer.choices[k][j], answer.individual_proofs[k][j]);
    }
  }
  S = answer_prefix<G>(texts_->S0, subjects);

  Ciphertext<G> all_lists;       // encrypts Σ L_k
  Ciphertext<G> all_candidates;  // encrypts Σ C_k,j
  std::size_t first = 0;         // the subject that is this list's L_k
  for (std::size_t k = 0; k < lists; ++k) {
    const std::span list(answer.choices[k]);
    const auto candidates = sum<G>(list.subspan(1));
    all_lists = all_lists * list[0];
    all_candidates = all_candidates * candidates;
    const auto& chosen = add_sum(batch, i, {&candidates, 1});
    claims_.push_back(
        {proof::verify_list<G>(batch, S, subjects[first], chosen, answer.list_proofs[k]), Statement::list, i, k});
    first += list.size();
  }
  claims_.push_back(
      {proof::verify_interval<G>(batch, S, add_sum(batch, i, {&all_lists, 1}), 1, 1, {&answer.overall_proof, 1}),
       Statement::overall, i});
  claims_.push_back({proof::verify_nonzero<G>(batch, S, add_sum(batch, i, {&all_candidates, 1}), answer.nonzero_proof),
                     Statement::nonzero, i});
}

template <PrimeGroup G>
std::string BallotClaims<G>::describe(const Named& named) {
  const auto [claim, statement, i, item] = named;
  switch (statement) {
    case Statement::choice:
      return fmt::format("answers[{}]: individual_proofs: choice {} is not proved to be 0 or 1", i, item);
    case Statement::overall:
      return fmt::format("answers[{}]: overall_proof: the number of choices is not proved to be allowed", i);
    case Statement::blank:
      return fmt::format("answers[{}]: blank_proof: wrong", i);
    case Statement::raw_encryption:
      return fmt::format("answers[{}]: proof: wrong", i);
    case Statement::list:
      return fmt::format("answers[{}]: list_proofs[{}]: wrong", i, item);
    case Statement::nonzero:
      return fmt::format("answers[{}]: nonzero_proof: wrong", i);
    case Statement::signature:
      break;
  }
  return "signature: the proof is wrong";
}

template <PrimeGroup G>
std::vector<BallotFailure> BallotClaims<G>::failures(const Batch<G>& batch) const {
  std::vector<BallotFailure> failures = refused_;
  for (const Named& named : claims_) {
    if (batch.holds(named.claim)) continue;
    const bool signature = named.statement == Statement::signature;
    failures.push_back({signature ? BallotFailure::Kind::signature : BallotFailure::Kind::proof, describe(named)});
  }
  return failures;
}

#define FOLKMOOT_INSTANTIATE(G) template class BallotClaims<G>;
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)

}  // namespace folkmoot::election
