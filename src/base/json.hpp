// Strict JSON in, canonical JSON out.
//
// Everything that is hashed or signed here is compact JSON with its fields in the specified order (Belenios
// specification, section 4.1). So a text is read into a structure, the structure is written again, and the two texts
// must be the same to the byte: that one comparison refuses white space, unknown and duplicate fields, other orders,
// other escapes and other spellings of numbers. `read_canonical` does it.
//
// Where a string is the text of a value that is read from no other text (a number or an element of a group, most of a
// record), there is no need to make that text again: if everything around it is the same, then that string is what the
// value was read from. Writer::decoded says so.
#pragma once

#include <simdjson.h>

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace folkmoot::json {

class Array;

// A view of one value in a Document, valid as long as the document. An access that does not fit is an Error that names
// what was expected; callers add where (`in("answers", …)`).
class Value {
 public:
  explicit Value(simdjson::dom::element element) : element_(element) {}

  [[nodiscard]] Result<std::string_view> string() const;
  [[nodiscard]] Result<std::int64_t> integer() const;
  // An integer in least..greatest.
  [[nodiscard]] Result<std::int64_t> integer(std::int64_t least, std::int64_t greatest) const;
  [[nodiscard]] Result<bool> boolean() const;
  [[nodiscard]] Result<Array> array() const;
  // An array of exactly `size` values.
  [[nodiscard]] Result<Array> array(std::size_t size) const;

  [[nodiscard]] bool is_array() const { return element_.is_array(); }
  [[nodiscard]] bool is_object() const { return element_.is_object(); }
  [[nodiscard]] bool is_string() const { return element_.is_string(); }
  [[nodiscard]] bool is_integer() const { return element_.is_int64(); }

  // Of an object: the value of a field that must be there, and whether a field is.
  [[nodiscard]] Result<Value> field(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const;
  // Of an object, for texts that people write: fails if it has a field of another name, or one twice.
  [[nodiscard]] Status only_fields(std::initializer_list<std::string_view> names) const;

  // The value as compact JSON, as it was except for white space and escapes. Fails if an object in it has a field
  // twice: readers would not agree on what it says.
  [[nodiscard]] Result<std::string> text() const;

 private:
  simdjson::dom::element element_;
};

class Array {
 public:
  explicit Array(simdjson::dom::array array) : array_(array) {}
  [[nodiscard]] std::size_t size() const;  // in time linear in the size
  // The values in order: `for (const Value value : array)`.
  class Iterator {
   public:
    explicit Iterator(simdjson::dom::array::iterator position) : position_(position) {}
    Value operator*() const { return Value(*position_); }
    Iterator& operator++() {
      ++position_;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return position_ != other.position_; }

   private:
    simdjson::dom::array::iterator position_;
  };
  [[nodiscard]] Iterator begin() const { return Iterator(array_.begin()); }
  [[nodiscard]] Iterator end() const { return Iterator(array_.end()); }

 private:
  simdjson::dom::array array_;
};

// A parsed text. Refuses texts over 4 GiB, invalid UTF-8 and nesting deeper than 64.
class Document {
 public:
  static Result<Document> parse(std::string_view text);
  [[nodiscard]] Value root() const { return Value(document_.root()); }

 private:
  Document() = default;
  simdjson::dom::document document_;
};

// Writes compact JSON; the caller keeps the grammar (keys inside objects), the writer puts the commas.
class Writer {
 public:
  Writer() = default;
  // Keeps nothing of what is written, but finds out whether it is this text, from which all of it has been read: see
  // is_expected() and decoded().
  explicit Writer(std::string_view expected) : expected_(expected) {}

  Writer& begin_object() { return open('{'); }
  Writer& end_object() { return close('}'); }
  Writer& begin_array() { return open('['); }
  Writer& end_array() { return close(']'); }
  Writer& key(std::string_view name);
  // A string, escaped as the original tools do: \" \\ \b \f \n \r \t, other control characters and DEL as \u00xx with
  // lower-case digits, everything else (UTF-8, checked by who hands it in) as it is.
  Writer& string(std::string_view text);
  // A string that needs no escaping (digits, hexadecimal, base64): the fast path of bulk data.
  Writer& plain_string(std::string_view text);
  // The text of a value that is read from no other text, and that has decimal or lower-case hexadecimal digits only.
  // Where texts are compared, it is passed over.
  template <class Value>
  Writer& decoded(const Value& value) {
    return expected_ ? pass_over() : plain_string(value.text());
  }
  Writer& integer(std::int64_t number);
  Writer& boolean(bool value) { return raw(value ? "true" : "false"); }
  Writer& null() { return raw("null"); }
  // A text that is compact JSON already.
  Writer& raw(std::string_view text);

  // Whether what has been written is the expected text, all of it.
  [[nodiscard]] bool is_expected() const { return same_ && at_ == expected_->size(); }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  Writer& open(char bracket);
  Writer& close(char bracket);
  void separate();
  void put(std::string_view piece);
  void put(char c) { put({&c, 1}); }
  Writer& pass_over();

  std::string text_;
  std::optional<std::string_view> expected_;
  std::size_t at_ = 0;  // so much of it has been written
  bool same_ = true;
  char last_ = 0;  // what was written last
};

// A structure that can be written. Each gives `void write(Writer&, const T&)`, found by argument-dependent lookup.
template <class T>
concept Writable = requires(Writer& writer, const T& value) {
  write(writer, value);
};

template <Writable T>
std::string to_text(const T& value) {
  Writer writer;
  write(writer, value);
  return writer.take();
}

template <Writable T>
void write_array(Writer& writer, const std::vector<T>& values) {
  writer.begin_array();
  for (const T& value : values) write(writer, value);
  writer.end_array();
}

// An Error that says at which byte `text` leaves its canonical form.
Status expect_same(std::string_view text, std::string_view canonical);

// Reads `text` with `read(Value) → Result<T>` and refuses it unless it is the canonical form of what was read.
template <class Read>
auto read_canonical(std::string_view text, Read read) -> std::invoke_result_t<Read, Value> {
  const Document document = TRY(Document::parse(text));
  auto value = TRY(read(document.root()));
  Writer comparison(text);
  write(comparison, value);
  if (!comparison.is_expected()) TRY(expect_same(text, to_text(value)));
  return value;
}

// Reads each value of an array with `read(Value) → Result<T>`; an error names the index.
template <class Read>
auto read_array(Value value, Read read) -> Result<std::vector<typename std::invoke_result_t<Read, Value>::value_type>> {
  const Array array = TRY(value.array());
  std::vector<typename std::invoke_result_t<Read, Value>::value_type> values;
  for (const Value item : array) {
    auto read_item = read(item);
    if (!read_item) return Failure(read_item.error().in(fmt::format("[{}]", values.size())));
    values.push_back(*std::move(read_item));
  }
  return values;
}

// Reads a field of an object with `read(Value) → Result<T>`; an error names the field.
template <class Read>
auto read_field(Value object, std::string_view name, Read read) -> std::invoke_result_t<Read, Value> {
  const Value value = TRY(object.field(name));
  return in(name, read(value));
}

Result<std::string> read_string(Value value);

}  // namespace folkmoot::json
