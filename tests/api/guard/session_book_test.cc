#include "api/guard/session_book.h"

#include <gtest/gtest.h>

namespace duban {
namespace {

TEST(SessionBook, TellsEveryHolderOfATokenThatItHasEnded) {
    SessionBook book;
    const SessionLifePtr first = book.watch("a");
    const SessionLifePtr second = book.watch("a");
    const SessionLifePtr other = book.watch("b");
    book.end({"a", "unknown"});
    EXPECT_TRUE(has_ended(first));
    EXPECT_TRUE(has_ended(second));
    EXPECT_FALSE(has_ended(other));
    EXPECT_TRUE(has_ended(book.watch("a"))) << "as long as anybody holds it";
    EXPECT_FALSE(has_ended(nullptr)) << "a call without a session";
}

TEST(SessionBook, ForgetsTokensThatNobodyHolds) {
    SessionBook book;
    {
        const SessionLifePtr first = book.watch("a");
        const SessionLifePtr second = book.watch("a");
        const SessionLifePtr other = book.watch("b");
        EXPECT_EQ(book.watched(), 2U);
    }
    EXPECT_EQ(book.watched(), 0U);
    book.end({"a"});
    EXPECT_FALSE(has_ended(book.watch("a"))) << "whether it is good is for the look-up to say";
}

TEST(SessionBook, MayGoBeforeThoseWhoWatch) {
    SessionLifePtr life;
    {
        SessionBook book;
        life = book.watch("a");
    }
    EXPECT_FALSE(has_ended(life));
    EXPECT_TRUE(SessionLife::act(life));
}

TEST(SessionBook, LetsNobodyActForASessionOnceItHasEnded) {
    SessionBook book;
    const SessionLifePtr life = book.watch("a");
    {
        const auto act = SessionLife::act(life);
        const auto another = SessionLife::act(life);
        ASSERT_TRUE(act && another);
        EXPECT_TRUE(act->owns_lock()) << "change() waits for it";
    }
    {
        const auto change = book.change();
        book.end({"a"});
    }
    const auto late = SessionLife::act(life);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, Errc::unauthenticated);
    EXPECT_TRUE(SessionLife::act(nullptr)) << "a call without a session";
}

}  // namespace
}  // namespace duban
