#include "tools/cli/import/problems.h"

#include "tools/cli/import/listed_plan.h"

namespace duban {

void Problems::add(std::size_t line, const std::string& reason) {
    if (++count_ <= shown_max) shown_.push_back(line_error(line, reason).value().detail);
}

tl::unexpected<Error> Problems::error() const {
    DUBAN_ASSERT(any());
    std::string detail;
    for (const std::string& one : shown_) detail += (detail.empty() ? "" : "\n") + one;
    if (count_ > shown_max) {
        detail += "\nand " + std::to_string(count_ - shown_max) + " more of this kind";
    }
    return fail(Errc::invalid_argument, std::move(detail));
}

}  // namespace duban
