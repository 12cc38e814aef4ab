#include "api/schema/unicode_name.h"

#include <gtest/gtest.h>

namespace duban {
namespace {

TEST(UnicodeName, IsNormalInFormCOnly) {
    for (const char* text : {"", "教育体育局", "café", "ئۇيغۇر", "𠮷", "（一）"}) {
        EXPECT_TRUE(is_normal(text)) << text;
    }
    for (const char* text : {"cafe\u0301", "\uf90a融局", "\u1100\u1161", "\u212b"}) {
        EXPECT_FALSE(is_normal(text)) << text;
    }
}

TEST(UnicodeName, HasTheLikenessOfWhatItCanBeTakenFor) {
    for (const char* like : {"财 政 局", "财政局", "财\u3000政局"}) {
        EXPECT_EQ(likeness(like), likeness("财政局")) << like;
    }
    EXPECT_EQ(likeness("OFFICE"), likeness("office"));
    EXPECT_EQ(likeness("\uff2ffﬁce"), likeness("offIce")) << "wide letters and ligatures";
    EXPECT_EQ(likeness("\u043effice"), likeness("office")) << "a Cyrillic o";
    EXPECT_EQ(likeness("（一）局"), likeness("(一)局"));
    EXPECT_NE(likeness("财政局"), likeness("财政金融局"));
    EXPECT_NE(likeness("税务局"), likeness("税务一局"));
}

TEST(UnitLikenesses, RefuseANameThatLooksLikeAnotherUnits) {
    Directory directory;
    directory.units[UnitCode("a")] = {UnitCode("a"), "Office", "bureau"};
    UnitLikenesses known(directory);
    const auto refused = known.add({UnitCode("b"), "\u041effice", ""}, "unit.");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().rule, "unit_name_taken");
    EXPECT_EQ(refused.error().field, "unit.name");
    EXPECT_TRUE(known.add({UnitCode("a"), "OFFICE", ""}, "unit.")) << "the unit's own name";
    EXPECT_TRUE(known.add({UnitCode("c"), "Bureau", ""}, "unit."));
    EXPECT_FALSE(known.add({UnitCode("d"), "bureau ", ""}, "unit.")) << "added before";
}

}  // namespace
}  // namespace duban
