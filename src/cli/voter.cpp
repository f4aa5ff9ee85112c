// folkmoot vote, folkmoot tracker: the voter.
#include <istream>
#include <ostream>

#include "cli/commands.hpp"
#include "service/voter.hpp"

namespace folkmoot::cli {
namespace {

struct Vote {
  std::string record;
  std::string credential;
  std::vector<std::string> names;  // as CLI11 gives occurrences of one option: see occurrences()
  std::string choices;
  std::string out;
};

// CLI11 puts an empty string after the values of an occurrence that has some when another follows, and one for an
// occurrence that has none.
std::vector<std::vector<std::string>> occurrences(const std::vector<std::string>& values) {
  std::vector<std::vector<std::string>> all;
  for (std::size_t i = 0; i < values.size(); ++i) {
    all.emplace_back();
    for (; i < values.size() && !values[i].empty(); ++i) all.back().push_back(values[i]);
  }
  return all;
}

Result<secret::PrivateCredential> read_credential(const std::string& file, std::istream& input) {
  if (file != "-") {
    const auto text = TRY(service::read_secret(file));
    return in(file, secret::PrivateCredential::parse(text.view()));
  }
  std::string line;
  std::getline(input, line);
  auto credential = secret::PrivateCredential::parse(line);
  ::explicit_bzero(line.data(), line.size());
  return credential;
}

// What may be answered, for who has answered nothing.
Result<int> show_paper(const std::string& record, Console& console) {
  for (const auto& question : TRY(service::read_questions(record))) {
    say(console.err, "{}", service::describe(question));
  }
  return fail("answer each question in order: --rank NAME… or --choose NAME…, or with --choices FILE");
}

Result<service::FilledPaper> read_paper(const Vote& arguments) {
  service::FilledPaper paper;
  paper.names = occurrences(arguments.names);
  if (!arguments.choices.empty()) paper.plain = TRY(service::read_file(arguments.choices));
  return paper;
}

Result<int> prepare(const Vote& arguments, Console& console) {
  const auto paper = TRY(read_paper(arguments));
  if (paper.names.empty() && paper.plain.empty()) return show_paper(arguments.record, console);
  const auto credential = TRY(read_credential(arguments.credential, console.in));
  say(console.out, "{}", TRY(service::prepare_ballot(arguments.record, credential, paper, arguments.out)));
  say(console.err,
      "This is the tracker: note it. Then decide: `folkmoot cast {0}` makes the ballot to be sent to the returning\n"
      "officer; `folkmoot open {0}` shows what it encrypts, for you to check elsewhere, and it cannot be cast any "
      "more.",
      arguments.out);
  return Exit::done;
}

Result<int> vote(const Vote& arguments, Console& console) {
  const auto paper = TRY(read_paper(arguments));
  if (paper.names.empty() && paper.plain.empty()) return show_paper(arguments.record, console);
  const auto credential = TRY(read_credential(arguments.credential, console.in));
  const auto ballot = TRY(service::make_ballot(arguments.record, credential, paper));
  TRY(service::write_file(arguments.out, ballot.text + "\n"));
  say(console.out, "{}", ballot.tracker);
  say(console.err,
      "This is your tracker: keep it. Send {} to the returning officer; your vote counts once it is in\n"
      "the record, where the tracker finds it. If you vote again, the last ballot accepted counts.",
      arguments.out);
  return Exit::done;
}

void define_vote(CLI::App& command, Vote& arguments) {
  command.add_option("RECORD", arguments.record, "the election's record")->required();
  command.add_option("--credential", arguments.credential, "the file with your credential; - reads it from the input")
      ->required();
  auto* names = command.add_option("--rank,--choose", arguments.names,
                                   "the answer to the next question: candidates in order of preference, or those "
                                   "chosen, or a list and its candidates; no name at all is a blank vote");
  names->expected(0, -1)->type_name("NAME...");
  names->inject_separator();
  command.add_option("--choices", arguments.choices, "or all answers as JSON, a number for each: [[0,1,0],[2,1,0]]")
      ->excludes(names);
  command.add_option("--out", arguments.out, "the ballot: a new file")->required();
}

}  // namespace

void add_voter(CLI::App& app, Action& action) {
  add_command<Vote>(app, action, "vote", "make a ballot; print its tracker", define_vote, vote);
  add_command<Vote>(app, action, "prepare", "make a ballot that you may cast, or open to check it; print its tracker",
                    define_vote, prepare);

  struct Prepared {
    std::string prepared, out;
  };
  const auto define_prepared = [](CLI::App& command, Prepared& arguments) {
    command.add_option("PREPARED", arguments.prepared, "what `folkmoot prepare` made; it is deleted")->required();
    command.add_option("--out", arguments.out, "a new file")->required();
  };
  add_command<Prepared>(app, action, "cast", "the prepared ballot, to be sent to the returning officer",
                        define_prepared, [](const Prepared& arguments, Console& console) -> Result<int> {
                          TRY(service::cast_prepared(arguments.prepared, arguments.out));
                          say(console.out, "Send {} to the returning officer.", arguments.out);
                          return Exit::done;
                        });
  add_command<Prepared>(app, action, "open", "the prepared ballot with its votes and randomness, instead of casting it",
                        define_prepared, [](const Prepared& arguments, Console& console) -> Result<int> {
                          TRY(service::open_prepared(arguments.prepared, arguments.out));
                          say(console.out,
                              "Check it, best on another device: folkmoot-verify ballot RECORD --opened {0}\n"
                              "Then send {0} to the returning officer, so that nobody can cast it.",
                              arguments.out);
                          return Exit::done;
                        });

  struct Tracker {
    std::string record, tracker;
  };
  add_command<Tracker>(
      app, action, "tracker", "look up what became of a ballot",
      [](CLI::App& command, Tracker& arguments) {
        command.add_option("RECORD", arguments.record, "the election's record")->required();
        command.add_option("TRACKER", arguments.tracker, "the ballot's tracker")->required();
      },
      [](const Tracker& arguments, Console& console) -> Result<int> {
        const auto ballot = TRY(service::look_up(arguments.record, arguments.tracker));
        const std::string weight = ballot.weight == 1 ? "" : fmt::format(", of weight {}", ballot.weight);
        if (ballot.replaced) {
          say(console.out, "Ballot {} of the record{}: replaced by the same voter's later one, {}.", ballot.number,
              weight, ballot.replaced_by);
        } else {
          say(console.out, "Ballot {} of the record{}: it {}.", ballot.number, weight,
              ballot.voting_open ? "counts unless its voter votes again" : "counts");
        }
        return Exit::done;
      });
}

}  // namespace folkmoot::cli
