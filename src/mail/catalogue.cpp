#include "mail/catalogue.hpp"

#include <cassert>
#include <optional>

namespace folkmoot::mail {

extern const std::string_view english, welsh;  // made of src/mail/templates by the build

namespace {

// Calls `literal(text)` and `place(name)` for the pieces of a wording, in order. A brace that is never closed is text.
template <class Literal, class Place>
void each_piece(std::string_view text, Literal literal, Place place) {
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
    literal(text.substr(0, close == std::string_view::npos ? text.size() : open));
    if (close == std::string_view::npos) return;
    place(text.substr(open + 1, close - open - 1));
    text.remove_prefix(close + 1);
  }
}

Result<std::string> fill(std::string_view text, const Values& values) {
  std::string filled;
  std::optional<std::string> missing;
  each_piece(
      text, [&](std::string_view literal) { filled += literal; },
      [&](std::string_view name) {
        const auto value = values.find(name);
        if (value == values.end())
          missing = name;
        else
          filled += value->second;
      });
  if (missing) return fail("no value for {{{}}}", *missing);
  return filled;
}

Catalogue built_in(std::string_view text) {
  auto catalogue = Catalogue::parse(text);
  assert(catalogue);  // a test parses both
  return *std::move(catalogue);
}

const std::map<std::string, Catalogue, std::less<>>& catalogues() {
  static const std::map<std::string, Catalogue, std::less<>> all{{"cy", built_in(welsh)}, {"en", built_in(english)}};
  return all;
}

}  // namespace

Result<Catalogue> Catalogue::parse(std::string_view text) {
  constexpr std::string_view heading = "== ", subject = "Subject: ";
  Catalogue catalogue;
  Wording* mail = nullptr;
  for (int number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.starts_with(heading)) {
      const auto [place, is_new] = catalogue.mails_.try_emplace(std::string(line.substr(heading.size())));
      if (!is_new) return fail("line {}: {} is there already", number, place->first);
      mail = &place->second;
    } else if (mail == nullptr) {
      if (!line.empty() && !line.starts_with('#')) return fail("line {}: expected == and the name of a mail", number);
    } else if (mail->subject.empty()) {
      if (!line.starts_with(subject)) return fail("line {}: expected the subject", number);
      mail->subject = line.substr(subject.size());
    } else if (!mail->text.empty() || !line.empty()) {
      mail->text.append(line).append("\n");
    }
  }
  for (auto& [name, wording] : catalogue.mails_) {
    while (wording.text.ends_with("\n\n")) wording.text.pop_back();
    if (wording.text.empty()) return fail("{}: has no text", name);
  }
  return catalogue;
}

const Catalogue& Catalogue::in(std::string_view language) {
  const auto found = catalogues().find(language);
  return found == catalogues().end() ? catalogues().at("en") : found->second;
}

const std::set<std::string, std::less<>>& Catalogue::languages() {
  static const std::set<std::string, std::less<>> names{"cy", "en"};
  return names;
}

Result<Wording> Catalogue::word(std::string_view name, const Values& values) const {
  const auto found = mails_.find(name);
  if (found == mails_.end()) return fail("there is no mail {}", name);
  std::string subject = TRY(folkmoot::in(name, fill(found->second.subject, values)));
  std::string text = TRY(folkmoot::in(name, fill(found->second.text, values)));
  return Wording{std::move(subject), std::move(text)};
}

std::map<std::string, std::set<std::string>> Catalogue::places() const {
  std::map<std::string, std::set<std::string>> places;
  for (const auto& [name, wording] : mails_) {
    std::set<std::string>& names = places[name];
    for (const std::string* text : {&wording.subject, &wording.text}) {
      each_piece(
          *text, [](std::string_view) {}, [&](std::string_view place) { names.emplace(place); });
    }
  }
  return places;
}

}  // namespace folkmoot::mail
