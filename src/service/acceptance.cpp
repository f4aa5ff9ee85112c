// The returning officer accepts ballots.
#include <fstream>

#include "service/ballot_check.hpp"
#include "service/officer.hpp"
#include "service/spoiling.hpp"
#include "store/record_file.hpp"
#include "strict/opened.hpp"

namespace folkmoot::service {
namespace {

// So many are checked and written at a time.
constexpr std::size_t chunk_size = 2048;

// The lines of many files, one after the other.
class Lines {
 public:
  struct Line {
    std::string text;
    std::string where;
  };
  explicit Lines(const std::vector<fs::path>& files) : files_(files) {}

  // The next line that is not empty, or nothing at the end of the last file.
  Result<std::optional<Line>> next() {
    for (;;) {
      if (!stream_.is_open()) {
        if (next_file_ == files_.size()) return std::nullopt;
        path_ = files_[next_file_++];
        stream_.open(path_, std::ios::binary);
        if (!stream_ || fs::is_directory(path_)) return fail("{}: cannot open", path_.string());
        number_ = 0;
      }
      std::string text = read_line();
      if (stream_.bad()) return fail("{}: cannot read", path_.string());
      if (stream_.eof() && text.empty()) {
        stream_.close();
        stream_.clear();
        continue;
      }
      ++number_;
      if (text.ends_with('\r')) text.pop_back();
      if (text.empty()) continue;
      return Line{std::move(text), fmt::format("{}: line {}", path_.string(), number_)};
    }
  }

 private:
  // Up to the next line end. Of a line that is too long the rest is passed over.
  std::string read_line() {
    std::string line;
    for (int c = stream_.get(); c != std::char_traits<char>::eof() && c != '\n'; c = stream_.get()) {
      if (line.size() <= longest_ballot) line += static_cast<char>(c);
    }
    return line;
  }

  const std::vector<fs::path>& files_;
  std::size_t next_file_ = 0;
  fs::path path_;
  std::ifstream stream_;
  std::uint64_t number_ = 0;
};

std::vector<std::string_view> texts_of(const std::vector<Lines::Line>& lines) {
  std::vector<std::string_view> texts;
  for (const Lines::Line& line : lines) texts.emplace_back(line.text);
  return texts;
}

// Without the line end that a file may have after its one line.
std::string_view trimmed_line(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  return text;
}

}  // namespace

Result<Acceptance> accept_ballots(const fs::path& record, const std::vector<fs::path>& files,
                                  const Progress& progress) {
  store::RecordFile file = TRY(store::RecordFile::open(record));
  return with_record(record, [&]<PrimeGroup G>(Opened<G>& opened) -> Result<Acceptance> {
    const auto supplement = TRY(read_supplement<G>(record));
    const BallotCheck<G> check(opened.setup, supplement);
    Acceptance acceptance;
    Lines input(files);
    for (bool more = true; more;) {
      std::vector<Lines::Line> lines;
      while (more && lines.size() < chunk_size) {
        auto line = TRY(input.next());
        more = line.has_value();
        if (line) lines.push_back(*std::move(line));
      }
      const std::vector<std::string_view> texts = texts_of(lines);
      const std::vector<std::string> wrong = check(texts);
      std::vector<record::Addition> additions;
      std::vector<std::string> where;  // of the additions
      for (std::size_t i = 0; i < lines.size(); ++i) {
        if (!wrong[i].empty()) {
          acceptance.refused.push_back({lines[i].where, wrong[i]});
        } else {
          additions.push_back({record::EventType::ballot, {std::move(lines[i].text)}});
          where.push_back(lines[i].where);
        }
      }
      const auto steps = TRY(file.append(std::move(additions)));
      for (std::size_t i = 0; i < steps.size(); ++i) {
        if (steps[i]) {
          ++acceptance.accepted;
        } else {
          acceptance.refused.push_back({where[i], steps[i].error().message});
        }
      }
      progress("ballots checked and accepted", acceptance.accepted, 0);
    }
    return acceptance;
  });
}

Result<std::string> spoil_ballot(const fs::path& record, const fs::path& opened_ballot) {
  const std::string text = TRY(read_file(opened_ballot));
  // Opened before it is read: no ballot can then be accepted meanwhile.
  const store::RecordFile file = TRY(store::RecordFile::open(record));
  return with_record(record, [&]<PrimeGroup G>(Opened<G>& opened) -> Result<std::string> {
    const auto supplement = TRY(read_supplement<G>(record));
    if (!supplement) return fail("the election is not held under the strict profile: there is no place for it");
    const record::EventType last = file.chain().last()->event.type;
    if (last != record::EventType::setup && last != record::EventType::ballot) return fail("the voting is closed");
    const auto shown = TRY(in(opened_ballot.string(), service::opened_ballot(opened.setup, trimmed_line(text))));
    const std::string ballot = json::to_text(shown);
    std::string tracker = election::tracker(ballot);
    if (file.chain().has(sha256(ballot))) return fail("ballot {} has been cast, and is in the record", tracker);
    if (TRY(keep_spoiled<G>(record, {&tracker, 1})) == 0) return fail("ballot {} is known to be opened", tracker);
    return tracker;
  });
}

}  // namespace folkmoot::service
