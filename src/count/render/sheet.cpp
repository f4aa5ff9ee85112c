#include <algorithm>

#include "count/render/html.hpp"

namespace folkmoot::count {
namespace {

// A cell, in quotes; a first character that a spreadsheet would take for a formula is kept from being one.
std::string in_quotes(std::string_view text) {
  std::string cell = "\"";
  if (!text.empty() && std::string_view("=+-@").find(text.front()) != std::string_view::npos) cell += '\'';
  for (const char c : text) cell += c == '"' ? "\"\"" : std::string(1, c);
  return cell + '"';
}

}  // namespace

std::string to_result_sheet(const Transcript& transcript) {
  std::string text;
  const auto line = [&](const std::vector<std::string>& cells) {
    for (const std::string& cell : cells) text += (&cell == cells.data() ? "" : ",") + cell;
    text += "\r\n";
  };
  line({in_quotes("Election for"), in_quotes(transcript.title)});
  line({in_quotes("Number to be elected"), std::to_string(transcript.seats)});
  line({in_quotes("Valid votes"), std::to_string(transcript.papers)});
  if (transcript.quota) line({in_quotes("Quota"), transcript.figure(*transcript.quota)});
  line({in_quotes("Election rules"), in_quotes(transcript.rule + ", " + transcript.source)});
  text += in_quotes("Stage") + ",1";
  for (std::size_t i = 1; i < transcript.stages.size(); ++i) text += fmt::format(",{},", i + 1);
  text += "\r\n" + in_quotes("Candidate") + "," + in_quotes("First preferences");
  for (std::size_t i = 1; i < transcript.stages.size(); ++i)
    text += "," + in_quotes(describe(transcript, transcript.stages[i])) + "," + in_quotes("Votes");
  text += "\r\n";
  const auto row = [&](std::string_view name, auto figure, std::string_view end) {
    text += in_quotes(name);
    for (std::size_t i = 0; i < transcript.stages.size(); ++i) {
      const Rational now = figure(transcript.stages[i]);
      if (i > 0) {
        const Rational change = now - figure(transcript.stages[i - 1]);
        text += "," + (change == 0 ? std::string() : (change > 0 ? "+" : "") + transcript.figure(change));
      }
      text += "," + transcript.figure(now);
    }
    text += (end.empty() ? "" : "," + in_quotes(end)) + "\r\n";
  };
  for (std::size_t c = 0; c < transcript.candidates.size(); ++c)
    row(
        transcript.candidates[c], [&](const Stage& stage) { return stage.votes[c]; },
        std::ranges::count(transcript.winners, static_cast<Candidate>(c)) > 0 ? "Elected" : "");
  row(
      "Non-transferable", [](const Stage& stage) { return Rational(stage.nontransferable + stage.loss); }, "");
  row(
      "Totals",
      [](const Stage& stage) {
        Rational sum = stage.nontransferable + stage.loss;
        for (const Rational& votes : stage.votes) sum += votes;
        return sum;
      },
      "");
  return text;
}

}  // namespace folkmoot::count
