// The tally sheet of a Debian vote: `Option 3---->: Name` lines, then `V: 21-3  HASH`, a character an option: its rank
// in digits and then letters, or - for unranked.
#include "count/format/format.hpp"
#include "count/format/lines.hpp"

namespace folkmoot::count {

Result<Contest> read_debian(std::string_view text) {
  Cursor at(text);
  Contest contest;
  NameTable names;
  while (!at.at_end()) {
    const Cursor start = at;
    const std::string_view line = take_line(at);
    if (const std::size_t option = line.find("Option "); option != std::string_view::npos && !line.starts_with("V:")) {
      const std::size_t colon = line.find(">:", option);
      if (colon == std::string_view::npos) continue;  // prose
      TRY(start.in(names.find_or_add(line.substr(colon + 2))));
    } else if (line.starts_with("V:")) {
      const std::string rest = tidy(line.substr(2));
      const std::string votes = rest.substr(0, rest.find_first_of(" \t"));
      if (votes.size() != names.size())
        return start.error(
            fmt::format("expected a rank for each of the {} options, found {}", names.size(), votes.size()));
      std::vector<Mark> marks;
      for (std::size_t i = 0; i < votes.size(); ++i) {
        const char c = votes[i];
        if (c == '-') continue;
        const int rank = c >= '1' && c <= '9'   ? c - '0'
                         : c >= 'A' && c <= 'Z' ? c - 'A' + 10
                         : c >= 'a' && c <= 'z' ? c - 'a' + 10
                                                : 0;
        if (rank == 0)
          return start.error(fmt::format("the rank of option {} is neither a digit nor a letter nor -", i + 1));
        marks.push_back({static_cast<Candidate>(i), static_cast<std::uint16_t>(rank)});
      }
      TRY(add_paper(contest.papers, std::move(marks), 1));
    }
  }
  contest.candidates = names.take();
  contest.seats = 1;
  TRY(check(contest));
  return contest;
}

}  // namespace folkmoot::count
