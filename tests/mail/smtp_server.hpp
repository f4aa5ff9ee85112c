// A real SMTP server of the test's own: tests/mail/smtp_server.py on Debian's python3-aiosmtpd.
#pragma once

#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace folkmoot::mail::test {

namespace fs = std::filesystem;

class SmtpServer {
 public:
  explicit SmtpServer(bool refuses_sender = false) {
    std::string name = (fs::temp_directory_path() / "folkmoot-smtp-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
    start(refuses_sender);
  }
  SmtpServer(const SmtpServer&) = delete;
  SmtpServer& operator=(const SmtpServer&) = delete;
  ~SmtpServer() {
    stop();
    fs::remove_all(folder_);
  }

  void stop() {
    if (process_ == 0) return;
    ::close(input_);
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = 0;
  }
  [[nodiscard]] std::string url() const { return "smtp://127.0.0.1:" + port_; }

  // The mails that it has taken, in order.
  [[nodiscard]] std::vector<std::string> mails() const {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder_)) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<std::string> mails;
    for (const fs::path& file : files) {
      std::ifstream stream(file);
      mails.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
    }
    return mails;
  }

 private:
  void start(bool refuses_sender) {
    std::array<int, 2> in{}, out{};
    if (::pipe(in.data()) != 0 || ::pipe(out.data()) != 0) throw std::runtime_error("no pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    for (const int end : {in[0], in[1], out[0], out[1]}) posix_spawn_file_actions_addclose(&actions, end);
    std::string python = "/usr/bin/python3", script = FOLKMOOT_SOURCE_DIR "/tests/mail/smtp_server.py";
    std::string folder = folder_.string(), refuse = "refuse";
    std::array<char*, 5> arguments{python.data(), script.data(), folder.data(),
                                   refuses_sender ? refuse.data() : nullptr, nullptr};
    if (::posix_spawn(&process_, python.c_str(), &actions, nullptr, arguments.data(), environ) != 0) {
      throw std::runtime_error("python3 did not start");
    }
    posix_spawn_file_actions_destroy(&actions);
    ::close(in[0]);
    ::close(out[1]);
    input_ = in[1];
    char digit = 0;
    while (::read(out[0], &digit, 1) == 1 && digit != '\n') port_ += digit;
    ::close(out[0]);
    if (port_.empty()) throw std::runtime_error("the SMTP server did not start: is python3-aiosmtpd installed?");
  }

  fs::path folder_;
  std::string port_;
  pid_t process_ = 0;
  int input_ = -1;
};

}  // namespace folkmoot::mail::test
