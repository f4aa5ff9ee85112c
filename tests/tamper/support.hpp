// How the tests of this folder judge what an attack has made.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "record/verify.hpp"
#include "tamper/forgery.hpp"

namespace folkmoot::tamper {

// The ids of the checks that failed, as attacks name them.
inline std::string failed(const record::Report& report) {
  std::vector<std::string_view> ids;
  for (const record::Check* check : report.checks()) {
    if (check->failed()) ids.push_back(check->id());
  }
  return fmt::format("{}", fmt::join(ids, " "));
}

// What the attack makes of its good record in one of the groups.
inline std::string forge(const Attack& attack, const Sample& good) {
  Forgery forgery(good);
  attack.forge(forgery);
  EXPECT_NE(forgery.bytes(), good.record) << "nothing has been changed";
  return forgery.bytes();
}

// The report of two processes, each of which has done a part.
inline record::Report joined_report(const record::ByteSource& source, record::VerifyOptions options) {
  std::vector<record::Part> parts;
  for (const std::uint64_t index : {0, 1}) {
    options.share = {index, 2};
    parts.push_back(record::verify_part(source, options).value());
  }
  return record::join(std::move(parts)).value().report;
}

inline void expect_named(const Attack& attack, const Sample& good, const std::string& forged) {
  const record::MemorySource earlier(good.record);
  record::VerifyOptions options;
  if (attack.against) options.earlier = &earlier;
  const record::MemorySource source(forged);
  const record::Report report = record::verify(source, options);
  EXPECT_EQ(record::to_json(joined_report(source, options)), record::to_json(report));
  EXPECT_EQ(report.verdict(), record::Verdict::invalid);
  EXPECT_EQ(failed(report), attack.checks) << record::to_text(report);
  for (const record::Check* check : report.checks()) {
    EXPECT_EQ(check->failed(), !check->details().empty());
    for (const std::string& detail : check->details()) EXPECT_FALSE(detail.empty());
  }
}

// Flips one bit; and again, back.
inline void flip(std::string& bytes, std::size_t bit) {
  bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
}

// The sample of that kind in a group of 2048 bits.
inline const Sample& sample_2048(Kind kind) {
  return sample(kind, kind == Kind::ranking ? GroupId::rfc3526 : GroupId::belenios2048);
}

}  // namespace folkmoot::tamper
