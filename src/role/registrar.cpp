#include "role/registrar.hpp"

#include <sodium.h>

#include "base/csv.hpp"
#include "base/sha256.hpp"
#include "group/all.hpp"
#include "secret/credentials.hpp"

namespace folkmoot::role {
namespace {

using group::PrimeGroup;

// A text with secrets in it that grows, and is wiped when it goes. Room for all is made first, so that growing leaves
// no copy behind.
class SecretCsv {
 public:
  explicit SecretCsv(std::size_t size) { text_.reserve(size); }
  SecretCsv(const SecretCsv&) = delete;
  SecretCsv& operator=(const SecretCsv&) = delete;
  ~SecretCsv() { sodium_memzero(text_.data(), text_.size()); }

  void row(std::initializer_list<std::string_view> fields) { csv::append_row(text_, {fields.begin(), fields.size()}); }
  [[nodiscard]] secret::SecretText text() const { return secret::SecretText(text_); }

 private:
  std::string text_;
};

// Quotes may double every character of a field, and enclose it.
std::size_t greatest_size(const charter::Roll& roll) {
  std::size_t size = 256;
  for (const auto& member : roll.members) {
    size += 256 + 2 * (member.id.size() + member.name.size() + member.email.size() + member.language.size());
  }
  return size;
}

template <PrimeGroup G>
Result<Credentials> make(const charter::Roll& roll, std::string_view uuid, secret::Random& random,
                         const Progress& progress) {
  std::vector<secret::Voter> voters;
  voters.reserve(roll.members.size());
  for (const auto& member : roll.members) voters.push_back({member.id, member.weight});
  const secret::Work work{0, [&](std::size_t done, std::size_t all) { progress("credentials made", done, all); }};
  const auto batch = TRY(secret::make_credentials<G>(uuid, voters, random, work));

  SecretCsv credentials(greatest_size(roll));
  SecretCsv mail(greatest_size(roll));
  credentials.row({"id", "credential"});
  mail.row({"id", "name", "email", "language", "weight", "election", "credential"});
  Credentials made;
  made.voters = voters.size();
  made.weighted = batch.public_credentials.weighted;
  for (std::size_t i = 0; i < voters.size(); ++i) {
    const auto& member = roll.members[i];
    const std::string_view credential = batch.private_credentials[i].view();
    credentials.row({member.id, credential});
    mail.row({member.id, member.name, member.email, member.language, std::to_string(member.weight), uuid, credential});
    made.total_weight += member.weight;
  }
  made.public_list = json::to_text(batch.public_credentials);
  made.hash = sha256_hex(made.public_list);
  made.private_list = credentials.text();
  made.mail_merge = mail.text();
  return made;
}

}  // namespace

Result<Credentials> make_credentials(const charter::Roll& roll, std::string_view uuid, std::string_view group,
                                     secret::Random& random, const Progress& progress) {
  if (roll.members.empty()) return fail("the roll is empty");
  return group::with_group(group, [&]<PrimeGroup G>() { return make<G>(roll, uuid, random, progress); });
}

}  // namespace folkmoot::role
