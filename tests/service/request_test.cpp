#include "service/request.hpp"

#include <gtest/gtest.h>

#include "base/sha256.hpp"

namespace folkmoot::service {
namespace {

Result<std::string> publish(std::string_view bytes) { return sha256_hex(bytes); }

std::string message(const auto& result) { return result ? "" : result.error().message; }

TEST(Request, ActorsAreMembersPerhapsInAPost) {
  EXPECT_EQ(read_actor("m-0123456789abcdef")->office, "");
  EXPECT_EQ(read_actor("m-0123456789abcdef:chair")->office, "chair");
  EXPECT_FALSE(read_actor("m-0123456789abcdef:"));
  EXPECT_FALSE(read_actor("chair"));
  EXPECT_FALSE(read_actor(""));
}

TEST(Request, WordsBecomeABody) {
  const std::vector<std::string> words{"amount=180000", "purpose=" + sha256_hex("a boat")};
  const auto body = read_body("spend.enter", words, publish);
  ASSERT_TRUE(body) << message(body);
  EXPECT_EQ(body->count("amount"), 180'000);
  const std::vector<std::string> members{"members=m-0123456789abcdef,m-1123456789abcdef"};
  EXPECT_EQ(read_body("member.admit", members, publish)->list("members").size(), 2U);
}

TEST(Request, AFileStandsForItsTextOrItsHash) {
  std::string name = (fs::temp_directory_path() / "folkmoot-request-XXXXXX").string();
  ASSERT_TRUE(::mkdtemp(name.data()));
  const fs::path file = fs::path(name) / "text";
  ASSERT_TRUE(write_file(file, "Members decide on 1 May."));
  const std::vector<std::string> words{"title=The ballot", "hash=@" + file.string()};
  EXPECT_EQ(read_body("statement.publish", words, publish)->text("hash"), sha256_hex("Members decide on 1 May."));
  EXPECT_FALSE(read_body("statement.publish", std::vector<std::string>{"hash=@/nowhere"}, publish));
  fs::remove_all(name);
}

TEST(Request, WhatDoesNotFitSaysWhatWould) {
  const auto wrong = [](const std::string& type, std::vector<std::string> words) {
    return message(read_body(type, words, publish));
  };
  EXPECT_EQ(wrong("spend.enter", {"amount=1e5"}), "amount: expected a whole number, not \"1e5\"");
  EXPECT_EQ(wrong("spend.borrow", {}), "there is no act \"spend.borrow\"");
  EXPECT_TRUE(
      wrong("spend.enter", {"colour=red"}).starts_with("\"colour=red\": spend.enter has the fields\n  amount="));
  EXPECT_TRUE(wrong("spend.enter", {"amount"}).starts_with("\"amount\": spend.enter has the fields"));
}

}  // namespace
}  // namespace folkmoot::service
