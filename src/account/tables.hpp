// What is kept of those who sign in.
#pragma once

#include <array>

#include "database/migration.hpp"

namespace folkmoot::account {

// The steps that make the tables (database::migrate).
const std::vector<database::Migration>& account_steps();

// Those that say something of a member.
inline constexpr std::array<std::string_view, 4> member_tables{"sign_in_link", "session", "factor", "challenge"};
// Forgets everything of these members, one a row: they are signed out, and have no second factor. Within a transaction
// or alone.
Status forget_members(database::Database& database, const database::Rows& members);

}  // namespace folkmoot::account
