#include "count/render/html.hpp"

#include <algorithm>

namespace folkmoot::count {
namespace {

constexpr std::string_view style = R"(
body{font:16px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#1b1b1f;background:#fff}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}
.wide{overflow-x:auto}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{padding:.25rem .6rem;border-bottom:1px solid #d9d9e0;text-align:right;white-space:nowrap}
th:first-child,td:first-child{text-align:left;position:sticky;left:0;background:#fff}
.elected{background:#dff3e4;font-weight:600}.excluded{color:#70707a}
dt{font-weight:600;margin-top:.8rem}dd{margin:0 0 0 1rem}.par{color:#55555f}
@media (prefers-color-scheme:dark){body,th:first-child,td:first-child{background:#16161a;color:#ececf1}
th,td{border-color:#3a3a44}.elected{background:#1d4029}.excluded,.par{color:#a2a2ad}}
)";

class Page {
 public:
  explicit Page(const Transcript& transcript) : transcript_(transcript) {
    elected_.assign(transcript.candidates.size(), 0);
    excluded_.assign(transcript.candidates.size(), 0);
    for (std::size_t i = 0; i < transcript.stages.size(); ++i)
      for (const Event& event : transcript.stages[i].events)
        for (const Candidate candidate : event.candidates) {
          if (event.kind == Event::Kind::elected) elected_[candidate] = i + 1;
          if (event.kind == Event::Kind::excluded) excluded_[candidate] = i + 1;
        }
  }

  std::string write() {
    const std::string title = escape(transcript_.title.empty() ? "A count" : transcript_.title);
    html_ +=
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width\">\n";
    html_ += "<title>" + title + "</title>\n<style>" + std::string(style) + "</style>\n<h1>" + title + "</h1>\n";
    html_ +=
        fmt::format("<p>{} papers, {} {}. Counted by <b>{}</b> ({}).", transcript_.papers, transcript_.seats,
                    transcript_.seats == 1 ? "seat" : "seats", escape(transcript_.rule), escape(transcript_.source));
    if (transcript_.quota) html_ += " Quota " + transcript_.figure(*transcript_.quota) + ".";
    html_ += "</p>\n<p>Elected: <b>" +
             escape(transcript_.winners.empty() ? "nobody" : transcript_.names(transcript_.winners)) + "</b></p>\n";
    table();
    decisions();
    ties();
    if (std::ranges::any_of(transcript_.stages, [](const Stage& stage) { return !stage.transfers.empty(); }))
      html_ += "<h2>The flow of votes</h2>\n<div class=\"wide\">" + to_sankey(transcript_) + "</div>\n";
    for (const std::string& note : transcript_.notes) html_ += "<p>Note: " + escape(note) + ".</p>\n";
    return std::move(html_);
  }

 private:
  void table() {
    html_ += "<h2>Stages</h2>\n<div class=\"wide\"><table>\n<tr><th scope=\"col\">Candidate</th>";
    for (std::size_t i = 0; i < transcript_.stages.size(); ++i)
      html_ += fmt::format("<th scope=\"col\" title=\"{}\">{}</th>",
                           escape(describe(transcript_, transcript_.stages[i])), i + 1);
    html_ += "</tr>\n";
    for (std::size_t c = 0; c < transcript_.candidates.size(); ++c) {
      html_ += "<tr><td>" + escape(transcript_.candidates[c]) + "</td>";
      for (std::size_t i = 0; i < transcript_.stages.size(); ++i) {
        const bool is_elected = elected_[c] != 0 && elected_[c] <= i + 1;
        const bool is_out = excluded_[c] != 0 && excluded_[c] <= i;
        html_ += fmt::format(
            "<td{}>{}</td>",
            is_elected ? " class=\"elected\""
            : is_out   ? " class=\"excluded\""
                       : "",
            is_out && transcript_.stages[i].votes[c] == 0 ? "–" : transcript_.figure(transcript_.stages[i].votes[c]));
      }
      html_ += "</tr>\n";
    }
    row("Not transferable", [&](const Stage& stage) { return transcript_.figure(stage.nontransferable); });
    row("Lost by fractions", [&](const Stage& stage) { return transcript_.figure(stage.loss); });
    if (std::ranges::any_of(transcript_.stages, [](const Stage& stage) { return stage.quota.has_value(); }))
      row("Quota", [&](const Stage& stage) { return stage.quota ? transcript_.figure(*stage.quota) : std::string(); });
    html_ += "</table></div>\n";
  }

  template <class Cell>
  void row(std::string_view name, Cell cell) {
    html_ += fmt::format("<tr><td>{}</td>", name);
    for (const Stage& stage : transcript_.stages) html_ += "<td>" + cell(stage) + "</td>";
    html_ += "</tr>\n";
  }

  void decisions() {
    html_ += "<h2>What was decided, and why</h2>\n<dl>\n";
    for (std::size_t i = 0; i < transcript_.stages.size(); ++i) {
      const Stage& stage = transcript_.stages[i];
      html_ += fmt::format("<dt>Stage {}: {}</dt>\n", i + 1, escape(describe(transcript_, stage)));
      for (const Event& event : stage.events) {
        const bool plain = event.kind == Event::Kind::note || event.kind == Event::Kind::tie;
        html_ += fmt::format(
            "<dd>{}{}{} <span class=\"par\">[{}]</span></dd>\n", plain ? "" : std::string(name_of(event.kind)) + ": ",
            event.candidates.empty() ? "" : "<b>" + escape(transcript_.names(event.candidates)) + "</b>: ",
            escape(event.reason), escape(event.paragraph));
      }
    }
    html_ += "</dl>\n";
  }

  void ties() {
    if (transcript_.ties.empty()) return;
    html_ += "<h2>Ties</h2>\n<ul>\n";
    for (const Tie& tie : transcript_.ties)
      html_ += fmt::format("<li>After stage {}, for {}: {} were equal; {} was chosen ({}).</li>\n", tie.stage,
                           escape(tie.purpose), escape(transcript_.names(tie.tied)),
                           escape(transcript_.name(tie.chosen)), escape(tie.how));
    html_ += "</ul>\n";
  }

  const Transcript& transcript_;
  std::vector<std::size_t> elected_;
  std::vector<std::size_t> excluded_;
  std::string html_;
};

}  // namespace

std::string escape(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string to_html(const Transcript& transcript) { return Page(transcript).write(); }

}  // namespace folkmoot::count
