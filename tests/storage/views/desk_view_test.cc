#include "storage/views/desk_view.h"

#include <gtest/gtest.h>

#include "domain/approval/course_commands.h"
#include "domain/approval/signer_commands.h"
#include "storage/check/rebuild.h"
#include "tests/storage/views/view_test.h"
#include "tests/support/print.h"

namespace duban {
namespace {

class DeskView : public ViewTest {
protected:
    DeskView() {
        publish({offers_all(asks("head", {at("lead", Post::head)})), adopt()});
        log_.issue_and_sign();
        log_.submit_report();
    }
    std::set<TaskId> desk(const char* person) {
        return value_of(read_desk(log_.snapshot(), PersonId(person)));
    }
    void transfer(const char* from, const char* to) {
        log_.does(from, TransferSlot{{first_task, 1}, "head", "", PersonId(to), ""});
    }
    std::size_t found(const char* person) {
        return value_of(log_.world().desk(PersonId(person), 10)).size();
    }
};

TEST_F(DeskView, NamesWhomSlotsNameWhileTheyAreOpen) {
    const std::set<TaskId> nothing;
    const std::set<TaskId> first = {first_task};
    EXPECT_EQ(desk("jtj.head"), nothing) << "a seat is nobody's own";
    transfer("jtj.head", "jtj.section");
    EXPECT_EQ(desk("jtj.section"), first);
    log_.does("jtj.section",
              DelegateSlot{{first_task, 1}, "head", "", PersonId("jtj.clerk"), "请核实"});
    EXPECT_EQ(desk("jtj.section"), first);
    EXPECT_EQ(desk("jtj.clerk"), first);
    log_.does("jtj.section", ReclaimSlot{{first_task, 1}, "head", ""});
    EXPECT_EQ(desk("jtj.clerk"), nothing);
    log_.does("office.head", EndApproval{{first_task, 1}, "", "", "不再需要"});
    EXPECT_EQ(desk("jtj.section"), nothing);
}

TEST_F(DeskView, IsRebuiltToTheSameRows) {
    transfer("jtj.head", "jtj.section");
    transfer("jtj.section", "jtj.clerk");
    const auto rebuilt = value_of(rebuild_views(log_.database()));
    EXPECT_TRUE(rebuilt.equal());
    EXPECT_EQ(desk("jtj.clerk"), std::set<TaskId>{first_task});
}

// What was decided and is not durable yet counts, in both directions.
TEST_F(DeskView, IsReadTogetherWithWhatIsNotDurable) {
    EXPECT_EQ(found("jtj.section"), 0U);
    log_.begin();
    transfer("jtj.head", "jtj.section");
    EXPECT_TRUE(desk("jtj.section").empty());
    EXPECT_EQ(found("jtj.section"), 1U);
    log_.end();
    log_.begin();
    transfer("jtj.section", "jtj.clerk");
    EXPECT_FALSE(desk("jtj.section").empty());
    EXPECT_EQ(found("jtj.section"), 0U);
    EXPECT_EQ(found("jtj.clerk"), 1U);
    log_.end();
}

TEST_F(DeskView, FindsTasksThatAreNotInMemory) {
    transfer("jtj.head", "jtj.section");
    log_.reopen();
    EXPECT_EQ(found("jtj.section"), 1U);
    EXPECT_EQ(value_of(log_.world().desk(PersonId("jtj.section"), 10)).front(), log_.task());
}

}  // namespace
}  // namespace duban
