#include "count/constraints.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace folkmoot::count {
namespace {

constexpr std::size_t most_ways = 200'000;  // states to look through for one question

std::string describe(const Constraint& constraint) {
  if (constraint.least == constraint.most) return fmt::format("exactly {} of {}", constraint.least, constraint.group);
  if (constraint.most == std::numeric_limits<std::size_t>::max())
    return fmt::format("at least {} of {}", constraint.least, constraint.group);
  if (constraint.least == 0) return fmt::format("at most {} of {}", constraint.most, constraint.group);
  return fmt::format("{} to {} of {}", constraint.least, constraint.most, constraint.group);
}

}  // namespace

Result<ConstraintTable> ConstraintTable::make(std::vector<Constraint> constraints,
                                              const std::vector<Candidate>& standing, std::size_t seats) {
  for (const Constraint& constraint : constraints)
    if (constraint.least > constraint.most)
      return fail("{}: the least number is greater than the most", constraint.group);
  const auto table_of = [&](std::vector<Constraint> some) {
    ConstraintTable table(std::move(some));
    Candidate last = 0;
    for (const Candidate candidate : standing) last = std::max(last, candidate);
    table.cell_of_.assign(standing.empty() ? 0 : last + 1U, 0);
    std::map<std::vector<std::size_t>, std::size_t> numbers;
    for (const Candidate candidate : standing) {
      std::vector<std::size_t> groups;
      for (std::size_t i = 0; i < table.constraints_.size(); ++i)
        if (std::ranges::count(table.constraints_[i].members, candidate) > 0) groups.push_back(i);
      const auto [entry, added] = numbers.emplace(groups, table.cells_.size());
      if (added) table.cells_.push_back(groups);
      table.cell_of_[candidate] = entry->second;
    }
    return table;
  };
  const std::size_t filled = std::min(seats, standing.size());
  const auto kept = [&](const std::vector<Constraint>& some) { return table_of(some).possible({}, standing, filled); };
  if (kept(constraints)) return table_of(std::move(constraints));
  // Name as few as don't go together.
  for (const Constraint& one : constraints) {
    if (kept({one})) continue;
    std::size_t members = 0;
    for (const Candidate candidate : standing) members += std::ranges::count(one.members, candidate) > 0 ? 1 : 0;
    return fail("“{}” can’t be kept: {} of the group stand for {} seats, and {} others", describe(one), members, seats,
                standing.size() - members);
  }
  for (std::size_t i = 0; i < constraints.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (!kept({constraints[j], constraints[i]}))
        return fail("“{}” and “{}” can’t both be kept among {} seats", describe(constraints[j]),
                    describe(constraints[i]), seats);
  return fail("the {} constraints can’t be kept together among {} seats, or not be seen to be", constraints.size(),
              seats);
}

std::size_t ConstraintTable::cell_of(Candidate candidate) const { return cell_of_[candidate]; }

bool ConstraintTable::fill(const std::vector<std::size_t>& sizes, const std::vector<std::size_t>& elected_in,
                           std::size_t vacancies, std::optional<Fixed> fixed) const {
  // After each cell: how many seats are filled, and how many of each group are elected. Different ways to the same
  // state are one.
  using State = std::vector<std::size_t>;  // seats filled, then by constraint
  State start{0};
  start.insert(start.end(), elected_in.begin(), elected_in.end());
  std::set<State> states{start};
  for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
    std::set<State> next;
    for (const State& state : states) {
      for (std::size_t number = 0; number <= sizes[cell] && state[0] + number <= vacancies; ++number) {
        if (fixed && fixed->cell == cell && fixed->number != number) continue;
        State after = state;
        after[0] += number;
        bool over = false;
        for (const std::size_t group : cells_[cell])
          over = over || (after[group + 1] += number) > constraints_[group].most;
        if (!over) next.insert(std::move(after));
      }
    }
    if (next.size() > most_ways) return false;
    states = std::move(next);
  }
  return std::ranges::any_of(states, [&](const State& state) {
    if (state[0] != vacancies) return false;
    for (std::size_t i = 0; i < constraints_.size(); ++i)
      if (state[i + 1] < constraints_[i].least || state[i + 1] > constraints_[i].most) return false;
    return true;
  });
}

ConstraintTable::Verdict ConstraintTable::judge(const std::vector<Candidate>& elected,
                                                const std::vector<Candidate>& continuing, std::size_t vacancies) const {
  vacancies = std::min(vacancies, continuing.size());
  std::vector<std::size_t> elected_in(constraints_.size());
  for (const Candidate candidate : elected)
    for (const std::size_t group : cells_[cell_of(candidate)]) ++elected_in[group];
  std::vector<std::size_t> sizes(cells_.size());
  for (const Candidate candidate : continuing) ++sizes[cell_of(candidate)];
  Verdict verdict;
  verdict.possible = fill(sizes, elected_in, vacancies, {});
  if (!verdict.possible) return verdict;
  for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
    if (sizes[cell] == 0) continue;
    bool some = false;
    bool fewer = false;
    for (std::size_t number = 0; number <= sizes[cell] && !(some && fewer); ++number) {
      if ((number == 0 || some) && (number == sizes[cell] || fewer)) continue;
      if (!fill(sizes, elected_in, vacancies, Fixed{cell, number})) continue;
      some = some || number > 0;
      fewer = fewer || number < sizes[cell];
    }
    for (const Candidate candidate : continuing) {
      if (cell_of(candidate) != cell) continue;
      if (!some) verdict.doomed.push_back(candidate);
      if (!fewer) verdict.guarded.push_back(candidate);
    }
  }
  std::ranges::sort(verdict.guarded);
  std::ranges::sort(verdict.doomed);
  return verdict;
}

bool ConstraintTable::possible(const std::vector<Candidate>& elected, const std::vector<Candidate>& continuing,
                               std::size_t vacancies) const {
  std::vector<std::size_t> elected_in(constraints_.size());
  for (const Candidate candidate : elected)
    for (const std::size_t group : cells_[cell_of(candidate)]) ++elected_in[group];
  std::vector<std::size_t> sizes(cells_.size());
  for (const Candidate candidate : continuing) ++sizes[cell_of(candidate)];
  return fill(sizes, elected_in, std::min(vacancies, continuing.size()), {});
}

}  // namespace folkmoot::count
