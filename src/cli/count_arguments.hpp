// What the commands of `folkmoot count` have in common: which papers, by which rule, how lots are drawn.
#pragma once

#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "count/count.hpp"
#include "count/format/constraint.hpp"
#include "count/format/format.hpp"

namespace folkmoot::cli {

struct PapersArguments {
  std::string file, format;
  std::vector<std::string> further, withdrawn;
  count::CsvMapping mapping;
};

struct CountArguments : PapersArguments {
  std::string rule, ties;
  std::size_t seats = 0;
  std::vector<std::string> constraints;
  bool recount = false;
  count::EqualRanks equal_ranks = count::EqualRanks::by_rule;
  count::DefaultOption default_option;
  count::RankedChoice ranked_choice;
};

// The options that fill the arguments. `required`: the file (and the rule) must be given.
void define_papers(CLI::App& command, PapersArguments& arguments, bool required);
void define_count(CLI::App& command, CountArguments& arguments, bool required);
// All of define_count but the rule.
void define_way_of_counting(CLI::App& command, CountArguments& arguments, bool required);

// Reads the files; says on the console's error stream what the readers tolerated.
Result<count::Contest> read_papers(const PapersArguments& arguments, Console& console);

// The options for counting that contest: constraints with their candidates, and the lots. The console outlives them.
Result<count::Options> read_options(const CountArguments& arguments, const count::Contest& contest, Console& console);

// Counts, by recounting where the arguments ask for that.
Result<count::Transcript> count_papers(const CountArguments& arguments, const count::Contest& contest,
                                       const count::Options& options);

}  // namespace folkmoot::cli
