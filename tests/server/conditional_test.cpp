#include "server/conditional.hpp"

#include <filesystem>
#include <fstream>

#include "client.hpp"

namespace folkmoot::server {
namespace {

namespace fs = std::filesystem;
using namespace test;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class Conditional : public ::testing::Test {
 protected:
  Conditional() { write("0123456789"); }
  ~Conditional() override { fs::remove(path); }

  void write(const std::string& content) const { std::ofstream(path, std::ios::binary) << content; }
  [[nodiscard]] Response whole() const {
    Response response;
    response.body = FilePart{store::FileDescriptor(::open(path.c_str(), O_RDONLY)), 0, fs::file_size(path)};
    response.headers.emplace_back("Cache-Control", "no-cache");
    return response;
  }
  using Headers = std::vector<std::pair<std::string, std::string>>;
  [[nodiscard]] Response ask(Headers headers) const {
    return conditional({"GET", "/file", "", "", std::move(headers)}, whole(), tag);
  }
  static std::string header(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
      if (key == name) return value;
    }
    return "";
  }
  // What would be sent.
  static std::string content(const Response& response) {
    if (const auto* text = std::get_if<std::string>(&response.body)) return *text;
    const auto& part = std::get<FilePart>(response.body);
    std::string bytes(part.size, '\0');
    EXPECT_EQ(::pread(part.file.get(), bytes.data(), part.size, static_cast<off_t>(part.first)),
              static_cast<ssize_t>(part.size));
    return bytes;
  }
  [[nodiscard]] std::string tag_by_time() const { return header(conditional_by_time({}, whole()), "ETag"); }

  const fs::path path = fs::path(::testing::TempDir()) / fmt::format("folkmoot-conditional-{}", ::getpid());
  const std::string tag = "\"a-1\"";
};

TEST_F(Conditional, WhatTheClientHasIsNotSent) {
  const Response first = ask({});
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(header(first, "ETag"), tag);
  EXPECT_EQ(header(first, "Accept-Ranges"), "bytes");
  EXPECT_EQ(content(first), "0123456789");
  for (const char* known : {"\"a-1\"", "W/\"a-1\"", "\"b\", \"a-1\"", "\"b\",W/\"a-1\" , \"c\"", "*"}) {
    const Response response = ask({{"if-none-match", known}});
    EXPECT_EQ(response.status, 304) << known;
    EXPECT_EQ(content(response), "") << known;
    EXPECT_EQ(header(response, "ETag"), tag);
    EXPECT_EQ(header(response, "Cache-Control"), "no-cache") << "RFC 9110 section 15.4.5";
  }
  for (const char* other : {"", "\"a-12\"", "\"a\"", "a-1", "\"xa-1\"", "\"b\", \"c\""})
    EXPECT_EQ(ask({{"if-none-match", other}}).status, 200) << other;
  EXPECT_EQ(ask({{"if-none-match", tag}, {"range", "bytes=0-1"}}).status, 304) << "RFC 9110 section 13.2.2";
}

TEST_F(Conditional, OneRangeOfAFile) {
  const std::vector<std::tuple<std::string, std::string, std::string>> good{
      {"bytes=0-0", "0", "bytes 0-0/10"},
      {"bytes=2-4", "234", "bytes 2-4/10"},
      {"bytes=7-", "789", "bytes 7-9/10"},
      {"bytes=0-", "0123456789", "bytes 0-9/10"},
      {"bytes=9-9", "9", "bytes 9-9/10"},
      {"bytes=8-100", "89", "bytes 8-9/10"},
      {"bytes=8-99999999999999999999999", "89", "bytes 8-9/10"},
      {"bytes=-3", "789", "bytes 7-9/10"},
      {"bytes=-100", "0123456789", "bytes 0-9/10"},
      {"bytes=-18446744073709551615", "0123456789", "bytes 0-9/10"},
      {"bytes=-99999999999999999999999", "0123456789", "bytes 0-9/10"}};
  for (const auto& [range, expected, told] : good) {
    const Response response = ask({{"range", range}});
    EXPECT_EQ(response.status, 206) << range;
    EXPECT_EQ(content(response), expected) << range;
    EXPECT_EQ(header(response, "Content-Range"), told) << range;
    EXPECT_EQ(header(response, "ETag"), tag) << range;
  }
  for (const char* none : {"bytes=10-", "bytes=10-20", "bytes=18446744073709551615-", "bytes=99999999999999999999999-",
                           "bytes=-0", "bytes=18446744073709551614-18446744073709551615"}) {
    const Response response = ask({{"range", none}});
    EXPECT_EQ(response.status, 416) << none;
    EXPECT_EQ(header(response, "Content-Range"), "bytes */10") << none;
    EXPECT_EQ(header(response, "ETag"), "") << none;
  }
  // What is none, or several, is as if it were not there (RFC 9110 sections 14.1.1 and 14.2).
  for (const char* other : {"", "bytes", "bytes=", "bytes=-", "bytes=4-2", "bytes=a-b", "bytes=1-2x", "bytes=+1-2",
                            "bytes=1--2", "bytes=--2", "bytes= 1-2", "bytes=0-1,3-4", "lines=1-2", "bytes 1-2"}) {
    const Response response = ask({{"range", other}});
    EXPECT_EQ(response.status, 200) << other;
    EXPECT_EQ(content(response), "0123456789") << other;
  }
  write("");
  EXPECT_EQ(ask({{"range", "bytes=0-"}}).status, 416);
  EXPECT_EQ(ask({{"range", "bytes=-5"}}).status, 416);
  EXPECT_EQ(ask({}).status, 200);
}

TEST_F(Conditional, ARangeOfAnotherFileIsNotMixedIn) {
  EXPECT_EQ(ask({{"range", "bytes=7-"}, {"if-range", tag}}).status, 206);
  for (const std::string other : {"\"b\"", "W/\"a-1\"", "Sat, 29 Oct 1994 19:43:31 GMT"}) {
    const Response response = ask({{"range", "bytes=7-"}, {"if-range", other}});
    EXPECT_EQ(response.status, 200) << other;
    EXPECT_EQ(content(response), "0123456789") << other;
  }
  EXPECT_EQ(ask({{"if-range", "\"b\""}}).status, 200);
}

TEST_F(Conditional, ATextHasATagAndNoRanges) {
  const auto ask = [&](const Headers& headers, int status = 200) {
    return conditional({"GET", "/", "", "", headers}, text_response(status, "text"), tag);
  };
  EXPECT_EQ(ask({{"if-none-match", tag}}).status, 304);
  const Response whole = ask({{"range", "bytes=0-1"}});
  EXPECT_EQ(whole.status, 200);
  EXPECT_EQ(content(whole), "text");
  EXPECT_EQ(header(whole, "Accept-Ranges"), "");
  const Response missing = ask({{"if-none-match", "*"}}, 404);
  EXPECT_EQ(missing.status, 404) << "what is not there is not unchanged";
  EXPECT_EQ(header(missing, "ETag"), "");
}

TEST_F(Conditional, AnotherContentHasAnotherTag) {
  const std::string before = tag_by_time();
  EXPECT_THAT(before, ::testing::MatchesRegex("\"[0-9a-f-]+\""));
  EXPECT_EQ(tag_by_time(), before);
  write("01234567890");
  const std::string longer = tag_by_time();
  EXPECT_NE(longer, before);
  const std::string other = path.string() + ".other";
  std::ofstream(other) << "another one";  // of the same length, put in its place
  fs::last_write_time(other, fs::last_write_time(path));
  fs::rename(other, path);
  EXPECT_NE(tag_by_time(), longer);
  EXPECT_NE(tag_of("a"), tag_of("b"));
  EXPECT_EQ(tag_of("a"), tag_of("a"));
}

TEST_F(Conditional, AnEndTellsWhatComesBeforeIt) {
  const auto tag_of_file = [&](std::size_t end) {
    const Response response = whole();
    return tag_by_end(std::get<FilePart>(response.body), end).value();
  };
  const std::string before = tag_of_file(3);
  EXPECT_EQ(tag_of_file(3), before);
  EXPECT_EQ(tag_of_file(100), tag_of_file(10)) << "the whole";
  write("0123456780");
  EXPECT_NE(tag_of_file(3), before);
  write("x0123456789");
  EXPECT_NE(tag_of_file(3), before) << "it is longer";
  Response response = whole();
  std::get<FilePart>(response.body).size += 5;
  EXPECT_FALSE(tag_by_end(std::get<FilePart>(response.body), 3)) << "it has become shorter";
}

// Over the wire: a download that broke off, resumed; and the head of an answer that has nothing to say.
TEST_F(Conditional, ADownloadIsResumed) {
  const Running server([&](const Request& request) { return conditional(request, whole(), tag); });
  Client client(server);
  const auto ask = [](const std::string& headers) { return "GET /file HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n"; };
  client.send(ask("Range: bytes=4-\r\nIf-Range: " + tag + "\r\n") + ask("If-None-Match: " + tag + "\r\n") + ask(""));
  EXPECT_THAT(client.response(),
              AllOf(HasSubstr("HTTP/1.1 206 Partial Content\r\n"), HasSubstr("Content-Range: bytes 4-9/10\r\n"),
                    HasSubstr("Content-Length: 6\r\n"), ::testing::EndsWith("\r\n\r\n456789")));
  EXPECT_THAT(client.response(), AllOf(HasSubstr("HTTP/1.1 304 Not Modified\r\n"), HasSubstr("ETag: " + tag),
                                       Not(HasSubstr("Content-Length")), ::testing::EndsWith("\r\n\r\n")));
  EXPECT_EQ(body_of(client.response()), "0123456789");
}

}  // namespace
}  // namespace folkmoot::server
