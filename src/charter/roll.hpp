// The roll: who the members are, as the membership secretary's list says it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "charter/roll_form.hpp"

namespace folkmoot::charter {

struct Member {
  std::string id;  // unique on the roll; where the list has none, the e-mail address in lower case
  std::string name;
  std::string email;     // empty if there is none: letters can be posted
  std::string language;  // as the list has it ("en", "fr"); may be empty
  std::string section;   // the part of the organisation to which the member belongs; may be empty
  std::uint64_t weight = 1;
  std::size_t line = 0;  // on which the list has the member
  // Of lists of members only:
  std::optional<Time> joined;  // the beginning of a day; nothing if the list does not say
  Standing standing = Standing::active;
  bool supporter = false;
  Names characteristics;  // that the member has declared, in order
};

struct Roll {
  std::vector<Member> members;           // in the order of the list
  std::array<bool, column_count> has{};  // which columns the list had
  bool has_characteristics = false;      // whether the form named columns of them
  std::vector<std::string> ignored_columns;
};

// What is wrong with one line of the list, from 1.
struct RollError {
  std::size_t line = 0;
  std::string message;
  friend bool operator==(const RollError&, const RollError&) = default;
};

// Of all members' weights together: what the original tools accept. (That weights above 2^30 − 1 are strings in JSON is
// the concern of election/.)
inline constexpr std::uint64_t greatest_total_weight = 100'000'000'000;
// In bytes, for each field of a member.
inline constexpr std::size_t longest_field = 320;

// Reads a list in CSV (RFC 4180; comma, semicolon or tab; UTF-8 or Windows-1252). The first line names the columns, in
// any order; upper and lower case, spaces, hyphens, underscores and dots do not matter, and columns of other names are
// ignored. Lists of voters have:
//   id        id, number, member id, member no, member number, membership id, membership no, membership number
//   name      name, full name, member name; or first name or forename or given name, with last name or surname or
//             family name
//   email     email, e-mail, mail, email address, e-mail address
//   language  language, lang, preferred language
//   section   section, group, branch, chapter, local group
//   weight    weight, voting weight, votes
// There must be a column of ids or of e-mail addresses; without ids, the addresses are the ids. Every member needs an
// id; if there is a column of weights, a weight, a whole number from 1; and an e-mail address of the usual form, or
// none. Ids hold no comma, because the registrar's files are lists separated by commas. White space around a field is
// dropped, and lines without any text are skipped.
//
// Lists of members (roll_form.hpp) have no weights, sections that are names as acts hold them, every column that the
// form's markers name, and perhaps the same id on several lines: that is for the import to show.
//
// Fails with all that is wrong, by line.
tl::expected<Roll, std::vector<RollError>> read_roll(std::string bytes, const RollForm& form = voters_form());

// The errors as one text for people, a line each ("line 7: …"), the first `most` of them and how many more there are.
std::string describe(const std::vector<RollError>& errors, std::size_t most = 100);

}  // namespace folkmoot::charter
