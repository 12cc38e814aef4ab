#include "domain/approval/condition.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/support/route_builder.h"

namespace duban {
namespace {

PathValues values(std::map<std::string, std::string, std::less<>> known) {
    return [known = std::move(known)](std::string_view path) -> std::optional<std::string> {
        const auto found = known.find(path);
        if (found == known.end()) return std::nullopt;
        return found->second;
    };
}

bool is_node(std::string_view id) {
    return id == "co";
}

Condition joined(ConditionOp op, std::vector<Condition> of) {
    Condition condition;
    condition.op = op;
    condition.of = std::move(of);
    return condition;
}

TEST(Condition, ComparesNumbersAsNumbers) {
    const auto nine = values({{"task.coop_count", "9"}});
    EXPECT_TRUE(holds(compare(ConditionOp::lt, "task.coop_count", "10"), nine));
    EXPECT_FALSE(holds(compare(ConditionOp::gt, "task.coop_count", "10"), nine));
    EXPECT_TRUE(holds(compare(ConditionOp::ge, "task.coop_count", "9"), nine));
    EXPECT_TRUE(holds(compare(ConditionOp::le, "task.coop_count", "9"), nine));
    EXPECT_TRUE(holds(compare(ConditionOp::eq, "task.coop_count", "9.0"), nine));
    EXPECT_FALSE(holds(compare(ConditionOp::ne, "task.coop_count", "9"), nine));
}

TEST(Condition, IsFalseWhereThereIsNoValue) {
    for (const auto op : {ConditionOp::eq, ConditionOp::ne, ConditionOp::lt, ConditionOp::ge}) {
        EXPECT_FALSE(holds(compare(op, "task.due", "2026-01-01"), values({})));
    }
    Condition ref = compare(ConditionOp::gt, "submitted_at", "");
    ref.values.clear();
    ref.ref = "task.due";
    EXPECT_FALSE(holds(ref, values({{"submitted_at", "2026-01-02"}})));
    EXPECT_TRUE(holds(ref, values({{"submitted_at", "2026-01-02"}, {"task.due", "2026-01-01"}})));
}

TEST(Condition, JoinsWithAllAnyAndNot) {
    const auto lead = values({{"starter.role", "lead"}, {"revision", "2"}});
    const auto yes = compare(ConditionOp::eq, "starter.role", "lead");
    const auto no = compare(ConditionOp::eq, "starter.role", "coop");
    EXPECT_FALSE(holds(joined(ConditionOp::all, {yes, no}), lead));
    EXPECT_TRUE(holds(joined(ConditionOp::any, {no, yes}), lead));
    EXPECT_TRUE(holds(joined(ConditionOp::not_, {no}), lead));
    Condition in = compare(ConditionOp::in, "revision", "1");
    EXPECT_FALSE(holds(in, lead));
    in.values.emplace_back("2");
    EXPECT_TRUE(holds(in, lead));
}

TEST(Condition, IsCheckedForPathsAndTypes) {
    EXPECT_TRUE(check_condition(compare(ConditionOp::gt, "co.dissent_count", "0"), is_node, "w"));
    const auto refused = [](const Condition& condition) {
        const auto checked = check_condition(condition, is_node, "route.steps[1].when");
        return !checked && checked.error().field == "route.steps[1].when";
    };
    EXPECT_TRUE(refused(compare(ConditionOp::gt, "moon.phase", "1")));
    EXPECT_TRUE(refused(compare(ConditionOp::gt, "other.dissent_count", "1")));
    EXPECT_TRUE(refused(compare(ConditionOp::gt, "task.coop_count", "many")));
    EXPECT_TRUE(refused(compare(ConditionOp::eq, "task.due", "soon")));
    EXPECT_TRUE(refused(compare(ConditionOp::eq, "task.key", "1")));
    EXPECT_TRUE(refused(joined(ConditionOp::all, {})));
    EXPECT_TRUE(refused(joined(ConditionOp::not_, {compare(ConditionOp::eq, "task.no", "1"),
                                                   compare(ConditionOp::eq, "task.no", "2")})));
    Condition ref = compare(ConditionOp::gt, "submitted_at", "");
    ref.values.clear();
    ref.ref = "task.no";
    EXPECT_TRUE(refused(ref)) << "a day is not compared with a number";
}

}  // namespace
}  // namespace duban
