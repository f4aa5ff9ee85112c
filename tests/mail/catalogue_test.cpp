#include "mail/catalogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace folkmoot::mail {

extern const std::string_view english, welsh;

namespace {

TEST(Catalogue, EveryLanguageHasTheSameMailsWithTheSamePlaces) {
  const auto en = Catalogue::parse(english), cy = Catalogue::parse(welsh);
  ASSERT_TRUE(en) << en.error().message;
  ASSERT_TRUE(cy) << cy.error().message;
  EXPECT_EQ(en->places(), cy->places());
  EXPECT_EQ(en->places().at("sign-in"), (std::set<std::string>{"organisation", "name", "link", "minutes"}));
  EXPECT_GE(en->places().size(), 3U);
  EXPECT_NE(Catalogue::in("cy")
                .word("sign-in", {{"organisation", "O"}, {"name", "N"}, {"link", "L"}, {"minutes", "9"}})
                ->text,
            Catalogue::in("en")
                .word("sign-in", {{"organisation", "O"}, {"name", "N"}, {"link", "L"}, {"minutes", "9"}})
                ->text);
  EXPECT_EQ(&Catalogue::in("fr"), &Catalogue::in("en"));
}

TEST(Catalogue, ValuesGoInAsTheyAre) {
  const auto catalogue =
      Catalogue::parse("# words\n\n== a\nSubject: To {name}\n\n{name}: {what} }{\nend\n\n== b\nSubject: s\nt");
  ASSERT_TRUE(catalogue) << catalogue.error().message;
  const auto wording = catalogue->word("a", {{"name", "{what}"}, {"what", "{name}"}});
  ASSERT_TRUE(wording) << wording.error().message;
  EXPECT_EQ(wording->subject, "To {what}");
  EXPECT_EQ(wording->text, "{what}: {name} }{\nend\n");
  EXPECT_EQ(catalogue->word("b", {})->text, "t\n");
  EXPECT_EQ(catalogue->word("a", {{"name", "x"}}).error().message, "a: no value for {what}");
  EXPECT_EQ(catalogue->word("c", {}).error().message, "there is no mail c");
}

TEST(Catalogue, SaysWhereATextIsWrong) {
  const auto error = [](std::string_view text) { return Catalogue::parse(text).error().message; };
  EXPECT_EQ(error("hello"), "line 1: expected == and the name of a mail");
  EXPECT_EQ(error("== a\nhello"), "line 2: expected the subject");
  EXPECT_EQ(error("== a\nSubject: s\nt\n== a\n"), "line 4: a is there already");
  EXPECT_EQ(error("== a\nSubject: s\n"), "a: has no text");
}

}  // namespace
}  // namespace folkmoot::mail
