#include "service/invented.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <numeric>

namespace folkmoot::service {
namespace {

// SplitMix64: small, good enough for invented votes, and the same on every machine.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  std::size_t below(std::size_t n) { return next() % n; }
  double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }
  bool happens(double probability) { return uniform() < probability; }
  // Near enough to a normal distribution of mean 0 and variance 1.
  double normal() {
    double sum = 0;
    for (int i = 0; i < 12; ++i) sum += uniform();
    return sum - 6;
  }
  template <class T>
  void shuffle(std::vector<T>& values) {
    for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[below(i)]);
  }

 private:
  std::uint64_t state_;
};

constexpr std::array first_names = {"Ada",     "Bashir", "Carys", "Dilys",   "Efa",   "Farid",  "Gwen",  "Hamza",
                                    "Ines",    "Jonas",  "Kemi",  "Lowri",   "Marek", "Nadia",  "Owain", "Priya",
                                    "Quentin", "Rhian",  "Samir", "Tamsin",  "Ulla",  "Viktor", "Wendy", "Xenia",
                                    "Yusuf",   "Zofia",  "Aled",  "Bronwen", "Cosmo", "Delyth", "Emeka", "Freya"};
constexpr std::array last_names = {"Alderbrook", "Birchfield",  "Cawdrey",   "Dunmarsh",  "Elmhirst",  "Fenwater",
                                   "Garthside",  "Hollowell",   "Inglemoor", "Juniper",   "Kestrelby", "Larkhill",
                                   "Millrace",   "Netherby",    "Oakenshaw", "Pennywort", "Quarrier",  "Rookwood",
                                   "Saltmarsh",  "Thistledown", "Underhay",  "Vetchling", "Withybed",  "Yarrowdale",
                                   "Ashgrove",   "Bramblecote", "Cloverley", "Dovecote",  "Everdene"};

std::string person(std::size_t i) {
  const std::size_t shifted = i / first_names.size();
  return fmt::format("{} {}", first_names[i % first_names.size()],
                     last_names[(i * 7 + shifted * 3) % last_names.size()]);
}

// A current of opinion: where it stands, how far its people are scattered, and how many lean to it.
struct Current {
  double x, y, scatter, share;
};
constexpr std::array<Current, 4> currents = {
    {{-1.1, 0.2, 0.5, 0.38}, {0.9, 0.5, 0.6, 0.29}, {0.0, -1.2, 0.5, 0.19}, {0.1, 0.1, 1.2, 0.14}}};

struct Position {
  double x, y;
};
Position position_in(const Current& current, Dice& dice) {
  return {current.x + current.scatter * dice.normal(), current.y + current.scatter * dice.normal()};
}

struct Candidate {
  std::size_t current;
  Position position;
  double standing;  // how well known and liked, whatever one's current
};

std::vector<Candidate> invent_candidates(const std::vector<std::size_t>& of_currents, Dice& dice) {
  std::vector<Candidate> candidates;
  for (const std::size_t current : of_currents) {
    candidates.push_back({current, position_in(currents[current], dice), 0.7 * dice.normal()});
  }
  return candidates;
}

struct Opinion {
  std::size_t current;
  Position position;
  bool follows;     // the order that the current recommends
  double patience;  // how far down a long paper
};

Opinion invent_opinion(Dice& dice) {
  double drawn = dice.uniform();
  std::size_t current = 0;
  while (current + 1 < currents.size() && drawn >= currents[current].share) drawn -= currents[current++].share;
  return {current, position_in(currents[current], dice), dice.happens(0.3), dice.uniform()};
}

std::vector<count::Candidate> invent_preferences(const Opinion& opinion, const std::vector<Candidate>& candidates,
                                                 Dice& dice) {
  if (dice.happens(0.015)) return {};  // a blank paper
  std::vector<double> liking;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const Candidate& candidate = candidates[i];
    const double distance =
        std::hypot(candidate.position.x - opinion.position.x, candidate.position.y - opinion.position.y);
    const bool recommended = opinion.follows && candidate.current == opinion.current;
    liking.push_back(recommended ? 100.0 - static_cast<double>(i)
                                 : candidate.standing - 1.6 * distance + 0.6 * dice.normal());
  }
  std::vector<count::Candidate> order(candidates.size());
  std::iota(order.begin(), order.end(), count::Candidate{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](count::Candidate a, count::Candidate b) { return liking[a] > liking[b]; });
  // Few rank everybody, many stop after a handful; nobody stops before the first.
  const double depth = opinion.patience > 0.8 ? 1 : 0.1 + 0.7 * opinion.patience + 0.1 * dice.uniform();
  order.resize(std::clamp<std::size_t>(static_cast<std::size_t>(std::lround(depth * static_cast<double>(order.size()))),
                                       1, order.size()));
  return order;
}

std::vector<InventedMember> invent_members(std::size_t count) {
  std::vector<InventedMember> members;
  members.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    members.push_back({fmt::format("M{:05}", i + 1), person(i + 1000), fmt::format("member{}@example.org", i + 1)});
  }
  return members;
}

}  // namespace

InventedElection invent_election(std::size_t members) {
  Dice dice(2027);
  InventedElection election;
  election.members = invent_members(members);
  election.paper.name = "Riverside Workers' Union: leader and national committee";
  election.paper.description = "An invented election of invented people.";
  election.paper.lots = "riverside-2027";

  const std::vector<std::size_t> leaders = {0, 1, 2};
  std::vector<std::size_t> committee;
  for (std::size_t i = 0; i < 24; ++i) committee.push_back(std::array{0, 1, 0, 2, 1, 3, 0, 1}[i % 8]);
  std::size_t next_person = 0;
  const auto add_contest = [&](std::string question, std::size_t candidates, std::string rule, std::int64_t seats) {
    Contest contest;
    contest.question = std::move(question);
    for (std::size_t i = 0; i < candidates; ++i) contest.candidates.push_back(person(next_person++));
    contest.rule = std::move(rule);
    contest.seats = seats;
    election.paper.contests.push_back(std::move(contest));
  };
  add_contest("Who is to lead the union?", leaders.size(), "av", 1);
  add_contest("Who is to sit on the national committee?", committee.size(), "scottish-2011", 9);
  const std::array candidates = {invent_candidates(leaders, dice), invent_candidates(committee, dice)};

  std::vector<InventedVote> again;
  for (std::size_t member = 0; member < members; ++member) {
    if (!dice.happens(0.66) && member != 0) continue;  // somebody always votes
    const auto vote = [&](const Opinion& opinion) {
      return InventedVote{
          member, {invent_preferences(opinion, candidates[0], dice), invent_preferences(opinion, candidates[1], dice)}};
    };
    Opinion opinion = invent_opinion(dice);
    election.votes.push_back(vote(opinion));
    if (!dice.happens(0.05)) continue;
    if (dice.happens(0.5)) opinion = invent_opinion(dice);  // has changed their mind
    again.push_back(vote(opinion));
  }
  dice.shuffle(election.votes);
  std::ranges::move(again, std::back_inserter(election.votes));
  return election;
}

InventedElection election_of(const count::Contest& contest, std::string_view rule, std::size_t seats) {
  Dice dice(2027);
  InventedElection election;
  election.members = invent_members(static_cast<std::size_t>(contest.papers.total()));
  election.paper.name = contest.title;
  election.paper.description = "Real rankings, cast by invented people.";
  election.paper.lots = "folkmoot demo";
  Contest asked;
  asked.question = contest.title;
  asked.rule = rule;
  asked.seats = static_cast<std::int64_t>(seats);
  // Who has withdrawn does not stand on the paper: `place` is where the others do.
  std::vector<count::Candidate> place(contest.candidates.size(), count::nobody);
  for (std::size_t i = 0; i < contest.candidates.size(); ++i) {
    if (std::ranges::find(contest.withdrawn, i) != contest.withdrawn.end()) continue;
    place[i] = static_cast<count::Candidate>(asked.candidates.size());
    asked.candidates.push_back(contest.candidates[i]);
  }
  election.paper.contests.push_back(std::move(asked));

  const count::Rankings rankings(contest);  // which pass over those who have withdrawn
  for (std::size_t entry = 0; entry < rankings.size(); ++entry) {
    std::vector<count::Candidate> preferences;
    for (const count::Candidate candidate : rankings.preferences(entry)) preferences.push_back(place[candidate]);
    for (std::int64_t paper = 0; paper < rankings.weight(entry); ++paper) {
      election.votes.push_back({election.votes.size(), {preferences}});
    }
  }
  dice.shuffle(election.votes);
  return election;
}

std::string roll_csv(const std::vector<InventedMember>& members) {
  std::string csv = "Member number,Name,Email\r\n";
  for (const InventedMember& member : members) {
    csv += fmt::format("{},{},{}\r\n", member.number, member.name, member.email);
  }
  return csv;
}

}  // namespace folkmoot::service
