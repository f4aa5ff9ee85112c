#include "service/opened.hpp"

namespace folkmoot::service::detail {

Result<record::SetupTexts> read_setup_texts(record::Reader& reader) {
  const auto step = TRY(reader.next());
  if (!step) return fail("the record has only just been begun: it holds no election yet");
  auto election = TRY(reader.content(step->referred(0)));
  auto trustees = TRY(reader.content(step->referred(1)));
  auto credentials = TRY(reader.content(step->referred(2)));
  auto setup = TRY(reader.content(step->payload()));
  return record::SetupTexts{std::move(election), std::move(trustees), std::move(credentials), std::move(setup)};
}

Status first_failure(const record::Report& report) {
  for (const record::Check* check : report.checks()) {
    if (check->failed()) return fail("{}: {}", check->title(), check->details().front());
  }
  return {};
}

}  // namespace folkmoot::service::detail
