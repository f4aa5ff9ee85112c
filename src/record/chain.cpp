#include "record/chain.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace folkmoot::record {
namespace {

Failure failure_at(const Entry& entry, const Error& error) {
  return Failure(error.in(fmt::format("at byte {}", entry.offset)));
}

// Whether an event of type `next` may follow the last one, or be the first. Only the record's own order counts here:
// that a question needs shuffles, and whose decryptions are enough, is for verify.hpp to say.
bool may_follow(const std::optional<Chain::Last>& last, EventType next) {
  using enum EventType;
  if (!last) return next == setup;
  switch (last->event.type) {
    case setup:
    case ballot:
      return next == ballot || next == end_ballots;
    case end_ballots:
      return next == encrypted_tally;
    case encrypted_tally:
      return next == shuffle || next == end_shuffles || next == partial_decryption;
    case shuffle:
      return next == shuffle || next == end_shuffles;
    case end_shuffles:
      return next == partial_decryption;
    case partial_decryption:
      return next == partial_decryption || next == result;
    case result:
      return false;
  }
  return false;
}

// Whether the event brings what it refers to: all of it, in order, and nothing else.
Status check_data(const Step& step) {
  const Event& event = step.event;
  const std::size_t count = data_count(event.type);
  if (event.payload.has_value() != (count > 0)) {
    return fail("{} with{} a payload", name(event.type), event.payload ? "" : "out");
  }
  if (step.data.size() != count) {
    return fail("{} needs {} data entries before it, and has {}", name(event.type), count, step.data.size());
  }
  if (count == 0) return {};
  if (step.payload().hash != *event.payload) return fail("the data before the event is not its payload");
  if (count == 1) return {};
  if (!step.payload().kept()) return fail("a payload of {} bytes", step.payload().size);
  const std::vector<Digest> hashes = TRY(in("payload", references(event.type, step.payload().content)));
  assert(hashes.size() == count - 1);
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    if (step.data[i].hash != hashes[i]) {
      return fail("data entry {} before the event is not the one that the payload refers to", i + 1);
    }
  }
  return {};
}

}  // namespace

std::size_t Chain::FirstBytes::operator()(const Digest& digest) const {
  std::size_t value;
  std::memcpy(&value, digest.data(), sizeof value);
  return value;
}

Event Chain::next(EventType type, std::optional<Digest> payload) const {
  return {last_ ? std::optional(last_->hash) : std::nullopt, events(), type, payload};
}

Status Chain::check(const Step& step) const {
  const Event& event = step.event;
  const Event expected = next(event.type, event.payload);
  if (event.height != expected.height) return fail("event of height {} instead of {}", event.height, expected.height);
  if (event.parent != expected.parent) {
    return fail("event {}: its parent is not the event before it", event.height);
  }
  if (!may_follow(last_, event.type)) {
    return fail("event {}: {} may not {}{}", event.height, name(event.type), last_ ? "follow " : "be the first",
                last_ ? name(last_->event.type) : "");
  }
  return in(fmt::format("event {}", event.height), check_data(step));
}

Step Chain::take(Step step) {
  last_ = Last{step.event, step.entry.hash};
  for (const Entry& entry : step.data) data_.insert(entry.hash);
  return step;
}

Result<std::optional<Step>> Chain::add(Entry entry) {
  if (entry.kind == EntryKind::data) {
    if (auto status = check_new(entry, waiting_); !status) return failure_at(entry, status.error());
    waiting_.push_back(std::move(entry));
    return std::nullopt;
  }
  auto event = json::read_canonical(entry.content, read_event);
  if (!event) return failure_at(entry, event.error().in("event"));
  Step step{*event, std::move(entry), std::move(waiting_)};
  waiting_.clear();
  if (auto status = check(step); !status) {
    waiting_ = std::move(step.data);
    return failure_at(step.entry, status.error());
  }
  return take(std::move(step));
}

// Whether the data entry is unlike all that there is, and may stand after `before` in the same step.
Status Chain::check_new(const Entry& entry, std::span<const Entry> before) const {
  if (finished()) return fail("data after the result");
  if (before.size() == data_count(EventType::setup)) return fail("more data than any event brings");
  if (data_.contains(entry.hash)) return fail("data that is in the record already");
  if (std::ranges::find(before, entry.hash, &Entry::hash) != before.end()) return fail("the same data twice");
  return {};
}

Result<Step> Chain::add(Step step) {
  assert(waiting_.empty());
  for (std::size_t i = 0; i < step.data.size(); ++i) TRY(check_new(step.data[i], std::span(step.data).first(i)));
  TRY(check(step));
  return take(std::move(step));
}

Status Chain::end() const {
  if (waiting_.empty()) return {};
  return failure_at(waiting_.front(), {"data without an event that brings it"});
}

}  // namespace folkmoot::record
