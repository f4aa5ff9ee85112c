#include "service/pattern.hpp"

#include <algorithm>

namespace folkmoot::service {
namespace {

constexpr double voters_for_each_paper = 10;

std::string about(std::size_t candidates, std::size_t preferences, std::size_t voters) {
  const double papers = distinguishable_papers(candidates, preferences);
  const std::string count = papers < 1e6 ? fmt::format("{:.0f}", papers) : fmt::format("{:.1e}", papers);
  const double ratio = static_cast<double>(voters) / papers;
  return fmt::format("{} {}: {} papers that can be told apart, for {} voters ({})", preferences,
                     preferences == 1 ? "preference" : "preferences", count, voters,
                     ratio < 1 ? "fewer voters than papers" : fmt::format("{:.0f} voters for each", ratio));
}

}  // namespace

double distinguishable_papers(std::size_t candidates, std::size_t preferences) {
  double papers = 1, orders = 1;
  for (std::size_t j = 0; j < preferences; ++j) {
    orders *= static_cast<double>(candidates - j);
    papers += orders;
  }
  return papers;
}

std::size_t suggested_preferences(std::size_t candidates, std::size_t voters) {
  std::size_t preferences = 1;
  while (preferences < candidates &&
         distinguishable_papers(candidates, preferences + 1) * voters_for_each_paper <= static_cast<double>(voters)) {
    ++preferences;
  }
  return preferences;
}

std::string describe_pattern(const Contest& contest, std::size_t voters) {
  if (contest.kind != Contest::Kind::ranking) return "";
  const std::size_t candidates = contest.candidates.size();
  const std::size_t allowed =
      contest.preferences == 0 ? candidates : std::min(candidates, static_cast<std::size_t>(contest.preferences));
  const std::size_t suggested = suggested_preferences(candidates, voters);
  std::string text = fmt::format("{}\n  {}\n", contest.question, about(candidates, allowed, voters));
  if (suggested < allowed) {
    text += fmt::format("  {}\n  Who could be told to mark their paper is safer with \"preferences\": {}.\n",
                        about(candidates, suggested, voters), suggested);
  }
  return text;
}

}  // namespace folkmoot::service
