#include "server/organisation_history.hpp"

#include "charter/process.hpp"
#include "ledger/checkpoint.hpp"
#include "ledger/replay.hpp"

namespace folkmoot::server {
namespace {

constexpr std::size_t longest_checkpoint = std::size_t{64} << 10;

}  // namespace

std::string_view rule_before(const charter::State& state, const charter::Act& act) {
  const charter::ActType* type = charter::find_act_type(act.type);
  if (act.refused || !type) return "";
  for (const charter::Process* process : charter::processes()) {
    const bool is_its = std::ranges::find(process->acts, act.type, &charter::ActType::name) != process->acts.end();
    if (!is_its) continue;
    const std::string* id = nullptr;
    if (!type->moves.empty()) {
      const charter::Value* value = act.body.find(type->moves);
      id = value ? std::get_if<std::string>(value) : nullptr;
    }
    const charter::Thing* thing = id ? charter::find_thing(state, *id) : nullptr;
    const charter::Transition* transition = process->transition(thing ? thing->stage : "", act.type);
    return transition ? transition->rule : "";
  }
  return "";
}

Result<std::string> OrganisationHistory::read_checkpoint() const {
  const std::optional<Bytes> bytes = TRY(ledger_.read("checkpoint", longest_checkpoint));
  if (!bytes) return fail("there is no checkpoint");
  return std::string(text_of(*bytes));
}

bool OrganisationHistory::is_behind() const {
  const auto checkpoint = read_checkpoint();
  return !checkpoint || *checkpoint != checkpoint_;
}

Status OrganisationHistory::update() {
  std::string text = TRY(read_checkpoint());
  const ledger::SignedCheckpoint published = TRY(in("checkpoint", ledger::parse_signed_checkpoint(text)));
  if (published.checkpoint.origin != origin()) return fail("the checkpoint is of {}", published.checkpoint.origin);
  // An entry that was taken and a tile that was not right: the edge goes on from the entries that were taken.
  ledger::RightEdge edge = edge_;
  const auto take = [&](std::uint64_t number, ByteView bytes) -> Status {
    if (number < history_.size()) return {};
    const audit::Entry entry = TRY(audit::read_entry(text_of(bytes)));
    const std::string_view rule = rule_before(history_.state(), entry.act);
    TRY(history_.take(entry));
    rules_.push_back(rule);
    return {};
  };
  TRY(ledger::replay(ledger_, edge, published.checkpoint.head, take));
  edge_ = std::move(edge);
  checkpoint_ = std::move(text);
  return {};
}

Result<std::vector<service::Numbered>> OrganisationHistory::acts(std::uint64_t from, std::size_t most) const {
  std::vector<service::Numbered> acts;
  const std::uint64_t end = std::min(size(), from + std::min<std::uint64_t>(most, size()));
  for (std::uint64_t number = from; number < end;) {
    const ledger::Tile tile = ledger::tile_at(0, number / ledger::tile_width, size());
    const ledger::Bundle bundle = TRY(ledger::read_bundle(ledger_, tile.index, tile.width));
    for (std::size_t i = number % ledger::tile_width; i < tile.width && number < end; ++i, ++number) {
      audit::Entry entry = TRY(in(fmt::format("entry {}", number), audit::read_entry(text_of(bundle.entries[i]))));
      acts.push_back({number, std::move(entry)});
    }
  }
  return acts;
}

}  // namespace folkmoot::server
