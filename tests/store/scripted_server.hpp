// A server that sends exactly the bytes that a test tells it to, however wrong: what a client must survive.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <stdexcept>
#include <string>
#include <thread>

namespace folkmoot::store::test {

class ScriptedServer {
 public:
  enum After { next_request, close, silence };  // silence: until the client has closed the connection
  struct Reply {
    std::string bytes;
    After after = next_request;
  };
  // Is given each request, head and body, on the server's thread; one connection is served after the other.
  using Script = std::function<Reply(const std::string& request)>;

  explicit ScriptedServer(Script script) : script_(std::move(script)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_, any, size) != 0 || ::listen(listener_, 8) != 0 || ::getsockname(listener_, any, &size) != 0)
      throw std::runtime_error("cannot listen");
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;
  ~ScriptedServer() {
    stopping_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    if (const int connection = connection_; connection >= 0) ::shutdown(connection, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }

  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  [[nodiscard]] int connections() const { return connections_; }
  [[nodiscard]] int requests() const { return requests_; }

 private:
  void serve() {
    for (int connection; (connection = ::accept(listener_, nullptr, nullptr)) >= 0;) {
      ++connections_;
      connection_ = connection;
      if (!stopping_) converse(connection);
      connection_ = -1;
      ::close(connection);
    }
  }

  void converse(int connection) {
    std::string received;
    for (;;) {
      const std::string request = take_request(connection, received);
      if (request.empty()) return;
      ++requests_;
      const Reply reply = script_(request);
      // Who has heard enough closes; that is no error here.
      (void)::send(connection, reply.bytes.data(), reply.bytes.size(), MSG_NOSIGNAL);
      if (reply.after == close) return;
      if (reply.after == silence) {
        while (more(connection, received)) continue;
        return;
      }
    }
  }

  static bool more(int connection, std::string& received) {
    char buffer[4096];
    const ssize_t got = ::recv(connection, buffer, sizeof buffer, 0);
    if (got > 0) received.append(buffer, static_cast<std::size_t>(got));
    return got > 0;
  }

  // Empty if the client has closed.
  static std::string take_request(int connection, std::string& received) {
    std::size_t head = 0;
    while ((head = received.find("\r\n\r\n")) == std::string::npos) {
      if (!more(connection, received)) return {};
    }
    std::size_t size = head + 4;
    constexpr std::string_view length = "Content-Length: ";
    if (const auto field = received.find(length); field < head)
      size += std::stoul(received.substr(field + length.size()));
    while (received.size() < size) {
      if (!more(connection, received)) return {};
    }
    std::string request = received.substr(0, size);
    received.erase(0, size);
    return request;
  }

  Script script_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<int> connection_ = -1, connections_ = 0, requests_ = 0;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

// A response as servers should send it.
inline std::string response(const std::string& status, const std::string& body, const std::string& fields = "") {
  return "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + fields + "\r\n" + body;
}

// The first line of a request: "GET /checkpoint HTTP/1.1".
inline std::string first_line(const std::string& request) { return request.substr(0, request.find("\r\n")); }

}  // namespace folkmoot::store::test
