#include "service/registrar.hpp"

#include <cstring>

#include "base/csv.hpp"
#include "base/sha256.hpp"
#include "secret/credentials.hpp"
#include "service/opened.hpp"

namespace folkmoot::service {
namespace {

fs::path public_file(const fs::path& folder) { return folder / "public_creds.json"; }
fs::path private_file(const fs::path& folder) { return folder / "private" / "private_creds.csv"; }
fs::path mail_file(const fs::path& folder) { return folder / "private" / "mail-merge.csv"; }

// A text with secrets in it that grows, and is wiped when it goes. Room for all is made first, so that growing leaves
// no copy behind.
class SecretCsv {
 public:
  explicit SecretCsv(std::size_t size) { text_.reserve(size); }
  SecretCsv(const SecretCsv&) = delete;
  SecretCsv& operator=(const SecretCsv&) = delete;
  ~SecretCsv() { ::explicit_bzero(text_.data(), text_.size()); }

  void row(std::initializer_list<std::string_view> fields) { csv::append_row(text_, {fields.begin(), fields.size()}); }
  [[nodiscard]] std::string_view view() const { return text_; }

 private:
  std::string text_;
};

// Quotes may double every character of a field, and enclose it.
std::size_t greatest_size(const charter::Roll& roll) {
  std::size_t size = 256;
  for (const auto& member : roll.members) {
    size += 256 + 2 * (member.id.size() + member.name.size() + member.email.size() + member.language.size());
  }
  return size;
}

template <PrimeGroup G>
Result<MadeCredentials> make(const charter::Roll& roll, std::string_view uuid, const fs::path& folder,
                             const Progress& progress) {
  std::vector<secret::Voter> voters;
  voters.reserve(roll.members.size());
  for (const auto& member : roll.members) voters.push_back({member.id, member.weight});
  const secret::Work work{0, [&](std::size_t done, std::size_t all) { progress("credentials made", done, all); }};
  const auto batch = TRY(secret::make_credentials<G>(uuid, voters, secret::Random::system(), work));

  SecretCsv credentials(greatest_size(roll));
  SecretCsv mail(greatest_size(roll));
  credentials.row({"id", "credential"});
  mail.row({"id", "name", "email", "language", "weight", "election", "credential"});
  MadeCredentials made{voters.size(), 0, batch.public_credentials.weighted, {}};
  for (std::size_t i = 0; i < voters.size(); ++i) {
    const auto& member = roll.members[i];
    const std::string_view credential = batch.private_credentials[i].view();
    credentials.row({member.id, credential});
    mail.row({member.id, member.name, member.email, member.language, std::to_string(member.weight), uuid, credential});
    made.total_weight += member.weight;
  }
  const std::string list = json::to_text(batch.public_credentials);
  made.hash = sha256_hex(list);
  TRY(write_secret(private_file(folder), credentials.view()));
  TRY(write_secret(mail_file(folder), mail.view()));
  TRY(write_file(public_file(folder), list + "\n"));
  return made;
}

}  // namespace

Result<MadeCredentials> make_credentials(const charter::Roll& roll, std::string_view uuid, std::string_view group,
                                         const fs::path& folder, const Progress& progress) {
  if (roll.members.empty()) return fail("the roll is empty");
  for (const fs::path& file : {public_file(folder), private_file(folder), mail_file(folder)}) {
    if (fs::exists(file)) return fail("{}: is there already, and is not overwritten", file.string());
  }
  return group::with_group(group, [&]<PrimeGroup G>() { return make<G>(roll, uuid, folder, progress); });
}

Result<secret::SecretText> recover_credential(const fs::path& folder, std::string_view id) {
  const fs::path path = private_file(folder);
  const secret::SecretText text = TRY(read_secret(path));
  csv::Reader reader(text.view(), ',');
  csv::Row row;
  while (TRY(in(path.string(), reader.next(row)))) {
    const bool found = row.fields.size() == 2 && row.fields[0] == id;
    secret::SecretText credential(found ? std::string_view(row.fields[1]) : "");
    for (std::string& field : row.fields) ::explicit_bzero(field.data(), field.size());
    if (found) return credential;
  }
  return fail("{}: there is no voter \"{}\"", path.string(), id);
}

Status check_published_credentials(const fs::path& folder, const fs::path& record) {
  std::string made = TRY(read_file(public_file(folder)));
  if (made.ends_with('\n')) made.pop_back();
  return with_record(record, [&]<PrimeGroup G>(Opened<G>& opened) -> Status {
    if (opened.texts.credentials == made) return {};
    return fail("the list of credentials is not the one in {}: SHA-256 {} instead of {}", public_file(folder).string(),
                sha256_hex(opened.texts.credentials), sha256_hex(made));
  });
}

}  // namespace folkmoot::service
