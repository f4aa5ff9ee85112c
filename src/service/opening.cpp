// The returning officer opens an election.
#include <ctime>

#include "base/sha256.hpp"
#include "election/credentials.hpp"
#include "election/election.hpp"
#include "election/trustees.hpp"
#include "group/all.hpp"
#include "record/verify_setup.hpp"
#include "service/officer.hpp"
#include "service/opened.hpp"
#include "service/supplement.hpp"
#include "store/record_file.hpp"

namespace folkmoot::service {
namespace {

template <PrimeGroup G>
Result<election::TrusteeKind<G>> read_trustee(const fs::path& file) {
  auto single = read_as(file, election::read_trustee_public_key<G>);
  if (single) return election::TrusteeKind<G>(*std::move(single));
  auto threshold = read_as(file, election::read_threshold_parameters<G>);
  if (threshold) return election::TrusteeKind<G>(*std::move(threshold));
  return fail("{}; nor is it a threshold key: {}", single.error().message, threshold.error().message);
}

// The commitments of the ceremony that made a threshold key; nothing if there are none.
template <PrimeGroup G>
Result<std::optional<election::KeyCeremony<G>>> read_ceremony(const fs::path& threshold,
                                                              const election::ThresholdParameters<G>& parameters) {
  const fs::path path = supplement_file(threshold);
  if (!fs::exists(path)) return std::nullopt;
  auto ceremony = TRY(read_as(path, election::read_key_ceremony<G>));
  const std::vector<std::string> wrong = election::check_key_ceremony(parameters, ceremony);
  if (!wrong.empty()) return fail("{}: {}", path.string(), fmt::join(wrong, "; "));
  return ceremony;
}

template <PrimeGroup G>
Result<AssembledTrustees> assemble(const std::vector<fs::path>& files) {
  election::Trustees<G> trustees;
  std::vector<election::KeyCeremony<G>> ceremonies;
  bool all_committed = true;
  for (const fs::path& file : files) {
    election::Trustees<G> alone{{TRY(read_trustee<G>(file))}};
    const std::vector<std::string> wrong = election::check_trustees(alone);
    if (!wrong.empty()) return fail("{}: {}", file.string(), fmt::join(wrong, "; "));
    trustees.kinds.push_back(std::move(alone.kinds.front()));
    const auto* group = std::get_if<election::ThresholdParameters<G>>(&trustees.kinds.back());
    if (!group) continue;
    auto ceremony = TRY(read_ceremony(file, *group));
    all_committed = all_committed && ceremony;
    if (ceremony) ceremonies.push_back(*std::move(ceremony));
  }
  AssembledTrustees assembled{json::to_text(trustees), {}};
  if (!all_committed) return assembled;
  json::Writer writer;
  json::write_array(writer, ceremonies);
  assembled.ceremonies = writer.take();
  return assembled;
}

// The supplement of an election that has just been opened.
template <PrimeGroup G>
Result<strict::Supplement<G>> new_supplement(const BallotPaper& paper, const std::string& fingerprint,
                                             const std::optional<std::string>& ceremonies) {
  if (!ceremonies) {
    return fail(
        "a threshold key was made without commitments, by other tools: it cannot serve under the strict profile");
  }
  const json::Document document = TRY(json::Document::parse(*ceremonies));
  strict::Supplement<G> supplement;
  supplement.uuid = paper.uuid;
  supplement.fingerprint = fingerprint;
  supplement.ceremonies = TRY(json::read_array(document.root(), election::read_key_ceremony<G>));
  return supplement;
}

template <PrimeGroup G>
Result<OpenedElection> open(const BallotPaper& paper, const AssembledTrustees& assembled,
                            const std::string& credentials_text, const fs::path& folder, Profile profile) {
  const std::string& trustees_text = assembled.structure;
  const auto trustees = TRY(in("the trustees", json::read_canonical(trustees_text, election::read_trustees<G>)));
  election::Election<G> election;
  election.description = published_description(paper);
  election.name = paper.name;
  election.public_key = TRY(in("the trustees", election::combined_key(trustees)));
  election.questions = TRY(questions(paper));
  election.uuid = paper.uuid;

  record::SetupTexts texts{json::to_text(election), trustees_text, credentials_text, {}};
  texts.setup_data = json::to_text(
      election::SetupData{sha256_hex(texts.election), sha256_hex(texts.trustees), sha256_hex(texts.credentials)});
  record::Report report;
  const auto setup = record::verify_setup<G>(texts, report);
  TRY(record::first_failure(report));
  const std::vector<std::string> wrong = election::check_election(election);
  if (!wrong.empty()) return fail("{}", fmt::join(wrong, "; "));

  OpenedElection opened{folder / (paper.uuid + ".bel"), setup->fingerprint, setup->credentials->credentials.size(),
                        sha256_hex(credentials_text)};
  if (opened.voters == 0) return fail("the list of credentials is empty");
  std::optional<strict::Supplement<G>> supplement;
  if (profile == Profile::strict) {
    supplement = TRY(new_supplement<G>(paper, setup->fingerprint, assembled.ceremonies));
  }
  TRY(write_file(folder / "ballot-paper.json", json::to_text(paper) + "\n"));
  if (supplement) TRY(write_supplement(opened.record, *supplement));
  store::RecordFile file =
      TRY(store::RecordFile::create(opened.record, static_cast<std::uint64_t>(std::time(nullptr))));
  TRY(file.append({record::EventType::setup, {texts.election, texts.trustees, texts.credentials, texts.setup_data}}));
  return opened;
}

}  // namespace

Result<AssembledTrustees> assemble_trustees(std::string_view group, const std::vector<fs::path>& files) {
  if (files.empty()) return fail("an election needs at least one trustee");
  return group::with_group(group, [&]<PrimeGroup G>() { return assemble<G>(files); });
}

Result<OpenedElection> open_election(const BallotPaper& paper, const AssembledTrustees& trustees,
                                     const std::string& credentials, const fs::path& folder, Profile profile) {
  if (paper.uuid.empty()) return fail("the ballot paper has no uuid: `folkmoot officer draft` gives it one");
  return group::with_group(paper.group,
                           [&]<PrimeGroup G>() { return open<G>(paper, trustees, credentials, folder, profile); });
}

}  // namespace folkmoot::service
