// The private store: who the members' references stand for. The ledger has references, sections and standing; names,
// addresses and what people have declared about themselves are here and nowhere else, and so are the salts of the
// commitments to them (electorate.hpp). What is deleted here is gone (erasure.hpp); what is in the ledger stays.
#pragma once

#include <functional>
#include <optional>
#include <span>

#include "charter/charter.hpp"
#include "database/migration.hpp"

namespace folkmoot::service {

struct Person {
  std::string reference;  // "m-" and 16 hexadecimal digits, random
  std::string id;         // the organisation's own, unique
  std::string name, email, language;
  std::optional<charter::Time> joined;  // to the day; the ledger may say it less exactly (roll_plan.hpp)
  charter::Names characteristics;       // self-declared, in order
  friend bool operator==(const Person&, const Person&) = default;
};

// The steps that make the tables of the private store (people, electorates, mail, accounts), for database::migrate,
// after those of others or alone.
const std::vector<database::Migration>& private_steps();

// The table of people. Every function can fail as the database can.
class People {
 public:
  explicit People(database::Database& database) : database_(database) {}

  Result<std::optional<Person>> by_reference(const std::string& reference);
  Result<std::optional<Person>> by_id(const std::string& id);
  // All of them: families share addresses. Upper and lower case do not matter.
  Result<std::vector<Person>> by_email(const std::string& email);

  // Some of those whose name has that text in it, in the order of the names. (SQLite: only of ASCII letters upper and
  // lower case are the same.)
  Result<std::vector<Person>> by_name(const std::string& text, std::size_t most);

  // Visits everybody, in the order of the references, a page in memory at a time.
  Status each(const std::function<void(Person&&)>& visit);

  // To be called within a transaction: a long list goes to the database in slices. A reference or an id that is there
  // already makes `insert` fail.
  Status insert(std::span<const Person> people);
  Status update(std::span<const Person> people);  // by reference
  Status remove(std::span<const std::string> references);

 private:
  database::Database& database_;
};

}  // namespace folkmoot::service
