// The numbered steps by which a database gets its tables. A step that has been released never changes: another follows.
#pragma once

#include "database/database.hpp"

namespace folkmoot::database {

// One step: its statements, in order.
using Migration = std::vector<std::string>;
// Begins a statement that is passed over elsewhere.
inline constexpr std::string_view postgresql_only = "/* PostgreSQL */ ";

// Brings the database to the last of the steps, each in a transaction of its own. Fails, and changes nothing more, if a
// step was applied that reads otherwise here, or if more steps were applied than there are: a newer program's database.
Status migrate(Database& database, std::span<const Migration> migrations);

}  // namespace folkmoot::database
