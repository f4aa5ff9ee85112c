#include "record/finished.hpp"

#include "group/all.hpp"
#include "record/verify_setup.hpp"

namespace folkmoot::record {
namespace {

template <PrimeGroup G>
void count_trustees(const election::Trustees<G>& trustees, Finished& finished) {
  for (const election::TrusteeKind<G>& kind : trustees.kinds) {
    if (const auto* group = std::get_if<election::ThresholdParameters<G>>(&kind)) {
      finished.trustees += static_cast<std::int64_t>(group->verification_keys.size());
      finished.needed += group->threshold;
    } else {
      ++finished.trustees;
      ++finished.needed;
    }
  }
}

template <PrimeGroup G>
Result<Finished> read_setup(const SetupTexts& texts) {
  Report report;
  auto setup = verify_setup<G>(texts, report);
  TRY(first_failure(report));
  Finished finished;
  finished.uuid = std::move(setup->election.uuid);
  finished.name = std::move(setup->election.name);
  finished.description = std::move(setup->election.description);
  finished.fingerprint = std::move(setup->fingerprint);
  finished.questions = std::move(setup->election.questions);
  finished.credentials = setup->credentials->credentials.size();
  for (const auto& credential : setup->credentials->credentials) finished.credentials_weight += credential.weight;
  count_trustees<G>(*setup->trustees, finished);
  return finished;
}

}  // namespace

Result<Finished> read_finished(const ByteSource& source) {
  Reader reader = TRY(Reader::open(source));
  const SetupTexts texts = TRY(read_setup_texts(reader));
  const std::string group = TRY(election::group_name(texts.election));
  Finished finished = TRY(group::with_group(group, [&]<PrimeGroup G>() { return read_setup<G>(texts); }));
  while (const auto step = TRY(reader.next())) {
    switch (step->event.type) {
      case EventType::ballot:
        ++finished.ballots;
        break;
      case EventType::end_ballots:
        finished.closing = step->entry.hash;
        break;
      case EventType::encrypted_tally: {
        const std::string payload = TRY(reader.content(step->payload()));
        const auto sized = TRY(json::read_canonical(payload, election::read_sized_encrypted_tally));
        finished.tallied = sized.num_tallied;
        finished.weight = sized.total_weight;
        break;
      }
      case EventType::result: {
        const std::string payload = TRY(reader.content(step->payload()));
        finished.result = TRY(json::read_canonical(payload, election::read_election_result));
        break;
      }
      default:
        break;
    }
    finished.last = step->entry.hash;
  }
  if (!reader.chain().finished()) return fail("the election is not finished: its record has no result");
  if (finished.result.questions.size() != finished.questions.size()) return fail("the result is of other questions");
  return finished;
}

}  // namespace folkmoot::record
