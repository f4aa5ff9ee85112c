#include "count/format/blt.hpp"

#include <algorithm>
#include <map>

#include "count/format/cursor.hpp"

namespace folkmoot::count {
namespace {

class BltReader {
 public:
  BltReader(std::string_view text, BltDialect dialect) : at_(text), strict_(dialect == BltDialect::strict) {}

  Result<Contest> read() {
    if (at_.rest().starts_with("\xEF\xBB\xBF")) at_.take('\xEF'), at_.take('\xBB'), at_.take('\xBF');
    while (at_.peek() == '#') skip_line();
    TRY(header());
    TRY(withdrawals_and_options());
    TRY(papers());
    TRY(names());
    if (repeated_ > 0)
      contest_.notes.push_back(
          fmt::format("{} papers mark a candidate more than once (the first on line {}): the first "
                      "mark counts",
                      repeated_, first_repeated_));
    TRY(check(contest_));
    return std::move(contest_);
  }

 private:
  enum class Gap { line, space };  // what separates the next item from the one before, in the strict dialect

  void skip_line() {
    at_.until("\n");
    at_.take('\n');
  }

  // Goes to the next item.
  Status gap(Gap expected) {
    if (!strict_) {
      skip();
    } else if (expected == Gap::space) {
      if (!at_.take(' ')) return at_.expected("a space");
    } else {
      at_.take('\r');
      if (!at_.take('\n')) return at_.expected("the end of the line");
    }
    return {};
  }
  void skip() {
    while (true) {
      const char c = at_.peek();
      if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
        at_.step();
      } else if (c == '#') {
        skip_line();
      } else {
        break;
      }
    }
  }

  [[nodiscard]] bool at_digit() const { return at_.peek() >= '0' && at_.peek() <= '9'; }

  // A number in least..greatest.
  Result<std::int64_t> number(std::string_view what, std::int64_t least, std::int64_t greatest) {
    const Cursor start = at_;
    const std::optional<std::int64_t> value = at_.number(greatest);
    if (!value || *value < least) return start.expected(what);
    return *value;
  }

  Status header() {
    if (!strict_) TRY(gap(Gap::line));
    announced_ = static_cast<std::size_t>(TRY(number("the number of candidates", 1, most_candidates)));
    while (!strict_ && (at_.peek() == ' ' || at_.peek() == '\t')) at_.step();
    if (strict_) TRY(gap(Gap::space));
    contest_.seats = static_cast<std::size_t>(TRY(number("the number of seats", 1, most_candidates)));
    last_paper_.assign(announced_, 0);
    return gap(Gap::line);
  }

  Status withdrawals_and_options() {
    while (true) {
      if (at_.peek() == '-') {
        at_.step();
        const Cursor start = at_;
        const std::optional<Candidate> withdrawn = candidate();
        if (!withdrawn) return expected_candidate(start);
        contest_.withdrawn.push_back(*withdrawn);
      } else if (!strict_ && at_.peek() == '[') {
        TRY(option());
      } else {
        break;
      }
      TRY(gap(Gap::line));
    }
    std::ranges::sort(contest_.withdrawn);
    const auto repeats = std::ranges::unique(contest_.withdrawn);
    contest_.withdrawn.erase(repeats.begin(), repeats.end());
    return {};
  }

  // [nick a b c], [withdrawn a b], [tie a b c]
  Status option() {
    at_.step();
    const std::string_view keyword = at_.until(" \t\r\n]");
    const bool nick = keyword == "nick";
    if (!nick && keyword != "withdrawn" && keyword != "tie")
      return at_.error("expected [nick …], [withdrawn …] or [tie …]");
    std::size_t count = 0;
    while (true) {
      TRY(gap(Gap::space));
      if (at_.take(']')) break;
      if (nick) {
        const std::string_view name = at_.until(" \t\r\n]=#");
        if (name.empty()) return at_.expected("a short name or ]");
        if (count == announced_) return at_.error("there are more short names than candidates");
        if (!nicknames_.emplace(name, static_cast<Candidate>(count)).second)
          return at_.error("two candidates have the same short name");
      } else {
        const Cursor start = at_;
        const std::optional<Candidate> named = candidate();
        if (!named) return expected_candidate(start);
        if (keyword == "withdrawn") contest_.withdrawn.push_back(*named);
      }
      ++count;
    }
    if (nick && count != announced_) return at_.error("there are fewer short names than candidates");
    if (keyword == "tie") contest_.notes.emplace_back("the file’s own order for breaking ties is not used");
    return {};
  }

  // A candidate's number or short name, or nothing.
  std::optional<Candidate> candidate() {
    if (!nicknames_.empty()) {
      const Cursor start = at_;
      const auto found = nicknames_.find(at_.until(" \t\r\n]=#"));
      if (found != nicknames_.end()) return found->second;
      at_ = start;
    }
    const std::optional<std::int64_t> number = at_.number(static_cast<std::int64_t>(announced_));
    if (!number || *number == 0) return std::nullopt;
    return static_cast<Candidate>(*number - 1);
  }
  [[nodiscard]] Failure expected_candidate(const Cursor& where) const {
    return where.expected(fmt::format("a candidate’s number from 1 to {}, or 0", announced_));
  }

  Status papers() {
    // At least two bytes a mark, and a line a paper.
    const std::string_view rest = at_.rest();
    contest_.papers.reserve(static_cast<std::size_t>(std::ranges::count(rest, '\n')), rest.size() / 2);
    while (true) {
      std::int64_t weight = 1;
      if (!strict_ && at_.take('(')) {
        at_.until(")\n");
        if (!at_.take(')')) return at_.expected("the ) after a paper’s name");
      } else {
        const Cursor start = at_;
        weight = TRY(number("a number of papers, or 0 after the last", 0, most_votes));
        if (weight == 0) return {};
        if (contest_.papers.total() > most_votes - weight) return start.error("there are too many votes");
      }
      TRY(paper(weight));
      TRY(gap(Gap::line));
    }
  }

  Status paper(std::int64_t weight) {
    marks_.clear();
    const std::size_t entry = contest_.papers.size() + 1;
    bool repeats = false;
    std::uint16_t rank = 1;
    while (true) {
      // Nearly always one space and a digit.
      if (!at_.take(' ')) TRY(gap(Gap::space));
      if (!strict_ && !at_digit()) skip();
      if (at_.peek() == '0') {
        at_.step();
        if (at_digit()) return at_.expected("the end of the paper");
        break;
      }
      if (rank == 0xffff) return at_.error("a paper has too many ranks");
      if (!strict_ && at_.take('-')) {
        ++rank;
        continue;
      }
      do {
        const Cursor start = at_;
        const std::optional<Candidate> marked = candidate();
        if (!marked) return expected_candidate(start);
        if (last_paper_[*marked] == entry) {
          if (strict_) return start.error("the candidate has been named on this paper before");
          repeats = true;
        }
        last_paper_[*marked] = entry;
        marks_.push_back({*marked, rank});
      } while (!strict_ && at_.take('='));
      ++rank;
    }
    if (repeats && repeated_++ == 0) first_repeated_ = at_.line();
    contest_.papers.add(marks_, weight);
    return {};
  }

  Status names() {
    for (std::size_t i = 0; i < announced_; ++i) {
      TRY(gap(Gap::line));
      contest_.candidates.push_back(TRY(quoted("the name of a candidate in quotes")));
    }
    TRY(gap(Gap::line));
    if (!strict_ && at_.at_end()) return {};
    contest_.title = TRY(quoted("the title in quotes"));
    if (strict_) {
      at_.take('\r');
      at_.take('\n');
      if (!at_.at_end()) return at_.expected("the end of the file");
      return {};
    }
    TRY(gap(Gap::line));
    if (!at_.at_end()) contest_.notes.push_back(fmt::format("the text from line {} on is not used", at_.line()));
    return {};
  }

  // "…", alone on what is left of its line.
  Result<std::string> quoted(std::string_view what) {
    if (at_.peek() != '"') return at_.expected(what);
    const Cursor start = at_;
    at_.step();
    const std::string_view text = at_.until("\"\n");
    if (!at_.take('"')) return start.error("the quotes are not closed on this line");
    std::string name = TRY(start.in(read_name(text)));
    if (!strict_)
      while (at_.peek() == ' ' || at_.peek() == '\t') at_.step();
    if (!at_.at_end() && at_.peek() != '\n' && at_.peek() != '\r') return at_.expected("the end of the line");
    return name;
  }

  Cursor at_;
  bool strict_;
  Contest contest_;
  std::size_t announced_ = 0;  // the number of candidates of the first line
  std::map<std::string_view, Candidate> nicknames_;
  std::vector<Mark> marks_;
  std::vector<std::size_t> last_paper_;  // by candidate: the last paper that named it, from 1
  std::size_t repeated_ = 0;
  std::size_t first_repeated_ = 0;
};

}  // namespace

Result<Contest> read_blt(std::string_view text, BltDialect dialect) { return BltReader(text, dialect).read(); }

std::string write_blt(const Contest& contest) {
  std::string text = fmt::format("{} {}\n", contest.candidates.size(), contest.seats);
  for (const Candidate candidate : contest.withdrawn) text += fmt::format("-{}\n", candidate + 1);
  for (std::size_t entry = 0; entry < contest.papers.size(); ++entry) {
    text += std::to_string(contest.papers.weight(entry));
    std::uint16_t rank = 0;
    for (const Mark& mark : contest.papers.named_marks(entry)) {
      for (; rank + 1 < mark.rank; ++rank) text += " -";
      text += rank == mark.rank ? '=' : ' ';
      text += std::to_string(mark.candidate + 1);
      rank = mark.rank;
    }
    text += " 0\n";
  }
  text += "0\n";
  const auto quote = [&](std::string name) {
    std::ranges::replace(name, '"', '\'');
    text += '"' + name + "\"\n";
  };
  for (const std::string& name : contest.candidates) quote(name);
  quote(contest.title.empty() ? "Untitled" : contest.title);
  return text;
}

}  // namespace folkmoot::count
