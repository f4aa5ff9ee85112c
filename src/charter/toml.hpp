// A TOML text as a small tree with line numbers, and strict reading of its tables: every key is asked for or is an
// error. Only toml.cpp includes the TOML library.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "charter/charter.hpp"

namespace folkmoot::charter::toml_text {

struct Item {
  std::size_t line = 0;
  std::variant<std::monostate, bool, std::int64_t, std::string, std::vector<Item>, Named<Item>> value;
};

// Fails on what is not TOML, is longer than `longest_charter`, or is nested deeper than any charter.
tl::expected<Item, Problem> parse(std::string_view text);

// Reads one table. What is missing or wrong is added to the problems, and a harmless value comes back.
class Table {
 public:
  Table(const Item& item, std::string path, std::vector<Problem>& problems);

  [[nodiscard]] Place place() const { return {line_, path_}; }
  [[nodiscard]] bool has(std::string_view key) const;

  // With a default, the key may be absent.
  std::string text(std::string_view key);
  std::string name(std::string_view key, std::optional<std::string> otherwise = {});
  Names names(std::string_view key);  // may be absent
  std::int64_t number(std::string_view key, std::int64_t least, std::optional<std::int64_t> otherwise = {});
  bool flag(std::string_view key);  // false if absent
  Length length(std::string_view key, std::optional<Length> otherwise = {});
  Threshold threshold(std::string_view key, std::optional<Threshold> otherwise = {});
  std::string choice(std::string_view key, std::initializer_list<std::string_view> choices,
                     std::optional<std::string> otherwise = {});

  // The table at the key; an absent one is empty, so that its required keys are missed.
  Table table(std::string_view key);
  // Each table of the table of tables, or of the array of tables, at the key; none if absent.
  std::vector<std::pair<std::string, Table>> tables(std::string_view key);
  std::vector<Table> list(std::string_view key);

  // Every key that nobody asked for is a problem. To be called last.
  void end();
  void problem(std::size_t line, std::string_view key, std::string message);

 private:
  const Item* find(std::string_view key, bool required);
  std::string at(std::string_view key) const;

  const Named<Item>* entries_;
  std::size_t line_;
  std::string path_;
  std::vector<Problem>* problems_;
  std::set<std::string, std::less<>> asked_;
};

}  // namespace folkmoot::charter::toml_text
