#include "service/people.hpp"

#include <algorithm>

#include "account/tables.hpp"
#include "mail/outbox.hpp"

namespace folkmoot::service {
namespace {

using database::Row;
using database::Rows;
using database::Value;

constexpr std::string_view columns = "reference, id, name, email, language, joined, characteristics";

// Of names without spaces.
std::string join(const charter::Names& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : " ") + name;
  return text;
}
charter::Names split(std::string_view text) {
  charter::Names names;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    names.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return names;
}

Row row_of(const Person& person) {
  const Value joined = person.joined ? Value(person.joined->seconds) : Value();
  return {
      person.reference, person.id, person.name, person.email, person.language, joined, join(person.characteristics)};
}

// Of a row with `columns`, which the table's types hold to these.
Person person_of(Row&& row) {
  Person person{std::get<std::string>(std::move(row[0])), std::get<std::string>(std::move(row[1])),
                std::get<std::string>(std::move(row[2])), std::get<std::string>(std::move(row[3])),
                std::get<std::string>(std::move(row[4])), {},
                split(std::get<std::string>(row[6]))};
  if (const auto* joined = std::get_if<std::int64_t>(&row[5])) person.joined = charter::Time{*joined};
  return person;
}

// Rows are handed to the database a slice at a time, so that a long list is not in memory twice.
constexpr std::size_t slice = 10'000;

template <class T, class MakeRow>
Status run_in_slices(database::Database& database, const std::string& sql, std::span<const T> items, MakeRow make_row) {
  Rows rows;
  for (; !items.empty(); items = items.subspan(rows.size())) {
    rows.clear();
    for (const T& item : items.first(std::min(slice, items.size()))) rows.push_back(make_row(item));
    TRY(database.run_all(sql, rows));
  }
  return {};
}

}  // namespace

const std::vector<database::Migration>& private_steps() {
  static const std::vector<database::Migration> people{
      {"CREATE TABLE person (reference TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, "
       "email TEXT NOT NULL, language TEXT NOT NULL, joined BIGINT, characteristics TEXT NOT NULL)",
       "CREATE INDEX person_email ON person (lower(email))",
       "CREATE TABLE elector (frozen_for TEXT NOT NULL, position BIGINT NOT NULL, member TEXT, weight BIGINT, "
       "salt BYTEA, commitment BYTEA NOT NULL, PRIMARY KEY (frozen_for, position))",
       "CREATE INDEX elector_member ON elector (member)"}};
  static const std::vector<database::Migration> all = [] {
    std::vector<database::Migration> steps = people;
    for (const auto* others : {&mail::outbox_steps(), &account::account_steps()}) {
      steps.insert(steps.end(), others->begin(), others->end());
    }
    return steps;
  }();
  return all;
}

Result<std::optional<Person>> People::by_reference(const std::string& reference) {
  static const std::string sql = fmt::format("SELECT {} FROM person WHERE reference = $1", columns);
  Rows rows = TRY(database_.run(sql, {reference}));
  return rows.empty() ? std::optional<Person>() : person_of(std::move(rows.front()));
}

Result<std::optional<Person>> People::by_id(const std::string& id) {
  static const std::string sql = fmt::format("SELECT {} FROM person WHERE id = $1", columns);
  Rows rows = TRY(database_.run(sql, {id}));
  return rows.empty() ? std::optional<Person>() : person_of(std::move(rows.front()));
}

Result<std::vector<Person>> People::by_email(const std::string& email) {
  static const std::string sql =
      fmt::format("SELECT {} FROM person WHERE lower(email) = lower($1) AND email <> '' ORDER BY reference", columns);
  Rows rows = TRY(database_.run(sql, {email}));
  std::vector<Person> people;
  for (Row& row : rows) people.push_back(person_of(std::move(row)));
  return people;
}

Result<std::vector<Person>> People::by_name(const std::string& text, std::size_t most) {
  static const std::string sql = fmt::format(
      "SELECT {} FROM person WHERE lower(name) LIKE lower($1) ESCAPE '!' ORDER BY name, reference LIMIT $2", columns);
  std::string pattern = "%";
  for (const char c : text) pattern.append(c == '%' || c == '_' || c == '!' ? "!" : "") += c;
  Rows rows = TRY(database_.run(sql, {pattern + "%", static_cast<std::int64_t>(most)}));
  std::vector<Person> people;
  for (Row& row : rows) people.push_back(person_of(std::move(row)));
  return people;
}

Status People::each(const std::function<void(Person&&)>& visit) {
  static const std::string sql =
      fmt::format("SELECT {} FROM person WHERE reference > $1 ORDER BY reference LIMIT {}", columns, slice);
  std::string last;
  while (true) {
    Rows rows = TRY(database_.run(sql, {last}));
    for (Row& row : rows) {
      Person person = person_of(std::move(row));
      last = person.reference;
      visit(std::move(person));
    }
    if (rows.size() < slice) return {};
  }
}

Status People::insert(std::span<const Person> people) {
  static const std::string sql = fmt::format("INSERT INTO person ({}) VALUES ($1, $2, $3, $4, $5, $6, $7)", columns);
  return run_in_slices(database_, sql, people, row_of);
}

Status People::update(std::span<const Person> people) {
  static const std::string sql =
      "UPDATE person SET id = $1, name = $2, email = $3, language = $4, joined = $5, characteristics = $6 "
      "WHERE reference = $7";
  return run_in_slices(database_, sql, people, [](const Person& person) {
    Row row = row_of(person);
    std::ranges::rotate(row, row.begin() + 1);
    return row;
  });
}

Status People::remove(std::span<const std::string> references) {
  return run_in_slices(database_, "DELETE FROM person WHERE reference = $1", references,
                       [](const std::string& reference) { return Row{reference}; });
}

}  // namespace folkmoot::service
