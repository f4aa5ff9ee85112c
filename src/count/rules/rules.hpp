// The rules, each defined in a file of its own beside this one.
#pragma once

#include "count/count.hpp"

namespace folkmoot::count {

extern const Rule scottish_2011;
extern const Rule scottish_2007;
extern const Rule wigm_prf;
extern const Rule wigm_prf_batch;
extern const Rule wigm_exact;
extern const Rule minneapolis;
extern const Rule cfer;
extern const Rule ers97;
extern const Rule labour_nec;
extern const Rule ni_1985;
extern const Rule meek_prf;
extern const Rule meek_nz;
extern const Rule meek_2006;
extern const Rule meek_1987;
extern const Rule warren;
extern const Rule meek_openstv;
extern const Rule warren_openstv;
extern const Rule qpq;
extern const Rule senate_2016;
extern const Rule senate_2019;
extern const Rule senate_2021;
extern const Rule vic_2018;
extern const Rule wa_2008;
extern const Rule nsw_lg_2021;
extern const Rule act_2021;
extern const Rule ers76;
extern const Rule cofe_stv;
extern const Rule dail;
extern const Rule cambridge;
extern const Rule prsa77;
extern const Rule wright;
extern const Rule av;
extern const Rule plurality;
extern const Rule block_vote;
extern const Rule approval;
extern const Rule score;
extern const Rule majority_judgement;
extern const Rule schulze;
extern const Rule ranked_pairs;
extern const Rule minimax;
extern const Rule copeland;
extern const Rule borda;
extern const Rule kemeny;
extern const Rule rcv_us;
extern const Rule av_optional;
extern const Rule ordered_list;

// ACT countback: counts again the papers that elected `vacated` in a count by act-2021. `contestants` who stand; empty:
// all who stood and weren't elected. Fails if `vacated` wasn't elected with a quota.
Result<Transcript> act_countback(const Contest& contest, Candidate vacated, const std::vector<Candidate>& contestants,
                                 const Options& options);

// The rank of each candidate (1 the best, equals alike) by majority judgement, from the papers that gave each grade,
// the best grade first. Candidates with papers in different numbers are compared as far as both go.
std::vector<std::size_t> majority_ranks(const std::vector<std::vector<std::int64_t>>& tallies);

// Elects by totals that have been added up already.
Result<Transcript> count_given_totals(const Contest& contest, const Options& options,
                                      std::span<const std::int64_t> totals, std::int64_t papers);

}  // namespace folkmoot::count
