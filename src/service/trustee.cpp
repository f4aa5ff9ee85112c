#include "service/trustee.hpp"

#include <algorithm>

#include "base/sha256.hpp"
#include "secret/decrypt.hpp"
#include "secret/pedersen.hpp"
#include "secret/prove/strict.hpp"
#include "secret/shuffle.hpp"
#include "secret/trustee.hpp"
#include "service/auditor.hpp"
#include "service/supplement.hpp"
#include "service/tally_so_far.hpp"
#include "strict/acts.hpp"

namespace folkmoot::service {
namespace {

using secret::Random;

template <PrimeGroup G>
Result<secret::SecretScalar<G>> read_key(const TrusteeSecret& files) {
  const secret::SecretText key = TRY(read_secret(files.key));
  if (!files.decryption_key) return in(files.key.string(), secret::read_private_key<G>(key.view()));
  const secret::Seed seed = TRY(in(files.key.string(), secret::Seed::parse(key.view())));
  const auto encrypted = TRY(read_lines(*files.decryption_key));
  if (encrypted.size() != 1) return fail("{}: expected one line", files.decryption_key->string());
  return in(files.decryption_key->string(), secret::decryption_key<G>(seed, encrypted.front()));
}

template <PrimeGroup G>
Result<std::int64_t> number_of(const record::Setup<G>& setup, const secret::SecretScalar<G>& key) {
  const auto public_key = secret::power_of_g(key).reveal();
  const auto keys = setup.trustees->verification_keys();
  const auto found = std::ranges::find(keys, public_key);
  if (found == keys.end()) return fail("the key is none of the {} trustees' of this election", keys.size());
  return found - keys.begin() + 1;
}

// What a trustee sends: two lines, as the original tools do, and the entry of the supplement where there is one.
std::string lines(const std::string& text, const election::Owned& owned) {
  return fmt::format("{}\n{}\n", text, json::to_text(owned));
}

// What the trustee's acts are signed together with.
template <PrimeGroup G>
strict::Bond bond_of(const Opened<G>& opened, const TallySoFar<G>& so_far, const strict::Supplement<G>& supplement) {
  return {opened.setup.fingerprint, so_far.closing, strict::head_hash(supplement)};
}

secret::Work told(const Progress& progress, std::string_view what) {
  return {0, [&progress, what](std::size_t done, std::size_t all) { progress(what, done, all); }};
}

}  // namespace

Result<TrusteeKeyFiles> make_trustee_key(std::string_view group, const fs::path& folder) {
  return group::with_group(group, [&]<PrimeGroup G>() -> Result<TrusteeKeyFiles> {
    const auto pair = secret::generate_key_pair<G>(Random::system());
    std::string id = sha256_hex(pair.public_key.public_key.text()).substr(0, 8);
    std::ranges::transform(id, id.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    TrusteeKeyFiles files{id, folder / (id + ".privkey"), folder / (id + ".pubkey")};
    const secret::SecretText private_key = secret::write_private_key(pair.private_key);
    TRY(write_secret(files.private_key, secret::SecretText({private_key.view(), "\n"}).view()));
    TRY(write_file(files.public_key, json::to_text(pair.public_key) + "\n"));
    return files;
  });
}

Result<std::int64_t> find_trustee(const fs::path& record, const TrusteeSecret& secret) {
  return with_record(record, [&]<PrimeGroup G>(Opened<G>& opened) -> Result<std::int64_t> {
    const auto key = TRY(read_key<G>(secret));
    return number_of(opened.setup, key);
  });
}

Result<std::int64_t> shuffle_tally(const fs::path& record, const TrusteeSecret& secret, const fs::path& out,
                                   const Progress& progress) {
  TRY(expect_good_record(record, progress));
  return with_record(record, [&]<PrimeGroup G>(Opened<G>& opened) -> Result<std::int64_t> {
    const auto& election = opened.setup.election;
    const auto so_far = TRY(read_tally_so_far(opened));
    if (!so_far.may_shuffle(election)) {
      return fail("no shuffle is due: {}", !election.needs_shuffles() ? "there are no rankings"
                                           : so_far.tally             ? "shuffling has ended"
                                                                      : "the voting is not closed");
    }
    const auto supplement = TRY(read_supplement<G>(record));
    const auto key = TRY(read_key<G>(secret));
    const std::int64_t trustee = TRY(number_of(opened.setup, key));
    if (so_far.has_shuffled(trustee)) return fail("trustee {} has shuffled already", trustee);
    const auto rankings = election::nonhomomorphic_ciphertexts(election, *so_far.tally);
    const auto shuffle = secret::shuffle<G>(rankings, election.public_key, opened.setup.fingerprint, Random::system(),
                                            told(progress, "ciphertexts shuffled"));
    const std::string text = json::to_text(shuffle);
    const election::Owned owned{trustee, sha256_hex(text)};
    std::string sent = lines(text, owned);
    if (supplement) {
      strict::ShuffleAct<G> act{owned.owner, owned.payload, {}};
      act.signature =
          secret::sign_strictly(key, signed_message(bond_of(opened, so_far, *supplement), act), Random::system());
      sent += json::to_text(act) + "\n";
    }
    TRY(write_file(out, sent));
    return trustee;
  });
}

Result<std::int64_t> decrypt_tally(const fs::path& record, const TrusteeSecret& secret, const fs::path& out,
                                   const Progress& progress) {
  TRY(expect_good_record(record, progress));
  return with_record(record, [&]<PrimeGroup G>(Opened<G>& opened) -> Result<std::int64_t> {
    const auto& setup = opened.setup;
    const auto so_far = TRY(read_tally_so_far(opened));
    if (!so_far.may_decrypt(setup.election)) return fail("the tally is not ready to be decrypted");
    const auto supplement = TRY(read_supplement<G>(record));
    const auto key = TRY(read_key<G>(secret));
    const std::int64_t trustee = TRY(number_of(setup, key));
    if (so_far.has_decrypted(trustee)) return fail("trustee {} has decrypted already", trustee);
    const auto decryption = secret::decrypt<G>(*so_far.tally, key, setup.fingerprint, Random::system(),
                                               told(progress, "ciphertexts decrypted"));
    const std::string text = json::to_text(decryption);
    const election::Owned owned{trustee, sha256_hex(text)};
    std::string sent = lines(text, owned);
    if (supplement) {
      const auto public_key = secret::power_of_g(key).reveal();
      const strict::Pairs<G> pairs(*so_far.tally, decryption);
      const proof::strict::Composite<G> composite(setup.fingerprint, public_key, pairs.alphas, pairs.factors);
      strict::DecryptionAct<G> act{owned.owner, owned.payload, {}, {}};
      act.proof = secret::prove_composite(composite, key, Random::system());
      act.signature =
          secret::sign_strictly(key, signed_message(bond_of(opened, so_far, *supplement), act), Random::system());
      sent += json::to_text(act) + "\n";
    }
    TRY(write_file(out, sent));
    return trustee;
  });
}

}  // namespace folkmoot::service
