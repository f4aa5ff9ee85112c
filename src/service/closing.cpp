// The returning officer closes the voting.
#include <unordered_map>

#include "base/sha256.hpp"
#include "election/accumulator.hpp"
#include "secret/work.hpp"
#include "service/officer.hpp"
#include "service/opened.hpp"
#include "store/record_file.hpp"

namespace folkmoot::service {
namespace {

using record::EventType;

// So many ballots are read and added up at a time.
constexpr std::size_t chunk_size = 2048;
constexpr std::size_t part_size = 64;

// Where the last ballot of each voter stands.
template <PrimeGroup G>
struct LastBallots {
  std::unordered_map<std::string, record::Entry> by_credential;
  std::uint64_t ballots = 0;
};

template <PrimeGroup G>
Result<election::Ballot<G>> read_ballot(const Opened<G>& opened, const record::Entry& entry) {
  const std::string text = TRY(opened.reader.content(entry));
  return json::read_canonical(
      text, [&](json::Value value) { return election::read_ballot<G>(opened.setup.election.questions, value); });
}

// The credential of a ballot's text. The ballot was checked when it was accepted.
Result<std::string> credential_of(std::string_view ballot) {
  const json::Document document = TRY(json::Document::parse(ballot));
  return json::read_field(document.root(), "credential", json::read_string);
}

template <PrimeGroup G>
Result<LastBallots<G>> find_last_ballots(Opened<G>& opened) {
  LastBallots<G> last;
  while (const auto step = TRY(opened.reader.next())) {
    if (step->event.type != EventType::ballot) break;
    ++last.ballots;
    const std::string text = TRY(opened.reader.content(step->payload()));
    std::string credential = TRY(credential_of(text));
    last.by_credential.insert_or_assign(std::move(credential), step->payload().without_content());
  }
  return last;
}

template <PrimeGroup G>
Result<election::Accumulator<G>> add_up(const Opened<G>& opened, const LastBallots<G>& last, const Progress& progress) {
  std::unordered_map<std::string, std::uint64_t> weights;
  for (const auto& credential : opened.setup.credentials->credentials) {
    weights.emplace(credential.key.text(), credential.weight);
  }
  struct Item {
    const record::Entry* entry;
    std::uint64_t weight;
  };
  std::vector<Item> items;
  for (const auto& [credential, entry] : last.by_credential) {
    const auto weight = weights.find(credential);
    if (weight == weights.end()) return fail("the record holds a ballot whose credential is not on the list");
    items.push_back({&entry, weight->second});
  }
  election::Accumulator<G> sum(opened.setup.election);
  for (std::size_t begin = 0; begin < items.size(); begin += chunk_size) {
    const auto chunk = std::span(items).subspan(begin, std::min(chunk_size, items.size() - begin));
    const std::size_t parts = (chunk.size() + part_size - 1) / part_size;
    std::vector<election::Accumulator<G>> sums(parts, election::Accumulator<G>(opened.setup.election));
    std::vector<Status> statuses(parts);
    secret::parallel_for(parts, {}, [&](std::size_t part) {
      const auto add_part = [&]() -> Status {
        for (const Item& item : chunk.subspan(part * part_size, std::min(part_size, chunk.size() - part * part_size))) {
          const auto ballot = TRY(read_ballot(opened, *item.entry));
          TRY(sums[part].add(ballot, item.weight));
        }
        return {};
      };
      statuses[part] = add_part();
    });
    for (std::size_t part = 0; part < parts; ++part) {
      TRY(statuses[part]);
      sum.merge(std::move(sums[part]));
    }
    progress("ballots added up", begin + chunk.size(), items.size());
  }
  return sum;
}

}  // namespace

Result<ClosedVoting> close_voting(const fs::path& record, const Progress& progress) {
  // Opened before it is read: it then cannot grow meanwhile.
  store::RecordFile file = TRY(store::RecordFile::open(record));
  return with_record(record, [&]<PrimeGroup G>(Opened<G>& opened) -> Result<ClosedVoting> {
    const EventType last_event = file.chain().last()->event.type;
    if (last_event != EventType::setup && last_event != EventType::ballot && last_event != EventType::end_ballots) {
      return fail("the voting is closed already");
    }
    const LastBallots<G> last = TRY(find_last_ballots(opened));
    if (last.ballots == 0) return fail("nobody has voted: there is nothing to tally");
    if (last_event != EventType::end_ballots) TRY(file.append({EventType::end_ballots, {}}));
    const election::Accumulator<G> sum = TRY(add_up(opened, last, progress));
    const std::string tally = json::to_text(sum.tally());
    const std::string sized =
        json::to_text(election::SizedEncryptedTally{sum.ballots(), sum.total_weight(), sha256_hex(tally)});
    TRY(file.append({EventType::encrypted_tally, {tally, sized}}));
    return ClosedVoting{last.ballots, sum.ballots(), opened.setup.election.needs_shuffles()};
  });
}

}  // namespace folkmoot::service
