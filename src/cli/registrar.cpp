// folkmoot registrar: credentials for those on the roll.
#include <ostream>

#include "cli/commands.hpp"
#include "service/ballot_paper.hpp"
#include "service/registrar.hpp"

namespace folkmoot::cli {
namespace {

struct Credentials {
  std::string roll;
  std::string paper;
  std::string uuid;
  std::string group = "Ed25519";
  std::string folder;
};

Result<int> make_credentials(const Credentials& arguments, Console& console) {
  std::string uuid = arguments.uuid;
  std::string group = arguments.group;
  if (!arguments.paper.empty()) {
    const std::string text = TRY(service::read_file(arguments.paper));
    const auto paper = TRY(in(arguments.paper, service::read_ballot_paper(text)));
    if (paper.uuid.empty()) return fail("{}: has no uuid yet: the returning officer drafts it first", arguments.paper);
    uuid = paper.uuid;
    group = paper.group;
  }
  std::string csv = TRY(service::read_file(arguments.roll));
  const auto roll = charter::read_roll(std::move(csv));
  if (!roll) return fail("{}: the roll cannot be used:\n{}", arguments.roll, charter::describe(roll.error()));
  for (const std::string& column : roll->ignored_columns) say(console.err, "Ignoring the column \"{}\".", column);
  const auto made = TRY(service::make_credentials(*roll, uuid, group, arguments.folder, progress_on(console)));
  say(console.out, "Made credentials for {} voters{}, election {}.", made.voters,
      made.weighted ? fmt::format(" with a weight of {} in all", made.total_weight) : "", uuid);
  say(console.out, "Give {}/public_creds.json to the returning officer (SHA-256 {}).", arguments.folder, made.hash);
  say(console.out, "Keep {}/private to yourself: letters come from mail-merge.csv.", arguments.folder);
  return Exit::done;
}

void define_credentials(CLI::App& command, Credentials& arguments) {
  command
      .add_option("ROLL", arguments.roll, "the roll in CSV: columns id or number, name, email, weight, in any order")
      ->required();
  auto* paper = command.add_option("--election", arguments.paper, "the drafted ballot paper, which names the election");
  auto* uuid = command.add_option("--uuid", arguments.uuid, "or the election's uuid");
  CLI::Option_group& which = *command.add_option_group("election");
  which.add_options(paper, uuid);
  which.require_option(1);
  command.add_option("--group", arguments.group, "with --uuid: Ed25519 (unless given), BELENIOS-2048 or RFC-3526-2048")
      ->needs(uuid);
  command.add_option("--out", arguments.folder, "the registrar's folder, to be made")->required();
}

}  // namespace

void add_registrar(CLI::App& app, Action& action) {
  CLI::App& registrar = *app.add_subcommand("registrar", "credentials for those on the roll");
  registrar.require_subcommand(1);
  add_command<Credentials>(registrar, action, "credentials", "make a credential for each voter on the roll",
                           define_credentials, make_credentials);

  struct Recover {
    std::string folder, voter;
  };
  add_command<Recover>(
      registrar, action, "recover", "print the credential of a voter who has lost it",
      [](CLI::App& command, Recover& arguments) {
        command.add_option("FOLDER", arguments.folder, "the registrar's folder")->required();
        command.add_option("VOTER", arguments.voter, "the voter's id on the roll")->required();
      },
      [](const Recover& arguments, Console& console) -> Result<int> {
        const auto credential = TRY(service::recover_credential(arguments.folder, arguments.voter));
        say(console.out, "{}", credential.view());
        return Exit::done;
      });

  struct Check {
    std::string folder, record;
  };
  add_command<Check>(
      registrar, action, "check", "check that the record's list of credentials is exactly the one made",
      [](CLI::App& command, Check& arguments) {
        command.add_option("FOLDER", arguments.folder, "the registrar's folder")->required();
        command.add_option("RECORD", arguments.record, "the election's record")->required();
      },
      [](const Check& arguments, Console& console) -> Result<int> {
        TRY(service::check_published_credentials(arguments.folder, arguments.record));
        say(console.out, "The record has exactly the credentials made here.");
        return Exit::done;
      });
}

}  // namespace folkmoot::cli
