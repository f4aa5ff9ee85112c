// Answers requests to sign in, and sends what is in the outbox, beside whatever else the program does.
#pragma once

#include <atomic>
#include <condition_variable>
#include <thread>

#include "mail/delivery.hpp"
#include "secret/random.hpp"
#include "service/connection.hpp"
#include "service/site.hpp"

namespace folkmoot::service {

// The mail that a letter becomes (mail::Compose): with a new link to sign in, if it is to have one.
Result<std::optional<mail::Message>> compose(database::Database& database, const Site& site, const mail::Letter& letter,
                                             std::int64_t now, secret::Random& random);

// A letter to the member, which is worth sending for that many seconds.
mail::Letter letter_to(const std::string& member, std::string_view mail, mail::Topic topic, std::int64_t now,
                       std::int64_t worth, secret::Random& random);
inline constexpr std::int64_t days_of_trying = std::int64_t{4} * 86'400;  // RFC 5321 section 4.5.4.1

class PostOffice {
 public:
  using Clock = std::function<std::int64_t()>;  // seconds since 1970

  // `random` and what `clock` needs outlive this.
  PostOffice(const std::string& database, Site site, std::unique_ptr<mail::Transport> transport, Clock clock,
             secret::Random& random);
  PostOffice(const PostOffice&) = delete;
  PostOffice& operator=(const PostOffice&) = delete;
  ~PostOffice() = default;

  // One round: answers requests, sends letters that are due, forgets what is past. Whether there was something to do.
  // One thread at a time.
  Result<bool> work();

  // Goes on doing that on a thread of its own, every second and when it is woken, until this object goes. `tell` is
  // given a sentence for whoever runs the server when a round fails.
  void start(std::function<void(std::string_view)> tell);
  void wake();

  // How many letters came to that end since this began.
  [[nodiscard]] std::uint64_t count(mail::Fate fate) const { return counts_[static_cast<std::size_t>(fate)]; }

 private:
  Result<bool> answer_requests(database::Database& database);
  Result<bool> send_letters(database::Database& database);
  Status forget(database::Database& database);
  void run(const std::stop_token& stop, const std::function<void(std::string_view)>& tell);

  Connection connection_;
  Site site_;
  std::unique_ptr<mail::Transport> transport_;
  Clock clock_;
  secret::Random& random_;
  std::int64_t forgotten_ = 0;  // when that was done last
  std::array<std::atomic<std::uint64_t>, 6> counts_{};
  std::mutex mutex_;
  std::condition_variable_any woken_;
  bool wake_ = false;
  std::jthread thread_;  // goes first
};

}  // namespace folkmoot::service
