// The elections that the original Belenios tools made (shared/elections beside the checkout), for tests. It reads the
// archive in the plainest way; the real reader is record/'s.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "base/json.hpp"

namespace folkmoot::test {

inline const std::filesystem::path original_elections = FOLKMOOT_SOURCE_DIR "/../shared/elections";

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

struct OriginalRecord {
  struct Event {
    std::string type;
    std::string payload;  // the text of the data file that the event refers to, or nothing
  };
  std::string name;
  std::map<std::string, std::string> data;  // texts of the data files, by hash
  std::vector<Event> events;

  // The payloads of all events of that type, in order.
  [[nodiscard]] std::vector<std::string> payloads(std::string_view type) const {
    std::vector<std::string> texts;
    for (const Event& event : events) {
      if (event.type == type) texts.push_back(event.payload);
    }
    return texts;
  }
  // The data file that a field of another refers to: follow(payload, "encrypted_tally").
  [[nodiscard]] const std::string& follow(std::string_view text, std::string_view field) const {
    const auto document = json::Document::parse(text).value();
    return data.at(json::read_field(document.root(), field, json::read_string).value());
  }
  [[nodiscard]] const std::string& setup(std::string_view field) const {
    return follow(payloads("Setup").at(0), field);
  }
  // A file beside the record, as the participants held it.
  [[nodiscard]] std::string file(std::string_view file_name) const {
    return read_file(original_elections / name / file_name);
  }
};

inline std::vector<std::string> original_record_names() {
  return {"v1-bad-one-ballot-proof-ed25519",
          "v1-by-2.0-rank8-rfc3526",
          "v1-by-2.0-threshold3of5-belenios2048",
          "v1-choose0to9of20-ed25519",
          "v1-choose1of5-blank-belenios2048",
          "v1-choose1of5-blank-ed25519",
          "v1-lists-ed25519",
          "v1-mixed-single-and-threshold-ed25519",
          "v1-rank20-ed25519",
          "v1-rank8-ed25519",
          "v1-rank8-rfc3526",
          "v1-threshold3of5-belenios2048",
          "v1-threshold3of5-ed25519",
          "v1-weighted-ed25519"};
}

// The record of that name, or null if it is not there. Read once.
inline const OriginalRecord* original_record(const std::string& name) {
  static std::map<std::string, std::unique_ptr<OriginalRecord>> records;
  auto& record = records[name];
  const std::string archive = read_file(original_elections / name / "record.bel");
  if (record || archive.empty()) return record.get();
  record = std::make_unique<OriginalRecord>();
  record->name = name;
  for (std::size_t header = 0; header < archive.size();) {
    const std::string file_name = archive.substr(header, 100).c_str();
    const std::size_t size = std::stoul(archive.substr(header + 124, 12), nullptr, 8);
    const std::string text = archive.substr(header + 512, size);
    header += 512 + (size + 511) / 512 * 512;
    const std::string hash = file_name.substr(0, file_name.find('.'));
    if (file_name.ends_with(".data.json")) record->data[hash] = text;
    if (!file_name.ends_with(".event.json")) continue;
    const auto document = json::Document::parse(text).value();
    const json::Value event = document.root();
    record->events.push_back({json::read_field(event, "type", json::read_string).value(),
                              event.has("payload") ? record->follow(text, "payload") : ""});
  }
  return record.get();
}

}  // namespace folkmoot::test

// Defines `name`, a const OriginalRecord&, or skips the test where the records are not there.
#define ORIGINAL_RECORD(name, record_name)                                                                             \
  const auto* const name##_found = ::folkmoot::test::original_record(record_name);                                     \
  if (name##_found == nullptr) {                                                                                       \
    GTEST_SKIP() << "no " << (::folkmoot::test::original_elections / (record_name) / "record.bel").lexically_normal(); \
  }                                                                                                                    \
  const auto& name = *name##_found
