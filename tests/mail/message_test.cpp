#include "mail/message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>

#include "base/bytes.hpp"

namespace folkmoot::mail {
namespace {

using testing::HasSubstr;
using testing::Not;

Message sample() {
  return {"0123@members.example",
          {"The Moot", "moot@members.example"},
          {"Ada Ash", "ada@example.org"},
          "Sign in",
          "Hello Ada,\n\nGood evening.\n",
          "en",
          1'772'000'000,
          ""};
}
std::string mime(const Message& message) {
  const auto text = to_mime(message);
  EXPECT_TRUE(text) << text.error().message;
  return text ? *text : "";
}
// What Python's email package, which shares nothing with ours, reads from a mail: the header's fields and the text.
std::string read_by_python(const std::string& mime) {
  std::string file = (std::filesystem::temp_directory_path() / "folkmoot-mail-XXXXXX").string();
  const int descriptor = ::mkstemp(file.data());
  ::close(descriptor);
  std::ofstream(file, std::ios::binary) << mime;
  const std::string command =
      "/usr/bin/python3 -c 'import email, email.policy, sys\n"
      "m = email.message_from_binary_file(open(sys.argv[1], \"rb\"), policy=email.policy.SMTP)\n"
      "for name, value in m.items(): print(name + \"|\" + str(value) + \"|\" + str(len(m.defects)))\n"
      "sys.stdout.write(m.get_content())' " +
      file;
  std::string out;
  FILE* pipe = ::popen(command.c_str(), "r");
  std::array<char, 4096> buffer{};
  for (std::size_t got = 0; (got = ::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) out.append(buffer.data(), got);
  EXPECT_EQ(::pclose(pipe), 0);
  std::filesystem::remove(file);
  return out;
}

TEST(Message, IsWrittenAsTheStandardsSay) {
  Message message = sample();
  message.unsubscribe = "https://vote.members.example/api/v1/unsubscribe/abc";
  EXPECT_EQ(mime(message),
            "Date: Wed, 25 Feb 2026 06:13:20 +0000\r\n"
            "From: \"The Moot\"\r\n <moot@members.example>\r\n"
            "To: \"Ada Ash\"\r\n <ada@example.org>\r\n"
            "Message-ID: <0123@members.example>\r\n"
            "Subject: Sign in\r\n"
            "List-Unsubscribe:\r\n <https://vote.members.example/api/v1/unsubscribe/abc>\r\n"
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
            "Auto-Submitted: auto-generated\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Language: en\r\n"
            "Content-Transfer-Encoding: quoted-printable\r\n"
            "\r\n"
            "Hello Ada,\r\n\r\nGood evening.\r\n");
}

TEST(Message, AnotherReaderUnderstandsIt) {
  Message message = sample();
  message.to.name = "Ŵyn \"Wil\" ap Siôn o Lanfair";  // Python adds spaces to longer ones
  message.subject = "Hysbysiad: y cyfarfod blynyddol – dewch â’ch cwestiynau, a’ch ffrindiau, i’r neuadd";
  message.text = "Tŷ bach =3D twt.\n.\n.dot\nFrom here \n" + std::string(300, 'x') + "\n\ttab\t\n";
  const std::string read = read_by_python(mime(message));
  EXPECT_THAT(read, HasSubstr("Subject|" + message.subject + "|0"));
  EXPECT_THAT(read, HasSubstr(R"(To|"Ŵyn \"Wil\" ap Siôn o Lanfair" <ada@example.org>|0)"));
  EXPECT_THAT(read, testing::EndsWith("|0\n" + message.text));
}

// Each backslash of a quoted name is written twice.
TEST(Message, NoLineIsTooLong) {
  Message message = sample();
  message.to.name = std::string(60, '\\');
  const std::string text = mime(message);
  for (std::size_t at = 0, end = 0; (end = text.find("\r\n", at)) != std::string::npos; at = end + 2) {
    EXPECT_LE(end - at, 78U) << text.substr(at, end - at);
  }
}

TEST(Message, TextsCannotAddALineToTheHeader) {
  Message message = sample();
  message.subject = "Hello\r\nBcc: eve@example.org\r\n\r\nBuy";
  message.to.name = "Ada\nBcc: eve@example.org";
  message.from.name = "=?utf-8?Q?Eve=0ABcc:_eve?=";
  const std::string text = mime(message);
  const std::string head = text.substr(0, text.find("\r\n\r\n"));
  EXPECT_THAT(head, Not(HasSubstr("\nBcc")));
  EXPECT_THAT(head, Not(HasSubstr("=?utf-8?Q?")));
  EXPECT_THAT(text, testing::EndsWith("\r\n\r\nHello Ada,\r\n\r\nGood evening.\r\n"));

  for (const char* address : {"ada@example.org\r\nBcc: eve@example.org", "ada@example.org>", "<ada@example.org",
                              "ada eve@example.org", "ada,eve@example.org", "ada@example.org,eve", "@example.org",
                              "ada@", "ada", "", "ada@@example.org", "ada@exam_ple.org", "ada..b@example.org",
                              ".ada@example.org", "ada@example..org", "tŷ@example.org", "\"ada\"@example.org"}) {
    message = sample();
    message.to.address = address;
    EXPECT_FALSE(to_mime(message)) << address;
  }
  message = sample();
  message.unsubscribe = "https://x.example/\r\nBcc: eve@example.org";
  EXPECT_FALSE(to_mime(message));
  message = sample();
  message.id = "a b";
  EXPECT_FALSE(to_mime(message));
}

RC_GTEST_PROP(Message, HasTheSameHeaderLinesWhateverTheTextsAre, (const std::string& one, const std::string& two)) {
  const auto names_of = [](const std::string& mime) {
    std::vector<std::string> names;
    std::size_t at = 0;
    while (mime.compare(at, 2, "\r\n") != 0) {
      const std::size_t end = mime.find("\r\n", at);
      RC_ASSERT(end != std::string::npos);
      RC_ASSERT(end - at <= std::size_t{78});
      if (mime[at] != ' ') names.push_back(mime.substr(at, mime.find(':', at) - at));
      at = end + 2;
    }
    return names;
  };
  Message message = sample();
  const auto usual = names_of(mime(message));
  message.subject = one;
  message.to.name = two;
  message.text = one + "\n" + two;
  const std::string text = mime(message);
  RC_ASSERT(names_of(text) == usual);
  RC_ASSERT(std::ranges::all_of(text, [](char c) { return c == '\r' || c == '\n' || (c >= 0x20 && c < 0x7F); }));
}

}  // namespace
}  // namespace folkmoot::mail
