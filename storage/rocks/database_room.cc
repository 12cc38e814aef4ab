#include <rocksdb/env.h>

#include "storage/rocks/database_state.h"
#include "storage/rocks/status.h"

namespace duban {
namespace {

// Writing out less than this gives nothing back.
constexpr std::uint64_t memory_bytes_min = 1ULL << 20;
constexpr std::uint64_t mib = 1ULL << 20;

std::uint64_t floor_of(const RoomFloors& floors, Room purpose) {
    switch (purpose) {
        case Room::upload:
            return floors.upload;
        case Room::command:
            return floors.command;
        case Room::upkeep:
        case Room::admitted:
            return floors.upkeep;
    }
    return floors.upkeep;
}

// What was written to the log and has still to be written to tables.
std::uint64_t bytes_in_memory(rocksdb::DB& db) {
    std::uint64_t bytes = 0;
    const bool known =
        db.GetAggregatedIntProperty(rocksdb::DB::Properties::kCurSizeAllMemTables, &bytes);
    return known ? bytes : 0;
}

Status refused(Room purpose, std::uint64_t free) {
    const std::string left = std::to_string(free / mib) + " MiB are free on the server's disk";
    return fail(Errc::storage_unavailable,
                purpose == Room::upload
                    ? "There is no room for files: " + left +
                          ", and those are kept for the log. Ask the operator to free some, then "
                          "upload again."
                    : "There is no room for the log: " + left +
                          ". Nothing was recorded; reading goes on. Ask the operator to free some, "
                          "then send this again.");
}

// Log files stay until all that they hold stands in tables.
void make_room(rocksdb::DB& db, const std::vector<rocksdb::ColumnFamilyHandle*>& handles) {
    rocksdb::FlushOptions options;
    options.wait = true;
    options.allow_write_stall = true;
    if (!db.Flush(options, handles).ok()) return;
    // Removes what has become superfluous on this thread, so that it is gone when this returns.
    if (db.DisableFileDeletions().ok()) (void)db.EnableFileDeletions(false);
}

}  // namespace

Status Database::room_for(Room purpose, std::uint64_t bytes) const {
    if (state_->read_only) {
        return fail(Errc::storage_unavailable,
                    "The server's record is open for reading only, because its disk is full or "
                    "cannot be written. Nothing was recorded; reading goes on. Ask the operator.");
    }
    if (purpose == Room::admitted) return {};
    // Each byte is written to the log and once more to a table.
    const std::uint64_t wanted = floor_of(state_->floors, purpose) + 2 * bytes;
    const auto measure = [&] {
        std::uint64_t free = ~0ULL;
        return state_->env->GetFreeSpace(state_->path, &free).ok() ? free : ~0ULL;
    };
    std::uint64_t free = measure();
    std::uint64_t memory = bytes_in_memory(*state_->db);
    bool room = free >= wanted + memory;
    if (!room && memory >= memory_bytes_min && free >= memory + state_->floors.upkeep) {
        const std::lock_guard lock(state_->making_room);
        make_room(*state_->db, state_->handles);
        free = measure();
        memory = bytes_in_memory(*state_->db);
        room = free >= wanted + memory;
    }
    auto& tight = state_->tight[static_cast<std::size_t>(purpose)];
    if (tight.exchange(!room) == room && state_->on_word) {
        state_->on_word(room ? "there is room on the disk again"
                             : "the disk is nearly full, " + std::to_string(free) +
                                   " bytes are free: writes are refused");
    }
    return room ? Status{} : refused(purpose, free);
}

}  // namespace duban
