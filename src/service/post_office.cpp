#include "service/post_office.hpp"

#include "account/factor.hpp"
#include "account/sign_in.hpp"
#include "base/caught.hpp"
#include "service/people.hpp"

namespace folkmoot::service {
namespace {

constexpr std::size_t requests_at_once = 100;
constexpr std::int64_t hour = 3600;
constexpr std::int64_t keep_record = std::int64_t{90} * 86'400;  // of what has been delivered

}  // namespace

mail::Letter letter_to(const std::string& member, std::string_view mail, mail::Topic topic, std::int64_t now,
                       std::int64_t worth, secret::Random& random) {
  mail::Letter letter;
  letter.id = account::random_name(random, 16);
  letter.member = member;
  letter.mail = mail;
  letter.topic = topic;
  letter.created = now;
  letter.expires = now + worth;
  return letter;
}

namespace {

// Where a thing can be read of on the site.
std::string address_of(const Site& site, std::string_view thing) {
  const std::string_view process = thing.substr(0, thing.find('-'));
  if (process == "contest") return fmt::format("{}/contests/{}", site.url, thing);
  if (process == "petition" || process == "motion") return fmt::format("{}/{}s", site.url, process);
  return thing.empty() ? site.url + "/ledger" : fmt::format("{}/ledger?about={}", site.url, thing);
}

// What a notice of an act says (notices.hpp), in that language.
Status word_notice(const Site& site, const mail::Catalogue& catalogue, mail::Values& values) {
  const std::string& type = values.at("type");
  const mail::Wording wording = TRY(catalogue.word(catalogue.has(type) ? type : "act", values));
  std::string_view text = wording.text;
  while (text.ends_with('\n')) text.remove_suffix(1);
  values["title"] = wording.subject;
  values["text"] = text;
  values["link"] = address_of(site, values.at("thing"));
  return {};
}

}  // namespace

Result<std::optional<mail::Message>> compose(database::Database& database, const Site& site, const mail::Letter& letter,
                                             std::int64_t now, secret::Random& random) {
  const auto person = TRY(People(database).by_reference(letter.member));
  if (!person || person->email.empty()) return std::nullopt;
  mail::Message message;
  mail::Values values = letter.values;
  values["organisation"] = site.organisation;
  values["name"] = person->name.empty() ? person->email : person->name;
  if (letter.mail == "sign-in") {
    const account::Token token = TRY(account::SignIn(database).make_link(letter.member, now, random));
    // After the '#', so that browsers keep it to themselves: it is in no server's log, and in no Referer.
    values["link"] = fmt::format("{}/sign-in#token={}", site.url, token.view());
    values["minutes"] = std::to_string(account::link_lasts / 60);
  }
  if (letter.mail == "awaiting") values["link"] = fmt::format("{}/office/awaiting/{}", site.url, values.at("thing"));
  if (mail::can_be_refused(letter.topic)) {
    const std::string word =
        TRY(mail::Outbox(database).unsubscribe_word(letter.member, letter.topic, account::random_name(random, 16)));
    message.unsubscribe = fmt::format("{}/api/v1/unsubscribe/{}", site.url, word);
    values["unsubscribe"] = message.unsubscribe;
  }
  message.language = !letter.language.empty() ? letter.language : person->language;
  if (!mail::Catalogue::languages().contains(message.language)) message.language = "en";
  const mail::Catalogue& catalogue = mail::Catalogue::in(message.language);
  if (values.contains("type")) TRY(word_notice(site, catalogue, values));
  mail::Wording wording = TRY(catalogue.word(letter.mail, values));
  const std::string& sender = site.sender.address;
  message.id = fmt::format("{}@{}", letter.id, sender.substr(sender.rfind('@') + 1));
  message.from = site.sender;
  message.to = {person->name, person->email};
  message.subject = std::move(wording.subject);
  message.text = std::move(wording.text);
  message.date = letter.created;
  return message;
}

PostOffice::PostOffice(const std::string& database, Site site, std::unique_ptr<mail::Transport> transport, Clock clock,
                       secret::Random& random)
    : connection_(database),
      site_(std::move(site)),
      transport_(std::move(transport)),
      clock_(std::move(clock)),
      random_(random) {}

// The request goes, and the letters that answer it come, at the same time. An address that nobody has gets none.
Result<bool> PostOffice::answer_requests(database::Database& database) {
  account::SignIn sign_in(database);
  std::size_t count = 0;
  const auto answer = [&]() -> Status {
    const auto requests = TRY(sign_in.take_asked(requests_at_once));
    count = requests.size();
    std::vector<mail::Letter> letters;
    for (const account::Asked& asked : requests) {
      for (const Person& person : TRY(People(database).by_email(asked.email))) {
        letters.push_back(
            letter_to(person.reference, "sign-in", mail::Topic::account, asked.time, account::link_lasts, random_));
        letters.back().language = asked.language;
      }
    }
    return mail::Outbox(database).put(letters);
  };
  TRY(database.transact(answer));
  return count > 0;
}

Result<bool> PostOffice::send_letters(database::Database& database) {
  const auto compose_now = [&](const mail::Letter& letter) {
    return compose(database, site_, letter, clock_(), random_);
  };
  bool sent = false;
  for (const auto& [fate, count] : TRY(mail::deliver(database, *transport_, compose_now, clock_))) {
    counts_[static_cast<std::size_t>(fate)] += count;
    sent = sent || fate != mail::Fate::waiting;
  }
  return sent;
}

Status PostOffice::forget(database::Database& database) {
  const std::int64_t now = clock_();
  if (now < forgotten_ + hour) return {};
  TRY(account::SignIn(database).forget(now));
  TRY(account::forget_offers(database, now));
  TRY(mail::Outbox(database).forget_before(now - keep_record));
  forgotten_ = now;
  return {};
}

Result<bool> PostOffice::work() {
  return connection_.with([&](database::Database& database) -> Result<bool> {
    const bool answered = TRY(answer_requests(database));
    const bool sent = TRY(send_letters(database));
    TRY(forget(database));
    return answered || sent;
  });
}

void PostOffice::start(std::function<void(std::string_view)> tell) {
  thread_ = std::jthread([this, tell = std::move(tell)](const std::stop_token& stop) { run(stop, tell); });
}

void PostOffice::wake() {
  const std::lock_guard lock(mutex_);
  wake_ = true;
  woken_.notify_one();
}

void PostOffice::run(const std::stop_token& stop, const std::function<void(std::string_view)>& tell) {
  while (!stop.stop_requested()) {
    const Result<bool> worked = caught([this] { return work(); });
    if (!worked) tell(worked.error().message);
    if (worked && *worked) continue;
    std::unique_lock lock(mutex_);
    woken_.wait_for(lock, stop, std::chrono::seconds(1), [&] { return wake_; });
    wake_ = false;
  }
}

}  // namespace folkmoot::service
