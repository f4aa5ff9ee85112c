// The chain of events (specification, section 4.4): each event names the one before and its height, their types follow
// one another as an election goes, and each brings the data that it refers to, in the order of the table there.
//
// The original tools check a record by writing it again from its last event, which refuses anything that is not in that
// order: data without an event, data twice for one event, data brought earlier or later. The same is refused here. So
// is data that an earlier event brought already: in an honest record no two are alike, and a ballot that is repeated
// has been replayed.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_set>
#include <vector>

#include "record/entry.hpp"

namespace folkmoot::record {

// An event with all that it brings.
struct Step {
  Event event;
  Entry entry;              // the event's own
  std::vector<Entry> data;  // what stands before it, in the order of the archive

  [[nodiscard]] std::uint64_t begin() const { return data.empty() ? entry.offset : data.front().offset; }
  [[nodiscard]] std::uint64_t end() const { return entry.end(); }
  // What the event names as its payload, and the data that the payload refers to (election, trustees and credentials of
  // a Setup; the tally, shuffle or partial decryption of the others). Only for events that have them.
  [[nodiscard]] const Entry& payload() const { return data.back(); }
  [[nodiscard]] const Entry& referred(std::size_t index = 0) const { return data[index]; }
};

class Chain {
 public:
  // Takes the next entry, which the caller has checked to have the content and hash that it says. Gives a step when the
  // entry is an event, which completes it. Fails, naming the byte of the archive, if the entry cannot stand here; the
  // chain is then as it was.
  Result<std::optional<Step>> add(Entry entry);
  // Takes a whole step at once: an event and what it brings. Not in the middle of another one.
  Result<Step> add(Step step);

  // Fails if data waits for its event: an archive must not end there.
  [[nodiscard]] Status end() const;
  // Goes back to the last event: forgets data that waits for its event.
  void drop_waiting() { waiting_.clear(); }

  // The last event, its hash and type; nothing before the first.
  struct Last {
    Event event;
    Digest hash{};
  };
  [[nodiscard]] const std::optional<Last>& last() const { return last_; }
  // The number of events so far.
  [[nodiscard]] std::int64_t events() const { return last_ ? last_->event.height + 1 : 0; }
  // Whether the election has ended: nothing can follow its Result.
  [[nodiscard]] bool finished() const { return last_ && last_->event.type == EventType::result; }
  // Whether some event has brought data of that hash (a ballot's is its tracker).
  [[nodiscard]] bool has(const Digest& data) const { return data_.contains(data); }
  // The event that a next one of `type` must be. It may still not be allowed here: add decides.
  [[nodiscard]] Event next(EventType type, std::optional<Digest> payload) const;

 private:
  [[nodiscard]] Status check_new(const Entry& entry, std::span<const Entry> before) const;
  [[nodiscard]] Status check(const Step& step) const;
  Step take(Step step);

  struct FirstBytes {
    std::size_t operator()(const Digest& digest) const;
  };
  std::optional<Last> last_;
  std::vector<Entry> waiting_;
  std::unordered_set<Digest, FirstBytes> data_;
};

}  // namespace folkmoot::record
