// Programs of a test's own, to be killed at any moment, and where they listen.
#pragma once

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace folkmoot::test {

inline int free_port() {
  const int listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  (void)::bind(listening, reinterpret_cast<sockaddr*>(&address), size);
  (void)::getsockname(listening, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(listening);
  return ntohs(address.sin_port);
}

// A program that runs until it is killed.
class Process {
 public:
  explicit Process(std::vector<std::string> command) : command_(std::move(command)) { start(); }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process() { kill(); }
  void start() {
    std::vector<char*> arguments;
    for (std::string& argument : command_) arguments.push_back(argument.data());
    arguments.push_back(nullptr);
    if (::posix_spawnp(&id_, arguments[0], nullptr, nullptr, arguments.data(), environ) != 0)
      throw std::runtime_error("cannot start " + command_[0]);
  }
  void kill() {
    if (id_ == 0) return;
    ::kill(id_, SIGKILL);
    ::waitpid(std::exchange(id_, 0), nullptr, 0);
  }
  // Asks it to end, and waits until it has. Its exit status; -1 if a signal has ended it.
  int end() {
    ::kill(id_, SIGTERM);
    int status = 0;
    ::waitpid(std::exchange(id_, 0), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  // It is there, and does nothing: what is sent to it is received by the system, and never answered.
  void stop() { ::kill(id_, SIGSTOP); }
  void go_on() { ::kill(id_, SIGCONT); }

 private:
  std::vector<std::string> command_;
  pid_t id_ = 0;  // 0: it has ended
};

inline std::string local(int port) { return fmt::format("127.0.0.1:{}", port); }

}  // namespace folkmoot::test
