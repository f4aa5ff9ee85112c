#include "audit/verify_acts.hpp"

namespace folkmoot::audit {
namespace {

// What the act declares about the record of an election, if the rules allow the act; else nothing.
std::optional<Declared> declared_by(const charter::State& state, const charter::Act& act, std::uint64_t index) {
  const auto election = state.elections.find(act.body.text("election"));
  if (act.refused || election == state.elections.end()) return {};
  if (act.type == "election.declare" && election->second.stage == "closed") {
    return Declared{index,
                    act.type,
                    poll_of(state, election->first, act.time),
                    act.body.text("record"),
                    act.body.text("supplement"),
                    act.body};
  }
  const auto seat = state.seats.find(act.body.text("seat"));
  const bool counts_back = act.type == "seat.count_back" && election->second.stage == "declared" &&
                           seat != state.seats.end() && seat->second.elected_in == election->first;
  if (!counts_back) return {};
  return Declared{
      index,   act.type, vacancy_of(state, seat->first, act.time), election->second.record, election->second.supplement,
      act.body};
}

}  // namespace

void ActVerifier::take(std::uint64_t index, ByteView bytes) {
  report_[CheckId::entries].add_items();
  const auto entry = read_entry(text_of(bytes));
  if (!entry) {
    report_[CheckId::entries].fail(fmt::format("entry {}: {}", index, entry.error().message));
    if (judging_) {
      report_[CheckId::acts].fail(fmt::format("entry {} is no act: later acts were not judged", index));
      stop_judging();
    }
    return;
  }
  const std::string where = fmt::format("act {} ({})", index, entry->act.type);
  check_time(entry->act, where, index);
  mentions_.add(entry->act, index);
  judging_ ? judge(*entry, where, index) : check_known_keys(*entry, where);
}

void ActVerifier::check_time(const charter::Act& act, const std::string& where, std::uint64_t index) {
  Check& check = report_[CheckId::times];
  check.add_items();
  if (act.time < last_) {
    check.fail(
        fmt::format("{} is dated {}, and the act before it {}", where, charter::text(act.time), charter::text(last_)));
  }
  if (latest_ && act.time > *latest_ + leeway) {
    check.fail(fmt::format("{} is dated {}, and was in the log when it was cosigned at {}", where,
                           charter::text(act.time), charter::text(*latest_)));
  }
  if (earlier_ && index >= earlier_->size && act.time + leeway < earlier_->time) {
    check.fail(fmt::format("{} is dated {}, and was not in the log when that was cosigned at {}", where,
                           charter::text(act.time), charter::text(earlier_->time)));
  }
  last_ = std::max(last_, act.time);
}

void ActVerifier::judge(const Entry& entry, const std::string& where, std::uint64_t index) {
  const SignedRequest request{charter::request_of(entry.act), entry.signatures};
  report_[CheckId::signers].add_items(entry.signatures.size());
  if (const Status signatures = history_.check_signatures(request, entry.act.time); !signatures) {
    report_[CheckId::signers].fail(signatures.error().in(where).message);
  }
  std::optional<Declared> declaration = declared_by(history_.state(), entry.act, index);
  if (const Status followed = history_.follow(entry); !followed) {
    report_[CheckId::acts].fail(followed.error().message + "; later acts were not judged");
    stop_judging();
    return;
  }
  report_[CheckId::acts].add_items();
  if (declaration) declared_.push_back(*std::move(declaration));
}

void ActVerifier::stop_judging() {
  judging_ = false;
  for (const auto& [member, membership] : history_.state().members) keys_[member] = membership.key;
}

// Nobody can say any more who must sign; that whoever did has signed this very request can be seen.
void ActVerifier::check_known_keys(const Entry& entry, const std::string& where) {
  const charter::Act& act = entry.act;
  const bool enrols = act.type == "member.enrol_key" || act.type == "organisation.found";
  if (enrols && !act.refused) keys_[act.actor.member] = act.body.text("key");
  const charter::Request request = charter::request_of(act);
  for (const Signature& signature : entry.signatures) {
    report_[CheckId::signers].add_items();
    ledger::PublicKey key{};
    const std::string text = signed_text(history_.origin(), request, signature.member, signature.asked);
    if (!from_hex(keys_[signature.member], key)) {
      report_[CheckId::signers].fail(fmt::format("{}: {} has enrolled no key to sign with", where, signature.member));
    } else if (!ledger::verifies(key, text, signature.signature)) {
      report_[CheckId::signers].fail(fmt::format("{}: the signature of {} is wrong", where, signature.member));
    }
  }
  const bool drops = act.type == "member.withdraw_key" || act.type == "member.reset_key" || act.type == "member.erase";
  if (drops && !act.refused) keys_.erase(act.body.text("member"));
}

void ActVerifier::finish(bool complete) {
  if (complete) {
    for (const CheckId id : {CheckId::entries, CheckId::times, CheckId::signers, CheckId::acts}) report_[id].finish();
  }
  const charter::State& state = history_.state();
  report_.organisation = state.charters.empty() ? "" : state.charter().name;
  report_.charters = state.version();
  report_.judged = history_.size();
  report_.as_of = latest_ ? std::max(*latest_, state.time) : state.time;
  if (!state.charters.empty()) report_.flags = charter::flags(state, report_.as_of);
}

}  // namespace folkmoot::audit
