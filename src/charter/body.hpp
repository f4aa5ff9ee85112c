// The body of an act: named fields, each of a kind that says what may stand in it. An act's fields are declared once
// (process.hpp) and everything else follows from the declaration: strict reading, the canonical order of writing, the
// reference in docs/acts.md, and the random acts of the property test.
//
// No kind can hold a name or a free text about a person: members are references, what people write is hashed or
// committed to (commitment.hpp), and `title` and `text` are for what an organisation publishes.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/json.hpp"
#include "charter/time.hpp"

namespace folkmoot::charter {

enum class Kind {
  member,   // "m-" and 16 hexadecimal digits
  members,  // a list of them, none twice
  name,     // what the charter names, or the id of a thing: lower-case letters, digits and hyphens
  names,    // a list of them, none twice
  hash,     // 64 hexadecimal digits
  hashes,   // a list of up to 64 of them: the path of a Merkle proof
  title,    // one line of up to 200 bytes
  text,     // up to 45,000 bytes
  count,    // a whole number from 0 to 10^12
  time,     // "2026-03-01T12:00:00Z"
  flag,     // true or false
};
std::string_view describe(Kind kind);

inline constexpr std::size_t longest_list = 2000;
inline constexpr std::size_t longest_path = 64;
inline constexpr std::int64_t greatest_count = 1'000'000'000'000;

// What lies beside the ledger for everyone to read, under the SHA-256 that a field of the kind `hash` gives. None: the
// hash is of something that is not for everyone, or is no hash of a document at all (a key, a root, a leaf).
enum class Document { none, text, record, supplement, transcript };

struct Field {
  std::string_view name;
  Kind kind = Kind::name;
  std::string_view of;  // for names: the process whose thing is meant ("contest"), or what the charter names ("@post")
  bool optional = false;
  bool derived = false;  // not asked for: decide() works it out and writes it down for the reader
  Document document = Document::none;

  [[nodiscard]] Field may_be_absent() const;
  [[nodiscard]] Field worked_out() const;
};
// The id of a thing in that process, in a field called like the process or as said.
Field thing(std::string_view process);
Field thing(std::string_view name, std::string_view process);
// A name that the charter in force must have: "@post", "@organ", "@contest", …
Field named(std::string_view name, std::string_view what);
Field of_kind(Kind kind, std::string_view name);
inline Field member(std::string_view name) { return of_kind(Kind::member, name); }
// A hash of what is not published: evidence, commitments, keys, roots, leaves.
inline Field hash(std::string_view name) { return of_kind(Kind::hash, name); }
// The SHA-256 of what is.
Field published(std::string_view name, Document document = Document::text);
inline Field title(std::string_view name) { return of_kind(Kind::title, name); }
inline Field count(std::string_view name) { return of_kind(Kind::count, name); }
inline Field time(std::string_view name) { return of_kind(Kind::time, name); }
inline Field flag(std::string_view name) { return of_kind(Kind::flag, name); }
inline Field word(std::string_view name) { return of_kind(Kind::name, name); }

using Value = std::variant<std::string, std::int64_t, bool, std::vector<std::string>>;

class Body {
 public:
  Body() = default;
  Body(std::initializer_list<std::pair<std::string, Value>> fields) : fields_(fields) {}

  void add(std::string name, Value value) { fields_.emplace_back(std::move(name), std::move(value)); }
  void set(std::string_view name, Value value);
  void remove(std::string_view name);
  [[nodiscard]] const Value* find(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const { return find(name) != nullptr; }
  [[nodiscard]] const std::vector<std::pair<std::string, Value>>& fields() const { return fields_; }

  // Of a body that `arrange` gave, for fields of the act's declaration; an absent one is empty, 0 or false.
  [[nodiscard]] const std::string& text(std::string_view name) const;
  [[nodiscard]] std::int64_t count(std::string_view name) const;
  [[nodiscard]] bool flag(std::string_view name) const;
  [[nodiscard]] const std::vector<std::string>& list(std::string_view name) const;
  [[nodiscard]] Time time(std::string_view name) const;

  friend bool operator==(const Body&, const Body&) = default;

 private:
  std::vector<std::pair<std::string, Value>> fields_;
};

// Whether the text is a member's reference.
bool is_member(std::string_view text);

// The same fields in declared order; fails unless they are exactly those declared (derived ones only if `derived`),
// each of its kind.
Result<Body> arrange(const Body& body, const std::vector<Field>& fields, bool derived);
Result<Body> read_body(json::Value value, const std::vector<Field>& fields, bool derived);
void write(json::Writer& writer, const Body& body);

}  // namespace folkmoot::charter
