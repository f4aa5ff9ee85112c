// Ballots in CSV (RFC 4180): a column a rank, or a column a candidate.
#include <optional>

#include "count/format/format.hpp"
#include "count/format/lines.hpp"

namespace folkmoot::count {
namespace {

struct Row {
  std::size_t line;
  std::vector<std::string> cells;
};

// Rows of cells; quotes may hold commas, doubled quotes and ends of lines. Empty lines are passed over.
Result<std::vector<Row>> read_rows(std::string_view text) {
  Cursor at(text);
  if (at.rest().starts_with("\xEF\xBB\xBF")) at.take('\xEF'), at.take('\xBB'), at.take('\xBF');
  std::vector<Row> rows;
  while (!at.at_end()) {
    Row row{at.line(), {}};
    do {
      std::string cell;
      if (at.peek() == '"') {
        const Cursor start = at;
        at.step();
        while (true) {
          cell += at.until("\"");
          if (!at.take('"')) return start.error("the quotes are not closed");
          if (!at.take('"')) break;
          cell += '"';
        }
        if (!at.at_end() && at.peek() != ',' && at.peek() != '\n' && at.peek() != '\r')
          return at.expected("a comma or the end of the line");
      } else {
        cell = at.until(",\r\n");
      }
      row.cells.push_back(tidy(cell));
    } while (at.take(','));
    if (at.peek() == '\r') at.step();
    if (!at.at_end() && !at.take('\n')) return at.expected("the end of the line");
    if (row.cells.size() > 1 || !row.cells.front().empty()) rows.push_back(std::move(row));
  }
  if (rows.empty()) return fail("line 1, column 1: expected a line with the names of the columns");
  return rows;
}

Failure at_cell(const Row& row, std::size_t cell, std::string_view message) {
  return fail("line {}, cell {}: {}", row.line, cell + 1, message);
}

std::optional<long> number_of(const std::string& cell) {
  if (cell.empty() || cell.size() > 9) return std::nullopt;
  const std::size_t sign = cell.front() == '-' ? 1 : 0;
  if (cell.size() == sign) return std::nullopt;
  long value = 0;
  for (const char c : cell.substr(sign)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = 10 * value + (c - '0');
  }
  return sign == 1 ? -value : value;
}

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

// Is a column with this name about the paper, not a vote on it?
bool is_about_paper(const std::string& name) {
  const std::string word = lower(name);
  for (const char* known : {"id", "ballot", "precinct", "batch", "response", "voter", "paper"})
    if (word.empty() || word.find(known) != std::string::npos) return true;
  return false;
}

// Columns of candidates: from the mapping's first on, or those not about the paper.
std::size_t first_vote_column(const Row& header, const CsvMapping& mapping) {
  if (mapping.first_vote_column > 0) return mapping.first_vote_column - 1;
  std::size_t column = 0;
  while (column < header.cells.size() && is_about_paper(header.cells[column])) ++column;
  return column;
}

}  // namespace

Result<Contest> read_rank_csv(std::string_view text) {
  const std::vector<Row> rows = TRY(read_rows(text));
  Contest contest;
  NameTable names;
  const Row& header = rows.front();
  const bool counted = lower(header.cells.front()) == "count";
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const Row& row = rows[i];
    if (row.cells.size() > header.cells.size()) return at_cell(row, header.cells.size(), "there is no such column");
    std::int64_t weight = 1;
    if (counted) {
      const auto number = number_of(row.cells.front());
      if (!number || *number < 1) return at_cell(row, 0, "expected a number of papers");
      weight = *number;
    }
    std::vector<Mark> marks;
    for (std::size_t cell = counted ? 1 : 0; cell < row.cells.size(); ++cell) {
      const std::string word = lower(row.cells[cell]);
      if (word.empty() || word == "undervote" || word == "skipped") continue;
      const auto rank = static_cast<std::uint16_t>(cell + (counted ? 0 : 1));
      if (word == "overvote") {
        marks.push_back({overvote, rank});
        continue;
      }
      const auto candidate = names.find_or_add(row.cells[cell]);
      if (!candidate) return at_cell(row, cell, candidate.error().message);
      marks.push_back({*candidate, rank});
    }
    if (const Status added = add_paper(contest.papers, std::move(marks), weight); !added)
      return at_cell(row, 0, added.error().message);
  }
  contest.candidates = names.take();
  TRY(check(contest));
  return contest;
}

Result<Contest> read_ballot_csv(std::string_view text, const CsvMapping& mapping) {
  const std::vector<Row> rows = TRY(read_rows(text));
  const Row& header = rows.front();
  const std::size_t first = first_vote_column(header, mapping);
  Contest contest;
  for (std::size_t cell = first; cell < header.cells.size(); ++cell) contest.candidates.push_back(header.cells[cell]);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const Row& row = rows[i];
    if (row.cells.size() > header.cells.size()) return at_cell(row, header.cells.size(), "there is no such column");
    std::vector<Mark> marks;
    for (std::size_t cell = first; cell < row.cells.size(); ++cell) {
      if (row.cells[cell].empty()) continue;
      const auto rank = number_of(row.cells[cell]);
      if (!rank || *rank < 1 || *rank > 0xfffe) return at_cell(row, cell, "expected a rank, or nothing");
      marks.push_back({static_cast<Candidate>(cell - first), static_cast<std::uint16_t>(*rank)});
    }
    if (const Status added = add_paper(contest.papers, std::move(marks), 1); !added)
      return at_cell(row, 0, added.error().message);
  }
  TRY(check(contest));
  return contest;
}

Result<Contest> read_grade_csv(std::string_view text, const CsvMapping& mapping) {
  const std::vector<Row> rows = TRY(read_rows(text));
  const Row& header = rows.front();
  const std::size_t first =
      mapping.first_vote_column > 0 ? mapping.first_vote_column - 1 : first_vote_column(header, mapping);
  Contest contest;
  for (std::size_t cell = first; cell < header.cells.size(); ++cell) contest.candidates.push_back(header.cells[cell]);
  std::vector<std::vector<std::optional<long>>> papers;
  long most = mapping.best;
  long least = mapping.worst;
  const bool given = mapping.best != mapping.worst;
  bool any = given;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const Row& row = rows[i];
    if (row.cells.size() > header.cells.size()) return at_cell(row, header.cells.size(), "there is no such column");
    std::vector<std::optional<long>>& paper = papers.emplace_back();
    for (std::size_t cell = first; cell < row.cells.size(); ++cell) {
      const auto grade = number_of(row.cells[cell]);
      if (!grade && !row.cells[cell].empty()) return at_cell(row, cell, "expected a grade, or nothing");
      paper.push_back(grade);
      if (given || !grade) continue;
      most = any ? std::max(most, *grade) : *grade;
      least = any ? std::min(least, *grade) : *grade;
      any = true;
    }
  }
  const bool upwards = !given || mapping.best > mapping.worst;  // a greater number is better
  const long low = std::min(most, least);
  const long high = std::max(most, least);
  if (high - low >= most_grades) return fail("the grades lie too far apart");
  for (long grade = low; grade <= high; ++grade)
    contest.grades.push_back(std::to_string(upwards ? high - (grade - low) : grade));
  for (std::size_t i = 0; i < papers.size(); ++i) {
    std::vector<Mark> marks;
    for (std::size_t candidate = 0; candidate < papers[i].size(); ++candidate) {
      const std::optional<long> grade = papers[i][candidate];
      if (!grade || *grade < low || *grade > high) continue;  // no opinion: the worst grade, as for every one not given
      const long place = upwards ? high - *grade : *grade - low;
      marks.push_back({static_cast<Candidate>(candidate), static_cast<std::uint16_t>(place + 1)});
    }
    if (const Status added = add_paper(contest.papers, std::move(marks), 1); !added)
      return at_cell(rows[i + 1], 0, added.error().message);
  }
  TRY(check(contest));
  return contest;
}

}  // namespace folkmoot::count
