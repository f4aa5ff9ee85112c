#include "ledger/submission.hpp"

#include "ledger/cosignature.hpp"
#include "ledger/reader.hpp"
#include "ledger/text.hpp"

namespace folkmoot::ledger {
namespace {

constexpr std::string_view old_word = "old ";

// The witness's cosignature among the lines of the body; other signatures are ignored.
Result<Answer> read_cosignature(const VerifierKey& witness, const SignedCheckpoint& checkpoint, std::string_view body) {
  const Note answer = TRY(parse_note(checkpoint.note.text + '\n' + std::string(body)));
  const auto time = TRY(cosigned_at(answer, witness));
  if (!time || *time == 0) return fail("no cosignature by {} with a time", witness.name());
  for (const SignatureLine* line : signatures_by(answer, witness)) {
    const Note single{answer.text, {*line}};
    if (TRY(cosigned_at(single, witness)) == time) return Answer{Answer::cosigned, 0, *line, *time, {}};
  }
  return fail("no cosignature by {}", witness.name());
}

Result<Answer> read_conflict(const SignedCheckpoint& checkpoint, const Response& response) {
  std::string_view body = response.body;
  const std::uint64_t size = TRY(in("the size in the answer", take_line(body).and_then(parse_decimal)));
  if (!body.empty()) return fail("more than a size in the answer");
  if (size > checkpoint.checkpoint.head.size) {
    return Answer{Answer::alarm,
                  size,
                  {},
                  0,
                  fmt::format("the witness has cosigned {} entries; this checkpoint has {}", size,
                              checkpoint.checkpoint.head.size)};
  }
  return Answer{Answer::conflict, size, {}, 0, {}};
}

}  // namespace

std::string to_text(const AddCheckpoint& request) {
  return fmt::format("{}{}\n{}\n{}", old_word, request.old_size, proof_text(request.consistency), request.checkpoint);
}

Result<AddCheckpoint> parse_add_checkpoint(std::string_view body) {
  AddCheckpoint request;
  const std::string_view first = TRY(take_line(body));
  if (!first.starts_with(old_word)) return fail("expected the old size");
  request.old_size = TRY(in("old size", parse_decimal(first.substr(old_word.size()))));
  request.consistency = TRY(take_proof(body));
  TRY(parse_signed_checkpoint(body));
  request.checkpoint = body;
  return request;
}

Result<AddCheckpoint> make_add_checkpoint(const Source& source, std::string_view checkpoint, std::uint64_t old_size) {
  const SignedCheckpoint parsed = TRY(parse_signed_checkpoint(checkpoint));
  auto consistency = TRY(TileReader(source, parsed.checkpoint.head).consistency(old_size));
  return AddCheckpoint{old_size, std::move(consistency.proof), std::string(checkpoint)};
}

Answer read_answer(const VerifierKey& witness, const SignedCheckpoint& checkpoint, const Response& response) {
  const auto with = [&](Answer::Kind kind, std::string_view message) {
    return Answer{kind, 0, {}, 0, fmt::format("{} answers {}: {}", witness.name(), response.status, message)};
  };
  const auto or_refused = [&](Result<Answer> answer) {
    return answer ? *std::move(answer) : with(Answer::refused, answer.error().message);
  };
  switch (response.status) {
    case 200:
      return or_refused(read_cosignature(witness, checkpoint, response.body));
    case 409:
      return or_refused(read_conflict(checkpoint, response));
    case 422:
      return with(Answer::alarm, "it finds the checkpoint inconsistent with what it has seen");
    case 400:
      return with(Answer::refused, "it finds the request malformed");
    case 403:
      return with(Answer::refused, "it trusts no key that signed the checkpoint");
    case 404:
      return with(Answer::refused, "it does not know the log");
    case 408:
    case 425:
    case 429:
      return with(Answer::later, "it is busy");
    default:
      break;
  }
  if (response.status >= 500) return with(Answer::later, "it has failed");
  return with(Answer::refused, "that is no status of the protocol");
}

}  // namespace folkmoot::ledger
