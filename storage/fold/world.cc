#include "storage/fold/world.h"

#include <set>

#include "domain/approval/desk.h"
#include "storage/fold/task_weight.h"
#include "storage/views/calendar_view.h"
#include "storage/views/desk_view.h"
#include "storage/views/directory_view.h"
#include "storage/views/plan_view.h"
#include "storage/views/route_view.h"
#include "storage/views/task_view.h"

namespace duban {
namespace {

// Of a task without anything in it: the entry, its place in the order of use, both their names.
constexpr std::int64_t weight_of_entry = 512;

}  // namespace

std::size_t World::TaskIdHash::operator()(const TaskId& id) const {
    return std::hash<std::string>{}(id.plan.value) * 31 + id.no;
}

World::World(const Database* database, ViewGeneration generation)
    : database_(database),
      generation_(generation),
      directory_(std::make_shared<const Directory>()) {}

World World::empty() {
    return {nullptr, ViewGeneration{}};
}

World World::rebuilding(const Database& database, ViewGeneration generation) {
    return {&database, generation};
}

Result<World> World::load(const Database& database) {
    const Snapshot snapshot(database);
    const auto generation = present_generation(snapshot);
    if (!generation) return tl::unexpected<Error>(generation.error());
    auto directory = read_directory(snapshot);
    if (!directory) return tl::unexpected<Error>(directory.error());
    auto plans = read_plans(snapshot);
    if (!plans) return tl::unexpected<Error>(plans.error());
    auto routes = read_routes(snapshot);
    if (!routes) return tl::unexpected<Error>(routes.error());
    auto calendars = read_calendars(snapshot);
    if (!calendars) return tl::unexpected<Error>(calendars.error());
    World world(&database, *generation);
    world.directory_ = std::make_shared<const Directory>(std::move(*directory));
    world.plans_ = std::move(*plans);
    world.routes_ = std::move(*routes);
    world.calendars_ = std::move(*calendars);
    return world;
}

Result<TaskState> World::load_task(const TaskId& id) const {
    if (database_ == nullptr) return TaskState{};
    return read_task(Snapshot(*database_), generation_, id);
}

Result<const TaskState*> World::task(const TaskId& id) {
    if (const auto cached = tasks_.find(id); cached != tasks_.end()) {
        uses_.splice(uses_.begin(), uses_, cached->second.use);
        return &cached->second.state;
    }
    auto state = load_task(id);
    if (!state) return tl::unexpected<Error>(state.error());
    uses_.push_front(id);
    const std::int64_t bytes = weight_of_entry + weight_gained(TaskState{}, *state);
    cached_bytes_ += bytes;
    const auto added =
        tasks_.emplace(id, CachedTask{std::move(*state), bytes, BatchSeq(0), uses_.begin()}).first;
    return &added->second.state;
}

// Rows tell of what is durable, and every task that was changed since is in memory.
Result<std::vector<TaskState>> World::desk(const PersonId& person, std::size_t tasks_max) {
    std::set<TaskId> ids;
    for (const auto& [id, cached] : tasks_) {
        if (is_on_desk(cached.state, person)) ids.insert(id);
    }
    if (database_ != nullptr) {
        auto read = read_desk(Snapshot(*database_), person);
        if (!read) return tl::unexpected<Error>(read.error());
        ids.merge(*read);
    }
    std::vector<TaskState> found;
    for (const TaskId& id : ids) {
        const auto state = task(id);
        if (!state) return tl::unexpected<Error>(state.error());
        if (!is_on_desk(**state, person)) continue;
        found.push_back(**state);
        if (found.size() > tasks_max) break;
    }
    return found;
}

void World::apply(const Event& event, const Stamp& stamp) {
    switch (event.kind().family) {
        case EventFamily::directory:
            directory_ = std::make_shared<const Directory>(evolve(*directory_, event, stamp));
            return;
        case EventFamily::plan:
            plans_ = evolve(std::move(plans_), event, stamp);
            return;
        case EventFamily::route:
            routes_ = evolve(std::move(routes_), event, stamp);
            return;
        case EventFamily::calendar:
            calendars_ = evolve(std::move(calendars_), event, stamp);
            return;
        case EventFamily::task:
            assertion_failed("events of tasks go through replace_task", __FILE__, __LINE__);
    }
}

void World::replace_task(const TaskId& id, TaskState state, BatchSeq touched) {
    const auto cached = tasks_.find(id);
    DUBAN_ASSERT(cached != tasks_.end());
    const std::int64_t gained = weight_gained(cached->second.state, state);
    cached_bytes_ += gained;
    cached->second.bytes += gained;
    cached->second.state = std::move(state);
    cached->second.touched = touched;
}

void World::evict(BatchSeq durable, std::int64_t bytes_max) {
    if (database_ == nullptr) return;
    for (auto use = uses_.end(); cached_bytes_ > bytes_max && use != uses_.begin();) {
        --use;
        const auto cached = tasks_.find(*use);
        if (cached->second.touched > durable) continue;
        cached_bytes_ -= cached->second.bytes;
        tasks_.erase(cached);
        use = uses_.erase(use);
    }
}

}  // namespace duban
