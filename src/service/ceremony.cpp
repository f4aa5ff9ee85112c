#include "service/ceremony.hpp"

namespace folkmoot::service {
namespace {

using secret::Random;

// What a trustee keeps between committing and revealing, beside their key.
fs::path kept_polynomial(const fs::path& key) { return key.string() + ".polynomial"; }

Result<role::Messages> read_messages(const fs::path& folder) {
  role::Messages messages;
  for (const std::string_view extension : {".json", ".jsons", ".dkey"}) {
    for (const fs::path& path : files_with_extension(folder, extension)) {
      messages.emplace(path.filename().string(), TRY(read_file(path)));
    }
  }
  return messages;
}

Status write_messages(const fs::path& folder, const std::vector<role::Message>& messages) {
  for (const auto& [name, text] : messages) TRY(write_file(folder / name, text));
  return {};
}

Result<secret::Seed> read_seed(const fs::path& key) {
  const secret::SecretText text = TRY(read_secret(key));
  return in(key.string(), secret::Seed::parse(text.view()));
}

}  // namespace

Status join_ceremony(const fs::path& folder, const CeremonySeat& seat, const fs::path& key) {
  const role::Joined joined = TRY(role::join(seat, Random::system()));
  const fs::path path = folder / joined.certificate.name;
  if (fs::exists(path)) {
    return fail("{}: is there already: somebody else has joined as trustee {}", path.string(), seat.index);
  }
  TRY(write_secret(key, secret::SecretText({joined.seed.view(), "\n"}).view()));
  return write_messages(folder, {joined.certificate});
}

Result<std::int64_t> send_commitment(const fs::path& folder, const fs::path& key) {
  const role::Messages messages = TRY(read_messages(folder));
  const secret::Seed seed = TRY(read_seed(key));
  const auto [step, polynomial] = TRY(in(folder.string(), role::commit(seed, messages, Random::system())));
  TRY(write_secret(kept_polynomial(key), polynomial + "\n"));
  TRY(write_messages(folder, step.messages));
  return step.trustee;
}

Result<std::int64_t> send_polynomial(const fs::path& folder, const fs::path& key) {
  const role::Messages messages = TRY(read_messages(folder));
  const secret::Seed seed = TRY(read_seed(key));
  std::optional<std::string> kept;
  if (fs::exists(kept_polynomial(key))) kept = TRY(read_file(kept_polynomial(key)));
  const auto step = TRY(in(folder.string(), role::reveal(seed, messages, kept, Random::system())));
  TRY(write_messages(folder, step.messages));
  return step.trustee;
}

Result<std::int64_t> send_share(const fs::path& folder, const fs::path& key) {
  const role::Messages messages = TRY(read_messages(folder));
  const secret::Seed seed = TRY(read_seed(key));
  const auto step = TRY(in(folder.string(), role::share(seed, messages, Random::system())));
  TRY(write_messages(folder, step.messages));
  return step.trustee;
}

Result<CeremonyStage> advance_ceremony(const fs::path& folder) {
  const role::Messages messages = TRY(read_messages(folder));
  auto advanced = TRY(in(folder.string(), role::advance(messages)));
  TRY(write_messages(folder, advanced.messages));
  return std::move(advanced.stage);
}

}  // namespace folkmoot::service
