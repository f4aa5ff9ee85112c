#include "count/format/constraint.hpp"

#include "count/format/lines.hpp"

namespace folkmoot::count {
namespace {

// The limits: >= 3, <= 3, = 3 or = 2..4.
Status read_limits(Cursor& at, Constraint& constraint) {
  const auto number = [&]() -> Result<std::size_t> {
    skip_spaces(at);
    return static_cast<std::size_t>(TRY(take_number(at, "a number of seats", most_candidates)));
  };
  if (at.take('>')) {
    if (!at.take('=')) return at.expected("=");
    constraint.least = TRY(number());
  } else if (at.take('<')) {
    if (!at.take('=')) return at.expected("=");
    constraint.most = TRY(number());
  } else {
    if (!at.take('=')) return at.expected(">=, <= or = after the name of the group");
    constraint.least = constraint.most = TRY(number());
    if (at.take('.')) {
      if (!at.take('.')) return at.expected("two dots between two numbers");
      constraint.most = TRY(number());
    }
  }
  return {};
}

}  // namespace

Result<Constraint> read_constraint(std::string_view text, const Contest& contest) {
  Cursor at(text);
  Constraint constraint;
  constraint.group = TRY(Cursor(text).in(read_name(at.until("<>="))));
  TRY(read_limits(at, constraint));
  skip_spaces(at);
  if (!at.take(':')) return at.expected("a colon and the names of the group");
  while (!at.at_end()) {
    const std::string name = tidy(at.until(";"));
    at.take(';');
    if (name.empty()) continue;
    const Candidate member = TRY(find_candidate(contest, name));
    if (std::ranges::count(constraint.members, member) == 0) constraint.members.push_back(member);
  }
  return constraint;
}

}  // namespace folkmoot::count
