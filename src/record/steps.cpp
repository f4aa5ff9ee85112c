#include "record/steps.hpp"

namespace folkmoot::record {

Steps::Steps(const ByteSource& source, Report& report) : report_(report) {
  auto entries = EntryReader::open(source);
  if (!entries) {
    stop(CheckId::archive, entries.error().message);
    return;
  }
  entries_ = *std::move(entries);
  extent_.bytes = entries_->offset();
  extent_.entries = 1;
}

std::optional<Step> Steps::next() {
  while (!ended_) {
    auto entry = entries_->next();
    if (!entry) return stop(CheckId::archive, entry.error().message);
    if (!*entry) return end();
    report_[CheckId::archive].add_items();
    if (is_repeated_ballot(**entry)) {
      return stop(CheckId::ballot_unique, fmt::format("at byte {}: ballot {} is in the record already",
                                                      (*entry)->offset, to_base64((*entry)->hash)));
    }
    auto step = chain_.add(**std::move(entry));
    if (!step) return stop(CheckId::chain, step.error().message);
    if (!*step) continue;
    report_[CheckId::chain].add_items();
    if ((*step)->event.type == EventType::ballot) report_[CheckId::ballot_unique].add_items();
    extent_ = {(*step)->end(), extent_.entries + (*step)->data.size() + 1, chain_.events(), (*step)->entry.hash};
    return *std::move(step);
  }
  return std::nullopt;
}

Result<std::string> Steps::content(const Entry& entry) const {
  if (entry.kept()) return entry.content;
  Entry read = TRY(entries_->read_at(entry.offset));
  if (read.hash != entry.hash) return fail("at byte {}: another entry than before", entry.offset);
  return std::move(read.content);
}

bool Steps::is_repeated_ballot(const Entry& entry) const {
  return entry.kind == EntryKind::data && chain_.last() && chain_.last()->event.type == EventType::ballot &&
         chain_.has(entry.hash);
}

std::optional<Step> Steps::stop(CheckId id, const std::string& failure) {
  report_[id].fail(failure + "; nothing after this was read");
  ended_ = true;
  return std::nullopt;
}

std::optional<Step> Steps::end() {
  ended_ = true;
  complete_ = true;
  Check& chain = report_[CheckId::chain];
  if (const Status status = chain_.end(); !status) chain.fail(status.error().message);
  if (chain_.events() == 0) chain.fail("there is no Setup event: the record is not of any election");
  chain.finish();
  report_[CheckId::archive].finish();
  return std::nullopt;
}

}  // namespace folkmoot::record
