// The returning officer closes the voting.
#include <limits>
#include <span>
#include <unordered_map>

#include "base/sha256.hpp"
#include "election/accumulator.hpp"
#include "group/ahead.hpp"
#include "secret/work.hpp"
#include "service/officer.hpp"
#include "service/opened.hpp"
#include "store/record_file.hpp"

namespace folkmoot::service {
namespace {

using record::EventType;

// So many ballots are read and added up at a time, by all threads and by each.
constexpr std::size_t chunk_size = 8192;
constexpr std::size_t part_size = 256;

// Where each voter's last ballot stands.
struct LastBallot {
  record::Entry entry;
  std::uint64_t weight = 1;
};
struct LastBallots {
  std::vector<LastBallot> of_voters;  // who have voted
  std::uint64_t ballots = 0;
};

// The credential of a ballot's text. The ballot was checked when it was accepted.
Result<std::string> credential_of(std::string_view ballot) {
  const json::Document document = TRY(json::Document::parse(ballot));
  return json::read_field(document.root(), "credential", json::read_string);
}

template <PrimeGroup G>
Result<LastBallots> find_last_ballots(Opened<G>& opened) {
  constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
  struct Voter {
    std::uint64_t weight;
    std::size_t place;  // in of_voters
  };
  std::unordered_map<std::string, Voter> voters;
  for (const auto& credential : opened.setup.credentials->credentials) {
    voters.emplace(credential.key.text(), Voter{credential.weight, none});
  }
  LastBallots last;
  while (const auto step = TRY(opened.reader.next())) {
    if (step->event.type != EventType::ballot) break;
    ++last.ballots;
    const std::string text = TRY(opened.reader.content(step->payload()));
    const std::string credential = TRY(credential_of(text));
    const auto found = voters.find(credential);
    if (found == voters.end()) return fail("the record holds a ballot whose credential is not on the list");
    auto& [weight, place] = found->second;
    if (place == none) {
      place = last.of_voters.size();
      last.of_voters.push_back({{}, weight});
    }
    last.of_voters[place].entry = step->payload().without_content();
  }
  return last;
}

template <PrimeGroup G>
Status add_some(const Opened<G>& opened, std::span<const LastBallot> ballots, election::Accumulator<G>& sum) {
  std::vector<std::string> texts;
  for (const LastBallot& ballot : ballots) texts.push_back(TRY(opened.reader.content(ballot.entry)));
  const group::DecodeAhead<G> ahead({texts.begin(), texts.end()});
  for (std::size_t i = 0; i < ballots.size(); ++i) {
    const auto ballot = TRY(json::read_canonical(
        texts[i], [&](json::Value value) { return election::read_ballot<G>(opened.setup.election.questions, value); }));
    TRY(sum.add(ballot, ballots[i].weight));
  }
  return {};
}

template <PrimeGroup G>
Result<election::Accumulator<G>> add_up(const Opened<G>& opened, std::span<const LastBallot> ballots,
                                        const Progress& progress) {
  election::Accumulator<G> sum(opened.setup.election);
  for (std::size_t begin = 0; begin < ballots.size(); begin += chunk_size) {
    const auto chunk = ballots.subspan(begin, std::min(chunk_size, ballots.size() - begin));
    const std::size_t parts = (chunk.size() + part_size - 1) / part_size;
    std::vector<election::Accumulator<G>> sums(parts, election::Accumulator<G>(opened.setup.election));
    std::vector<Status> statuses(parts);
    secret::parallel_for(parts, {}, [&](std::size_t part) {
      const std::size_t first = part * part_size;
      statuses[part] = add_some(opened, chunk.subspan(first, std::min(part_size, chunk.size() - first)), sums[part]);
    });
    for (std::size_t part = 0; part < parts; ++part) {
      TRY(statuses[part]);
      sum.merge(std::move(sums[part]));
    }
    progress("ballots added up", begin + chunk.size(), ballots.size());
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
    const LastBallots last = TRY(find_last_ballots(opened));
    if (last.ballots == 0) return fail("nobody has voted: there is nothing to tally");
    if (last_event != EventType::end_ballots) TRY(file.append({EventType::end_ballots, {}}));
    std::string closing = to_hex(file.chain().last()->hash);
    const election::Accumulator<G> sum = TRY(add_up<G>(opened, last.of_voters, progress));
    const std::string tally = json::to_text(sum.tally());
    const std::string sized =
        json::to_text(election::SizedEncryptedTally{sum.ballots(), sum.total_weight(), sha256_hex(tally)});
    TRY(file.append({EventType::encrypted_tally, {tally, sized}}));
    return ClosedVoting{last.ballots, sum.ballots(), opened.setup.election.needs_shuffles(), std::move(closing)};
  });
}

}  // namespace folkmoot::service
