// What the archive says about itself: its header, and the events that chain it (specification, section 4.4).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/sha256.hpp"

namespace folkmoot::record {

// The content of the first entry, "BELENIOS": version 1 and the time of the beginning of the election.
struct ArchiveHeader {
  std::uint64_t timestamp = 0;  // in seconds since 1970, up to tar::greatest_number; every entry bears it as its time
  friend bool operator==(const ArchiveHeader&, const ArchiveHeader&) = default;
};

// Both in canonical form: {"version":1,"timestamp":"1795302576"}. The timestamp is a string in version 1.
Result<ArchiveHeader> read_archive_header(json::Value value);
void write(json::Writer& writer, const ArchiveHeader& header);

enum class EventType { setup, ballot, end_ballots, encrypted_tally, shuffle, end_shuffles, partial_decryption, result };

// As the archive writes it: "Setup", "Ballot", "EndBallots", …
std::string_view name(EventType type);

struct Event {
  std::optional<Digest> parent;  // the hash of the event before; the first has none
  std::int64_t height = 0;       // the number of events before
  EventType type = EventType::setup;
  std::optional<Digest> payload;  // the hash of the data that the event brings
  friend bool operator==(const Event&, const Event&) = default;
};

Result<Event> read_event(json::Value value);
void write(json::Writer& writer, const Event& event);

// How many data entries stand before an event of this type; the last of them is its payload.
std::size_t data_count(EventType type);

// The hashes of other data that the payload of such an event refers to, in the order in which the archive holds these:
// election, trustees and credentials of a setup_data; the encrypted tally of a sized_encrypted_tally; what an
// owned_shuffle or owned_partial_decryption owns. Only the references are read here; who uses the payload reads it
// whole, in canonical form (election/).
Result<std::vector<Digest>> references(EventType type, std::string_view payload);

}  // namespace folkmoot::record
