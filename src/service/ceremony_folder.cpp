#include "service/ceremony_folder.hpp"

#include "base/json.hpp"

namespace folkmoot::service {
namespace {

constexpr std::int64_t most_trustees = 100;

fs::path settings_file(const fs::path& folder) { return folder / "settings"; }
fs::path seat_file(const fs::path& folder, std::int64_t index) { return folder / fmt::format("member-{}", index); }

}  // namespace

Status write_ceremony_settings(const fs::path& folder, const CeremonySettings& settings) {
  json::Writer writer;
  writer.begin_object();
  writer.key("group").string(settings.group);
  writer.key("trustees").integer(settings.trustees);
  writer.key("threshold").integer(settings.threshold);
  writer.end_object();
  return write_file(settings_file(folder), writer.take() + "\n");
}

Result<std::optional<CeremonySettings>> read_ceremony_settings(const fs::path& folder) {
  if (!is_there(settings_file(folder))) return std::nullopt;
  const std::string text = TRY(read_file(settings_file(folder)));
  const json::Document document = TRY(in(settings_file(folder).string(), json::Document::parse(text)));
  const auto count = [](json::Value value) { return value.integer(1, most_trustees); };
  CeremonySettings settings;
  settings.group = TRY(json::read_field(document.root(), "group", json::read_string));
  settings.trustees = TRY(json::read_field(document.root(), "trustees", count));
  settings.threshold = TRY(json::read_field(document.root(), "threshold", count));
  return settings;
}

Status seat_trustee(const fs::path& folder, std::int64_t index, const std::string& member) {
  const fs::path seat = seat_file(folder, index);
  if (!is_there(seat)) return write_file(seat, member + "\n");
  const auto seated = TRY(read_lines(seat));
  return seated == std::vector{member} ? Status() : fail("somebody else is trustee {} of this ceremony", index);
}

Result<std::vector<std::string>> seated_trustees(const fs::path& folder, std::int64_t trustees) {
  std::vector<std::string> members;
  for (std::int64_t i = 1; i <= trustees; ++i) {
    members.emplace_back();
    if (!is_there(seat_file(folder, i))) continue;
    const auto lines = TRY(read_lines(seat_file(folder, i)));
    if (!lines.empty()) members.back() = lines.front();
  }
  return members;
}

}  // namespace folkmoot::service
