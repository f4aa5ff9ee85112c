// A folder with a log: `checkpoint` and `tile/`, which are served to everybody as they are (c2sp.org/tlog-tiles), and
// `journal` and `lock`, which are the log's own.
#pragma once

#include <filesystem>
#include <memory>
#include <set>

#include "ledger/source.hpp"

namespace folkmoot::store {

// For reading, by anyone, also while the log grows.
class LedgerFolder final : public ledger::Source {
 public:
  explicit LedgerFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}
  [[nodiscard]] Result<std::optional<Bytes>> read(const std::string& path, std::size_t limit) const override;

 private:
  std::filesystem::path folder_;
};

// For the one who writes: while it exists no other LedgerFiles, of this process or another, can open the folder.
class LedgerFiles final : public ledger::Storage {
 public:
  // Makes the folder if it is missing. Fails if it is open elsewhere.
  static Result<std::unique_ptr<LedgerFiles>> open(const std::filesystem::path& folder);
  ~LedgerFiles() override;

  [[nodiscard]] Result<std::optional<Bytes>> read(const std::string& path, std::size_t limit) const override;
  // The file is written beside its place, its data synced, and renamed: so it is never seen damaged, even after a
  // crash.
  Status write(const std::string& path, ByteView bytes) override;
  // Syncs the folders that have changed, so that the names last too.
  Status sync() override;
  Status discard(const std::string& folder) override;

 private:
  explicit LedgerFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}
  Status make_folder(const std::filesystem::path& folder);

  std::filesystem::path folder_;
  int lock_ = -1;
  std::set<std::filesystem::path> changed_;  // folders
};

}  // namespace folkmoot::store
