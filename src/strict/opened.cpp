#include "strict/opened.hpp"

#include "base/sha256.hpp"
#include "election/claims.hpp"
#include "election/ranking.hpp"
#include "group/all.hpp"
#include "proof/strict/transcript.hpp"
#include "strict/elements.hpp"

namespace folkmoot::strict {
namespace {

using namespace election;
using Numbers = std::vector<std::int64_t>;
using Lists = std::vector<Numbers>;

// The ciphertexts of an answer in the order of its randomness, and what each should encrypt.
template <PrimeGroup G>
struct Openable {
  std::vector<Ciphertext<G>> ciphertexts;
  std::vector<typename G::Element> messages;

  void add(const std::vector<Ciphertext<G>>& choices, const Numbers& numbers) {
    ciphertexts.insert(ciphertexts.end(), choices.begin(), choices.end());
    for (const std::int64_t number : numbers) {
      messages.push_back(number == 0 ? typename G::Element() : G::generator());  // check_answer: 0 or 1
    }
  }
};

// The answer is one that the question allows, and the ballot's answer has the question's shape.
template <PrimeGroup G>
Result<Openable<G>> openable(const Answer<G>& answer, const PlainAnswer& plain) {
  Openable<G> result;
  if (const auto* choice = std::get_if<HomomorphicAnswer<G>>(&answer)) {
    result.add(choice->choices, std::get<Numbers>(plain));
  } else if (const auto* lists = std::get_if<ListsAnswer<G>>(&answer)) {
    for (std::size_t i = 0; i < lists->choices.size(); ++i) result.add(lists->choices[i], std::get<Lists>(plain)[i]);
  } else {
    const Numbers& numbers = std::get<Numbers>(plain);
    const std::vector<std::uint8_t> ints(numbers.begin(), numbers.end());
    result.ciphertexts.push_back(std::get<NonHomomorphicAnswer<G>>(answer).choices);
    result.messages.push_back(TRY(G::of_ints(ints)));
  }
  return result;
}

template <PrimeGroup G>
Status check_answer_opened(const Question& question, const typename G::FixedBase& y, const Answer<G>& answer,
                           const PlainAnswer& plain, const std::vector<typename G::Scalar>& randomness) {
  TRY(check_answer(question, plain));
  const auto [ciphertexts, messages] = TRY(openable<G>(answer, plain));
  if (randomness.size() != ciphertexts.size() || messages.size() != ciphertexts.size()) {
    return fail("randomness: {} numbers for {} ciphertexts", randomness.size(), ciphertexts.size());
  }
  for (std::size_t k = 0; k < ciphertexts.size(); ++k) {
    const auto alpha = G::fixed_generator().power_vartime(randomness[k]);
    const auto beta = y.power_vartime(randomness[k]) * messages[k];
    if (alpha != ciphertexts[k].alpha) return fail("randomness[{}]: not what the ciphertext was made with", k);
    if (beta != ciphertexts[k].beta) return fail("choice {}: the ballot encrypts something else", k + 1);
  }
  return {};
}

template <PrimeGroup G>
std::vector<std::string> check_ballot(const record::Setup<G>& setup, const Ballot<G>& ballot) {
  std::vector<std::string> wrong = identities(ballot);
  Batch<G> batch(setup.public_key);
  const BallotClaims<G> claims(batch, setup.election, setup.fingerprint, ballot);
  batch.run();
  for (const BallotFailure& failure : claims.failures(batch)) wrong.push_back(failure.message);
  const auto& listed = setup.credentials->credentials;
  if (std::ranges::find(listed, ballot.credential, &PublicCredential<G>::key) == listed.end()) {
    wrong.emplace_back("the credential is not on the list");
  }
  return wrong;
}

// The names that an answer chooses or ranks.
std::string names(const std::vector<std::string>& candidates, const Numbers& bits, std::size_t first) {
  std::vector<std::string_view> chosen;
  for (std::size_t i = first; i < bits.size(); ++i) {
    if (bits[i] != 0) chosen.push_back(candidates[i - first]);
  }
  return chosen.empty() ? "nobody" : fmt::format("{}", fmt::join(chosen, ", "));
}

std::string in_words(const Question& question, const PlainAnswer& plain) {
  if (const auto* choice = std::get_if<HomomorphicQuestion>(&question.kind)) {
    const Numbers& bits = std::get<Numbers>(plain);
    const bool blank = choice->blank_allowed() && bits.front() != 0;
    return blank ? "blank" : names(choice->answers, bits, choice->blank_allowed() ? 1 : 0);
  }
  if (const auto* lists = std::get_if<ListsQuestion>(&question.kind)) {
    std::string text;
    for (std::size_t i = 0; i < lists->answers.size(); ++i) {
      const Numbers& bits = std::get<Lists>(plain)[i];
      if (bits.front() == 0) continue;
      const std::vector<std::string> candidates(lists->answers[i].begin() + 1, lists->answers[i].end());
      text += fmt::format("{}: {}", lists->answers[i].front(), names(candidates, bits, 1));
    }
    return text;
  }
  const Numbers& given = std::get<Numbers>(plain);
  const auto scheme = RankingScheme::of(question);
  if (!scheme) return fmt::format("{}", fmt::join(given, ", "));
  const std::vector<std::uint64_t> numbers(given.begin(), given.end());
  std::string text;
  for (const std::size_t candidate : scheme->read(numbers)) {
    text += (text.empty() ? "" : ", then ") + scheme->candidates()[candidate];
  }
  return text.empty() ? "nobody" : text;
}

template <PrimeGroup G>
Result<OpenedReport> verify(record::Reader& reader, const record::SetupTexts& texts, std::string_view text) {
  record::Report setup_report;
  const auto setup = record::verify_setup<G>(texts, setup_report);
  TRY(record::first_failure(setup_report));
  const std::vector<Question>& questions = setup->election.questions;
  OpenedReport report;
  const auto opened =
      json::read_canonical(text, [&](json::Value value) { return read_opened_ballot<G>(questions, value); });
  if (!opened) {
    report.wrong.push_back(opened.error().message);
    return report;
  }
  const std::string ballot = json::to_text(opened->ballot);
  report.tracker = tracker(ballot);
  report.wrong = check_opened(*setup, *opened);
  if (report.wrong.empty()) {
    for (std::size_t i = 0; i < questions.size(); ++i) {
      report.votes.push_back(fmt::format("{} {}", questions[i].text(), in_words(questions[i], opened->answers[i])));
    }
  }
  while (TRY(reader.next())) continue;
  if (reader.chain().has(sha256(ballot))) report.wrong.emplace_back("the ballot has been cast: it is in the record");
  return report;
}

}  // namespace

template <PrimeGroup G>
Result<OpenedBallot<G>> read_opened_ballot(const std::vector<Question>& questions, json::Value value) {
  const std::string profile = TRY(json::read_field(value, "profile", json::read_string));
  if (profile != proof::strict::profile) {
    return fail("profile: \"{}\" instead of \"{}\"", profile, proof::strict::profile);
  }
  OpenedBallot<G> opened;
  opened.ballot =
      TRY(json::read_field(value, "ballot", [&](json::Value ballot) { return read_ballot<G>(questions, ballot); }));
  opened.answers = TRY(json::read_field(value, "answers", read_plain_answers));
  const auto read_scalars = [](json::Value scalars) { return json::read_array(scalars, proof::read_scalar<G>); };
  opened.randomness =
      TRY(json::read_field(value, "randomness", [&](json::Value all) { return json::read_array(all, read_scalars); }));
  return opened;
}

template <PrimeGroup G>
void write(json::Writer& writer, const OpenedBallot<G>& opened) {
  writer.begin_object();
  writer.key("profile").plain_string(proof::strict::profile);
  write(writer.key("ballot"), opened.ballot);
  election::write(writer.key("answers"), opened.answers);
  writer.key("randomness").begin_array();
  for (const auto& scalars : opened.randomness) {
    writer.begin_array();
    for (const auto& scalar : scalars) writer.plain_string(scalar.text());
    writer.end_array();
  }
  writer.end_array();
  writer.end_object();
}

template <PrimeGroup G>
std::vector<std::string> check_opened(const record::Setup<G>& setup, const OpenedBallot<G>& opened) {
  std::vector<std::string> wrong = check_ballot(setup, opened.ballot);
  const auto& questions = setup.election.questions;
  if (opened.answers.size() != questions.size() || opened.randomness.size() != questions.size()) {
    wrong.push_back(fmt::format("{} answers and the randomness of {} for {} questions", opened.answers.size(),
                                opened.randomness.size(), questions.size()));
    return wrong;
  }
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const Status good = check_answer_opened<G>(questions[i], setup.public_key, opened.ballot.answers[i],
                                               opened.answers[i], opened.randomness[i]);
    if (!good) wrong.push_back(good.error().in(fmt::format("question {}", i + 1)).message);
  }
  return wrong;
}

Result<OpenedReport> verify_opened(const record::ByteSource& record, std::string_view text) {
  record::Reader reader = TRY(record::Reader::open(record));
  const record::SetupTexts texts = TRY(record::read_setup_texts(reader));
  const std::string group = TRY(group_name(texts.election));
  return group::with_group(group, [&]<PrimeGroup G>() { return verify<G>(reader, texts, text); });
}

#define FOLKMOOT_INSTANTIATE(G)                                                                      \
  template Result<OpenedBallot<G>> read_opened_ballot<G>(const std::vector<Question>&, json::Value); \
  template void write(json::Writer&, const OpenedBallot<G>&);                                        \
  template std::vector<std::string> check_opened(const record::Setup<G>&, const OpenedBallot<G>&);
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)

}  // namespace folkmoot::strict
