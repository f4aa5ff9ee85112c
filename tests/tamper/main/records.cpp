// tamper_records DIR: the suite's records as files, for other verifiers to judge (tests/oracle does).
//
// Each is NNN-NAME.bel, with NNN-NAME.expect beside it: the verdict (valid, invalid), then the ids of the checks that
// must fail. NNN-NAME.earlier.bel, where there is one, is an earlier copy that the record is to be compared with.
#include <fmt/format.h>

#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "tamper/forgery.hpp"

namespace folkmoot::tamper {
namespace {

namespace fs = std::filesystem;

void write(const fs::path& file, std::string_view bytes) {
  std::ofstream out(file, std::ios::binary);
  out << bytes;
  if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
}

std::string file_name(std::size_t number, std::string_view name) {
  std::string out = fmt::format("{:03}-{}", number, name);
  for (char& c : out) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '-') c = '_';
  }
  return out;
}

void write_all(const fs::path& folder) {
  std::size_t number = 0;
  for (const Kind kind : {Kind::choice, Kind::weighted, Kind::lists, Kind::ranking, Kind::threshold}) {
    const std::string name = file_name(++number, fmt::format("good {}", tamper::name(kind)));
    write(folder / (name + ".bel"), sample(kind).record);
    write(folder / (name + ".expect"), "valid\n");
  }
  for (const Attack& attack : all_attacks()) {
    if (attack.groups == Attack::Groups::only_2048_bits) continue;
    const std::string name = file_name(++number, attack.name);
    Forgery forgery(sample(attack.kind));
    attack.forge(forgery);
    write(folder / (name + ".bel"), forgery.bytes());
    write(folder / (name + ".expect"), fmt::format("invalid\n{}\n", attack.checks));
    if (attack.against) write(folder / (name + ".earlier.bel"), sample(attack.kind).record);
  }
}

}  // namespace
}  // namespace folkmoot::tamper

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: tamper_records DIR\n";
    return 3;
  }
  try {
    std::filesystem::create_directories(argv[1]);
    folkmoot::tamper::write_all(argv[1]);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
