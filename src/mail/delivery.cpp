#include "mail/delivery.hpp"

namespace folkmoot::mail {
namespace {

struct End {
  Fate fate = Fate::waiting;
  std::string reply;
  bool reachable = true;
};

End end_of(const Outcome& outcome) {
  switch (outcome.kind) {
    case Outcome::Kind::taken:
      return {Fate::delivered, outcome.reply};
    case Outcome::Kind::refused:
      return {Fate::failed, outcome.reply};
    case Outcome::Kind::later:
      return {Fate::waiting, outcome.reply};
    case Outcome::Kind::unreachable:
      break;
  }
  return {Fate::waiting, outcome.reply, false};
}

Result<End> attempt(Outbox& outbox, Transport& transport, const Compose& compose, const Letter& letter) {
  if (!TRY(outbox.wants(letter.member, letter.topic))) return End{Fate::unwanted, ""};
  const Result<std::optional<Message>> message = compose(letter);
  if (!message) return End{Fate::waiting, "not composed"};
  if (!*message) return End{Fate::unknown, ""};
  const auto mime = to_mime(**message);
  if (!mime) return End{Fate::failed, "no address"};
  return end_of(transport.send({letter.id, (*message)->from.address, (*message)->to.address}, *mime));
}

}  // namespace

Result<Tally> deliver(database::Database& database, Transport& transport, const Compose& compose,
                      const std::function<std::int64_t()>& clock, std::size_t most) {
  Outbox outbox(database);
  Tally tally;
  const std::vector<Lent> lent = TRY(outbox.lend(clock(), most));
  End last;
  for (const Lent& one : lent) {
    if (last.reachable) last = TRY(attempt(outbox, transport, compose, one.letter));
    TRY(outbox.record(one, last.fate, last.reply, clock()));
    ++tally[last.fate];
  }
  return tally;
}

}  // namespace folkmoot::mail
