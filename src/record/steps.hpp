// The steps of a record, one by one. What is wrong with its bytes or its chain goes into the report, and ends them.
#pragma once

#include <optional>
#include <string>

#include "record/chain.hpp"
#include "record/part.hpp"
#include "record/source.hpp"

namespace folkmoot::record {

class Steps {
 public:
  // Both must outlive this.
  Steps(const ByteSource& source, Report& report);

  std::optional<Step> next();

  // Whether the record has been read to its end.
  [[nodiscard]] bool complete() const { return complete_; }
  // Up to the last step.
  [[nodiscard]] const Extent& extent() const { return extent_; }
  // Of the record's header; 0 if that could not be read.
  [[nodiscard]] std::uint64_t timestamp() const { return entries_ ? entries_->header().timestamp : 0; }

  // The content of an entry of a step: as kept, or read and checked again.
  [[nodiscard]] Result<std::string> content(const Entry& entry) const;
  // The same, which need not come into memory as a whole (EntryReader::long_content).
  [[nodiscard]] LongText long_content(const Entry& entry) const { return entries_->long_content(entry); }

 private:
  [[nodiscard]] bool is_repeated_ballot(const Entry& entry) const;
  std::optional<Step> stop(CheckId id, const std::string& failure);
  std::optional<Step> end();

  Report& report_;
  std::optional<EntryReader> entries_;
  Chain chain_;
  Extent extent_;
  bool ended_ = false;
  bool complete_ = false;
};

}  // namespace folkmoot::record
