// Mail: written, queued, and handed to a server or a folder. Read in this order:
//
//   message     one mail as the bytes that are sent          RFC 5322, 2045, 2047, 8058
//   catalogue   what mails say, in each language
//   outbox      those that wait in the database, and what became of the others
//   transport   where they go: a server (SMTP, RFC 5321), or a folder of files
//   delivery    from the one to the other, with retries
//
// The outbox holds members' references and no addresses: a mail is composed when it is sent, so that nothing of it is
// left when a member is erased, and no secret that it carries is ever stored.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"

namespace folkmoot::mail {

struct Mailbox {
  std::string name;  // UTF-8, what people see; may be empty
  std::string address;
};

struct Message {
  std::string id;  // of its Message-ID, without the angle brackets: the same each time it is sent
  Mailbox from, to;
  std::string subject;      // UTF-8, of one line
  std::string text;         // UTF-8, lines ended by "\n"
  std::string language;     // "en", "cy"
  std::int64_t date = 0;    // seconds since 1970
  std::string unsubscribe;  // https: URL that ends mails of its kind by one POST (RFC 8058); empty: none
};

// Whether it is an address that this writes to: a dot-atom of ASCII, '@' and a host name (RFC 5321 section 4.1.2,
// without quoted local parts, address literals and SMTPUTF8), of at most 254 bytes. The error does not repeat it.
Status check_address(std::string_view address);

// The mail with its header, lines ended by CR LF, none longer than 78 bytes but those of an identifier or URL that
// cannot be broken. Whatever the texts hold, it has the header lines that this writes and no others: control characters
// become spaces there. Fails if an address is none, or the identifier or URL has other than visible ASCII in it.
Result<std::string> to_mime(const Message& message);

}  // namespace folkmoot::mail
