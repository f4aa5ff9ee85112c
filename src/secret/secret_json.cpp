#include "secret/secret_json.hpp"

#include "secret/wiping.hpp"

namespace folkmoot::secret {

SecretText quoted(std::string_view text) {
  SecretVector<char> result;
  result.reserve(2 * text.size() + 2);
  result.push_back('"');
  for (const char c : text) {
    if (c == '"' || c == '\\') result.push_back('\\');
    result.push_back(c);
  }
  result.push_back('"');
  return SecretText(std::string_view(result.data(), result.size()));
}

bool SecretScanner::optional(std::string_view expected) {
  if (!rest_.starts_with(expected)) return false;
  rest_.remove_prefix(expected.size());
  return true;
}

Status SecretScanner::literal(std::string_view expected) {
  if (!optional(expected)) return fail("the decrypted message does not have the form it should");
  return {};
}

Result<SecretText> SecretScanner::string() {
  TRY(literal("\""));
  SecretVector<char> text;
  text.reserve(rest_.size());
  for (std::size_t i = 0; i < rest_.size(); ++i) {
    if (rest_[i] == '"') {
      rest_.remove_prefix(i + 1);
      return SecretText(std::string_view(text.data(), text.size()));
    }
    if (rest_[i] == '\\') {
      ++i;
      if (i == rest_.size() || (rest_[i] != '"' && rest_[i] != '\\')) break;
    }
    text.push_back(rest_[i]);
  }
  return fail("the decrypted message does not have the form it should");
}

Status SecretScanner::end() const {
  if (!rest_.empty()) return fail("the decrypted message does not have the form it should");
  return {};
}

}  // namespace folkmoot::secret
