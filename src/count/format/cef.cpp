// The Condorcet Election Format (version 1): `#/Candidates: A ; B`, other parameters and comments after `#`, then
// papers `tag, tag || A > B = C ^ weight * quantity`.
#include "count/format/format.hpp"
#include "count/format/lines.hpp"

namespace folkmoot::count {
namespace {

// `text` as a positive number of at most ten digits, or 0.
std::int64_t number_in(std::string_view text) {
  const std::string digits = tidy(text);
  if (digits.empty() || digits.size() > 10) return 0;
  std::int64_t value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return 0;
    value = 10 * value + (c - '0');
  }
  return value;
}

class CefReader {
 public:
  explicit CefReader(std::string_view text) : at_(text) {}

  Result<Contest> read() {
    while (!at_.at_end()) {
      const Cursor start = at_;
      std::string_view line = take_line(at_);
      if (line.starts_with("#/")) {
        TRY(parameter(start, line.substr(2)));
        continue;
      }
      line = line.substr(0, line.find('#'));
      if (!tidy(line).empty()) TRY(paper(start, line));
    }
    contest_.candidates = names_.take();
    TRY(check(contest_));
    return std::move(contest_);
  }

 private:
  Status parameter(const Cursor& start, std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return start.expected("a colon after the parameter");
    const std::string key = tidy(line.substr(0, colon));
    const std::string value = tidy(line.substr(colon + 1));
    if (key == "Candidates") {
      declared_ = true;
      for (std::size_t from = 0; from <= value.size();) {
        const std::size_t to = std::min(value.find(';', from), value.size());
        const std::string name = TRY(start.in(read_name(std::string_view(value).substr(from, to - from))));
        if (names_.find(name) != nullptr) return start.error(fmt::format("“{}” is declared twice", name));
        TRY(start.in(names_.find_or_add(name)));
        from = to + 1;
      }
    } else if (key == "Number of Seats") {
      const std::int64_t seats = number_in(value);
      if (seats < 1 || seats > static_cast<std::int64_t>(most_candidates)) return start.expected("a number of seats");
      contest_.seats = static_cast<std::size_t>(seats);
    } else if (key == "Weight Allowed") {
      weighted_ = value == "true" || value == "True";
    }
    return {};
  }

  Status paper(const Cursor& start, std::string_view line) {
    if (const std::size_t tags = line.find("||"); tags != std::string_view::npos) line = line.substr(tags + 2);
    std::int64_t quantity = 1;
    if (const std::size_t star = line.rfind('*'); star != std::string_view::npos) {
      quantity = number_in(line.substr(star + 1));
      if (quantity == 0) return start.error("expected a number after *");
      line = line.substr(0, star);
    }
    if (const std::size_t caret = line.rfind('^'); caret != std::string_view::npos) {
      const std::int64_t weight = number_in(line.substr(caret + 1));
      if (weight == 0) return start.error("expected a weight after ^");
      if (weighted_ && weight > most_votes / quantity) return start.error("there are too many votes");
      if (weighted_) quantity *= weight;
      line = line.substr(0, caret);
    }
    std::vector<Mark> marks;
    std::uint16_t rank = 1;
    if (tidy(line) != "/EMPTY_RANKING/") {
      for (std::size_t from = 0; from <= line.size(); ++rank) {
        if (rank == 0xffff) return start.error("a paper has too many ranks");
        const std::size_t to = std::min(line.find('>', from), line.size());
        const std::string_view equals = line.substr(from, to - from);
        for (std::size_t first = 0; first <= equals.size();) {
          const std::size_t last = std::min(equals.find('=', first), equals.size());
          const std::string name = TRY(start.in(read_name(equals.substr(first, last - first))));
          if (declared_ && names_.find(name) == nullptr)
            return start.error(fmt::format("“{}” is not one of the candidates", name));
          const Candidate candidate = TRY(start.in(names_.find_or_add(name)));
          marks.push_back({candidate, rank});
          first = last + 1;
        }
        from = to + 1;
      }
    }
    return start.in(add_paper(contest_.papers, std::move(marks), quantity));
  }

  Cursor at_;
  Contest contest_;
  NameTable names_;
  bool declared_ = false;
  bool weighted_ = false;
};

}  // namespace

Result<Contest> read_cef(std::string_view text) { return CefReader(text).read(); }

}  // namespace folkmoot::count
