// folkmoot-verify receipt FILE
#include "audit/receipt.hpp"
#include "verifier/commands.hpp"
#include "verifier/place.hpp"

namespace folkmoot::verifier {
namespace {

struct Arguments {
  std::string receipt;
  std::string entry;
  Trust trust;
  bool json = false;
};

Result<int> verify(const Arguments& arguments, const Console& console) {
  const std::string receipt = TRY(read_file(arguments.receipt));
  const auto policy = TRY(policy_of(arguments.trust));
  std::optional<std::string> entry;
  if (!arguments.entry.empty()) entry = TRY(read_file(arguments.entry));
  const audit::ReceiptReport report = audit::verify_receipt(policy ? &*policy : nullptr, receipt, entry);
  console.out << (arguments.json ? audit::to_json(report) + "\n" : audit::to_text(report));
  return report.valid() ? Exit::valid : Exit::invalid;
}

}  // namespace

void add_receipt(CLI::App& app, const Console& console, Action& action) {
  CLI::App& command = *app.add_subcommand(
      "receipt",
      "the receipt of an act: that the ledger has it, without asking anyone\n\n"
      "Exits with 0 if it is valid, 1 if it is not, 3 if it was called wrongly or a file cannot be read.");
  const auto arguments = std::make_shared<Arguments>();
  command.add_option("RECEIPT", arguments->receipt, "a .tlog-proof file")->required();
  command.add_option("--entry", arguments->entry, "the entry, to the byte; unless it stands in the receipt")
      ->type_name("FILE");
  add_trust(command, arguments->trust);
  command.add_flag("--json", arguments->json, "the report as JSON");
  command.callback([=, &console, &action] { action = [=, &console] { return verify(*arguments, console); }; });
}

}  // namespace folkmoot::verifier
