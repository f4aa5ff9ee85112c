#include "audit/verify.hpp"

#include <algorithm>

#include "audit/verify_acts.hpp"
#include "audit/verify_elections.hpp"
#include "audit/verify_head.hpp"
#include "ledger/replay.hpp"

namespace folkmoot::audit {
namespace {

// The latest cosignature of the checkpoint.
std::optional<charter::Time> latest(const Report& report) {
  std::optional<charter::Time> time;
  for (const ledger::Cosigned& by : report.cosignatures) time = std::max(time.value_or(moment(by)), moment(by));
  return time;
}

}  // namespace

Report verify(const ledger::Source& source, const Library& library, const VerifyOptions& options) {
  Report report;
  const auto head = verify_head(source, options, report);
  if (!head) return report;
  const auto earlier = verify_growth(source, *head, options, report);

  ActVerifier acts(report.checkpoint->origin, latest(report), earlier, report);
  ledger::RightEdge edge;
  const Status replayed = ledger::replay(source, edge, *head, [&](std::uint64_t index, ByteView entry) -> Status {
    acts.take(index, entry);
    report[CheckId::tiles].add_items();
    if (options.progress) options.progress(index + 1, head->size);
    return {};
  });
  if (!replayed) report[CheckId::tiles].fail(replayed.error().message + "; nothing after this was read");
  report[CheckId::tiles].finish();
  acts.finish(replayed.has_value());

  const std::set<std::string> good = check_published(library, acts.mentions(), acts.state(), report);
  verify_elections(acts.declared(), library, good, options, report);
  return report;
}

}  // namespace folkmoot::audit
