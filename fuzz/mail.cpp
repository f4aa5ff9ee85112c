// Any texts in a mail: its header has the lines that it always has, in ASCII and no longer than they may be. And any
// bytes as wordings.
#include <cstdlib>

#include "mail/catalogue.hpp"
#include "mail/message.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace folkmoot;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const std::size_t third = size / 3;
  mail::Message message{"1@x.example",
                        {text.substr(0, third), "a@x.example"},
                        {text.substr(third, third), "b@x.example"},
                        text.substr(2 * third),
                        text,
                        "en",
                        0,
                        ""};
  const auto mime = mail::to_mime(message);
  if (!mime) std::abort();
  std::string names;
  for (std::size_t at = 0; mime->compare(at, 2, "\r\n") != 0;) {
    const std::size_t end = mime->find("\r\n", at);
    if (end == std::string::npos || end - at > 78) std::abort();
    if ((*mime)[at] != ' ') names += mime->substr(at, mime->find(':', at) + 1 - at);
    at = end + 2;
  }
  if (names !=
      "Date:From:To:Message-ID:Subject:Auto-Submitted:MIME-Version:Content-Type:Content-Language:"
      "Content-Transfer-Encoding:") {
    std::abort();
  }
  for (const char c : *mime) {
    if (c != '\r' && c != '\n' && (c < 0x20 || c > 0x7E)) std::abort();
  }
  message.to.address = text;
  const auto to_any = mail::to_mime(message);
  if (to_any && text.find_first_of("\r\n <>,") != std::string::npos) std::abort();

  const auto catalogue = mail::Catalogue::parse(text);
  if (!catalogue) return 0;
  for (const auto& [name, places] : catalogue->places()) {
    mail::Values values;
    for (const std::string& place : places) values[place] = "{x}";
    if (!catalogue->word(name, values)) std::abort();
  }
  return 0;
}
