#include "scenes/year.hpp"

#include <algorithm>

#include "base/sha256.hpp"
#include "charter/flags.hpp"

namespace folkmoot::scenes {
namespace {

using service::fs::path;

void replace(std::string& text, std::string_view from, std::string_view to) {
  const std::size_t found = text.find(from);
  if (found == std::string::npos) throw Broken(fmt::format("the charter does not say \"{}\"", from));
  text.replace(found, from.size(), to);
}

class YearPlay {
 public:
  YearPlay(Stage& stage, std::ostream& out, const Progress& progress)
      : charter_(example_charter), out_(out), progress_(progress), org_(stage) {}

  std::vector<path> play() {
    chair_stands_down();
    members_change_the_rules();
    committee_is_elected();
    money_is_spent();
    return records_;
  }

 private:
  void chapter(std::string_view title) { out_ << '\n' << text(org_.now()).substr(0, 10) << "  " << title << '\n'; }

  // A text that everybody can read, by its hash.
  std::string published(const std::string& words) { return expect(org_.organisation().publish_bytes(words)); }
  std::string stand(const std::string& contest, const std::string& person) {
    return org_.stand(contest, person, published(fmt::format("I am {}, and I stand for open ferries.", person)));
  }

  void hold(const std::string& election, const std::string& question, const Stage::Votes& votes) {
    records_.push_back(org_.hold(election, question, votes, progress_).record());
  }

  void chair_stands_down() {
    chapter("The chair stands down; one of three candidates withdraws two days before the deadline");
    org_.act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
    const std::string contest = org_.call("chair");
    for (int i = 1; i <= 2; ++i) stand(contest, member(i));
    const std::string third = stand(contest, member(3));
    org_.until(get(org_.state().contests, contest).closes - days(2));
    org_.act(member(3), "application.withdraw", {{"application", third}});
    org_.campaign(contest);
    hold(get(org_.state().contests, contest).election, "Who is to be the chair?", own_order);
  }

  void members_change_the_rules() {
    chapter("A petition forces a vote: a majority of the coordinating group is to be elected; two groups dissent");
    org_.act(member(4), "petition.open",
             {{"rule", "rule-change"},
              {"title", "A member-elected majority"},
              {"hash", hash(charter_)},
              {"text", charter_}});
    const std::string petition = org_.last("petition");
    const auto needed = static_cast<int>(get(org_.state().petitions, petition).needed);
    for (int i = 1; i <= needed; ++i) {
      org_.act(member(i), "petition.sign", {{"petition", petition}});
    }
    const std::string motion = get(org_.state().petitions, petition).outcome;
    const auto recommend = [&](const std::string& post, const std::string& organ, const char* position) {
      org_.act(post + ":", "recommendation.publish",
               {{"organ", organ},
                {"on", motion},
                {"position", position},
                {"hash", published(fmt::format("{} is {} it.", organ, position))}});
    };
    recommend("general-secretary", "coordinating", "against");
    recommend("north-shore-secretary", "north-shore", "for");
    recommend("south-bay-secretary", "south-bay", "for");
    const std::string election = org_.prepare(motion);
    org_.until(get(org_.state().motions, motion).debate_until + days(1));
    // Five of six are for it.
    hold(election, "Shall a majority of the coordinating group be elected by the members?",
         [](const std::string& elector, std::size_t) {
           return std::vector<count::Candidate>{static_cast<count::Candidate>(sha256(elector)[0] % 6 == 0)};
         });
    Stage::equal(org_.state().version(), 2);
  }

  void committee_is_elected() {
    chapter("Under the new charter the members choose a slate of nine; one endorsement is withdrawn");
    for (int i = 1; i <= 3; ++i) {
      const std::string holder = org_.name_of(org_.seat("coordinator", i).holder);
      org_.act(holder, "seat.resign", {{"seat", seat_id("coordinator", i)}});
    }
    const std::string contest = org_.call("coordinator", 9);
    std::vector<std::string> applications;
    for (int i = 5; i <= 16; ++i) applications.push_back(stand(contest, member(i)));

    org_.act("returning-officer:", "slate.call", {{"rule", "members-slate"}, {"contest", contest}});
    const std::string slate = org_.last("slate");
    for (const std::string& application : applications) {
      org_.act(org_.name_of(get(org_.state().applications, application).member), "slate.propose",
               {{"slate", slate}, {"application", application}});
    }
    const std::string selection = org_.prepare(slate);
    org_.until(get(org_.state().slates, slate).proposals_close + Length{1});
    hold(selection, "Whom do the members endorse?", own_order);
    org_.act("general-secretary:", "slate.adopt", {{"organ", "membership"}, {"slate", slate}}, "chair:");
    const Names chosen = get(org_.state().slates, slate).chosen;
    for (const std::string& application : chosen) {
      org_.act("general-secretary:", "endorsement.give_for_organ",
               {{"organ", "membership"}, {"application", application}, {"slate", slate}});
    }
    const std::string endorsement = org_.last("endorsement");
    org_.until(get(org_.state().contests, contest).closes + days(1));
    org_.act("general-secretary:", "endorsement.withdraw",
             {{"endorsement", endorsement},
              {"reasons", published("The candidate no longer supports what the slate stands for.")}});

    chapter("The coordinating group is elected");
    org_.campaign(contest);
    hold(get(org_.state().contests, contest).election, "Who is to sit on the coordinating group?", own_order);
    Stage::check(!org_.flagged("coordinating"));
  }

  void money_is_spent() {
    chapter("A spending entry without a mandate");
    org_.act("treasurer:", "spend.enter", {{"amount", 180'000}, {"purpose", hash("a boat")}});
    const std::string spend = org_.last("spend");
    Stage::check(org_.flagged(spend));
    org_.act(member(9), "spend.refer", {{"spend", spend}, {"reasons", published("Which meeting decided this?")}});
    for (const Flag& flag : flags(org_.state(), org_.now())) {
      if (flag.thing == spend) out_ << "  ! " << flag.thing << ": " << flag.message << '\n';
    }
  }

  std::string charter_;
  std::ostream& out_;
  Progress progress_;
  Stage& org_;
  std::vector<path> records_;
};

}  // namespace

std::string charter_of_last_year() {
  std::string charter(example_charter);
  replace(charter, "composition = [{ share = \"majority\", elected_by = \"members\" }]\n", "");
  replace(charter, "seats = 9\ncontest = \"coordinating\"", "seats = 3\ncontest = \"coordinating\"");
  replace(charter, "rule = \"scottish-2011\"\nsize = 9", "rule = \"scottish-2011\"\nsize = 3");
  return charter;
}

std::vector<path> play_year(Stage& stage, std::ostream& out, const Progress& progress) {
  return YearPlay(stage, out, progress).play();
}

Result<Year> play_year(const path& folder, std::ostream& out, const Progress& progress) {
  if (service::fs::exists(folder)) return fail("{}: is there already; name a folder that is not", folder.string());
  try {
    Stage stage({[&] { return Place{folder, ""}; }, charter_of_last_year(), &out, false});
    const std::size_t elections = play_year(stage, out, progress).size();
    expect(stage.organisation().publish());
    return Year{folder / "organisation" / "public", stage.organisation().ledger_key().to_text(), stage.acts().size(),
                elections};
  } catch (const Broken& broken) {
    return fail("{}", broken.what());
  }
}

}  // namespace folkmoot::scenes
