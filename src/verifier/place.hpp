// Where a ledger lies, and whose signatures count.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>

#include "audit/published.hpp"

namespace folkmoot::verifier {

// A ledger's log and what is published beside it.
struct Place {
  std::unique_ptr<ledger::Source> log;
  std::unique_ptr<audit::Library> library;
};
// The ledger in that folder, or at that URL.
Result<Place> open_place(const std::string& location);

// What --policy and --key say.
struct Trust {
  std::string policy;  // a file
  std::string key;     // a vkey: NAME+ID+KEY
};
void add_trust(CLI::App& command, Trust& trust);
// The policy of that file; or one that knows only that key, and needs no witness; or nothing if neither is given.
Result<std::optional<ledger::Policy>> policy_of(const Trust& trust);

// The whole of a file of at most so many bytes. Errors name it.
Result<std::string> read_file(const std::string& path, std::size_t most = std::size_t{64} << 20);

}  // namespace folkmoot::verifier
