#include "library/json_dom.hpp"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <optional>

namespace folkmoot::wasm::json_dom {
namespace dom {

// Reads one text into a document, from start to end, with a stack of its own instead of recursion.
class Reader {
 public:
  Reader(document& into, std::string_view text, std::size_t max_depth)
      : nodes_(into.nodes_), texts_(into.texts_), text_(text), max_depth_(max_depth) {}

  error_code read() {
    nodes_.clear();
    texts_.clear();
    if (text_.empty()) return EMPTY;
    if (!validate_utf8(text_.data(), text_.size())) return UTF8_ERROR;
    if (const error_code error = read_value(); error != SUCCESS) return error;
    while (!open_.empty()) {
      if (const error_code error = read_member(); error != SUCCESS) return error;
    }
    return next_character() == '\0' && at_ == text_.size() ? SUCCESS : SYNTAX_ERROR;
  }

 private:
  // The next character that is no white space, '\0' at the end; it stays unread.
  char next_character() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c != ' ' && c != '\t' && c != '\n' && c != '\r') return c;
      ++at_;
    }
    return '\0';
  }
  bool take(char expected) {
    if (next_character() != expected || at_ == text_.size()) return false;
    ++at_;
    return true;
  }
  Node& add(element_type type) {
    nodes_.push_back({type, static_cast<std::uint32_t>(nodes_.size() + 1), 0, 0});
    return nodes_.back();
  }

  // A member of the innermost array or object that is open, or its end.
  error_code read_member() {
    const std::uint32_t container = open_.back();
    const bool is_object = nodes_[container].type == element_type::OBJECT;
    const bool empty = nodes_.size() == container + 1;
    if (take(is_object ? '}' : ']')) {
      nodes_[container].next = static_cast<std::uint32_t>(nodes_.size());
      open_.pop_back();
      return SUCCESS;
    }
    if (!empty && !take(',')) return SYNTAX_ERROR;
    if (is_object) {
      if (next_character() != '"') return SYNTAX_ERROR;
      if (const error_code error = read_string(); error != SUCCESS) return error;
      if (!take(':')) return SYNTAX_ERROR;
    }
    return read_value();
  }

  // A value; of an array or object only its beginning.
  error_code read_value() {
    switch (const char c = next_character(); c) {
      case '[':
      case '{':
        ++at_;
        if (open_.size() + 1 >= max_depth_ && next_character() != (c == '[' ? ']' : '}')) return DEPTH_ERROR;
        open_.push_back(static_cast<std::uint32_t>(nodes_.size()));
        add(c == '[' ? element_type::ARRAY : element_type::OBJECT);
        return SUCCESS;
      case '"':
        return read_string();
      case 't':
        return read_word("true", element_type::BOOL, 1);
      case 'f':
        return read_word("false", element_type::BOOL, 0);
      case 'n':
        return read_word("null", element_type::NULL_VALUE, 0);
      default:
        return read_number();
    }
  }

  error_code read_word(std::string_view word, element_type type, std::uint64_t value) {
    if (text_.substr(at_, word.size()) != word) return SYNTAX_ERROR;
    at_ += word.size();
    add(type).number = value;
    return SUCCESS;
  }

  std::size_t digits() {
    const std::size_t first = at_;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
    return at_ - first;
  }

  // RFC 8259, section 6.
  error_code read_number() {
    const std::size_t first = at_;
    const bool negative = at_ < text_.size() && text_[at_] == '-';
    if (negative) ++at_;
    const std::size_t integer = at_;
    const std::size_t count = digits();
    if (count == 0 || (count > 1 && text_[integer] == '0')) return NUMBER_ERROR;
    bool is_integer = true;
    if (at_ < text_.size() && text_[at_] == '.') {
      is_integer = false;
      ++at_;
      if (digits() == 0) return NUMBER_ERROR;
    }
    if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
      is_integer = false;
      ++at_;
      if (at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-')) ++at_;
      if (digits() == 0) return NUMBER_ERROR;
    }
    const std::string_view written = text_.substr(first, at_ - first);
    Node& node = add(element_type::DOUBLE);
    if (!is_integer) {
      // As simdjson: what no double holds is an error.
      if (std::isinf(std::strtod(std::string(written).c_str(), nullptr))) return NUMBER_ERROR;
      node.number = texts_.size();
      node.size = static_cast<std::uint32_t>(written.size());
      texts_ += written;
      return SUCCESS;
    }
    std::uint64_t magnitude = 0;
    if (std::from_chars(text_.data() + integer, text_.data() + at_, magnitude).ec != std::errc()) return NUMBER_ERROR;
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (negative && magnitude > most + 1) return NUMBER_ERROR;
    node.type = negative || magnitude <= most ? element_type::INT64 : element_type::UINT64;
    node.number = negative ? 0 - magnitude : magnitude;
    return SUCCESS;
  }

  // Four hexadecimal digits.
  std::optional<std::uint32_t> code_unit() {
    if (text_.size() - at_ < 4) return std::nullopt;
    std::uint32_t unit = 0;
    const char* end = text_.data() + at_ + 4;
    if (std::from_chars(text_.data() + at_, end, unit, 16).ptr != end) return std::nullopt;
    at_ += 4;
    return unit;
  }

  void append_utf8(std::uint32_t c) {
    const auto continuation = [this](std::uint32_t bits) { texts_ += static_cast<char>(0x80 | (bits & 0x3f)); };
    if (c < 0x80) {
      texts_ += static_cast<char>(c);
    } else if (c < 0x800) {
      texts_ += static_cast<char>(0xc0 | c >> 6);
      continuation(c);
    } else if (c < 0x10000) {
      texts_ += static_cast<char>(0xe0 | c >> 12);
      continuation(c >> 6);
      continuation(c);
    } else {
      texts_ += static_cast<char>(0xf0 | c >> 18);
      continuation(c >> 12);
      continuation(c >> 6);
      continuation(c);
    }
  }

  // What follows "\u": a character, or the first half of a pair with the second.
  error_code read_code_point() {
    const auto unit = code_unit();
    if (!unit || (*unit >= 0xdc00 && *unit < 0xe000)) return STRING_ERROR;
    if (*unit < 0xd800 || *unit >= 0xe000) {
      append_utf8(*unit);
      return SUCCESS;
    }
    if (text_.substr(at_, 2) != "\\u") return STRING_ERROR;
    at_ += 2;
    const auto second = code_unit();
    if (!second || *second < 0xdc00 || *second >= 0xe000) return STRING_ERROR;
    append_utf8(0x10000 + ((*unit - 0xd800) << 10) + (*second - 0xdc00));
    return SUCCESS;
  }

  error_code read_string() {
    const std::size_t first = texts_.size();
    for (++at_; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '"') {
        ++at_;
        Node& node = add(element_type::STRING);
        node.number = first;
        node.size = static_cast<std::uint32_t>(texts_.size() - first);
        return SUCCESS;
      }
      if (static_cast<unsigned char>(c) < 0x20) return STRING_ERROR;
      if (c != '\\') {
        texts_ += c;
        continue;
      }
      constexpr std::string_view escapes = "\"\\/bfnrt";
      constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
      if (++at_ == text_.size()) break;
      if (const auto escape = escapes.find(text_[at_]); escape != std::string_view::npos) {
        texts_ += meanings[escape];
      } else if (text_[at_] == 'u') {
        ++at_;
        if (const error_code error = read_code_point(); error != SUCCESS) return error;
        --at_;
      } else {
        break;
      }
    }
    return STRING_ERROR;
  }

  std::vector<Node>& nodes_;
  std::string& texts_;
  std::string_view text_;
  std::size_t max_depth_;
  std::size_t at_ = 0;
  std::vector<std::uint32_t> open_;
};

const Node& element::node() const { return document_->nodes_[node_]; }

std::string_view element::text() const {
  return std::string_view(document_->texts_).substr(static_cast<std::size_t>(node().number), node().size);
}

simdjson_result<std::string_view> element::get_string() const {
  if (!is_string()) return INCORRECT_TYPE;
  return text();
}
simdjson_result<std::int64_t> element::get_int64() const {
  if (!is_int64()) return INCORRECT_TYPE;
  return static_cast<std::int64_t>(node().number);
}
simdjson_result<bool> element::get_bool() const {
  if (type() != element_type::BOOL) return INCORRECT_TYPE;
  return node().number != 0;
}
simdjson_result<array> element::get_array() const {
  if (!is_array()) return INCORRECT_TYPE;
  return array(*this);
}
simdjson_result<object> element::get_object() const {
  if (!is_object()) return INCORRECT_TYPE;
  return object(*this);
}

simdjson_result<element> object::at_key(std::string_view key) const {
  for (const auto& [name, value] : *this) {
    if (name == key) return value;
  }
  return NO_SUCH_FIELD;
}

error_code parser::allocate(std::size_t capacity, std::size_t max_depth) {
  max_depth_ = max_depth;
  return capacity <= std::numeric_limits<std::uint32_t>::max() ? SUCCESS : SYNTAX_ERROR;
}

simdjson_result<element> parser::parse_into_document(document& into, const char* text, std::size_t size, bool) const {
  if (const error_code error = Reader(into, {text, size}, max_depth_).read(); error != SUCCESS) return error;
  return into.root();
}

}  // namespace dom

const char* error_message(error_code error) {
  switch (error) {
    case SUCCESS:
      return "no error";
    case EMPTY:
      return "an empty text";
    case UTF8_ERROR:
      return "the text is not UTF-8";
    case DEPTH_ERROR:
      return "arrays and objects are nested too deeply";
    case STRING_ERROR:
      return "a string is not closed, or has an escape or control character that it may not have";
    case NUMBER_ERROR:
      return "a value is neither a number nor anything else that there is";
    case INCORRECT_TYPE:
      return "a value of another type";
    case NO_SUCH_FIELD:
      return "no such field";
    case SYNTAX_ERROR:
      break;
  }
  return "a comma, a bracket or another part of the grammar is missing";
}

std::string minify(const dom::element& value) {
  if (value.type() == dom::element_type::UINT64) return std::to_string(static_cast<std::uint64_t>(value.number()));
  return std::string(value.text());
}

// The Unicode Standard, table 3-7: which bytes may follow which.
bool validate_utf8(const char* text, std::size_t size) {
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  for (std::size_t i = 0; i < size;) {
    const unsigned first = byte(i++);
    if (first < 0x80) continue;
    const std::size_t more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
    if (first < 0xc2 || first > 0xf4 || size - i < more) return false;
    const unsigned second = byte(i);
    const unsigned least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    const unsigned most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (second < least || second > most) return false;
    for (std::size_t j = 1; j < more; ++j) {
      if ((byte(i + j) & 0xc0) != 0x80) return false;
    }
    i += more;
  }
  return true;
}

}  // namespace folkmoot::wasm::json_dom
