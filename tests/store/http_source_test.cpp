#include "store/http_source.hpp"

#include "ledger/support.hpp"
#include "scripted_server.hpp"

namespace folkmoot::store {
namespace {

using namespace test;
using ledger::test::need;
using ::testing::AllOf;
using ::testing::HasSubstr;

// What a source that must fail says, reading from a server that gives that answer.
std::string error_from(const ScriptedServer::Reply& reply, std::size_t limit = 100, Patience patience = {}) {
  const ScriptedServer server([&](const std::string&) { return reply; });
  const auto read = HttpSource(server.url() + "/log", patience).read("tile/0/000", limit);
  if (read) return "no error";
  EXPECT_THAT(read.error().message, HasSubstr(server.url() + "/log/tile/0/000"));
  return read.error().message;
}

TEST(HttpSource, ReadsWhatIsThere) {
  std::vector<std::string> asked;
  const ScriptedServer server([&](const std::string& request) -> ScriptedServer::Reply {
    asked.push_back(first_line(request));
    return {request.find("/tile/") != std::string::npos ? response("200 OK", "\1\2\3")
                                                        : response("404 Not Found", std::string(5000, 'x'))};
  });
  const HttpSource source(server.url() + "/log/");
  EXPECT_EQ(need(source.read("tile/0/000", 3)), (Bytes{1, 2, 3}));
  // A page that says so at length is no file that is too long.
  EXPECT_EQ(need(source.read("checkpoint", 100)), std::nullopt);
  EXPECT_EQ(need(source.read("tile/0/001", 3)), (Bytes{1, 2, 3}));
  EXPECT_THAT(asked, ::testing::ElementsAre("GET /log/tile/0/000 HTTP/1.1", "GET /log/checkpoint HTTP/1.1",
                                            "GET /log/tile/0/001 HTTP/1.1"));
}

TEST(HttpSource, KeepsItsConnection) {
  const ScriptedServer server([](const std::string&) -> ScriptedServer::Reply { return {response("200 OK", "x")}; });
  const HttpSource source(server.url());
  for (int i = 0; i < 5; ++i) need(source.read("checkpoint", 100));
  EXPECT_EQ(server.connections(), 1);
  EXPECT_EQ(server.requests(), 5);
}

TEST(HttpSource, OtherStatusesAreErrors) {
  for (const std::string status : {"201 Created", "204 No Content", "304 Not Modified", "403 Forbidden", "410 Gone",
                                   "500 Internal Server Error", "503 Service Unavailable"}) {
    EXPECT_THAT(error_from({response(status, "")}), HasSubstr("answers " + status.substr(0, 3)));
  }
}

TEST(HttpSource, ReadsNoMoreThanTheLimit) {
  const ScriptedServer exact(
      [](const std::string&) -> ScriptedServer::Reply { return {response("200 OK", std::string(100, 'x'))}; });
  EXPECT_EQ(need(HttpSource(exact.url()).read("checkpoint", 100)).value().size(), 100U);

  const std::string too_long = "more than 100 bytes";
  EXPECT_THAT(error_from({response("200 OK", std::string(101, 'x'))}), HasSubstr(too_long));
  // Without a length, until the connection closes; and in chunks of which there is no last.
  EXPECT_THAT(error_from({"HTTP/1.1 200 OK\r\n\r\n" + std::string(101, 'x'), ScriptedServer::close}),
              HasSubstr(too_long));
  EXPECT_THAT(error_from({"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n" + std::string(0xfff, 'x'),
                          ScriptedServer::silence}),
              HasSubstr(too_long));
  // A length alone makes nobody allocate, or believe it.
  EXPECT_THAT(error_from({"HTTP/1.1 200 OK\r\nContent-Length: 9000000000000000000\r\n\r\nx", ScriptedServer::close}),
              HasSubstr("/log/tile/0/000: "));
}

TEST(HttpSource, DecodesWithinTheLimit) {
  const auto gzip = [](std::string_view hex) {
    const Bytes bytes = need(from_hex(hex));
    return response("200 OK", std::string(text_of(bytes)), "Content-Encoding: gzip\r\n");
  };
  // gzip -9 of "entries", and of 100,000 zero bytes.
  const std::string small = gzip("1f8b08000000000002034bcd2b29ca4c2d0600c5b3f82d07000000");
  const std::string bomb =
      gzip("1f8b0800000000000203edc13101000000c2a0f54f6d0d0fa0" + std::string(192, '0') + "8057037d9511d4a0860100");
  const ScriptedServer server([&](const std::string& request) -> ScriptedServer::Reply {
    EXPECT_THAT(request, HasSubstr("Accept-Encoding: gzip\r\n"));
    return {first_line(request).starts_with("GET /bomb") ? bomb : small};
  });
  const HttpSource source(server.url());
  EXPECT_EQ(text_of(need(source.read("tile/entries/000", 7)).value()), "entries");
  EXPECT_EQ(need(source.read("bomb", 100'000)).value(), Bytes(100'000, 0));
  EXPECT_THAT(source.read("bomb", 99'999).error().message, HasSubstr("more than 99999 bytes"));
}

TEST(HttpSource, AnAnswerThatIsCutOffIsAnError) {
  const std::string whole = response("200 OK", "0123456789");
  for (const std::size_t size : {0UL, 5UL, 20UL, whole.size() - 1}) {
    EXPECT_NE(error_from({whole.substr(0, size), ScriptedServer::close}), "no error") << size;
  }
  EXPECT_NE(error_from({"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc", ScriptedServer::close}),
            "no error");
  EXPECT_NE(error_from({"220 mail.example ESMTP\r\n", ScriptedServer::close}), "no error");
}

TEST(HttpSource, DoesNotWaitForEver) {
  Patience little;
  little.answer = std::chrono::milliseconds(50);
  for (const std::string begun :
       {"", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx"}) {
    EXPECT_THAT(error_from({begun, ScriptedServer::silence}, 100, little), HasSubstr("timed out"));
  }
}

TEST(HttpSource, FollowsRedirectsWithinHttp) {
  const ScriptedServer server([](const std::string& request) -> ScriptedServer::Reply {
    const auto to = [](const std::string& where) {
      return response("302 Found", "<p>Over there</p>", "Location: " + where + "\r\n");
    };
    if (first_line(request).starts_with("GET /moved/")) return {to("/here/checkpoint")};
    if (first_line(request).starts_with("GET /loop/")) return {to("/loop/checkpoint")};
    if (first_line(request).starts_with("GET /file/")) return {to("file:///etc/hostname")};
    return {response("200 OK", "here")};
  });
  const auto read = [&](const std::string& log) { return HttpSource(server.url() + log).read("checkpoint", 100); };
  EXPECT_EQ(text_of(need(read("/moved")).value()), "here");
  EXPECT_EQ(server.requests(), 2);
  EXPECT_THAT(read("/loop").error().message, HasSubstr("redirects"));
  EXPECT_EQ(server.requests(), 2 + 4);
  EXPECT_THAT(read("/file").error().message, HasSubstr("\"file\""));
  EXPECT_FALSE(HttpSource("file:///etc").read("hostname", 100));
  EXPECT_FALSE(HttpSource("not a url").read("checkpoint", 100));
}

TEST(HttpSource, SaysWhereNobodyListens) {
  std::string url;
  {
    const ScriptedServer gone([](const std::string&) { return ScriptedServer::Reply(); });
    url = gone.url();
  }
  const auto read = HttpSource(url).read("checkpoint", 100);
  EXPECT_THAT(read.error().message, AllOf(HasSubstr(url + "/checkpoint"), HasSubstr("connect")));
}

TEST(HttpClient, PostsAndFollowsNothing) {
  const ScriptedServer server([](const std::string& request) -> ScriptedServer::Reply {
    if (first_line(request).starts_with("POST /moved "))
      return {response("307 Temporary Redirect", "", "Location: /here\r\n")};
    return {
        response("409 Conflict", request.substr(request.find("\r\n\r\n") + 4), "Content-Type: text/x.tlog.size\r\n")};
  });
  HttpClient client;
  const std::string body("a\0b\n", 4);
  const auto answer = need(client.ask({server.url() + "/here", body, 100}));
  EXPECT_EQ(answer.status, 409);
  EXPECT_EQ(answer.content_type, "text/x.tlog.size");
  EXPECT_EQ(answer.body, body);
  EXPECT_EQ(need(client.ask({server.url() + "/moved", body, 100})).status, 307);
  EXPECT_EQ(server.requests(), 2);
}

// All at the same time: the first is answered only after the last has been asked.
TEST(HttpClient, AsksAtTheSameTime) {
  std::atomic<bool> second_asked = false;
  const ScriptedServer first([&](const std::string&) -> ScriptedServer::Reply {
    second_asked.wait(false);
    return {response("200 OK", "first")};
  });
  const ScriptedServer second([&](const std::string&) -> ScriptedServer::Reply {
    second_asked = true;
    second_asked.notify_all();
    return {response("200 OK", "second")};
  });
  HttpClient client;
  const std::vector<HttpClient::Request> requests = {{first.url(), "", 100}, {second.url(), "", 100}};
  const auto answers = client.ask(requests);
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_EQ(answers[0].value().body, "first");
  EXPECT_EQ(answers[1].value().body, "second");
  EXPECT_TRUE(client.ask(std::span<const HttpClient::Request>()).empty());
}

TEST(OpenLog, TellsAFolderFromASite) {
  const ScriptedServer server([](const std::string&) -> ScriptedServer::Reply { return {response("200 OK", "site")}; });
  EXPECT_EQ(text_of(need(open_log(server.url())->read("checkpoint", 100)).value()), "site");
  EXPECT_EQ(need(open_log(::testing::TempDir() + "/no-such-folder")->read("checkpoint", 100)), std::nullopt);
}

}  // namespace
}  // namespace folkmoot::store
