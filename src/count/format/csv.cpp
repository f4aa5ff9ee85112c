// Ballots in CSV (RFC 4180): a column a rank, or a column a candidate.
#include <optional>

#include "base/csv.hpp"
#include "count/format/format.hpp"
#include "count/format/lines.hpp"

namespace folkmoot::count {
namespace {

// Rows with tidied fields, at least one; the first names the columns.
Result<std::vector<csv::Row>> read_rows(std::string_view text) {
  csv::Reader reader(text, csv::detect_separator(text));
  std::vector<csv::Row> rows;
  csv::Row row;
  while (true) {
    const Result<bool> more = reader.next(row);
    if (!more) return fail("line {}: {}", row.line, more.error().message);
    if (!*more) break;
    for (std::string& field : row.fields) field = tidy(field);
    if (row.fields.size() > 1 || !row.fields.front().empty()) rows.push_back(row);
  }
  if (rows.empty()) return fail("line 1: expected a line with the names of the columns");
  if (rows.front().fields.size() > most_candidates) return fail("line {}: there are too many columns", rows[0].line);
  return rows;
}

Failure at_field(const csv::Row& row, std::size_t field, std::string_view message) {
  return fail("line {}, field {}: {}", row.line, field + 1, message);
}

std::optional<long> number_of(const std::string& field) {
  if (field.empty() || field.size() > 9) return std::nullopt;
  const std::size_t sign = field.front() == '-' ? 1 : 0;
  if (field.size() == sign) return std::nullopt;
  long value = 0;
  for (const char c : field.substr(sign)) {
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
std::size_t first_vote_column(const csv::Row& header, const CsvMapping& mapping) {
  if (mapping.first_vote_column > 0) return mapping.first_vote_column - 1;
  std::size_t column = 0;
  while (column < header.fields.size() && is_about_paper(header.fields[column])) ++column;
  return column;
}

// The names that head the columns from `first` on.
Result<std::vector<std::string>> candidates_from(const csv::Row& header, std::size_t first) {
  std::vector<std::string> names;
  for (std::size_t field = first; field < header.fields.size(); ++field) {
    Result<std::string> name = read_name(header.fields[field]);
    if (!name) return at_field(header, field, name.error().message);
    names.push_back(*std::move(name));
  }
  return names;
}

}  // namespace

Result<Contest> read_rank_csv(std::string_view text) {
  const std::vector<csv::Row> rows = TRY(read_rows(text));
  Contest contest;
  NameTable names;
  const csv::Row& header = rows.front();
  const bool counted = lower(header.fields.front()) == "count";
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const csv::Row& row = rows[i];
    if (row.fields.size() > header.fields.size()) return at_field(row, header.fields.size(), "there is no such column");
    std::int64_t weight = 1;
    if (counted) {
      const auto number = number_of(row.fields.front());
      if (!number || *number < 1) return at_field(row, 0, "expected a number of papers");
      weight = *number;
    }
    std::vector<Mark> marks;
    for (std::size_t field = counted ? 1 : 0; field < row.fields.size(); ++field) {
      const std::string word = lower(row.fields[field]);
      if (word.empty() || word == "undervote" || word == "skipped") continue;
      const auto rank = static_cast<std::uint16_t>(field + (counted ? 0 : 1));
      if (word == "overvote") {
        marks.push_back({overvote, rank});
        continue;
      }
      const auto candidate = names.find_or_add(row.fields[field]);
      if (!candidate) return at_field(row, field, candidate.error().message);
      marks.push_back({*candidate, rank});
    }
    if (const Status added = add_paper(contest.papers, std::move(marks), weight); !added)
      return at_field(row, 0, added.error().message);
  }
  contest.candidates = names.take();
  TRY(check(contest));
  return contest;
}

Result<Contest> read_ballot_csv(std::string_view text, const CsvMapping& mapping) {
  const std::vector<csv::Row> rows = TRY(read_rows(text));
  const csv::Row& header = rows.front();
  const std::size_t first = first_vote_column(header, mapping);
  Contest contest;
  contest.candidates = TRY(candidates_from(header, first));
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const csv::Row& row = rows[i];
    if (row.fields.size() > header.fields.size()) return at_field(row, header.fields.size(), "there is no such column");
    std::vector<Mark> marks;
    for (std::size_t field = first; field < row.fields.size(); ++field) {
      if (row.fields[field].empty()) continue;
      const auto rank = number_of(row.fields[field]);
      if (!rank || *rank < 1 || *rank > 0xfffe) return at_field(row, field, "expected a rank, or nothing");
      marks.push_back({static_cast<Candidate>(field - first), static_cast<std::uint16_t>(*rank)});
    }
    if (const Status added = add_paper(contest.papers, std::move(marks), 1); !added)
      return at_field(row, 0, added.error().message);
  }
  TRY(check(contest));
  return contest;
}

Result<Contest> read_grade_csv(std::string_view text, const CsvMapping& mapping) {
  const std::vector<csv::Row> rows = TRY(read_rows(text));
  const csv::Row& header = rows.front();
  const std::size_t first =
      mapping.first_vote_column > 0 ? mapping.first_vote_column - 1 : first_vote_column(header, mapping);
  Contest contest;
  contest.candidates = TRY(candidates_from(header, first));
  std::vector<std::vector<std::optional<long>>> papers;
  long most = mapping.best;
  long least = mapping.worst;
  const bool given = mapping.best != mapping.worst;
  bool any = given;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const csv::Row& row = rows[i];
    if (row.fields.size() > header.fields.size()) return at_field(row, header.fields.size(), "there is no such column");
    std::vector<std::optional<long>>& paper = papers.emplace_back();
    for (std::size_t field = first; field < row.fields.size(); ++field) {
      const auto grade = number_of(row.fields[field]);
      if (!grade && !row.fields[field].empty()) return at_field(row, field, "expected a grade, or nothing");
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
      return at_field(rows[i + 1], 0, added.error().message);
  }
  TRY(check(contest));
  return contest;
}

}  // namespace folkmoot::count
