#include "service/voter.hpp"

#include <algorithm>
#include <optional>

#include "election/ballot.hpp"
#include "election/ranking.hpp"
#include "proof/strict/transcript.hpp"
#include "secret/voter.hpp"
#include "service/opened.hpp"

namespace folkmoot::service {
namespace {

using election::PlainAnswer;
using election::Question;

Result<std::size_t> find_name(const std::vector<std::string>& names, const std::string& name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end())
    return fail("\"{}\" is not on the paper: there are \"{}\"", name, fmt::join(names, "\", \""));
  return static_cast<std::size_t>(found - names.begin());
}

Result<std::vector<std::size_t>> find_names(const std::vector<std::string>& names,
                                            const std::vector<std::string>& wanted) {
  std::vector<std::size_t> places;
  for (const std::string& name : wanted) {
    const std::size_t place = TRY(find_name(names, name));
    if (std::ranges::find(places, place) != places.end()) return fail("\"{}\" is given twice", name);
    places.push_back(place);
  }
  return places;
}

Result<PlainAnswer> answer(const election::HomomorphicQuestion& question, const std::vector<std::string>& names) {
  const std::size_t first = question.blank_allowed() ? 1 : 0;
  std::vector<std::int64_t> bits(first + question.answers.size());
  for (const std::size_t place : TRY(find_names(question.answers, names))) bits[first + place] = 1;
  if (question.blank_allowed() && names.empty()) bits[0] = 1;
  return PlainAnswer(bits);
}

Result<PlainAnswer> answer(const election::ListsQuestion& question, const std::vector<std::string>& names) {
  std::vector<std::string> lists;
  std::vector<std::vector<std::int64_t>> bits;
  for (const auto& list : question.answers) {
    lists.push_back(list.front());
    bits.emplace_back(list.size());
  }
  if (names.empty()) return fail("name a list, and one or more of its candidates");
  const std::size_t chosen = TRY(find_name(lists, names.front()));
  const auto& list = question.answers[chosen];
  bits[chosen][0] = 1;
  const auto places =
      TRY(in(names.front(), find_names({list.begin() + 1, list.end()}, {names.begin() + 1, names.end()})));
  for (const std::size_t place : places) bits[chosen][1 + place] = 1;
  return PlainAnswer(bits);
}

Result<std::vector<PlainAnswer>> fill_in(const std::vector<Question>& questions, const FilledPaper& paper) {
  if (!paper.plain.empty()) {
    const json::Document document = TRY(json::Document::parse(paper.plain));
    return election::read_plain_answers(document.root());
  }
  if (paper.names.size() != questions.size()) {
    return fail("{} answers to {} questions", paper.names.size(), questions.size());
  }
  std::vector<PlainAnswer> answers;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    answers.push_back(TRY(in(questions[i].text(), answer_by_names(questions[i], paper.names[i]))));
  }
  return answers;
}

}  // namespace

Result<PlainAnswer> answer_by_names(const Question& question, const std::vector<std::string>& names) {
  PlainAnswer plain;
  if (const auto* choice = std::get_if<election::HomomorphicQuestion>(&question.kind)) {
    plain = TRY(answer(*choice, names));
  } else if (const auto* lists = std::get_if<election::ListsQuestion>(&question.kind)) {
    plain = TRY(answer(*lists, names));
  } else {
    const auto ranking = TRY(election::RankingScheme::of(question));
    const auto places = TRY(find_names(ranking.candidates(), names));
    plain = TRY(ranking.write(places));
  }
  TRY(election::check_answer(question, plain));
  return plain;
}

std::string describe(const Question& question) {
  if (const auto* choice = std::get_if<election::HomomorphicQuestion>(&question.kind)) {
    return fmt::format("{} Choose {} to {}{}: \"{}\"", question.text(), choice->min, choice->max,
                       choice->blank_allowed() ? ", or blank" : "", fmt::join(choice->answers, "\", \""));
  }
  if (const auto* lists = std::get_if<election::ListsQuestion>(&question.kind)) {
    std::string text = fmt::format("{} Choose a list, and of its candidates:", question.text());
    for (const auto& list : lists->answers) text += fmt::format(" \"{}\";", fmt::join(list, "\", \""));
    return text;
  }
  const auto ranking = election::RankingScheme::of(question);
  if (!ranking) return fmt::format("{} ({})", question.text(), ranking.error().message);
  return fmt::format("{} Rank up to {} of: \"{}\"", question.text(), ranking->places(),
                     fmt::join(ranking->candidates(), "\", \""));
}

namespace {

template <PrimeGroup G>
struct Prepared {
  secret::PreparedBallot<G> made;
  std::vector<PlainAnswer> answers;
};

template <PrimeGroup G>
Result<Prepared<G>> prepare(const Opened<G>& opened, const secret::PrivateCredential& credential,
                            const FilledPaper& paper) {
  const auto& election = opened.setup.election;
  const auto key = secret::public_credential<G>(credential, election.uuid);
  const auto& credentials = opened.setup.credentials->credentials;
  if (std::ranges::find(credentials, key, &election::PublicCredential<G>::key) == credentials.end()) {
    return fail("the credential is not one of this election's: perhaps it is for another one");
  }
  auto answers = TRY(fill_in(election.questions, paper));
  auto made =
      TRY(secret::Booth<G>(election, opened.setup.fingerprint).prepare(credential, answers, secret::Random::system()));
  return Prepared<G>{std::move(made), std::move(answers)};
}

// The two lines of a prepared ballot: the ballot, and the ballot opened.
struct PreparedLines {
  secret::SecretText text;
  std::string_view ballot, opened;
};

Result<PreparedLines> read_prepared(const fs::path& prepared) {
  PreparedLines lines{TRY(read_secret(prepared)), {}, {}};
  const std::string_view text = lines.text.view();
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos || !text.ends_with('\n') || text.size() < end + 2) {
    return fail("{}: not a prepared ballot", prepared.string());
  }
  lines.ballot = text.substr(0, end + 1);
  lines.opened = text.substr(end + 1);
  return lines;
}

}  // namespace

Result<MadeBallot> make_ballot(const fs::path& record, const secret::PrivateCredential& credential,
                               const FilledPaper& paper) {
  return with_record(record, [&]<PrimeGroup G>(Opened<G>& opened) -> Result<MadeBallot> {
    const auto prepared = TRY(prepare(opened, credential, paper));
    MadeBallot made{json::to_text(prepared.made.ballot), {}};
    made.tracker = election::tracker(made.text);
    return made;
  });
}

Result<std::string> prepare_ballot(const fs::path& record, const secret::PrivateCredential& credential,
                                   const FilledPaper& paper, const fs::path& prepared_file) {
  return with_record(record, [&]<PrimeGroup G>(Opened<G>& opened) -> Result<std::string> {
    const auto prepared = TRY(prepare(opened, credential, paper));
    const std::string ballot = json::to_text(prepared.made.ballot);
    json::Writer answers;
    election::write(answers, prepared.answers);
    const secret::SecretText lines({ballot, "\n{\"profile\":\"", proof::strict::profile, "\",\"ballot\":", ballot,
                                    ",\"answers\":", answers.text(), ",\"randomness\":", prepared.made.opening().view(),
                                    "}\n"});
    TRY(write_secret(prepared_file, lines.view()));
    return election::tracker(ballot);
  });
}

Status cast_prepared(const fs::path& prepared, const fs::path& out) {
  const PreparedLines lines = TRY(read_prepared(prepared));
  TRY(write_file(out, lines.ballot));
  return remove_file(prepared);
}

Status open_prepared(const fs::path& prepared, const fs::path& out) {
  const PreparedLines lines = TRY(read_prepared(prepared));
  TRY(write_file(out, lines.opened));
  return remove_file(prepared);
}

Result<std::vector<Question>> read_questions(const fs::path& record) {
  return with_record(record, []<PrimeGroup G>(Opened<G>& opened) -> Result<std::vector<Question>> {
    return opened.setup.election.questions;
  });
}

Result<TrackedBallot> look_up(const fs::path& record, std::string_view tracker) {
  return with_record(record, [&]<PrimeGroup G>(Opened<G>& opened) -> Result<TrackedBallot> {
    const Bytes wanted = TRY(in("the tracker", from_base64(tracker)));
    std::optional<TrackedBallot> found;
    typename G::Element credential;
    std::uint64_t number = 0;
    bool closed = false;
    while (const auto step = TRY(opened.reader.next())) {
      if (step->event.type != record::EventType::ballot) {
        closed = true;
        break;
      }
      ++number;
      const bool is_it = std::ranges::equal(wanted, step->payload().hash);
      if (!found && !is_it) continue;
      const std::string text = TRY(opened.reader.content(step->payload()));
      const auto ballot = TRY(json::read_canonical(
          text, [&](json::Value value) { return election::read_ballot<G>(opened.setup.election.questions, value); }));
      if (is_it) {
        credential = ballot.credential;
        found.emplace().number = number;
      } else if (ballot.credential == credential) {
        found->replaced = true;
        found->replaced_by = election::tracker(text);
      }
    }
    if (!found) return fail("no ballot of the record has the tracker {}", tracker);
    for (const auto& entry : opened.setup.credentials->credentials) {
      if (entry.key == credential) found->weight = entry.weight;
    }
    found->voting_open = !closed;
    return *found;
  });
}

}  // namespace folkmoot::service
