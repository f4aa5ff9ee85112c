#include "store/witnesses.hpp"

#include "ledger/cosignature.hpp"

namespace folkmoot::store {
namespace {

using ledger::Answer;
using ledger::Policy;

// A witness that moves on between two questions is asked again, so often. (Somebody else then shows it this log.)
constexpr int max_questions = 4;
constexpr std::size_t max_answer = std::size_t{64} << 10;

std::string submission_url(std::string prefix) {
  while (prefix.ends_with('/')) prefix.pop_back();
  return prefix + "/add-checkpoint";
}

}  // namespace

Result<Witnessed> gather(const ledger::Source& source, const std::string& checkpoint, const Policy& policy,
                         WitnessSizes& sizes, HttpClient& client) {
  const ledger::SignedCheckpoint parsed = TRY(ledger::parse_signed_checkpoint(checkpoint));
  ledger::Note note = parsed.note;
  Witnessed witnessed;

  std::vector<const Policy::Witness*> next;
  for (const Policy::Witness& witness : policy.witnesses()) {
    const auto cosigned = TRY(ledger::cosigned_at(note, witness.key));
    if (!witness.url.empty() && !cosigned) next.push_back(&witness);
  }
  for (int question = 1; !next.empty(); ++question) {
    std::vector<HttpClient::Request> requests;
    for (const Policy::Witness* witness : next) {
      const std::uint64_t size = std::min(sizes[witness->name], parsed.checkpoint.head.size);
      const auto body = TRY(in("for witness " + witness->name, make_add_checkpoint(source, checkpoint, size)));
      requests.push_back({submission_url(witness->url), to_text(body), max_answer});
    }
    const auto responses = client.ask(requests);
    std::vector<const Policy::Witness*> again;
    for (std::size_t i = 0; i < next.size(); ++i) {
      const Policy::Witness& witness = *next[i];
      Answer answer = responses[i] ? read_answer(witness.key, parsed, *responses[i])
                                   : Answer{Answer::later, 0, {}, 0, responses[i].error().message};
      if (answer.kind == Answer::conflict) {
        sizes[witness.name] = answer.size;
        if (question < max_questions) {
          again.push_back(&witness);
          continue;
        }
        answer = {Answer::later, 0, {}, 0, "it stands elsewhere each time it is asked"};
      }
      if (answer.kind == Answer::cosigned) {
        sizes[witness.name] = parsed.checkpoint.head.size;
        note.signatures.push_back(answer.cosignature);
      }
      witnessed.asked.push_back({witness.name, std::move(answer)});
    }
    next = std::move(again);
  }
  witnessed.checkpoint = to_text(note);
  witnessed.quorum = ledger::verify_checkpoint(policy, witnessed.checkpoint).map([](const auto&) {});
  return witnessed;
}

}  // namespace folkmoot::store
