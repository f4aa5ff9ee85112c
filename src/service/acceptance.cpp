// The returning officer accepts ballots.
#include <deque>
#include <fstream>
#include <unordered_set>

#include "election/claims.hpp"
#include "secret/work.hpp"
#include "service/officer.hpp"
#include "service/opened.hpp"
#include "service/supplement.hpp"
#include "store/record_file.hpp"
#include "strict/elements.hpp"
#include "strict/opened.hpp"

namespace folkmoot::service {
namespace {

// So many are checked and written at a time, in batches for the cores.
constexpr std::size_t chunk_size = 2048;
constexpr std::size_t batch_size = 32;
// Longer lines are no ballots: a hundred answers in the largest group take a tenth of this.
constexpr std::size_t longest_ballot = std::size_t{1} << 23;

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

// Checks ballots, each on its own, against an election.
template <PrimeGroup G>
class Checker {
 public:
  Checker(const record::Setup<G>& setup, const std::optional<strict::Supplement<G>>& supplement)
      : setup_(setup), strict_(supplement.has_value()) {
    if (supplement) spoiled_.insert(supplement->spoiled.begin(), supplement->spoiled.end());
    for (const auto& credential : setup.credentials->credentials) voters_.insert(credential.key.text());
  }

  // For each text what is wrong with it; empty for a good ballot.
  [[nodiscard]] std::vector<std::string> check(const std::vector<Lines::Line>& lines) const {
    std::vector<std::string> wrong(lines.size());
    const std::size_t batches = (lines.size() + batch_size - 1) / batch_size;
    secret::parallel_for(batches, {}, [&](std::size_t batch) {
      const std::size_t begin = batch * batch_size;
      check(std::span(lines).subspan(begin, std::min(batch_size, lines.size() - begin)), wrong.data() + begin);
    });
    return wrong;
  }

 private:
  struct Pending {
    std::size_t line;
    election::Ballot<G> ballot;
    std::optional<election::BallotClaims<G>> claims;
  };

  Result<election::Ballot<G>> read(const std::string& text) const {
    if (text.size() > longest_ballot) return fail("too long for a ballot");
    auto ballot = TRY(json::read_canonical(
        text, [&](json::Value value) { return election::read_ballot<G>(setup_.election.questions, value); }));
    if (!voters_.contains(ballot.credential.text())) return fail("its credential is not one of this election's");
    if (strict_) {
      if (spoiled_.contains(election::tracker(text))) return fail("it was opened, and cannot be cast any more");
      if (const auto places = strict::identities(ballot); !places.empty()) return fail("{}", places.front());
    }
    return ballot;
  }

  void check(std::span<const Lines::Line> lines, std::string* wrong) const {
    group::Batch<G> batch(setup_.public_key);
    std::deque<Pending> pending;  // what a batch refers to must stay where it is
    for (std::size_t i = 0; i < lines.size(); ++i) {
      auto ballot = read(lines[i].text);
      if (!ballot) {
        wrong[i] = ballot.error().message;
        continue;
      }
      Pending& added = pending.emplace_back(Pending{i, *std::move(ballot), {}});
      added.claims.emplace(batch, setup_.election, setup_.fingerprint, added.ballot, lines[i].text);
    }
    batch.run();
    for (const Pending& checked : pending) {
      std::vector<std::string> failures;
      for (const auto& failure : checked.claims->failures(batch)) failures.push_back(failure.message);
      wrong[checked.line] = fmt::format("{}", fmt::join(failures, "; "));
    }
  }

  const record::Setup<G>& setup_;
  bool strict_;
  std::unordered_set<std::string> voters_;
  std::unordered_set<std::string> spoiled_;
};

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
    const Checker<G> checker(opened.setup, supplement);
    Acceptance acceptance;
    Lines input(files);
    for (bool more = true; more;) {
      std::vector<Lines::Line> lines;
      while (more && lines.size() < chunk_size) {
        auto line = TRY(input.next());
        more = line.has_value();
        if (line) lines.push_back(*std::move(line));
      }
      const std::vector<std::string> wrong = checker.check(lines);
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
    auto supplement = TRY(read_supplement<G>(record));
    if (!supplement) return fail("the election is not held under the strict profile: there is no place for it");
    const record::EventType last = file.chain().last()->event.type;
    if (last != record::EventType::setup && last != record::EventType::ballot) return fail("the voting is closed");
    const auto ballot = TRY(in(opened_ballot.string(), json::read_canonical(trimmed_line(text), [&](json::Value value) {
                                 return strict::read_opened_ballot<G>(opened.setup.election.questions, value);
                               })));
    const std::vector<std::string> wrong = strict::check_opened(opened.setup, ballot);
    if (!wrong.empty()) return fail("{}: {}", opened_ballot.string(), fmt::join(wrong, "; "));
    const std::string ballot_text = json::to_text(ballot.ballot);
    std::string tracker = election::tracker(ballot_text);
    if (file.chain().has(sha256(ballot_text))) return fail("ballot {} has been cast, and is in the record", tracker);
    auto& spoiled = supplement->spoiled;
    const auto place = std::ranges::lower_bound(spoiled, tracker);
    if (place != spoiled.end() && *place == tracker) return fail("ballot {} is known to be opened", tracker);
    spoiled.insert(place, tracker);
    TRY(write_supplement(record, *supplement));
    return tracker;
  });
}

}  // namespace folkmoot::service
