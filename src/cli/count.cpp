// folkmoot count: counts papers from a file, and answers questions about the count; no election is needed.
#include <algorithm>
#include <ostream>

#include "cli/count_arguments.hpp"
#include "count/analysis.hpp"
#include "count/format/blt.hpp"
#include "count/render/html.hpp"
#include "count/render/text.hpp"

namespace folkmoot::cli {
namespace {

using count::Contest;
using count::Options;
using count::Transcript;

enum class Output { text, json, html, csv, svg, rctab };

std::string written(const Transcript& transcript, Output output) {
  switch (output) {
    case Output::text:
      break;
    case Output::json:
      return count::to_json(transcript) + "\n";
    case Output::html:
      return count::to_html(transcript);
    case Output::csv:
      return count::to_result_sheet(transcript);
    case Output::svg:
      return count::to_sankey(transcript);
    case Output::rctab:
      return count::write_rctab_summary(transcript) + "\n";
  }
  return count::to_table(transcript);
}

// --json, --html … of which at most one can be given.
void define_output(CLI::App& command, Output& output) {
  CLI::Option_group& group = *command.add_option_group("output", "unless given, a table for the terminal");
  const auto add = [&](const char* name, const char* description, Output value) {
    group.add_flag_callback(
        name, [&output, value] { output = value; }, description);
  };
  add("--json", "the transcript as JSON", Output::json);
  add("--html", "a page with every stage and decision", Output::html);
  add("--csv", "a result sheet", Output::csv);
  add("--svg", "a picture of the flow of votes", Output::svg);
  add("--rctab", "the summary that RCTab writes", Output::rctab);
  group.require_option(0, 1);
}

struct Count : CountArguments {
  Output output = Output::text;
};

Result<int> count_file(const Count& arguments, Console& console) {
  const Contest contest = TRY(read_papers(arguments, console));
  const Options options = TRY(read_options(arguments, contest, console));
  const Transcript transcript = TRY(in(arguments.file, count_papers(arguments, contest, options)));
  console.out << written(transcript, arguments.output) << std::flush;
  return Exit::done;
}

void add_explain(CLI::App& count, Action& action) {
  struct Explain : CountArguments {
    std::string candidate;
  };
  add_command<Explain>(
      count, action, "explain", "why a candidate was elected or not, and what would have altered it",
      [](CLI::App& command, Explain& arguments) {
        define_count(command, arguments, true);
        command.add_option("CANDIDATE", arguments.candidate, "a candidate's name")->required();
      },
      [](const Explain& arguments, Console& console) -> Result<int> {
        const Contest contest = TRY(read_papers(arguments, console));
        const Options options = TRY(read_options(arguments, contest, console));
        const count::Candidate candidate = TRY(count::find_candidate(contest, arguments.candidate));
        console.out << TRY(in(arguments.file, count::explain(arguments.rule, contest, options, candidate)))
                    << std::flush;
        return Exit::done;
      });
}

void add_compare(CLI::App& count, Action& action) {
  struct Compare : CountArguments {
    std::vector<std::string> rules;
  };
  add_command<Compare>(
      count, action, "compare", "who is elected by several rules from the same papers",
      [](CLI::App& command, Compare& arguments) {
        define_way_of_counting(command, arguments, true);
        command.add_option("--rule", arguments.rules, "a rule to count by; unless given, all that elect as many")
            ->type_name("RULE...")
            ->allow_extra_args(false);
      },
      [](const Compare& arguments, Console& console) -> Result<int> {
        for (const std::string& rule : arguments.rules)
          if (count::find_rule(rule) == nullptr) return fail("there is no counting rule called “{}”", rule);
        const Contest contest = TRY(read_papers(arguments, console));
        const Options options = TRY(read_options(arguments, contest, console));
        console.out << count::to_table(count::compare(arguments.rules, contest, options)) << std::flush;
        return Exit::done;
      });
}

void add_trail(CLI::App& count, Action& action) {
  struct Trail : CountArguments {
    std::int64_t paper = 0;
  };
  add_command<Trail>(
      count, action, "trail", "follow one paper through every stage",
      [](CLI::App& command, Trail& arguments) {
        define_count(command, arguments, true);
        command.add_option("PAPER", arguments.paper, "its number in the file, from 1")->required();
      },
      [](const Trail& arguments, Console& console) -> Result<int> {
        const Contest contest = TRY(read_papers(arguments, console));
        const Options options = TRY(read_options(arguments, contest, console));
        console.out << TRY(in(arguments.file, count::trail(arguments.rule, contest, options, arguments.paper)))
                    << std::flush;
        return Exit::done;
      });
}

void add_vacancy(CLI::App& count, Action& action) {
  using How = count::Vacancy;
  struct Vacancy : CountArguments {
    std::string leaver;
    std::vector<std::string> contestants;
    How how = How::recount;
    Output output = Output::text;
  };
  add_command<Vacancy>(
      count, action, "vacancy", "who takes the seat of one who was elected and leaves",
      [](CLI::App& command, Vacancy& arguments) {
        define_count(command, arguments, true);
        define_output(command, arguments.output);
        command.add_option("LEAVER", arguments.leaver, "whose seat it was")->required();
        const std::map<std::string, How> ways{
            {"recount", How::recount}, {"recount-kept", How::recount_kept}, {"act-countback", How::act_countback}};
        command
            .add_option("--how", arguments.how,
                        "recount (all papers without the leaver, unless given), recount-kept (the same, and the others "
                        "keep their seats) or act-countback (the papers that elected the leaver, as in the ACT)")
            ->transform(CLI::CheckedTransformer(ways).description(""));
        command.add_option("--contestant", arguments.contestants, "who is willing; unless given, all not elected")
            ->type_name("NAME...")
            ->allow_extra_args(false);
      },
      [](const Vacancy& arguments, Console& console) -> Result<int> {
        const Contest contest = TRY(read_papers(arguments, console));
        const Options options = TRY(read_options(arguments, contest, console));
        const count::Candidate leaver = TRY(count::find_candidate(contest, arguments.leaver));
        std::vector<count::Candidate> contestants;
        for (const std::string& name : arguments.contestants)
          contestants.push_back(TRY(in("--contestant", count::find_candidate(contest, name))));
        const Transcript transcript = TRY(in(
            arguments.file, count::fill_vacancy(arguments.how, arguments.rule, contest, leaver, contestants, options)));
        console.out << written(transcript, arguments.output) << std::flush;
        return Exit::done;
      });
}

constexpr std::int64_t most_records = 10'000'000;  // a format with a record a paper is written in memory

void add_convert(CLI::App& count, Action& action) {
  using Write = std::string (*)(const Contest&);
  struct Convert : PapersArguments {
    Write write = nullptr;
  };
  add_command<Convert>(
      count, action, "convert", "write the papers in another format",
      [](CLI::App& command, Convert& arguments) {
        define_papers(command, arguments, true);
        const std::map<std::string, Write> writers{{"blt", count::write_blt},
                                                   {"preflib", count::write_preflib},
                                                   {"abif", count::write_abif},
                                                   {"cdf", count::write_cdf}};
        command
            .add_option_function<std::string>(
                "--to", [&arguments, writers](const std::string& name) { arguments.write = writers.at(name); },
                "blt, preflib, abif or cdf")
            ->check(CLI::IsMember(writers).description(""))
            ->required();
      },
      [](const Convert& arguments, Console& console) -> Result<int> {
        const Contest contest = TRY(read_papers(arguments, console));
        if (arguments.write == count::write_cdf && contest.papers.total() > most_records)
          return fail("{}: {} papers are too many to write one by one", arguments.file, contest.papers.total());
        console.out << arguments.write(contest) << std::flush;
        return Exit::done;
      });
}

Result<int> list_rules(Console& console) {
  std::size_t name = 0;
  std::size_t title = 0;
  for (const count::Rule* rule : count::rules()) {
    name = std::max(name, rule->name.size());
    title = std::max(title, rule->title.size());
  }
  for (const count::Rule* rule : count::rules())
    say(console.out, "{:<{}}  {:<{}}  {}", rule->name, name, rule->title, title, rule->source);
  return Exit::done;
}

}  // namespace

void add_count(CLI::App& app, Action& action) {
  CLI::App& command = *app.add_subcommand("count", "count papers from a file by a rule");
  const auto arguments = std::make_shared<Count>();
  define_count(command, *arguments, false);
  define_output(command, arguments->output);
  command.require_subcommand(0, 1);
  add_explain(command, action);
  add_compare(command, action);
  add_trail(command, action);
  add_vacancy(command, action);
  add_convert(command, action);
  command.add_subcommand("rules", "list the rules, with their sources")->callback([&action] { action = list_rules; });
  command.callback([&command, &action, arguments] {
    if (!command.get_subcommands().empty()) return;
    if (arguments->file.empty()) throw CLI::RequiredError("FILE");
    if (arguments->rule.empty()) throw CLI::RequiredError("--rule");
    action = [arguments](Console& console) { return count_file(*arguments, console); };
  });
}

}  // namespace folkmoot::cli
