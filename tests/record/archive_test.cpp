#include "record/archive.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "record/sample.hpp"

namespace folkmoot::record {
namespace {

TEST(OriginalRecords, AreReadWhole) {
  const auto paths = sample::original_records();
  if (paths.empty()) GTEST_SKIP() << "../shared/elections is not here";
  for (const auto& path : paths) {
    SCOPED_TRACE(path);
    const std::string bytes = sample::read_file(path);
    const MemorySource source(bytes);
    auto reader = Reader::open(source);
    ASSERT_TRUE(reader) << reader.error().message;
    std::uint64_t end = header_entry(reader->header()).size();
    while (true) {
      const auto step = reader->next();
      ASSERT_TRUE(step) << step.error().message;
      if (!*step) break;
      EXPECT_EQ((*step)->begin(), end);
      end = (*step)->end();
    }
    EXPECT_EQ(end, bytes.size());
    EXPECT_TRUE(reader->chain().finished());
  }
}

TEST(OriginalRecords, AreTheBytesThatTheWriterMakesOfTheirContents) {
  const auto paths = sample::original_records();
  if (paths.empty()) GTEST_SKIP() << "../shared/elections is not here";
  for (const auto& path : paths) {
    SCOPED_TRACE(path);
    const std::string bytes = sample::read_file(path);
    const MemorySource source(bytes);
    auto reader = Reader::open(source);
    ASSERT_TRUE(reader) << reader.error().message;
    std::string written = header_entry(reader->header());
    Chain chain;
    while (const auto step = *reader->next()) {
      Addition addition{step->event.type, {}};
      for (const Entry& entry : step->data) addition.data.push_back(*reader->content(entry));
      ASSERT_TRUE(append(written, chain, reader->header(), written.size(), std::move(addition)));
    }
    EXPECT_TRUE(written == bytes);
  }
}

TEST(Archive, GivesEachEventWithItsData) {
  const std::string bytes = sample::record_of(sample::election(3));
  const MemorySource source(bytes);
  auto reader = Reader::open(source);
  ASSERT_TRUE(reader);
  EXPECT_EQ(reader->header(), sample::header);
  const auto setup = *reader->next();
  EXPECT_EQ(setup->referred(0).content, R"({"election":0})");
  EXPECT_EQ(setup->referred(1).content, R"({"trustees":0})");
  EXPECT_EQ(setup->referred(2).content, R"({"credentials":0})");
  EXPECT_EQ(setup->payload().hash, *setup->event.payload);
  const auto ballot = *reader->next();
  EXPECT_EQ(ballot->payload().content, R"({"ballot":1})");
  EXPECT_EQ(ballot->event.height, 1);
  EXPECT_TRUE(reader->chain().has(ballot->payload().hash));
  EXPECT_FALSE(reader->chain().has(ballot->entry.hash)) << "an event is no data";
  EXPECT_EQ(reader->end(), ballot->end());
  EXPECT_EQ(reader->content(ballot->payload()), R"({"ballot":1})");
}

TEST(Archive, KeepsNoLargeContentButReadsItAgain) {
  std::vector<Addition> additions{sample::addition(EventType::setup), sample::addition(EventType::ballot)};
  // Over the reader's window and of odd sizes, so that pieces end in the middle of blocks.
  additions[1].data[0] = std::string(largest_kept, 'k');
  additions.push_back({EventType::ballot, {std::string(largest_kept + 1, 'x')}});
  additions.push_back({EventType::ballot, {std::string(3 * largest_kept + 777, 'y')}});
  std::string bytes = sample::record_of(additions);
  const MemorySource source(bytes);
  auto reader = Reader::open(source);
  ASSERT_TRUE(reader);
  ASSERT_TRUE(*reader->next());
  const auto kept = *reader->next(), over = *reader->next(), large = *reader->next();
  EXPECT_TRUE(kept->payload().kept());
  EXPECT_FALSE(over->payload().kept());
  EXPECT_FALSE(large->payload().kept());
  EXPECT_TRUE(large->payload().content.empty());
  EXPECT_EQ(reader->content(over->payload()), additions[2].data[0]);
  EXPECT_EQ(reader->content(large->payload()), additions[3].data[0]);
  EXPECT_FALSE(*reader->next());

  bytes[large->payload().offset + tar::block_size + largest_kept] = 'z';
  EXPECT_EQ(reader->content(large->payload()).error().message,
            fmt::format("at byte {}: the content's SHA-256 is not the one in its name", large->payload().offset));
}

TEST(Archive, CutOffAnywhereGivesWholeStepsAndThenAnError) {
  const std::vector<EventType> types = sample::election(2, 1, 1);
  const std::string bytes = sample::record_of(types);
  std::vector<std::size_t> ends;  // of the header and of each step
  for (std::size_t steps = 0; steps <= types.size(); ++steps) {
    ends.push_back(sample::record_of(std::vector(types.begin(), types.begin() + steps)).size());
  }
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    const auto read = sample::read_all(std::string_view(bytes).substr(0, length));
    const auto step = std::ranges::find(ends, length);
    ASSERT_EQ(read.has_value(), step != ends.end()) << length;
    if (read) {
      ASSERT_EQ(*read, step - ends.begin());
    }
  }
}

TEST(Archive, AnyBitChangedIsNoticed) {
  std::string bytes = sample::record_of(sample::election(2, 1, 1));
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const char byte = bytes[at];
    bytes[at] = static_cast<char>(byte ^ (1 << (at % 8)));
    ASSERT_FALSE(sample::read_all(bytes)) << "byte " << at;
    bytes[at] = byte;
  }
}

// Replaces the tar header at `offset` by another, with the right checksum.
void put_header(std::string& bytes, std::size_t offset, const tar::Header& header) {
  const tar::Block block = tar::header_block(header);
  bytes.replace(offset, block.size(), block.data(), block.size());
}

TEST(Archive, RefusesHugeSizesUnread) {
  const std::string name(64, '0');
  std::string bytes = sample::record_of(std::vector{EventType::setup});
  const std::size_t end = bytes.size();
  bytes.append(tar::block_size, '\0');
  for (const std::uint64_t size : {tar::greatest_number, std::uint64_t{1} << 32, std::uint64_t{1}}) {
    put_header(bytes, end, {name + ".data.json", size, sample::header.timestamp});
    EXPECT_EQ(sample::error_of(bytes),
              fmt::format("at byte {}: cut off: content of {} bytes, but the record ends at byte {}", end, size,
                          bytes.size()));
  }
  bytes.append(4096, 'x');
  put_header(bytes, end, {name + ".event.json", 513, sample::header.timestamp});
  EXPECT_EQ(sample::error_of(bytes), fmt::format("at byte {}: event of 513 bytes", end));
  put_header(bytes, 0, {"BELENIOS", 65, sample::header.timestamp});
  EXPECT_EQ(sample::error_of(bytes), "at byte 0: header of 65 bytes");
  put_header(bytes, 0, {"BELENIOS", tar::greatest_number, sample::header.timestamp});
  EXPECT_TRUE(sample::error_of(bytes).starts_with("at byte 0: cut off"));
}

TEST(Archive, RefusesOtherNamesAndTimes) {
  const std::string start = header_entry(sample::header);
  const std::string content = "{}";
  const auto error = [&](const std::string& name, std::uint64_t time) {
    std::string bytes = start;
    tar::append_entry(bytes, name, time, content);
    return sample::error_of(bytes);
  };
  const std::string hash = sha256_hex(content);
  EXPECT_EQ(error(hash + ".data.json", sample::header.timestamp), "at byte 1024: data without an event that brings it");
  EXPECT_EQ(error(hash + ".data.json", sample::header.timestamp + 1),
            "at byte 1024: time 1795302577 instead of 1795302576");
  EXPECT_EQ(error(hash + ".json", sample::header.timestamp), "at byte 1024: a file that is neither data nor event");
  EXPECT_EQ(error(hash.substr(1) + ".data.json", sample::header.timestamp),
            "at byte 1024: a file whose name is no SHA-256");
  EXPECT_NE(error(std::string(64, 'A') + ".data.json", sample::header.timestamp), "");
  EXPECT_EQ(error(std::string(64, 'a') + ".data.json", sample::header.timestamp),
            "at byte 1024: the content's SHA-256 is not the one in its name");
  EXPECT_EQ(error("BELENIOS", sample::header.timestamp), "at byte 1024: a file that is neither data nor event");
}

TEST(Archive, RefusesOtherHeaders) {
  const auto error = [](std::string_view name, std::uint64_t time, std::string_view content) {
    std::string bytes;
    tar::append_entry(bytes, name, time, content);
    return sample::error_of(bytes);
  };
  EXPECT_EQ(error("BELENIOS", 7, R"({"version":1,"timestamp":"7"})"), "");
  EXPECT_EQ(error("BELENIOS", 8, R"({"version":1,"timestamp":"7"})"),
            "at byte 0: time or padding is not as it must be");
  EXPECT_EQ(error("BELENIOS", 7, R"({"version":1,"timestamp":7})"), "at byte 0: timestamp: expected a string");
  EXPECT_EQ(error("BELENIOS", 7, R"({"version":2,"timestamp":"7"})"), "at byte 0: version: 2 is not in 1..1");
  EXPECT_EQ(error("OTHER", 7, R"({"version":1,"timestamp":"7"})"),
            "at byte 0: not a record: does not begin with a file \"BELENIOS\"");
  EXPECT_EQ(sample::error_of(""), "at byte 0: cut off: the record ends at byte 0");
}

TEST(Archive, RefusesEndOfArchiveBlocks) {
  std::string bytes = sample::record_of(std::vector{EventType::setup});
  const std::size_t end = bytes.size();
  bytes.append(1024, '\0');
  EXPECT_EQ(sample::error_of(bytes), fmt::format("at byte {}: tar header: no name", end));
}

// A source whose medium fails from some byte on.
class FailingSource final : public ByteSource {
 public:
  FailingSource(std::string_view bytes, std::uint64_t good) : memory_(bytes), good_(good) {}
  [[nodiscard]] std::uint64_t size() const override { return memory_.size(); }
  Status read(std::uint64_t offset, std::span<char> out) const override {
    if (offset + out.size() > good_) return fail("the disk is broken");
    return memory_.read(offset, out);
  }

 private:
  MemorySource memory_;
  std::uint64_t good_;
};

TEST(Archive, PassesOnErrorsOfTheSource) {
  const std::string bytes = sample::record_of(sample::election(1));
  EXPECT_EQ(sample::read_all(FailingSource(bytes, 600)).error().message, "at byte 0: the disk is broken");
  EXPECT_TRUE(sample::read_all(FailingSource(bytes, bytes.size())));
}

RC_GTEST_PROP(Archive, SurvivesArbitraryDamage, ()) {
  static const std::string good = sample::record_of(sample::election(2, 1, 1));
  std::string bytes = good;
  const auto edits = *rc::gen::container<std::vector<std::pair<std::size_t, std::string>>>(
      rc::gen::pair(rc::gen::inRange<std::size_t>(0, good.size()), rc::gen::arbitrary<std::string>()));
  for (const auto& [at, text] : edits) {
    if (at <= bytes.size()) bytes.replace(at, std::min(text.size(), bytes.size() - at), text);
  }
  RC_ASSERT(sample::read_all(bytes).has_value() == (bytes == good));
}

}  // namespace
}  // namespace folkmoot::record
