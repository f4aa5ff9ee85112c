#include "server/log_files.hpp"

#include <sys/stat.h>

#include <fstream>

#include "client.hpp"
#include "ledger/policy.hpp"
#include "ledger/replay.hpp"
#include "ledger/support.hpp"
#include "store/http_source.hpp"
#include "store/ledger_files.hpp"

namespace folkmoot::server {
namespace {

namespace fs = std::filesystem;
using namespace test;
using namespace ledger;
using namespace ledger::test;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;

struct LogFilesTest : ::testing::Test {
  fs::path folder = fs::path(::testing::TempDir()) / fmt::format("folkmoot-log-files-{}", ::getpid());
  LogFilesTest() {
    fs::remove_all(folder);
    fs::create_directories(folder / "log");
  }
  ~LogFilesTest() override { fs::remove_all(folder); }
};

TEST_F(LogFilesTest, FollowsNoLinksAndLeadsNowhereElse) {
  const auto write = [&](const fs::path& file) {
    fs::create_directories(file.parent_path());
    std::ofstream(file) << "a secret";
  };
  const auto status = [&](std::string_view name) {
    return file_response(folder / "log", name, "text/plain", "").status;
  };
  write(folder / "secret");
  write(folder / "secrets" / "one");
  write(folder / "log" / "tile" / "0" / "000");
  fs::create_symlink(folder / "secret", folder / "log" / "checkpoint");
  fs::create_symlink("000", folder / "log" / "tile" / "0" / "001");
  fs::create_directory_symlink(folder / "secrets", folder / "log" / "published");
  EXPECT_EQ(status("tile/0/000"), 200);
  for (const std::string& name :
       {std::string("checkpoint"), std::string("published/one"), std::string("../secret"),
        std::string("tile/../../secret"), std::string("tile/0/001"), std::string("/tile/0/000"),
        std::string("tile//0/000"), std::string("./tile/0/000"), std::string("tile/0"), std::string("tile/0/000/"),
        std::string(), std::string("tile/0/000\0", 11), std::string(5000, 'a'), (folder / "secret").string()}) {
    EXPECT_EQ(status(name), 404) << name;
  }
  fs::create_directory_symlink(folder / "log", folder / "elsewhere");
  EXPECT_EQ(file_response(folder / "elsewhere", "tile/0/000", "text/plain", "").status, 200) << "the folder may be one";
}

TEST_F(LogFilesTest, AStrangerVerifiesTheLogOverHttp) {
  {
    const auto files = need(store::LedgerFiles::open(folder / "log"));
    make_log(*files, 70'000, 20'000);
  }
  const Running server(log_files(folder / "log"));
  const store::HttpSource source(server.url());
  const Bytes note = need(source.read("checkpoint", 1 << 20)).value();
  const Policy policy = need(Policy::parse(fmt::format("log {}\nquorum none\n", log_signer().key.to_text())));
  const auto verified = need(verify_checkpoint(policy, text_of(note)));
  ASSERT_EQ(verified.checkpoint.head.size, 70'000U);
  RightEdge edge;
  std::uint64_t count = 0;
  need(replay(source, edge, verified.checkpoint.head, [&](std::uint64_t index, ByteView bytes) -> Status {
    const Bytes expected = entry(index);
    if (!std::ranges::equal(bytes, expected)) return fail("entry {}", index);
    ++count;
    return {};
  }));
  EXPECT_EQ(count, 70'000U);
}

TEST_F(LogFilesTest, SaysWhatAFileIsAndHowLongItLasts) {
  {
    const auto files = need(store::LedgerFiles::open(folder / "log"));
    make_log(*files, 300);
  }
  const Running server(log_files(folder / "log"));
  const std::string checkpoint = answer(server, get("/checkpoint"));
  EXPECT_THAT(checkpoint,
              AllOf(HasSubstr("Content-Type: text/plain; charset=utf-8\r\n"), HasSubstr("Cache-Control: no-cache\r\n"),
                    HasSubstr("\r\n\r\nledger.example/moot\n300\n")));
  for (const std::string tile : {"/tile/0/000", "/tile/0/001.p/44", "/tile/1/000.p/1", "/tile/entries/000"}) {
    const std::string response = answer(server, get(tile));
    EXPECT_THAT(response, AllOf(HasSubstr("HTTP/1.1 200"), HasSubstr("Content-Type: application/octet-stream\r\n"),
                                HasSubstr("immutable\r\n")));
    std::ifstream file(folder / "log" / tile.substr(1), std::ios::binary);
    EXPECT_EQ(body_of(response), std::string(std::istreambuf_iterator<char>(file), {})) << tile;
  }
  Client client(server);
  client.send("HEAD /tile/0/000 HTTP/1.1\r\nHost: x\r\n\r\n" + get("/tile/0/002"));
  EXPECT_THAT(client.response(true), AllOf(HasSubstr("Content-Length: 8192\r\n"), EndsWith("\r\n\r\n")));
  EXPECT_EQ(status_of(client.response()), 404);
  // A large file that was published is downloaded in parts, and a checkpoint only when there is a new one.
  client.send("GET /tile/0/000 HTTP/1.1\r\nHost: x\r\nRange: bytes=8000-\r\n\r\n");
  EXPECT_THAT(client.response(), AllOf(HasSubstr("206 Partial Content"),
                                       HasSubstr("Content-Range: bytes 8000-8191/8192"), HasSubstr("immutable\r\n")));
  constexpr std::string_view name = "ETag: ";
  const std::size_t tag = checkpoint.find(name) + name.size();
  const std::string asking = "GET /checkpoint HTTP/1.1\r\nHost: x\r\nIf-None-Match: " +
                             checkpoint.substr(tag, checkpoint.find("\r\n", tag) - tag) + "\r\n\r\n";
  client.send(asking);
  EXPECT_EQ(status_of(client.response()), 304);
  {
    std::ofstream(folder / "log" / "new") << "another checkpoint\n";
    fs::rename(folder / "log" / "new", folder / "log" / "checkpoint");
  }
  client.send(asking);
  EXPECT_EQ(body_of(client.response()), "another checkpoint\n");
  EXPECT_THAT(answer(server, post("/checkpoint", "mine")), AllOf(HasSubstr("405"), HasSubstr("Allow: GET, HEAD\r\n")));
}

TEST_F(LogFilesTest, ServesNothingElse) {
  {
    const auto files = need(store::LedgerFiles::open(folder / "log"));
    make_log(*files, 300);
  }
  std::ofstream(folder / "secret") << "secret";
  std::ofstream(folder / "log" / "tile" / "secret") << "secret";
  std::ofstream(folder / "log" / "checkpoint.new") << "secret";
  fs::create_directories(folder / "log" / "tile" / "0" / "777");
  ASSERT_EQ(::mkfifo((folder / "log" / "tile" / "0" / "778").c_str(), 0600), 0);
  const Running server(log_files(folder / "log"));
  ASSERT_TRUE(fs::exists(folder / "log" / "journal") && fs::exists(folder / "log" / "lock"));
  for (const std::string path : {"/",
                                 "//",
                                 "/journal",
                                 "/lock",
                                 "/checkpoint.new",
                                 "/checkpoint/",
                                 "//checkpoint",
                                 "/./checkpoint",
                                 "/../secret",
                                 "/tile",
                                 "/tile/",
                                 "/tile/secret",
                                 "/tile/../checkpoint",
                                 "/tile/0/../../../secret",
                                 "/tile/0/../0/000",
                                 "/tile/..%2f..%2fsecret",
                                 "/%2e%2e/secret",
                                 "/..%2fsecret",
                                 "/%63heckpoint",
                                 "/..\\secret",
                                 "/tile/0/000/",
                                 "/tile/0//000",
                                 "/tile/00/000",
                                 "/tile/0/000.p/256",
                                 "/tile/0/x000/000",
                                 "/tile/0/777",
                                 "/tile/0/778",
                                 "/tile/0/000%00",
                                 "/checkpoint%00.txt"}) {
    const std::string response = answer(server, get(path));
    EXPECT_EQ(status_of(response), 404) << path;
    EXPECT_EQ(body_of(response), "not found\n") << path;
  }
}

}  // namespace
}  // namespace folkmoot::server
