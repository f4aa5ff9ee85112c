#include "count/format/format.hpp"

#include <array>

#include "base/utf8.hpp"
#include "count/format/blt.hpp"
#include "count/format/lines.hpp"

namespace folkmoot::count {
namespace {

struct Named {
  Format format;
  std::string_view name;
};
constexpr std::array names{Named{Format::blt, "blt"},
                           Named{Format::preflib, "preflib"},
                           Named{Format::abif, "abif"},
                           Named{Format::cef, "cef"},
                           Named{Format::debian, "debian"},
                           Named{Format::rank_csv, "rank-csv"},
                           Named{Format::ballot_csv, "ballot-csv"},
                           Named{Format::grade_csv, "grade-csv"},
                           Named{Format::cdf, "cdf"}};

}  // namespace

std::string_view name_of(Format format) {
  for (const Named& named : names)
    if (named.format == format) return named.name;
  return {};
}

std::optional<Format> format_called(std::string_view name) {
  for (const Named& named : names)
    if (named.name == name) return named.format;
  return std::nullopt;
}

std::optional<Format> guess_format(std::string_view file_name, std::string_view text) {
  const auto ends = [&](std::string_view suffix) { return file_name.ends_with(suffix); };
  if (ends(".blt")) return Format::blt;
  if (ends(".soc") || ends(".soi") || ends(".toc") || ends(".toi") || ends(".cat")) return Format::preflib;
  if (ends(".abif")) return Format::abif;
  if (ends(".cvotes")) return Format::cef;
  if (ends(".json")) return Format::cdf;
  const std::string_view head = text.substr(0, 4096);
  const bool csv = ends(".csv");
  if (csv && (head.starts_with("count,rank") || head.starts_with("rank1"))) return Format::rank_csv;
  if (csv) return Format::ballot_csv;
  if (head.find("Tally Sheet") != std::string_view::npos && text.find("\nV: ") != std::string_view::npos)
    return Format::debian;
  if (head.find("# ALTERNATIVE NAME 1:") != std::string_view::npos) return Format::preflib;
  if (head.find("#/Candidates:") != std::string_view::npos) return Format::cef;
  if (head.find("CastVoteRecordReport") != std::string_view::npos) return Format::cdf;
  if (head.find("{version:") != std::string_view::npos || head.find("{\"version\"") != std::string_view::npos)
    return Format::abif;
  return std::nullopt;
}

namespace {

Result<Contest> read_text(Format format, std::string_view text, const CsvMapping& mapping) {
  switch (format) {
    case Format::blt:
      return read_blt(text);
    case Format::preflib:
      return read_preflib(text);
    case Format::abif:
      return read_abif(text);
    case Format::cef:
      return read_cef(text);
    case Format::debian:
      return read_debian(text);
    case Format::rank_csv:
      return read_rank_csv(text);
    case Format::ballot_csv:
      return read_ballot_csv(text, mapping);
    case Format::grade_csv:
      return read_grade_csv(text, mapping);
    case Format::cdf:
      return read_cdf(text);
  }
  return fail("the format is not known");
}

}  // namespace

Result<Contest> read_contest(Format format, std::string_view bytes, const CsvMapping& mapping) {
  if (format == Format::blt) return read_blt(bytes);
  const std::string text = TRY(decode_text(std::string(bytes)));
  return read_text(format, text, mapping);
}

Result<Contest> join(std::span<const Contest> parts) {
  if (parts.empty()) return fail("there is no file to join");
  Contest joined = parts.front();
  for (const Contest& part : parts.subspan(1)) {
    std::vector<Candidate> numbers;
    for (const std::string& name : part.candidates) {
      auto number = find_candidate(joined, name);
      if (!number) {
        joined.candidates.push_back(name);
        number = static_cast<Candidate>(joined.candidates.size() - 1);
      }
      numbers.push_back(*number);
    }
    for (std::size_t entry = 0; entry < part.papers.size(); ++entry) {
      std::vector<Mark> marks(part.papers.marks(entry).begin(), part.papers.marks(entry).end());
      for (Mark& mark : marks)
        if (mark.candidate != overvote) mark.candidate = numbers[mark.candidate];
      TRY(add_paper(joined.papers, std::move(marks), part.papers.weight(entry)));
    }
  }
  TRY(check(joined));
  return joined;
}

}  // namespace folkmoot::count
