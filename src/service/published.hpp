// What is published beside the ledger (audit/published.hpp): each a file of the folder `published/`, named as the
// SHA-256 of its bytes. Where nodes share a database it has them, too, so that each node can take those that others
// publish.
#pragma once

#include "database/migration.hpp"
#include "service/files.hpp"

namespace folkmoot::service {

const database::Migration& published_table();

// Keeps the bytes as a file of that folder, on disk, and gives its name.
Result<std::string> keep_published(const fs::path& folder, std::string_view bytes);

// Puts them into the database, for the other nodes.
Status share_published(database::Database& database, const std::string& name, std::string_view bytes);
// Takes the file of that name from the database, unless the folder has it or nobody has shared it.
Status take_published(database::Database& database, const fs::path& folder, const std::string& name);
// Both: if one of the two has it, the other has it then.
Status exchange_published(database::Database& database, const fs::path& folder, const std::string& name);

}  // namespace folkmoot::service
