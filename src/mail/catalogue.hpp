// What mails say, in each language: src/mail/templates/LANGUAGE.txt. A file is a row of mails,
//
//   == sign-in
//   Subject: Sign in to {organisation}
//
//   Hello {name},
//   …
//
// where {…} is a place for a value. Lines that begin with '#' before the first mail are for translators. What a notice
// of an act says has the act's name ("contest.open", or "act" for the others): its subject and text become part of the
// mail "notice", or of "own-notice", which cannot be refused.
#pragma once

#include <map>
#include <set>
#include <string>

#include "base/result.hpp"

namespace folkmoot::mail {

using Values = std::map<std::string, std::string, std::less<>>;

struct Wording {
  std::string subject, text;
};

class Catalogue {
 public:
  // Fails, saying at which line, if the text does not have that form, or has a mail twice.
  static Result<Catalogue> parse(std::string_view text);
  // The one of that language, or the English one where there is none of it.
  static const Catalogue& in(std::string_view language);
  // The languages that there are.
  static const std::set<std::string, std::less<>>& languages();

  [[nodiscard]] bool has(std::string_view name) const { return mails_.find(name) != mails_.end(); }
  // The mail of that name with the values in their places; what is in a value stays as it is. Fails if there is no such
  // mail, or no value for one of its places.
  [[nodiscard]] Result<Wording> word(std::string_view name, const Values& values) const;

  // Its mails, each with the names of its places: what has to be the same in every language.
  [[nodiscard]] std::map<std::string, std::set<std::string>> places() const;

 private:
  std::map<std::string, Wording, std::less<>> mails_;
};

}  // namespace folkmoot::mail
