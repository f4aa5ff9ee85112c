// What the readers of text formats share.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "count/contest.hpp"
#include "count/format/cursor.hpp"

namespace folkmoot::count {

// Candidates by name as they come up.
class NameTable {
 public:
  // The candidate with that name, new if there is none. Fails beyond most_candidates, or for a name that isn't one.
  Result<Candidate> find_or_add(std::string_view text) {
    const std::string name = TRY(read_name(text));
    const auto found = numbers_.find(name);
    if (found != numbers_.end()) return found->second;
    if (names_.size() == most_candidates) return fail("there are too many candidates");
    const auto number = static_cast<Candidate>(names_.size());
    numbers_.emplace(name, number);
    names_.push_back(name);
    return number;
  }
  [[nodiscard]] const Candidate* find(std::string_view name) const {
    const auto found = numbers_.find(tidy(name));
    return found == numbers_.end() ? nullptr : &found->second;
  }
  [[nodiscard]] std::vector<std::string> take() { return std::move(names_); }
  [[nodiscard]] std::size_t size() const { return names_.size(); }

 private:
  std::vector<std::string> names_;
  std::map<std::string, Candidate, std::less<>> numbers_;
};

// Grades that a file gives as numbers: tables grow with how far they lie apart.
inline constexpr long most_grades = 1000;

// Adds a paper, refusing too many.
inline Status add_paper(Papers& papers, std::vector<Mark> marks, std::int64_t weight) {
  if (weight < 1 || weight > most_votes - papers.total()) return fail("there are too many votes");
  std::ranges::stable_sort(marks, {}, &Mark::rank);
  papers.add(marks, weight);
  return {};
}

// The rest of the line, without the end of it; the cursor goes to the next line.
inline std::string_view take_line(Cursor& at) {
  std::string_view line = at.until("\n");
  at.take('\n');
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

inline void skip_spaces(Cursor& at) {
  while (at.peek() == ' ' || at.peek() == '\t') at.step();
}

// An unsigned number here, at most `greatest`.
inline Result<std::int64_t> take_number(Cursor& at, std::string_view what, std::int64_t greatest) {
  const Cursor start = at;
  const std::optional<std::int64_t> number = at.number(greatest);
  if (!number) return start.expected(what);
  return *number;
}

}  // namespace folkmoot::count
