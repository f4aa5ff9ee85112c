#include "service/settings.hpp"

#include <array>

#include "charter/toml.hpp"

namespace folkmoot::service {
namespace {

fs::path file_in(const fs::path& folder) { return folder / "settings.toml"; }

constexpr std::array<std::pair<const char*, std::string Settings::*>, 9> optional_settings{
    {{"database", &Settings::database},
     {"site", &Settings::site},
     {"mail", &Settings::mail},
     {"mail_from", &Settings::mail_from},
     {"mail_user", &Settings::mail_user},
     {"oidc", &Settings::oidc},
     {"oidc_client", &Settings::oidc_client},
     {"oidc_claim", &Settings::oidc_claim},
     {"oidc_name", &Settings::oidc_name}}};

// A TOML literal string.
Result<std::string> quoted(std::string_view key, const std::string& text) {
  const bool plain = std::ranges::none_of(text, [](unsigned char c) { return c == '\'' || c < 0x20 || c == 0x7F; });
  if (!plain) return fail("{}: quotes and control characters cannot be in it", key);
  return fmt::format("{} = '{}'\n", key, text);
}

}  // namespace

Status write_settings(const fs::path& folder, const Settings& settings) {
  std::string text = TRY(quoted("origin", settings.origin));
  for (const auto& [key, member] : optional_settings) {
    if (!(settings.*member).empty()) text += TRY(quoted(key, settings.*member));
  }
  return write_file(file_in(folder), text);
}

Result<Settings> read_settings(const fs::path& folder) {
  const std::string file = file_in(folder).string();
  const std::string text = TRY(read_file(file));
  const auto item = charter::toml_text::parse(text);
  if (!item) return fail("{}: {}", file, charter::describe({item.error()}));
  std::vector<charter::Problem> problems;
  charter::toml_text::Table table(*item, "", problems);
  Settings settings;
  settings.origin = table.text("origin");
  for (const auto& [key, member] : optional_settings) {
    if (table.has(key)) settings.*member = table.text(key);
  }
  table.end();
  if (!problems.empty()) return fail("{}: {}", file, charter::describe(problems));
  return settings;
}

std::string database_url(const fs::path& folder, const Settings& settings) {
  return settings.database.empty() ? "sqlite:" + (folder / "private" / "organisation.db").string() : settings.database;
}

}  // namespace folkmoot::service
