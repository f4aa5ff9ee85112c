#include <algorithm>

#include "count/render/html.hpp"

namespace folkmoot::count {
namespace {

// Pictures need no exactness: positions are whole tenths of a pixel.
class Sankey {
 public:
  explicit Sankey(const Transcript& transcript) : transcript_(transcript) {}

  std::string draw() {
    if (transcript_.stages.empty()) return "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    // The order of the bars: by first votes; the not transferable last.
    for (std::size_t c = 0; c < transcript_.candidates.size(); ++c) order_.push_back(static_cast<Candidate>(c));
    const Stage& first = transcript_.stages.front();
    std::ranges::sort(order_, [&](Candidate a, Candidate b) {
      return first.votes[a] == first.votes[b] ? a < b : first.votes[a] > first.votes[b];
    });
    order_.push_back(nobody);
    Rational total = first.nontransferable;
    for (const Rational& votes : first.votes) total += votes;
    scale_ = total > 0 ? Rational(Rational(5000) / total) : Rational(1);
    const long height = 10L * (620 + 8 * static_cast<long>(order_.size()));
    const long width = 10L * (220 + 130 * static_cast<long>(transcript_.stages.size()));
    svg_ = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" width=\"{}\" role=\"img\" "
        "aria-label=\"{}\" font-family=\"system-ui,sans-serif\" font-size=\"110\">\n",
        width, height, width / 10, escape("The flow of votes: " + transcript_.title));
    for (std::size_t i = 0; i + 1 < transcript_.stages.size(); ++i) bands(i);
    for (std::size_t i = 0; i < transcript_.stages.size(); ++i) bars(i);
    svg_ += "</svg>";
    return std::move(svg_);
  }

 private:
  [[nodiscard]] const Rational& votes(std::size_t stage, Candidate candidate) const {
    return candidate == nobody ? transcript_.stages[stage].nontransferable : transcript_.stages[stage].votes[candidate];
  }
  [[nodiscard]] long size(const Rational& figure) const {
    const Rational scaled = figure * scale_;
    return mpz_class(scaled.get_num() / scaled.get_den()).get_si();
  }
  [[nodiscard]] static long left(std::size_t stage) { return 1900 + 1300 * static_cast<long>(stage); }
  [[nodiscard]] long top(std::size_t stage, Candidate candidate) const {
    long y = 400;
    for (const Candidate above : order_) {
      if (above == candidate) break;
      y += size(votes(stage, above)) + 80;
    }
    return y;
  }
  [[nodiscard]] std::string colour(Candidate candidate) const {
    if (candidate == nobody) return "#9a9aa5";
    return fmt::format("hsl({},55%,52%)", candidate * 137 % 360);
  }

  void bars(std::size_t stage) {
    svg_ += fmt::format("<text x=\"{}\" y=\"250\"><title>{}</title>{}</text>\n", left(stage),
                        escape(describe(transcript_, transcript_.stages[stage])), stage + 1);
    for (const Candidate candidate : order_) {
      const long height = size(votes(stage, candidate));
      const std::string name = candidate == nobody ? "Not transferable" : transcript_.name(candidate);
      const long y = top(stage, candidate);
      if (height > 0)
        svg_ += fmt::format(
            "<rect x=\"{}\" y=\"{}\" width=\"160\" height=\"{}\" fill=\"{}\"><title>{}: {}</title></rect>\n",
            left(stage), y, height, colour(candidate), escape(name), transcript_.figure(votes(stage, candidate)));
      if (stage == 0) {
        const bool won = std::ranges::count(transcript_.winners, candidate) > 0;
        svg_ += fmt::format("<text x=\"1850\" y=\"{}\" text-anchor=\"end\"{}>{}</text>\n", y + height / 2 + 40,
                            won ? " font-weight=\"700\"" : "", escape(name.substr(0, cut(name))));
      }
    }
  }

  // Names are cut at 26 bytes, not inside a character.
  static std::size_t cut(const std::string& name) {
    std::size_t end = std::min<std::size_t>(name.size(), 26);
    while (end < name.size() && end > 0 && (name[end] & '\xC0') == '\x80') --end;
    return end;
  }

  // What moves between a stage and the next; what stays is the band between the same candidate's bars.
  void bands(std::size_t stage) {
    const Stage& next = transcript_.stages[stage + 1];
    std::vector<long> out(order_.size(), 0);
    std::vector<long> in(order_.size(), 0);
    const auto place = [&](Candidate candidate) {
      return static_cast<std::size_t>(std::ranges::find(order_, candidate) - order_.begin());
    };
    for (std::size_t i = 0; i < order_.size(); ++i) {
      const Rational stays = std::min(votes(stage + 1, order_[i]), votes(stage, order_[i]));
      const long width = size(stays);
      if (width > 0) band(stage, top(stage, order_[i]), top(stage + 1, order_[i]), width, colour(order_[i]), "0.35");
      out[i] = in[i] = width;
    }
    for (const Transfer& transfer : next.transfers) {
      if (transfer.from == nobody) continue;
      const std::size_t from = place(transfer.from);
      const std::size_t to = place(transfer.to);
      const long width = size(transfer.votes);
      if (width > 0)
        band(stage, top(stage, transfer.from) + out[from], top(stage + 1, transfer.to) + in[to], width,
             colour(transfer.from), "0.6");
      out[from] += width;
      in[to] += width;
    }
  }

  void band(std::size_t stage, long from, long to, long width, const std::string& fill, std::string_view opacity) {
    const long x0 = left(stage) + 160;
    const long x1 = left(stage + 1);
    const long middle = (x0 + x1) / 2;
    svg_ += fmt::format(
        "<path d=\"M{0} {2}C{4} {2} {4} {3} {1} {3}V{6}C{4} {6} {4} {5} {0} {5}Z\" fill=\"{7}\" "
        "fill-opacity=\"{8}\"/>\n",
        x0, x1, from, to, middle, from + width, to + width, fill, opacity);
  }

  const Transcript& transcript_;
  std::vector<Candidate> order_;
  Rational scale_;
  std::string svg_;
};

}  // namespace

std::string to_sankey(const Transcript& transcript) { return Sankey(transcript).draw(); }

}  // namespace folkmoot::count
