#include "service/trustee.hpp"

#include "base/sha256.hpp"
#include "service/supplement.hpp"

namespace folkmoot::service {
namespace {

using secret::Random;

// The texts of a trustee's files.
struct SecretTexts {
  secret::SecretText key;
  std::optional<std::string> decryption_key;

  [[nodiscard]] role::TrusteeSecret view() const { return {key.view(), decryption_key}; }
};

Result<SecretTexts> read_texts(const TrusteeSecret& files) {
  SecretTexts texts{TRY(read_secret(files.key)), {}};
  if (files.decryption_key) texts.decryption_key = TRY(read_file(*files.decryption_key));
  return texts;
}

// That the closing is the one expected, and that the key has never been used for another of the same election.
Status allow(const role::Closing& closing, const fs::path& key, std::string_view expected) {
  if (!expected.empty() && closing.hash != expected) {
    return fail("its voting was closed by {}, with {} ballots, not by {}", closing.hash, closing.ballots, expected);
  }
  fs::path kept = key;
  kept += fmt::format(".{}.closing", sha256_hex(closing.election).substr(0, 16));
  if (!fs::exists(kept)) return write_secret(kept, closing.hash + "\n");  // nobody else's, like the key
  std::string before = TRY(read_file(kept));
  if (before.ends_with('\n')) before.pop_back();
  if (before == closing.hash) return {};
  return fail(
      "its voting was closed by {}, with {} ballots; but this key has been used for the same election closed by {} "
      "({}). "
      "One of the two is not the record, and whoever has decryptions of both may learn single votes. Tell the others",
      closing.hash, closing.ballots, before, kept.string());
}

// `make` is role::shuffle_tally or role::decrypt_tally.
template <class Make>
Result<role::Sent> write_made(const fs::path& record, const TrusteeSecret& secret, const fs::path& out,
                              std::string_view closing, const Progress& progress, Make make) {
  const store::FileSource source = TRY(store::FileSource::open(record));
  std::optional<std::string> supplement;
  if (fs::exists(supplement_file(record))) supplement = TRY(read_file(supplement_file(record)));
  const SecretTexts texts = TRY(read_texts(secret));
  const role::Record opened{source, supplement,
                            [&](const role::Closing& found) { return allow(found, secret.key, closing); }};
  role::Sent sent = TRY(in(record.string(), make(opened, texts.view(), Random::system(), progress)));
  TRY(write_file(out, sent.text));
  return sent;
}

}  // namespace

Result<TrusteeKeyFiles> make_trustee_key(std::string_view group, const fs::path& folder) {
  const role::TrusteeKey key = TRY(role::make_trustee_key(group, Random::system()));
  TrusteeKeyFiles files{key.id, folder / (key.id + ".privkey"), folder / (key.id + ".pubkey")};
  TRY(write_secret(files.private_key, secret::SecretText({key.private_key.view(), "\n"}).view()));
  TRY(write_file(files.public_key, key.public_key + "\n"));
  return files;
}

Result<std::int64_t> find_trustee(const fs::path& record, const TrusteeSecret& secret) {
  const store::FileSource source = TRY(store::FileSource::open(record));
  const SecretTexts texts = TRY(read_texts(secret));
  return in(record.string(), role::find_trustee(source, texts.view()));
}

Result<role::Sent> shuffle_tally(const fs::path& record, const TrusteeSecret& secret, const fs::path& out,
                                 std::string_view closing, const Progress& progress) {
  return write_made(record, secret, out, closing, progress, role::shuffle_tally);
}

Result<role::Sent> decrypt_tally(const fs::path& record, const TrusteeSecret& secret, const fs::path& out,
                                 std::string_view closing, const Progress& progress) {
  return write_made(record, secret, out, closing, progress, role::decrypt_tally);
}

}  // namespace folkmoot::service
