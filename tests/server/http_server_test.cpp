#include "server/http_server.hpp"

#include <fcntl.h>
#include <rapidcheck/gtest.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <mutex>

#include "client.hpp"

namespace folkmoot::server {
namespace {

using namespace test;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// Says what it was asked.
Response echo(const Request& request) {
  return text_response(200, fmt::format("{} {} {}", request.method, request.path, request.body));
}

TEST(HttpServer, AnswersOneRequestAfterTheOther) {
  Running server(echo);
  Client client(server);
  for (const std::string path : {"/", "/a?b=c", "/%2e%2e/x", "/a/../b"}) {
    client.send(get(path));
    const std::string response = client.response();
    EXPECT_THAT(response, AllOf(StartsWith("HTTP/1.1 200 OK\r\n"), HasSubstr("\r\nDate: "),
                                HasSubstr("\r\nContent-Type: text/plain; charset=utf-8\r\n"),
                                HasSubstr("\r\nX-Content-Type-Options: nosniff\r\n")));
    EXPECT_EQ(body_of(response), "GET " + path.substr(0, path.find('?')) + " ");
  }
  client.send(post("/add", "body"));
  EXPECT_EQ(body_of(client.response()), "POST /add body");
  client.send("PATCH /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nbo\r\n2\r\ndy\r\n0\r\n\r\n");
  EXPECT_EQ(body_of(client.response()), "PATCH /x body");
  // Several at once are answered in order.
  client.send(get("/1") + post("/2", "two") + get("/3"));
  for (const std::string expected : {"GET /1 ", "POST /2 two", "GET /3 "})
    EXPECT_EQ(body_of(client.response()), expected);
  client.send("GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" + get("/never"));
  EXPECT_THAT(client.rest(), AllOf(HasSubstr("Connection: close"), EndsWith("GET /last ")));
  EXPECT_THAT(answer(server, "GET /old HTTP/1.0\r\n\r\n"), AllOf(StartsWith("HTTP/1.0 200"), EndsWith("GET /old ")));
}

TEST(HttpServer, HeadIsGetWithoutABody) {
  Running server(echo);
  Client client(server);
  client.send("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n" + get("/b"));
  EXPECT_THAT(client.response(true), AllOf(HasSubstr("Content-Length: 7\r\n"), EndsWith("\r\n\r\n")));
  EXPECT_EQ(body_of(client.response()), "GET /b ");
}

TEST(HttpServer, RefusesWhatIsNoRequest) {
  Running server(echo);
  for (const std::string bad : {
           "x\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/3.0\r\nHost: x\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", "GET x HTTP/1.1\r\nHost: x\r\n\r\n",
           "GET http://x/ HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: x\r\nno field\r\n\r\n", "GET /\x01 HTTP/1.1\r\nHost: x\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
           "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
           "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab",  // and nothing more
       }) {
    const std::string response = answer(server, bad);
    EXPECT_THAT(response, AllOf(StartsWith("HTTP/1.1 400 "), HasSubstr("Connection: close\r\n"))) << bad;
    EXPECT_THAT(response.substr(1), Not(HasSubstr("HTTP/1.1"))) << bad;
  }
  EXPECT_EQ(answer(server, ""), "");
  EXPECT_THAT(answer(server, get("/")), EndsWith("GET / "));
}

TEST(HttpServer, LimitsARequest) {
  Limits limits;
  limits.head = 2000;
  limits.body = 1000;
  std::atomic<int> handled = 0;
  Running server(
      [&](const Request& request) {
        ++handled;
        return echo(request);
      },
      limits);
  const std::string most(1000, 'x');
  EXPECT_THAT(answer(server, post("/", most)), AllOf(StartsWith("HTTP/1.1 200 "), EndsWith(most)));
  EXPECT_EQ(handled, 1);
  EXPECT_THAT(answer(server, post("/", most + "x")), StartsWith("HTTP/1.1 413 "));
  // Whoever sends it all before reading still learns why.
  EXPECT_THAT(answer(server, post("/", std::string(3'000'000, 'x'))), StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(
      answer(server, "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n" + most + "x\r\n"),
      StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(answer(server, "GET / HTTP/1.1\r\nHost: x\r\nX: " + std::string(2000, 'x') + "\r\n\r\n"),
              StartsWith("HTTP/1.1 431 "));
  EXPECT_THAT(answer(server, get("/" + std::string(100'000, 'x'))), StartsWith("HTTP/1.1 431 "));
  EXPECT_EQ(handled, 1);
}

TEST(HttpServer, TakesALongerBodyOfThoseWhoMaySendOne) {
  Limits limits;
  limits.body = 100;
  std::atomic<int> asked = 0;
  limits.longer_body = [&](const Request& head) -> std::size_t {
    ++asked;
    EXPECT_EQ(head.body, "");
    return head.header("cookie") == "guest=1" ? 1'000'000 : 0;
  };
  Running server(echo, limits);
  const auto with_cookie = [](std::size_t size) {
    return fmt::format("POST /long HTTP/1.1\r\nHost: x\r\nCookie: guest=1\r\nContent-Length: {}\r\n\r\n{}", size,
                       std::string(size, 'x'));
  };
  Client client(server);
  client.send(with_cookie(100));
  EXPECT_EQ(status_of(client.response()), 200);
  EXPECT_EQ(asked, 0) << "what is not long is nobody's business";
  client.send(with_cookie(1'000'000));
  EXPECT_EQ(body_of(client.response()), "POST /long " + std::string(1'000'000, 'x'));
  client.send(with_cookie(101));
  EXPECT_EQ(status_of(client.response()), 200) << "and the next on the same connection";
  EXPECT_THAT(answer(server, with_cookie(1'000'001)), StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(answer(server, post("/long", std::string(101, 'x'))), StartsWith("HTTP/1.1 413 "));
  EXPECT_EQ(asked, 4);
  // Who does not say how long it will be does not get more.
  EXPECT_THAT(
      answer(server, "POST / HTTP/1.1\r\nHost: x\r\nCookie: guest=1\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n" +
                         std::string(101, 'x') + "\r\n0\r\n\r\n"),
      StartsWith("HTTP/1.1 413 "));
}

// However many may send one: what is held in memory stays bounded.
TEST(HttpServer, HoldsFewLongBodiesAtATime) {
  Limits limits;
  limits.body = 100;
  limits.longer_bodies = 1;
  limits.longer_body = [](const Request&) -> std::size_t { return 1000; };
  Running server(echo, limits);
  const std::string head = "POST /long HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n";
  const std::string body(1000, 'x'), other = post("/other", std::string(101, 'y'));
  Client first(server);
  first.send(head);
  ASSERT_THAT(first.response(true), HasSubstr("100 Continue"));
  EXPECT_THAT(answer(server, other), AllOf(StartsWith("HTTP/1.1 503 "), HasSubstr("Connection: close\r\n")));
  EXPECT_EQ(status_of(answer(server, post("/short", "body"))), 200);
  first.send(body);
  EXPECT_EQ(body_of(first.response()), "POST /long " + body);
  EXPECT_EQ(status_of(answer(server, other)), 200) << "the first has been answered";
  {
    Client gone(server);
    gone.send(head);
    ASSERT_THAT(gone.response(true), HasSubstr("100 Continue"));
  }
  while (status_of(answer(server, other)) == 503) ::usleep(1000);  // until it is known to be gone
}

TEST(HttpServer, GivesLeaveToSendABody) {
  Running server(echo);
  Client client(server);
  client.send("POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.response(true), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("body");
  EXPECT_EQ(body_of(client.response()), "POST /x body");
  client.send("POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(status_of(client.response()), 413);
}

TEST(HttpServer, WaitsForNobodyForEver) {
  Limits limits;
  limits.receive = limits.linger = std::chrono::milliseconds(30);
  Running server(echo, limits);
  for (const std::string begun :
       {"", "GET / HTTP/1.1\r\n", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx"}) {
    Client slow(server);
    slow.send(begun);
    EXPECT_EQ(slow.rest(), "") << begun;  // closed, without an answer
  }
  // A byte now and then does not buy time.
  Client dribbling(server);
  while (dribbling.send("G")) ::usleep(1000);
  // After an answer too, and after a refusal, though the client keeps its side open.
  Client idle(server);
  idle.send(get("/"));
  EXPECT_THAT(idle.rest(), EndsWith("GET / "));
  Client refused(server);
  refused.send("x\r\n\r\n");
  EXPECT_EQ(status_of(refused.rest()), 400);
  while (refused.send("x")) ::usleep(1000);
}

TEST(HttpServer, SendsToNobodyForEver) {
  Limits limits;
  limits.send = std::chrono::milliseconds(30);
  limits.slowest = std::uint64_t{1} << 40;
  Running server([](const Request&) { return text_response(200, std::string(50'000'000, 'x')); }, limits);
  Client client(server);
  client.send(get("/"));
  EXPECT_EQ(status_of(client.response(true)), 200);
  server.stop();  // returns only once the connection is gone
  EXPECT_LT(client.rest().size(), 50'000'000U);
}

TEST(HttpServer, ConnectionsBeyondTheLimitWait) {
  Limits limits;
  limits.connections = 2;
  Running server(echo, limits);
  auto first = std::make_unique<Client>(server), second = std::make_unique<Client>(server);
  for (const auto& client : {first.get(), second.get()}) {
    client->send(get("/"));
    EXPECT_EQ(status_of(client->response()), 200);
  }
  Client third(server);
  third.send(get("/third"));
  first.reset();  // makes room
  EXPECT_EQ(body_of(third.response()), "GET /third ");
  for (int i = 0; i < 50; ++i) {
    second.reset();
    second = std::make_unique<Client>(server);
    second->send(get("/"));
    EXPECT_EQ(status_of(second->response()), 200);
  }
}

TEST(HttpServer, StopsWhenWhatHasBegunIsDone) {
  Limits limits;
  limits.linger = std::chrono::milliseconds(30);
  std::atomic<bool> begun = false, go_on = false;
  Running server(
      [&](const Request& request) {
        begun = true;
        begun.notify_all();
        go_on.wait(false);
        return echo(request);
      },
      limits);
  Client idle(server), half(server), busy(server);
  half.send("POST /half HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_THAT(half.response(true), HasSubstr("100 Continue"));
  busy.send(get("/busy") + get("/never"));
  begun.wait(false);
  server.begin_to_stop();
  go_on = true;
  go_on.notify_all();
  EXPECT_EQ(body_of(busy.response()), "GET /busy ");
  EXPECT_EQ(busy.rest(), "");
  EXPECT_EQ(idle.rest(), "");
  half.send("body");
  EXPECT_EQ(body_of(half.rest()), "POST /half body");
  server.stop();
  EXPECT_THROW(Client{server}, std::runtime_error);
}

// Replies that come later, from another thread, in any order: each client has its own, in the order of its requests,
// and the server waits for them before it ends.
TEST(HttpServer, ATakerRepliesLater) {
  Limits limits;
  limits.receive = limits.linger = std::chrono::milliseconds(30);  // waiting for an answer is not waiting for a request
  std::mutex mutex;
  std::vector<std::pair<std::string, Reply>> taken;
  const auto size = [&] {
    const std::scoped_lock lock(mutex);
    return taken.size();
  };
  Running server(echo, limits, [&](Request& request, const Reply& reply) {
    if (request.path.starts_with("/wait")) {
      const std::scoped_lock lock(mutex);
      taken.emplace_back(std::move(request.body), reply);
      return true;
    }
    return false;
  });
  Client one(server), two(server), gone(server);
  one.send(post("/wait/1", "first") + get("/next"));
  while (size() < 1) ::usleep(1000);
  two.send(post("/wait/2", "second"));
  gone.send(post("/wait/3", "third"));
  while (size() < 3) ::usleep(1000);
  EXPECT_EQ(body_of(answer(server, get("/meanwhile"))), "GET /meanwhile ");
  ::usleep(100'000);
  server.begin_to_stop();
  std::thread([&] {
    for (auto last = taken.rbegin(); last != taken.rend(); ++last) last->second(text_response(200, last->first));
  }).join();
  EXPECT_EQ(body_of(one.response()), "first");
  EXPECT_EQ(body_of(two.response()), "second");
  server.stop();
}

TEST(HttpServer, OutlivesATakerThatThrows) {
  Running server(echo, {}, [](Request& request, const Reply&) -> bool {
    if (request.path == "/throw") throw std::bad_alloc();
    return false;
  });
  Client client(server);
  client.send(post("/throw", "body") + get("/next"));
  EXPECT_EQ(status_of(client.response()), 500);
  EXPECT_EQ(body_of(client.response()), "GET /next ");
}

// Those who send a byte now and then, on more connections than there may be, and come again.
TEST(HttpServer, SlowClientsKeepNobodyOut) {
  Limits limits;
  limits.connections = 4;
  limits.receive = limits.linger = std::chrono::milliseconds(50);
  Running server(echo, limits);
  std::atomic<bool> enough = false;
  std::thread crowd([&] {
    std::vector<std::unique_ptr<Client>> slow(12);
    while (!enough) {
      for (auto& client : slow) {
        if (!client || !client->send("G")) client = std::make_unique<Client>(server);
      }
      ::usleep(1000);
    }
  });
  for (int i = 0; i < 5; ++i) EXPECT_EQ(body_of(answer(server, get("/in-between"))), "GET /in-between ");
  enough = true;
  crowd.join();
}

FilePart part_of(const std::string& name, std::uint64_t first, std::uint64_t size) {
  return {store::FileDescriptor(::open(name.c_str(), O_RDONLY)), first, size};
}

// As files go out: in pieces, and no more than there was when it began.
TEST(HttpServer, SendsFilesWhole) {
  const std::string name = ::testing::TempDir() + "folkmoot-file-" + std::to_string(::getpid());
  std::string content;
  for (int i = 0; i < 200'000; ++i) content += std::to_string(i);
  std::ofstream(name) << content;
  Running server([&](const Request& request) {
    Response response;
    if (request.path == "/file") response.body = part_of(name, 0, content.size());
    if (request.path == "/part") response.body = part_of(name, 300'000, 500'000);
    if (request.path == "/shorter") response.body = part_of(name, 0, content.size() + 1);
    return response;
  });
  Client client(server);
  client.send(get("/file") + "HEAD /file HTTP/1.1\r\nHost: x\r\n\r\n" + get("/file"));
  EXPECT_EQ(body_of(client.response()), content);
  EXPECT_THAT(client.response(true),
              AllOf(HasSubstr(fmt::format("Content-Length: {}\r\n", content.size())), EndsWith("\r\n\r\n")));
  EXPECT_EQ(body_of(client.response()), content);
  client.send(get("/part") + get("/empty") + get("/shorter"));
  EXPECT_EQ(body_of(client.response()), content.substr(300'000, 500'000));
  EXPECT_THAT(client.response(), AllOf(HasSubstr("Content-Length: 0\r\n"), EndsWith("\r\n\r\n")));
  EXPECT_EQ(body_of(client.rest()), content) << "a file that has become shorter ends the connection";
  ::unlink(name.c_str());
}

// RFC 9110 sections 8.6, 15.3.5 and 15.4.5: nothing follows, whatever a length would say.
TEST(HttpServer, SaysNoLengthWhereNothingMayFollow) {
  Running server([](const Request& request) { return text_response(request.path == "/204" ? 204 : 304, ""); });
  Client client(server);
  for (const std::string status : {"204", "304"}) {
    client.send(get("/" + status));
    EXPECT_THAT(client.response(), AllOf(StartsWith("HTTP/1.1 " + status), Not(HasSubstr("\nContent-"))));
  }
}

// However large the file: at the slowest rate this one would have half an hour.
TEST(HttpServer, StopsSendingAFileToWhoDoesNotRead) {
  const std::string name = ::testing::TempDir() + "folkmoot-large-" + std::to_string(::getpid());
  std::ofstream(name) << "";
  ASSERT_EQ(::truncate(name.c_str(), off_t{1} << 31), 0);  // which takes no room
  Limits limits;
  limits.send = std::chrono::milliseconds(100);
  limits.slowest = std::uint64_t{1} << 20;
  Running server(
      [&](const Request&) {
        Response response;
        response.body = part_of(name, 0, std::uint64_t{1} << 31);
        return response;
      },
      limits);
  Client client(server);
  client.send(get("/"));
  EXPECT_EQ(status_of(client.response(true)), 200);
  server.stop();  // returns only once the connection is gone
  EXPECT_LT(client.rest().size(), std::size_t{1} << 31);
  ::unlink(name.c_str());
}

TEST(HttpServer, StopsOnSignals) {
  for (const int signal : {SIGTERM, SIGINT}) {
    const auto server = HttpServer::listen("127.0.0.1:0", echo).value();
    server->stop_on_signals();
    std::thread thread([&] { server->run(); });
    ::kill(::getpid(), signal);
    thread.join();
  }
}

TEST(HttpServer, ListensWhereItIsTold) {
  const auto server = HttpServer::listen("127.0.0.1:0", echo).value();
  EXPECT_THAT(server->address(), AllOf(StartsWith("127.0.0.1:"), Not(EndsWith(":0"))));
  const auto second = HttpServer::listen(server->address(), echo);
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().message, HasSubstr(server->address() + ": cannot listen"));
  for (const char* bad : {"", ":", "80", "127.0.0.1", "127.0.0.1:", ":80", "127.0.0.1:65536", "127.0.0.1:80x", "::1:80",
                          "[127.0.0.1]:80", "[::1]", "localhost:80", "127.0.0.1:-1"}) {
    const auto refused = HttpServer::listen(bad, echo);
    ASSERT_FALSE(refused) << bad;
    EXPECT_THAT(refused.error().message, HasSubstr("not an address and port")) << bad;
  }
}

// Whatever comes in, the server is there for the next.
RC_GTEST_PROP(HttpServer, SurvivesAnyBytes, ()) {
  static Running server(echo);
  const std::vector<std::string> pieces = {"GET ",
                                           "POST ",
                                           "HEAD ",
                                           "/",
                                           " HTTP/1.1",
                                           "\r\n",
                                           "Host: x\r\n",
                                           "\r\n\r\n",
                                           "Content-Length: ",
                                           "5",
                                           "Transfer-Encoding: chunked\r\n",
                                           "0",
                                           "\n",
                                           ":",
                                           "Expect: 100-continue\r\n",
                                           "Connection: close\r\n"};
  std::string bytes;
  for (const int choice : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 300))) {
    bytes += choice < 256 ? std::string(1, static_cast<char>(choice))
                          : pieces[static_cast<std::size_t>(choice) % pieces.size()];
  }
  answer(server, bytes);
  RC_ASSERT(body_of(answer(server, get("/still-there"))) == "GET /still-there ");
}

}  // namespace
}  // namespace folkmoot::server
