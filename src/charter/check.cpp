#include "charter/check.hpp"

#include <algorithm>
#include <set>

namespace folkmoot::charter {
namespace {

class Check {
 public:
  explicit Check(const Charter& charter) : charter_(charter) {}

  std::vector<Problem> run() {
    for (const auto& [name, organ] : charter_.organs) check_organ(name, organ);
    for (const auto& [name, post] : charter_.posts) check_post(name, post);
    for (const auto& [name, electorate] : charter_.electorates) check_electorate(electorate);
    for (const auto& [name, rule] : charter_.contests) check_contest(rule);
    for (const auto& [name, rule] : charter_.slates) check_slate(rule);
    for (const auto& [name, rule] : charter_.petitions) check_petition(rule);
    for (const auto& [name, rule] : charter_.motions) check_motion(rule);
    check_powers();
    check_duties();
    check_discipline();
    check_others();
    if (problems_.empty()) check_filling();  // which follows references that have to exist
    return std::move(problems_);
  }

 private:
  void problem(const Place& place, std::string_view key, std::string message) {
    problems_.push_back(
        {place.line, fmt::format("{}{}{}", place.path, key.empty() ? "" : ".", key), std::move(message)});
  }

  // `name` must be of that kind.
  void refer(const Place& place, std::string_view key, std::string_view what, std::string_view name) {
    if (!charter_.has(what, name)) problem(place, key, fmt::format("there is no {} \"{}\"", what.substr(1), name));
  }
  void refer_if_any(const Place& place, std::string_view key, std::string_view what, std::string_view name) {
    if (!name.empty()) refer(place, key, what, name);
  }
  void positive(const Place& place, std::string_view key, Length length) {
    if (length.seconds <= 0) problem(place, key, "must be longer than nothing");
  }
  // Less than half could carry both a motion and its opposite.
  void more_than_half(const Place& place, std::string_view key, const Threshold& threshold) {
    if (!threshold.is_share() || threshold.numerator * 2 < threshold.denominator ||
        (threshold.numerator * 2 == threshold.denominator && !threshold.more_than)) {
      problem(place, key, "must be \"majority\" or a share above one half: less carries a motion and its opposite");
    }
  }

  std::int64_t seats(std::string_view organ) const {
    std::int64_t sum = 0;
    for (const auto& [name, post] : charter_.posts) sum += post.organ == organ ? post.seats : 0;
    return sum;
  }

  std::int64_t seats_elected_by(std::string_view organ, std::string_view electorate) const {
    std::int64_t sum = 0;
    for (const auto& [name, post] : charter_.posts) {
      const auto contest = charter_.contests.find(post.contest);
      if (post.organ == organ && contest != charter_.contests.end() && contest->second.electorate == electorate) {
        sum += post.seats;
      }
    }
    return sum;
  }

  static bool has_seats(const Organ& organ) { return organ.kind == "committee" || organ.kind == "conference"; }

  void check_organ(const std::string& name, const Organ& organ) {
    if (name == "members" || name == "affiliates") {
      problem(organ.place, "", fmt::format("electorates mean something else by \"{}\"", name));
    }
    refer_if_any(organ.place, "above", "@organ", organ.above);
    refer(organ.place, "secretary", "@post", organ.secretary);
    std::string_view above = organ.above;
    for (std::size_t steps = 0; !above.empty() && steps <= charter_.organs.size(); ++steps) {
      if (above == name) {
        problem(organ.place, "above", fmt::format("\"{}\" would be above itself: a circle of authority", name));
        break;
      }
      const auto next = charter_.organs.find(above);
      above = next == charter_.organs.end() ? std::string_view() : std::string_view(next->second.above);
    }
    const std::int64_t all = seats(name);
    if (has_seats(organ) && all == 0) problem(organ.place, "", "no post has a seat on it, so it cannot be filled");
    if (has_seats(organ) && organ.quorum.needed(all) > all) {
      problem(organ.place, "quorum", fmt::format("{} of {} seats can never be met", text(organ.quorum), all));
    }
    if (organ.kind == "supporters" && !charter_.supporters) {
      problem(organ.place, "kind", "there are no supporters (supporters = true)");
    }
    for (const Composition& rule : organ.composition) {
      refer(rule.place, "elected_by", "@electorate", rule.elected_by);
      const std::int64_t elected = seats_elected_by(name, rule.elected_by);
      if (!rule.share.is_share()) {
        problem(rule.place, "share", "must be \"majority\" or a share");
      } else if (!rule.share.met(elected, all)) {
        problem(rule.place, "share",
                fmt::format("{} of {} seats are elected by \"{}\", and {} are needed", elected, all, rule.elected_by,
                            rule.share.needed(all)));
      }
    }
  }

  void check_post(const std::string& name, const Post& post) {
    refer_if_any(post.place, "organ", "@organ", post.organ);
    refer_if_any(post.place, "contest", "@contest", post.contest);
    refer_if_any(post.place, "appointed_by", "@organ", post.appointed_by);
    refer_if_any(post.place, "interim", "@post", post.interim);
    refer_if_any(post.place, "answers_to", "@organ", post.answers_to);
    positive(post.place, "term", post.term);
    positive(post.place, "interim_for", post.interim_for);
    if (post.contest.empty() == post.appointed_by.empty()) {
      problem(post.place, "contest", "a post is filled by a contest or appointed by an organ, one of the two");
    }
    if (post.interim == name) problem(post.place, "interim", "nobody stands in for themselves");
    if (post.seats > 500) problem(post.place, "seats", "more than 500");
    if (post.report_every.seconds > 0 && post.answers_to.empty()) {
      problem(post.place, "report_every", "reports to nobody: answers_to is missing");
    }
  }

  void check_electorate(const Electorate& electorate) {
    const bool members = electorate.of == "members", affiliates = electorate.of == "affiliates";
    if (!members && !affiliates) refer(electorate.place, "of", "@organ", electorate.of);
    if (!members && (!electorate.sections.empty() || electorate.member_for.seconds > 0)) {
      problem(electorate.place, "of", "sections and member_for are for electorates of members");
    }
    if (!affiliates && !electorate.organs.empty()) {
      problem(electorate.place, "organs", "are for electorates of affiliates");
    }
    bool some = false;
    for (const std::string& name : electorate.organs) refer(electorate.place, "organs", "@organ", name);
    for (const auto& [name, organ] : charter_.organs) some |= organ.kind == "affiliate";
    if (affiliates && !some) problem(electorate.place, "of", "no organ is an affiliate: nobody could vote");
    if (const auto organ = charter_.organs.find(electorate.of); organ != charter_.organs.end()) {
      if (seats(electorate.of) == 0) problem(electorate.place, "of", "nobody sits on that organ: nobody could vote");
    }
  }

  void check_contest(const ContestRule& rule) {
    refer(rule.place, "electorate", "@electorate", rule.electorate);
    refer_if_any(rule.place, "appeals", "@organ", rule.appeals);
    positive(rule.place, "applications", rule.applications);
    positive(rule.place, "ballot", rule.ballot);
    positive(rule.place, "reopen_for", rule.reopen_for);
    if (rule.withdrawal_window > rule.applications) {
      problem(rule.place, "withdrawal_window", "is longer than applications are open");
    }
    std::set<std::string_view> seen;
    for (const Minimum& minimum : rule.minima) {
      if (!seen.insert(minimum.characteristic).second) problem(minimum.place, "of", "has a minimum already");
    }
  }

  void check_slate(const SlateRule& rule) {
    refer(rule.place, "organ", "@organ", rule.organ);
    refer(rule.place, "electorate", "@electorate", rule.electorate);
    refer(rule.place, "contest", "@contest", rule.contest);
    positive(rule.place, "proposals", rule.proposals);
    positive(rule.place, "ballot", rule.ballot);
    std::int64_t most = 0;
    for (const auto& [name, post] : charter_.posts) most += post.contest == rule.contest ? post.seats : 0;
    if (rule.size > most) {
      problem(rule.place, "size", fmt::format("{} for a contest that fills at most {} seats", rule.size, most));
    }
  }

  void check_petition(const PetitionRule& rule) {
    refer(rule.place, "electorate", "@electorate", rule.electorate);
    positive(rule.place, "open_for", rule.open_for);
    if (rule.triggers == "motion") {
      refer(rule.place, "motion", "@motion", rule.motion);
    } else {
      refer(rule.place, "recall_electorate", "@electorate", rule.recall_electorate);
      positive(rule.place, "ballot_within", rule.ballot_within);
      positive(rule.place, "ballot", rule.ballot);
      more_than_half(rule.place, "majority", rule.majority);
    }
  }

  void check_motion(const MotionRule& rule) {
    refer(rule.place, "organ", "@organ", rule.organ);
    refer(rule.place, "electorate", "@electorate", rule.electorate);
    more_than_half(rule.place, "majority", rule.majority);
    positive(rule.place, "ballot", rule.ballot);
    positive(rule.place, "ballot_within", rule.ballot_within);
    if (rule.amendments > rule.debate) problem(rule.place, "amendments", "end after the debate");
    if (rule.turnout.number > 0) problem(rule.place, "turnout", "must be a share of the electorate");
  }

  void check_powers() {
    std::map<std::string_view, std::string_view> holders;
    for (const auto& [name, organ] : charter_.organs) {
      for (const std::string& power : organ.reserved) {
        const auto [holder, first] = holders.emplace(power, name);
        if (!first) {
          problem(organ.place, "reserved", fmt::format("\"{}\" is reserved to \"{}\" already", power, holder->second));
        }
      }
    }
    bool changeable = false;
    for (const auto& [name, rule] : charter_.motions) {
      changeable |= rule.changes_charter;
      const std::string* holder = charter_.reserved_to("charter");
      if (rule.changes_charter && holder && *holder != rule.organ) {
        problem(rule.place, "organ", fmt::format("changes of the charter are reserved to \"{}\"", *holder));
      }
    }
    if (!changeable)
      problem({1, ""}, "motions", "none changes the charter, so it never could be (changes_charter = true)");
  }

  void check_duties() {
    for (const std::string_view duty : all_duties) {
      if (charter_.posts_for(duty).empty()) problem({1, "duties"}, duty, "no post has this duty");
      for (const std::string& post : charter_.posts_for(duty)) refer({1, "duties"}, duty, "@post", post);
    }
    std::set<std::string_view> both(charter_.posts_for("roll").begin(), charter_.posts_for("roll").end());
    both.insert(charter_.posts_for("contests").begin(), charter_.posts_for("contests").end());
    if (both.size() == 1) {
      problem({1, "duties"}, "contests", "the post that runs contests may not be the only one that keeps the roll");
    }
    for (const std::string& post : charter_.privileged) refer({1, ""}, "privileged", "@post", post);
    if (charter_.privileged.size() < 2) {
      problem({1, ""}, "privileged", "needs two posts or more: privileged acts take two people");
    }
  }

  void check_discipline() {
    const Discipline& rules = charter_.discipline;
    refer(rules.place, "panel", "@organ", rules.panel);
    refer(rules.place, "appeals", "@organ", rules.appeals);
    if (rules.panel == rules.appeals) problem(rules.place, "appeals", "nobody hears appeals against themselves");
    if (rules.panel != rules.appeals && charter_.binds(rules.panel, rules.appeals)) {
      problem(rules.place, "appeals", "the panel's organ is above the organ of appeal");
    }
    if (rules.rules.empty()) problem(rules.place, "rules", "without rules of conduct nobody can be charged");
    if (rules.panel_size > seats(rules.panel)) {
      problem(rules.place, "panel_size",
              fmt::format("{} of the {} seats of \"{}\"", rules.panel_size, seats(rules.panel), rules.panel));
    }
    positive(rules.place, "notice", rules.notice);
    positive(rules.place, "decide_within", rules.decide_within);
    positive(rules.place, "appeal_within", rules.appeal_within);
    positive(rules.place, "appeal_decided_within", rules.appeal_decided_within);
  }

  void check_others() {
    refer(charter_.spending.place, "mandates", "@organ", charter_.spending.mandates);
    refer(charter_.moderation.place, "appeals", "@organ", charter_.moderation.appeals);
    positive(charter_.moderation.place, "decide_within", charter_.moderation.decide_within);
    positive(charter_.accountability.place, "answer_within", charter_.accountability.answer_within);
    positive(charter_.accountability.place, "report_within", charter_.accountability.report_within);
    if (charter_.elections.threshold > charter_.elections.trustees) {
      problem(charter_.elections.place, "threshold", "more than there are trustees");
    }
  }

  // The organ whose members fill the post; empty if that is everybody.
  std::string_view filled_by(const Post& post) const {
    if (!post.appointed_by.empty()) return post.appointed_by;
    const std::string& of = charter_.electorates.at(charter_.contests.at(post.contest).electorate).of;
    return of == "members" ? std::string_view() : of;
  }

  // An organ is filled if enough of its posts are filled by members, or by organs that are. Two organs that fill each
  // other would be filled by nobody. Affiliates fill their posts by rules of their own.
  void check_filling() {
    std::set<std::string_view> filled;
    for (const auto& [name, organ] : charter_.organs) {
      if (seats(name) == 0 || organ.kind == "affiliate") filled.insert(name);
    }
    const auto is_filled = [&](std::string_view organ) {
      if (organ.empty()) return true;
      if (organ != "affiliates") return filled.contains(organ);
      return std::ranges::any_of(
          charter_.organs, [&](const auto& o) { return o.second.kind == "affiliate" && filled.contains(o.first); });
    };
    for (std::size_t before = filled.size() + 1; before != filled.size();) {
      before = filled.size();
      for (const auto& [name, organ] : charter_.organs) {
        std::int64_t able = 0;
        for (const auto& [post_name, post] : charter_.posts) {
          if (post.organ == name && is_filled(filled_by(post))) able += post.seats;
        }
        if (able > 0 && organ.quorum.met(able, seats(name))) filled.insert(name);
      }
    }
    for (const auto& [name, organ] : charter_.organs) {
      if (!filled.contains(name)) {
        problem(organ.place, "", "cannot be filled: its posts depend on organs that are filled by it, or by nobody");
      }
    }
    for (const auto& [name, post] : charter_.posts) {
      if (!is_filled(filled_by(post))) problem(post.place, "", "cannot be filled: those who would fill it are not");
    }
  }

  const Charter& charter_;
  std::vector<Problem> problems_;
};

}  // namespace

std::vector<Problem> check(const Charter& charter) { return Check(charter).run(); }

}  // namespace folkmoot::charter
