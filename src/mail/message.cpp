#include "mail/message.hpp"

#include <fmt/chrono.h>

#include <algorithm>

#include "base/bytes.hpp"
#include "base/utf8.hpp"

namespace folkmoot::mail {
namespace {

bool is_alnum(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
// RFC 5322 section 3.2.3.
bool is_atext(char c) {
  return is_alnum(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}
bool is_visible(char c) { return c > 0x20 && c < 0x7F; }
bool is_printable(char c) { return c >= 0x20 && c < 0x7F; }

// Parts between dots, none of them empty, of such characters.
template <class Allowed>
bool is_dotted(std::string_view text, Allowed allowed) {
  const bool edges = text.empty() || text.front() == '.' || text.back() == '.';
  if (edges || text.find("..") != std::string_view::npos) return false;
  return std::ranges::all_of(text, [&](char c) { return c == '.' || allowed(c); });
}

// Text for one header line: valid UTF-8, with spaces for control characters.
std::string one_line(std::string_view text) {
  std::string line = is_utf8(text) ? std::string(text) : "";
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return line;
}

// A line that needs no encoding, nor folding.
bool is_plain(std::string_view line) {
  constexpr std::size_t longest = 60;  // leaves room for the header's name
  return line.size() <= longest && std::ranges::all_of(line, is_printable) && line.find("=?") == std::string_view::npos;
}

// RFC 2047 section 4.1, in words that are each whole characters, one on a line (section 2).
std::string encoded_words(std::string_view line) {
  constexpr std::size_t most = 39;  // bytes, so that a line with the name of a header has at most 76
  std::string words;
  while (!line.empty()) {
    std::size_t size = std::min(line.size(), most);
    while (size < line.size() && (static_cast<unsigned char>(line[size]) & 0xC0) == 0x80) --size;
    std::string digits = to_base64(bytes_of(line.substr(0, size)));
    while (digits.size() % 4 != 0) digits += '=';
    words += fmt::format("{}=?utf-8?B?{}?=", words.empty() ? "" : "\r\n ", digits);
    line.remove_prefix(size);
  }
  return words;
}

std::string unstructured(std::string_view text) {
  const std::string line = one_line(text);
  return is_plain(line) ? line : encoded_words(line);
}

// RFC 5322 section 3.4: the display name is a quoted string, or encoded words.
std::string mailbox(const Mailbox& box) {
  const std::string name = one_line(box.name);
  if (name.empty()) return box.address;
  constexpr std::size_t longest = 70;  // with "From: " no more than a line should have
  std::string quoted;
  for (const char c : name) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  if (!is_plain(name) || quoted.size() > longest) return fmt::format("{}\r\n <{}>", encoded_words(name), box.address);
  return fmt::format("\"{}\"\r\n <{}>", quoted, box.address);
}

// RFC 2045 section 6.7. A dot at the beginning of a line is encoded, too, so that no server has to double it.
std::string quoted_printable(std::string_view text) {
  constexpr std::size_t longest = 76;
  std::string encoded;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    std::size_t column = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const char c = line[i];
      const bool at_end = i + 1 == line.size();
      const bool as_it_is = (is_printable(c) && c != '=' && !(c == ' ' && at_end) && !(c == '.' && column == 0));
      const std::string piece = as_it_is ? std::string(1, c) : fmt::format("={:02X}", static_cast<unsigned char>(c));
      if (column + piece.size() > longest - (at_end ? 0 : 1)) {
        encoded += "=\r\n";
        column = 0;
      }
      encoded += piece;
      column += piece.size();
    }
    encoded += "\r\n";
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return encoded;
}

}  // namespace

Status check_address(std::string_view address) {
  const std::size_t at = std::min(address.rfind('@'), address.size());
  const std::string_view local = address.substr(0, at);
  const std::string_view host = address.substr(std::min(at + 1, address.size()));
  const bool good = address.size() <= 254 && local.size() <= 64 && is_dotted(local, is_atext) &&
                    is_dotted(host, [](char c) { return is_alnum(c) || c == '-'; });
  if (!good) return fail("not an address that mail can be sent to");
  return {};
}

Result<std::string> to_mime(const Message& message) {
  TRY(in("From", check_address(message.from.address)));
  TRY(in("To", check_address(message.to.address)));
  for (const std::string* word : {&message.id, &message.unsubscribe, &message.language}) {
    if (!std::ranges::all_of(*word, is_visible)) return fail("identifiers and URLs are of visible ASCII");
  }
  std::string mime =
      fmt::format("Date: {:%a, %d %b %Y %H:%M:%S} +0000\r\n", fmt::gmtime(static_cast<std::time_t>(message.date)));
  mime += fmt::format("From: {}\r\nTo: {}\r\n", mailbox(message.from), mailbox(message.to));
  mime += fmt::format("Message-ID: <{}>\r\nSubject: {}\r\n", message.id, unstructured(message.subject));
  if (!message.unsubscribe.empty()) {
    mime += fmt::format("List-Unsubscribe:\r\n <{}>\r\n", message.unsubscribe);
    mime += "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n";
  }
  // RFC 3834 section 5: nobody's holiday answers it.
  mime += "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n";
  mime += fmt::format("Content-Language: {}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n", message.language);
  return mime + quoted_printable(message.text);
}

}  // namespace folkmoot::mail
