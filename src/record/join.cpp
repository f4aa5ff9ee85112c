#include <algorithm>
#include <limits>

#include "election/accumulator.hpp"
#include "group/ahead.hpp"
#include "group/all.hpp"
#include "record/part.hpp"
#include "record/verify_tally.hpp"

namespace folkmoot::record {
namespace {

using namespace election;

std::string name_of(const Part& part) { return fmt::format("part {} of {}", part.share.index + 1, part.share.of); }

// Whether both are of the same verification.
Status check_fit(const Part& first, const Part& other) {
  const auto fits = [&](bool same, std::string_view what) -> Status {
    if (!same) return fail("{} and {}: {}", name_of(first), name_of(other), what);
    return {};
  };
  TRY(fits(first.share.of == other.share.of, "not of the same number of parts"));
  TRY(fits(first.share.index != other.share.index, "the same part twice"));
  TRY(fits(first.size == other.size && first.timestamp == other.timestamp && first.read == other.read &&
               first.election == other.election,
           "of different records"));
  TRY(fits(first.tracker == other.tracker, "made to look for different trackers"));
  return fits(common_text(first) == common_text(other), "they do not agree on what each of them has checked");
}

Status check_all_there(const std::vector<Part>& sorted) {
  const std::uint64_t of = sorted.front().share.of;
  for (std::uint64_t i = 0; i < of; ++i) {
    if (i == sorted.size() || sorted[i].share.index != i) return fail("part {} of {} is missing", i + 1, of);
  }
  return {};
}

template <PrimeGroup G>
Result<Accumulator<G>> read_sum(const Election<G>& election, const Part& part) {
  if (!part.sum) return fail("{}: it has no sum of its ballots", name_of(part));
  const BallotSum& sum = *part.sum;
  const group::DecodeAhead<G> ahead({sum.tally});
  const std::string where = fmt::format("{}: sum", name_of(part));
  auto tally = TRY(in(where, json::read_canonical(sum.tally, read_encrypted_tally<G>)));
  TRY(in(where, check_shape(election, tally, sum.ballots)));
  return Accumulator<G>(election, std::move(tally), sum.ballots, sum.total_weight);
}

// Adds up what the parts have added up, and compares it with the tally that the record has.
template <PrimeGroup G>
Status join_sums(Part& joined, const Election<G>& election, const std::vector<Part>& parts) {
  constexpr std::uint64_t most_weight = std::numeric_limits<std::int64_t>::max();
  std::uint64_t weight = 0;
  Accumulator<G> sum(election);
  for (const Part& part : parts) {
    Accumulator<G> own = TRY(read_sum(election, part));
    if (own.total_weight() > most_weight - weight) return fail("{}: the weights leave 63 bits", name_of(part));
    weight += own.total_weight();
    sum.merge(std::move(own));
  }
  if (const auto& published = parts.front().tally) {
    std::optional<EncryptedTally<G>> tally;
    if (!published->text.empty()) {
      const group::DecodeAhead<G> ahead({published->text});
      tally = TRY(in("tally", json::read_canonical(published->text, read_encrypted_tally<G>)));
      if (tally->questions.size() != election.questions.size()) return fail("tally: of another election");
    }
    compare_tally(*published, tally ? &*tally : nullptr, sum, joined.credentials, joined.report[CheckId::tally]);
  }
  joined.sum = {sum.ballots(), sum.total_weight(), json::to_text(sum.tally())};
  joined.report.tallied = sum.ballots();
  return {};
}

}  // namespace

Result<Part> join(std::vector<Part> parts) {
  if (parts.empty()) return fail("no parts");
  std::ranges::sort(parts, {}, [](const Part& part) { return part.share.index; });
  for (std::size_t i = 1; i < parts.size(); ++i) TRY(check_fit(parts[i - 1], parts[i]));
  TRY(check_all_there(parts));
  Part joined = parts.front();
  joined.share = {};
  joined.tally.reset();
  for (const Part& part : std::span(parts).subspan(1)) {
    for (std::size_t i = 0; i < check_count; ++i) {
      const auto id = static_cast<CheckId>(i);
      if (is_divided(id)) joined.report[id].merge(part.report[id]);
    }
    if (part.report.tracked) joined.report.tracked = part.report.tracked;
    const auto add = [](auto& all, const auto& more) { all.insert(all.end(), more.begin(), more.end()); };
    add(joined.wrong_decryptions, part.wrong_decryptions);
    add(joined.unreadable, part.unreadable);
  }
  std::ranges::sort(joined.unreadable);
  conclude(joined);
  if (joined.election.empty()) return joined;
  const std::string group = TRY(in("election", group_name(joined.election)));
  const auto complete = [&]<PrimeGroup G>() -> Status {
    const auto election = TRY(in("election", json::read_canonical(joined.election, read_election<G>)));
    joined.report.election = {election.uuid, election.name, fingerprint(joined.election)};
    // One process alone has compared its sum itself.
    return parts.size() == 1 ? Status() : join_sums(joined, election, parts);
  };
  TRY(group::with_group(group, complete));
  return joined;
}

}  // namespace folkmoot::record
