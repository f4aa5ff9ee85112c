// What the columns of a membership list mean, and its words for people's standing. Two kinds of lists are read: those
// of voters, for the registrar of one election, and those of members, for the roll. The second kind differs between
// the products that export it: there are presets, and every column can be named by hand.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "charter/charter.hpp"

namespace folkmoot::charter {

enum class Column { id, name, first_name, last_name, email, language, section, weight, joined, status };
inline constexpr std::size_t column_count = 10;
std::string_view describe(Column column);

// What a list of members can say of somebody's membership. Who has left (or has died, or was removed) is not expected
// back; on the roll both are lapsed, because nobody but themselves can end a membership there.
enum class Standing { active, lapsed, left };

// Something that a column says of some people: those who have `value` in it (upper and lower case do not matter), or if
// no value is given, "yes".
struct Marker {
  std::string title;  // plain
  std::string value;
};

// How a date with slashes is meant: 03/04/2021 is one in April or one in March.
enum class Slashes { refused, day_first, month_first };

struct RollForm {
  bool of_members = false;          // else of voters: with weights, each id once, sections as they are
  Named<Column> titles;             // of columns: plain (see below)
  Named<Standing> statuses;         // in lower case
  Named<std::string> sections;      // as the list has them → as the roll has them
  std::optional<Marker> supporter;  // who has no vote
  std::vector<std::pair<std::string, Marker>> characteristics;  // self-declared, by name
  Slashes slashes = Slashes::refused;
};

// A title without spaces, hyphens, underscores and dots, in lower case: how titles are compared.
std::string plain(std::string_view title);

// Lists of voters: see read_roll.
const RollForm& voters_form();

// Lists of members: the same titles, and
//   joined     joined, join date, date joined, member since, joined at, joined on
//   status     status, membership status, standing
// Statuses are active, current, lapsed, expired, left, resigned, cancelled, canceled, deceased; supporters are those
// with "yes" in a column "supporter".
RollForm members_form();

// "civicrm", "nationbuilder": what those products export; docs/roll.md says which export and where that is documented.
// Fails for other names.
Result<RollForm> preset_form(std::string_view name);

// What users add, in the words of the command line. Each fails if it is not of that form.
Status add_column(RollForm& form, std::string_view text);          // "name=Full Name", by describe(Column)
Status add_status(RollForm& form, std::string_view text);          // "Life member=active"
Status add_section(RollForm& form, std::string_view text);         // "São Paulo=sao-paulo"
Status add_supporter(RollForm& form, std::string_view text);       // "Membership Type:Friend", or "Friend"
Status add_characteristic(RollForm& form, std::string_view text);  // "women=Gender:Female", or "women=Woman"
Status add_dates(RollForm& form, std::string_view text);           // "day-first" or "month-first"

// The section's name on the roll, which acts can hold: as the form says, else in lower case with hyphens for spaces and
// the like. Nothing if that is no name of up to 64 lower-case letters, digits and hyphens.
std::optional<std::string> section_name(const RollForm& form, std::string_view text);

// The beginning of a day: "2021-04-03", also with a time after it, which is dropped; "3.4.2021"; with slashes as the
// form says. What is before 1970 becomes 1970-01-01, the first day that the ledger's times know.
std::optional<Time> read_date(const RollForm& form, std::string_view text);

// "yes", "y", "true", "1", "x"; "no", "n", "false", "0" or nothing. Nothing for other words.
std::optional<bool> read_yes_or_no(std::string_view text);

}  // namespace folkmoot::charter
