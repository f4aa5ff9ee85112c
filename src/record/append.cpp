#include "record/append.hpp"

namespace folkmoot::record {

Result<Step> append(std::string& out, Chain& chain, const ArchiveHeader& header, std::uint64_t offset,
                    Addition addition) {
  std::string bytes;
  Step step;
  for (std::string& content : addition.data) {
    if (content.size() > tar::greatest_number) return fail("data of {} bytes", content.size());
    step.data.push_back(append_entry(bytes, header, EntryKind::data, std::move(content), offset + bytes.size()));
  }
  step.event = chain.next(addition.type, step.data.empty() ? std::nullopt : std::optional(step.payload().hash));
  step.entry = append_entry(bytes, header, EntryKind::event, json::to_text(step.event), offset + bytes.size());
  step = TRY(chain.add(std::move(step)));
  out.append(bytes);
  return step;
}

}  // namespace folkmoot::record
