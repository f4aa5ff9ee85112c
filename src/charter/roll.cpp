#include "charter/roll.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <numeric>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>

#include "base/csv.hpp"
#include "base/utf8.hpp"

namespace folkmoot::charter {
namespace {

// What a column can be.
enum Field : std::size_t { id, name, first_name, last_name, email, language, section, weight, field_count };
constexpr std::array<std::string_view, field_count> field_names{"id",    "name",     "first name", "last name",
                                                                "email", "language", "section",    "weight"};

struct Synonym {
  std::string_view name;  // without spaces, hyphens, underscores and dots, in lower case
  Field field;
};
constexpr std::array synonyms{
    Synonym{"id", id},
    Synonym{"number", id},
    Synonym{"memberid", id},
    Synonym{"memberno", id},
    Synonym{"membernumber", id},
    Synonym{"membershipid", id},
    Synonym{"membershipno", id},
    Synonym{"membershipnumber", id},
    Synonym{"name", name},
    Synonym{"fullname", name},
    Synonym{"membername", name},
    Synonym{"firstname", first_name},
    Synonym{"forename", first_name},
    Synonym{"givenname", first_name},
    Synonym{"lastname", last_name},
    Synonym{"surname", last_name},
    Synonym{"familyname", last_name},
    Synonym{"email", email},
    Synonym{"mail", email},
    Synonym{"emailaddress", email},
    Synonym{"language", language},
    Synonym{"lang", language},
    Synonym{"preferredlanguage", language},
    Synonym{"section", section},
    Synonym{"group", section},
    Synonym{"branch", section},
    Synonym{"chapter", section},
    Synonym{"localgroup", section},
    Synonym{"weight", weight},
    Synonym{"votingweight", weight},
    Synonym{"votes", weight},
};

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

std::optional<Field> field_of(std::string_view column) {
  std::string plain;
  for (const char c : trimmed(column)) {
    if (std::string_view(" -_.").find(c) == std::string_view::npos) plain += lower(c);
  }
  const auto found = std::ranges::find(synonyms, plain, &Synonym::name);
  return found == synonyms.end() ? std::nullopt : std::optional(found->field);
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
  explicit RollReader(std::string_view text) : csv_(text, csv::detect_separator(text)) {}

  tl::expected<Roll, std::vector<RollError>> read() {
    if (read_columns()) {
      while (next_row()) read_member();
      check_ids();
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
    for (std::size_t column = 0; column < columns_; ++column) {
      const auto field = field_of(row_.fields[column]);
      if (!field) {
        if (const auto title = trimmed(row_.fields[column]); !title.empty()) roll_.ignored_columns.emplace_back(title);
      } else if (column_of_[*field]) {
        error(row_.line,
              fmt::format("columns {} and {} are both {}", *column_of_[*field] + 1, column + 1, field_names[*field]));
      } else {
        column_of_[*field] = column;
      }
    }
    if (!column_of_[id] && !column_of_[email]) {
      error(row_.line, "the first line names no column of ids (\"id\", \"number\") or e-mail addresses (\"email\")");
    }
    if (column_of_[name] && (column_of_[first_name] || column_of_[last_name])) {
      error(row_.line, "a column of names, and others of first or last names");
    }
    return errors_.empty();
  }

  // The text in that column of the row; empty if there is none.
  std::string_view text(Field field) const {
    return column_of_[field] ? trimmed(row_.fields[*column_of_[field]]) : std::string_view();
  }

  void read_member() {
    if (row_.fields.size() != columns_) {
      return error(row_.line,
                   fmt::format("{} fields, but the first line names {} columns", row_.fields.size(), columns_));
    }
    const std::size_t errors_before = errors_.size();
    for (std::size_t field = 0; field < field_count; ++field) check_characters(static_cast<Field>(field));
    if (errors_.size() > errors_before) return;
    Member member;
    member.line = row_.line;
    member.email = text(email);
    if (!member.email.empty() && !is_email(member.email)) {
      error(row_.line, fmt::format("\"{}\" is not an e-mail address", member.email));
    }
    member.id = column_of_[id] ? std::string(text(id)) : lower_case(member.email);
    if (member.id.empty()) error(row_.line, column_of_[id] ? "no id" : "no e-mail address");
    if (member.id.find(',') != std::string::npos) error(row_.line, fmt::format("id \"{}\" holds a comma", member.id));
    member.name = column_of_[name] ? std::string(text(name)) : full_name();
    member.language = text(language);
    member.section = text(section);
    if (column_of_[weight]) member.weight = read_weight();
    // Others may have its id, even if something else is wrong with it.
    if (!member.id.empty()) roll_.members.push_back(std::move(member));
  }

  std::string full_name() const {
    const std::string_view first = text(first_name), last = text(last_name);
    return fmt::format("{}{}{}", first, first.empty() || last.empty() ? "" : " ", last);
  }

  void check_characters(Field field) {
    const std::string_view value = text(field);
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    if (value.size() > longest_field) {
      error(row_.line, fmt::format("{}: longer than {} bytes", field_names[field], longest_field));
    } else if (std::ranges::any_of(value, is_control)) {
      error(row_.line, fmt::format("{}: holds a line break or other control character", field_names[field]));
    } else if (value.find(replacement_character) != std::string_view::npos) {
      error(row_.line, fmt::format("{}: \"{}\" holds a character that cannot be read", field_names[field], value));
    }
  }

  std::uint64_t read_weight() {
    const std::string_view value = text(weight);
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
        error(member.line, fmt::format("{} \"{}\" is also on line {}", column_of_[id] ? "id" : "e-mail address",
                                       member.id, other.line));
      } else {
        first = i;
      }
    }
  }

  csv::Reader csv_;
  csv::Row row_;
  std::size_t columns_ = 0;
  std::array<std::optional<std::size_t>, field_count> column_of_;
  std::uint64_t total_weight_ = 0;
  Roll roll_;
  std::vector<RollError> errors_;
};

}  // namespace

tl::expected<Roll, std::vector<RollError>> read_roll(std::string bytes) {
  const auto text = decode_text(std::move(bytes));
  if (!text) return tl::unexpected(std::vector{RollError{1, text.error().message}});
  return RollReader(*text).read();
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
