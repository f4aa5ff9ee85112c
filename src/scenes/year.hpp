// A year in the life of the example campaign organisation, with real elections: encrypted ballots, cast, shuffled,
// decrypted and counted; every act in the ledger, every record beside it.
#pragma once

#include "scenes/stage.hpp"
#include "service/played_election.hpp"

namespace folkmoot::scenes {

struct Year {
  service::fs::path ledger;  // the folder that is for everybody
  std::string key;           // of the ledger, as whoever verifies it must know it
  std::size_t acts = 0;
  std::size_t elections = 0;
};

// The charter with which the year begins: the coordinating group appoints most of itself.
std::string charter_of_last_year();

// Plays it on a stage under that charter, and gives the records of its elections.
std::vector<service::fs::path> play_year(Stage& stage, std::ostream& out, const Progress& progress);

// Plays it in a folder that is not there yet, and tells what happens. Fails where something is refused that the charter
// allows.
Result<Year> play_year(const service::fs::path& folder, std::ostream& out, const Progress& progress);

}  // namespace folkmoot::scenes
