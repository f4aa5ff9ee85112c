#include "service/trustee.hpp"

#include "role/trustee.hpp"
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

// `make` is role::shuffle_tally or role::decrypt_tally.
template <class Make>
Result<std::int64_t> write_made(const fs::path& record, const TrusteeSecret& secret, const fs::path& out,
                                const Progress& progress, Make make) {
  const store::FileSource source = TRY(store::FileSource::open(record));
  std::optional<std::string> supplement;
  if (fs::exists(supplement_file(record))) supplement = TRY(read_file(supplement_file(record)));
  const SecretTexts texts = TRY(read_texts(secret));
  const role::Record opened{source, supplement};
  const role::Sent sent = TRY(in(record.string(), make(opened, texts.view(), Random::system(), progress)));
  TRY(write_file(out, sent.text));
  return sent.trustee;
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

Result<std::int64_t> shuffle_tally(const fs::path& record, const TrusteeSecret& secret, const fs::path& out,
                                   const Progress& progress) {
  return write_made(record, secret, out, progress, role::shuffle_tally);
}

Result<std::int64_t> decrypt_tally(const fs::path& record, const TrusteeSecret& secret, const fs::path& out,
                                   const Progress& progress) {
  return write_made(record, secret, out, progress, role::decrypt_tally);
}

}  // namespace folkmoot::service
