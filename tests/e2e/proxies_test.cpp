// What stands before the server, with TLS: the configurations of deploy/ as they are, but for ports and certificate.
#include "e2e/shell.hpp"

namespace folkmoot::e2e {
namespace {

using testing::HasSubstr;

// A server at $url with a certificate of the test's own; `look PORT` asks what is at that port what a browser would.
constexpr const char* functions = R"(
trap 'kill $(jobs -p) 2> /dev/null || true; wait' EXIT
free_port() { python3 -c 'import socket; print(socket.create_server(("127.0.0.1", 0)).getsockname()[1])'; }
start() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost -keyout key.pem -out cert.pem 2> openssl.log
  cat cert.pem key.pem > both.pem
  folkmoot org new "$FOLKMOOT/examples/cooperative.toml" --dir org --origin ledger.test.example > founded
  folkmoot serve --dir org --listen 127.0.0.1:0 --behind-proxy > said & server=$!
  while ! grep -qs http said; do kill -0 $server; sleep 0.05; done
  url=$(grep -o 'http://[^ ]*' said)
}
look() {
  fetch() { curl -s --cacert cert.pem "$@"; }
  while ! fetch -o waited "https://localhost:$1/health"; do kill -0 $proxy; sleep 0.05; done
  fetch -i "https://localhost:$1/health"
  fetch -o metrics -w 'metrics %{http_code}\n' "https://localhost:$1/metrics"
  fetch -o ledger -w 'ledger %{http_code}\n' "https://localhost:$1/ledger/checkpoint"
}
)";

class Proxies : public ::testing::Test {
 protected:
  Proxies() { shell.define("export FOLKMOOT='" + source.string() + "'\n" + functions); }
  static void expect_site(const std::string& answers) {
    EXPECT_THAT(answers, HasSubstr("HTTP/2 200"));
    EXPECT_THAT(answers, testing::ContainsRegex("strict-transport-security: max-age=63072000"));
    EXPECT_THAT(answers, HasSubstr("\r\n\r\nok\nmetrics 403\nledger 200\n"));
  }
  Shell shell;
};

TEST_F(Proxies, HAProxyTakesTheAddressThatItsCommentGives) {
  expect_site(shell.run(R"sh(
    start
    given=$(sed -n 's/^# *FOLKMOOT_BIND .*"\(:443 ssl crt [^"]*\)".*/\1/p' "$FOLKMOOT/deploy/haproxy.cfg")
    export FOLKMOOT_ONE=${url#http://} FOLKMOOT_TWO=127.0.0.1:1
    export FOLKMOOT_BIND=${given/ crt * alpn/ crt $PWD/both.pem alpn}
    haproxy -c -f "$FOLKMOOT/deploy/haproxy.cfg" > checked
    port=$(free_port)
    export FOLKMOOT_BIND=127.0.0.1${FOLKMOOT_BIND/:443/:$port}
    haproxy -db -f "$FOLKMOOT/deploy/haproxy.cfg" > haproxy.log 2>&1 & proxy=$!
    look $port)sh"));
  EXPECT_THAT(read(shell / "checked"), HasSubstr("Configuration file is valid"));
}

TEST_F(Proxies, NginxStandsBeforeOneNode) {
  expect_site(shell.run(R"(
    start
    plain=$(free_port) port=$(free_port)
    sed -e "s|/etc/letsencrypt/live/[^/]*/fullchain.pem|$PWD/cert.pem|; s|/etc/letsencrypt/live/[^/]*/privkey.pem|$PWD/key.pem|" \
      -e "s|127.0.0.1:8080|${url#http://}|; /listen \[::\]/d" \
      -e "s|listen 80;|listen 127.0.0.1:$plain;|; s|listen 443 |listen 127.0.0.1:$port |" \
      "$FOLKMOOT/deploy/nginx.conf" > site.conf
    echo "pid $PWD/nginx.pid; daemon off; error_log $PWD/nginx.log; events {} http { include $PWD/site.conf; }" > nginx.conf
    nginx -t -q -c "$PWD/nginx.conf"
    nginx -c "$PWD/nginx.conf" & proxy=$!
    look $port
    curl -s -i "http://localhost:$plain/vote/a?b" > redirected)"));
  EXPECT_THAT(read(shell / "redirected"), HasSubstr("Location: https://localhost/vote/a?b\r\n"));
}

}  // namespace
}  // namespace folkmoot::e2e
