#include "ledger/log.hpp"

#include <algorithm>

#include "ledger/reader.hpp"
#include "ledger/text.hpp"

namespace folkmoot::ledger {
namespace {

constexpr const char* journal_path = "journal";
constexpr const char* checkpoint_path = "checkpoint";
constexpr std::size_t max_checkpoint = std::size_t{1} << 20;
constexpr std::size_t max_journal = max_checkpoint + Log::max_group_bytes + 2 * Log::max_group_entries;

// The last group that was appended: the head that it led to, an empty line, and its entries as in a bundle.
Bytes journal_of(const Checkpoint& head, std::span<const ByteView> entries) {
  const std::string text = to_text(head) + '\n';
  std::size_t size = text.size();
  for (const ByteView entry : entries) size += 2 + entry.size();
  Bytes journal;
  journal.reserve(size);
  journal.insert(journal.end(), text.begin(), text.end());
  for (const ByteView entry : entries) add_to_bundle(journal, entry);
  return journal;
}

struct Journal {
  Checkpoint head;
  std::vector<ByteView> entries;  // views into what was parsed
};

Result<Journal> parse_journal(ByteView bytes) {
  const auto blank = text_of(bytes).find("\n\n");
  if (blank == std::string_view::npos) return fail("no empty line after the head");
  Journal journal{TRY(parse_checkpoint(text_of(bytes.first(blank + 1)))), {}};
  for (ByteView rest = bytes.subspan(blank + 2); !rest.empty();) journal.entries.push_back(TRY(take_entry(rest)));
  if (journal.entries.size() > journal.head.head.size) return fail("more entries than the head has");
  if (!journal.head.extensions.empty()) return fail("a head with extensions");
  return journal;
}

}  // namespace

Result<Log> Log::create(Storage& storage, Signer signer) {
  for (const char* path : {journal_path, checkpoint_path}) {
    if (TRY(storage.read(path, max_journal))) return fail("{}: there is a log already", path);
  }
  Log log(storage, std::move(signer));
  log.head_ = {log.signer_.key.name(), log.edge_.head(), {}};
  TRY(storage.write(journal_path, journal_of(log.head_, {})));
  TRY(storage.sync());
  return log;
}

Result<Log> Log::open(Storage& storage, Signer signer) {
  Log log(storage, std::move(signer));
  TRY(log.recover());
  const auto published = TRY(storage.read(checkpoint_path, max_checkpoint));
  if (published) log.published_size_ = TRY(in(checkpoint_path, log.check_own(text_of(*published))));
  return log;
}

Status Log::catch_up() {
  const auto bytes = TRY(storage_->read(journal_path, max_journal));
  if (!bytes) return fail("{}: it is gone", journal_path);
  const Journal journal = TRY(in(journal_path, parse_journal(*bytes)));
  // Its head covers all that was ever appended.
  if (failed_ || journal.head.head != head_.head) *this = TRY(open(*storage_, signer_));
  return {};
}

Status Log::recover() {
  const auto bytes = TRY(storage_->read(journal_path, max_journal));
  if (!bytes) return fail("{}: there is none, so there is no log here, or it has lost its last state", journal_path);
  const Journal journal = TRY(in(journal_path, parse_journal(*bytes)));
  head_ = journal.head;
  if (head_.origin != signer_.key.name()) {
    return fail("{}: the log is '{}', the key is of '{}'", journal_path, head_.origin, signer_.key.name());
  }
  // The state before the last group was complete on disk before the journal was written.
  const std::uint64_t before = head_.head.size - journal.entries.size();
  edge_ = TRY(RightEdge::read(*storage_, before));
  if (const auto width = static_cast<unsigned>(before % tile_width); width != 0) {
    Bundle bundle = TRY(read_bundle(*storage_, before / tile_width, width));
    const auto same = [](ByteView entry, const Hash& hash) { return leaf_hash(entry) == hash; };
    if (!std::ranges::equal(bundle.entries, edge_.tile(0), same)) {
      return fail("{}: its entries are not those of the tree", Tile{Tile::entries, before / tile_width, width}.path());
    }
    open_bundle_ = std::move(bundle.bytes);
  }
  Growth growth = grow(edge_, open_bundle_, journal.entries);
  if (growth.edge.head() != head_.head)
    return fail("{}: its entries and the tiles do not lead to its head", journal_path);
  return write(std::move(growth));
}

Status Log::write(Growth growth) {
  for (const File& file : growth.files) TRY(storage_->write(file.path, file.bytes));
  TRY(storage_->sync());
  // Only now is nothing lost with the partial tiles.
  for (const std::string& folder : growth.outdated) TRY(storage_->discard(folder));
  edge_ = std::move(growth.edge);
  open_bundle_ = std::move(growth.open_bundle);
  return {};
}

Result<std::uint64_t> Log::append(std::span<const ByteView> entries) {
  if (failed_) return fail("writing has failed before: the log must be opened again");
  const std::uint64_t first = head_.head.size;
  if (entries.empty()) return first;
  if (entries.size() > max_group_entries)
    return fail("{} entries at once; {} can be", entries.size(), max_group_entries);
  if (entries.size() > max_size - first) return fail("the log is full");
  std::size_t bytes = 0;
  for (const ByteView entry : entries) {
    if (entry.size() > max_entry) return fail("an entry of {} bytes; at most {} can be", entry.size(), max_entry);
    bytes += entry.size();
  }
  if (bytes > max_group_bytes) return fail("entries of {} bytes at once; {} can be", bytes, max_group_bytes);

  Growth growth = grow(edge_, open_bundle_, entries);
  Checkpoint head{head_.origin, growth.edge.head(), {}};
  failed_ = true;  // unless all goes well
  TRY(storage_->write(journal_path, journal_of(head, entries)));
  TRY(storage_->sync());
  TRY(write(std::move(growth)));
  failed_ = false;
  head_ = std::move(head);
  return first;
}

Result<std::string> Log::sign_head() const {
  if (failed_) return fail("writing has failed before: the log must be opened again");
  const std::string text = to_text(head_);
  auto signature = TRY(sign_note(signer_, text));
  return to_text(Note{text, {std::move(signature)}});
}

Result<std::uint64_t> Log::check_own(std::string_view checkpoint) const {
  const auto [note, parsed] = TRY(parse_signed_checkpoint(checkpoint));
  if (parsed.origin != head_.origin || !TRY(signed_by(note, signer_.key))) {
    return fail("not a checkpoint that '{}' has signed", head_.origin);
  }
  const TreeHead known = parsed.head.size == head_.head.size
                             ? head_.head
                             : TRY(TileReader(*storage_, head_.head).consistency(parsed.head.size)).earlier;
  if (known != parsed.head) return fail("its root is not that of the log's first {} entries", parsed.head.size);
  return parsed.head.size;
}

Status Log::publish(std::string_view checkpoint) {
  if (failed_) return fail("writing has failed before: the log must be opened again");
  const std::uint64_t size = TRY(check_own(checkpoint));
  if (published_size_ && size < *published_size_) {
    return fail("a checkpoint of {} entries after one of {}", size, *published_size_);
  }
  failed_ = true;
  TRY(storage_->write(checkpoint_path, bytes_of(checkpoint)));
  TRY(storage_->sync());
  failed_ = false;
  published_size_ = size;
  return {};
}

}  // namespace folkmoot::ledger
