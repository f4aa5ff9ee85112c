// Where mails go.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "base/result.hpp"

namespace folkmoot::mail {

struct Envelope {
  std::string id;        // of the letter
  std::string from, to;  // addresses, checked
};

struct Outcome {
  // taken: whoever took it answers for it. refused: this mail, for good. later: not now. unreachable: not now, and no
  // other mail either.
  enum class Kind { taken, refused, later, unreachable } kind = Kind::unreachable;
  // The status by which a server said so ("250", "550 5.1.1"), or why there was none ("no answer"). Never a server's
  // own words, which may repeat the address.
  std::string reply;
};

// For one thread.
class Transport {
 public:
  Transport() = default;
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;
  virtual ~Transport() = default;
  // `mime`: as message.hpp makes it.
  virtual Outcome send(const Envelope& envelope, const std::string& mime) = 0;
};

// Into files ID.eml of the folder, which is made where it is missing; for its owner's eyes (modes 0700 and 0600), since
// mails hold links to sign in. A mail that is sent again replaces its file.
std::unique_ptr<Transport> into_folder(std::filesystem::path folder);

struct SmtpServer {
  std::string url;  // "smtp://mail.example:587" or "smtps://mail.example"
  std::string user, password;
  // Without: mails go in clear text if the server does not offer STARTTLS. For servers on the same machine.
  bool require_tls = true;
  std::chrono::milliseconds patience = std::chrono::seconds(60);  // for one mail
};

// To a server by SMTP (RFC 5321), over a connection that is kept from one mail to the next. What a server refuses
// before it has heard of the mail's addressee (a login, the sender) is no word on the mail: `unreachable`.
std::unique_ptr<Transport> over_smtp(SmtpServer server);

}  // namespace folkmoot::mail
