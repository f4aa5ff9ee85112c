// bench_strict [MEMBERS]: what the supplement costs beside the verification of a record under version 1. First one
// question whose answers are added up, of 5 candidates; then two ranking questions, of 3 and of 24. 15,150 members
// unless told, of whom some 10,000 vote; 3 of 5 trustees. CPU time on one thread; what follows from the supplement
// (signatures, batched proofs, key ceremony) is measured apart from the comparison of plaintexts, which needs no
// supplement.
#include "measure.hpp"
#include "record/observer.hpp"
#include "record/verify.hpp"
#include "service/played_election.hpp"
#include "service/supplement.hpp"
#include "store/file_source.hpp"
#include "strict/acts.hpp"
#include "strict/plaintexts.hpp"
#include "strict/verify.hpp"

namespace folkmoot {
namespace {

namespace fs = std::filesystem;

double cpu_seconds() { return clock_seconds(CLOCK_PROCESS_CPUTIME_ID); }

template <class Work>
double measure(std::string_view what, Work work) {
  const double begin = cpu_seconds();
  work();
  const double seconds = cpu_seconds() - begin;
  fmt::print("{:<56} {:9.4f} s\n", what, seconds);
  std::fflush(stdout);
  return seconds;
}

using G = group::Ed25519;

// Keeps what the record says about decryptions, so that their checks can be timed.
struct Kept {
  struct Decryption {
    election::Owned owned;
    election::EncryptedTally<G> tally;
    election::PartialDecryption<G> decryption;
  };
  std::string fingerprint;
  std::vector<G::Element> keys;
  std::vector<election::ThresholdParameters<G>> groups;
  std::string closing;
  std::vector<Decryption> decryptions;
  struct Rankings {
    std::vector<G::Element> elements;
    std::vector<std::vector<std::uint64_t>> numbers;
  };
  std::vector<Rankings> rankings;
};

class Keeper final : public record::Observer<G> {
 public:
  explicit Keeper(Kept& kept) : kept_(kept) {}
  void unreadable(const Error& error) override { need(Result<void>(Failure(error))); }
  void setup(const record::Setup<G>& setup) override {
    kept_.fingerprint = setup.fingerprint;
    kept_.keys = setup.trustees->verification_keys();
    for (const auto& kind : setup.trustees->kinds) {
      if (const auto* group = std::get_if<election::ThresholdParameters<G>>(&kind)) kept_.groups.push_back(*group);
    }
  }
  void ballot(const Digest&, const election::Ballot<G>*) override {}
  void end_ballots(const Digest& event) override { kept_.closing = to_hex(event); }
  void tally(const election::EncryptedTally<G>&) override {}
  void shuffle(const std::optional<election::Owned>&, const election::Shuffle<G>*) override {}
  void decryption(const std::optional<election::Owned>& owned, const election::EncryptedTally<G>* tally,
                  const election::PartialDecryption<G>* decryption) override {
    kept_.decryptions.push_back({*owned, *tally, *decryption});
  }
  void plaintexts(std::size_t, std::span<const G::Element> elements,
                  const std::vector<std::vector<std::uint64_t>>& numbers) override {
    kept_.rankings.push_back({{elements.begin(), elements.end()}, numbers});
  }
  void finish(bool) override {}

 private:
  Kept& kept_;
};

class Keepers final : public record::Observers {
 public:
  explicit Keepers(Kept& kept) : kept_(kept) {}
  std::unique_ptr<record::Observer<group::Ed25519>> make(record::Workers&,
                                                         std::type_identity<group::Ed25519>) override {
    return std::make_unique<Keeper>(kept_);
  }
  std::unique_ptr<record::Observer<group::Belenios2048>> make(record::Workers&,
                                                              std::type_identity<group::Belenios2048>) override {
    return nullptr;
  }
  std::unique_ptr<record::Observer<group::Rfc3526>> make(record::Workers&,
                                                         std::type_identity<group::Rfc3526>) override {
    return nullptr;
  }

 private:
  Kept& kept_;
};

void check_supplement(const Kept& kept, const strict::Supplement<G>& supplement) {
  for (std::size_t i = 0; i < kept.groups.size(); ++i) {
    if (!election::check_key_ceremony(kept.groups[i], supplement.ceremonies[i]).empty()) std::abort();
  }
  const strict::Bond bond{kept.fingerprint, kept.closing, strict::head_hash(supplement)};
  const auto key = [&](std::int64_t owner) { return kept.keys[static_cast<std::size_t>(owner - 1)]; };
  for (const auto& act : supplement.shuffles) need(strict::check_signature<G>(bond, key(act.owner), act));
  record::Workers workers(1);
  for (std::size_t i = 0; i < supplement.decryptions.size(); ++i) {
    const auto& act = supplement.decryptions[i];
    need(strict::check_signature<G>(bond, key(act.owner), act));
    need(strict::check_proof<G>(kept.fingerprint, key(act.owner), act, kept.decryptions[i].tally,
                                kept.decryptions[i].decryption, workers));
  }
}

void compare_plaintexts(const Kept& kept) {
  record::Workers workers(1);
  for (const auto& [elements, numbers] : kept.rankings) {
    if (!strict::odd_plaintexts<G>(elements, numbers, workers).empty()) std::abort();
  }
}

// The same people choose some of five.
service::InventedElection choosing(service::InventedElection election) {
  constexpr count::Candidate candidates = 5;
  service::Contest& contest = election.paper.contests.back();
  contest.kind = service::Contest::Kind::choice;
  contest.candidates.resize(candidates);
  contest.max = candidates;
  contest.rule = "block-vote";
  contest.seats = 3;
  election.paper.contests = {contest};
  for (service::InventedVote& vote : election.votes) {
    auto chosen = vote.preferences.back();
    std::erase_if(chosen, [](count::Candidate candidate) { return candidate >= candidates; });
    if (chosen.empty()) chosen = {0};
    vote.preferences = {chosen};
  }
  return election;
}

int run(std::string_view what, service::InventedElection election) {
  fmt::print("\n{}\n", what);
  std::string name = (fs::temp_directory_path() / "strict.XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) return 1;
  auto played = need(service::PlayedElection::open(std::move(election), {}, fs::path(name) / "e", {}));
  need(played.vote());
  need(played.tally());
  const auto source = need(store::FileSource::open(played.record()));
  const std::string text = need(service::read_file(service::supplement_file(played.record())));

  Kept kept;
  Keepers keepers(kept);
  record::VerifyOptions options;
  options.threads = 1;
  record::Report report;
  const double version_1 = measure("the record, under version 1", [&] { report = record::verify(source, options); });
  options.observers = &keepers;
  record::verify(source, options);
  strict::Supplement<G> supplement;
  const double own = measure("the supplement: proofs, signatures, key ceremony", [&] {
    supplement = need(json::read_canonical(text, strict::read_supplement<G>));
    check_supplement(kept, supplement);
  });
  const double plaintexts = measure("rankings compared with the encoder's", [&] { compare_plaintexts(kept); });
  strict::Report both;
  options.observers = nullptr;
  measure("both together", [&] { both = strict::verify(source, text, options); });
  fmt::print("{} ballots, {} counted; supplement {} bytes. The supplement costs {:.2f} %, the rankings {:.2f} %.\n",
             report.ballots, report.tallied, text.size(), 100 * own / version_1, 100 * plaintexts / version_1);
  fs::remove_all(name);
  return both.verdict() == record::Verdict::valid ? 0 : 1;
}

}  // namespace
}  // namespace folkmoot

int main(int argc, char** argv) {
  using namespace folkmoot;
  const auto rankings = service::invent_election(argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 15'150);
  const int failed = run("One question of five candidates, answers added up", choosing(rankings));
  return failed + run("Two rankings, of 3 and of 24 candidates", rankings);
}
