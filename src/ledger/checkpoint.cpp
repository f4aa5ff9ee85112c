#include "ledger/checkpoint.hpp"

#include "ledger/text.hpp"

namespace folkmoot::ledger {

std::string to_text(const Checkpoint& checkpoint) {
  std::string text =
      fmt::format("{}\n{}\n{}\n", checkpoint.origin, checkpoint.head.size, hash_text(checkpoint.head.root));
  for (const std::string& line : checkpoint.extensions) text += line + '\n';
  return text;
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
  Checkpoint checkpoint;
  checkpoint.origin = TRY(in("origin", take_line(text)));
  if (checkpoint.origin.empty()) return fail("origin: it is empty");
  checkpoint.head.size = TRY(in("tree size", take_line(text).and_then(parse_decimal)));
  checkpoint.head.root = TRY(in("root hash", take_line(text).and_then(parse_hash)));
  while (!text.empty()) {
    const std::string_view line = TRY(in("extension", take_line(text)));
    if (line.empty()) return fail("extension: an empty line");
    checkpoint.extensions.emplace_back(line);
  }
  return checkpoint;
}

Result<SignedCheckpoint> parse_signed_checkpoint(std::string_view text) {
  SignedCheckpoint parsed;
  parsed.note = TRY(in("checkpoint", parse_note(text)));
  parsed.checkpoint = TRY(in("checkpoint", parse_checkpoint(parsed.note.text)));
  return parsed;
}

}  // namespace folkmoot::ledger
