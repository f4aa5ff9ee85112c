// The server's description of itself, and whether what it answers is what is described.
#pragma once

#include <regex>
#include <set>

#include "server/description.hpp"
#include "server/membership.hpp"
#include "server/observed.hpp"

namespace folkmoot::server::test {

using simdjson::dom::element;

// By value: what a range-based for goes through must not be part of something that is gone.
inline simdjson::dom::array array_of(element value) { return value.get_array().value(); }
inline simdjson::dom::object object_of(element value) { return value.get_object().value(); }

// What is wrong with the value under that schema (the keywords of JSON Schema that the description uses); "" if
// nothing.
class Schemas {
 public:
  explicit Schemas(element root) : root_(root) {}

  [[nodiscard]] std::string wrong(element value, element schema, const std::string& where = "$") const {
    if (std::string_view name; schema["$ref"].get(name) == simdjson::SUCCESS) {
      return wrong(value, root_.at_pointer(name.substr(1)).value(), where);
    }
    for (const auto& [keyword, setting] : object_of(schema)) {
      const std::string problem = check(keyword, setting, value, schema, where);
      if (!problem.empty()) return problem;
    }
    return "";
  }

 private:
  [[nodiscard]] std::string check(std::string_view keyword, element setting, element value, element schema,
                                  const std::string& where) const {
    if (keyword == "type") {
      const std::string_view type = setting.get_string().value();
      const bool right = (type == "string" && value.is_string()) || (type == "integer" && value.is_int64()) ||
                         (type == "boolean" && value.is_bool()) || (type == "array" && value.is_array()) ||
                         (type == "object" && value.is_object());
      return right ? "" : where + ": not of type " + std::string(type);
    }
    if (keyword == "enum") {
      for (const element one : array_of(setting)) {
        if (simdjson::minify(one) == simdjson::minify(value)) return "";
      }
      return where + ": none of those listed";
    }
    if (keyword == "pattern") {
      const bool right = std::regex_search(std::string(value.get_string().value()),
                                           std::regex(std::string(setting.get_string().value())));
      return right ? "" : where + ": not as the pattern";
    }
    if (keyword == "required") {
      for (const element name : array_of(setting)) {
        if (value[name.get_string().value()].error() != simdjson::SUCCESS) return where + ": lacks a field";
      }
      return "";
    }
    if (keyword == "items") {
      for (const element item : array_of(value)) {
        if (std::string problem = wrong(item, setting, where + "[]"); !problem.empty()) return problem;
      }
      return "";
    }
    if (keyword == "properties") {
      for (const auto& [name, item] : object_of(value)) {
        element property;
        if (setting[name].get(property) != simdjson::SUCCESS) return where + ": has a field " + std::string(name);
        if (std::string problem = wrong(item, property, where + "." + std::string(name)); !problem.empty())
          return problem;
      }
      return "";
    }
    // `properties` above takes no others.
    if (keyword == "additionalProperties" && setting.is_bool() && setting.get_bool().value()) return "";
    if (keyword == "additionalProperties")
      return schema["properties"].error() == simdjson::SUCCESS ? "" : where + ": ?";
    if (keyword == "description") return "";
    return where + ": the test does not know " + std::string(keyword);
  }
  element root_;
};

class Description {
 public:
  // Holds the operations with that tag to what is described of them; unless one is given, those without any.
  explicit Description(const std::string& wanted = "") {
    text_ = text_of(server::description());
    root_ = parser_.parse(text_).value();
    for (const auto& [path, operations] : object_of(root_["paths"])) {
      for (const auto& [method, operation] : object_of(operations)) {
        std::string name(method);
        for (char& c : name) c = static_cast<char>(std::toupper(c));
        const std::string route = name + " " + std::regex_replace(std::string(path), std::regex(R"(\{[a-z]+\})"), "{}");
        operations_.emplace(route, operation);
        element tags;
        const bool tagged = operation["tags"].get(tags) == simdjson::SUCCESS;
        if ((tagged ? simdjson::minify(tags) : "") != (wanted.empty() ? "" : "[\"" + wanted + "\"]")) continue;
        for (const auto& [status, response] : object_of(operation["responses"])) {
          described.insert(route + " " + std::string(status));
        }
      }
    }
  }

  [[nodiscard]] std::set<std::string> routes() const {
    std::set<std::string> names;
    for (const auto& [route, operation] : operations_) names.insert(route);
    return names;
  }

  // Checks that the request is answered as described.
  Response check(const Request& request, Response response) {
    const std::string route(Routes(server::routes()).of(request));
    const std::string name = route + " " + std::to_string(response.status);
    EXPECT_TRUE(described.contains(name)) << name << ": " << body(response);
    if (described.contains(name)) {
      element answer = operations_.at(route)["responses"][std::to_string(response.status)];
      if (std::string_view ref; answer["$ref"].get(ref) == simdjson::SUCCESS) {
        answer = root_.at_pointer(ref.substr(1)).value();
      }
      if (response.status == 304) {  // which has no content, and is described without
        EXPECT_NE(answer["content"].error(), simdjson::SUCCESS) << name;
        seen.insert(name);
        return response;
      }
      const std::string type = response.content_type.substr(0, response.content_type.find(';'));
      element content;
      EXPECT_EQ(answer["content"][type].get(content), simdjson::SUCCESS) << name << ": " << type;
      element schema;
      if (content["schema"].get(schema) == simdjson::SUCCESS) {
        simdjson::dom::parser parser;
        const simdjson::padded_string text(body(response));
        EXPECT_EQ(Schemas(root_).wrong(parser.parse(text).value(), schema), "") << name << ": " << body(response);
      }
    }
    seen.insert(name);
    return response;
  }

  std::set<std::string> described, seen;

 private:
  static std::string body(const Response& response) {
    const auto* text = std::get_if<std::string>(&response.body);
    return text ? *text : "a file";
  }
  std::string text_;
  simdjson::dom::parser parser_;
  element root_;
  std::map<std::string, element> operations_;
};

}  // namespace folkmoot::server::test
