#include "service/published.hpp"

#include "base/sha256.hpp"

namespace folkmoot::service {
namespace {

// Records are long: no statement carries more.
constexpr std::size_t longest_part = std::size_t{1} << 20;

}  // namespace

const database::Migration& published_table() {
  static const database::Migration migration{
      "CREATE TABLE published (name TEXT NOT NULL, part BIGINT NOT NULL, bytes BYTEA NOT NULL, "
      "PRIMARY KEY (name, part))"};
  return migration;
}

Result<std::string> keep_published(const fs::path& folder, std::string_view bytes) {
  std::string name = sha256_hex(bytes);
  const fs::path file = folder / name;
  if (is_there(file)) return name;
  const Status written = write_file(file, bytes);
  if (!written && !is_there(file)) return Failure(written.error());  // else somebody else was quicker
  return name;
}

Status share_published(database::Database& database, const std::string& name, std::string_view bytes) {
  return database.transact([&]() -> Status {
    for (std::int64_t part = 0; part == 0 || !bytes.empty(); ++part) {
      const ByteView piece = bytes_of(bytes.substr(0, longest_part));
      TRY(database.run("INSERT INTO published (name, part, bytes) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                       {name, part, Bytes(piece.begin(), piece.end())}));
      bytes.remove_prefix(piece.size());
    }
    return {};
  });
}

Status take_published(database::Database& database, const fs::path& folder, const std::string& name) {
  if (is_there(folder / name)) return {};
  std::string bytes;
  for (std::int64_t part = 0;; ++part) {
    const database::Rows rows =
        TRY(database.run("SELECT bytes FROM published WHERE name = $1 AND part = $2", {name, part}));
    if (rows.empty() && part == 0) return {};
    if (rows.empty()) break;
    bytes += text_of(std::get<Bytes>(rows[0][0]));
  }
  if (sha256_hex(bytes) != name) return fail("published/{}: the database has something else under that name", name);
  TRY(keep_published(folder, bytes));
  return {};
}

Status exchange_published(database::Database& database, const fs::path& folder, const std::string& name) {
  TRY(take_published(database, folder, name));
  if (!is_there(folder / name)) return {};
  const auto there = TRY(database.run("SELECT 1 FROM published WHERE name = $1 AND part = 0", {name}));
  if (!there.empty()) return {};
  const std::string bytes = TRY(read_file(folder / name));
  return share_published(database, name, bytes);
}

}  // namespace folkmoot::service
