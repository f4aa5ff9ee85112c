#include "charter/roll.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <random>

#include "base/csv.hpp"

namespace folkmoot::charter {
namespace {

// What is wrong with the list, a line each; empty if nothing is.
std::string errors(std::string_view list) {
  const auto roll = read_roll(std::string(list));
  return roll ? "" : describe(roll.error());
}

Roll read(std::string_view list) {
  auto roll = read_roll(std::string(list));
  EXPECT_TRUE(roll) << describe(roll.error());
  return roll ? *std::move(roll) : Roll{};
}

TEST(Roll, ReadsColumnsInAnyOrder) {
  const Roll roll = read(
      "Votes;Branch;E-Mail;Full Name;Phone;Membership No.;Language\r\n"
      "2;North;amara.osei@example.org;\"Osei, Amara\";0123;M1;en\r\n"
      ";;;;;;\r\n"
      "1; South ;;Bo Lindqvist;;M2;\r\n");
  ASSERT_EQ(roll.members.size(), 2U);
  const Member& first = roll.members[0];
  EXPECT_EQ(first.id, "M1");
  EXPECT_EQ(first.name, "Osei, Amara");
  EXPECT_EQ(first.email, "amara.osei@example.org");
  EXPECT_EQ(first.language, "en");
  EXPECT_EQ(first.section, "North");
  EXPECT_EQ(first.weight, 2U);
  EXPECT_EQ(first.line, 2U);
  const Member& second = roll.members[1];
  EXPECT_EQ(second.id, "M2");
  EXPECT_EQ(second.email, "");
  EXPECT_EQ(second.section, "South");
  EXPECT_EQ(second.weight, 1U);
  EXPECT_EQ(second.line, 4U);
  EXPECT_EQ(roll.ignored_columns, std::vector<std::string>{"Phone"});
}

TEST(Roll, NeedsOnlyIdsOrAddresses) {
  EXPECT_EQ(read("number\n7\n8\n").members[1].id, "8");
  const Roll roll = read("mail\nAmara@Example.org\n");
  EXPECT_EQ(roll.members[0].id, "amara@example.org");
  EXPECT_EQ(roll.members[0].email, "Amara@Example.org");
  EXPECT_EQ(errors("name,weight\nAmara,1\n"),
            "line 1: the first line names no column of ids (\"id\", \"number\") or e-mail addresses (\"email\")\n");
}

TEST(Roll, JoinsFirstAndLastNames) {
  const Roll roll = read("id,Surname,First name\n1,Osei,Amara\n2,Lindqvist,\n3,,Cleo\n4,,\n");
  EXPECT_EQ(roll.members[0].name, "Amara Osei");
  EXPECT_EQ(roll.members[1].name, "Lindqvist");
  EXPECT_EQ(roll.members[2].name, "Cleo");
  EXPECT_EQ(roll.members[3].name, "");
}

TEST(Roll, ReadsWindows1252AndTrimsNoBreakSpaces) {
  const Roll roll = read("id\tname\n1\t\xA0Zo\xEB \x8Aimunek\xA0\n");
  EXPECT_EQ(roll.members[0].name, "Zoë Šimunek");
}

TEST(Roll, NamesEachBadLine) {
  EXPECT_EQ(errors("id,email,weight\n"
                   "1,a@example.org,1\n"
                   ",b@example.org,1\n"
                   "3,c.example.org,0\n"
                   "4,d@example.org,1,x\n"
                   "1,e@example.org,-2\n"
                   "6,f@example.org\n"
                   "7,g@example.org,\n"
                   "8,\"h\"@example.org,1\n"
                   "1,,01\n"
                   "9,9,1.0\n"
                   "ok,ok@example.org,1\n"),
            "line 3: no id\n"
            "line 4: \"c.example.org\" is not an e-mail address\n"
            "line 4: weight \"0\" is not a whole number from 1\n"
            "line 5: 4 fields, but the first line names 3 columns\n"
            "line 6: id \"1\" is also on line 2\n"
            "line 6: weight \"-2\" is not a whole number from 1\n"
            "line 7: 2 fields, but the first line names 3 columns\n"
            "line 8: no weight\n"
            "line 9: field 2: a quotation mark in the middle; it must be written \"\" and the whole field quoted\n"
            "line 10: id \"1\" is also on line 2\n"
            "line 10: weight \"01\" is not a whole number from 1\n"
            "line 11: \"9\" is not an e-mail address\n"
            "line 11: weight \"1.0\" is not a whole number from 1\n");
}

TEST(Roll, CountsLinesAsAnEditorDoes) {
  EXPECT_EQ(errors("id,note\r\n1,\"two\r\nlines\"\r\n\r\n1,\r\n"), "line 5: id \"1\" is also on line 2\n");
}

TEST(Roll, RefusesTheSameAddressTwiceOnlyWhereItIsTheId) {
  EXPECT_EQ(errors("email\na@example.org\nA@Example.org\n"),
            "line 3: e-mail address \"a@example.org\" is also on line 2\n");
  EXPECT_EQ(errors("email,id\na@example.org,1\na@example.org,2\n"), "");
  EXPECT_EQ(errors("email,name\n,Amara\n"), "line 2: no e-mail address\n");
}

TEST(Roll, RefusesUnclearColumns) {
  EXPECT_EQ(errors("id,Group,Branch\n1,a,b\n"), "line 1: columns 2 and 3 are both section\n");
  EXPECT_EQ(errors("id,name,surname\n1,a,b\n"), "line 1: a column of names, and others of first or last names\n");
}

TEST(Roll, RefusesListsWithoutMembers) {
  EXPECT_EQ(errors(""), "line 1: the list is empty\n");
  EXPECT_EQ(errors("\n\n"), "line 1: the list is empty\n");
  EXPECT_EQ(errors("id\n"), "line 1: no members\n");
  EXPECT_EQ(errors("id,name\n,\n , \n"), "line 1: no members\n");
  EXPECT_EQ(errors(std::string("\xFF\xFEi\0d\0", 6)), "line 1: the file is in UTF-16; save it as UTF-8\n");
}

TEST(Roll, RefusesFieldsThatOtherFilesCannotHold) {
  EXPECT_EQ(errors("id;name\nM,1;a\n"), "line 2: id \"M,1\" holds a comma\n");
  EXPECT_EQ(errors("id,name\n1,\"two\nlines\"\n"), "line 2: name: holds a line break or other control character\n");
  EXPECT_EQ(errors("id,name\n1,Zoë Łu caf\xE9\n"),
            "line 2: name: \"Zoë Łu caf\uFFFD\" holds a character that cannot be read\n");
  EXPECT_EQ(errors("id,name\n1," + std::string(321, 'x') + "\n"), "line 2: name: longer than 320 bytes\n");
  EXPECT_EQ(errors("id,name,note\n1,a,\"any\nthing \x01\"\n"), "") << "columns that are ignored may hold anything";
}

TEST(Roll, WeightsStayWithinTheirTotal) {
  EXPECT_EQ(read("id,weight\n1,100000000000\n").members[0].weight, 100'000'000'000U);
  EXPECT_EQ(errors("id,weight\n1,99999999999\n2,1\n3,1\n"),
            "line 4: weight 1 makes the total more than 100000000000\n");
  EXPECT_EQ(errors("id,weight\n1,99999999999999999999999\n"),
            "line 2: weight \"99999999999999999999999\" is not a whole number from 1\n");
}

TEST(Roll, KnowsTheFormOfAddresses) {
  for (const char* good : {"a@b.org", "first.last+tag@sub.example.co", "o'neill@example.org", "x_1%y@ex-ample.org"}) {
    EXPECT_EQ(errors(fmt::format("email\n{}\n", good)), "") << good;
  }
  const std::string long_label(64, 'l');
  for (const std::string bad : {"a", "@b.org", "a@b", "a@", "a@b..org", "a@.org", "a@b.org.", "a b@c.org", "a@b@c.org",
                                "a@-b.org", "a@b-.org", "a@b_c.org", "<a@b.org>", "zoë@b.org", "a@b.org;c@d.org"}) {
    EXPECT_EQ(errors(fmt::format("email,id\n{},1\n", bad)),
              fmt::format("line 2: \"{}\" is not an e-mail address\n", bad));
  }
  EXPECT_NE(errors("email\na@" + long_label + ".org\n"), "");
  EXPECT_NE(errors("email\n" + long_label + "l@b.org\n"), "");
}

TEST(Roll, DescribesTheFirstErrors) {
  const std::vector<RollError> many{{1, "a"}, {2, "b"}, {3, "c"}};
  EXPECT_EQ(describe(many, 3), "line 1: a\nline 2: b\nline 3: c\n");
  EXPECT_EQ(describe(many, 1), "line 1: a\nand 2 more\n");
}

// Whatever the order of columns, separator, line ends and encoding: the same members.
RC_GTEST_PROP(Roll, SurvivesEveryWayOfExportingIt, ()) {
  struct Person {
    std::string id, name, email, section, weight;
  };
  const auto count = *rc::gen::inRange(1, 20);
  std::vector<Person> people;
  for (int i = 0; i < count; ++i) {
    const auto name = *rc::gen::container<std::vector<std::string>>(
        rc::gen::element<std::string>("a", "É", "ß", ",", ";", "\"", "-"));
    people.push_back({fmt::format("M{}", i), fmt::format("N{}", fmt::join(name, "")), fmt::format("m{}@example.org", i),
                      *rc::gen::element<std::string>("North", "", "São"),
                      fmt::format("{}", *rc::gen::inRange(1, 1000))});
  }
  std::vector<std::pair<std::string_view, std::string Person::*>> columns{{"ID", &Person::id},
                                                                          {"Name", &Person::name},
                                                                          {"e-mail", &Person::email},
                                                                          {"Section", &Person::section},
                                                                          {"WEIGHT", &Person::weight}};
  std::minstd_rand random(*rc::gen::inRange<unsigned>(1, 1U << 30));
  std::ranges::shuffle(columns, random);
  const char separator = *rc::gen::element(',', ';', '\t');
  std::string list;
  std::vector<std::string_view> fields;
  for (const auto& [title, field] : columns) fields.push_back(title);
  csv::append_row(list, fields, separator);
  for (const Person& person : people) {
    fields.clear();
    for (const auto& [title, field] : columns) fields.push_back(person.*field);
    csv::append_row(list, fields, separator);
  }
  if (*rc::gen::arbitrary<bool>()) std::erase(list, '\r');
  if (*rc::gen::arbitrary<bool>()) {  // Windows-1252: all of U+00A0 to U+00FF is one byte
    std::string narrow;
    for (std::size_t i = 0; i < list.size(); ++i) {
      const auto byte = static_cast<unsigned char>(list[i]);
      narrow +=
          byte < 0x80 ? list[i] : static_cast<char>((byte & 3) << 6 | (static_cast<unsigned char>(list[++i]) & 0x3F));
    }
    list = narrow;
  }
  const auto roll = read_roll(list);
  RC_ASSERT(roll.has_value());
  RC_ASSERT(roll->members.size() == people.size());
  for (std::size_t i = 0; i < people.size(); ++i) {
    const Member& member = roll->members[i];
    RC_ASSERT(member.id == people[i].id);
    RC_ASSERT(member.name == people[i].name);
    RC_ASSERT(member.email == people[i].email);
    RC_ASSERT(member.section == people[i].section);
    RC_ASSERT(fmt::format("{}", member.weight) == people[i].weight);
  }
}

RC_GTEST_PROP(Roll, TakesAnyBytes, (const std::string& bytes)) {
  const auto roll = read_roll("id,email\n" + bytes);
  RC_ASSERT((roll.has_value() ? !roll->members.empty() : !roll.error().empty()));
}

}  // namespace
}  // namespace folkmoot::charter
