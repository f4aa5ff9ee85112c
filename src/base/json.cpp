#include "base/json.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace folkmoot::json {
namespace {

constexpr std::size_t max_depth = 64;

template <class T>
Result<T> expect(simdjson::simdjson_result<T> result, std::string_view what) {
  if (result.error() != simdjson::SUCCESS) return fail("expected {}", what);
  return result.value_unsafe();
}

// What stands for a character in a string; empty if it stands for itself.
std::string escape(char c) {
  switch (c) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\b':
      return "\\b";
    case '\f':
      return "\\f";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) return {};
      return fmt::format("\\u{:04x}", static_cast<unsigned>(c));
  }
}

}  // namespace

Result<std::string_view> Value::string() const { return expect(element_.get_string(), "a string"); }
Result<std::int64_t> Value::integer() const { return expect(element_.get_int64(), "an integer"); }
Result<bool> Value::boolean() const { return expect(element_.get_bool(), "true or false"); }

Result<std::int64_t> Value::integer(std::int64_t least, std::int64_t greatest) const {
  const std::int64_t number = TRY(integer());
  if (number < least || number > greatest) return fail("{} is not in {}..{}", number, least, greatest);
  return number;
}

Result<Array> Value::array() const { return Array(TRY(expect(element_.get_array(), "an array"))); }

Result<Array> Value::array(std::size_t size) const {
  const Array values = TRY(array());
  const std::size_t found = values.size();
  if (found != size) return fail("expected an array of {} values, found {}", size, found);
  return values;
}

Result<Value> Value::field(std::string_view name) const {
  const auto object = TRY(expect(element_.get_object(), "an object"));
  const auto value = object.at_key(name);
  if (value.error() != simdjson::SUCCESS) return fail("no field \"{}\"", name);
  return Value(value.value_unsafe());
}

bool Value::has(std::string_view name) const {
  const auto object = element_.get_object();
  return object.error() == simdjson::SUCCESS && object.value_unsafe().at_key(name).error() == simdjson::SUCCESS;
}

Status Value::only_fields(std::initializer_list<std::string_view> names) const {
  const auto object = TRY(expect(element_.get_object(), "an object"));
  std::set<std::string_view> seen;
  for (const auto& [name, value] : object) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      return fail("unknown field \"{}\": expected {}", name, fmt::join(names, ", "));
    }
    if (!seen.insert(name).second) return fail("field \"{}\" is there twice", name);
  }
  return {};
}

Result<std::string> Value::text() const {
  Writer writer;
  std::optional<std::string> twice;
  const auto write_value = [&](const auto& self, simdjson::dom::element element) -> void {
    switch (element.type()) {
      case simdjson::dom::element_type::ARRAY: {
        const simdjson::dom::array array = element.get_array().value_unsafe();
        writer.begin_array();
        for (const auto item : array) self(self, item);
        writer.end_array();
        return;
      }
      case simdjson::dom::element_type::OBJECT: {
        const simdjson::dom::object object = element.get_object().value_unsafe();
        writer.begin_object();
        std::set<std::string_view> names;
        for (const auto& [name, item] : object) {
          if (!names.insert(name).second) twice = std::string(name);
          writer.key(name);
          self(self, item);
        }
        writer.end_object();
        return;
      }
      case simdjson::dom::element_type::STRING:
        writer.string(element.get_string().value_unsafe());
        return;
      case simdjson::dom::element_type::BOOL:
        writer.boolean(element.get_bool().value_unsafe());
        return;
      case simdjson::dom::element_type::NULL_VALUE:
        writer.null();
        return;
      case simdjson::dom::element_type::INT64:
        writer.integer(element.get_int64().value_unsafe());
        return;
      default:
        writer.raw(simdjson::minify(element));
    }
  };
  write_value(write_value, element_);
  if (twice) return fail("field \"{}\" is there twice", *twice);
  return writer.take();
}

std::size_t Array::size() const {
  // simdjson saturates its own count at 0xFFFFFF.
  return static_cast<std::size_t>(std::distance(array_.begin(), array_.end()));
}

Result<Document> Document::parse(std::string_view text) {
  if (text.empty()) return fail("not JSON: an empty text");  // which simdjson would copy from a null pointer
  Document document;
  simdjson::dom::parser parser;
  if (parser.allocate(std::max<std::size_t>(text.size(), 64), max_depth) != simdjson::SUCCESS) {
    return fail("a JSON text of {} bytes is too large", text.size());
  }
  const auto root = parser.parse_into_document(document.document_, text.data(), text.size(), true);
  if (root.error() != simdjson::SUCCESS) return fail("not JSON: {}", simdjson::error_message(root.error()));
  return document;
}

Writer& Writer::key(std::string_view name) {
  string(name);
  put(':');
  return *this;
}

Writer& Writer::string(std::string_view text) {
  separate();
  put('"');
  std::size_t done = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string escaped = escape(text[i]);
    if (escaped.empty()) continue;
    put(text.substr(done, i - done));
    put(escaped);
    done = i + 1;
  }
  put(text.substr(done));
  put('"');
  return *this;
}

Writer& Writer::plain_string(std::string_view text) {
  separate();
  put('"');
  put(text);
  put('"');
  return *this;
}

Writer& Writer::integer(std::int64_t number) {
  separate();
  put(fmt::format_int(number).c_str());
  return *this;
}

Writer& Writer::raw(std::string_view text) {
  separate();
  put(text);
  return *this;
}

Writer& Writer::open(char bracket) {
  separate();
  put(bracket);
  return *this;
}

Writer& Writer::close(char bracket) {
  put(bracket);
  return *this;
}

// A value follows another value unless it is the first of the text, of an array or of an object, or follows its key.
void Writer::separate() {
  if (last_ != 0 && last_ != '[' && last_ != '{' && last_ != ':') put(',');
}

void Writer::put(std::string_view piece) {
  if (piece.empty()) return;
  last_ = piece.back();
  if (!expected_) {
    text_ += piece;
  } else if (same_) {
    same_ = expected_->substr(at_).starts_with(piece);
    at_ += piece.size();
  }
}

Writer& Writer::pass_over() {
  separate();
  put('"');
  if (same_) {
    // The string from which the value was read, if everything around it is the same; unless it has escapes.
    const std::string_view rest = expected_->substr(at_);
    const std::string_view string = rest.substr(0, rest.find('"'));
    same_ = string.find('\\') == std::string_view::npos;
    at_ += string.size();
  }
  put('"');
  return *this;
}

Status expect_same(std::string_view text, std::string_view canonical) {
  if (text == canonical) return {};
  const auto [left, right] = std::mismatch(text.begin(), text.end(), canonical.begin(), canonical.end());
  return fail("not in canonical form: at byte {}, \"{}\" instead of \"{}\"", left - text.begin(),
              text.substr(static_cast<std::size_t>(left - text.begin()), 24),
              canonical.substr(static_cast<std::size_t>(right - canonical.begin()), 24));
}

Result<std::string> read_string(Value value) { return std::string(TRY(value.string())); }

}  // namespace folkmoot::json
