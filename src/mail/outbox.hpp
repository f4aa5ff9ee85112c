// The letters that wait, and what became of the others. A letter says what a mail is to say and to which member; the
// mail itself is composed each time it is tried (delivery.hpp).
//
// Delivery is at least once: a letter is marked as delivered after the server has taken it, so that what stops this
// program, or breaks the connection, between the two makes it send the mail again, under the same Message-ID. Several
// programs may work on the same outbox: each letter is lent to one of them at a time.
#pragma once

#include <array>
#include <optional>
#include <span>

#include "database/migration.hpp"
#include "mail/catalogue.hpp"

namespace folkmoot::mail {

// What a letter is about; members choose for each kind whether they want it, but for those that they cannot do without.
enum class Topic { account, notices };
std::string_view name_of(Topic topic);
Result<Topic> read_topic(std::string_view name);
constexpr bool can_be_refused(Topic topic) { return topic != Topic::account; }

struct Letter {
  std::string id;        // 32 hexadecimal digits: of its Message-ID
  std::string member;    // reference
  std::string mail;      // its name in the catalogue
  std::string language;  // empty: the member's own
  Topic topic = Topic::account;
  Values values;             // none of them personal or secret: those are added when it is composed
  std::int64_t created = 0;  // seconds since 1970, as all times here
  std::int64_t expires = 0;  // of no use to anybody after that
};

// A letter that has been lent to whoever tries to send it.
struct Lent {
  Letter letter;
  std::int64_t attempt = 0;  // 1, 2, …
};

// waiting: for its next attempt. unknown: nobody of that reference has an address (any more). unwanted: the member
// wants no letters of that topic. failed: refused for good. expired: not taken in time.
enum class Fate { waiting, delivered, failed, expired, unknown, unwanted };
std::string_view name_of(Fate fate);

struct Delivered {
  std::string id, mail;
  Fate fate = Fate::waiting;
  std::int64_t created = 0, attempts = 0;
  std::int64_t finished = 0;  // or last tried; 0: not yet
  std::string reply;          // the last one: "250", "550 5.1.1", "no answer"
};

// The steps that make the tables (database::migrate).
const std::vector<database::Migration>& outbox_steps();

// Every function can fail as the database can.
class Outbox {
 public:
  explicit Outbox(database::Database& database) : database_(database) {}

  // Puts letters in, all or none; alone or within a transaction.
  Status put(std::span<const Letter> letters);
  // The same, but for those whose id is there already, whatever became of them.
  Status put_once(std::span<const Letter> letters);

  // Lends up to `count` letters that are due, for long enough to try them all. Whoever dies with them does not keep
  // them: they are due again later. Those past their time are `expired`, and not lent.
  Result<std::vector<Lent>> lend(std::int64_t now, std::size_t count);
  // What became of the attempt. `waiting`: it is due again after a pause that grows with the attempts, from a minute to
  // six hours. Does nothing if the letter has been lent to somebody else meanwhile.
  Status record(const Lent& lent, Fate fate, const std::string& reply, std::int64_t now);

  // The letters to that member, the newest first.
  Result<std::vector<Delivered>> letters_to(const std::string& member);
  // How many wait.
  Result<std::int64_t> waiting();

  // Whether the member wants letters of that topic; until they have said otherwise, yes.
  Result<bool> wants(const std::string& member, Topic topic);
  // `topic` can be refused.
  Status choose(const std::string& member, Topic topic, bool wanted);
  // The word by which a mail's "unsubscribe" names the member and the topic; `fresh`, a random one, if there is none.
  Result<std::string> unsubscribe_word(const std::string& member, Topic topic, const std::string& fresh);
  // Ends the topic for the member whom the word names. Whether there is one.
  Result<bool> unsubscribe(const std::string& word);

  // Forgets letters that were finished before that time.
  Status forget_before(std::int64_t time);

 private:
  database::Database& database_;
};

// The tables that say something of a member.
inline constexpr std::array<std::string_view, 3> member_tables{"letter", "mail_choice", "unsubscribe_word"};
// Forgets everything of these members; one a row.
Status forget_members(database::Database& database, const database::Rows& members);

}  // namespace folkmoot::mail
