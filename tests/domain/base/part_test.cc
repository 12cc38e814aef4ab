#include "domain/base/part.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace duban {
namespace {

// A value that counts how often it was copied.
struct Counted {
    Counted() = default;
    explicit Counted(std::string text_) : text(std::move(text_)) {}
    Counted(const Counted& other) : text(other.text), copies(other.copies + 1) {}
    Counted(Counted&&) = default;
    Counted& operator=(const Counted&) = default;
    Counted& operator=(Counted&&) = default;
    ~Counted() = default;
    bool operator==(const Counted& other) const { return text == other.text; }
    std::string text;
    int copies = 0;
};

TEST(Part, IsSharedUntilOneOfItsCopiesIsChanged) {
    const Part<Counted> first(Counted("old"));
    Part<Counted> second = first;
    EXPECT_TRUE(second.is(first));
    second.edit().text = "new";
    EXPECT_FALSE(second.is(first));
    EXPECT_EQ(first->text, "old");
    EXPECT_EQ(second->text, "new");
    EXPECT_EQ(second->copies, 1);
    second.edit().text = "newer";
    EXPECT_EQ(second->copies, 1) << "it was alone already";
}

TEST(Part, OfNothingIsTheDefaultAndStaysIt) {
    Part<Counted> empty;
    EXPECT_EQ(empty->text, "");
    empty.edit().text = "mine";
    EXPECT_EQ(Part<Counted>()->text, "");
}

TEST(Part, EqualsByValue) {
    EXPECT_EQ(Part<Counted>(Counted("a")), Part<Counted>(Counted("a")));
    EXPECT_FALSE(Part<Counted>(Counted("a")) == Part<Counted>(Counted("b")));
}

TEST(Parts, ReadAsAListOfValues) {
    Parts<std::string> list{"a", "b"};
    list.push_back(std::string("d"));
    list.insert(2, std::string("c"));
    EXPECT_EQ(std::vector<std::string>(list.begin(), list.end()),
              (std::vector<std::string>{"a", "b", "c", "d"}));
    EXPECT_EQ(list.front(), "a");
    EXPECT_EQ(list.back(), "d");
    list.erase(1);
    EXPECT_EQ(list.size(), 3U);
    EXPECT_EQ(list[1], "c");
    list.clear();
    EXPECT_TRUE(list.empty());
}

TEST(Parts, CopyOnlyTheItemThatIsChanged) {
    const Parts<Counted> before{Counted("a"), Counted("b")};
    Parts<Counted> after = before;
    EXPECT_TRUE(after.is(before));
    after.edit(1).text = "c";
    EXPECT_FALSE(after.is(before));
    EXPECT_TRUE(after.part(0).is(before.part(0)));
    EXPECT_EQ(before[1].text, "b");
    EXPECT_EQ(after[1].text, "c");
}

}  // namespace
}  // namespace duban
