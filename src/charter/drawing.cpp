#include "charter/drawing.hpp"

#include <algorithm>

namespace folkmoot::charter {
namespace {

// Mermaid's names of states have no hyphens.
std::string state_name(std::string_view stage) {
  if (stage.empty()) return "[*]";
  std::string name(stage);
  std::ranges::replace(name, '-', '_');
  return name;
}

bool is_final(const Process& process, std::string_view stage) {
  return std::ranges::none_of(process.transitions,
                              [&](const Transition& t) { return t.from == stage && t.to != stage; });
}

std::string who(const ActType& type) {
  switch (type.who.by) {
    case By::clock:
      return "the clock";
    case By::founder:
      return "the founder";
    case By::anyone:
      return "anyone on the roll";
    case By::participant:
      return "a member or supporter";
    case By::member:
      return "an active member";
    case By::duty:
      return fmt::format("a post with the duty `{}`", type.who.duty);
    case By::organ:
      return "the organ's secretary";
  }
  return "";
}

std::string_view describe(const Field& field) {
  switch (field.document) {
    case Document::text:
      return "the SHA-256 of a published text";
    case Document::record:
      return "the SHA-256 of an election's published record";
    case Document::supplement:
      return "the SHA-256 of that record's published supplement";
    case Document::transcript:
      return "the SHA-256 of a count's published transcript";
    case Document::none:
      break;
  }
  return describe(field.kind);
}

std::string fields(const ActType& type) {
  std::string text;
  for (const Field& field : type.fields) {
    text += fmt::format("{}`{}` {}", text.empty() ? "" : ", ", field.name, describe(field));
    if (!field.of.empty()) text += fmt::format(" ({})", field.of.starts_with('@') ? field.of.substr(1) : field.of);
    if (field.optional) text += ", optional";
    if (field.derived) text += ", worked out";
  }
  return text;
}

}  // namespace

std::string drawing(const Process& process) {
  std::string text =
      fmt::format("# {}: {}\n\nServes {}. {}\n\n", process.name, process.title, process.rows,
                  process.keeps_charter ? "Finished under the version of the charter under which it began."
                                        : "Always under the charter in force.");
  text += "```mermaid\nstateDiagram-v2\n";
  for (const Transition& t : process.transitions) {
    text += fmt::format("  {} --> {}: {}\n", state_name(t.from), state_name(t.to), t.act);
  }
  std::vector<std::string_view> finals;
  for (const Transition& t : process.transitions) {
    if (is_final(process, t.to) && std::ranges::find(finals, t.to) == finals.end()) finals.push_back(t.to);
  }
  for (const std::string_view stage : finals) text += fmt::format("  {} --> [*]\n", state_name(stage));
  text += "```\n\n| from | act | to | rests on |\n|---|---|---|---|\n";
  for (const Transition& t : process.transitions) {
    text += fmt::format("| {} | `{}` | {} | {} |\n", t.from.empty() ? "–" : t.from, t.act, t.to,
                        t.rule.empty() ? "" : fmt::format("`{}`", t.rule));
  }
  text += "\n| act | what it is | who | fields |\n|---|---|---|---|\n";
  for (const ActType& type : process.acts) {
    text += fmt::format("| `{}` | {} | {}{}{} | {} |\n", type.name, type.about, who(type),
                        type.privileged ? ", with a second person" : "",
                        type.privileged || type.refusals_recorded ? "; refusals are recorded" : "", fields(type));
  }
  return text;
}

std::string index_of_drawings() {
  std::string text =
      "# Processes\n\nGenerated from the tables in `src/charter/process/`; the test `charter` fails when a page is out "
      "of "
      "date\n(`FOLKMOOT_UPDATE=1` writes them anew).\n\n| process | what it is | requirements |\n|---|---|---|\n";
  for (const Process* process : processes()) {
    text += fmt::format("| [{0}]({0}.md) | {1} | {2} |\n", process->name, process->title, process->rows);
  }
  return text;
}

}  // namespace folkmoot::charter
