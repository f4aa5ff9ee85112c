// The returning officer from the encrypted tally to the result.
#include "base/sha256.hpp"
#include "election/decryption.hpp"
#include "election/shuffles.hpp"
#include "record/tally_so_far.hpp"
#include "secret/work.hpp"
#include "service/officer.hpp"
#include "service/opened.hpp"
#include "service/supplement.hpp"
#include "store/record_file.hpp"
#include "strict/acts.hpp"
#include "strict/elements.hpp"

namespace folkmoot::service {
namespace {

using record::EventType;
using record::read_tally_so_far;
using record::TallySoFar;

// So many ciphertexts are checked by one thread at a time.
constexpr std::size_t part_size = 256;

// What a trustee has sent: two lines, and a third under the strict profile.
struct Sent {
  std::string text;
  std::string owned_text;
  election::Owned owned;
  std::optional<std::string> act;  // the entry of the supplement
};

Result<Sent> read_sent(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    lines.emplace_back(line.ends_with('\r') ? line.substr(0, line.size() - 1) : line);
    if (lines.back().empty()) lines.pop_back();
  }
  if (lines.size() != 2 && lines.size() != 3) return fail("expected two lines, or three, found {}", lines.size());
  Sent sent{std::move(lines[0]), std::move(lines[1]), {}, {}};
  if (lines.size() == 3) sent.act = std::move(lines[2]);
  sent.owned = TRY(in("line 2", json::read_canonical(sent.owned_text, election::read_owned)));
  if (sent.owned.payload != sha256_hex(sent.text)) return fail("line 2 is not about line 1: its hash is another one");
  return sent;
}

// One question's ciphertexts, or a part of them.
struct Part {
  std::size_t question, first, last;
};

template <PrimeGroup G>
std::vector<Part> parts_of(const election::EncryptedTally<G>& tally) {
  std::vector<Part> parts;
  for (std::size_t question = 0; question < tally.questions.size(); ++question) {
    const std::size_t size = tally.questions[question].size();
    for (std::size_t first = 0; first < size; first += part_size) {
      parts.push_back({question, first, std::min(first + part_size, size)});
    }
  }
  return parts;
}

template <PrimeGroup G>
Status check_shuffle(const record::Setup<G>& setup, const TallySoFar<G>& so_far, const election::Shuffle<G>& shuffle) {
  const auto before = election::nonhomomorphic_ciphertexts(setup.election, *so_far.tally);
  const auto wrong =
      election::check_shuffle<G>(setup.fingerprint, setup.public_key, before, shuffle, secret::on_all_threads);
  return wrong.empty() ? Status() : fail("shuffle: {}", wrong.front());
}

template <PrimeGroup G>
Status check_decryption(const record::Setup<G>& setup, const TallySoFar<G>& so_far, std::int64_t trustee,
                        const election::PartialDecryption<G>& decryption, const Progress& progress) {
  const auto keys = setup.trustees->verification_keys();
  const typename G::FixedBase key(keys[static_cast<std::size_t>(trustee - 1)]);
  const std::vector<Part> parts = parts_of(*so_far.tally);
  std::vector<std::vector<std::string>> wrong(parts.size());
  const secret::Work work{
      0, [&](std::size_t done, std::size_t all) { progress("parts of the decryption checked", done, all); }};
  secret::parallel_for(parts.size(), work, [&](std::size_t i) {
    wrong[i] = election::check_factors(setup.fingerprint, key, *so_far.tally, decryption, parts[i].question,
                                       parts[i].first, parts[i].last);
  });
  for (const auto& failures : wrong) {
    if (!failures.empty()) return fail("{}", failures.front());
  }
  return {};
}

// What the strict profile asks of a shuffle or a decryption: an entry of the supplement that is about it and signed by
// the trustee, and no element that is 1. Gives the entry. Comes before the other proofs: nobody but the trustee can
// make us check those.
template <PrimeGroup G, class Act, class Made, class Read>
Result<Act> check_act(const record::Setup<G>& setup, const TallySoFar<G>& so_far,
                      const strict::Supplement<G>& supplement, const Sent& sent, const Made& made, Read read) {
  if (!sent.act) {
    return fail("it is not signed: this election is held under the strict profile, which `folkmoot trustee` keeps");
  }
  const Act act = TRY(in("line 3", json::read_canonical(*sent.act, read)));
  if (act.owner != sent.owned.owner || act.payload != sent.owned.payload) return fail("line 3 is not about line 1");
  const auto key = setup.trustees->verification_keys()[static_cast<std::size_t>(act.owner - 1)];
  const strict::Bond bond{setup.fingerprint, so_far.closing, strict::head_hash(supplement)};
  TRY(strict::check_signature<G>(bond, key, act));
  if (const auto places = strict::identities(made); !places.empty()) return fail("{}", places.front());
  if constexpr (std::is_same_v<Act, strict::DecryptionAct<G>>) {
    record::Workers workers(0);
    TRY(strict::check_proof<G>(setup.fingerprint, key, act, *so_far.tally, made, workers));
  }
  return act;
}

// Adds the entry to the supplement, in the place of what a crash may have left there.
template <PrimeGroup G, class Act>
Status add_act(const fs::path& record, strict::Supplement<G> supplement, std::vector<Act> strict::Supplement<G>::*acts,
               std::size_t in_record, Act act) {
  (supplement.*acts).resize(std::min((supplement.*acts).size(), in_record));
  (supplement.*acts).push_back(std::move(act));
  return write_supplement(record, supplement);
}

// Who may still decrypt, and how many of them are needed: a single trustee, or a threshold group.
struct Wanted {
  std::vector<std::int64_t> of;
  std::size_t needed = 0;
};

template <PrimeGroup G>
std::vector<Wanted> wanted_decryptions(const election::Trustees<G>& trustees, const TallySoFar<G>& so_far) {
  std::vector<Wanted> all;
  std::int64_t next = 1;
  for (const auto& kind : trustees.kinds) {
    const auto* group = std::get_if<election::ThresholdParameters<G>>(&kind);
    const std::size_t size = group ? group->verification_keys.size() : 1;
    Wanted wanted{{}, group ? static_cast<std::size_t>(group->threshold) : 1};
    for (std::size_t i = 0; i < size; ++i, ++next) {
      if (!so_far.has_decrypted(next)) {
        wanted.of.push_back(next);
      } else if (wanted.needed > 0) {
        --wanted.needed;
      }
    }
    if (wanted.needed > 0) all.push_back(std::move(wanted));
  }
  return all;
}

template <PrimeGroup G>
Result<Collected> collect_sent(const fs::path& record, Opened<G>& opened, store::RecordFile& file, const Sent& sent,
                               const Progress& progress) {
  const auto& setup = opened.setup;
  const std::int64_t trustee = sent.owned.owner;
  // Sent again by somebody who has not heard that it was taken. In the record it is canonical, so this says which.
  if (file.chain().has(sha256(sent.text)) && file.chain().has(sha256(sent.owned_text))) {
    return Collected{sent.text.starts_with(R"({"ciphertexts":)"), trustee, true};
  }
  auto supplement = TRY(read_supplement<G>(record));
  const TallySoFar<G> so_far = TRY(read_tally_so_far(opened, secret::on_all_threads));
  const std::size_t trustees = setup.trustees->verification_keys().size();
  if (trustee < 1 || static_cast<std::size_t>(trustee) > trustees) {
    return fail("owner {}: there are {} trustees", trustee, trustees);
  }
  if (so_far.may_shuffle(setup.election)) {
    const auto shuffle = TRY(election::read_long_shuffle<G>(LongText::of(sent.text), secret::on_all_threads));
    if (so_far.has_shuffled(trustee)) return fail("trustee {} has shuffled already", trustee);
    using Act = strict::ShuffleAct<G>;
    std::optional<Act> act;
    if (supplement) {
      act = TRY((check_act<G, Act>(setup, so_far, *supplement, sent, shuffle, strict::read_shuffle_act<G>)));
    }
    TRY(check_shuffle(setup, so_far, shuffle));
    if (act) {
      TRY(add_act(record, *std::move(supplement), &strict::Supplement<G>::shuffles, so_far.shufflers.size(),
                  *std::move(act)));
    }
    TRY(file.append({EventType::shuffle, {sent.text, sent.owned_text}}));
    return Collected{true, trustee, false};
  }
  if (!so_far.may_decrypt(setup.election)) {
    return fail("{}", so_far.last == EventType::result ? "the election has its result" : "the voting is not closed");
  }
  const auto decryption =
      TRY(election::read_long_partial_decryption<G>(LongText::of(sent.text), secret::on_all_threads));
  if (so_far.has_decrypted(trustee)) return fail("trustee {} has decrypted already", trustee);
  const bool wanted = std::ranges::any_of(wanted_decryptions(*setup.trustees, so_far), [&](const Wanted& some) {
    return std::ranges::find(some.of, trustee) != some.of.end();
  });
  if (!wanted) return fail("trustee {} is not needed: enough others have decrypted", trustee);
  TRY(election::check_shape(*so_far.tally, decryption));
  using Act = strict::DecryptionAct<G>;
  std::optional<Act> act;
  if (supplement) {
    act = TRY((check_act<G, Act>(setup, so_far, *supplement, sent, decryption, strict::read_decryption_act<G>)));
  }
  TRY(check_decryption(setup, so_far, trustee, decryption, progress));
  if (act) {
    TRY(add_act(record, *std::move(supplement), &strict::Supplement<G>::decryptions, so_far.decryptions.size(),
                *std::move(act)));
  }
  TRY(file.append({EventType::partial_decryption, {sent.text, sent.owned_text}}));
  return Collected{false, trustee, false};
}

template <PrimeGroup G>
Result<std::string> compute_result(Opened<G>& opened, const TallySoFar<G>& so_far) {
  const auto& setup = opened.setup;
  std::string missing;
  for (const Wanted& wanted : wanted_decryptions(*setup.trustees, so_far)) {
    missing +=
        fmt::format("{}{} of trustees {}", missing.empty() ? "" : "; ", wanted.needed, fmt::join(wanted.of, ", "));
  }
  if (!missing.empty()) return fail("partial decryptions are missing: {}", missing);
  std::vector<election::OwnedDecryption<G>> decryptions;
  for (const auto& [owner, decryption] : so_far.decryptions) decryptions.push_back({owner, &decryption});
  const auto combination = TRY(election::Combination<G>::make(*setup.trustees, decryptions));
  return json::to_text(TRY(election::decrypt_result(setup.election, *so_far.tally, combination, so_far.total_weight,
                                                    secret::on_all_threads)));
}

}  // namespace

Result<Collected> collect_text(const fs::path& record, std::string_view text, const Progress& progress) {
  const Sent sent = TRY(read_sent(text));
  // Opened before it is read: it then cannot grow meanwhile.
  store::RecordFile record_file = TRY(store::RecordFile::open(record));
  return with_record(record, [&]<PrimeGroup G>(Opened<G>& opened) -> Result<Collected> {
    return collect_sent(record, opened, record_file, sent, progress);
  });
}

Result<Collected> collect(const fs::path& record, const fs::path& file, const Progress& progress) {
  const std::string text = TRY(read_file(file));
  return in(file.string(), collect_text(record, text, progress));
}

Status end_shuffles(const fs::path& record) {
  store::RecordFile file = TRY(store::RecordFile::open(record));
  if (!file.chain().last() || file.chain().last()->event.type != EventType::shuffle) {
    return fail("{}: the last event is no shuffle", record.string());
  }
  TRY(file.append({EventType::end_shuffles, {}}));
  return {};
}

Result<std::string> publish_result(const fs::path& record, const Progress& progress) {
  store::RecordFile file = TRY(store::RecordFile::open(record));
  return with_record(record, [&]<PrimeGroup G>(Opened<G>& opened) -> Result<std::string> {
    const TallySoFar<G> so_far = TRY(read_tally_so_far(opened, secret::on_all_threads));
    if (!so_far.may_decrypt(opened.setup.election)) {
      return fail("{}", so_far.last == EventType::result ? "the election has its result"
                                                         : "the tally is not ready to be decrypted");
    }
    progress("computing the result", 0, 0);
    std::string result = TRY(compute_result(opened, so_far));
    TRY(file.append({EventType::result, {result}}));
    return result;
  });
}

}  // namespace folkmoot::service
