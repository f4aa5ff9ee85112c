// JSON that can be changed, for forging: fields keep their order, and a scalar is any text, valid JSON or not.
#pragma once

#include <simdjson.h>

#include <cassert>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace folkmoot::tamper {

class Tree {
 public:
  using Field = std::pair<std::string, Tree>;

  // A scalar with exactly that text.
  static Tree raw(std::string_view text) {
    Tree tree;
    tree.scalar_ = text;
    return tree;
  }
  // A string that needs no escapes.
  static Tree string(std::string_view text) { return raw("\"" + std::string(text) + "\""); }

  static Tree parse(std::string_view json) {
    simdjson::dom::parser parser;
    return of(parser.parse(json.data(), json.size()).value());
  }

  [[nodiscard]] std::string text() const {
    if (kind_ == Kind::scalar) return scalar_;
    std::string out(1, kind_ == Kind::object ? '{' : '[');
    for (const auto& [name, value] : fields_) {
      if (out.size() > 1) out += ',';
      if (kind_ == Kind::object) out += "\"" + name + "\":";
      out += value.text();
    }
    return out + (kind_ == Kind::object ? '}' : ']');
  }
  // Of a string without escapes, what is between the quotes.
  [[nodiscard]] std::string string() const { return scalar_.substr(1, scalar_.size() - 2); }

  // A field; a new one, at the end, if there is none of that name.
  Tree& operator[](std::string_view name) {
    for (auto& [field, value] : fields_) {
      if (field == name) return value;
    }
    return fields_.emplace_back(name, Tree()).second;
  }
  Tree& operator[](std::size_t index) {
    assert(index < fields_.size());
    return fields_[index].second;
  }
  // The fields of an object, or the values of an array (with empty names), to be moved about at will.
  std::vector<Field>& fields() { return fields_; }
  [[nodiscard]] std::size_t size() const { return fields_.size(); }
  void remove(std::string_view name) {
    std::erase_if(fields_, [&](const Field& field) { return field.first == name; });
  }
  void push_back(Tree value) { fields_.emplace_back("", std::move(value)); }

 private:
  enum class Kind { scalar, object, array };

  static Tree of(simdjson::dom::element element) {
    Tree tree;
    if (element.is_object()) {
      tree.kind_ = Kind::object;
      const simdjson::dom::object object = element.get_object().value();
      for (const auto& [name, value] : object) tree.fields_.emplace_back(name, of(value));
    } else if (element.is_array()) {
      tree.kind_ = Kind::array;
      const simdjson::dom::array array = element.get_array().value();
      for (const auto value : array) tree.push_back(of(value));
    } else {
      tree.scalar_ = simdjson::minify(element);
    }
    return tree;
  }

  Kind kind_ = Kind::scalar;
  std::string scalar_;
  std::vector<Field> fields_;
};

}  // namespace folkmoot::tamper
