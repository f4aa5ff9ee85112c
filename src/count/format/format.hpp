// Ballot files in all formats that are read, and those that are written.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "count/contest.hpp"
#include "count/transcript.hpp"

namespace folkmoot::count {

enum class Format {
  blt,
  preflib,     // soc, soi, toc, toi, cat: https://preflib.org
  abif,        // Aggregated Ballot Information Format: rankings and ratings
  cef,         // Condorcet Election Format (.cvotes)
  debian,      // the tally sheet of a Debian vote
  rank_csv,    // a column a rank, a candidate's name in each: “count,rank1,rank2,…”
  ballot_csv,  // a column a candidate, a rank in each (RCTab's generic CSV)
  grade_csv,   // a column a candidate, a grade in each
  cdf          // NIST SP 1500-103 cast vote records, JSON
};

// What a CSV file doesn't say of itself.
struct CsvMapping {
  std::size_t first_vote_column = 0;  // from 1; 0: the first that isn't plainly something else
  long best = 0;                      // grade_csv: the best and the worst grade; equal: the greatest and the least met
  long worst = 0;
};

std::string_view name_of(Format format);
std::optional<Format> format_called(std::string_view name);

// From the file's name and its first lines; nullopt if neither says.
std::optional<Format> guess_format(std::string_view file_name, std::string_view text);

// Reads a contest from UTF-8, or but for BLT from Windows-1252 (base/utf8.hpp); fails with line, column and what was
// expected. Memory is proportional to the text. Candidates a file doesn't declare are taken in the order in which
// papers name them, except where that would hide a typing mistake.
Result<Contest> read_contest(Format format, std::string_view bytes, const CsvMapping& mapping = {});

// One contest from several files of it (precincts, say): the same candidates by name, all papers.
Result<Contest> join(std::span<const Contest> parts);

Result<Contest> read_preflib(std::string_view text);
Result<Contest> read_abif(std::string_view text);
Result<Contest> read_cef(std::string_view text);
Result<Contest> read_debian(std::string_view text);
Result<Contest> read_rank_csv(std::string_view text);
Result<Contest> read_ballot_csv(std::string_view text, const CsvMapping& mapping);
Result<Contest> read_grade_csv(std::string_view text, const CsvMapping& mapping);
Result<Contest> read_cdf(std::string_view text);

// Writing. What a format can't hold (seats, withdrawals, skipped ranks in PrefLib, what follows an overvote that names
// nobody) is left out, and read_contest gives the rest back.
std::string write_preflib(const Contest& contest);
std::string write_abif(const Contest& contest);
std::string write_cdf(const Contest& contest);
// The summary that RCTab writes of a count (jsonFormatVersion 1): rounds, tallies, who was elected and eliminated.
std::string write_rctab_summary(const Transcript& transcript);

}  // namespace folkmoot::count
