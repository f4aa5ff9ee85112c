// What a next step adds to a record. Pure: the bytes are for the caller to write (store/record_file.hpp does).
#pragma once

#include <string>
#include <vector>

#include "record/chain.hpp"

namespace folkmoot::record {

// An event to append, and the contents that it brings in the order of the archive, canonical JSON each. The last is the
// event's payload and refers to those before:
//   Setup: election, trustees, credentials, setup_data    Ballot: ballot          EndBallots, EndShuffles: none
//   EncryptedTally: encrypted_tally, sized_encrypted_tally    Shuffle: shuffle, owned_shuffle
//   PartialDecryption: partial_decryption, owned_partial_decryption    Result: result
struct Addition {
  EventType type = EventType::setup;
  std::vector<std::string> data;
};

// Appends to `out` the entries of `addition` as they stand at `offset`, the end of the record of that header and chain,
// and adds the step to the chain. Fails if it may not follow, by the rules of Chain; nothing has changed then.
// The step's entries keep their contents.
Result<Step> append(std::string& out, Chain& chain, const ArchiveHeader& header, std::uint64_t offset,
                    Addition addition);

}  // namespace folkmoot::record
