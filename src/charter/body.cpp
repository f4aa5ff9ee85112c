#include "charter/body.hpp"

#include <algorithm>
#include <cassert>
#include <set>

#include "base/utf8.hpp"
#include "charter/name.hpp"

namespace folkmoot::charter {
namespace {

bool is_hexadecimal(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool is_list(Kind kind) { return kind == Kind::members || kind == Kind::names || kind == Kind::hashes; }

bool is_line(std::string_view text) {
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  return !text.empty() && text.size() <= 200 && is_utf8(text) && std::ranges::none_of(text, control);
}

bool is_good(const std::string& text, Kind kind) {
  switch (kind) {
    case Kind::member:
    case Kind::members:
      return is_member(text);
    case Kind::name:
    case Kind::names:
      return is_name(text);
    case Kind::hash:
    case Kind::hashes:
      return text.size() == 64 && is_hexadecimal(text);
    case Kind::title:
      return is_line(text);
    case Kind::text:
      return !text.empty() && text.size() <= 45'000 && is_utf8(text);
    case Kind::time:
      return read_time(text).has_value();
    case Kind::count:
    case Kind::flag:
      break;
  }
  return false;
}

bool is_good(const Value& value, Kind kind) {
  if (kind == Kind::count) {
    const auto* number = std::get_if<std::int64_t>(&value);
    return number && *number >= 0 && *number <= greatest_count;
  }
  if (kind == Kind::flag) return std::holds_alternative<bool>(value);
  if (kind == Kind::hashes) {
    const auto* path = std::get_if<std::vector<std::string>>(&value);
    return path && path->size() <= longest_path &&
           std::ranges::all_of(*path, [&](const std::string& text) { return is_good(text, kind); });
  }
  if (kind == Kind::members || kind == Kind::names) {
    const auto* list = std::get_if<std::vector<std::string>>(&value);
    return list && list->size() <= longest_list &&
           std::ranges::all_of(*list, [&](const std::string& text) { return is_good(text, kind); }) &&
           std::set<std::string_view>(list->begin(), list->end()).size() == list->size();
  }
  const auto* text = std::get_if<std::string>(&value);
  return text && is_good(*text, kind);
}

// Of an absent field.
template <class T>
const T& get(const Body& body, std::string_view name) {
  static const T empty{};
  const Value* value = body.find(name);
  assert(!value || std::holds_alternative<T>(*value));
  return value ? std::get<T>(*value) : empty;
}

}  // namespace

std::string_view describe(Kind kind) {
  switch (kind) {
    case Kind::member:
      return "a member's reference";
    case Kind::members:
      return "a list of members' references";
    case Kind::name:
      return "a name";
    case Kind::names:
      return "a list of names";
    case Kind::hash:
      return "a hash";
    case Kind::hashes:
      return "a list of hashes";
    case Kind::title:
      return "a line of text";
    case Kind::text:
      return "a text";
    case Kind::count:
      return "a whole number";
    case Kind::time:
      return "a time";
    case Kind::flag:
      return "true or false";
  }
  return "";
}

Field Field::may_be_absent() const {
  Field field = *this;
  field.optional = true;
  return field;
}

Field Field::worked_out() const {
  Field field = *this;
  field.derived = true;
  return field;
}

Field thing(std::string_view process) { return thing(process, process); }
Field thing(std::string_view name, std::string_view process) {
  return {.name = name, .kind = Kind::name, .of = process};
}
Field named(std::string_view name, std::string_view what) { return {.name = name, .kind = Kind::name, .of = what}; }
Field published(std::string_view name, Document document) {
  return {.name = name, .kind = Kind::hash, .of = "", .document = document};
}
Field of_kind(Kind kind, std::string_view name) { return {.name = name, .kind = kind, .of = ""}; }

void Body::set(std::string_view name, Value value) {
  remove(name);
  add(std::string(name), std::move(value));
}

void Body::remove(std::string_view name) {
  std::erase_if(fields_, [&](const auto& field) { return field.first == name; });
}

const Value* Body::find(std::string_view name) const {
  const auto found = std::ranges::find(fields_, name, [](const auto& field) { return std::string_view(field.first); });
  return found == fields_.end() ? nullptr : &found->second;
}

const std::string& Body::text(std::string_view name) const { return get<std::string>(*this, name); }
std::int64_t Body::count(std::string_view name) const { return get<std::int64_t>(*this, name); }
bool Body::flag(std::string_view name) const { return get<bool>(*this, name); }
const std::vector<std::string>& Body::list(std::string_view name) const {
  return get<std::vector<std::string>>(*this, name);
}
Time Body::time(std::string_view name) const {
  const auto time = read_time(text(name));
  return time ? *time : Time{};
}

bool is_member(std::string_view text) {
  return text.size() == 18 && text.starts_with("m-") && is_hexadecimal(text.substr(2));
}

Result<Body> arrange(const Body& body, const std::vector<Field>& fields, bool derived) {
  Body arranged;
  for (const Field& field : fields) {
    if (field.derived && !derived) continue;
    const Value* value = body.find(field.name);
    if (!value && field.optional) continue;
    if (!value) return fail("no field \"{}\"", field.name);
    if (!is_good(*value, field.kind)) return fail("{}: expected {}", field.name, describe(field.kind));
    arranged.add(std::string(field.name), *value);
  }
  if (arranged.fields().size() == body.fields().size()) return arranged;
  for (const auto& [name, value] : body.fields()) {
    if (!arranged.has(name)) return fail("unknown field \"{}\"", name);
  }
  return fail("a field is there twice");
}

Result<Body> read_body(json::Value value, const std::vector<Field>& fields, bool derived) {
  Body body;
  for (const Field& field : fields) {
    if (!value.has(field.name)) continue;
    const json::Value item = TRY(value.field(field.name));
    if (field.kind == Kind::count) {
      body.add(std::string(field.name), TRY(in(field.name, item.integer())));
    } else if (field.kind == Kind::flag) {
      body.add(std::string(field.name), TRY(in(field.name, item.boolean())));
    } else if (is_list(field.kind)) {
      auto list = TRY(in(field.name, json::read_array(item, json::read_string)));
      body.add(std::string(field.name), std::move(list));
    } else {
      body.add(std::string(field.name), TRY(in(field.name, json::read_string(item))));
    }
  }
  return arrange(body, fields, derived);  // fields of other names show when the text is compared with the canonical one
}

void write(json::Writer& writer, const Body& body) {
  writer.begin_object();
  for (const auto& [name, value] : body.fields()) {
    writer.key(name);
    if (const auto* text = std::get_if<std::string>(&value)) {
      writer.string(*text);
    } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
      writer.integer(*number);
    } else if (const auto* truth = std::get_if<bool>(&value)) {
      writer.boolean(*truth);
    } else {
      writer.begin_array();
      for (const std::string& item : std::get<std::vector<std::string>>(value)) writer.string(item);
      writer.end_array();
    }
  }
  writer.end_object();
}

}  // namespace folkmoot::charter
