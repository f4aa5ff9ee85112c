// An ordered list, from the top down, as parties fill the places of a list: J. Otten, “Ordered list selection”, Voting
// matters 9 (1998).
//
// The first place is counted as one seat. For each place after it the papers are counted again for one seat more, by
// the rule wigm-prf, with those placed before guarded: whoever is elected besides them takes the place. The last
// count's stages are the transcript's; the winners are in the order of their places.
#include <algorithm>

#include "count/rules/rules.hpp"

namespace folkmoot::count {
namespace {

Result<Transcript> count_ordered_list(const Contest& contest, const Options& options) {
  const std::size_t places = options.seats == 0 ? contest.seats : options.seats;
  std::vector<Candidate> placed;
  Transcript transcript;
  std::vector<Tie> ties;
  std::vector<std::string> notes = contest.notes;
  for (std::size_t seats = 1; seats <= places; ++seats) {
    Options again = options;
    again.lots = [&options](const LotQuestion& question) { return options.lots(question); };  // they go on
    again.seats = seats;
    for (const Candidate candidate : placed) again.constraints.push_back({"those placed before", {candidate}, 1, 1});
    transcript = TRY(wigm_prf.count(contest, again));
    ties.insert(ties.end(), transcript.ties.begin(), transcript.ties.end());
    std::vector<Candidate> added;
    for (const Candidate winner : transcript.winners)
      if (std::ranges::count(placed, winner) == 0) added.push_back(winner);
    if (added.empty()) break;  // fewer candidates than places
    placed.push_back(added.front());
    notes.push_back(fmt::format("place {} is {}’s", seats, transcript.name(added.front())));
  }
  transcript.winners = placed;
  for (const Candidate candidate : placed) transcript.order.push_back({candidate});
  transcript.ties = std::move(ties);
  transcript.notes = std::move(notes);
  return transcript;
}

}  // namespace

const Rule ordered_list{
    "ordered-list", "Ordered list, top down", "Otten, Voting matters 9, 1998", {}, count_ordered_list};

}  // namespace folkmoot::count
