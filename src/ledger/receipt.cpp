#include "ledger/receipt.hpp"

#include "ledger/reader.hpp"
#include "ledger/text.hpp"

namespace folkmoot::ledger {
namespace {

constexpr std::string_view first_line = "c2sp.org/tlog-proof@v1";
constexpr std::string_view extra_word = "extra ";
constexpr std::string_view index_word = "index ";

Result<Receipt> parse(std::string_view text) {
  Receipt receipt;
  if (TRY(take_line(text)) != first_line) return fail("the first line is not {}", first_line);
  std::string_view line = TRY(take_line(text));
  if (line.starts_with(extra_word)) {
    receipt.extra = TRY(in("extra", from_padded_base64(line.substr(extra_word.size()))));
    line = TRY(take_line(text));
  }
  if (!line.starts_with(index_word)) return fail("expected the index");
  receipt.index = TRY(in("index", parse_decimal(line.substr(index_word.size()))));
  receipt.inclusion = TRY(take_proof(text));
  TRY(parse_signed_checkpoint(text));
  receipt.checkpoint = text;
  return receipt;
}

}  // namespace

std::string to_text(const Receipt& receipt) {
  std::string text = fmt::format("{}\n", first_line);
  if (receipt.extra) text += fmt::format("{}{}\n", extra_word, to_padded_base64(*receipt.extra));
  text += fmt::format("{}{}\n", index_word, receipt.index);
  return text + proof_text(receipt.inclusion) + '\n' + receipt.checkpoint;
}

Result<Receipt> parse_receipt(std::string_view text) { return in("receipt", parse(text)); }

Result<Receipt> make_receipt(const Source& source, std::string_view checkpoint, std::uint64_t index,
                             std::optional<Bytes> extra) {
  const SignedCheckpoint parsed = TRY(parse_signed_checkpoint(checkpoint));
  auto inclusion = TRY(TileReader(source, parsed.checkpoint.head).inclusion(index));
  return Receipt{std::move(extra), index, std::move(inclusion.proof), std::string(checkpoint)};
}

Result<VerifiedCheckpoint> verify_receipt(const Policy& policy, const Receipt& receipt, const Hash& leaf) {
  auto verified = TRY(in("receipt", verify_checkpoint(policy, receipt.checkpoint)));
  TRY(in("receipt", verify_inclusion(leaf, receipt.index, verified.checkpoint.head, receipt.inclusion)));
  return verified;
}

}  // namespace folkmoot::ledger
