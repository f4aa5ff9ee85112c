// Runs the released programs as their users do: by shell commands, in a folder of its own.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace folkmoot::e2e {

namespace fs = std::filesystem;

inline const fs::path source = FOLKMOOT_SOURCE_DIR;
inline const fs::path programs = FOLKMOOT_BINARY_DIR "/bin";
inline const fs::path shared = FOLKMOOT_SOURCE_DIR "/../shared";

inline std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(file), {}};
}

class Shell {
 public:
  Shell() {
    std::string name = (fs::temp_directory_path() / "folkmoot-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
  }
  Shell(const Shell&) = delete;
  Shell& operator=(const Shell&) = delete;
  ~Shell() { fs::remove_all(folder_); }

  [[nodiscard]] const fs::path& folder() const { return folder_; }
  [[nodiscard]] fs::path operator/(std::string_view name) const { return folder_ / name; }
  void write(std::string_view name, std::string_view content) const {
    std::ofstream(folder_ / name, std::ios::binary) << content;
  }

  // Shell functions for all commands that are run from now on.
  void define(std::string_view functions) { functions_ = functions; }

  // Runs the commands in the folder, with the programs on the path; they stop at the first that fails. Gives the exit
  // status.
  int status(const std::string& commands) {
    // Outside of the folder, which belongs to the commands.
    const std::string script = folder_.string() + ".sh";
    std::ofstream(script) << "set -euo pipefail\nexport BELENIOS_USE_URANDOM=1\nexport PATH='" << programs.string()
                          << "':\"$PATH\"\ncd '" << folder_.string() << "'\n"
                          << functions_ << commands << "\n";
    const int result =
        std::system(("bash '" + script + "' > '" + script + ".out' 2> '" + script + ".err' < /dev/null").c_str());
    out_ = read(script + ".out");
    err_ = read(script + ".err");
    for (const char* extension : {"", ".out", ".err"}) fs::remove(script + extension);
    return WIFEXITED(result) ? WEXITSTATUS(result) : -1;
  }
  // The same for commands that must succeed; gives what they print.
  std::string run(const std::string& commands) {
    const int result = status(commands);
    if (result != 0) throw std::runtime_error("status " + std::to_string(result) + "\n" + out_ + err_);
    return out_;
  }
  [[nodiscard]] const std::string& out() const { return out_; }
  [[nodiscard]] const std::string& err() const { return err_; }

 private:
  fs::path folder_;
  std::string functions_, out_, err_;
};

}  // namespace folkmoot::e2e
