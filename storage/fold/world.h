// World: the state that decisions are made on, folded from the log: directory, plans, routes
// and calendar whole, tasks in a bounded cache that loads from the task view.
// Owned by the committer's Projection. Thread-safety: one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <unordered_map>
#include <vector>

#include "domain/approval/route.h"
#include "domain/base/event.h"
#include "domain/calendar/calendar.h"
#include "domain/directory/directory.h"
#include "domain/plan/plan.h"
#include "domain/task/task.h"
#include "storage/rocks/database.h"
#include "storage/views/view.h"

namespace duban {

// Of the states of tasks that are kept in memory.
inline constexpr std::int64_t cached_task_bytes_max = 256LL * 1024 * 1024;

class World {
public:
    // Loads directory, plans, routes and calendar from their views. Errors: corrupt,
    // storage_failed.
    [[nodiscard]] static Result<World> load(const Database& database);
    // A world before the first event, which never looks into a database and forgets nothing.
    [[nodiscard]] static World empty();
    // A world before the first event that finds forgotten tasks in a generation that is being
    // built: "durable" in evict() then means written to that generation.
    [[nodiscard]] static World rebuilding(const Database& database, ViewGeneration generation);

    [[nodiscard]] const Directory& directory() const { return *directory_; }
    // The same as a value that readers may keep: replaced, never changed, by the next event.
    [[nodiscard]] std::shared_ptr<const Directory> shared_directory() const { return directory_; }
    [[nodiscard]] const PlanBook& plans() const { return plans_; }
    [[nodiscard]] const RouteBook& routes() const { return routes_; }
    [[nodiscard]] const CalendarBook& calendars() const { return calendars_; }

    // A task without events has stage absent. The reference holds until the next call of task() or
    // evict(). Errors: corrupt, storage_failed.
    [[nodiscard]] Result<const TaskState*> task(const TaskId& id);

    // What Facts::desk says. Requires: the world reads the present generation, not one that is
    // being rebuilt. References that task() gave hold no longer.
    [[nodiscard]] Result<std::vector<TaskState>> desk(const PersonId& person,
                                                      std::size_t tasks_max);

    // An event of anything but tasks.
    void apply(const Event& event, const Stamp& stamp);
    // Requires: the task was loaded by task() before.
    void replace_task(const TaskId& id, TaskState state, BatchSeq touched);

    // Forgets the longest unused tasks whose last change is durable until the rest weighs no more
    // than the limit.
    void evict(BatchSeq durable, std::int64_t bytes_max = cached_task_bytes_max);
    // Where forgotten tasks are found; nullptr for a world that forgets nothing.
    [[nodiscard]] const Database* database() const { return database_; }
    // What the tasks in memory weigh, in bytes.
    [[nodiscard]] std::int64_t cached_bytes() const { return cached_bytes_; }

private:
    struct CachedTask {
        TaskState state;
        std::int64_t bytes = 0;
        BatchSeq touched;
        std::list<TaskId>::iterator use;
    };
    struct TaskIdHash {
        std::size_t operator()(const TaskId& id) const;
    };

    World(const Database* database, ViewGeneration generation);
    [[nodiscard]] Result<TaskState> load_task(const TaskId& id) const;

    const Database* database_;  // nullptr when empty()
    ViewGeneration generation_;
    std::shared_ptr<const Directory> directory_;
    PlanBook plans_;
    RouteBook routes_;
    CalendarBook calendars_;
    std::list<TaskId> uses_;  // newest first
    std::unordered_map<TaskId, CachedTask, TaskIdHash> tasks_;
    std::int64_t cached_bytes_ = 0;
};

}  // namespace duban
