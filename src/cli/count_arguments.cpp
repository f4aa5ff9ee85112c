#include "cli/count_arguments.hpp"

#include <istream>
#include <map>
#include <ostream>

#include "service/files.hpp"

namespace folkmoot::cli {
namespace {

using count::EqualRanks;
using Overvote = count::RankedChoice::Overvote;

// Lots that the returning officer draws and enters. The same question is asked once: `explain` counts many times.
count::DrawLot prompted_lots(Console& console) {
  using Question = std::pair<std::string, std::vector<std::string>>;
  const auto answers = std::make_shared<std::map<Question, std::size_t>>();
  return [&console, answers](const count::LotQuestion& question) -> Result<count::Lot> {
    const std::string how = "lot drawn by hand";
    Question key(question.purpose, {question.names.begin(), question.names.end()});
    if (const auto known = answers->find(key); known != answers->end()) return count::Lot{known->second, how};
    say(console.err, "A tie ({}): draw a lot between", question.purpose);
    for (std::size_t i = 0; i < question.names.size(); ++i) say(console.err, "  {}  {}", i + 1, question.names[i]);
    std::string line;
    while (true) {
      console.err << "The number drawn: " << std::flush;
      if (!std::getline(console.in, line)) return fail("a tie ({}) was not decided: no number entered", key.first);
      for (std::size_t i = 0; i < question.names.size(); ++i) {
        if (line != std::to_string(i + 1)) continue;
        answers->emplace(std::move(key), i);
        return count::Lot{i, how};
      }
      say(console.err, "Enter a number from 1 to {}.", question.names.size());
    }
  };
}

Result<count::DrawLot> read_ties(const std::string& text, Console& console) {
  if (text.empty()) return count::no_lots();
  if (text == "prompt") return prompted_lots(console);
  if (text.starts_with("seed:") && text.size() > 5) return count::seeded_lots(text.substr(5));
  return fail("--ties {}: expected “prompt” or “seed:” and the published seed", text);
}

// A constraint whose members may stand in a file, a name a line: “women >= 3: @women.txt”.
Result<count::Constraint> read_constraint(std::string text, const count::Contest& contest) {
  const std::size_t at = text.find('@');
  if (at != std::string::npos && text.substr(0, at).find_last_not_of(' ') == text.substr(0, at).rfind(':')) {
    const std::vector<std::string> names = TRY(service::read_lines(text.substr(at + 1)));
    text = fmt::format("{}{}", text.substr(0, at), fmt::join(names, ";"));
  }
  return in("--constraint", count::read_constraint(text, contest));
}

}  // namespace

void define_papers(CLI::App& command, PapersArguments& arguments, bool required) {
  command.add_option("FILE", arguments.file, "the papers")->required(required);
  command.add_option("--join", arguments.further, "further files with papers of the same contest")
      ->type_name("FILE...")
      ->allow_extra_args(false);
  command.add_option("--format", arguments.format,
                     "blt, preflib, abif, cef, debian, rank-csv, ballot-csv, grade-csv or cdf; unless given, as the "
                     "file's name and first lines say");
  command.add_option("--first-vote-column", arguments.mapping.first_vote_column,
                     "CSV: where the columns with votes begin, from 1");
  command.add_option("--best", arguments.mapping.best, "grade-csv: the best grade");
  command.add_option("--worst", arguments.mapping.worst, "grade-csv: the worst grade");
  command.add_option("--withdraw", arguments.withdrawn, "a candidate who has withdrawn")
      ->type_name("NAME...")
      ->allow_extra_args(false);
}

void define_way_of_counting(CLI::App& command, CountArguments& arguments, bool required) {
  define_papers(command, arguments, required);
  command.add_option("--seats", arguments.seats, "how many are to be elected; unless given, as the file says");
  command.add_option("--ties", arguments.ties,
                     "how lots are drawn: “prompt” (by hand, and entered) or “seed:TEXT” (from a published text)");
  command
      .add_option("--constraint", arguments.constraints,
                  "“women >= 3: Ada; Bea; Cleo”, also <=, = and = 2..4; or “women >= 3: @FILE”, a name a line")
      ->type_name("TEXT...")
      ->allow_extra_args(false);
  command.add_flag("--recount", arguments.recount,
                   "keep constraints by recounting for fewer and more seats; unless given, by guarding and dooming");
  const std::map<std::string, EqualRanks> equal_ranks{{"by-rule", EqualRanks::by_rule},
                                                      {"cut", EqualRanks::cut},
                                                      {"share", EqualRanks::share},
                                                      {"permute", EqualRanks::permute}};
  command.add_option("--equal-ranks", arguments.equal_ranks, "what shared ranks mean: by-rule, cut, share or permute")
      ->transform(CLI::CheckedTransformer(equal_ranks).description(""));
  const char* const default_option = "Condorcet rules with a default option";
  command.add_option("--default-option", arguments.default_option.name, "the candidate who stands for it")
      ->group(default_option);
  command.add_option("--quorum", arguments.default_option.quorum, "papers that must prefer an option to the default")
      ->group(default_option);
  command.add_option("--majority", arguments.default_option.majority, "times as many as prefer the default to it")
      ->group(default_option);
  const char* const ranked_choice = "rcv-us";
  count::RankedChoice& choice = arguments.ranked_choice;
  const std::map<std::string, Overvote> overvotes{
      {"exhaust", Overvote::exhaust},
      {"skip", Overvote::skip},
      {"exhaust-if-several-continue", Overvote::exhaust_if_several_continue}};
  command.add_option("--overvote", choice.overvote, "exhaust, skip or exhaust-if-several-continue")
      ->transform(CLI::CheckedTransformer(overvotes).description(""))
      ->group(ranked_choice);
  command.add_option("--skipped-ranks", choice.skipped_ranks, "so many in a row are read over; below 0: any number")
      ->group(ranked_choice);
  command.add_flag("--exhaust-on-repeat", choice.exhaust_on_repeat, "a candidate marked again exhausts the paper")
      ->group(ranked_choice);
  command.add_flag("--batch", choice.batch, "eliminate together all who can't win")->group(ranked_choice);
  command.add_flag("--until-two", choice.until_two, "go on until two candidates remain")->group(ranked_choice);
  command.add_flag("!--fractional-threshold", choice.whole_threshold, "several seats: a threshold with decimals")
      ->group(ranked_choice);
  command.add_option("--write-ins", choice.write_ins, "the candidate who stands for undeclared write-ins")
      ->group(ranked_choice);
}

void define_count(CLI::App& command, CountArguments& arguments, bool required) {
  command.add_option("--rule", arguments.rule, "one of `folkmoot count rules`")->required(required);
  define_way_of_counting(command, arguments, required);
}

Result<count::Contest> read_papers(const PapersArguments& arguments, Console& console) {
  std::vector<std::string> files{arguments.file};
  files.insert(files.end(), arguments.further.begin(), arguments.further.end());
  std::vector<count::Contest> parts;
  for (const std::string& file : files) {
    const std::string text = TRY(service::read_file(file));
    const auto format =
        arguments.format.empty() ? count::guess_format(file, text) : count::format_called(arguments.format);
    if (!format && !arguments.format.empty()) return fail("there is no format called “{}”", arguments.format);
    if (!format) return fail("{}: its format is not recognised: give --format", file);
    parts.push_back(TRY(in(file, count::read_contest(*format, text, arguments.mapping))));
    for (const std::string& note : parts.back().notes) say(console.err, "{}: {}", file, note);
  }
  count::Contest contest = parts.size() == 1 ? std::move(parts.front()) : TRY(count::join(parts));
  for (const std::string& name : arguments.withdrawn) {
    const count::Candidate candidate = TRY(in("--withdraw", count::find_candidate(contest, name)));
    if (std::ranges::count(contest.withdrawn, candidate) == 0) contest.withdrawn.push_back(candidate);
  }
  std::ranges::sort(contest.withdrawn);
  return contest;
}

Result<count::Options> read_options(const CountArguments& arguments, const count::Contest& contest, Console& console) {
  count::Options options;
  options.seats = arguments.seats;
  options.lots = TRY(read_ties(arguments.ties, console));
  for (const std::string& text : arguments.constraints)
    options.constraints.push_back(TRY(read_constraint(text, contest)));
  options.default_option = arguments.default_option;
  options.ranked_choice = arguments.ranked_choice;
  options.equal_ranks = arguments.equal_ranks;
  return options;
}

Result<count::Transcript> count_papers(const CountArguments& arguments, const count::Contest& contest,
                                       const count::Options& options) {
  return arguments.recount ? count::count_with_recounts(arguments.rule, contest, options)
                           : count::count(arguments.rule, contest, options);
}

}  // namespace folkmoot::cli
