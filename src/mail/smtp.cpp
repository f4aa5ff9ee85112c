#include <curl/curl.h>

#include <cassert>
#include <new>

#include "mail/transport.hpp"

namespace folkmoot::mail {
namespace {

struct Free {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, Free>;

// RFC 3463: "5.1.1" at the beginning of what a server says after its three digits.
std::string_view enhanced_status(std::string_view line) {
  const auto digits = [&](std::size_t from) {
    std::size_t end = from;
    while (end < line.size() && end < from + 3 && line[end] >= '0' && line[end] <= '9') ++end;
    return end;
  };
  if (line.size() < 2 || line[1] != '.') return "";
  const std::size_t subject = digits(2);
  if (subject == 2 || subject >= line.size() || line[subject] != '.') return "";
  const std::size_t detail = digits(subject + 1);
  return detail == subject + 1 ? "" : line.substr(0, detail);
}

class Smtp final : public Transport {
 public:
  explicit Smtp(SmtpServer server) : server_(std::move(server)), easy_(curl_easy_init()) {
    if (easy_ == nullptr) throw std::bad_alloc();
    set(CURLOPT_URL, server_.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(CURLOPT_USE_SSL, server_.require_tls ? long{CURLUSESSL_ALL} : long{CURLUSESSL_TRY});
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(server_.patience.count()));
    if (!server_.user.empty()) {
      set(CURLOPT_USERNAME, server_.user.c_str());
      set(CURLOPT_PASSWORD, server_.password.c_str());
    }
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_READFUNCTION, &Smtp::give);
    set(CURLOPT_READDATA, this);
    // What is said on the connection is looked at in passing, to know how far a mail has come.
    set(CURLOPT_VERBOSE, 1L);
    set(CURLOPT_DEBUGFUNCTION, &Smtp::overhear);
    set(CURLOPT_DEBUGDATA, this);
  }

  Outcome send(const Envelope& envelope, const std::string& mime) override {
    const std::string from = "<" + envelope.from + ">", to = "<" + envelope.to + ">";
    const List recipients(curl_slist_append(nullptr, to.c_str()));
    if (recipients == nullptr) throw std::bad_alloc();
    set(CURLOPT_MAIL_FROM, from.c_str());
    set(CURLOPT_MAIL_RCPT, recipients.get());
    rest_ = mime;
    addressed_ = leaving_ = false;
    reply_.clear();
    const CURLcode code = curl_easy_perform(easy_.get());
    long status = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
    if (code == CURLE_OK) return {Outcome::Kind::taken, reply_};
    // Without a verdict of the server (it went away, or said that it goes on), it is not known whether it has the mail.
    if (!addressed_ || status < 400) return {Outcome::Kind::unreachable, status < 400 ? "no answer" : reply_};
    if (status == 421) return {Outcome::Kind::unreachable, reply_};  // RFC 5321 section 3.8: it closes the connection
    return {status < 500 ? Outcome::Kind::later : Outcome::Kind::refused, reply_};
  }

 private:
  template <class Value>
  void set(CURLoption option, Value value) {
    [[maybe_unused]] const CURLcode code = curl_easy_setopt(easy_.get(), option, value);
    assert(code == CURLE_OK || code == CURLE_OUT_OF_MEMORY);
  }

  static std::size_t give(char* buffer, std::size_t one, std::size_t count, void* smtp) {
    auto& self = *static_cast<Smtp*>(smtp);
    const std::size_t given = self.rest_.copy(buffer, one * count);
    self.rest_.remove_prefix(given);
    return given;
  }

  // A line of what libcurl sends or receives.
  static int overhear(CURL*, curl_infotype kind, char* bytes, std::size_t size, void* smtp) {
    auto& self = *static_cast<Smtp*>(smtp);
    const std::string_view line(bytes, size);
    if (kind == CURLINFO_HEADER_OUT && line.starts_with("RCPT TO")) self.addressed_ = true;
    // What a server says to a farewell is not its answer to the mail.
    if (kind == CURLINFO_HEADER_OUT && line.starts_with("QUIT")) self.leaving_ = true;
    if (kind == CURLINFO_HEADER_IN && !self.leaving_ && size >= 4 && (line[3] == ' ' || line[3] == '-')) {
      self.reply_ = line.substr(0, 3);
      if (const auto status = enhanced_status(line.substr(4)); !status.empty()) self.reply_.append(" ").append(status);
    }
    return 0;
  }

  SmtpServer server_;
  std::unique_ptr<CURL, Free> easy_;
  std::string_view rest_;   // of the mail, still to be sent
  bool addressed_ = false;  // the server has heard whom the mail is to
  bool leaving_ = false;    // we have said that we go
  std::string reply_;       // its last one before that
};

}  // namespace

std::unique_ptr<Transport> over_smtp(SmtpServer server) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (ready != CURLE_OK) throw std::bad_alloc();
  return std::make_unique<Smtp>(std::move(server));
}

}  // namespace folkmoot::mail
