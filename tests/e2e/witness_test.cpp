// A witness as its operator runs it.
#include "shell.hpp"

namespace folkmoot::e2e {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

// `ask REQUEST-LINE`: the answer of the witness that listens at $port; `start`: sets $port and $pid.
constexpr const char* functions = R"(
start() {
  folkmoot witness --dir w --listen 127.0.0.1:0 > said & pid=$!
  while ! grep -q http said; do kill -0 $pid; sleep 0.05; done
  port=$(sed 's/.*://' said)
}
ask() {
  exec 3<> /dev/tcp/127.0.0.1/$port
  printf '%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n' "$1" >&3
  cat <&3
}
)";

TEST(WitnessProgram, IsMadeAndServesUntilItIsStopped) {
  Shell shell;
  shell.define(functions);
  EXPECT_THAT(
      shell.run("folkmoot witness --dir w --new witness.example/w; stat -c %a w/key"),
      MatchesRegex("Made a witness.*\nwitness\\.example/w\\+[0-9a-f]{8}\\+B[A-Za-z0-9+/=]{43}\n.*w/logs.*\n600\n"));
  EXPECT_EQ(shell.status("folkmoot witness --dir w --new other"), 1);
  EXPECT_THAT(shell.err(), HasSubstr("is there already"));

  shell.run(R"(
    start
    ask 'GET /nothing' > 404; ask 'POST /add-checkpoint' > 400
    ! folkmoot witness --dir w --listen 127.0.0.1:0 2> locked
    kill -TERM $pid; wait $pid)");
  EXPECT_THAT(read(shell / "said"), HasSubstr("witness.example/w watches 0 logs at http://127.0.0.1:"));
  EXPECT_THAT(read(shell / "404"), HasSubstr("HTTP/1.1 404 Not Found"));
  EXPECT_THAT(read(shell / "400"), HasSubstr("HTTP/1.1 400 Bad Request"));
  EXPECT_THAT(read(shell / "locked"), HasSubstr("open elsewhere"));
}

TEST(WitnessProgram, DoesNotRunOnADamagedRecord) {
  Shell shell;
  shell.run(R"(
    folkmoot witness --dir w --new witness.example/w
    echo 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k' > w/logs
    record=w/records/$(printf %s example.com/foo | sha256sum | cut -d ' ' -f 1)
    mkdir -p $record
    echo damaged > $record/checkpoint)");
  EXPECT_EQ(shell.status("folkmoot witness --dir w --listen 127.0.0.1:0"), 1);
  EXPECT_THAT(shell.err(), HasSubstr("/checkpoint: "));
  EXPECT_EQ(shell.status("rm -r w/records; folkmoot witness --dir w --listen nowhere"), 1);
  EXPECT_THAT(shell.err(), HasSubstr("nowhere: not an address and port"));
}

}  // namespace
}  // namespace folkmoot::e2e
