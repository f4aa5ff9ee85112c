// A strict JSON parser with the part of simdjson's interface that base/json.hpp uses: simdjson is no package for
// WebAssembly. wasm/include/simdjson.h gives it simdjson's name; tests/wasm holds it against the real one.
//
// Different from simdjson in one thing: minify() of a number that is no integer of 64 bits gives the number as it was
// written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace folkmoot::wasm::json_dom {

enum error_code {
  SUCCESS,
  EMPTY,
  UTF8_ERROR,
  DEPTH_ERROR,
  SYNTAX_ERROR,
  STRING_ERROR,
  NUMBER_ERROR,
  INCORRECT_TYPE,
  NO_SUCH_FIELD
};
const char* error_message(error_code error);

template <class T>
class simdjson_result {
 public:
  simdjson_result(T value) : value_(std::move(value)) {}
  simdjson_result(error_code error) : error_(error) {}
  [[nodiscard]] error_code error() const { return error_; }
  [[nodiscard]] const T& value_unsafe() const { return value_; }

 private:
  T value_{};
  error_code error_ = SUCCESS;
};

namespace dom {

enum class element_type { ARRAY, OBJECT, INT64, UINT64, DOUBLE, STRING, BOOL, NULL_VALUE };

// One value, or one key, of a text. The members of an array follow it, those of an object as keys and values in turn.
struct Node {
  element_type type = element_type::NULL_VALUE;
  std::uint32_t next = 0;    // the node after this one and all its members
  std::uint64_t number = 0;  // INT64, UINT64, BOOL; of a STRING or DOUBLE where its text begins
  std::uint32_t size = 0;    // of that text
};

class array;
class object;
class document;

class element {
 public:
  element() = default;
  element(const document& document, std::uint32_t node) : document_(&document), node_(node) {}

  [[nodiscard]] element_type type() const { return node().type; }
  [[nodiscard]] bool is_array() const { return type() == element_type::ARRAY; }
  [[nodiscard]] bool is_object() const { return type() == element_type::OBJECT; }
  [[nodiscard]] bool is_string() const { return type() == element_type::STRING; }
  [[nodiscard]] bool is_int64() const { return type() == element_type::INT64; }

  [[nodiscard]] simdjson_result<std::string_view> get_string() const;
  [[nodiscard]] simdjson_result<std::int64_t> get_int64() const;
  [[nodiscard]] simdjson_result<bool> get_bool() const;
  [[nodiscard]] simdjson_result<array> get_array() const;
  [[nodiscard]] simdjson_result<object> get_object() const;

  // Of a string, or of a number as it was written.
  [[nodiscard]] std::string_view text() const;
  // Of an integer.
  [[nodiscard]] std::uint64_t number() const { return node().number; }
  // What follows it and its members in the text; and of an array or object its first member.
  [[nodiscard]] element next() const { return {*document_, node().next}; }
  [[nodiscard]] element first_member() const { return {*document_, node_ + 1}; }
  friend bool operator==(const element&, const element&) = default;

 private:
  [[nodiscard]] const Node& node() const;
  const document* document_ = nullptr;
  std::uint32_t node_ = 0;
};

class array {
 public:
  array() = default;
  explicit array(const element& of) : of_(of) {}
  class iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = element;
    using difference_type = std::ptrdiff_t;
    using pointer = const element*;
    using reference = element;
    explicit iterator(const element& at) : at_(at) {}
    element operator*() const { return at_; }
    iterator& operator++() {
      at_ = at_.next();
      return *this;
    }
    friend bool operator==(const iterator&, const iterator&) = default;

   private:
    element at_;
  };
  [[nodiscard]] iterator begin() const { return iterator(of_.first_member()); }
  [[nodiscard]] iterator end() const { return iterator(of_.next()); }

 private:
  element of_;
};

class object {
 public:
  object() = default;
  explicit object(const element& of) : of_(of) {}
  class iterator {
   public:
    explicit iterator(const element& key) : key_(key) {}
    std::pair<std::string_view, element> operator*() const { return {key_.text(), key_.next()}; }
    iterator& operator++() {
      key_ = key_.next().next();
      return *this;
    }
    friend bool operator==(const iterator&, const iterator&) = default;

   private:
    element key_;
  };
  [[nodiscard]] iterator begin() const { return iterator(of_.first_member()); }
  [[nodiscard]] iterator end() const { return iterator(of_.next()); }
  // The first value under that key.
  [[nodiscard]] simdjson_result<element> at_key(std::string_view key) const;

 private:
  element of_;
};

class document {
 public:
  [[nodiscard]] element root() const { return {*this, 0}; }

 private:
  friend class element;
  friend class Reader;
  std::vector<Node> nodes_;
  std::string texts_;
};

class parser {
 public:
  // Depth: how many arrays and objects, with the values in them, may be inside one another; an empty one is a value.
  error_code allocate(std::size_t capacity, std::size_t max_depth);
  simdjson_result<element> parse_into_document(document& into, const char* text, std::size_t size, bool) const;

 private:
  std::size_t max_depth_ = 0;
};

}  // namespace dom

// A value that is no array, object or string, as it was written.
std::string minify(const dom::element& value);

bool validate_utf8(const char* text, std::size_t size);

}  // namespace folkmoot::wasm::json_dom
