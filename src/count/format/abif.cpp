// ABIF: `{"title": …}` lines, `=token:[Full name]` lines, and papers `42:A>B=C`, with ratings `42:A/5>B/3`.
//
// If any paper gives ratings, the contest grades: from max_rating (or the greatest met) down to min_rating (or the
// least).
#include "count/format/format.hpp"
#include "count/format/lines.hpp"

namespace folkmoot::count {
namespace {

class AbifReader {
 public:
  explicit AbifReader(std::string_view text) : at_(text) {}

  Result<Contest> read() {
    while (!at_.at_end()) {
      skip_spaces(at_);
      if (at_.peek() == '#' || at_.peek() == '\n' || at_.peek() == '\r') {
        take_line(at_);
      } else if (at_.peek() == '{') {
        TRY(metadata());
      } else if (at_.peek() == '=') {
        TRY(name_line());
      } else if (!at_.at_end()) {
        TRY(paper());
      }
    }
    contest_.candidates = tokens_.take();
    for (const auto& [candidate, name] : full_names_) contest_.candidates[candidate] = name;
    TRY(ratings());
    TRY(check(contest_));
    return std::move(contest_);
  }

 private:
  struct Rated {
    std::vector<Mark> marks;
    std::vector<long> ratings;  // of each mark; or none
    std::int64_t weight;
  };

  // {"title": "…"} or {title: "…"}: only what a contest has is used.
  Status metadata() {
    const Cursor start = at_;
    const std::string_view line = take_line(at_);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return {};
    std::string key;
    for (const char c : line.substr(1, colon - 1))
      if (c != '"' && c != ' ') key += c;
    std::string value = tidy(line.substr(
        colon + 1, line.rfind('}') == std::string_view::npos ? std::string_view::npos : line.rfind('}') - colon - 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
    if (key == "title" && !tidy(value).empty()) contest_.title = TRY(start.in(read_name(value)));
    if (key == "max_rating") most_ = std::atol(value.c_str());
    if (key == "min_rating") least_ = std::atol(value.c_str());
    return {};
  }

  Status name_line() {
    at_.step();
    const Cursor start = at_;
    const Candidate candidate = TRY(token(":\n"));
    if (!at_.take(':')) return at_.expected("a colon after the short name");
    skip_spaces(at_);
    std::string_view name = take_line(at_);
    while (name.ends_with(' ')) name.remove_suffix(1);
    if (name.size() < 3 || name.front() != '[' || name.back() != ']') return start.error("expected =short:[Full name]");
    full_names_[candidate] = TRY(start.in(read_name(name.substr(1, name.size() - 2))));
    return {};
  }

  // A short name, or [a full one].
  Result<Candidate> token(std::string_view stops) {
    skip_spaces(at_);
    const Cursor start = at_;
    std::string_view name;
    if (at_.take('[')) {
      name = at_.until("]\n");
      if (!at_.take(']')) return start.error("the bracket is not closed on this line");
    } else {
      name = at_.until(stops);
    }
    return start.in(tokens_.find_or_add(name));
  }

  Status paper() {
    const Cursor start = at_;
    const std::int64_t weight = TRY(take_number(at_, "a number of papers", most_votes));
    if (weight == 0) return start.error("a number of papers is at least 1");
    skip_spaces(at_);
    if (!at_.take(':')) return at_.expected("a colon after the number of papers");
    Rated rated{{}, {}, weight};
    std::uint16_t rank = 1;
    skip_spaces(at_);
    while (!at_.at_end() && at_.peek() != '\n' && at_.peek() != '\r' && at_.peek() != '#') {
      const Candidate candidate = TRY(token("/>=,#\r\n"));
      rated.marks.push_back({candidate, rank});
      if (at_.take('/')) rated.ratings.push_back(static_cast<long>(TRY(take_number(at_, "a rating", 60'000))));
      skip_spaces(at_);
      if (at_.take('>')) {
        if (++rank == 0xffff) return at_.error("a paper has too many ranks");
      } else if (!at_.take('=') && !at_.take(',')) {
        break;
      }
    }
    if (!at_.at_end() && at_.peek() != '\n' && at_.peek() != '\r' && at_.peek() != '#')
      return at_.expected("> or = or the end of the line");
    take_line(at_);
    if (!rated.ratings.empty() && rated.ratings.size() != rated.marks.size())
      return start.error("some candidates are rated and others not");
    if (weight > most_votes - total_) return start.error("there are too many votes");
    total_ += weight;
    papers_.push_back(std::move(rated));
    return {};
  }

  Status ratings() {
    const bool rated = std::ranges::any_of(papers_, [](const Rated& paper) { return !paper.ratings.empty(); });
    if (rated) {
      for (const Rated& paper : papers_)
        for (const long rating : paper.ratings) {
          most_ = std::max(most_.value_or(rating), rating);
          least_ = std::min(least_.value_or(rating), rating);
        }
      if (*least_ < 0 || *most_ > 60'000 || *most_ - *least_ >= most_grades) return fail("ratings lie too far apart");
      for (long rating = *most_; rating >= *least_; --rating) contest_.grades.push_back(std::to_string(rating));
    }
    for (Rated& paper : papers_) {
      for (std::size_t i = 0; i < paper.ratings.size(); ++i)
        paper.marks[i].rank = static_cast<std::uint16_t>(*most_ - paper.ratings[i] + 1);
      if (rated && paper.ratings.empty() && !paper.marks.empty())
        return fail("some papers rate candidates and others rank them");
      TRY(add_paper(contest_.papers, std::move(paper.marks), paper.weight));
    }
    return {};
  }

  Cursor at_;
  Contest contest_;
  NameTable tokens_;
  std::map<Candidate, std::string> full_names_;
  std::vector<Rated> papers_;
  std::int64_t total_ = 0;
  std::optional<long> most_;
  std::optional<long> least_;
};

}  // namespace

Result<Contest> read_abif(std::string_view text) { return AbifReader(text).read(); }

std::string write_abif(const Contest& contest) {
  std::string text = "{version: \"0.1\"}\n";
  if (!contest.title.empty()) {
    std::string title = contest.title;
    std::ranges::replace(title, '"', '\'');
    text += "{title: \"" + title + "\"}\n";
  }
  const bool graded = !contest.grades.empty();
  if (graded) text += fmt::format("{{max_rating: {}}}\n{{min_rating: 0}}\n", contest.grades.size() - 1);
  for (std::size_t i = 0; i < contest.candidates.size(); ++i) {
    std::string name = contest.candidates[i];
    std::ranges::replace(name, ']', ')');
    text += fmt::format("=c{}:[{}]\n", i + 1, name);
  }
  for (std::size_t entry = 0; entry < contest.papers.size(); ++entry) {
    text += std::to_string(contest.papers.weight(entry)) + ":";
    const std::span<const Mark> marks = contest.papers.named_marks(entry);
    for (std::size_t i = 0; i < marks.size(); ++i) {
      if (i > 0) text += marks[i].rank == marks[i - 1].rank ? '=' : '>';
      text += fmt::format("c{}", marks[i].candidate + 1);
      if (graded) text += fmt::format("/{}", contest.grades.size() - marks[i].rank);
    }
    text += '\n';
  }
  return text;
}

}  // namespace folkmoot::count
