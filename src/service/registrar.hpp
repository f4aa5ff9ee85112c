// The registrar (role/registrar.hpp), who keeps the credentials in a folder:
//   public_creds.json           the published list: for the returning officer
//   private/private_creds.csv   id, credential: to recover a lost one; whoever deletes it gives that up
//   private/mail-merge.csv      what the letters need; to be deleted when they are sent
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/progress.hpp"
#include "charter/roll.hpp"
#include "secret/text.hpp"
#include "service/files.hpp"

namespace folkmoot::service {

struct MadeCredentials {
  std::size_t voters = 0;
  std::uint64_t total_weight = 0;
  bool weighted = false;
  std::string hash;  // SHA-256 of the published list, for the returning officer to compare
};
// Makes a credential for each member of the roll, for the election of that uuid, and the files above. The published
// list is in an order that tells nothing about the roll's. Fails if the folder has credentials already.
Result<MadeCredentials> make_credentials(const charter::Roll& roll, std::string_view uuid, std::string_view group,
                                         const fs::path& folder, const Progress& progress = no_progress);

// The credential of the voter with that id.
Result<secret::SecretText> recover_credential(const fs::path& folder, std::string_view id);

// That the list in the record is exactly the one made, to the byte: nobody was added, dropped, or given another weight.
Status check_published_credentials(const fs::path& folder, const fs::path& record);

}  // namespace folkmoot::service
