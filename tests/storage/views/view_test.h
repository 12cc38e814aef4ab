// ViewTest: a TestLog that is set up, with what the tests of several views ask of it.
// Thread-safety: one thread at a time.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "domain/approval/route_commands.h"
#include "domain/directory/directory_commands.h"
#include "domain/report/report_commands.h"
#include "storage/views/board_view.h"
#include "tests/storage/test_log.h"
#include "tests/support/route_builder.h"

namespace duban {

class ViewTest : public testing::Test {
protected:
    ViewTest() { log_.set_up(); }
    void publish(std::vector<RouteNode> nodes) {
        log_.does("office.head", PublishRoute{route_of(std::move(nodes))});
    }
    void revoke(const char* person, const char* unit, Post post) {
        log_.does(system_actor, Command(RevokePost{PersonId(person), UnitCode(unit), post}));
    }
    void grant(const char* person, const char* unit, Post post) {
        log_.does(system_actor,
                  Command(GrantPost{PersonId(person), HeldPost{UnitCode(unit), post, {}}}));
    }
    BoardRow board_row_1() { return value_of(read_board(log_.snapshot(), PlanId("p"))).at(0); }

    static SaveReport draft(const char* period) {
        SaveReport save;
        save.task = first_task;
        save.unit = UnitCode("jtj");
        save.content.period = period;
        return save;
    }

    TestLog log_;
};

}  // namespace duban
