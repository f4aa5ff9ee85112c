// Kemeny–Young: J. Kemeny, “Mathematics without numbers”, Daedalus 88 (1959): the order of all candidates with which
// the papers agree most, pair by pair.
//
// Found exactly, by the best order of every set of candidates (Held–Karp), so for at most 18 candidates. Where several
// orders agree equally, candidates who are first in any best order of those left are equal here.
#include "count/pairwise.hpp"
#include "count/rules/rules.hpp"

namespace folkmoot::count {
namespace {

class Kemeny : Ranking {
 public:
  Kemeny(const Contest& contest, const Options& options) : Ranking(contest, options, 0), pairs_(contest) {
    transcript_.papers = pairs_.papers();
    transcript_.pairwise = pairs_.matrix();
  }

  Result<Transcript> run() {
    const std::vector<Candidate> all = continuing();
    constexpr std::size_t most = 18;
    if (all.size() > most) return fail("Kemeny’s order of more than {} candidates can’t be found here", most);
    open_stage(Stage::Kind::first, {});
    const std::size_t sets = std::size_t{1} << all.size();
    // agreement[set]: with the best order of the set; ahead(i, set): papers that prefer i to the others of it.
    std::vector<std::int64_t> agreement(sets);
    const auto ahead = [&](std::size_t i, std::size_t set) {
      std::int64_t papers = 0;
      for (std::size_t j = 0; j < all.size(); ++j)
        if ((set >> j & 1) != 0 && j != i) papers += pairs_.prefer(all[i], all[j]);
      return papers;
    };
    for (std::size_t set = 1; set < sets; ++set)
      for (std::size_t i = 0; i < all.size(); ++i)
        if ((set >> i & 1) != 0)
          agreement[set] = std::max(agreement[set], agreement[set & ~(std::size_t{1} << i)] + ahead(i, set));
    std::vector<std::vector<Candidate>> order;
    for (std::size_t set = sets - 1; set != 0;) {
      std::vector<Candidate> first;
      std::size_t taken = 0;
      for (std::size_t i = 0; i < all.size(); ++i) {
        const std::size_t bit = std::size_t{1} << i;
        if ((set & bit) == 0 || agreement[set & ~bit] + ahead(i, set) != agreement[set]) continue;
        first.push_back(all[i]);
        taken |= bit;
      }
      order.push_back(std::move(first));
      set &= ~taken;
    }
    stage().votes.assign(candidates(), Rational(0));
    for (std::size_t i = 0; i < all.size(); ++i) stage().votes[all[i]] = rational(ahead(i, sets - 1));
    note(fmt::format("the best order agrees with {} preferences between two candidates", agreement[sets - 1]),
         "Kemeny");
    return elect_from(std::move(order), "first in the order with which the papers agree most", "Kemeny");
  }

 private:
  Pairwise pairs_;
};

}  // namespace

const Rule kemeny{"kemeny", "Kemeny–Young", "Kemeny 1959", {}, [](const Contest& contest, const Options& options) {
                    return Kemeny(contest, options).run();
                  }};

}  // namespace folkmoot::count
