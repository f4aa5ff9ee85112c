// Any bytes as a roll, of voters and of members: reading ends without a crash, and a roll that is accepted keeps its
// promises.
#include <algorithm>
#include <cstdlib>
#include <set>

#include "base/bytes.hpp"
#include "base/utf8.hpp"
#include "charter/roll.hpp"

namespace {

using namespace folkmoot;

void need(bool holds) {
  if (!holds) std::abort();
}

void check(std::string_view text, const charter::RollForm& form) {
  const auto roll = charter::read_roll(std::string(text), form);
  if (!roll) return need(!roll.error().empty() && !charter::describe(roll.error()).empty());
  std::set<std::string_view> ids;
  std::uint64_t total = 0;
  for (const charter::Member& member : roll->members) {
    need(!member.id.empty() && member.id.find_first_of(",\n\r") == std::string::npos);
    need(ids.insert(member.id).second || form.of_members);
    for (const std::string* field : {&member.id, &member.name, &member.email, &member.language, &member.section}) {
      need(is_utf8(*field));
    }
    need(member.weight > 0);
    total += member.weight;
    if (!form.of_members) continue;
    // What acts could not hold.
    need(member.weight == 1 && member.section.size() <= 64);
    need(!member.joined || charter::read_time(charter::text(*member.joined)));
    need(std::ranges::is_sorted(member.characteristics));
  }
  need(!ids.empty() && total <= charter::greatest_total_weight);
}

charter::RollForm members_form() {
  charter::RollForm form = charter::members_form();
  need(charter::add_dates(form, "day-first").has_value());
  return form;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const charter::RollForm members = members_form();
  const std::string_view text = text_of({data, size});
  check(text, charter::voters_form());
  check(text, members);
  return 0;
}
