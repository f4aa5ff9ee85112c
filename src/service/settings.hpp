// What an organisation's folder says of itself, in settings.toml.
#pragma once

#include <string>

#include "service/files.hpp"

namespace folkmoot::service {

struct Settings {
  std::string origin;    // of the ledger: a name that nobody else uses, as "ledger.members.example"
  std::string database;  // URL (database.hpp); empty: SQLite in the folder
};

// Makes or reads the file in that folder. An unknown setting is an error.
Status write_settings(const fs::path& folder, const Settings& settings);
Result<Settings> read_settings(const fs::path& folder);

// Where the database of the organisation in that folder is.
std::string database_url(const fs::path& folder, const Settings& settings);

}  // namespace folkmoot::service
