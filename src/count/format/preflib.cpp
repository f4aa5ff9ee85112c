// PrefLib: `# KEY: value` lines, then `count: 3,{1,2},4`, each item a rank, or in .cat files a category.
#include "count/format/format.hpp"
#include "count/format/lines.hpp"

namespace folkmoot::count {
namespace {

class PreflibReader {
 public:
  explicit PreflibReader(std::string_view text) : at_(text) {}

  Result<Contest> read() {
    while (at_.peek() == '#') TRY(header_line());
    if (contest_.candidates.empty()) return at_.error("expected “# ALTERNATIVE NAME 1: …” before the papers");
    while (!at_.at_end()) {
      skip_spaces(at_);
      if (at_.peek() == '\r') at_.step();
      if (at_.take('\n')) continue;
      if (at_.at_end()) break;
      TRY(paper());
    }
    TRY(check(contest_));
    return std::move(contest_);
  }

 private:
  Status header_line() {
    const Cursor start = at_;
    std::string_view line = take_line(at_).substr(1);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return {};
    const std::string key = tidy(line.substr(0, colon));
    const std::string_view value = line.substr(colon + 1);
    if (key == "TITLE" && !tidy(value).empty()) contest_.title = TRY(start.in(read_name(value)));
    if (key.starts_with("ALTERNATIVE NAME ")) {
      if (key.substr(17) != std::to_string(contest_.candidates.size() + 1))
        return start.error(fmt::format("expected the name of alternative {}", contest_.candidates.size() + 1));
      contest_.candidates.push_back(TRY(start.in(read_name(value))));
    }
    if (key.starts_with("CATEGORY NAME ")) contest_.grades.push_back(TRY(start.in(read_name(value))));
    return {};
  }

  Status paper() {
    const std::int64_t weight = TRY(take_number(at_, "a number of papers", most_votes));
    if (weight == 0) return at_.error("a number of papers is at least 1");
    skip_spaces(at_);
    if (!at_.take(':')) return at_.expected("a colon after the number of papers");
    std::vector<Mark> marks;
    std::uint16_t rank = 1;
    do {
      skip_spaces(at_);
      if (rank == 0xffff) return at_.error("a paper has too many ranks");
      if (at_.take('{')) {
        skip_spaces(at_);
        while (!at_.take('}')) {
          TRY(mark(marks, rank));
          skip_spaces(at_);
          if (at_.peek() != '}' && !at_.take(',')) return at_.expected("a comma or }");
          skip_spaces(at_);
        }
      } else if (at_.peek() != '\n' && at_.peek() != '\r' && !at_.at_end()) {
        TRY(mark(marks, rank));
      }
      ++rank;
      skip_spaces(at_);
    } while (at_.take(','));
    if (at_.peek() == '\r') at_.step();
    if (!at_.at_end() && !at_.take('\n')) return at_.expected("a comma or the end of the line");
    return add_paper(contest_.papers, std::move(marks), weight);
  }

  Status mark(std::vector<Mark>& marks, std::uint16_t rank) {
    const Cursor start = at_;
    const std::int64_t number = TRY(take_number(at_, "the number of an alternative", most_candidates));
    if (number < 1 || static_cast<std::size_t>(number) > contest_.candidates.size())
      return start.expected(fmt::format("the number of an alternative from 1 to {}", contest_.candidates.size()));
    marks.push_back({static_cast<Candidate>(number - 1), rank});
    return {};
  }

  Cursor at_;
  Contest contest_;
};

}  // namespace

Result<Contest> read_preflib(std::string_view text) { return PreflibReader(text).read(); }

std::string write_preflib(const Contest& contest) {
  bool ties = false;
  bool complete = true;
  for (std::size_t entry = 0; entry < contest.papers.size(); ++entry) {
    const std::span<const Mark> marks = contest.papers.named_marks(entry);
    complete = complete && marks.size() == contest.candidates.size();
    for (std::size_t i = 1; i < marks.size(); ++i) ties = ties || marks[i].rank == marks[i - 1].rank;
  }
  const bool graded = !contest.grades.empty();
  std::string text =
      fmt::format("# TITLE: {}\n# DATA TYPE: {}\n# NUMBER ALTERNATIVES: {}\n# NUMBER VOTERS: {}\n", contest.title,
                  graded     ? "cat"
                  : ties     ? complete ? "toc" : "toi"
                  : complete ? "soc"
                             : "soi",
                  contest.candidates.size(), contest.papers.total());
  for (std::size_t i = 0; i < contest.grades.size(); ++i)
    text += fmt::format("# CATEGORY NAME {}: {}\n", i + 1, contest.grades[i]);
  for (std::size_t i = 0; i < contest.candidates.size(); ++i)
    text += fmt::format("# ALTERNATIVE NAME {}: {}\n", i + 1, contest.candidates[i]);
  for (std::size_t entry = 0; entry < contest.papers.size(); ++entry) {
    text += std::to_string(contest.papers.weight(entry)) + ": ";
    const std::span<const Mark> marks = contest.papers.named_marks(entry);
    std::size_t level = 1;
    for (std::size_t from = 0, to = 0; from < marks.size(); from = to, ++level) {
      while (to < marks.size() && marks[to].rank == marks[from].rank) ++to;
      if (from > 0) text += ',';
      for (; graded && level < marks[from].rank; ++level) text += "{},";
      if (to - from > 1) text += '{';
      for (std::size_t i = from; i < to; ++i) text += (i > from ? "," : "") + std::to_string(marks[i].candidate + 1);
      if (to - from > 1) text += '}';
    }
    text += '\n';
  }
  return text;
}

}  // namespace folkmoot::count
