#include <algorithm>
#include <map>

#include "base/utf8.hpp"
#include "count/render/html.hpp"

namespace folkmoot::count {
namespace {

// Pictures need no exactness: positions are whole tenths of a pixel.
constexpr long column_step = 980;
constexpr long bar_width = 140;
constexpr long margin = 2150;      // for names, on either side
constexpr long top_edge = 760;     // below the titles of the stages
constexpr long all_votes = 5000;   // the height of all papers together
constexpr long line_height = 140;  // a bar has at least this much room, for its name
constexpr long gap = 40;
constexpr long hairline = 8;  // what moves is seen, however little it is

// Each column is a stage, each bar a candidate's votes at its end, each band what stays or moves on. The transfers that
// make up one surplus or one exclusion are drawn as one.
class Sankey {
 public:
  explicit Sankey(const Transcript& transcript) : transcript_(transcript) {}

  std::string draw() {
    if (transcript_.stages.empty()) return "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    for (std::size_t i = 0; i < transcript_.stages.size(); ++i)
      if (!transcript_.stages[i].part || i + 1 == transcript_.stages.size()) columns_.push_back(i);
    // The order of the bars: by first votes; the not transferable last.
    for (std::size_t c = 0; c < transcript_.candidates.size(); ++c) order_.push_back(static_cast<Candidate>(c));
    const Stage& first = transcript_.stages[columns_.front()];
    std::ranges::stable_sort(order_, [&](Candidate a, Candidate b) { return first.votes[a] > first.votes[b]; });
    order_.push_back(nobody);
    Rational total = first.nontransferable;
    for (const Rational& votes : first.votes) total += votes;
    scale_ = total > 0 ? Rational(all_votes / total) : Rational(1);
    long bottom = 0;
    for (std::size_t column = 0; column < columns_.size(); ++column) bottom = std::max(bottom, lay_out(column));
    const long width = left(columns_.size() - 1) + bar_width + margin;
    const long height = bottom + 100;
    svg_ = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{2}\" height=\"{3}\" role=\"img\" "
        "aria-label=\"{4}\" font-family=\"system-ui,sans-serif\" font-size=\"115\" fill=\"#1b1b1f\">\n"
        "<rect width=\"{0}\" height=\"{1}\" fill=\"#fff\"/>\n",
        width, height, width / 10, height / 10, escape("The flow of votes: " + transcript_.title));
    for (std::size_t column = 0; column + 1 < columns_.size(); ++column) bands(column);
    for (std::size_t column = 0; column < columns_.size(); ++column) {
      title(column);
      bars(column);
    }
    names(0, margin - 60, "end");
    if (columns_.size() > 1) names(columns_.size() - 1, width - margin + 60, "start");
    svg_ += "</svg>";
    return std::move(svg_);
  }

 private:
  [[nodiscard]] const Stage& stage(std::size_t column) const { return transcript_.stages[columns_[column]]; }
  [[nodiscard]] const Rational& votes(std::size_t column, Candidate candidate) const {
    return candidate == nobody ? stage(column).nontransferable : stage(column).votes[candidate];
  }
  [[nodiscard]] std::string name(Candidate candidate) const {
    return candidate == nobody ? "Not transferable" : transcript_.name(candidate);
  }
  [[nodiscard]] long size(const Rational& figure) const {
    const Rational scaled = figure * scale_;
    return mpz_class(scaled.get_num() / scaled.get_den()).get_si();
  }
  [[nodiscard]] static long left(std::size_t column) { return margin + column_step * static_cast<long>(column); }
  [[nodiscard]] long top(std::size_t column, Candidate candidate) const { return tops_[column].at(candidate); }
  [[nodiscard]] static std::string colour(Candidate candidate) {
    return candidate == nobody ? "#9a9aa5" : fmt::format("hsl({},55%,52%)", candidate * 137 % 360);
  }

  // Finds each bar's place; returns where the lowest ends. Whoever has no votes left takes no room.
  long lay_out(std::size_t column) {
    std::map<Candidate, long>& tops = tops_.emplace_back();
    long y = top_edge;
    for (const Candidate candidate : order_) {
      const long bar = size(votes(column, candidate));
      const long room = column > 0 && votes(column, candidate) == 0 ? 0 : std::max(bar, line_height);
      tops[candidate] = y + (room - bar) / 2;
      y += room + (room > 0 ? gap : 0);
    }
    return y;
  }

  // The stage's number, and in up to three short lines what it did.
  void title(std::size_t column) {
    constexpr std::size_t most_lines = 3;
    const std::string words = describe(transcript_, stage(column));
    svg_ += fmt::format("<g font-size=\"100\"><title>{}</title><text x=\"{}\" y=\"200\" font-weight=\"700\">{}</text>",
                        escape(words), left(column), columns_[column] + 1);
    std::string_view rest = words;
    for (std::size_t line = 1; line <= most_lines && !rest.empty(); ++line) {
      const std::string_view piece = first_line(rest, line == most_lines);
      svg_ += fmt::format("<text x=\"{}\" y=\"{}\">{}{}</text>", left(column), 210 + 120 * line, escape(piece),
                          line == most_lines && piece.size() < rest.size() ? "…" : "");
      rest.remove_prefix(piece.size());
      rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    }
    svg_ += "</g>\n";
  }

  // What of a title fits a line: “Surplus of”, or else as many words as there is room for. The last line is cut.
  static std::string_view first_line(std::string_view text, bool last) {
    constexpr std::size_t most = 16;  // characters
    const std::string_view fitting = first_characters(text, most);
    if (const std::size_t of = fitting.find(" of "); of != std::string_view::npos) return text.substr(0, of + 3);
    if (last || fitting.size() == text.size()) return fitting;
    const std::size_t space = text.substr(0, fitting.size() + 1).rfind(' ');
    return space == std::string_view::npos ? fitting : text.substr(0, space);
  }

  void bars(std::size_t column) {
    for (const Candidate candidate : order_) {
      const Rational& held = votes(column, candidate);
      if (held == 0) continue;
      svg_ +=
          fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"><title>{}: {}</title></rect>\n",
                      left(column), top(column, candidate), bar_width, std::max(size(held), hairline),
                      colour(candidate), escape(name(candidate)), transcript_.figure(held));
    }
  }

  // The names beside a column, with their whole votes; the elected in bold.
  void names(std::size_t column, long x, std::string_view anchor) {
    constexpr std::size_t most = 26;  // characters
    for (const Candidate candidate : order_) {
      const Rational& held = votes(column, candidate);
      if (column > 0 && held == 0) continue;
      const bool won = std::ranges::count(transcript_.winners, candidate) > 0;
      const std::string full = name(candidate);
      const std::string_view shown = first_characters(full, most);
      svg_ += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"{}\"{}>{}{} {}</text>\n", x,
                          top(column, candidate) + size(held) / 2 + 40, anchor, won ? " font-weight=\"700\"" : "",
                          escape(shown), shown.size() < full.size() ? "…" : "", to_text(held, 0));
    }
  }

  // What moves between a column and the next; what stays is the band between the same candidate's bars.
  void bands(std::size_t column) {
    std::map<Candidate, long> out;  // how far down the bars bands have been attached
    std::map<Candidate, long> in;
    for (const Candidate candidate : order_) {
      const Rational& stays = std::min(votes(column + 1, candidate), votes(column, candidate));
      out[candidate] = in[candidate] = size(stays);
      if (stays > 0) band(column, candidate, candidate, 0, 0, stays, "0.3");
    }
    std::map<std::pair<Candidate, Candidate>, Rational> moved;
    for (std::size_t i = columns_[column] + 1; i <= columns_[column + 1]; ++i)
      for (const Transfer& transfer : transcript_.stages[i].transfers)
        if (transfer.from != nobody) moved[{transfer.from, transfer.to}] += transfer.votes;
    for (const auto& [ends, votes] : moved) {
      const auto& [from, to] = ends;
      if (votes > 0) band(column, from, to, out[from], in[to], votes, "0.65");
      out[from] += size(votes);
      in[to] += size(votes);
    }
  }

  // `out` and `in`: how far below the tops of the two bars.
  void band(std::size_t column, Candidate from, Candidate to, long out, long in, const Rational& votes,
            std::string_view opacity) {
    const long x0 = left(column) + bar_width;
    const long x1 = left(column + 1);
    const long y0 = top(column, from) + out;
    const long y1 = top(column + 1, to) + in;
    const long width = std::max(size(votes), hairline);
    svg_ += fmt::format(
        "<path d=\"M{0} {2}C{4} {2} {4} {3} {1} {3}V{6}C{4} {6} {4} {5} {0} {5}Z\" fill=\"{7}\" fill-opacity=\"{8}\">"
        "<title>{9}: {10}</title></path>\n",
        x0, x1, y0, y1, (x0 + x1) / 2, y0 + width, y1 + width, colour(from), opacity,
        escape(from == to ? name(from) : name(from) + " → " + name(to)), transcript_.figure(votes));
  }

  const Transcript& transcript_;
  std::vector<std::size_t> columns_;  // stages
  std::vector<Candidate> order_;
  std::vector<std::map<Candidate, long>> tops_;  // by column
  Rational scale_;
  std::string svg_;
};

}  // namespace

std::string to_sankey(const Transcript& transcript) { return Sankey(transcript).draw(); }

}  // namespace folkmoot::count
