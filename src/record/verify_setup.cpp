#include "record/verify_setup.hpp"

#include <algorithm>

#include "group/ahead.hpp"
#include "group/all.hpp"

namespace folkmoot::record {
namespace {

using namespace election;

// The structure in canonical form; or nothing, and a failure of the check.
template <class Read>
auto read_part(std::string_view name, std::string_view text, Read read, Check& check) {
  auto value = json::read_canonical(text, read);
  if (!value) check.fail(value.error().in(name).message);
  return value ? std::optional(*std::move(value)) : std::nullopt;
}

// What reading does not refuse, and the protocol cannot work with.
template <PrimeGroup G>
void verify_election(const Election<G>& election, Check& check) {
  check.add_items(election.questions.size());
  if (election.public_key.is_identity()) check.fail("public_key: it is 1, which encrypts nothing");
  for (std::size_t i = 0; i < election.questions.size(); ++i) {
    const auto* ranking = std::get_if<NonHomomorphicQuestion>(&election.questions[i].kind);
    if (ranking && ranking->answers.size() > G::max_ints) {
      check.fail(fmt::format("questions[{}]: {} answers, but an element of {} carries at most {} numbers", i,
                             ranking->answers.size(), G::name, G::max_ints));
    }
  }
}

template <PrimeGroup G>
void verify_trustees(const Trustees<G>& trustees, const Election<G>& election, Report& report) {
  Check& check = report[CheckId::trustees];
  check.add_items(trustees.verification_keys().size());
  for (std::string& failure : check_trustees(trustees)) check.fail(std::move(failure));

  Check& key = report[CheckId::public_key];
  key.add_items();
  const auto combined = combined_key(trustees);
  if (!combined) {
    key.fail(combined.error().message);
  } else if (*combined != election.public_key) {
    key.fail("the election's public key is another one");
  }
  key.finish();
}

template <PrimeGroup G>
void verify_credentials(const PublicCredentials<G>& credentials, const Election<G>& election, Check& check) {
  check.add_items(credentials.credentials.size());
  if (!election.needs_shuffles()) return;
  for (std::size_t i = 0; i < credentials.credentials.size(); ++i) {
    const std::uint64_t weight = credentials.credentials[i].weight;
    if (weight != 1)
      check.fail(fmt::format("credential {}: weight {}, but rankings cannot be weighted", i + 1, weight));
  }
}

}  // namespace

Result<SetupTexts> read_setup_texts(Reader& reader) {
  const auto step = TRY(reader.next());
  if (!step) return fail("the record has only just been begun: it holds no election yet");
  auto election = TRY(reader.content(step->referred(0)));
  auto trustees = TRY(reader.content(step->referred(1)));
  auto credentials = TRY(reader.content(step->referred(2)));
  auto setup = TRY(reader.content(step->payload()));
  return SetupTexts{std::move(election), std::move(trustees), std::move(credentials), std::move(setup)};
}

template <PrimeGroup G>
std::optional<Setup<G>> verify_setup(const SetupTexts& texts, Report& report) {
  Check& check = report[CheckId::election];
  read_part("setup_data", texts.setup_data, read_setup_data, check);
  auto election = read_part("election", texts.election, read_election<G>, check);
  if (election) verify_election(*election, check);
  check.finish();
  if (!election) return std::nullopt;
  report.election = {election->uuid, election->name, fingerprint(texts.election)};

  typename G::FixedBase public_key(election->public_key);
  Setup<G> setup{*std::move(election), report.election->fingerprint, std::move(public_key), {}, {}};
  setup.trustees = read_part("trustees", texts.trustees, read_trustees<G>, report[CheckId::trustees]);
  if (setup.trustees) verify_trustees(*setup.trustees, setup.election, report);
  report[CheckId::trustees].finish();
  Check& credentials = report[CheckId::credentials];
  const group::DecodeAhead<G> ahead({texts.credentials});
  setup.credentials = read_part("credentials", texts.credentials, read_public_credentials<G>, credentials);
  if (setup.credentials) verify_credentials(*setup.credentials, setup.election, credentials);
  credentials.finish();
  return setup;
}

#define FOLKMOOT_INSTANTIATE(G) template std::optional<Setup<G>> verify_setup<G>(const SetupTexts&, Report&);
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)

}  // namespace folkmoot::record
