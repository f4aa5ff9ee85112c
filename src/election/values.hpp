// The values that a tally has for one question (ciphertexts, decryption factors, proofs, totals): one after the other,
// and in the record's JSON nested list by list where the question is one of lists.
#pragma once

#include <optional>
#include <vector>

#include "base/json.hpp"

namespace folkmoot::election {

template <class T>
struct Values {
  std::vector<T> values;
  // For a lists question, how many of the values belong to each list; together, all.
  std::optional<std::vector<std::size_t>> lists;

  [[nodiscard]] std::size_t size() const { return values.size(); }
  const T& operator[](std::size_t i) const { return values[i]; }
  T& operator[](std::size_t i) { return values[i]; }
  auto begin() const { return values.begin(); }
  auto end() const { return values.end(); }
  friend bool operator==(const Values&, const Values&) = default;

  // Whether the two have the same number of values, nested alike.
  template <class U>
  [[nodiscard]] bool same_shape(const Values<U>& other) const {
    return size() == other.size() && lists == other.lists;
  }
  // Other values in the same shape.
  template <class U>
  [[nodiscard]] Values<U> with(std::vector<U> others) const {
    return {std::move(others), lists};
  }
};

// Reads [v, …], or [[v, …], …] as lists, with `read(json::Value) → Result<T>`.
template <class T, class Read>
Result<Values<T>> read_values(json::Value value, Read read) {
  Values<T> read_values;
  for (const json::Value item : TRY(value.array())) {
    const bool is_list = item.is_array();
    if (is_list && !read_values.lists && read_values.values.empty()) read_values.lists.emplace();
    if (is_list != read_values.lists.has_value()) return fail("lists and single values are mixed");
    const std::size_t before = read_values.size();
    const std::string where = fmt::format("[{}]", is_list ? read_values.lists->size() : before);
    if (is_list) {
      for (T& inner : TRY(in(where, json::read_array(item, read)))) read_values.values.push_back(std::move(inner));
      read_values.lists->push_back(read_values.size() - before);
    } else {
      read_values.values.push_back(TRY(in(where, read(item))));
    }
  }
  return read_values;
}

// Writes the same, each value with `write_one(writer, value)`.
template <class T, class Write>
void write_values(json::Writer& writer, const Values<T>& values, Write write_one) {
  writer.begin_array();
  if (values.lists) {
    auto next = values.values.begin();
    for (const std::size_t count : *values.lists) {
      writer.begin_array();
      for (std::size_t i = 0; i < count; ++i) write_one(writer, *next++);
      writer.end_array();
    }
  } else {
    for (const T& value : values.values) write_one(writer, value);
  }
  writer.end_array();
}

}  // namespace folkmoot::election
