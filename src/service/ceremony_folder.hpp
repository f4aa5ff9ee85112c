// What the folder of a ceremony (ceremony.hpp) has besides its messages where a server keeps it: what was agreed on,
// and who sits where.
//
//   settings   {"group":…,"trustees":…,"threshold":…}
//   member-I   the reference of the member who is trustee I
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "service/files.hpp"

namespace folkmoot::service {

struct CeremonySettings {
  std::string group;
  std::int64_t trustees = 0;   // 1..100
  std::int64_t threshold = 0;  // 1..trustees
};

Status write_ceremony_settings(const fs::path& folder, const CeremonySettings& settings);
// Nothing if there is no ceremony in the folder.
Result<std::optional<CeremonySettings>> read_ceremony_settings(const fs::path& folder);

// The seat may be the member's already. Fails if it is somebody else's.
Status seat_trustee(const fs::path& folder, std::int64_t index, const std::string& member);
// Whose each of so many seats is; empty where it is nobody's.
Result<std::vector<std::string>> seated_trustees(const fs::path& folder, std::int64_t trustees);

}  // namespace folkmoot::service
