// docs/state/ is what the tables say. FOLKMOOT_UPDATE=1 writes it anew.
#include "charter/drawing.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

namespace folkmoot::charter {
namespace {

void expect_file(const std::string& name, const std::string& text) {
  const std::string path = FOLKMOOT_SOURCE_DIR "/docs/state/" + name;
  if (std::getenv("FOLKMOOT_UPDATE")) std::ofstream(path) << text;
  std::stringstream found;
  found << std::ifstream(path).rdbuf();
  EXPECT_EQ(found.str(), text) << name << " is out of date: run with FOLKMOOT_UPDATE=1";
}

TEST(Drawing, PagesAreUpToDate) {
  for (const Process* process : processes()) expect_file(std::string(process->name) + ".md", drawing(*process));
  expect_file("README.md", index_of_drawings());
}

// What every table must be for the general part to work on it.
TEST(Drawing, TablesAreWellFormed) {
  std::set<std::string> acts_in_tables;
  for (const Process* process : processes()) {
    std::set<std::pair<std::string_view, std::string_view>> seen;
    std::set<std::string_view> reachable{""};
    for (const Transition& t : process->transitions) {
      EXPECT_TRUE(seen.emplace(t.from, t.act).second)
          << process->name << ": two ways from " << t.from << " by " << t.act;
      EXPECT_TRUE(find_act_type(t.act)) << process->name << ": " << t.act;
      EXPECT_FALSE(t.to.empty());
      acts_in_tables.emplace(t.act);
    }
    for (std::size_t before = 0; before != reachable.size();) {
      before = reachable.size();
      for (const Transition& t : process->transitions) {
        if (reachable.contains(t.from)) reachable.insert(t.to);
      }
    }
    for (const Transition& t : process->transitions) {
      EXPECT_TRUE(reachable.contains(t.from)) << process->name << ": nothing leads to " << t.from;
    }
    EXPECT_FALSE(process->rows.empty());
    EXPECT_TRUE(process->find);
    for (const ActType& type : process->acts) {
      EXPECT_FALSE(type.about.empty()) << type.name;
      // An act that moves something names it; the clock's names nothing else, and works the rest out.
      if (!type.moves.empty()) {
        ASSERT_TRUE(type.field(type.moves)) << type.name;
      }
      if (type.who.by == By::clock) {
        for (const Field& field : type.fields) EXPECT_TRUE(field.name == type.moves || field.derived) << type.name;
      }
      bool derives = false;
      for (const Field& field : type.fields) derives |= field.derived;
      EXPECT_EQ(derives, type.derive != nullptr) << type.name;
    }
  }
  // Every act is in a table, except those that only write something down about the actor.
  for (const Process* process : processes()) {
    for (const ActType& type : process->acts) {
      if (type.name == "member.decline" || type.name == "member.declare_interest") continue;
      EXPECT_TRUE(acts_in_tables.contains(std::string(type.name))) << type.name;
    }
  }
}

}  // namespace
}  // namespace folkmoot::charter
