// What a request's body says, in JSON.
#pragma once

#include <algorithm>

#include "base/json.hpp"
#include "server/problem.hpp"

namespace folkmoot::server {

// An object of fields, as a page sends it.
class Body {
 public:
  explicit Body(json::Value object) : object_(object) {}
  // A text of at most 4096 bytes without control characters.
  [[nodiscard]] Result<std::string> string(std::string_view name) const {
    constexpr std::size_t longest = 4096;
    const std::string text = TRY(json::read_field(object_, name, json::read_string));
    const bool control = std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    if (text.size() > longest || control) return fail("{}: too long, or not of one line", name);
    return text;
  }
  [[nodiscard]] Result<bool> boolean(std::string_view name) const {
    return json::read_field(object_, name, [](json::Value value) { return value.boolean(); });
  }
  [[nodiscard]] Result<std::int64_t> integer(std::string_view name, std::int64_t least, std::int64_t greatest) const {
    return json::read_field(object_, name, [&](json::Value value) { return value.integer(least, greatest); });
  }
  [[nodiscard]] bool has(std::string_view name) const { return object_.has(name); }
  // The field as it was sent.
  [[nodiscard]] Result<json::Value> value(std::string_view name) const { return object_.field(name); }

 private:
  json::Value object_;
};

// Whether it is spelt as the names that programs make up are: letters, digits, '-' and '_'. What is not need not be
// looked for, and a database may take it for no text at all.
inline bool is_name(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
  });
}

// What `read(Body) → Result<T>` makes of the body, which is an object with those fields and no others, sent as
// application/json: what a form of another site cannot send.
template <class Read>
auto read_body(const Request& request, std::initializer_list<std::string_view> fields, Read read)
    -> std::invoke_result_t<Read, Body> {
  const std::string_view type = request.header("content-type");
  if (type.substr(0, type.find(';')) != "application/json") return fail("expected application/json");
  const json::Document document = TRY(json::Document::parse(request.body));
  TRY(document.root().only_fields(fields));
  return read(Body(document.root()));
}

inline Response bad_body(const Error& error) { return problem(400, "bad-body", "Bad request body", error.message); }

// The database, most likely; those who run the server know more.
inline Response unavailable() {
  return problem(503, "unavailable", "Not available", "this cannot be done now; try again in a moment");
}

}  // namespace folkmoot::server
