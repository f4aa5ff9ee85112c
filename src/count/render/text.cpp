#include "count/render/text.hpp"

#include <algorithm>

namespace folkmoot::count {
namespace {

// How many columns UTF-8 text takes: its code points, which is right for all but East Asian and combining characters.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & '\xC0') != '\x80'; }));
}

std::string padded(std::string_view text, std::size_t width, bool right) {
  const std::string space(width > width_of(text) ? width - width_of(text) : 0, ' ');
  return right ? space + std::string(text) : std::string(text) + space;
}

// The stage at whose end each candidate was elected or excluded; 0 for neither.
struct Fate {
  std::size_t elected = 0;
  std::size_t excluded = 0;
};

class Table {
 public:
  Table(const Transcript& transcript, std::size_t width) : transcript_(transcript), width_(width) {
    fates_.resize(transcript.candidates.size());
    for (std::size_t i = 0; i < transcript.stages.size(); ++i)
      for (const Event& event : transcript.stages[i].events)
        for (const Candidate candidate : event.candidates) {
          if (event.kind == Event::Kind::elected) fates_[candidate].elected = i + 1;
          if (event.kind == Event::Kind::excluded) fates_[candidate].excluded = i + 1;
        }
    for (const std::string& name : transcript.candidates) name_width_ = std::max(name_width_, width_of(name));
    for (const Stage& stage : transcript.stages) {
      for (const Rational& votes : stage.votes) figure_width_ = std::max(figure_width_, figure(votes).size());
      figure_width_ = std::max(figure_width_, figure(stage.nontransferable).size());
    }
  }

  std::string draw() {
    heading();
    const std::size_t column = figure_width_ + 2;
    const std::size_t room = width_ > name_width_ + column ? (width_ - name_width_) / column : 1;
    for (std::size_t first = 0; first < transcript_.stages.size(); first += room)
      block(first, std::min(room, transcript_.stages.size() - first));
    for (const std::string& note : transcript_.notes) text_ += "Note: " + note + ".\n";
    return std::move(text_);
  }

 private:
  [[nodiscard]] std::string figure(const Rational& value) const { return transcript_.figure(value); }

  void heading() {
    text_ += fmt::format("{}\n{} papers, {} seats; rule {} ({})\n", transcript_.title, transcript_.papers,
                         transcript_.seats, transcript_.rule, transcript_.source);
    if (transcript_.quota) text_ += "Quota " + figure(*transcript_.quota) + "\n";
    text_ += "Elected: " + (transcript_.winners.empty() ? "nobody" : transcript_.names(transcript_.winners)) + "\n";
  }

  void block(std::size_t first, std::size_t count) {
    text_ += "\n" + padded("Stage", name_width_, false);
    for (std::size_t i = first; i < first + count; ++i)
      text_ += "  " + padded(std::to_string(i + 1), figure_width_, true);
    text_ += "\n";
    for (std::size_t c = 0; c < transcript_.candidates.size(); ++c) {
      row(transcript_.candidates[c], first, count, [&](std::size_t i) -> std::string {
        const Rational& votes = transcript_.stages[i].votes[c];
        const bool gone = votes == 0 && fates_[c].excluded != 0 && fates_[c].excluded <= i;
        return gone ? "–" : figure(votes);
      });
      const bool last = first + count == transcript_.stages.size();
      if (last && fates_[c].elected != 0)
        text_.insert(text_.size() - 1, fmt::format("  elected at stage {}", fates_[c].elected));
    }
    row("Not transferable", first, count, [&](std::size_t i) { return figure(transcript_.stages[i].nontransferable); });
    row("Lost by fractions", first, count, [&](std::size_t i) { return figure(transcript_.stages[i].loss); });
    if (std::ranges::any_of(transcript_.stages, [](const Stage& stage) { return stage.quota.has_value(); }))
      row("Quota", first, count, [&](std::size_t i) {
        const auto& quota = transcript_.stages[i].quota;
        return quota ? figure(*quota) : std::string();
      });
    for (std::size_t i = first; i < first + count; ++i) events(i);
  }

  template <class Cell>
  void row(std::string_view name, std::size_t first, std::size_t count, Cell cell) {
    text_ += padded(name, name_width_, false);
    for (std::size_t i = first; i < first + count; ++i) text_ += "  " + padded(cell(i), figure_width_, true);
    while (text_.back() == ' ') text_.pop_back();
    text_ += "\n";
  }

  void events(std::size_t i) {
    const Stage& stage = transcript_.stages[i];
    text_ += fmt::format("  Stage {}: {}\n", i + 1, describe(transcript_, stage));
    for (const Event& event : stage.events) {
      const std::string names = event.candidates.empty() ? "" : transcript_.names(event.candidates) + ": ";
      text_ += fmt::format("    {}{}{} [{}]\n",
                           event.kind == Event::Kind::note || event.kind == Event::Kind::tie
                               ? ""
                               : std::string(name_of(event.kind)) + ": ",
                           names, event.reason, event.paragraph);
    }
  }

  const Transcript& transcript_;
  std::size_t width_;
  std::vector<Fate> fates_;
  std::size_t name_width_ = width_of("Lost by fractions");
  std::size_t figure_width_ = 3;
  std::string text_;
};

}  // namespace

std::string to_table(const Transcript& transcript, std::size_t width) { return Table(transcript, width).draw(); }

}  // namespace folkmoot::count
