#include "service/timeline.hpp"

#include <limits>

namespace folkmoot::service {

Result<std::vector<Numbered>> timeline(database::Database& database, const std::string& thing, Page page) {
  // What was opened by an act that is about the thing, or about something that was opened so. People are not followed:
  // they meet in everything.
  const database::Rows rows =
      TRY(database.run("WITH RECURSIVE about (thing) AS ("
                       "SELECT $1 UNION "
                       "SELECT opened.thing FROM about JOIN mention ON mention.thing = about.thing "
                       "JOIN mention opened ON opened.act = mention.act AND opened.opened = 1 "
                       "WHERE about.thing NOT LIKE 'm-%' AND about.thing NOT LIKE 'seat-%') "
                       "SELECT DISTINCT act.number, act.entry FROM about JOIN mention ON mention.thing = about.thing "
                       "JOIN act ON act.number = mention.act WHERE act.number >= $2 ORDER BY act.number LIMIT $3",
                       {thing, static_cast<std::int64_t>(page.from), page.most}));
  std::vector<Numbered> acts;
  for (const database::Row& row : rows) {
    const auto number = static_cast<std::uint64_t>(std::get<std::int64_t>(row[0]));
    const auto& text = std::get<std::string>(row[1]);
    audit::Entry entry = TRY(in(fmt::format("act {} of the database", number), audit::read_entry(text)));
    acts.push_back({number, std::move(entry)});
  }
  return acts;
}

Result<std::vector<Numbered>> timeline(database::Database& database, const std::string& thing) {
  return timeline(database, thing, {0, std::numeric_limits<std::int64_t>::max()});
}

}  // namespace folkmoot::service
