#include "server/pages.hpp"

#include <gmock/gmock.h>

#include "client.hpp"
#include "service/trial.hpp"

namespace folkmoot::server {
namespace {

using namespace test;
using service::ok;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

class PagesTest : public ::testing::Test {
 protected:
  PagesTest() {
    for (const auto& [name, content] :
         std::vector<std::pair<std::string, std::string>>{{"index.html", "home"},
                                                          {"vote.html", "the booth"},
                                                          {"vote.html.br", "booth in brotli"},
                                                          {"vote.html.gz", "booth in gzip"},
                                                          {"assets/booth-1234.wasm", "a module"},
                                                          {"assets/booth-1234.wasm.gz", "module in gzip"},
                                                          {"assets/minutes.gz", "as they are"}}) {
      ok(service::write_file(folder / name, content));
    }
    ok(service::write_file(outside / "secret.html", "a secret"));
    ok(service::write_file(outside / "secret.html.gz", "a secret"));
    service::fs::create_symlink(outside / "secret.html.gz", folder / "index.html.gz");
    pages.emplace(ok(Pages::open(folder.path())));
  }
  [[nodiscard]] Response get(const std::string& path, const std::string& accepted,
                             const std::string& known = "") const {
    return pages->answer({"GET", path, "", "", {{"accept-encoding", accepted}, {"if-none-match", known}}});
  }
  static std::string header(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
      if (key == name) return value;
    }
    return "";
  }

  service::TemporaryFolder folder, outside;
  std::optional<Pages> pages;
};

TEST_F(PagesTest, GoOutInTheCodingThatTheBrowserLikesBest) {
  const auto sent = [&](const std::string& accepted) {
    const Response response = get("/vote/abc", accepted);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.content_type, "text/html; charset=utf-8") << "of the page, whatever its coding";
    EXPECT_EQ(header(response, "Vary"), "Accept-Encoding");
    EXPECT_THAT(header(response, "Content-Security-Policy"), HasSubstr("default-src 'none'"));
    return header(response, "Content-Encoding") + ": " + std::get<std::string>(response.body);
  };
  const std::string br = "br: booth in brotli", gzip = "gzip: booth in gzip", plain = ": the booth";
  EXPECT_EQ(sent("gzip, deflate, br, zstd"), br);
  EXPECT_EQ(sent("*"), br);
  EXPECT_EQ(sent("gzip, deflate"), gzip);
  EXPECT_EQ(sent("br;q=0, gzip"), gzip);
  EXPECT_EQ(sent("br;q=0.5, gzip"), gzip);
  EXPECT_EQ(sent("br;q=0.5, gzip;q=0.5, identity;q=0.1"), br);
  EXPECT_EQ(sent("gzip;q=0.001, identity;q=0"), gzip);
  for (const char* accepted : {"", "identity", "zstd", "br;q=0, gzip;q=0", "*;q=0", "br;q=0.5, gzip;q=0.5, identity"})
    EXPECT_EQ(sent(accepted), plain) << accepted;
}

TEST_F(PagesTest, WhatIsCompressedIsNoPageOfItsOwn) {
  for (const char* path : {"/vote.html.br", "/vote.html.gz", "/assets/booth-1234.wasm.gz", "/index.html.gz",
                           "/assets/booth-1234.wasm.br", "/../vote.html.gz", "/assets/../vote.html"}) {
    EXPECT_EQ(get(path, "br, gzip").status, 404) << path;
  }
  const Response module = get("/assets/booth-1234.wasm", "br, gzip");
  EXPECT_EQ(std::get<std::string>(module.body), "module in gzip") << "there is no other";
  EXPECT_EQ(module.content_type, "application/wasm");
  EXPECT_THAT(header(module, "Cache-Control"), EndsWith("immutable"));
  const Response home = get("/", "br, gzip");
  EXPECT_EQ(std::get<std::string>(home.body), "home") << "a link is not followed";
  EXPECT_EQ(header(home, "Vary"), "");
  EXPECT_EQ(header(home, "Content-Encoding"), "");
  const Response alone = get("/assets/minutes.gz", "gzip");
  EXPECT_EQ(std::get<std::string>(alone.body), "as they are") << "a file that is compressed is no coding of another";
  EXPECT_EQ(header(alone, "Content-Encoding"), "");
}

TEST_F(PagesTest, EachCodingHasATagOfItsOwn) {
  const std::string br = header(get("/vote/x", "br"), "ETag"), gzip = header(get("/vote/x", "gzip"), "ETag"),
                    plain = header(get("/vote/x", ""), "ETag");
  EXPECT_NE(br, gzip);
  EXPECT_NE(br, plain);
  EXPECT_NE(gzip, plain);
  const Response known = get("/vote/x", "br", br);
  EXPECT_EQ(known.status, 304);
  EXPECT_EQ(std::get<std::string>(known.body), "");
  EXPECT_EQ(header(known, "Vary"), "Accept-Encoding");
  EXPECT_EQ(header(known, "ETag"), br);
  EXPECT_EQ(get("/vote/x", "gzip", br).status, 200);
}

TEST_F(PagesTest, OverTheWire) {
  const Running server([&](const Request& request) { return pages->answer(request); });
  Client client(server);
  const std::string more = " /vote/x HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n";
  client.send("HEAD" + more + "GET" + more);
  EXPECT_THAT(client.response(true), AllOf(HasSubstr("Content-Encoding: gzip\r\n"), HasSubstr("Content-Length: 13\r\n"),
                                           EndsWith("\r\n\r\n")));
  EXPECT_EQ(body_of(client.response()), "booth in gzip");
  EXPECT_THAT(answer(server, post("/vote/x", "")), AllOf(HasSubstr("HTTP/1.1 405"), Not(HasSubstr("Vary"))));
}

}  // namespace
}  // namespace folkmoot::server
