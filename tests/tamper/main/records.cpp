// tamper_records DIR: the suite's records as files, for other verifiers to judge (tests/oracle does).
//
// Each is NNN-NAME.bel, with NNN-NAME.expect beside it: the verdict (valid, invalid), then the ids of the checks that
// must fail. NNN-NAME.earlier.bel, where there is one, is an earlier copy that the record is to be compared with.
// NNN-NAME.strict.json is its supplement, of which the third and fourth line of NNN-NAME.expect say the same.
#include <fmt/format.h>

#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "tamper/forgery.hpp"
#include "tamper/strict_attacks.hpp"

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
    write(folder / (name + ".strict.json"), sample(kind).supplement);
    write(folder / (name + ".expect"), "valid\n\nvalid\n\n");
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
  // Rankings that no device makes: good ballots, which the profile's report remarks upon.
  const Sample& ranking = sample(Kind::ranking);
  for (const auto& [what, raw] :
       {std::pair("other padding", Insider::Raw::other_padding), std::pair("excess bits", Insider::Raw::excess_bits)}) {
    const std::string name = file_name(++number, fmt::format("a ranking encoded with {}", what));
    const std::string record = ranking.insider->record_with(1, ranking.insider->raw_ballot(1, raw));
    write(folder / (name + ".bel"), record);
    write(folder / (name + ".strict.json"), ranking.insider->supplement(record, ranking.supplement));
    write(folder / (name + ".expect"), "valid\n\nvalid\n\n");
  }
  for (const auto& attacks : {act_attacks(), head_attacks()}) {
    for (const StrictAttack& attack : attacks) {
      const std::string name = file_name(++number, attack.name);
      StrictForgery forgery(sample(attack.kind));
      attack.forge(forgery);
      write(folder / (name + ".bel"), forgery.bytes());
      write(folder / (name + ".strict.json"), forgery.supplement);
      const std::string_view verdict = attack.checks.empty() ? "valid" : "invalid";
      write(folder / (name + ".expect"),
            fmt::format("{}\n{}\ninvalid\n{}\n", verdict, attack.checks, attack.strict_checks));
    }
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
