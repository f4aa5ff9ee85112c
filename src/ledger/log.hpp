// The log as its owner writes it. Two promises hold through a crash at any instruction:
//
//   - what append() has acknowledged is in every checkpoint from then on;
//   - no two heads are ever signed that are not consistent with each other.
//
// How: appending begins with one atomic write, of the file `journal`: the new head and the entries that lead to it.
// That write decides; everything else (bundles, tiles) follows from it, and opening the log does it again. A head is
// signed only when the journal that decided it, and all that it needs, is on disk; and publishing its checkpoint comes
// last.
#pragma once

#include "ledger/checkpoint.hpp"
#include "ledger/edge.hpp"

namespace folkmoot::ledger {

// For one thread. While it exists nothing else may write to its storage: the storage's own lock sees to that.
class Log {
 public:
  // One call of append takes at most this much.
  static constexpr std::size_t max_group_entries = 65'536;
  static constexpr std::size_t max_group_bytes = std::size_t{64} << 20;

  // A new, empty log in a storage that has none. Its origin is the name of the signer's key, whose type is `note`.
  static Result<Log> create(Storage& storage, Signer signer);
  // The log in that storage, finishing whatever a crash cut short. Fails if there is none (so that a missing disk is
  // not taken for a new log), if it has another origin, or if something in it is damaged; damage is never repaired. A
  // log that has been restored from a copy must not be opened: it may have signed what the copy does not have.
  static Result<Log> open(Storage& storage, Signer signer);

  // Takes in what another Log has appended to the storage since: for whoever has let others work on it. Fails as open()
  // does.
  Status catch_up();

  // Appends the entries (each at most 65,535 bytes) and gives the index of the first. When this returns they are on
  // disk for good, and in the tree; checkpoints are made by sign_head() and publish(). Fails without any effect if the
  // entries are too large or too many. If writing fails, whether they are in is known only by opening the log again,
  // and every later call fails.
  Result<std::uint64_t> append(std::span<const ByteView> entries);

  // The head of all that has been appended.
  [[nodiscard]] const Checkpoint& head() const { return head_; }
  // Its checkpoint as a signed note: to be published, after witnesses have added their cosignatures if there are any.
  [[nodiscard]] Result<std::string> sign_head() const;

  // Makes a checkpoint that this log has signed, with whatever other signatures it carries, the public one (the file
  // `checkpoint`). Fails if it is not this log's, or smaller than the one that is public.
  Status publish(std::string_view checkpoint);
  // The size of the public checkpoint, if there is one.
  [[nodiscard]] std::optional<std::uint64_t> published_size() const { return published_size_; }

 private:
  Log(Storage& storage, Signer signer) : storage_(&storage), signer_(std::move(signer)) {}
  // The size of a checkpoint that this log has signed. Fails if it has not, or if the log does not continue it.
  Result<std::uint64_t> check_own(std::string_view checkpoint) const;
  Status recover();
  Status write(Growth growth);

  Storage* storage_;
  Signer signer_;
  Checkpoint head_;
  RightEdge edge_;     // of head_
  Bytes open_bundle_;  // of head_
  std::optional<std::uint64_t> published_size_;
  bool failed_ = false;
};

}  // namespace folkmoot::ledger
