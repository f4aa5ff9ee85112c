#include "service/tally_state.hpp"

#include <algorithm>

#include "election/tally.hpp"
#include "service/opened.hpp"
#include "service/supplement.hpp"

namespace folkmoot::service {
namespace {

using record::EventType;

template <PrimeGroup G>
TallyState at_the_start(const Opened<G>& opened) {
  TallyState state;
  state.shuffles = opened.setup.election.needs_shuffles();
  state.structure = opened.texts.trustees;
  for (const auto& kind : opened.setup.trustees->kinds) {
    const auto* group = std::get_if<election::ThresholdParameters<G>>(&kind);
    state.trustees.resize(state.trustees.size() + (group ? group->verification_keys.size() : 1),
                          {.threshold = group != nullptr});
    state.needed += group ? group->threshold : 1;
  }
  return state;
}

// Notes whose it is.
Status note(TallyState& state, const record::Step& step, bool TallyState::Trustee::*done) {
  const auto owned = TRY(json::read_canonical(step.payload().content, election::read_owned));
  if (owned.owner < 1 || owned.owner > static_cast<std::int64_t>(state.trustees.size())) {
    return fail("owner {}: there are {} trustees", owned.owner, state.trustees.size());
  }
  state.trustees[static_cast<std::size_t>(owned.owner - 1)].*done = true;
  return {};
}

}  // namespace

std::int64_t TallyState::shuffled() const { return std::ranges::count(trustees, true, &Trustee::shuffled); }
std::int64_t TallyState::decrypted() const { return std::ranges::count(trustees, true, &Trustee::decrypted); }
bool TallyState::is_closed() const { return last != EventType::setup && last != EventType::ballot; }

Result<TallyState> tally_state(const fs::path& record, Course course) {
  return with_record(record, [&]<PrimeGroup G>(Opened<G>& opened) -> Result<TallyState> {
    TallyState state = at_the_start(opened);
    state.group = G::name;
    std::error_code none;
    state.strict = fs::exists(supplement_file(record), none);
    if (course == Course::setup) return state;
    while (const auto step = TRY(opened.reader.next())) {
      state.last = step->event.type;
      if (state.last == EventType::shuffle) TRY(note(state, *step, &TallyState::Trustee::shuffled));
      if (state.last == EventType::partial_decryption) TRY(note(state, *step, &TallyState::Trustee::decrypted));
    }
    return state;
  });
}

}  // namespace folkmoot::service
