#include "cli/moot.hpp"

#include <algorithm>
#include <chrono>
#include <ostream>

#include "charter/signers.hpp"

namespace folkmoot::cli {

Result<charter::Time> Moot::now() const {
  if (!at.empty()) return in("--at", charter::read_time(at));
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return charter::Time{std::chrono::duration_cast<std::chrono::seconds>(now).count()};
}

void Doers::define(CLI::App& command) {
  command.add_option("--as", as, "who asks: MEMBER, or MEMBER:POST in an office; with a key, POST or nothing will do");
  command.add_option("--key", key, "with which they sign; whoever acts in an office has to")->type_name("FILE");
  command.add_option("--second", second, "the second person of an act that takes two: MEMBER:POST, or POST with a key");
  command.add_option("--second-key", second_key, "with which that person signs")->type_name("FILE");
}

namespace {

Result<charter::Actor> actor(const std::string& who, const std::string& key) {
  if (key.empty() || who.starts_with("m-")) return service::read_actor(who);
  const ledger::Signer mine = TRY(service::read_member_key(key));
  return charter::Actor{mine.key.name(), who};
}

}  // namespace

Result<charter::Actor> Doers::first() const { return in("--as", actor(as, key)); }

Result<std::vector<charter::Actor>> Doers::others() const {
  std::vector<charter::Actor> actors;
  if (second.empty()) return actors;
  actors.push_back(TRY(in("--second", actor(second, second_key))));
  return actors;
}

Status Doers::sign(audit::SignedRequest& request, const service::Organisation& organisation, charter::Time now) const {
  const auto signers = charter::signers(organisation.state(), request.request);
  for (const std::string& file : {key, second_key}) {
    if (file.empty()) continue;
    const ledger::Signer mine = TRY(service::read_member_key(file));
    if (std::ranges::find(signers, mine.key.name(), &charter::Signer::member) == signers.end()) continue;
    TRY(service::sign(request, organisation.state(), organisation.origin(), mine, now));
  }
  return {};
}

void tell(std::ostream& out, const service::Numbered& done) {
  const charter::Act& act = done.entry.act;
  std::string who = act.actor.is_clock() ? "the clock" : act.actor.member;
  if (!act.actor.office.empty()) who += " as " + act.actor.office;
  for (const charter::Actor& second : act.seconded_by)
    who += fmt::format(" and {} as {}", second.member, second.office);
  say(out, "{:>6}  {}  {} by {}{}", done.number, charter::text(act.time), act.type, who,
      act.refused ? fmt::format(": REFUSED, {}: {}", act.refused->rule, act.refused->message) : "");
}

Result<int> submit(service::Organisation& organisation, std::span<const audit::SignedRequest> requests,
                   charter::Time now, Console& console) {
  const std::vector<service::Outcome> outcomes = TRY(organisation.submit(requests, now));
  TRY(organisation.publish());
  TRY(organisation.purge());
  for (const service::Numbered& done : organisation.entered()) tell(console.out, done);
  for (const service::Outcome& outcome : outcomes) {
    if (const charter::Refusal* refusal = outcome.refusal()) {
      return fail("refused{}: {}: {}", refusal->recorded ? ", and on the record" : "", refusal->rule, refusal->message);
    }
  }
  return Exit::done;
}

Result<int> submit(service::Organisation& organisation, std::vector<charter::Request> requests, const Doers& doers,
                   charter::Time now, Console& console) {
  std::vector<audit::SignedRequest> signed_requests;
  for (charter::Request& request : requests) {
    audit::SignedRequest& signed_request = signed_requests.emplace_back();
    signed_request.request = std::move(request);
    TRY(doers.sign(signed_request, organisation, now));
  }
  return submit(organisation, signed_requests, now, console);
}

}  // namespace folkmoot::cli
