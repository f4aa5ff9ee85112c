// Letters from the outbox to where mails go.
#pragma once

#include <functional>

#include "mail/message.hpp"
#include "mail/outbox.hpp"
#include "mail/transport.hpp"

namespace folkmoot::mail {

// The mail that a letter becomes now: to the member's address, in their language, with what is personal or secret in
// it. Nothing if nobody of that reference has an address.
using Compose = std::function<Result<std::optional<Message>>(const Letter&)>;

// How many letters came to what end; a letter that has to wait counts each time that it was tried.
using Tally = std::map<Fate, std::size_t>;

// Tries letters that are due, at most `most` of them; those that nobody wants are not sent. Once the server cannot be
// reached, the others wait without being tried; so does a letter that could not be composed. Fails if the database
// does: letters that were lent are then due again within the hour.
Result<Tally> deliver(database::Database& database, Transport& transport, const Compose& compose,
                      const std::function<std::int64_t()>& clock, std::size_t most = 50);

}  // namespace folkmoot::mail
