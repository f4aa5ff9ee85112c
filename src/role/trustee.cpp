#include "role/trustee.hpp"

#include <algorithm>

#include "base/sha256.hpp"
#include "record/tally_so_far.hpp"
#include "secret/decrypt.hpp"
#include "secret/pedersen.hpp"
#include "secret/prove/strict.hpp"
#include "secret/shuffle.hpp"
#include "secret/trustee.hpp"
#include "strict/acts.hpp"
#include "strict/good.hpp"

namespace folkmoot::role {
namespace {

using group::PrimeGroup;
using record::Opened;
using record::TallySoFar;

template <PrimeGroup G>
Result<secret::SecretScalar<G>> read_key(const TrusteeSecret& texts) {
  if (!texts.decryption_key) return secret::read_private_key<G>(texts.key);
  const secret::Seed seed = TRY(secret::Seed::parse(texts.key));
  std::string_view encrypted = *texts.decryption_key;
  while (encrypted.ends_with('\n') || encrypted.ends_with('\r')) encrypted.remove_suffix(1);
  return in("the decryption key", secret::decryption_key<G>(seed, encrypted));
}

template <PrimeGroup G>
Result<std::int64_t> number_of(const record::Setup<G>& setup, const secret::SecretScalar<G>& key) {
  const auto public_key = secret::power_of_g(key).reveal();
  const auto keys = setup.trustees->verification_keys();
  const auto found = std::ranges::find(keys, public_key);
  if (found == keys.end()) return fail("the key is none of the {} trustees' of this election", keys.size());
  return found - keys.begin() + 1;
}

// A trustee at work on a record that has been verified.
template <PrimeGroup G>
struct Work {
  const record::Setup<G>& setup;
  TallySoFar<G> so_far;
  std::optional<strict::Supplement<G>> supplement;
  secret::SecretScalar<G> key;
  std::int64_t trustee;

  // What the trustee's acts are signed together with.
  [[nodiscard]] strict::Bond bond() const {
    return {setup.fingerprint, so_far.closing, strict::head_hash(*supplement)};
  }
};

// Calls `make.template operator()<G>(Work<G>&)`, which gives what is sent.
template <class Make>
Result<Sent> verified(const Record& record, const TrusteeSecret& secret, const Progress& progress, Make make) {
  record::VerifyOptions options;
  options.progress = [&](std::uint64_t done, std::uint64_t total) {
    progress("bytes of the record verified", done, total);
  };
  TRY(strict::expect_good(record.source, record.supplement, options));
  return record::with_record(record.source, [&]<PrimeGroup G>(Opened<G>& opened) -> Result<Sent> {
    auto so_far = TRY(record::read_tally_so_far(opened, secret::on_all_threads));
    std::optional<strict::Supplement<G>> supplement;
    if (record.supplement) supplement = TRY(json::read_canonical(*record.supplement, strict::read_supplement<G>));
    auto key = TRY(read_key<G>(secret));
    const std::int64_t trustee = TRY(number_of(opened.setup, key));
    const Closing closing{opened.setup.fingerprint, so_far.closing, so_far.ballots};
    if (!closing.hash.empty()) TRY(record.allow(closing));
    Work<G> work{opened.setup, std::move(so_far), std::move(supplement), std::move(key), trustee};
    Sent sent = TRY(make.template operator()<G>(work));
    sent.closing = closing;
    return sent;
  });
}

// The two lines that are about a shuffle or a decryption, and its entry of the supplement where there is one.
std::string lines(const std::string& text, const election::Owned& owned) {
  return fmt::format("{}\n{}\n", text, json::to_text(owned));
}
template <PrimeGroup G, class Act>
std::string signed_line(const Work<G>& work, Act act, secret::Random& random) {
  act.signature = secret::sign_strictly(work.key, signed_message(work.bond(), act), random);
  return json::to_text(act) + "\n";
}

secret::Work told(const Progress& progress, std::string_view what) {
  return {0, [&progress, what](std::size_t done, std::size_t all) { progress(what, done, all); }};
}

}  // namespace

Result<TrusteeKey> make_trustee_key(std::string_view group, secret::Random& random) {
  return group::with_group(group, [&]<PrimeGroup G>() -> Result<TrusteeKey> {
    const auto pair = secret::generate_key_pair<G>(random);
    std::string id = sha256_hex(pair.public_key.public_key.text()).substr(0, 8);
    std::ranges::transform(id, id.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    auto private_key = secret::write_private_key(pair.private_key);
    return TrusteeKey{std::move(id), std::move(private_key), json::to_text(pair.public_key)};
  });
}

Result<std::int64_t> find_trustee(const record::ByteSource& record, const TrusteeSecret& secret) {
  return record::with_record(record, [&]<PrimeGroup G>(Opened<G>& opened) -> Result<std::int64_t> {
    const auto key = TRY(read_key<G>(secret));
    return number_of(opened.setup, key);
  });
}

Result<Sent> shuffle_tally(const Record& record, const TrusteeSecret& secret, secret::Random& random,
                           const Progress& progress) {
  return verified(record, secret, progress, [&]<PrimeGroup G>(Work<G>& work) -> Result<Sent> {
    const auto& election = work.setup.election;
    if (!work.so_far.may_shuffle(election)) {
      return fail("no shuffle is due: {}", !election.needs_shuffles() ? "there are no rankings"
                                           : work.so_far.tally        ? "shuffling has ended"
                                                                      : "the voting is not closed");
    }
    if (work.so_far.has_shuffled(work.trustee)) return fail("trustee {} has shuffled already", work.trustee);
    const auto rankings = election::nonhomomorphic_ciphertexts(election, *work.so_far.tally);
    const std::string text = json::to_text(secret::shuffle<G>(rankings, election.public_key, work.setup.fingerprint,
                                                              random, told(progress, "ciphertexts shuffled")));
    const election::Owned owned{work.trustee, sha256_hex(text)};
    Sent sent{work.trustee, lines(text, owned), {}};
    if (work.supplement) sent.text += signed_line(work, strict::ShuffleAct<G>{owned.owner, owned.payload, {}}, random);
    return sent;
  });
}

Result<Sent> decrypt_tally(const Record& record, const TrusteeSecret& secret, secret::Random& random,
                           const Progress& progress) {
  return verified(record, secret, progress, [&]<PrimeGroup G>(Work<G>& work) -> Result<Sent> {
    if (!work.so_far.may_decrypt(work.setup.election)) return fail("the tally is not ready to be decrypted");
    if (work.so_far.has_decrypted(work.trustee)) return fail("trustee {} has decrypted already", work.trustee);
    const auto decryption = secret::decrypt<G>(*work.so_far.tally, work.key, work.setup.fingerprint, random,
                                               told(progress, "ciphertexts decrypted"));
    const std::string text = json::to_text(decryption);
    const election::Owned owned{work.trustee, sha256_hex(text)};
    Sent sent{work.trustee, lines(text, owned), {}};
    if (work.supplement) {
      const auto public_key = secret::power_of_g(work.key).reveal();
      const strict::Pairs<G> pairs(*work.so_far.tally, decryption);
      const proof::strict::Composite<G> composite(work.setup.fingerprint, public_key, pairs.alphas, pairs.factors);
      strict::DecryptionAct<G> act{owned.owner, owned.payload, {}, {}};
      act.proof = secret::prove_composite(composite, work.key, random);
      sent.text += signed_line(work, std::move(act), random);
    }
    return sent;
  });
}

}  // namespace folkmoot::role
