#include "charter/toml.hpp"

// The library's parser asserts what a text can break (toml++ 3.3 does for a line "["): that is an error of the text,
// not of the program, so its assertions throw, and parse() below catches.
#undef NDEBUG
namespace {
struct Unexpected {};
[[noreturn]] void fail_to_parse() { throw Unexpected{}; }
}  // namespace
#define TOML_ASSERT(expr) (static_cast<bool>(expr) ? static_cast<void>(0) : fail_to_parse())
#define TOML_EXCEPTIONS 1
#define TOML_ENABLE_FORMATTERS 0
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include <algorithm>

namespace folkmoot::charter::toml_text {
namespace {

constexpr int deepest = 6;
constexpr std::int64_t greatest_number = 1'000'000'000;

// Deeply nested keys would make the library's tables deep enough to exhaust the stack when they are destroyed.
std::optional<std::size_t> line_with_many_dots(std::string_view text) {
  std::size_t line = 1, dots = 0;
  for (const char c : text) {
    if (c == '\n') {
      ++line;
      dots = 0;
    } else if (c == '.' && ++dots > 16) {
      return line;
    }
  }
  return {};
}

// Fails by returning nothing and setting `problem`.
Item convert(const toml::node& node, int depth, std::optional<Problem>& problem) {
  Item item{node.source().begin.line, {}};
  if (depth > deepest) {
    problem = Problem{item.line, "", "nested too deeply"};
  } else if (const auto* table = node.as_table()) {
    Named<Item> entries;
    for (const auto& [key, value] : *table) entries.emplace(key.str(), convert(value, depth + 1, problem));
    // The position of `[a.b]` is its own; a table that only holds others has none: the first line of what it holds.
    if (item.line == 0 && !entries.empty()) {
      item.line = std::ranges::min_element(entries, {}, [](const auto& e) { return e.second.line; })->second.line;
    }
    item.value = std::move(entries);
  } else if (const auto* array = node.as_array()) {
    std::vector<Item> items;
    for (const toml::node& value : *array) items.push_back(convert(value, depth + 1, problem));
    item.value = std::move(items);
  } else if (const auto* text = node.as_string()) {
    item.value = text->get();
  } else if (const auto* number = node.as_integer()) {
    item.value = number->get();
  } else if (const auto* truth = node.as_boolean()) {
    item.value = truth->get();
  }
  return item;
}

tl::expected<Item, Problem> converted(const toml::table& table) {
  std::optional<Problem> problem;
  Item item = convert(table, 0, problem);
  if (problem) return tl::unexpected(*problem);
  return item;
}

const Item empty_table{0, Named<Item>{}};
const std::vector<Item> no_items;

}  // namespace

bool is_name(std::string_view text) {
  const auto good = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return !text.empty() && text.size() <= 40 && std::ranges::all_of(text, good);
}

tl::expected<Item, Problem> parse(std::string_view text) {
  if (text.size() > longest_charter) {
    return tl::unexpected(Problem{1, "", fmt::format("longer than {} bytes", longest_charter)});
  }
  if (const auto line = line_with_many_dots(text)) return tl::unexpected(Problem{*line, "", "more than 16 dots"});
  try {
    return converted(toml::parse(text));
  } catch (const toml::parse_error& error) {
    return tl::unexpected(Problem{error.source().begin.line, "", std::string(error.description())});
  } catch (const Unexpected&) {
    return tl::unexpected(Problem{1, "", "is not TOML, and the library does not say where"});
  }
}

Table::Table(const Item& item, std::string path, std::vector<Problem>& problems)
    : entries_(std::get_if<Named<Item>>(&item.value)), line_(item.line), path_(std::move(path)), problems_(&problems) {
  if (!entries_) {
    problems.push_back({line_, path_, "expected a table"});
    entries_ = std::get_if<Named<Item>>(&empty_table.value);
  }
}

std::string Table::at(std::string_view key) const {
  return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
}

void Table::problem(std::size_t line, std::string_view key, std::string message) {
  problems_->push_back({line == 0 ? line_ : line, at(key), std::move(message)});
}

bool Table::has(std::string_view key) const { return entries_->contains(key); }

const Item* Table::find(std::string_view key, bool required) {
  asked_.emplace(key);
  const auto found = entries_->find(key);
  if (found != entries_->end()) return &found->second;
  if (required) problem(0, key, "is missing");
  return nullptr;
}

std::string Table::text(std::string_view key) {
  const Item* item = find(key, true);
  if (!item) return {};
  const auto* text = std::get_if<std::string>(&item->value);
  if (text && !text->empty() && text->size() <= 200 && text->find_first_of("\n\r\t") == std::string::npos) return *text;
  problem(item->line, key, "expected a line of text");
  return {};
}

std::string Table::name(std::string_view key, std::optional<std::string> otherwise) {
  const Item* item = find(key, !otherwise);
  if (!item) return otherwise.value_or("");
  const auto* text = std::get_if<std::string>(&item->value);
  if (text && is_name(*text)) return *text;
  problem(item->line, key, "expected a name: lower-case letters, digits and hyphens");
  return {};
}

Names Table::names(std::string_view key) {
  Names names;
  const Item* item = find(key, false);
  if (!item) return names;
  const auto* items = std::get_if<std::vector<Item>>(&item->value);
  if (!items) problem(item->line, key, "expected a list of names");
  for (const Item& each : items ? *items : no_items) {
    const auto* text = std::get_if<std::string>(&each.value);
    if (!text || !is_name(*text)) {
      problem(each.line, key, "expected names: lower-case letters, digits and hyphens");
    } else if (std::ranges::find(names, *text) != names.end()) {
      problem(each.line, key, fmt::format("\"{}\" is there twice", *text));
    } else {
      names.push_back(*text);
    }
  }
  return names;
}

std::int64_t Table::number(std::string_view key, std::int64_t least, std::optional<std::int64_t> otherwise) {
  const Item* item = find(key, !otherwise);
  if (!item) return otherwise.value_or(least);
  const auto* number = std::get_if<std::int64_t>(&item->value);
  if (number && *number >= least && *number <= greatest_number) return *number;
  problem(item->line, key, fmt::format("expected a whole number from {}", least));
  return least;
}

bool Table::flag(std::string_view key) {
  const Item* item = find(key, false);
  if (!item) return false;
  const auto* truth = std::get_if<bool>(&item->value);
  if (!truth) problem(item->line, key, "expected true or false");
  return truth && *truth;
}

Length Table::length(std::string_view key, std::optional<Length> otherwise) {
  const Item* item = find(key, !otherwise);
  if (!item) return otherwise.value_or(Length{});
  const auto* text = std::get_if<std::string>(&item->value);
  const auto length = read_length(text ? std::string_view(*text) : "");
  if (length) return *length;
  problem(item->line, key, length.error().message);
  return {};
}

Threshold Table::threshold(std::string_view key, std::optional<Threshold> otherwise) {
  const Item* item = find(key, !otherwise);
  if (!item) return otherwise.value_or(Threshold{});
  const auto* number = std::get_if<std::int64_t>(&item->value);
  const auto* text = std::get_if<std::string>(&item->value);
  const auto threshold = read_threshold(number ? std::to_string(*number) : text ? *text : "");
  if (threshold) return *threshold;
  problem(item->line, key, threshold.error().message);
  return {.number = 1};
}

std::string Table::choice(std::string_view key, std::initializer_list<std::string_view> choices,
                          std::optional<std::string> otherwise) {
  const Item* item = find(key, !otherwise);
  if (!item) return otherwise.value_or("");
  const auto* text = std::get_if<std::string>(&item->value);
  if (text && std::ranges::find(choices, *text) != choices.end()) return *text;
  problem(item->line, key, fmt::format("expected one of {}", fmt::join(choices, ", ")));
  return std::string(*choices.begin());
}

Table Table::table(std::string_view key) {
  const Item* item = find(key, false);
  Table table(item ? *item : empty_table, at(key), *problems_);
  if (!item) table.line_ = line_;
  return table;
}

std::vector<std::pair<std::string, Table>> Table::tables(std::string_view key) {
  std::vector<std::pair<std::string, Table>> tables;
  const Item* item = find(key, false);
  if (!item) return tables;
  const auto* entries = std::get_if<Named<Item>>(&item->value);
  if (!entries) problem(item->line, key, "expected tables");
  if (!entries) return tables;
  for (const auto& [name, entry] : *entries) {
    if (!is_name(name)) problem(entry.line, key, fmt::format("\"{}\" is not a name", name.substr(0, 40)));
    tables.emplace_back(name, Table(entry, fmt::format("{}.{}", at(key), name), *problems_));
  }
  return tables;
}

std::vector<Table> Table::list(std::string_view key) {
  std::vector<Table> tables;
  const Item* item = find(key, false);
  if (!item) return tables;
  const auto* items = std::get_if<std::vector<Item>>(&item->value);
  if (!items) problem(item->line, key, "expected a list of tables");
  for (const Item& each : items ? *items : no_items) {
    tables.emplace_back(each, fmt::format("{}[{}]", at(key), tables.size()), *problems_);
  }
  return tables;
}

void Table::end() {
  for (const auto& [key, item] : *entries_) {
    if (!asked_.contains(key)) problem(item.line, key, "is no rule that a charter knows");
  }
}

}  // namespace folkmoot::charter::toml_text
