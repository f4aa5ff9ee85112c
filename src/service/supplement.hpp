// The supplement beside a record (docs/strict-profile.md): an election that has one is held under the strict profile.
// The returning officer makes it when the election opens, and it grows with the record. What is added stands in the
// supplement before it stands in the record: after a crash the supplement may have an act more, which the next
// replaces.
#pragma once

#include <optional>

#include "service/opened.hpp"
#include "service/read.hpp"
#include "strict/supplement.hpp"

namespace folkmoot::service {

// UUID.strict.json for UUID.bel; threshold.strict.json for a ceremony's threshold.json.
inline fs::path supplement_file(fs::path path) { return path.replace_extension(".strict.json"); }

// The record's supplement; nothing if the election is held under version 1 alone.
template <PrimeGroup G>
Result<std::optional<strict::Supplement<G>>> read_supplement(const fs::path& record) {
  const fs::path path = supplement_file(record);
  if (!fs::exists(path)) return std::nullopt;
  return TRY(read_as(path, strict::read_supplement<G>));
}

template <PrimeGroup G>
Status write_supplement(const fs::path& record, const strict::Supplement<G>& supplement) {
  return replace_file(supplement_file(record), json::to_text(supplement));
}

}  // namespace folkmoot::service
