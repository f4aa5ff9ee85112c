#include "service/registrar.hpp"

#include <cstring>

#include "base/csv.hpp"
#include "base/sha256.hpp"
#include "role/registrar.hpp"
#include "service/opened.hpp"

namespace folkmoot::service {
namespace {

fs::path public_file(const fs::path& folder) { return folder / "public_creds.json"; }
fs::path private_file(const fs::path& folder) { return folder / "private" / "private_creds.csv"; }
fs::path mail_file(const fs::path& folder) { return folder / "private" / "mail-merge.csv"; }

}  // namespace

Result<MadeCredentials> make_credentials(const charter::Roll& roll, std::string_view uuid, std::string_view group,
                                         const fs::path& folder, const Progress& progress) {
  for (const fs::path& file : {public_file(folder), private_file(folder), mail_file(folder)}) {
    if (fs::exists(file)) return fail("{}: is there already, and is not overwritten", file.string());
  }
  auto made = TRY(role::make_credentials(roll, uuid, group, secret::Random::system(), progress));
  TRY(write_secret(private_file(folder), made.private_list.view()));
  TRY(write_secret(mail_file(folder), made.mail_merge.view()));
  TRY(write_file(public_file(folder), made.public_list + "\n"));
  return MadeCredentials{made.voters, made.total_weight, made.weighted, std::move(made.hash)};
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
