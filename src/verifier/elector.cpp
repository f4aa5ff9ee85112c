// folkmoot-verify elector PROOF: that a member was among those who were frozen for an election or a petition.
#include "charter/elector_proof.hpp"
#include "verifier/commands.hpp"
#include "verifier/place.hpp"

namespace folkmoot::verifier {
namespace {

struct Arguments {
  std::string proof;
  std::string root;
  std::uint64_t size = 0;
};

Result<int> verify(const Arguments& arguments, const Console& console) {
  const std::string text = TRY(read_file(arguments.proof));
  const std::string_view line = std::string_view(text).substr(0, text.find('\n'));
  const auto proof = TRY(in(arguments.proof, charter::read_elector_proof(line)));
  merkle::TreeHead electorate{arguments.size, {}};
  TRY(in("--root", from_hex(arguments.root, electorate.root)));
  const Status valid = charter::verify(proof, electorate);
  if (!valid) {
    console.out << fmt::format("INVALID. {}\n", valid.error().message);
    return Exit::invalid;
  }
  console.out << fmt::format(
      "VALID. {} was among those who were frozen for {}, with a weight of {}: number {} of {}.\n", proof.entry.member,
      proof.of, proof.entry.weight, proof.index + 1, arguments.size);
  return Exit::valid;
}

}  // namespace

void add_elector(CLI::App& app, const Console& console, Action& action) {
  CLI::App& command = *app.add_subcommand(
      "elector",
      "a member's proof of having been on a frozen electorate, or among those who may sign a petition\n\n"
      "Root and size are those of the act election.freeze or petition.freeze. Exits with 0 if it is valid, 1 if it is "
      "not, 3 if it was "
      "called wrongly or the file cannot be read.");
  const auto arguments = std::make_shared<Arguments>();
  command.add_option("PROOF", arguments->proof, "as `folkmoot roll proof` gives it")->required();
  command.add_option("--root", arguments->root, "64 hexadecimal digits")->required();
  command.add_option("--size", arguments->size, "how many electors there are")->required();
  command.callback([=, &console, &action] { action = [=, &console] { return verify(*arguments, console); }; });
}

}  // namespace folkmoot::verifier
