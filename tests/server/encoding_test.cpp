#include "server/encoding.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace folkmoot::server {
namespace {

TEST(Encoding, IsWantedAsAcceptEncodingSays) {
  struct Case {
    const char* accepted;
    int br, gzip, identity;
  };
  for (const auto& [accepted, br, gzip, identity] : std::vector<Case>{
           {"", 0, 0, 0},
           {"gzip", 0, 1000, 0},
           {"gzip, deflate, br, zstd", 1000, 1000, 0},
           {"GZip,BR", 1000, 1000, 0},
           {" gzip ;q=0.5 ,\tbr ; Q=0.25", 250, 500, 0},
           {"br;q=0, gzip", 0, 1000, 0},
           {"br;q=0.000, gzip;q=0.001", 0, 1, 0},
           {"br;q=1.000", 1000, 0, 0},
           {"br;q=1.", 1000, 0, 0},
           {"*", 1000, 1000, 1000},
           {"br;q=0, *;q=0.3", 0, 300, 300},
           {"*;q=0.3, br", 1000, 300, 300},
           {"*;q=0", 0, 0, 0},
           {"identity;q=0.5, *;q=0", 0, 0, 500},
           {"identity", 0, 0, 1000},
           {"brotli, xbr, gzipped", 0, 0, 0},
           {"br;q=, gzip;q", 0, 0, 0},
           {"br;q=2, gzip;q=1.001", 0, 0, 0},
           {"br;q=0.1234, gzip;q=-1", 0, 0, 0},
           {"br;level=1, gzip;q=.5", 0, 0, 0},
           {",,;,; ;q=1,br", 1000, 0, 0},
       }) {
    EXPECT_EQ(wanted_encoding(accepted, "br"), br) << accepted;
    EXPECT_EQ(wanted_encoding(accepted, "gzip"), gzip) << accepted;
    EXPECT_EQ(wanted_encoding(accepted, "identity"), identity) << accepted;
  }
}

}  // namespace
}  // namespace folkmoot::server
