// Records of invented elections, whose data says nothing: enough for the layers below the protocol.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "record/append.hpp"
#include "record/archive.hpp"

namespace folkmoot::record::sample {

inline constexpr ArchiveHeader header{1795302576};

inline std::string text(std::string_view what, int number) { return fmt::format(R"({{"{}":{}}})", what, number); }

// What an event of that type brings; different for each `number`.
inline Addition addition(EventType type, int number = 1) {
  using enum EventType;
  const auto owned = [&](std::string_view what) {
    const std::string data = text(what, number);
    return std::vector{data, fmt::format(R"({{"owner":{},"payload":"{}"}})", number, sha256_hex(data))};
  };
  switch (type) {
    case setup: {
      const std::vector data{text("election", number), text("trustees", number), text("credentials", number)};
      return {type,
              {data[0], data[1], data[2],
               fmt::format(R"({{"election":"{}","trustees":"{}","credentials":"{}"}})", sha256_hex(data[0]),
                           sha256_hex(data[1]), sha256_hex(data[2]))}};
    }
    case ballot:
      return {type, {text("ballot", number)}};
    case encrypted_tally: {
      const std::string data = text("tally", number);
      return {type,
              {data, fmt::format(R"({{"num_tallied":3,"total_weight":3,"encrypted_tally":"{}"}})", sha256_hex(data))}};
    }
    case shuffle:
      return {type, owned("shuffle")};
    case partial_decryption:
      return {type, owned("decryption")};
    case result:
      return {type, {text("result", number)}};
    case end_ballots:
    case end_shuffles:
      break;
  }
  return {type, {}};
}

// The events of an election, the i-th of them bringing the data of addition(type, i).
inline std::vector<EventType> election(std::size_t ballots, std::size_t shuffles = 2, std::size_t decryptions = 2) {
  using enum EventType;
  std::vector<EventType> types{setup};
  types.insert(types.end(), ballots, ballot);
  types.insert(types.end(), {end_ballots, encrypted_tally});
  types.insert(types.end(), shuffles, shuffle);
  if (shuffles > 0) types.push_back(end_shuffles);
  types.insert(types.end(), decryptions, partial_decryption);
  types.push_back(result);
  return types;
}

// A record of the additions in that order, whatever the chain says to them.
inline std::string record_of(const std::vector<Addition>& additions) {
  std::string bytes = header_entry(header);
  std::optional<Digest> parent;
  for (std::size_t height = 0; height < additions.size(); ++height) {
    std::optional<Digest> payload;
    for (const std::string& data : additions[height].data) {
      payload = append_entry(bytes, header, EntryKind::data, data, bytes.size()).hash;
    }
    const Event event{parent, static_cast<std::int64_t>(height), additions[height].type, payload};
    parent = append_entry(bytes, header, EntryKind::event, json::to_text(event), bytes.size()).hash;
  }
  return bytes;
}
inline std::string record_of(const std::vector<EventType>& types) {
  std::vector<Addition> additions;
  for (const EventType type : types) additions.push_back(addition(type, static_cast<int>(additions.size())));
  return record_of(additions);
}

// Reads all of a record: the number of its events, or the first error.
inline Result<std::int64_t> read_all(const ByteSource& source) {
  Reader reader = TRY(Reader::open(source));
  while (TRY(reader.next())) {
  }
  return reader.chain().events();
}
inline Result<std::int64_t> read_all(std::string_view bytes) { return read_all(MemorySource(bytes)); }

// What is wrong with a record; empty if nothing is.
inline std::string error_of(std::string_view bytes) {
  const auto events = read_all(bytes);
  return events ? "" : events.error().message;
}

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The records that the original tools made; none where they are not at hand.
inline std::vector<std::filesystem::path> original_records() {
  std::vector<std::filesystem::path> paths;
  const std::filesystem::path folder = FOLKMOOT_SOURCE_DIR "/../shared/elections";
  if (!std::filesystem::exists(folder)) return paths;
  for (const auto& election : std::filesystem::directory_iterator(folder)) {
    if (exists(election.path() / "record.bel")) paths.push_back(election.path() / "record.bel");
  }
  std::ranges::sort(paths);
  return paths;
}

}  // namespace folkmoot::record::sample
