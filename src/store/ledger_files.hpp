// A folder with a log: `checkpoint` and `tile/`, which are served to everybody as they are (c2sp.org/tlog-tiles), and
// `journal` and `lock`, which are the log's own.
#pragma once

#include <chrono>
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
  // Makes the folder if it is missing. Fails if it is open elsewhere, and still is after so long.
  static Result<std::unique_ptr<LedgerFiles>> open(const std::filesystem::path& folder,
                                                   std::chrono::milliseconds patience = {});
  ~LedgerFiles() override;

  // Lets others open the folder, until lock(): nothing may be written meanwhile, and what is there may be another's.
  void unlock();
  [[nodiscard]] bool is_locked() const { return locked_; }
  // Does nothing if it is locked. Fails if it is open elsewhere, and still is after so long.
  Status lock(std::chrono::milliseconds patience);

  [[nodiscard]] Result<std::optional<Bytes>> read(const std::string& path, std::size_t limit) const override;
  // Writes the file beside its place; sync() puts it there.
  Status write(const std::string& path, ByteView bytes) override;
  // Syncs the data of what was written, then renames it into place in the order of writing, then syncs the folders. So
  // no crash leaves a name with half a file; and the disk is waited for a few times, not once for each file.
  Status sync() override;
  Status discard(const std::string& folder) override;

 private:
  explicit LedgerFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}
  Status make_folder(const std::filesystem::path& folder);

  std::filesystem::path folder_;
  int lock_ = -1;
  bool locked_ = false;
  std::vector<std::filesystem::path> written_;  // places whose new content lies beside them
  std::set<std::filesystem::path> changed_;     // folders
};

}  // namespace folkmoot::store
