// JSON whose strings are secret. It has fixed forms only, and goes through no parser or buffer that would leave copies.
#pragma once

#include "base/result.hpp"
#include "secret/text.hpp"

namespace folkmoot::secret {

// The text as a JSON string, in quotes. It has no control characters.
SecretText quoted(std::string_view text);

// Reads a text of a known form, piece by piece; every piece must be there.
class SecretScanner {
 public:
  explicit SecretScanner(std::string_view text) : rest_(text) {}

  // Exactly these characters.
  Status literal(std::string_view expected);
  // Whether they come next; if so they are read.
  bool optional(std::string_view expected);
  // A JSON string, with no escapes but \" and \\.
  Result<SecretText> string();
  // The end of the text.
  Status end() const;

 private:
  std::string_view rest_;
};

}  // namespace folkmoot::secret
