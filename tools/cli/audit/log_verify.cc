#include "tools/cli/audit/log_verify.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "storage/log/embedded_log.h"
#include "storage/tlog/log_tree.h"

namespace duban {
namespace {

// What a step ends with: nothing, or what is wrong and where. An error is of the disk.
using Fault = std::optional<VerifiedStep>;

Hash hash_at(std::string_view bytes, std::size_t at) {
    Hash hash{};
    std::copy_n(reinterpret_cast<const std::uint8_t*>(bytes.data()) + at * hash.size(), hash.size(),
                hash.begin());
    return hash;
}

class Verifier {
public:
    Verifier(const LogFolder& folder, const Checkpoint& checkpoint)
        : folder_(folder), checkpoint_(checkpoint) {}

    // Each level holds the roots of the full tiles below it, and the first the entries' leaves.
    Result<Fault> check_tiles() {
        for (unsigned level = 0; level <= tile_level_max; ++level) {
            for (const TileId& tile : tiles_of(checkpoint_.size, level)) {
                const auto bytes = folder_.tile(tile);
                if (!bytes) return fault_of("tiles", bytes.error());
                for (unsigned i = 0; i < tile.width; ++i) {
                    const std::uint64_t index = tile.index * tile_width + i;
                    if (level > 0 && hash_at(*bytes, i) != roots_below_.at(index)) {
                        return Fault{{"tiles",
                                      "the hash of " + tile_path({level - 1, index, tile_width}) +
                                          " is another",
                                      tile_path(tile)}};
                    }
                }
                note_root(tile, *bytes);
            }
            roots_below_ = std::exchange(roots_, {});
        }
        return Fault{};
    }

    Result<Fault> check_entries() {
        for (const TileId& tile : tiles_of(checkpoint_.size, std::nullopt)) {
            const auto bundle = folder_.tile(tile);
            if (!bundle) return fault_of("entries", bundle.error());
            const auto entries = entries_of(*bundle).value_or(std::vector<std::string_view>{});
            const auto hashes = folder_.tile({0U, tile.index, tile.width});
            if (!hashes) return fault_of("entries", hashes.error());
            for (unsigned i = 0; i < tile.width; ++i) {
                if (leaf_hash(entries.at(i)) == hash_at(*hashes, i)) continue;
                return Fault{{"entries", "the entry is not the one of its leaf",
                              std::to_string(tile.index * tile_width + i)}};
            }
        }
        return Fault{};
    }

    Result<Fault> check_root() {
        const auto root = tree_root(checkpoint_.size, reader());
        if (!root) return fault_of("root", root.error());
        if (*root == checkpoint_.root) return Fault{};
        return Fault{
            {"root", "the tiles make another root than the checkpoint says", "checkpoint"}};
    }

    // The log of a data directory, which may have gone on since.
    Result<Fault> check_log(const Database& database) {
        const Snapshot snapshot(database);
        const auto head = read_head(snapshot);
        if (!head) return fault_of("log", head.error());
        if (head->next.value < checkpoint_.size) {
            return Fault{
                {"log",
                 "the log has " + std::to_string(head->next.value) + " events: its end was lost",
                 std::to_string(head->next.value)}};
        }
        const TreeReader tree(snapshot, head->next.value);
        for (const TileId& tile : tiles_of(checkpoint_.size, std::nullopt)) {
            const auto bundle = folder_.tile(tile);
            if (!bundle) return fault_of("log", bundle.error());
            const auto entries = entries_of(*bundle).value_or(std::vector<std::string_view>{});
            for (std::size_t i = 0; i < entries.size(); ++i) {
                const std::uint64_t position = tile.index * tile_width + i;
                const auto entry = tree.entry(position);
                if (entry && *entry == entries[i]) continue;
                if (!entry && entry.error().code == Errc::storage_failed) {
                    return tl::unexpected(entry.error());
                }
                return Fault{{"log", "the event is not the one that was exported",
                              std::to_string(position)}};
            }
        }
        return Fault{};
    }

    static Result<Fault> fault_of(const char* check, const Error& error) {
        if (error.code == Errc::storage_failed) return tl::unexpected(error);
        return Fault{{check, error.detail, error.field}};
    }

private:
    void note_root(const TileId& tile, std::string_view bytes) {
        if (tile.width < tile_width) return;
        std::vector<Hash> row(tile_width);
        for (std::size_t i = 0; i < row.size(); ++i) row[i] = hash_at(bytes, i);
        for (std::size_t width = row.size() / 2; width > 0; width /= 2) {
            for (std::size_t i = 0; i < width; ++i) row[i] = node_hash(row[2 * i], row[2 * i + 1]);
        }
        roots_.push_back(row.front());
    }

    NodeReader reader() {
        return [this](unsigned level, std::uint64_t index) -> Result<Hash> {
            return node(level, index);
        };
    }
    Result<Hash> node(unsigned level, std::uint64_t index) {
        if (level % tile_height != 0) {
            const auto left = node(level - 1, 2 * index);
            if (!left) return tl::unexpected(left.error());
            const auto right = node(level - 1, 2 * index + 1);
            if (!right) return tl::unexpected(right.error());
            return node_hash(*left, *right);
        }
        const unsigned tile_level = level / tile_height;
        const std::uint64_t count = checkpoint_.size >> level;
        const std::uint64_t tile = index / tile_width;
        const auto width =
            tile < count / tile_width ? tile_width : static_cast<unsigned>(count % tile_width);
        const auto bytes = folder_.tile({tile_level, tile, width});
        if (!bytes) return tl::unexpected(bytes.error());
        return hash_at(*bytes, index % tile_width);
    }

    const LogFolder& folder_;
    const Checkpoint& checkpoint_;
    std::vector<Hash> roots_;        // of the full tiles of the level that is read
    std::vector<Hash> roots_below_;  // of those of the level below
};

}  // namespace

bool VerifyReport::holds() const {
    return !steps.empty() && std::ranges::all_of(steps, &std::string::empty, &VerifiedStep::fault);
}

Result<VerifyReport> verify_log(const LogFolder& folder, const NoteVerifier& key,
                                const Database* database) {
    VerifyReport report;
    const auto checkpoint = folder.checkpoint(key);
    if (!checkpoint) {
        const auto fault = Verifier::fault_of("signature", checkpoint.error());
        if (!fault) return tl::unexpected(fault.error());
        report.steps.push_back(fault->value_or(VerifiedStep{}));
        return report;
    }
    report.checkpoint = *checkpoint;
    report.steps.push_back({"signature", {}, {}});
    Verifier verifier(folder, report.checkpoint);
    const auto step = [&](const char* check, Result<Fault> found) -> Result<bool> {
        if (!found) return tl::unexpected(found.error());
        report.steps.push_back(found->value_or(VerifiedStep{check, {}, {}}));
        return !found->has_value();
    };
    auto goes_on = step("tiles", verifier.check_tiles());
    if (goes_on && *goes_on) goes_on = step("entries", verifier.check_entries());
    if (goes_on && *goes_on) goes_on = step("root", verifier.check_root());
    if (goes_on && *goes_on && database != nullptr) {
        goes_on = step("log", verifier.check_log(*database));
    }
    if (!goes_on) return tl::unexpected(goes_on.error());
    return report;
}

std::string report_text(const VerifyReport& report) {
    nlohmann::json json = {{"holds", report.holds()}, {"checks", nlohmann::json::array()}};
    if (!report.checkpoint.origin.empty()) {
        json["origin"] = report.checkpoint.origin;
        json["size"] = report.checkpoint.size;
        json["root"] = to_hex(report.checkpoint.root);
    }
    for (const VerifiedStep& step : report.steps) {
        nlohmann::json one = {{"check", step.check}, {"holds", step.fault.empty()}};
        if (!step.fault.empty()) one["fault"] = step.fault;
        if (!step.where.empty()) one["where"] = step.where;
        json["checks"].push_back(std::move(one));
    }
    return json.dump();
}

}  // namespace duban
