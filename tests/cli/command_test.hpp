// Runs commands as their users do, in a folder that goes with the test.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "cli/app.hpp"

namespace folkmoot::cli {

namespace fs = std::filesystem;

struct CommandTest : testing::Test {
  CommandTest() {
    std::string name = (fs::temp_directory_path() / "folkmoot-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder = name;
  }
  ~CommandTest() override { fs::remove_all(folder); }

  // Runs `folkmoot ARGUMENTS…`; gives its status and keeps what it printed.
  int folkmoot(std::vector<std::string> arguments, const std::string& input = "") {
    arguments.insert(arguments.begin(), "folkmoot");
    std::vector<const char*> argv;
    for (const std::string& argument : arguments) argv.push_back(argument.c_str());
    std::istringstream in(input);
    std::ostringstream out_stream, err_stream;
    Console console{in, out_stream, err_stream};
    const int status = run(static_cast<int>(argv.size()), argv.data(), console);
    out = out_stream.str();
    err = err_stream.str();
    return status;
  }
  std::string write(const std::string& name, const std::string& text) {
    std::ofstream(folder / name) << text;
    return (folder / name).string();
  }
  std::string path(const std::string& name) { return (folder / name).string(); }
  std::string read(const std::string& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  // The only file of a folder with that extension.
  std::string only(const std::string& name, const std::string& extension) {
    for (const auto& entry : fs::directory_iterator(folder / name)) {
      if (entry.path().extension() == extension) return entry.path().string();
    }
    return "";
  }

  fs::path folder;
  std::string out, err;
};

}  // namespace folkmoot::cli
