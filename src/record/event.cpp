#include "record/event.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "record/tar.hpp"

namespace folkmoot::record {
namespace {

struct EventRow {
  std::string_view name;
  std::size_t data_count;
};
// In the order of EventType; the second column is the table of specification section 4.4.
constexpr std::array<EventRow, 8> rows{{{"Setup", 4},
                                        {"Ballot", 1},
                                        {"EndBallots", 0},
                                        {"EncryptedTally", 2},
                                        {"Shuffle", 2},
                                        {"EndShuffles", 0},
                                        {"PartialDecryption", 2},
                                        {"Result", 1}}};

const EventRow& row(EventType type) { return rows[static_cast<std::size_t>(type)]; }

Result<Digest> read_hash(json::Value value) {
  const std::string_view digits = TRY(value.string());
  Digest digest;
  TRY(from_hex(digits, digest));
  return digest;
}

Result<EventType> read_event_type(json::Value value) {
  const std::string_view text = TRY(value.string());
  const auto found = std::ranges::find(rows, text, &EventRow::name);
  if (found == rows.end()) return fail("no such type of event");
  return static_cast<EventType>(found - rows.begin());
}

Result<std::optional<Digest>> read_optional_hash(json::Value object, std::string_view name) {
  if (!object.has(name)) return std::nullopt;
  return TRY(json::read_field(object, name, read_hash));
}

}  // namespace

Result<ArchiveHeader> read_archive_header(json::Value value) {
  TRY(json::read_field(value, "version", [](json::Value v) { return v.integer(1, 1); }));
  const std::string text = TRY(json::read_field(value, "timestamp", json::read_string));
  ArchiveHeader header;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), header.timestamp);
  if (error != std::errc() || end != text.data() + text.size()) return fail("timestamp: not a number of seconds");
  if (header.timestamp > tar::greatest_number) return fail("timestamp: more than eleven octal digits");
  return header;
}

void write(json::Writer& writer, const ArchiveHeader& header) {
  writer.begin_object().key("version").integer(1);
  writer.key("timestamp").plain_string(fmt::format("{}", header.timestamp)).end_object();
}

std::string_view name(EventType type) { return row(type).name; }
std::size_t data_count(EventType type) { return row(type).data_count; }

Result<Event> read_event(json::Value value) {
  return Event{
      .parent = TRY(read_optional_hash(value, "parent")),
      .height = TRY(json::read_field(
          value, "height", [](json::Value v) { return v.integer(0, std::numeric_limits<std::int64_t>::max() - 1); })),
      .type = TRY(json::read_field(value, "type", read_event_type)),
      .payload = TRY(read_optional_hash(value, "payload"))};
}

void write(json::Writer& writer, const Event& event) {
  writer.begin_object();
  if (event.parent) writer.key("parent").plain_string(to_hex(*event.parent));
  writer.key("height").integer(event.height).key("type").plain_string(name(event.type));
  if (event.payload) writer.key("payload").plain_string(to_hex(*event.payload));
  writer.end_object();
}

Result<std::vector<Digest>> references(EventType type, std::string_view payload) {
  std::vector<std::string_view> fields;
  switch (type) {
    case EventType::setup:
      fields = {"election", "trustees", "credentials"};
      break;
    case EventType::encrypted_tally:
      fields = {"encrypted_tally"};
      break;
    case EventType::shuffle:
    case EventType::partial_decryption:
      fields = {"payload"};
      break;
    case EventType::ballot:
    case EventType::end_ballots:
    case EventType::end_shuffles:
    case EventType::result:
      return {};
  }
  const json::Document document = TRY(json::Document::parse(payload));
  std::vector<Digest> hashes;
  for (const std::string_view field : fields) {
    hashes.push_back(TRY(json::read_field(document.root(), field, read_hash)));
  }
  return hashes;
}

}  // namespace folkmoot::record
