#include "charter/roll_form.hpp"

#include <gtest/gtest.h>

#include "charter/roll.hpp"

namespace folkmoot::charter {
namespace {

std::string errors(std::string_view list, const RollForm& form) {
  const auto roll = read_roll(std::string(list), form);
  return roll ? "" : describe(roll.error());
}

Roll read(std::string_view list, const RollForm& form) {
  auto roll = read_roll(std::string(list), form);
  EXPECT_TRUE(roll) << describe(roll.error());
  return roll ? *std::move(roll) : Roll{};
}

std::string joined(const Member& member) { return member.joined ? text(*member.joined).substr(0, 10) : ""; }

TEST(RollForm, MembersHaveStandingDatesAndMarks) {
  RollForm form = members_form();
  ASSERT_TRUE(add_characteristic(form, "women=Gender:Female"));
  ASSERT_TRUE(add_characteristic(form, "disabled=Declares a disability"));
  const Roll roll = read(
      "Member No,Name,Branch,Votes,Date joined,Status,Supporter,Gender,Declares a disability\n"
      "1,Amara Osei,North Shore,3,2021-04-03,Active,no,female,Yes\n"
      "2,Bo Lindqvist,,1,,EXPIRED,,Male,\n"
      "3,Cleo Marsh,st. john's & co,1,1962-02-28 10:00:00,Cancelled,y,,0\n",
      form);
  ASSERT_EQ(roll.members.size(), 3U);
  EXPECT_EQ(roll.members[0].section, "north-shore");
  EXPECT_EQ(joined(roll.members[0]), "2021-04-03");
  EXPECT_EQ(roll.members[0].standing, Standing::active);
  EXPECT_FALSE(roll.members[0].supporter);
  EXPECT_EQ(roll.members[0].characteristics, (Names{"disabled", "women"}));
  EXPECT_EQ(roll.members[0].weight, 1U);
  EXPECT_EQ(joined(roll.members[1]), "");
  EXPECT_EQ(roll.members[1].standing, Standing::lapsed);
  EXPECT_TRUE(roll.members[1].characteristics.empty());
  EXPECT_EQ(roll.members[2].section, "st-john-s-co");
  EXPECT_EQ(joined(roll.members[2]), "1970-01-01") << "the first day that the ledger's times know";
  EXPECT_EQ(roll.members[2].standing, Standing::left);
  EXPECT_TRUE(roll.members[2].supporter);
  EXPECT_EQ(roll.ignored_columns, std::vector<std::string>{"Votes"});
  EXPECT_TRUE(roll.has_characteristics);
  EXPECT_TRUE(roll.has[static_cast<std::size_t>(Column::joined)]);
  EXPECT_FALSE(roll.has[static_cast<std::size_t>(Column::email)]);
}

TEST(RollForm, ListsOfVotersTakeNoNoticeOfAllThat) {
  const Roll roll = read("id,section,status,joined,supporter\n1,North Shore,whatever,soon,perhaps\n", voters_form());
  EXPECT_EQ(roll.members[0].section, "North Shore");
  EXPECT_EQ(roll.ignored_columns, (std::vector<std::string>{"status", "joined", "supporter"}));
}

TEST(RollForm, ColumnsAndWordsAreTheUsers) {
  RollForm form = members_form();
  ASSERT_TRUE(add_column(form, "name=Full.Title of Member"));
  ASSERT_TRUE(add_column(form, "section=Ortsverein"));
  ASSERT_TRUE(add_status(form, "Life member=active"));
  ASSERT_TRUE(add_section(form, "São Paulo=sao-paulo"));
  ASSERT_TRUE(add_supporter(form, "Kind:Friend"));
  ASSERT_TRUE(add_dates(form, "day-first"));
  const Roll roll = read(
      "ID,Name,full title of member,Ortsverein,Branch,Status,Kind,Joined\n"
      "1,x,Amara,São Paulo,y,life MEMBER,friend,3/4/2021\n"
      "2,x,Bo,,y,active,Foe,3.4.2021 08:00\n",
      form);
  EXPECT_EQ(roll.members[0].name, "Amara");
  EXPECT_EQ(roll.members[0].section, "sao-paulo");
  EXPECT_TRUE(roll.members[0].supporter);
  EXPECT_FALSE(roll.members[1].supporter);
  EXPECT_EQ(joined(roll.members[0]), "2021-04-03");
  EXPECT_EQ(joined(roll.members[1]), "2021-04-03");
  EXPECT_EQ(roll.ignored_columns, (std::vector<std::string>{"Name", "Branch"}));
}

TEST(RollForm, RefusesWordsThatAreNotOfItsForm) {
  RollForm form = members_form();
  EXPECT_FALSE(add_column(form, "name"));
  EXPECT_FALSE(add_column(form, "=Name"));
  EXPECT_FALSE(add_column(form, "height=Height"));
  EXPECT_FALSE(add_column(form, "weight=Votes")) << "the charter says what weight whose vote has";
  EXPECT_FALSE(add_status(form, "Life member=dead"));
  EXPECT_FALSE(add_section(form, "North=North"));
  EXPECT_FALSE(add_supporter(form, ""));
  EXPECT_FALSE(add_characteristic(form, "Women=Gender"));
  EXPECT_TRUE(add_characteristic(form, "women=Gender:Female"));
  EXPECT_FALSE(add_characteristic(form, "women=Gender:Woman")) << "there already";
  EXPECT_FALSE(add_dates(form, "year-first"));
  EXPECT_FALSE(preset_form("excel"));
}

TEST(RollForm, NamesEachBadLine) {
  RollForm form = members_form();
  EXPECT_EQ(errors("id,section,joined,status,supporter\n"
                   "1,Łódź,2021-04-03,active,\n"
                   "2,a,03/04/2021,active,\n"
                   "3,a,2021-02-29,active,\n"
                   "4,a,1899-01-01,active,\n"
                   "5,a,1950-02-29,active,\n"
                   "6,a,2021-4-3,active,\n"
                   "7,a,soon,member,maybe\n"
                   "8,a,,,\n",
                   form),
            "line 2: section \"Łódź\" needs a name for the roll\n"
            "line 3: joined \"03/04/2021\" is not a date such as 2021-04-03, or is the day or the month first?\n"
            "line 4: joined \"2021-02-29\" is not a date such as 2021-04-03\n"
            "line 5: joined \"1899-01-01\" is not a date such as 2021-04-03\n"
            "line 6: joined \"1950-02-29\" is not a date such as 2021-04-03\n"
            "line 7: joined \"2021-4-3\" is not a date such as 2021-04-03\n"
            "line 8: joined \"soon\" is not a date such as 2021-04-03\n"
            "line 8: status \"member\": is that active, lapsed or left?\n"
            "line 8: supporter: \"maybe\" is neither yes nor no\n"
            "line 9: status \"\": is that active, lapsed or left?\n");
  ASSERT_TRUE(add_characteristic(form, "women=Gender:Female"));
  EXPECT_EQ(errors("id\n1\n", form), "line 1: there is no column \"gender\"\n");
}

TEST(RollForm, TheSameIdTwiceIsForTheImportToShow) { EXPECT_EQ(read("id\n1\n1\n", members_form()).members.size(), 2U); }

// CiviCRM's membership export has these titles among others (tests/phpunit/CRM/Export/BAO/ExportTest.php there).
TEST(RollForm, ReadsWhatCiviCrmExports) {
  const Roll roll = read(
      "\"Contact ID\",\"Contact Type\",\"External Identifier\",\"Sort Name\",\"Display Name\",\"Preferred Language\","
      "\"First Name\",\"Middle Name\",\"Last Name\",\"Gender\",\"Deceased\",\"Phone\",\"Email\",\"Membership Type\","
      "\"Member Since\",\"Membership Start Date\",\"Membership Expiration Date\",\"Source\",\"Membership Status\","
      "\"Membership ID\"\n"
      "\"202\",\"Individual\",\"\",\"Osei, Amara\",\"Dr. Amara "
      "Osei\",\"en_GB\",\"Amara\",\"\",\"Osei\",\"Female\",\"\","
      "\"\",\"amara@example.org\",\"General\",\"2019-03-14\",\"2025-03-14\",\"2026-03-13\",\"\",\"Grace\",\"7\"\n"
      "\"203\",\"Individual\",\"\",\"Lindqvist, Bo\",\"Bo "
      "Lindqvist\",\"\",\"Bo\",\"\",\"Lindqvist\",\"\",\"1\",\"\",\"\","
      "\"General\",\"2018-01-01\",\"2018-01-01\",\"2019-12-31\",\"\",\"Deceased\",\"8\"\n",
      *preset_form("civicrm"));
  ASSERT_EQ(roll.members.size(), 2U);
  EXPECT_EQ(roll.members[0].id, "202");
  EXPECT_EQ(roll.members[0].name, "Amara Osei");
  EXPECT_EQ(roll.members[0].language, "en_GB");
  EXPECT_EQ(roll.members[0].email, "amara@example.org");
  EXPECT_EQ(joined(roll.members[0]), "2019-03-14");
  EXPECT_EQ(roll.members[0].standing, Standing::active);
  EXPECT_EQ(roll.members[1].standing, Standing::left);
}

TEST(RollForm, ReadsWhatNationBuilderExports) {
  const Roll roll = read(
      "nationbuilder_id,first_name,last_name,email,language,membership_status,membership_started_at,tag_list\n"
      "17,Amara,Osei,amara@example.org,en,grace period,03/14/2019 10:00 AM,\"a, b\"\n"
      "18,Bo,Lindqvist,,,canceled,2014-07-21T13:48:51-07:00,\n",
      *preset_form("nationbuilder"));
  ASSERT_EQ(roll.members.size(), 2U);
  EXPECT_EQ(roll.members[0].id, "17");
  EXPECT_EQ(joined(roll.members[0]), "2019-03-14");
  EXPECT_EQ(roll.members[0].standing, Standing::active);
  EXPECT_EQ(joined(roll.members[1]), "2014-07-21");
  EXPECT_EQ(roll.members[1].standing, Standing::left);
  EXPECT_EQ(errors("email,name\na@example.org,A\n", *preset_form("civicrm")), "");
  EXPECT_EQ(errors("name\nA\n", *preset_form("civicrm")),
            "line 1: the first line names no column of ids (\"contactid\") or e-mail addresses\n");
}

}  // namespace
}  // namespace folkmoot::charter
