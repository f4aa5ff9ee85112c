#include "charter/roll_form.hpp"

#include <algorithm>
#include <charconv>

#include "charter/name.hpp"

namespace folkmoot::charter {
namespace {

constexpr std::array<std::string_view, column_count> names{"id",       "name",    "first name", "last name", "email",
                                                           "language", "section", "weight",     "joined",    "status"};

std::string lower_case(std::string_view text) {
  std::string lowered(text);
  std::ranges::transform(lowered, lowered.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return lowered;
}

RollForm make_voters_form() {
  RollForm form;
  const auto add = [&](Column column, std::initializer_list<const char*> titles) {
    for (const char* title : titles) form.titles.emplace(title, column);
  };
  add(Column::id,
      {"id", "number", "memberid", "memberno", "membernumber", "membershipid", "membershipno", "membershipnumber"});
  add(Column::name, {"name", "fullname", "membername"});
  add(Column::first_name, {"firstname", "forename", "givenname"});
  add(Column::last_name, {"lastname", "surname", "familyname"});
  add(Column::email, {"email", "mail", "emailaddress"});
  add(Column::language, {"language", "lang", "preferredlanguage"});
  add(Column::section, {"section", "group", "branch", "chapter", "localgroup"});
  add(Column::weight, {"weight", "votingweight", "votes"});
  return form;
}

// CiviCRM's membership export (Memberships › Find Memberships › Export, primary fields).
RollForm civicrm_form() {
  RollForm form;
  form.titles = {{"contactid", Column::id},
                 {"firstname", Column::first_name},
                 {"lastname", Column::last_name},
                 {"email", Column::email},
                 {"preferredlanguage", Column::language},
                 {"membersince", Column::joined},
                 {"membershipstatus", Column::status}};
  form.statuses = {{"new", Standing::active},     {"current", Standing::active}, {"grace", Standing::active},
                   {"expired", Standing::lapsed}, {"pending", Standing::lapsed}, {"cancelled", Standing::left},
                   {"deceased", Standing::left}};
  return form;
}

// NationBuilder's export of people, with the membership's fields.
RollForm nationbuilder_form() {
  RollForm form;
  form.titles = {
      {"nationbuilderid", Column::id}, {"firstname", Column::first_name},    {"lastname", Column::last_name},
      {"email", Column::email},        {"language", Column::language},       {"membershipstartedat", Column::joined},
      {"startedat", Column::joined},   {"membershipstatus", Column::status}, {"status", Column::status}};
  form.statuses = {{"active", Standing::active},
                   {"grace period", Standing::active},
                   {"expired", Standing::lapsed},
                   {"canceled", Standing::left}};
  form.slashes = Slashes::month_first;
  return form;
}

// The two sides of "LEFT=RIGHT", neither empty; `at` is where the sign stands.
struct Sides {
  std::string_view left, right;
};
Result<Sides> split(std::string_view text, std::size_t at, std::string_view expected) {
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size()) {
    return fail("\"{}\": expected {}", text, expected);
  }
  return Sides{text.substr(0, at), text.substr(at + 1)};
}

// "Title:Value" or "Title".
Marker read_marker(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return {plain(text), ""};
  return {plain(text.substr(0, colon)), lower_case(text.substr(colon + 1))};
}

// A number of `least` to `most` digits at the beginning, which is taken off.
std::optional<int> take_number(std::string_view& text, std::size_t least, std::size_t most) {
  int number = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + std::min(most, text.size()), number);
  const auto digits = static_cast<std::size_t>(end - text.data());
  if (status != std::errc() || digits < least || text.front() == '-') return {};
  text.remove_prefix(digits);
  return number;
}

bool take(std::string_view& text, char expected) {
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Time> day(int year, int month, int day_of_month) {
  if (year < 1900) return {};
  const bool leap = year % 4 == 0 && year != 1900;
  const int readable = year >= 1970 ? year : leap ? 1972 : 1970;
  const auto time = read_time(fmt::format("{:04}-{:02}-{:02}T00:00:00Z", readable, month, day_of_month));
  if (!time) return {};
  return year >= 1970 ? *time : Time{};
}

}  // namespace

std::string_view describe(Column column) { return names[static_cast<std::size_t>(column)]; }

std::string plain(std::string_view title) {
  std::string text = lower_case(title);
  std::erase_if(text, [](char c) { return std::string_view(" -_.").find(c) != std::string_view::npos; });
  return text;
}

const RollForm& voters_form() {
  static const RollForm form = make_voters_form();
  return form;
}

RollForm members_form() {
  RollForm form = voters_form();
  form.of_members = true;
  std::erase_if(form.titles, [](const auto& title) { return title.second == Column::weight; });
  for (const char* title : {"joined", "joindate", "datejoined", "membersince", "joinedat", "joinedon"}) {
    form.titles.emplace(title, Column::joined);
  }
  for (const char* title : {"status", "membershipstatus", "standing"}) form.titles.emplace(title, Column::status);
  form.statuses = {{"active", Standing::active},  {"current", Standing::active}, {"lapsed", Standing::lapsed},
                   {"expired", Standing::lapsed}, {"left", Standing::left},      {"resigned", Standing::left},
                   {"cancelled", Standing::left}, {"canceled", Standing::left},  {"deceased", Standing::left}};
  form.supporter = Marker{"supporter", ""};
  return form;
}

Result<RollForm> preset_form(std::string_view name) {
  if (name != "civicrm" && name != "nationbuilder") {
    return fail("there is no preset \"{}\": there are civicrm and nationbuilder", name);
  }
  RollForm form = name == "civicrm" ? civicrm_form() : nationbuilder_form();
  form.of_members = true;
  return form;
}

Status add_column(RollForm& form, std::string_view text) {
  const Sides sides = TRY(split(text, text.find('='), "COLUMN=TITLE"));
  const auto found = std::ranges::find(names, sides.left);
  const auto column = static_cast<Column>(found - names.begin());
  if (found == names.end() || (form.of_members && column == Column::weight)) {
    return fail("\"{}\": there is no column \"{}\"", text, sides.left);
  }
  std::erase_if(form.titles, [&](const auto& title) { return title.second == column; });
  form.titles[plain(sides.right)] = column;
  return {};
}

Status add_status(RollForm& form, std::string_view text) {
  const Sides sides = TRY(split(text, text.rfind('='), "STATUS=active, =lapsed or =left"));
  if (sides.right != "active" && sides.right != "lapsed" && sides.right != "left") {
    return fail("\"{}\": a status is active, lapsed or left", text);
  }
  form.statuses[lower_case(sides.left)] = sides.right == "active"   ? Standing::active
                                          : sides.right == "lapsed" ? Standing::lapsed
                                                                    : Standing::left;
  return {};
}

Status add_section(RollForm& form, std::string_view text) {
  const Sides sides = TRY(split(text, text.rfind('='), "SECTION=name"));
  if (!is_name(sides.right)) return fail("\"{}\": a name is lower-case letters, digits and hyphens", text);
  form.sections[std::string(sides.left)] = sides.right;
  return {};
}

Status add_supporter(RollForm& form, std::string_view text) {
  Marker marker = read_marker(text);
  if (marker.title.empty()) return fail("\"{}\": expected TITLE or TITLE:VALUE", text);
  form.supporter = std::move(marker);
  return {};
}

Status add_characteristic(RollForm& form, std::string_view text) {
  const Sides sides = TRY(split(text, text.find('='), "name=TITLE or name=TITLE:VALUE"));
  if (!is_name(sides.left)) return fail("\"{}\": a name is lower-case letters, digits and hyphens", text);
  Marker marker = read_marker(sides.right);
  if (marker.title.empty()) return fail("\"{}\": expected name=TITLE or name=TITLE:VALUE", text);
  const auto is_it = [&](const auto& known) { return known.first == sides.left; };
  if (std::ranges::any_of(form.characteristics, is_it)) return fail("\"{}\" is there twice", sides.left);
  form.characteristics.emplace_back(sides.left, std::move(marker));
  return {};
}

Status add_dates(RollForm& form, std::string_view text) {
  if (text != "day-first" && text != "month-first") return fail("\"{}\": expected day-first or month-first", text);
  form.slashes = text == "day-first" ? Slashes::day_first : Slashes::month_first;
  return {};
}

std::optional<std::string> section_name(const RollForm& form, std::string_view text) {
  if (const auto found = form.sections.find(text); found != form.sections.end()) return found->second;
  std::string name;
  for (const char c : lower_case(text)) {
    const bool gap = std::string_view(" -_./&,'").find(c) != std::string_view::npos;
    if (!gap) {
      name += c;
    } else if (!name.ends_with('-')) {
      name += '-';
    }
  }
  return is_name(name) ? std::optional(std::move(name)) : std::nullopt;
}

std::optional<Time> read_date(const RollForm& form, std::string_view text) {
  std::string_view rest = text;
  if (const auto year = take_number(rest, 4, 4); year && take(rest, '-')) {
    const auto month = take_number(rest, 2, 2);
    if (!month || !take(rest, '-')) return {};
    const auto date = take_number(rest, 2, 2);
    if (!date || !(rest.empty() || rest.front() == 'T' || rest.front() == ' ')) return {};
    return day(*year, *month, *date);
  }
  rest = text;
  const auto first = take_number(rest, 1, 2);
  const char separator = rest.empty() ? '\0' : rest.front();
  if (!first || (separator != '.' && separator != '/')) return {};
  if (separator == '/' && form.slashes == Slashes::refused) return {};
  rest.remove_prefix(1);
  const auto second = take_number(rest, 1, 2);
  if (!second || !take(rest, separator)) return {};
  const auto year = take_number(rest, 4, 4);
  if (!year || !(rest.empty() || rest.front() == ' ')) return {};
  const bool month_first = separator == '/' && form.slashes == Slashes::month_first;
  return month_first ? day(*year, *first, *second) : day(*year, *second, *first);
}

std::optional<bool> read_yes_or_no(std::string_view text) {
  const std::string word = lower_case(text);
  for (const std::string_view yes : {"yes", "y", "true", "1", "x"}) {
    if (word == yes) return true;
  }
  for (const std::string_view no : {"", "no", "n", "false", "0"}) {
    if (word == no) return false;
  }
  return {};
}

}  // namespace folkmoot::charter
