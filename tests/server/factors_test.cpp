// Second factors: an app of passwords, passkeys, and what an attacker with somebody's mail can not do.
#include "account/authenticator.hpp"
#include "account/totp.hpp"
#include "server/membership.hpp"

namespace folkmoot::server::test {
namespace {

using account::Algorithm;
using account::test::Authenticator;
using testing::HasSubstr;

class SecondFactors : public EitherDatabase {
 protected:
  void SetUp() override { ASSERT_EQ(browser.sign_in("ada@example.org"), 201); }

  // The secret that the app is offered, as the URI has it.
  std::string offer() {
    const Response offered = browser.send("POST", "/api/v1/app/offer");
    EXPECT_EQ(offered.status, 201) << text_of(offered);
    const std::string uri = field_of(offered, "uri");
    EXPECT_THAT(uri, testing::StartsWith("otpauth://totp/The%20Moot:ada%40example.org?secret="));
    return uri.substr(uri.find("secret=") + 7, 32);
  }
  // What the app shows now: it reads base32 on its own.
  [[nodiscard]] std::string password(const std::string& secret) const {
    Bytes bytes;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : secret) {
      bits = bits << 5 | static_cast<std::uint32_t>(c >= 'A' ? c - 'A' : c - '2' + 26);
      if ((count += 5) >= 8) bytes.push_back(static_cast<std::uint8_t>(bits >> (count -= 8)));
    }
    return account::hotp(account::TotpHash::sha1, bytes, static_cast<std::uint64_t>(site.now / 30), 6);
  }
  Response show(const std::string& path, const std::string& password_now) {
    return browser.send("POST", path, fmt::format(R"({{"password":"{}"}})", password_now));
  }
  std::string with_app() {
    const std::string secret = offer();
    EXPECT_EQ(show("/api/v1/app", password(secret)).status, 201);
    site.now += 30;
    return secret;
  }

  int add(const Authenticator& authenticator, unsigned flags = 1 | 4 | 64) {
    const Response options = browser.send("POST", "/api/v1/passkey/challenge");
    EXPECT_EQ(options.status, 201) << text_of(options);
    const std::string client =
        Authenticator::client_data("webauthn.create", field_of(options, "challenge"), "https://vote.members.example");
    made = fmt::format(
        R"({{"client_data":"{}","attestation":"{}"}})", account::to_base64url(bytes_of(client)),
        account::to_base64url(Authenticator::attestation(authenticator.data("vote.members.example", flags, 1))));
    return browser.send("POST", "/api/v1/passkey", made).status;
  }
  Response show(const Authenticator& authenticator, std::uint32_t count) {
    const Response options = browser.send("POST", "/api/v1/session/passkey/challenge");
    EXPECT_EQ(options.status, 201);
    const std::string client =
        Authenticator::client_data("webauthn.get", field_of(options, "challenge"), "https://vote.members.example");
    const Bytes data = authenticator.data("vote.members.example", 1 | 4, count);
    shown = fmt::format(R"({{"credential":"{}","client_data":"{}","authenticator_data":"{}","signature":"{}"}})",
                        account::to_base64url(authenticator.id), account::to_base64url(bytes_of(client)),
                        account::to_base64url(data), account::to_base64url(authenticator.sign(data, client)));
    return browser.send("POST", "/api/v1/session/passkey", shown);
  }

  std::string made, shown;
};
ON_EITHER_DATABASE(SecondFactors);

TEST_P(SecondFactors, NoPasswordIsGoodTwiceWhateverTheClockDoes) {
  const std::string secret = with_app();
  const std::string now = password(secret);
  EXPECT_EQ(show("/api/v1/session/app", now).status, 201);
  constexpr std::int64_t jump = 4 * 60;
  site.now += jump;
  EXPECT_EQ(show("/api/v1/session/app", now).status, 403);
  site.now -= jump;
  EXPECT_EQ(show("/api/v1/session/app", now).status, 403) << "used";
  site.now += 30;
  EXPECT_EQ(show("/api/v1/session/app", password(secret)).status, 201);
}

TEST_P(SecondFactors, AnAppIsAddedAndShown) {
  const std::string secret = with_app();
  EXPECT_THAT(text_of(browser.send("GET", "/api/v1/factors")), HasSubstr(R"("kind":"app")"));
  EXPECT_THAT(text_of(browser.send("GET", "/api/v1/session")), HasSubstr(R"("second_factor":false)"));
  const std::string before = browser.cookie;
  const Response response = show("/api/v1/session/app", password(secret));
  EXPECT_EQ(response.status, 201);
  EXPECT_THAT(text_of(response), HasSubstr(R"("second_factor":true)"));
  EXPECT_NE(browser.cookie, before) << "a session of more power has a new name";
  const std::string after = browser.cookie;
  browser.cookie = before;
  EXPECT_EQ(browser.send("GET", "/api/v1/session").status, 401);
  browser.cookie = after;

  ok(site.post_office.work());
  EXPECT_THAT(site.mails.back().text, HasSubstr("A second step to sign in was added")) << "the member is told";
}

TEST_P(SecondFactors, APasswordIsGoodOnce) {
  const std::string secret = with_app();
  const std::string now = password(secret);
  EXPECT_EQ(show("/api/v1/session/app", now).status, 201);
  EXPECT_EQ(show("/api/v1/session/app", now).status, 403);
  EXPECT_EQ(show("/api/v1/session/app", "000000").status, 403);
  site.now += 30;
  EXPECT_EQ(show("/api/v1/session/app", password(secret)).status, 201);
}

TEST_P(SecondFactors, PasswordsCannotBeTriedOut) {
  const std::string secret = with_app();
  for (int i = 0; i < 4; ++i) EXPECT_EQ(show("/api/v1/session/app", "000000").status, 403);
  EXPECT_EQ(show("/api/v1/session/app", password(secret)).status, 403) << "after five tries, with the one to add it";
  site.now += 300;
  EXPECT_EQ(show("/api/v1/session/app", password(secret)).status, 201);
}

TEST_P(SecondFactors, AnAppCountsOnlyOnceItHasShownItsPassword) {
  const std::string first = offer();
  EXPECT_EQ(text_of(browser.send("GET", "/api/v1/factors")), "[]");
  EXPECT_EQ(show("/api/v1/session/app", password(first)).status, 403);
  const std::string second = offer();
  EXPECT_EQ(show("/api/v1/app", password(first)).status, 403) << "the first offer is forgotten";
  EXPECT_EQ(show("/api/v1/app", password(second)).status, 201);
}

TEST_P(SecondFactors, WhoReadsTheMailAloneCannotChangeThem) {
  const std::string secret = with_app();
  Membership::Browser thief{site};
  ASSERT_EQ(thief.sign_in("ada@example.org"), 201);
  std::swap(browser.cookie, thief.cookie);
  EXPECT_EQ(browser.send("POST", "/api/v1/app/offer").status, 403);
  EXPECT_EQ(browser.send("POST", "/api/v1/passkey/challenge").status, 403);
  const std::string factors = text_of(browser.send("GET", "/api/v1/factors"));
  const std::string id = factors.substr(factors.find(":\"") + 2, factors.find("\",") - factors.find(":\"") - 2);
  EXPECT_EQ(browser.send("DELETE", "/api/v1/factors/" + id).status, 403);
  std::swap(browser.cookie, thief.cookie);
  EXPECT_EQ(show("/api/v1/session/app", password(secret)).status, 201);
  EXPECT_EQ(browser.send("DELETE", "/api/v1/factors/AAAA").status, 404);
  EXPECT_EQ(browser.send("DELETE", "/api/v1/factors/" + id).status, 200);
  EXPECT_EQ(text_of(browser.send("GET", "/api/v1/factors")), "[]");
}

TEST_P(SecondFactors, PasskeysAreAddedAndShown) {
  for (const Algorithm algorithm : {Algorithm::es256, Algorithm::eddsa}) {
    const Authenticator authenticator(algorithm);
    EXPECT_EQ(add(authenticator), 201);
    EXPECT_EQ(show(authenticator, 2).status, 201);
    EXPECT_THAT(text_of(browser.send("GET", "/api/v1/session")), HasSubstr(R"("second_factor":true)"));
    EXPECT_EQ(browser.send("POST", "/api/v1/session/passkey", shown).status, 403) << "shown again";
    EXPECT_EQ(browser.send("POST", "/api/v1/passkey", made).status, 403) << "added again";
    EXPECT_EQ(show(authenticator, 2).status, 403) << "a copy";
    EXPECT_EQ(show(authenticator, 3).status, 201);
    EXPECT_EQ(add(authenticator), 403) << "it is there";
  }
  const std::string options = text_of(browser.send("POST", "/api/v1/passkey/challenge"));
  EXPECT_THAT(options, HasSubstr(R"("rp":{"id":"vote.members.example","name":"The Moot"})"));
  EXPECT_THAT(options,
              HasSubstr(R"("pubKeyCredParams":[{"type":"public-key","alg":-8},{"type":"public-key","alg":-7}])"));
}

TEST_P(SecondFactors, APasskeyIsItsMembersAndAChallengeToo) {
  const Authenticator authenticator(Algorithm::es256);
  EXPECT_EQ(add(authenticator, 1 | 64), 403) << "its user was not verified";
  ASSERT_EQ(add(authenticator), 201);
  ASSERT_EQ(show(authenticator, 2).status, 201);
  Membership::Browser other{site};
  ASSERT_EQ(other.sign_in("family@example.org"), 201);
  std::swap(browser.cookie, other.cookie);
  EXPECT_EQ(show(authenticator, 3).status, 403) << "none of hers";
  EXPECT_EQ(add(authenticator), 403) << "somebody else's";

  // A challenge that was given to one is none for another, nor for something else, nor after five minutes.
  const std::string challenge = field_of(browser.send("POST", "/api/v1/passkey/challenge"), "challenge");
  std::swap(browser.cookie, other.cookie);
  const auto add_with = [&](std::string_view text) {
    const std::string client = Authenticator::client_data("webauthn.create", text, "https://vote.members.example");
    const Authenticator fresh(Algorithm::eddsa);
    const Bytes object = Authenticator::attestation(fresh.data("vote.members.example", 1 | 4 | 64, 0));
    return browser
        .send("POST", "/api/v1/passkey",
              fmt::format(R"({{"client_data":"{}","attestation":"{}"}})", account::to_base64url(bytes_of(client)),
                          account::to_base64url(object)))
        .status;
  };
  EXPECT_EQ(add_with(challenge), 403);
  EXPECT_EQ(add_with(field_of(browser.send("POST", "/api/v1/session/passkey/challenge"), "challenge")), 403);
  const std::string late = field_of(browser.send("POST", "/api/v1/passkey/challenge"), "challenge");
  EXPECT_EQ(add_with(late), 201);
  const std::string later = field_of(browser.send("POST", "/api/v1/passkey/challenge"), "challenge");
  site.now += 300;
  EXPECT_EQ(add_with(later), 403);
}

TEST_P(SecondFactors, TheSecretOfAnAppIsSealedInTheDatabase) {
  const std::string secret = with_app();
  const auto rows = ok(site.database->run("SELECT secret FROM factor"));
  ASSERT_EQ(rows.size(), 1U);
  const Bytes sealed = std::get<Bytes>(rows[0][0]);
  EXPECT_EQ(sealed.size(), 24U + 20U + 16U);
  EXPECT_EQ(account::to_base32(sealed).find(secret), std::string::npos);
}

}  // namespace
}  // namespace folkmoot::server::test
