// A server on a thread of its own, and a client that sends it any bytes.
#pragma once

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <thread>

#include "server/http_server.hpp"

namespace folkmoot::server::test {

class Running {
 public:
  explicit Running(Handler handler, Limits limits = {}, Taker taker = {}) {
    auto listening = HttpServer::listen("127.0.0.1:0", std::move(handler), limits, std::move(taker));
    if (!listening) throw std::runtime_error(listening.error().message);
    server_ = *std::move(listening);
    thread_ = std::thread([this] { server_->run(); });
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  ~Running() {
    if (thread_.joinable()) stop();
  }
  // Returns when everything under way has been finished.
  void stop() {
    server_->stop();
    thread_.join();
  }
  void begin_to_stop() { server_->stop(); }
  [[nodiscard]] std::string url() const { return "http://" + server_->address(); }
  [[nodiscard]] int port() const { return std::stoi(url().substr(url().rfind(':') + 1)); }

 private:
  std::unique_ptr<HttpServer> server_;
  std::thread thread_;
};

// One connection. What it reads is "" once the server has closed.
class Client {
 public:
  explicit Client(const Running& server) : Client(server.port()) {}
  // Of a server on this machine.
  explicit Client(int port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
      ::close(socket_);
      throw std::runtime_error("cannot connect");
    }
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client() { ::close(socket_); }

  // Whether all of it could be sent.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  void end() { ::shutdown(socket_, SHUT_WR); }

  // One response, by its Content-Length; `head`: one that has no body in spite of that.
  std::string response(bool head = false) {
    std::size_t end = 0;
    while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
      if (!more()) return rest();
    }
    std::size_t size = end + 4;
    constexpr std::string_view length = "Content-Length: ";
    const auto field = received_.find(length);
    if (!head && field < end) size += std::stoul(received_.substr(field + length.size()));
    while (received_.size() < size) {
      if (!more()) return rest();
    }
    std::string response = received_.substr(0, size);
    received_.erase(0, size);
    return response;
  }
  // Everything until the server closes.
  std::string rest() {
    while (more()) continue;
    return std::exchange(received_, {});
  }

 private:
  bool more() {
    char buffer[4096];
    const ssize_t got = ::recv(socket_, buffer, sizeof buffer, 0);
    if (got > 0) received_.append(buffer, static_cast<std::size_t>(got));
    return got > 0;
  }

  int socket_;
  std::string received_;
};

// What the server answers to that, and until it closes.
inline std::string answer(const Running& server, std::string_view bytes) {
  Client client(server);
  client.send(bytes);
  client.end();
  return client.rest();
}

inline std::string get(const std::string& path) { return fmt::format("GET {} HTTP/1.1\r\nHost: x\r\n\r\n", path); }
inline std::string post(const std::string& path, const std::string& body) {
  return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}
inline std::string body_of(const std::string& response) {
  const auto end = response.find("\r\n\r\n");
  return end == std::string::npos ? "" : response.substr(end + 4);
}
inline int status_of(const std::string& response) {
  return response.starts_with("HTTP/1.1 ") ? std::stoi(response.substr(9)) : 0;
}

}  // namespace folkmoot::server::test
