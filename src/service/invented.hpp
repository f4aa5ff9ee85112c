// An organisation to try things on: people, a ballot paper and votes, all invented, from a seed. Nothing here is secret
// or random: the same number of members gives the same votes every time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "count/contest.hpp"
#include "service/ballot_paper.hpp"

namespace folkmoot::service {

struct InventedMember {
  std::string number;  // "M00017"
  std::string name;
  std::string email;  // at example.org
};

// What one member puts on the paper: for each contest, the candidates preferred, most preferred first.
struct InventedVote {
  std::size_t member = 0;
  std::vector<std::vector<count::Candidate>> preferences;
};

struct InventedElection {
  BallotPaper paper;  // not drafted yet
  std::vector<InventedMember> members;
  std::vector<InventedVote> votes;  // in the order cast; a member's later vote replaces the earlier
};

// A union elects its leader (3 candidates, alternative vote) and a committee (24 candidates, nine seats, STV). Members
// lean to one of several currents; some follow its recommended order to the letter, others their own mind; a third does
// not vote, some rank few candidates or none, and some vote a second time. `members` ≥ 1.
InventedElection invent_election(std::size_t members);

// One member for each paper of a real contest, voting as the paper says, in shuffled order.
InventedElection election_of(const count::Contest& contest, std::string_view rule, std::size_t seats);

// The roll as a membership secretary would export it, in CSV.
std::string roll_csv(const std::vector<InventedMember>& members);

}  // namespace folkmoot::service
