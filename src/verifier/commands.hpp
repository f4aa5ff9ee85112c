// The subcommands. Each adds itself to the command line; what it is to do, if it is asked for, goes into `action`.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "base/result.hpp"
#include "verifier/verifier.hpp"

namespace folkmoot::verifier {

// Gives the status with which the program exits; an error is one of calling it, or of a file.
using Action = std::function<Result<int>()>;

// A line on standard error that overwrites itself; nothing where that is not a terminal.
std::function<void(std::uint64_t done, std::uint64_t total)> progress_line();
// What it says after so many seconds: how far, and, once that can be told, how long it will take; nothing at the end.
std::string progress_text(std::uint64_t done, std::uint64_t total, double seconds);
// --threads.
void add_threads(CLI::App& command, unsigned& threads);

void add_record(CLI::App& app, const Console& console, Action& action);
void add_merge(CLI::App& app, const Console& console, Action& action);
void add_ledger(CLI::App& app, const Console& console, Action& action);
void add_receipt(CLI::App& app, const Console& console, Action& action);
void add_ballot(CLI::App& app, const Console& console, Action& action);
void add_elector(CLI::App& app, const Console& console, Action& action);

}  // namespace folkmoot::verifier
