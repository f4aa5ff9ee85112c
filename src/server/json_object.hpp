// The fields of one JSON object about an organisation: written as they come, the object ends with this one.
#pragma once

#include <map>
#include <string>

#include "base/json.hpp"
#include "charter/state.hpp"

namespace folkmoot::server {

// By reference.
using PublicNames = std::map<std::string, std::string, std::less<>>;

class Object {
 public:
  Object(json::Writer& writer, const PublicNames& names) : writer_(writer), names_(names) { writer_.begin_object(); }
  ~Object() { writer_.end_object(); }
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;

  json::Writer& key(std::string_view name) { return writer_.key(name); }
  Object& put(std::string_view name, std::string_view text) {
    key(name).string(text);
    return *this;
  }
  Object& put(std::string_view name, const char*) = delete;  // would be a flag
  Object& put(std::string_view name, const std::string& text) { return put(name, std::string_view(text)); }
  Object& put(std::string_view name, std::int64_t number) {
    key(name).integer(number);
    return *this;
  }
  Object& flag(std::string_view name, bool truth) {
    key(name).boolean(truth);
    return *this;
  }
  // Null before there is one: nothing happened in 1970.
  Object& put(std::string_view name, charter::Time time) {
    key(name);
    time == charter::never || time == charter::Time{} ? writer_.null() : writer_.string(charter::text(time));
    return *this;
  }
  // Null if it is empty.
  Object& maybe(std::string_view name, const std::string& text) {
    key(name);
    text.empty() ? writer_.null() : writer_.string(text);
    return *this;
  }
  Object& person(std::string_view name, const std::string& reference) {
    key(name);
    if (reference.empty()) {
      writer_.null();
    } else {
      write_person(reference);
    }
    return *this;
  }
  template <class Range>
  Object& people(std::string_view name, const Range& references) {
    key(name).begin_array();
    for (const std::string& reference : references) write_person(reference);
    writer_.end_array();
    return *this;
  }
  Object& list(std::string_view name, const charter::Names& texts) {
    key(name).begin_array();
    for (const std::string& one : texts) writer_.string(one);
    writer_.end_array();
    return *this;
  }
  // `write(item)` for each of those for which `wanted(item)`.
  template <class Things, class Wanted, class Write>
  Object& each(std::string_view name, const Things& things, Wanted wanted, Write write) {
    key(name).begin_array();
    for (const auto& thing : things) {
      if (wanted(thing)) write(thing);
    }
    writer_.end_array();
    return *this;
  }
  Object& thing(const std::string& id, const charter::Thing& thing) {
    return put("id", id).put("stage", thing.stage).put("since", thing.since);
  }

 private:
  void write_person(const std::string& reference) {
    Object person(writer_, names_);
    person.put("member", reference);
    const auto name = names_.find(reference);
    if (name != names_.end()) person.put("name", name->second);
  }

  json::Writer& writer_;
  const PublicNames& names_;
};

}  // namespace folkmoot::server
