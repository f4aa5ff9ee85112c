// What `record` and `merge` do with a report: show it, and say by the exit status what it comes to.
#pragma once

#include "record/part.hpp"
#include "verifier/commands.hpp"

namespace folkmoot::verifier {

int exit_of(record::Verdict verdict);
// The same; with a tracker, of which the report says what became of its ballot, also whether that counts.
int exit_of(record::Verdict verdict, const std::string& tracker, const record::Report& report);

// What became of the ballot with that tracker, in a sentence.
std::string about_tracker(const std::string& tracker, const std::optional<record::TrackedBallot>& found);

// Prints the report, with what became of the tracker's ballot unless that is empty. Gives the exit status.
int show(const record::Report& report, const std::string& tracker, bool as_json, const Console& console);

// --save-state; and what it asks for. A record that is damaged leaves no state, which is said.
void add_save_state(CLI::App& command, std::string& path);
Status save_state(const record::Part& part, const std::string& path, const Console& console);

}  // namespace folkmoot::verifier
