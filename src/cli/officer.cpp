// folkmoot officer: the returning officer runs an election.
#include <ostream>

#include "cli/commands.hpp"
#include "service/ceremony.hpp"
#include "service/declaration.hpp"
#include "service/officer.hpp"
#include "service/pattern.hpp"
#include "service/read.hpp"
#include "service/record_log.hpp"
#include "service/settings.hpp"

namespace folkmoot::cli {
namespace {

Result<service::BallotPaper> read_paper(const std::string& file) {
  const std::string text = TRY(service::read_file(file));
  return in(file, service::read_ballot_paper(text));
}

struct OnRecord {
  std::string record;
};
void define_record(CLI::App& command, OnRecord& arguments) {
  command.add_option("RECORD", arguments.record, "the election's record")->required();
}
struct OnRecordWithFiles : OnRecord {
  std::vector<std::string> files;
};

Result<int> ceremony(const std::string& folder, Console& console) {
  using Waiting = service::CeremonyStage::Waiting;
  const auto stage = TRY(service::advance_ceremony(folder));
  switch (stage.waiting) {
    case Waiting::certificates:
      say(console.out, "Waiting for trustees {} to join.", fmt::join(stage.missing, ", "));
      break;
    case Waiting::commitments:
      say(console.out, "All have joined. Waiting for the commitments of trustees {}.", fmt::join(stage.missing, ", "));
      break;
    case Waiting::polynomials:
      say(console.out, "All have committed themselves. Waiting for the polynomials of trustees {}.",
          fmt::join(stage.missing, ", "));
      break;
    case Waiting::shares:
      say(console.out, "All polynomials are good. Waiting for the shares of trustees {}.",
          fmt::join(stage.missing, ", "));
      break;
    case Waiting::nobody:
      say(console.out, "The key is made: {}/threshold.json. Each trustee keeps their decryption-key-N.dkey.", folder);
      break;
  }
  return Exit::done;
}

void add_setup(CLI::App& officer, Action& action) {
  struct Draft {
    std::string paper, group = "Ed25519", out;
    std::size_t voters = 0;
  };
  add_command<Draft>(
      officer, action, "draft", "check a ballot paper and give it the uuid of a new election",
      [](CLI::App& command, Draft& arguments) {
        command.add_option("PAPER", arguments.paper, "the ballot paper in JSON: docs/tour.md shows one")->required();
        command.add_option("--group", arguments.group, "Ed25519 (unless given), BELENIOS-2048 or RFC-3526-2048");
        command.add_option("--out", arguments.out, "the drafted paper, for registrar and trustees: a new file")
            ->required();
        command.add_option("--voters", arguments.voters,
                           "how many may vote: tells how many rankings can be told apart, against a voter being told "
                           "to mark their paper");
      },
      [](const Draft& arguments, Console& console) -> Result<int> {
        auto written = TRY(read_paper(arguments.paper));
        const auto paper =
            TRY(in(arguments.paper, service::draft(std::move(written), arguments.group, secret::Random::system())));
        TRY(service::write_file(arguments.out, json::to_text(paper) + "\n"));
        say(console.out, "Election {}.", paper.uuid);
        for (const service::Contest& contest : paper.contests) {
          if (arguments.voters > 0) console.out << service::describe_pattern(contest, arguments.voters);
        }
        return Exit::done;
      });

  struct Ceremony {
    std::string folder;
  };
  add_command<Ceremony>(
      officer, action, "ceremony", "do what is due in the making of a threshold key, and say who is waited for",
      [](CLI::App& command, Ceremony& arguments) {
        command.add_option("CEREMONY", arguments.folder, "the public folder of the ceremony")->required();
      },
      [](const Ceremony& arguments, Console& console) { return ceremony(arguments.folder, console); });

  struct Open {
    std::string paper, credentials, folder;
    std::vector<std::string> trustees;
    bool version_1 = false;
  };
  add_command<Open>(
      officer, action, "open", "open an election: begin its record",
      [](CLI::App& command, Open& arguments) {
        command.add_option("PAPER", arguments.paper, "the drafted ballot paper")->required();
        command
            .add_option("--trustee", arguments.trustees,
                        "a trustee's .pubkey, or a ceremony's threshold.json; in the order of their numbers")
            ->required()
            ->type_name("FILE...");
        command.add_option("--credentials", arguments.credentials, "the registrar's public_creds.json")->required();
        command.add_option("--out", arguments.folder, "the public folder of the election")->required();
        command.add_flag("--version-1", arguments.version_1,
                         "without the strict profile: for trustees who work with other tools");
      },
      [](const Open& arguments, Console& console) -> Result<int> {
        const auto paper = TRY(read_paper(arguments.paper));
        const auto trustees =
            TRY(service::assemble_trustees(paper.group, {arguments.trustees.begin(), arguments.trustees.end()}));
        std::string credentials = TRY(service::read_file(arguments.credentials));
        if (credentials.ends_with('\n')) credentials.pop_back();
        const auto profile = arguments.version_1 ? service::Profile::version_1 : service::Profile::strict;
        const auto opened = TRY(service::open_election(paper, trustees, credentials, arguments.folder, profile));
        say(console.out, "Open: {}, for {} voters.", opened.record.string(), opened.voters);
        say(console.out, "Fingerprint {}; credentials SHA-256 {}.", opened.fingerprint, opened.credentials_hash);
        return Exit::done;
      });
}

void add_voting(CLI::App& officer, Action& action) {
  add_command<OnRecordWithFiles>(
      officer, action, "accept", "check ballots and take the good ones into the record",
      [](CLI::App& command, OnRecordWithFiles& arguments) {
        define_record(command, arguments);
        command.add_option("BALLOTS", arguments.files, "files with one ballot a line")->required();
      },
      [](const OnRecordWithFiles& arguments, Console& console) -> Result<int> {
        const auto acceptance = TRY(service::accept_ballots(
            arguments.record, {arguments.files.begin(), arguments.files.end()}, progress_on(console)));
        for (const auto& refused : acceptance.refused) {
          say(console.err, "refused: {}: {}", refused.where, refused.reason);
        }
        say(console.out, "Accepted {} ballots, refused {}.", acceptance.accepted, acceptance.refused.size());
        return acceptance.refused.empty() ? Exit::done : Exit::incomplete;
      });

  struct Share : OnRecord {
    std::string folder;
  };
  add_command<Share>(
      officer, action, "share",
      "bring the record here and the one that an organisation's nodes share together: each gets what it lacks",
      [](CLI::App& command, Share& arguments) {
        define_record(command, arguments);
        command.add_option("--dir", arguments.folder, "the organisation's folder, whose settings name the database")
            ->required();
      },
      [](const Share& arguments, Console& console) -> Result<int> {
        const std::string database = TRY(service::read_settings(arguments.folder)).database;
        if (database.empty()) return fail("{}: its nodes share no database", arguments.folder);
        say(console.out, "Shared: {} steps.", TRY(service::share_record(arguments.record, database)));
        return Exit::done;
      });

  add_command<OnRecordWithFiles>(
      officer, action, "spoil", "note that ballots were opened instead of cast, so that nobody can cast them",
      [](CLI::App& command, OnRecordWithFiles& arguments) {
        define_record(command, arguments);
        command.add_option("OPENED", arguments.files, "opened ballots, as `folkmoot open` writes them")->required();
      },
      [](const OnRecordWithFiles& arguments, Console& console) -> Result<int> {
        for (const std::string& file : arguments.files) {
          say(console.out, "Ballot {} is spoiled.", TRY(service::spoil_ballot(arguments.record, file)));
        }
        return Exit::done;
      });

  add_command<OnRecord>(officer, action, "close", "end the voting and publish the encrypted tally", define_record,
                        [](const OnRecord& arguments, Console& console) -> Result<int> {
                          const auto closed = TRY(service::close_voting(arguments.record, progress_on(console)));
                          say(console.out,
                              "Closed: {} ballots, of which {} count, each voter's last. Now the trustees {}.",
                              closed.ballots, closed.tallied, closed.needs_shuffles ? "shuffle" : "decrypt");
                          say(console.out, "They are the ballots up to {}.", closed.closing);
                          return Exit::done;
                        });
}

void add_tally(CLI::App& officer, Action& action) {
  add_command<OnRecordWithFiles>(
      officer, action, "collect", "check what trustees have made, and take it into the record",
      [](CLI::App& command, OnRecordWithFiles& arguments) {
        define_record(command, arguments);
        command.add_option("FILES", arguments.files, "shuffles, or partial decryptions")->required();
      },
      [](const OnRecordWithFiles& arguments, Console& console) -> Result<int> {
        for (const std::string& file : arguments.files) {
          const auto collected = TRY(service::collect(arguments.record, file, progress_on(console)));
          say(console.out, "Collected the {} of trustee {}.", collected.shuffle ? "shuffle" : "partial decryption",
              collected.trustee);
        }
        return Exit::done;
      });

  add_command<OnRecord>(officer, action, "end-shuffles", "end the shuffling, so that trustees can decrypt",
                        define_record, [](const OnRecord& arguments, Console& console) -> Result<int> {
                          TRY(service::end_shuffles(arguments.record));
                          say(console.out, "Shuffling has ended. Now the trustees decrypt.");
                          return Exit::done;
                        });

  add_command<OnRecord>(officer, action, "result", "compute the result and publish it", define_record,
                        [](const OnRecord& arguments, Console& console) -> Result<int> {
                          TRY(service::publish_result(arguments.record, progress_on(console)));
                          say(console.out, "The result is in the record, which is complete.");
                          return Exit::done;
                        });

  struct Declare : OnRecord {
    std::string paper, seed, folder;
  };
  add_command<Declare>(
      officer, action, "declare", "verify the record, count by the published rules, declare who is elected",
      [](CLI::App& command, Declare& arguments) {
        define_record(command, arguments);
        command.add_option("PAPER", arguments.paper, "the published ballot paper, which names the rules")->required();
        command.add_option("--seed", arguments.seed, "the seed for lots, if the paper has none: drawn in public");
        command.add_option("--out", arguments.folder, "where declaration, transcripts and papers go")->required();
      },
      [](const Declare& arguments, Console& console) -> Result<int> {
        const auto paper = TRY(read_paper(arguments.paper));
        std::optional<std::string> seed;
        if (!arguments.seed.empty()) seed = arguments.seed;
        const auto declaration = TRY(service::declare(arguments.record, paper, seed, progress_on(console)));
        TRY(service::write_declaration(declaration, arguments.folder));
        console.out << service::to_text(declaration) << std::flush;
        return Exit::done;
      });
}

}  // namespace

void add_officer(CLI::App& app, Action& action) {
  CLI::App& officer =
      *app.add_subcommand("officer", "the returning officer: draft, open, accept, close, tally, declare");
  officer.require_subcommand(1);
  add_setup(officer, action);
  add_voting(officer, action);
  add_tally(officer, action);
}

}  // namespace folkmoot::cli
