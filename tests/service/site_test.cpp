#include "service/site.hpp"

#include <gtest/gtest.h>

#include "service/scratch_folder.hpp"

namespace folkmoot::service {
namespace {

TEST(ProviderOfSettings, IsThereIfTheyNameOne) {
  std::string name = (fs::temp_directory_path() / "folkmoot-provider-XXXXXX").string();
  ASSERT_TRUE(::mkdtemp(name.data()));
  const fs::path folder = name;
  const Site site{"The Moot", "https://vote.members.example", {}};
  Settings settings{.origin = "ledger.test.example", .database = ""};
  const auto none = provider_of(folder, settings, site);
  ASSERT_TRUE(none);
  EXPECT_EQ(*none, nullptr);

  settings.oidc = "https://id.members.example:8443/tenant";
  const auto why = [&] {
    const auto provider = provider_of(folder, settings, site);
    return provider ? "" : provider.error().message;
  };
  EXPECT_NE(why().find("oidc_client"), std::string::npos) << why();
  settings.oidc_client = "moot";
  EXPECT_NE(why().find("oidc.secret"), std::string::npos) << why();
  ASSERT_TRUE(write_secret(folder / "private" / "oidc.secret", "\n"));
  EXPECT_NE(why().find("empty"), std::string::npos) << why();
  ASSERT_TRUE(remove_file(folder / "private" / "oidc.secret"));
  ASSERT_TRUE(write_secret(folder / "private" / "oidc.secret", "hush\n"));
  EXPECT_EQ(why(), "");
  EXPECT_EQ((*provider_of(folder, settings, site))->name(), "id.members.example");
  settings.oidc_name = "Moot ID";
  EXPECT_EQ((*provider_of(folder, settings, site))->name(), "Moot ID");
  settings.oidc = "http://id.members.example";
  EXPECT_NE(why().find("https://"), std::string::npos) << why();

  ASSERT_TRUE(write_settings(folder, settings));
  EXPECT_EQ(*read_settings(folder), settings);
  fs::remove_all(folder);
}

}  // namespace
}  // namespace folkmoot::service
