#include "audit/receipt.hpp"

#include "audit/report.hpp"

namespace folkmoot::audit {
namespace {

Status verify(const ledger::Policy* policy, std::string_view text, const std::optional<std::string>& given,
              ReceiptReport& report) {
  const ledger::Receipt receipt = TRY(ledger::parse_receipt(text));
  report.index = receipt.index;
  if (!given && !receipt.extra) return fail("the receipt does not hold its entry, which must be given");
  const std::string entry = given ? *given : std::string(text_of(*receipt.extra));
  if (!policy) return fail("no key is given, so that the receipt could not be tied to anybody you know");
  report.checkpoint = TRY(ledger::verify_receipt(*policy, receipt, ledger::leaf_hash(bytes_of(entry))));
  if (read_entry(entry)) report.act = entry;
  return {};
}

}  // namespace

ReceiptReport verify_receipt(const ledger::Policy* policy, std::string_view receipt,
                             const std::optional<std::string>& entry) {
  ReceiptReport report;
  if (const Status verified = verify(policy, receipt, entry, report); !verified) {
    report.problem = verified.error().message;
  }
  return report;
}

std::string to_json(const ReceiptReport& report) {
  json::Writer writer;
  writer.begin_object();
  writer.key("verdict").plain_string(report.valid() ? "valid" : "invalid");
  if (!report.valid()) writer.key("problem").string(report.problem);
  writer.key("index").integer(static_cast<std::int64_t>(report.index));
  if (const auto& verified = report.checkpoint) {
    writer.key("origin").string(verified->checkpoint.origin);
    writer.key("size").integer(static_cast<std::int64_t>(verified->checkpoint.head.size));
    writer.key("cosignatures");
    write_cosignatures(writer, verified->cosignatures);
  }
  writer.key("act");
  report.act.empty() ? writer.null() : writer.raw(report.act);
  writer.end_object();
  return writer.take();
}

std::string to_text(const ReceiptReport& report) {
  if (!report.valid()) return fmt::format("INVALID. {}\n", printable(report.problem));
  const ledger::Checkpoint& checkpoint = report.checkpoint->checkpoint;
  std::string text = fmt::format("Entry        {} of {} in the ledger {}\n", report.index, checkpoint.head.size,
                                 printable(checkpoint.origin));
  for (const ledger::Cosigned& by : report.checkpoint->cosignatures) {
    text += fmt::format("             cosigned by {} at {}\n", printable(by.witness), charter::text(moment(by)));
  }
  if (!report.act.empty()) text += fmt::format("Act          {}\n", printable(report.act));
  return text + "VALID. The ledger has this entry.\n";
}

}  // namespace folkmoot::audit
