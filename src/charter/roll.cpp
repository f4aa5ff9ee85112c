#include "charter/roll.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <numeric>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>

#include "base/csv.hpp"
#include "base/utf8.hpp"

namespace folkmoot::charter {
namespace {

constexpr std::string_view digits = "0123456789", letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

// Without the white space around it, such as the no-break spaces that spreadsheets leave.
std::string_view trimmed(std::string_view text) {
  constexpr std::array<std::string_view, 5> spaces{" ", "\t", "\r", "\n", "\xC2\xA0"};
  for (bool more = true; more;) {
    more = false;
    for (const std::string_view space : spaces) {
      if (text.ends_with(space)) {
        text.remove_suffix(space.size());
        more = true;
      } else if (text.starts_with(space)) {
        text.remove_prefix(space.size());
        more = true;
      }
    }
  }
  return text;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower_case(std::string_view text) {
  std::string lowered(text);
  std::ranges::transform(lowered, lowered.begin(), lower);
  return lowered;
}

bool consists_of(std::string_view text, std::string_view first, std::string_view second, std::string_view third = "") {
  return std::ranges::all_of(text, [&](char c) {
    return first.find(c) != std::string_view::npos || second.find(c) != std::string_view::npos ||
           third.find(c) != std::string_view::npos;
  });
}

// Whether the text has the usual form of an address: what a web page's email field accepts, with a dot in the domain.
bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == 0 || at > 64 || at == std::string_view::npos || text.size() > 254) return false;
  if (!consists_of(text.substr(0, at), letters, digits, ".!#$%&'*+/=?^_`{|}~-")) return false;
  std::string_view domain = text.substr(at + 1);
  std::size_t labels = 0;
  while (true) {
    const std::string_view label = domain.substr(0, domain.find('.'));
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
    if (!consists_of(label, letters, digits, "-")) return false;
    ++labels;
    if (label.size() == domain.size()) return labels > 1;
    domain.remove_prefix(label.size() + 1);
  }
}

// Reads the rows of one list, and collects what is wrong with them.
class RollReader {
 public:
  RollReader(std::string_view text, const RollForm& form) : csv_(text, csv::detect_separator(text)), form_(form) {}

  tl::expected<Roll, std::vector<RollError>> read() {
    if (read_columns()) {
      while (next_row()) read_member();
      if (!form_.of_members) check_ids();
      if (errors_.empty() && roll_.members.empty()) error(1, "no members");
    }
    if (errors_.empty()) return std::move(roll_);
    std::ranges::sort(errors_, {}, [](const RollError& found) { return std::tie(found.line, found.message); });
    return tl::unexpected(std::move(errors_));
  }

 private:
  void error(std::size_t line, std::string message) { errors_.push_back({line, std::move(message)}); }

  // The next row that can be read and is not empty.
  bool next_row() {
    while (true) {
      const auto more = csv_.next(row_);
      if (!more) {
        error(row_.line, more.error().message);
      } else if (!*more) {
        return false;
      } else if (std::ranges::any_of(row_.fields, [](const auto& field) { return !trimmed(field).empty(); })) {
        return true;
      }
    }
  }

  bool read_columns() {
    if (!next_row()) {
      if (errors_.empty()) error(1, "the list is empty");
      return false;
    }
    columns_ = row_.fields.size();
    std::map<std::string, std::size_t> others;  // by title
    for (std::size_t column = 0; column < columns_; ++column) {
      const std::string title = plain(trimmed(row_.fields[column]));
      const auto known = form_.titles.find(title);
      if (known == form_.titles.end()) {
        others.emplace(title, column);
        if (!title.empty() && !is_marker(title)) roll_.ignored_columns.emplace_back(trimmed(row_.fields[column]));
        continue;
      }
      auto& at = column_of(known->second);
      if (at)
        error(row_.line, fmt::format("columns {} and {} are both {}", *at + 1, column + 1, describe(known->second)));
      if (!at) at = column;
      others.emplace(title, column);
    }
    if (!column_of(Column::id) && !column_of(Column::email)) {
      error(row_.line, form_.of_members ? fmt::format("the first line names no column of ids ({}) or e-mail addresses",
                                                      titles_of(Column::id))
                                        : "the first line names no column of ids (\"id\", \"number\") or e-mail "
                                          "addresses (\"email\")");
    }
    if (column_of(Column::name) && (column_of(Column::first_name) || column_of(Column::last_name))) {
      error(row_.line, "a column of names, and others of first or last names");
    }
    if (form_.supporter) supporter_ = find_marker(*form_.supporter, others, form_.supporter->title != "supporter");
    for (const auto& [name, marker] : form_.characteristics) declared_.push_back(find_marker(marker, others, true));
    roll_.has_characteristics = !declared_.empty();
    for (std::size_t i = 0; i < column_count; ++i) roll_.has[i] = column_of_[i].has_value();
    return errors_.empty();
  }

  [[nodiscard]] bool is_marker(const std::string& title) const {
    return (form_.supporter && form_.supporter->title == title) ||
           std::ranges::any_of(form_.characteristics, [&](const auto& one) { return one.second.title == title; });
  }

  [[nodiscard]] std::string titles_of(Column column) const {
    std::string titles;
    for (const auto& [title, is] : form_.titles) {
      if (is == column) titles += fmt::format("{}\"{}\"", titles.empty() ? "" : ", ", title);
    }
    return titles;
  }

  // The column that the marker names; an error if it must be there and is not.
  std::optional<std::size_t> find_marker(const Marker& marker, const std::map<std::string, std::size_t>& titles,
                                         bool needed) {
    const auto found = titles.find(marker.title);
    if (found != titles.end()) return found->second;
    if (needed) error(row_.line, fmt::format("there is no column \"{}\"", marker.title));
    return {};
  }

  // The text in that column of the row; empty if there is none.
  std::string_view text(Column column) const {
    const auto& at = column_of(column);
    return at ? trimmed(row_.fields[*at]) : std::string_view();
  }

  void read_member() {
    if (row_.fields.size() != columns_) {
      return error(row_.line,
                   fmt::format("{} fields, but the first line names {} columns", row_.fields.size(), columns_));
    }
    const std::size_t errors_before = errors_.size();
    for (std::size_t column = 0; column < column_count; ++column) check_characters(static_cast<Column>(column));
    if (errors_.size() > errors_before) return;
    Member member;
    member.line = row_.line;
    member.email = text(Column::email);
    if (!member.email.empty() && !is_email(member.email)) {
      error(row_.line, fmt::format("\"{}\" is not an e-mail address", member.email));
    }
    const bool has_ids = column_of(Column::id).has_value();
    member.id = has_ids ? std::string(text(Column::id)) : lower_case(member.email);
    if (member.id.empty()) error(row_.line, has_ids ? "no id" : "no e-mail address");
    if (member.id.find(',') != std::string::npos) error(row_.line, fmt::format("id \"{}\" holds a comma", member.id));
    member.name = column_of(Column::name) ? std::string(text(Column::name)) : full_name();
    member.language = text(Column::language);
    member.section = text(Column::section);
    if (column_of(Column::weight)) member.weight = read_weight();
    if (form_.of_members) read_membership(member);
    // Others may have its id, even if something else is wrong with it.
    if (!member.id.empty()) roll_.members.push_back(std::move(member));
  }

  void read_membership(Member& member) {
    if (!member.section.empty()) {
      auto name = section_name(form_, member.section);
      if (!name) error(row_.line, fmt::format("section \"{}\" needs a name for the roll", member.section));
      if (name) member.section = *std::move(name);
    }
    if (const std::string_view joined = text(Column::joined); !joined.empty()) {
      member.joined = read_date(form_, joined);
      if (!member.joined) {
        error(row_.line, fmt::format("joined \"{}\" is not a date such as 2021-04-03{}", joined,
                                     joined.find('/') != std::string_view::npos && form_.slashes == Slashes::refused
                                         ? ", or is the day or the month first?"
                                         : ""));
      }
    }
    if (column_of(Column::status)) {
      const auto standing = form_.statuses.find(lower_case(text(Column::status)));
      if (standing == form_.statuses.end()) {
        error(row_.line, fmt::format("status \"{}\": is that active, lapsed or left?", text(Column::status)));
      } else {
        member.standing = standing->second;
      }
    }
    if (form_.supporter) member.supporter = is_marked(supporter_, *form_.supporter);
    for (std::size_t i = 0; i < declared_.size(); ++i) {
      const auto& [name, marker] = form_.characteristics[i];
      if (is_marked(declared_[i], marker)) member.characteristics.push_back(name);
    }
    std::ranges::sort(member.characteristics);
  }

  bool is_marked(const std::optional<std::size_t>& column, const Marker& marker) {
    if (!column) return false;
    const std::string_view value = trimmed(row_.fields[*column]);
    if (!marker.value.empty()) return lower_case(value) == marker.value;
    const auto answer = read_yes_or_no(value);
    if (!answer) error(row_.line, fmt::format("{}: \"{}\" is neither yes nor no", marker.title, value));
    return answer.value_or(false);
  }

  std::string full_name() const {
    const std::string_view first = text(Column::first_name), last = text(Column::last_name);
    return fmt::format("{}{}{}", first, first.empty() || last.empty() ? "" : " ", last);
  }

  void check_characters(Column column) {
    const std::string_view value = text(column);
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    if (value.size() > longest_field) {
      error(row_.line, fmt::format("{}: longer than {} bytes", describe(column), longest_field));
    } else if (std::ranges::any_of(value, is_control)) {
      error(row_.line, fmt::format("{}: holds a line break or other control character", describe(column)));
    } else if (value.find(replacement_character) != std::string_view::npos) {
      error(row_.line, fmt::format("{}: \"{}\" holds a character that cannot be read", describe(column), value));
    }
  }

  std::uint64_t read_weight() {
    const std::string_view value = text(Column::weight);
    std::uint64_t number = 0;
    const auto [end, status] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (status != std::errc() || end != value.data() + value.size() || number == 0 || value.front() == '0') {
      error(row_.line, value.empty() ? "no weight" : fmt::format("weight \"{}\" is not a whole number from 1", value));
      return 1;
    }
    if (number > greatest_total_weight - total_weight_) {
      error(row_.line, fmt::format("weight {} makes the total more than {}", number, greatest_total_weight));
      return 1;
    }
    total_weight_ += number;
    return number;
  }

  void check_ids() {
    const std::vector<Member>& members = roll_.members;
    std::vector<std::uint32_t> order(members.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::sort(order, {}, [&](std::uint32_t i) { return std::pair(std::string_view(members[i].id), i); });
    std::size_t first = 0;  // with the same id
    for (std::size_t i = 1; i < order.size(); ++i) {
      const Member& member = members[order[i]];
      const Member& other = members[order[first]];
      if (member.id == other.id) {
        error(member.line, fmt::format("{} \"{}\" is also on line {}", column_of(Column::id) ? "id" : "e-mail address",
                                       member.id, other.line));
      } else {
        first = i;
      }
    }
  }

  [[nodiscard]] const std::optional<std::size_t>& column_of(Column column) const {
    return column_of_[static_cast<std::size_t>(column)];
  }
  std::optional<std::size_t>& column_of(Column column) { return column_of_[static_cast<std::size_t>(column)]; }

  csv::Reader csv_;
  const RollForm& form_;
  csv::Row row_;
  std::size_t columns_ = 0;
  std::array<std::optional<std::size_t>, column_count> column_of_;
  std::optional<std::size_t> supporter_;
  std::vector<std::optional<std::size_t>> declared_;  // of each characteristic of the form
  std::uint64_t total_weight_ = 0;
  Roll roll_;
  std::vector<RollError> errors_;
};

}  // namespace

tl::expected<Roll, std::vector<RollError>> read_roll(std::string bytes, const RollForm& form) {
  const auto text = decode_text(std::move(bytes));
  if (!text) return tl::unexpected(std::vector{RollError{1, text.error().message}});
  return RollReader(*text, form).read();
}

std::string describe(const std::vector<RollError>& errors, std::size_t most) {
  std::string text;
  for (const RollError& error : std::span(errors).first(std::min(most, errors.size()))) {
    text += fmt::format("line {}: {}\n", error.line, error.message);
  }
  if (errors.size() > most) text += fmt::format("and {} more\n", errors.size() - most);
  return text;
}

}  // namespace folkmoot::charter
