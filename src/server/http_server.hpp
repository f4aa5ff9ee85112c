// A server of HTTP/1.1 (RFC 9112) that hostile clients may talk to.
#pragma once

#include <chrono>
#include <memory>

#include "server/http.hpp"

namespace folkmoot::server {

struct Limits {
  std::size_t head = std::size_t{16} << 10;  // bytes of a request before its body; more is answered 431
  std::size_t body = std::size_t{64} << 10;  // bytes; more is answered 413
  // Of a request that announces a longer body, before any of that is read: how long it may be, by its head. Called as
  // the handler is. Such a body may take as long as it does at `slowest_body`.
  std::function<std::size_t(const Request& head)> longer_body = {};
  std::uint64_t slowest_body = std::uint64_t{64} << 10;  // bytes a second
  // So many of them at the same time, each until it has been answered; more are answered 503.
  std::size_t longer_bodies = 4;
  std::size_t connections = 500;  // at the same time; more wait until one of these ends
  std::size_t workers = 1;        // threads on which the handler is called
  // After that a connection is closed: waiting for a whole request, since the last was answered; sending a response,
  // or a piece of a file, besides the time that its size takes at the slowest rate; waiting for the client to close a
  // connection that we have done with, so that it reads our last response before it learns that we read no more.
  std::chrono::milliseconds receive = std::chrono::seconds(30);
  std::chrono::milliseconds send = std::chrono::seconds(30);
  std::chrono::milliseconds linger = std::chrono::seconds(2);
  std::uint64_t slowest = std::uint64_t{8} << 10;  // bytes a second
};

class HttpServer {
 public:
  // Listens at "127.0.0.1:8080" or "[::1]:8080"; port 0 is any that is free. Requests wait for run(). Fails if the
  // address is none, or cannot be listened at. What `taker` has taken it replies to before run() returns.
  static Result<std::unique_ptr<HttpServer>> listen(std::string_view address, Handler handler, Limits limits = {},
                                                    Taker taker = {});
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  // Where it listens, in the same form, with the port that it really is.
  [[nodiscard]] const std::string& address() const;

  // Reads requests and sends answers, on the caller's thread, until it has been stopped; the workers find the answers,
  // but for those of the taker.
  void run();

  // Takes no more requests, finishes those that have begun, each within its time, and then run() returns. From any
  // thread, at any time.
  void stop();
  // SIGTERM or SIGINT then does that. A second one ends the process.
  void stop_on_signals();

 private:
  struct Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace folkmoot::server
